import type { IncomingMessage } from 'node:http'
import { performance } from 'node:perf_hooks'
import { finished } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { DEMO_CLIENTS } from '../../src/clients/demo-clients.js'
import { percentile, type Figure, type FigureOf } from './figures.js'
import { loadBodies, newRun } from './load-calls.js'
import { saturate } from './load.js'
import { Prober, type Probed } from './prober.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get, open } from './requests.js'
import type { Stores } from './stores.js'
import type { Workspace } from './workspace.js'
import { API_KEY } from './year-calls.js'

const POSTING = 64
const READING = 16
const YEAR_MS = 365 * 24 * 60 * 60 * 1000
/** By which ranges differ, so that no answer is another’s. */
const STEP_MS = 61_000

/** Of a client that floods nothing. */
const OTHER_KEY = String(DEMO_CLIENTS.find(({ apiKey }) => apiKey !== API_KEY)?.apiKey)

type Flood = (port: number, seconds: number, now: number) => Promise<unknown>

const FLOODS: readonly { readonly name: string; readonly flood: Flood }[] = [
  {
    name: 'log-call, 64 at once',
    flood: (port, seconds) =>
      saturate({ port, path: '/api/ribbon/log-call', connections: POSTING, seconds, nextBody: loadBodies(newRun()) }),
  },
  { name: 'detailed, 16 ragged years at once', flood: floodOfReports },
  { name: 'exports, 16 at once', flood: floodOfExports },
]

/** What one client notices of another that floods the server. */
export async function measureFairness(workspace: Workspace, stores: Stores, figure: FigureOf): Promise<Figure[]> {
  const store = await stores.copyOf(await stores.with({ shape: 'skewed', calls: workspace.options.calls }))
  // It warns of each export that is broken off, as those of the flood are in the end.
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: store.url, LOG_LEVEL: 'error' })
  const { port } = server
  const seconds = workspace.options.rounds * workspace.options.roundSeconds
  const probedDuring = async (name: string, work: () => Promise<unknown>): Promise<Probed> => {
    workspace.say(`overload: another client, ${name}`)
    const prober = new Prober({ port, path: '/api/ribbon/config', apiKey: OTHER_KEY })
    await work()
    return prober.stop()
  }
  await probedDuring('warming up', () => wait(1000))
  const quiet = percentile((await probedDuring('quiet', () => wait(seconds * 1000))).latenciesMs, 99)
  const figures = [figure('another client’s config: p99', quiet, 'ms')]
  for (const { name, flood } of FLOODS) {
    const { latenciesMs, failed } = await probedDuring(name, () => flood(port, seconds, store.now))
    const p99 = percentile(latenciesMs, 99)
    figures.push(
      figure(`… beside ${name}: p99`, p99, 'ms'),
      figure(`… beside ${name}: not answered`, failed, '', { atMost: 0 }),
      figure(`… beside ${name} / quiet`, p99 / quiet, '×', { atMost: 2 }),
    )
  }
  await server.stop()
  return figures
}

async function floodOfReports(port: number, seconds: number, now: number): Promise<void> {
  let reports = 0
  await flooding(READING, seconds, async () => {
    const ragged = (reports += 1) * STEP_MS
    const startDate = new Date(now - YEAR_MS + ragged).toISOString()
    const endDate = new Date(now - ragged).toISOString()
    // One that is refused is asked for again at once: the client is unreasonable.
    await get(port, `/api/ribbon/analytics/detailed?startDate=${startDate}&endDate=${endDate}`).catch(() => undefined)
  })
}

async function floodOfExports(port: number, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  await flooding(READING, seconds, async () => {
    const file = await open(port, '/api/ribbon/export/calls?format=csv').catch(() => null)
    if (file !== null) await readUntil(deadline, file)
  })
}

async function readUntil(deadline: number, file: IncomingMessage): Promise<void> {
  const over = setTimeout(() => file.destroy(), deadline - performance.now())
  await finished(file.resume()).catch(() => undefined)
  clearTimeout(over)
}

/** Does something again and again, several at once, for a while. */
async function flooding(atOnce: number, seconds: number, work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  const one = async (): Promise<void> => {
    while (performance.now() < deadline) await work()
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}
