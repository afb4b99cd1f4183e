/**
 * The embedded store: one SQLite file, one thread that writes it and others that read it. The event loop never waits
 * for a disk.
 */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JsonObject } from '../../core/json.js'
import type { TimeRange } from '../../core/range.js'
import { GroupCommit } from '../group-commit.js'
import type { DateSpan, EventQuery, NewClient, NewEvent, ReportQuery, Storage } from '../port.js'
import type { SqlStorageOptions } from '../sql/sql-storage.js'
import { RemoteStorage } from './remote.js'

const READERS = 2
const MAX_BATCH = 128
const MAX_QUEUED = 10_000

/**
 * Opens the database at `path`, creating it and its folder when they are not there.
 * @throws StorageUnavailable when it cannot be opened
 */
export async function openSqlite(path: string, options: SqlStorageOptions): Promise<Storage> {
  await mkdir(dirname(path), { recursive: true })
  const writer = await RemoteStorage.start({ ...options, path, readonly: false })
  const readers = await Promise.all(
    Array.from({ length: READERS }, () => RemoteStorage.start({ ...options, path, readonly: true })),
  )
  return new SqliteStorage(writer, readers)
}

class SqliteStorage implements Storage {
  readonly #writer: RemoteStorage
  readonly #readers: readonly RemoteStorage[]
  readonly #commits: GroupCommit
  #turn = 0

  constructor(writer: RemoteStorage, readers: readonly RemoteStorage[]) {
    this.#writer = writer
    this.#readers = readers
    this.#commits = new GroupCommit({
      commit: (events) => writer.call('recordBatch', events),
      laneOf: () => 'the only writer',
      maxBatch: MAX_BATCH,
      maxQueued: MAX_QUEUED,
    })
  }

  get #reader(): RemoteStorage {
    this.#turn = (this.#turn + 1) % this.#readers.length
    return this.#readers[this.#turn] ?? this.#writer
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

  async ping(): Promise<void> {
    await Promise.all([this.#writer, ...this.#readers].map((thread) => thread.call('ping')))
  }

  async close(): Promise<void> {
    await this.#commits.close()
    await Promise.all(this.#readers.map((reader) => reader.close()))
    // Last, so that it finds no reader and folds the write-ahead log into the database.
    await this.#writer.close()
  }
}
