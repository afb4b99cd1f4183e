/** The storage port, over whoever runs its statements: threads of this process, or a server. */
import type { Call } from '../core/call.js'
import type { JsonObject } from '../core/json.js'
import type { TimeRange } from '../core/range.js'
import { GroupCommit, type GroupCommitOptions } from './group-commit.js'
import type { DateSpan, EventQuery, NewClient, NewEvent, ReportQuery, Storage } from './port.js'
import type { SqlStorage } from './sql/sql-storage.js'

/** Methods of the SQL implementation that answer once. */
export type CallMethod = Exclude<keyof SqlStorage, 'exportCalls'>

/** Runs methods of the SQL implementation. Rejects with `StorageUnavailable` when it cannot reach its database. */
export interface Runner {
  call<M extends CallMethod>(method: M, ...args: Parameters<SqlStorage[M]>): ReturnType<SqlStorage[M]>
  exportCalls(...args: Parameters<SqlStorage['exportCalls']>): AsyncIterable<readonly Call[]>
  close(): Promise<void>
}

/** Events that may wait to be committed. More means that the disk cannot keep up: better to say so than to pile up. */
const MAX_QUEUED = 10_000

/** Events in one commit: enough to share a flush, few enough to keep its statements small. */
const MAX_BATCH = 128

export class GroupedStorage implements Storage {
  readonly #writer: Runner
  readonly #readers: readonly Runner[]
  readonly #commits: GroupCommit
  #turn = 0

  /** @param readers take turns at reading; they may be the writer itself */
  constructor(writer: Runner, readers: readonly Runner[], laneOf: GroupCommitOptions['laneOf']) {
    this.#writer = writer
    this.#readers = readers
    const commit = (events: readonly NewEvent[]) => writer.call('recordBatch', events)
    this.#commits = new GroupCommit({ commit, laneOf, maxBatch: MAX_BATCH, maxQueued: MAX_QUEUED })
  }

  get #reader(): Runner {
    this.#turn = (this.#turn + 1) % this.#readers.length
    return this.#readers[this.#turn] as Runner
  }

  record(event: NewEvent) {
    return this.#commits.record(event)
  }

  listEvents(query: EventQuery) {
    return this.#reader.call('listEvents', query)
  }

  report(query: ReportQuery) {
    return this.#reader.call('report', query)
  }

  activeCalls(clientId: string, startedFrom: number, limit: number) {
    return this.#reader.call('activeCalls', clientId, startedFrom, limit)
  }

  exportCalls(clientId: string, range: TimeRange) {
    return this.#reader.exportCalls(clientId, range)
  }

  callsInMonth(clientId: string, month: DateSpan) {
    return this.#reader.call('callsInMonth', clientId, month)
  }

  saveCustomer(clientId: string, customerId: string, patch: JsonObject, now: number) {
    return this.#writer.call('saveCustomer', clientId, customerId, patch, now)
  }

  customerHistory(clientId: string, customerId: string, limits: { calls: number; events: number }) {
    return this.#reader.call('customerHistory', clientId, customerId, limits)
  }

  clientByKeyHash(apiKeyHash: string) {
    return this.#reader.call('clientByKeyHash', apiKeyHash)
  }

  createClient(client: NewClient) {
    return this.#writer.call('createClient', client)
  }

  allClients() {
    return this.#reader.call('allClients')
  }

  allClientTotals(fromMonth: string) {
    return this.#reader.call('allClientTotals', fromMonth)
  }

  retainedFrom(clientId: string) {
    return this.#reader.call('retainedFrom', clientId)
  }

  dropBefore(clientId: string, instant: number, limit: number) {
    return this.#writer.call('dropBefore', clientId, instant, limit)
  }

  async ping(): Promise<void> {
    await Promise.all([this.#writer, ...this.#readers].map((runner) => runner.call('ping')))
  }

  async close(): Promise<void> {
    await this.#commits.close()
    await Promise.all(this.#readers.map((reader) => reader.close()))
    // Last: an SQLite writer that finds no reader folds its log into the database.
    await this.#writer.close()
  }
}
