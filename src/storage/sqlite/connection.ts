/** One SQLite connection. Only for use inside a worker thread: it blocks. */
import SQLite, { type Database as Connection, type Statement } from 'better-sqlite3'
import type { SqliteTransaction, Value } from '../sql/transaction.js'

/** How long to wait for another process that holds the database. */
const BUSY_TIMEOUT_MS = 5_000

/** Pages kept in memory by a connection. */
const CACHE_KIB = { writer: 64 * 1024, reader: 8 * 1024, checkpointer: 1024 }

/** An event of a widget takes some kilobytes: a row of that size stays on its page, and small rows lose nothing by it. */
const PAGE_BYTES = 8192

/** Statements kept prepared: there are a few hundred. */
const PREPARED_STATEMENTS = 500

export type Role = keyof typeof CACHE_KIB

export class SqliteConnection implements SqliteTransaction {
  readonly engine = 'sqlite'
  readonly #connection: Connection
  readonly #prepared = new Map<string, Statement>()

  constructor(path: string, role: Role) {
    const connection = new SQLite(path, { readonly: role === 'reader', timeout: BUSY_TIMEOUT_MS })
    this.#connection = connection
    if (role !== 'reader') {
      connection.pragma(`page_size = ${String(PAGE_BYTES)}`)
      connection.pragma('journal_mode = WAL')
      // A commit need not be on disk: what it holds is in the log until a checkpoint has put it there.
      connection.pragma('synchronous = NORMAL')
      connection.pragma('wal_autocheckpoint = 0')
    }
    connection.pragma(`cache_size = ${String(-CACHE_KIB[role])}`)
    connection.pragma('temp_store = MEMORY')
  }

  all<R>(text: string, parameters: readonly Value[]): R[] {
    return this.#prepare(text).all(...parameters) as R[]
  }

  run(text: string, parameters: readonly Value[]): void {
    this.#prepare(text).run(...parameters)
  }

  /** Runs a statement that takes no values and is not worth keeping. */
  exec(text: string): void {
    this.#connection.exec(text)
  }

  get inTransaction(): boolean {
    return this.#connection.inTransaction
  }

  /** Does nothing outside of a transaction: SQLite itself rolls back when, for one, the disk is full. */
  rollback(): void {
    if (this.#connection.inTransaction) this.#connection.exec('rollback')
  }

  /**
   * Copies what was committed into the database file, as far as nobody reads what was there before, and puts it on disk.
   * @returns pages of the write-ahead log, and whether all of them are in the database; not while another connection is at it
   */
  checkpoint(mode: 'passive' | 'truncate'): { readonly pages: number; readonly complete: boolean } {
    const answer = this.#connection.pragma(`wal_checkpoint(${mode})`) as [{ log: number; checkpointed: number }]
    const [{ log: pages, checkpointed }] = answer
    return { pages, complete: pages >= 0 && checkpointed === pages }
  }

  /** Whether the next commit waits until it is on disk. */
  set durable(durable: boolean) {
    this.#connection.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`)
  }

  close(): void {
    this.#connection.close()
  }

  #prepare(text: string): Statement {
    let statement = this.#prepared.get(text)
    if (statement === undefined) {
      statement = this.#connection.prepare(text)
      const [oldest] = this.#prepared.keys()
      if (this.#prepared.size >= PREPARED_STATEMENTS && oldest !== undefined) this.#prepared.delete(oldest)
      this.#prepared.set(text, statement)
    }
    return statement
  }
}

/** Failures of the machine or of another process, not of a statement. */
const UNAVAILABLE =
  /^(SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM|PROTOCOL)|ENOSPC|EDQUOT|EFBIG|EIO|EROFS|EACCES|EMFILE)/

/** Whether an error says that the store cannot be used now; else the statement was at fault, or the code. */
export function isUnavailable(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return name === 'StorageUnavailable' || (typeof code === 'string' && UNAVAILABLE.test(code))
}
