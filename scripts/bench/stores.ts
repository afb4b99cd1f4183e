/** Databases with calls, filled once for all sections that measure on them. */
import { readFile, writeFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { createDemoClients } from '../../src/clients/demo-clients.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import { OFFICE_ZONE } from '../../src/demo/office-hours.js'
import { bulkLoad } from './bulk.js'
import type { Figure, FigureOf } from './figures.js'
import { storedLoad } from './load-calls.js'
import { searchedCalls } from './searched-calls.js'
import { isServer, query, type Workspace } from './workspace.js'
import { CLIENT_ID, yearOfCalls, type Spread } from './year-calls.js'

export const MAX_CALL_AGE_MS = 4 * 60 * 60 * 1000
const YEAR_MS = 365 * 24 * 60 * 60 * 1000
/** Before the ingest load's own clock begins, an hour ago. */
const BEFORE_LOAD_MS = 2 * 60 * 60 * 1000
/** Pages that are built in one transaction. */
const PAGES_AT_ONCE = 20
/** More than a year of days and months has. */
const MOST_ROUNDS = 50

/** A year of calls of one event, over customers as `Spread` says; or one of calls as the ingest load has them, or with all that calls are found by. */
interface Contents {
  readonly shape: Spread | 'load' | 'searched'
  readonly calls: number
}

export interface FilledStore extends Contents {
  readonly url: string
  readonly events: number
  /** When its year ended, epoch milliseconds. */
  readonly now: number
  /** Seconds that recording its events took, and building its pages. */
  readonly fillSeconds: number
  readonly pageSeconds: number
  /** Whether that was in an earlier run. */
  readonly reused: boolean
}

export class Stores {
  readonly #workspace: Workspace
  readonly #filled = new Map<string, Promise<FilledStore>>()

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** The database with these contents, filled when nobody asked for it before. Only to be read: see `copyOf`. */
  with(contents: Contents): Promise<FilledStore> {
    const name = nameOf(contents)
    const filled = this.#filled.get(name) ?? this.#fill(contents)
    this.#filled.set(name, filled)
    return filled
  }

  /** A copy that may be written to. Nobody may have the database open. */
  async copyOf(store: FilledStore): Promise<FilledStore> {
    const url = await this.#workspace.copy(store.url, `copy_of_${nameOf(store)}`)
    return { ...store, url }
  }

  async #fill(contents: Contents): Promise<FilledStore> {
    const { workspace, name } = { workspace: this.#workspace, name: nameOf(contents) }
    const url = await workspace.database(name, true)
    // Written when the database is complete, so that one left half-way is not taken for it.
    const record = workspace.options.keep === null ? null : `${databasePath(url)}.json`
    const kept = record === null ? null : await readFile(record, 'utf8').catch(() => null)
    if (kept !== null) return { ...(JSON.parse(kept) as FilledStore), url, reused: true }

    const now = Date.now()
    workspace.say(`filling a database: ${contents.calls.toLocaleString('en')} calls, ${contents.shape} ...`)
    await createClients(url, now)
    const { result: events, seconds: fillSeconds } = await timed(() =>
      bulkLoad({ url, maxCallAgeMs: MAX_CALL_AGE_MS, timezone: OFFICE_ZONE }, eventsOf(contents, now)),
    )
    const { seconds: pageSeconds } = await timed(() => buildPages(url))
    // As the server's own housekeeping would before long, and then in the middle of measuring.
    if (isServer(url)) await query(url, 'vacuum (analyze)')
    const rate = Math.round(contents.calls / fillSeconds).toLocaleString('en')
    workspace.say(`filled in ${fillSeconds.toFixed(1)} s, ${rate} calls/s; pages in ${pageSeconds.toFixed(1)} s`)
    const filled: FilledStore = { ...contents, url, events, now, fillSeconds, pageSeconds, reused: false }
    if (record !== null) await writeFile(record, JSON.stringify(filled))
    return filled
  }
}

function nameOf({ shape, calls }: Contents): string {
  return `${shape.replaceAll('-', '_')}_${String(calls)}`
}

function eventsOf({ shape, calls }: Contents, now: number): Iterable<NewEvent> {
  if (shape === 'load') return storedLoad(calls, now - YEAR_MS, now - BEFORE_LOAD_MS)
  if (shape === 'searched') return searchedCalls(calls, now)
  return yearOfCalls(calls, now, shape)
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - start) / 1000 }
}

export async function createClients(url: string, now: number): Promise<void> {
  const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  try {
    await createDemoClients(storage, { keys: new KeyRing([Buffer.alloc(32, 1)]), timezone: OFFICE_ZONE, now })
  } finally {
    await storage.close()
  }
}

/** A server builds them in the background, in its first minutes: this is not to be measured by accident. */
async function buildPages(url: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
    try {
      if ((await storage.buildPages(CLIENT_ID, PAGES_AT_ONCE)) === 0) return
    } finally {
      // Pages are kept in the background: closing waits for them.
      await storage.close()
    }
  }
  throw new Error('the store builds its pages again and again, so it does not keep them')
}

/** How fast a store was filled. */
export function storedFigures(figure: FigureOf, store: FilledStore): Figure[] {
  const name = `filling ${store.calls.toLocaleString('en')} calls, ${store.shape}${store.reused ? ' (earlier)' : ''}`
  return [figure(name, store.fillSeconds, 's'), figure(`${name}: events`, store.events / store.fillSeconds, '/s')]
}
