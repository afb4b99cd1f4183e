/** Databases with a year of calls, filled once for all sections that read them. */
import { readFile, writeFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { createDemoClients } from '../../src/services/demo-clients.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import { OFFICE_ZONE } from '../office-hours.js'
import { recordAll } from '../record-all.js'
import { EVENTS_PER_CALL, yearOfCalls } from './calls.js'
import type { Workspace } from './workspace.js'

const MAX_CALL_AGE_MS = 4 * 60 * 60 * 1000

export interface FilledStore {
  readonly url: string
  readonly calls: number
  readonly events: number
  /** When its year ended, epoch milliseconds. */
  readonly now: number
  /** Seconds that filling it took, and whether that was in an earlier run. */
  readonly fillSeconds: number
  readonly reused: boolean
}

export class Stores {
  readonly #workspace: Workspace
  readonly #filled = new Map<number, Promise<FilledStore>>()

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** The database with so many calls, filled through the store's own ingest when nobody asked for it before. */
  withCalls(calls: number): Promise<FilledStore> {
    const filled = this.#filled.get(calls) ?? this.#fill(calls)
    this.#filled.set(calls, filled)
    return filled
  }

  async #fill(calls: number): Promise<FilledStore> {
    const url = await this.#workspace.database(`calls_${String(calls)}`, true)
    // Written when the database is complete, so that one left half-way is not taken for it.
    const record = this.#workspace.options.keep === null ? null : `${databasePath(url)}.json`
    const kept = record === null ? null : await readFile(record, 'utf8').catch(() => null)
    if (kept !== null) return { ...(JSON.parse(kept) as FilledStore), reused: true }

    this.#workspace.say(`filling a database with ${String(calls)} calls ...`)
    const now = Date.now()
    const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
    const start = performance.now()
    try {
      await createDemoClients(storage, { secretsKey: Buffer.alloc(32, 1), timezone: OFFICE_ZONE, now })
      await recordAll(storage, yearOfCalls(calls, now))
    } finally {
      await storage.close()
    }
    const fillSeconds = (performance.now() - start) / 1000
    this.#workspace.say(`filled in ${fillSeconds.toFixed(1)} s`)
    const filled = { url, calls, events: calls * EVENTS_PER_CALL, now, fillSeconds, reused: false }
    if (record !== null) await writeFile(record, JSON.stringify(filled))
    return filled
  }
}
