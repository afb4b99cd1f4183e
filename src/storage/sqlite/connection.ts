/** One SQLite connection. It blocks: for a storage thread, or for a command that has nothing else to do. */
import SQLite, { type Database as Connection, type Statement } from 'better-sqlite3'
import { NOT_UP_TO_DATE, StorageDamaged, StorageUnavailable } from '../errors.js'
import type { SlowStatement } from '../figures.js'
import { hasPlan, OncePerHour } from '../slow.js'
import type { SqliteTransaction, Value } from '../sql/transaction.js'

/** How long to wait for another process that holds the database. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * How often one that is patient asks for the lock to write. A busy server lets go of it for a moment after each commit. SQLite's
 * own way of waiting, with pauses of up to 100 ms, misses that moment again and again.
 */
const ASK_EVERY_MS = 1

/** How long emptying the write-ahead log waits for those who read: it can be done later. */
const TRUNCATE_TIMEOUT_MS = 200

/** Pages kept in memory by a connection. */
const CACHE_KIB = { writer: 64 * 1024, reader: 8 * 1024, checkpointer: 1024 }

/** An event of a widget takes some kilobytes: a row of that size stays on its page, and small rows lose nothing by it. */
const PAGE_BYTES = 8192

/** A new file keeps count of its free pages, so that they can be given back to the disk: see `giveBack`. */
const GIVES_BACK = 'auto_vacuum = incremental'

/** What is copied at once when a database is backed up. */
const PAGES_AT_A_TIME = 1000

/** Statements kept prepared: there are a few hundred. */
const PREPARED_STATEMENTS = 500

export type Role = keyof typeof CACHE_KIB

/** A line of `explain query plan`. */
interface Step {
  readonly id: number
  readonly parent: number
  readonly detail: string
}

export class SqliteConnection implements SqliteTransaction {
  readonly engine = 'sqlite'
  readonly #connection: Connection
  readonly #prepared = new Map<string, Statement>()
  readonly #patienceMs: number | null
  readonly #told = new OncePerHour()
  #watched: { readonly slowMs: number; readonly onSlow: (statement: SlowStatement) => void } | null = null

  /** @param patienceMs how long `beginWrite` waits for a server that writes all the time; null waits as SQLite does */
  constructor(path: string, role: Role, patienceMs: number | null = null) {
    this.#patienceMs = patienceMs
    const connection = new SQLite(path, { readonly: role === 'reader', timeout: BUSY_TIMEOUT_MS })
    this.#connection = connection
    if (role !== 'reader') {
      connection.pragma(`page_size = ${String(PAGE_BYTES)}`)
      // Of a file that is there it would be written again at each start.
      if (connection.pragma('page_count', { simple: true }) === 0) connection.pragma(GIVES_BACK)
      connection.pragma('journal_mode = WAL')
      // A commit need not be on disk: what it holds is in the log until a checkpoint has put it there.
      connection.pragma('synchronous = NORMAL')
      connection.pragma('wal_autocheckpoint = 0')
      // What is deleted, or moved, is overwritten: nothing of a person who was erased lies on in the file.
      connection.pragma('secure_delete = ON')
    }
    connection.pragma(`cache_size = ${String(-CACHE_KIB[role])}`)
    connection.pragma('temp_store = MEMORY')
  }

  all<R>(text: string, parameters: readonly Value[]): R[] {
    return this.#timed(text, parameters, () => this.#prepare(text).all(...parameters) as R[])
  }

  run(text: string, parameters: readonly Value[]): void {
    this.#timed(text, parameters, () => this.#prepare(text).run(...parameters))
  }

  /** @param slowMs how long a statement may take before `onSlow` hears of it, each at most once an hour; undefined: any time */
  watch(slowMs: number | undefined, onSlow: (statement: SlowStatement) => void): void {
    this.#watched = slowMs === undefined ? null : { slowMs, onSlow }
  }

  #timed<T>(text: string, parameters: readonly Value[], work: () => T): T {
    const from = performance.now()
    try {
      return work()
    } finally {
      const durationMs = performance.now() - from
      if (this.#watched !== null && durationMs > this.#watched.slowMs && this.#told.isNew(text)) {
        const { engine } = this
        this.#watched.onSlow({
          engine,
          sql: text,
          durationMs: Math.round(durationMs),
          plan: this.#planOf(text, parameters),
        })
      }
    }
  }

  /** Its steps, without values: SQLite writes none into a plan. */
  #planOf(text: string, parameters: readonly Value[]): string[] {
    if (!hasPlan(text)) return []
    try {
      const steps = this.#connection.prepare(`explain query plan ${text}`).all(...parameters) as Step[]
      const depths = new Map<number, number>([[0, -1]])
      return steps.map(({ id, parent, detail }) => {
        const depth = Number(depths.get(parent)) + 1
        depths.set(id, depth)
        return `${'  '.repeat(depth)}${detail}`
      })
    } catch (error) {
      return [`no plan: ${(error as Error).message}`]
    }
  }

  /** Runs a statement that takes no values and is not worth keeping. */
  exec(text: string): void {
    this.#connection.exec(text)
  }

  /** Begins a transaction by taking the lock to write: until its end no other process changes the database. */
  beginWrite(): void {
    if (this.#patienceMs === null) this.exec('begin immediate')
    else this.#beginPatiently(performance.now() + this.#patienceMs)
  }

  #beginPatiently(until: number): void {
    this.#connection.pragma('busy_timeout = 0')
    try {
      while (!this.#hasBegun(until)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ASK_EVERY_MS)
    } finally {
      this.#connection.pragma(`busy_timeout = ${String(BUSY_TIMEOUT_MS)}`)
    }
  }

  #hasBegun(until: number): boolean {
    try {
      this.exec('begin immediate')
      return true
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
      return false
    }
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

  /** Puts all that was committed into the database file, and empties the write-ahead log. @returns false while somebody reads */
  truncateLog(): boolean {
    this.#connection.pragma(`busy_timeout = ${String(TRUNCATE_TIMEOUT_MS)}`)
    try {
      return this.checkpoint('truncate').complete
    } finally {
      this.#connection.pragma(`busy_timeout = ${String(BUSY_TIMEOUT_MS)}`)
    }
  }

  /**
   * Copies the database as it is now into a file. Of one moment: what others commit meanwhile is not in it.
   * @param onPages hears how many pages are copied, of how many
   */
  async copyTo(path: string, onPages: (done: number, all: number) => void): Promise<void> {
    // A snapshot of this connection's own: else the copy would begin again with every commit of another.
    this.#connection.exec('begin')
    try {
      this.#connection.prepare('select 1 from sqlite_schema').get()
      const { totalPages: all } = await this.#connection.backup(path, {
        progress: ({ totalPages, remainingPages }) => {
          onPages(totalPages - remainingPages, totalPages)
          return PAGES_AT_A_TIME
        },
      })
      // Of its last pages it says nothing.
      onPages(all, all)
    } finally {
      this.rollback()
    }
  }

  /**
   * Copies the database as it is now into an empty file, without the room that is free in it: the copy gives back by itself what is
   * removed from it later.
   */
  compactTo(path: string): void {
    this.#connection.pragma(GIVES_BACK)
    this.#connection.prepare('vacuum into ?').run(path)
  }

  /** What is wrong with the file, in SQLite's words: nothing when it is whole. Reads all of it. */
  faults(): readonly string[] {
    const rows = this.#connection.pragma('quick_check(5)') as { quick_check: string }[]
    return rows.map(({ quick_check }) => quick_check).filter((word) => word !== 'ok')
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

/** What SQLite says of a file that is no database any more, or whose pages hold something else. */
export const DAMAGE = /^SQLITE_(CORRUPT|NOTADB)/

/** Failures of the machine or of another process, not of a statement. */
const UNAVAILABLE =
  /^(SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM|PROTOCOL|CORRUPT|NOTADB)|ENOSPC|EDQUOT|EFBIG|EIO|EROFS|EACCES|EMFILE)/

/** Whether another process holds what is asked for. */
export function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
}

/** Why a database cannot be opened, in a sentence for whoever set it up. */
export function unopened(path: string, error: unknown): StorageUnavailable {
  const { message } = error as Error
  if (message.startsWith(NOT_UP_TO_DATE)) return new StorageUnavailable(`${message} (${path})`, { cause: error })
  if (message.startsWith('SQLITE_CORRUPT')) {
    return new StorageDamaged(`The database ${path} is damaged (${message}): restore a backup of it`, { cause: error })
  }
  const check = 'check that DATABASE_URL names a database of this server, who may write it, and the space on its disk'
  return new StorageUnavailable(`The database ${path} cannot be opened (${message}): ${check}`, { cause: error })
}

/** Whether an error says that the store cannot be used now; else the statement was at fault, or the code. */
export function isUnavailable(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return name === 'StorageUnavailable' || (typeof code === 'string' && UNAVAILABLE.test(code))
}
