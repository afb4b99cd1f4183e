/** `npm run bench`: starts the built server, measures it and prints one table. A missed bar is marked, not an error. */
import { measureAnalytics } from './bench/analytics.js'
import { measureBatch } from './bench/batch.js'
import { measureCallbacks } from './bench/callbacks.js'
import { measureCustomers } from './bench/customers.js'
import { measureDashboard } from './bench/dashboard.js'
import { measureDisk } from './bench/disk.js'
import { measureDuckDb } from './bench/duckdb.js'
import { measureExport } from './bench/export.js'
import { isMet, machine, tableOf, type Figure } from './bench/figures.js'
import { measureIngest } from './bench/ingest.js'
import { readOptions, USAGE, type BenchOptions, type Section } from './bench/options.js'
import { measureOverload } from './bench/overload.js'
import { measurePages } from './bench/pages.js'
import { measureQuestions } from './bench/questions.js'
import { measureRetention } from './bench/retention.js'
import { measureSearch } from './bench/search.js'
import { measureStreams } from './bench/streams.js'
import { Stores } from './bench/stores.js'
import { measureWebhooks } from './bench/webhooks.js'
import { Workspace } from './bench/workspace.js'

type Measure = (workspace: Workspace, stores: Stores) => Promise<Figure[]>

const MEASURES: Readonly<Record<Section, Measure>> = {
  ingest: measureIngest,
  batch: measureBatch,
  disk: measureDisk,
  analytics: measureAnalytics,
  questions: measureQuestions,
  customers: measureCustomers,
  pages: measurePages,
  search: measureSearch,
  export: measureExport,
  overload: measureOverload,
  callbacks: measureCallbacks,
  streams: measureStreams,
  duckdb: measureDuckDb,
  webhooks: measureWebhooks,
  dashboard: measureDashboard,
  retention: measureRetention,
}

await run(optionsOrExit())

async function run(options: BenchOptions): Promise<void> {
  const workspace = await Workspace.create(options)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void workspace.close().then(() => process.exit(1)))
  }
  const stores = new Stores(workspace)
  const figures: Figure[] = []
  try {
    for (const section of options.sections) figures.push(...(await MEASURES[section](workspace, stores)))
  } finally {
    await workspace.close()
  }
  print(options, figures)
}

function print({ json, postgres }: BenchOptions, figures: readonly Figure[]): void {
  const facts = { ...machine(), store: postgres === null ? 'SQLite' : 'PostgreSQL' }
  if (json) {
    const all = figures.map((figure) => ({ ...figure, met: figure.bar === null ? null : isMet(figure) }))
    console.log(JSON.stringify({ machine: facts, figures: all }, null, 2))
    return
  }
  const title = `${facts.store} · Node ${facts.node} · ${String(facts.cores)} cores (${facts.cpu}) · ${facts.platform}`
  console.log(tableOf(figures, title))
}

function optionsOrExit(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    process.exit(2)
  }
}
