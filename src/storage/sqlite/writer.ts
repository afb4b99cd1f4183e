/**
 * The writer of a database file. Its transaction stays open over many writes: each is on disk in the log before it is
 * answered, and all are committed together when somebody wants to read, when enough have come, or when none come. A
 * transaction that is lost, to a crash or to a statement that failed, is made again from the log.
 */
import { StorageUnavailable } from '../errors.js'
import type { SetAsideWrite } from '../port/set-aside.js'
import { runWrite } from '../sql/methods.js'
import { forgetTransaction, type BuiltPage, type Session, type StoreContext } from '../sql/session.js'
import { rowOf, rowsOf, run, sql } from '../sql/transaction.js'
import { isUpToDate, migrate } from '../sql/schema/migrate.js'
import { settle } from '../sql/write/state.js'
import { isUnavailable, type SqliteConnection } from './connection.js'
import { AcknowledgedWrites, type Command } from './acknowledged-writes.js'
import { Log } from './log.js'
import { own } from './log-owner.js'

/** What a transaction gathers: few enough that committing it holds up nobody for long. */
const MOST_EVENTS = 1024
/** When the writer acts by itself. */
const TIMING = {
  /** How old a transaction gets while writes follow each other. */
  longestMs: 100,
  /**
   * How long to wait for the next write. Writes of a busy server follow each other faster; one that is not busy lets go of
   * the database in between, for other processes to write to.
   */
  idleMs: 10,
  /** How often a transaction is tried again that could not be committed, a full disk for one. */
  retryMs: 1000,
}
/** Pages of write-ahead log (8 KiB each) after which it is used from its beginning again. */
const LONG_LOG_PAGES = 8000

/** What the writer says without being asked. */
export interface WriterEvents {
  /** Something went wrong that an operator should know of. */
  trouble(sentence: string): void
  /** There is a commit that no checkpoint has put into the database yet. */
  committed(figures: CommitFigures): void
}

/** Seconds: what a commit took, and each write of the log since the commit before. */
export interface CommitFigures {
  readonly seconds: number
  readonly logWrites: readonly number[]
}

export interface Checkpoint {
  /** The last record of the log that the database holds, on disk. */
  readonly applied: number
  readonly pages: number
  readonly complete: boolean
}

interface OpenTransaction {
  readonly begunAt: number
  readonly idle: NodeJS.Timeout
  events: number
}

/** Two processes that start at once: one makes the schema, the other waits for the lock and finds it made. */
async function bringUpToDate(connection: SqliteConnection): Promise<void> {
  if (await isUpToDate(connection)) return
  connection.beginWrite()
  try {
    await migrate(connection)
    connection.exec('commit')
  } catch (error) {
    connection.rollback()
    throw error
  }
  // The log is of the database that the schema makes: that is on disk before anything is logged.
  connection.checkpoint('truncate')
}

export class Writer {
  readonly #connection: SqliteConnection
  readonly #session: Session
  /** Null where another process owns the log, or may: then every write is a commit of its own, on disk when it is made. */
  readonly #log: Log | null
  readonly #owner: { close(): void } | null
  readonly #events: WriterEvents
  readonly #acknowledged: AcknowledgedWrites
  readonly #timing: typeof TIMING
  #open: OpenTransaction | null = null
  /** Whether the log may hold what the transaction does not. */
  #lost: boolean
  /** How often the log had refused writes when the transaction was right: those refused later are in it, and must not be. */
  #refusals = 0
  #behindSince: number | null = null
  #retry: NodeJS.Timeout | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #isLogLong = false

  private constructor(
    connection: SqliteConnection,
    context: StoreContext,
    owned: { log: Log; owner: { close(): void } } | null,
    events: WriterEvents,
    timing: typeof TIMING,
  ) {
    this.#connection = connection
    this.#session = {
      ...context,
      tx: connection,
      unsettled: new Map(),
    }
    this.#log = owned?.log ?? null
    this.#owner = owned?.owner ?? null
    this.#lost = owned !== null
    connection.durable = owned === null
    this.#events = events
    this.#acknowledged = new AcknowledgedWrites(connection, this.#session, (sentence) => {
      events.trouble(sentence)
    })
    this.#timing = timing
  }

  /**
   * Opens the writer of a database, brings its schema up to date, and applies what a crash has left in the log. Where that is
   * not possible now, it is tried again and again, and reads go on meanwhile.
   * @param folder of the log; null leaves it to a server, which may be running or start at any time
   */
  static async open(
    connection: SqliteConnection,
    folder: string | null,
    context: StoreContext,
    events: WriterEvents,
    timing: Partial<typeof TIMING> = {},
  ): Promise<Writer> {
    await bringUpToDate(connection)
    const place = await rowOf(connection, sql<{ mark: string; number: number }>`select mark, number from log_place`)
    if (place === undefined) throw new Error('the database does not say where its log goes on')
    const owner = folder === null ? null : own(folder)
    if (folder === null || owner === null)
      return new Writer(connection, context, null, events, { ...TIMING, ...timing })
    const { log, troubles } = Log.open(folder, place.mark, place.number)
    for (const trouble of troubles) events.trouble(trouble)
    const writer = new Writer(connection, context, { log, owner }, events, { ...TIMING, ...timing })
    await writer.#alone(() => writer.#catchUpAndCommit())
    return writer
  }

  /** Since when what was acknowledged has not been committed, because it cannot be; null while all is well. */
  get behindSince(): number | null {
    return this.#behindSince
  }

  /**
   * Applies a write, durably: all of it or, when it rejects, nothing. The next one is applied while this one goes to disk.
   * @param text the command as JSON
   */
  async write(text: string): Promise<unknown> {
    const { value, logged } = await this.#alone(() => this.#apply(text))
    await logged
    return value
  }

  /** @returns a promise of its being on disk, in an object: whoever waits for its turn does not wait for the disk */
  async #apply(text: string): Promise<{ readonly value: unknown; readonly logged: Promise<void> }> {
    const command = JSON.parse(text) as Command
    if (this.#hasRefused()) this.#lose()
    // Committed at once: if this write fails too, what was acknowledged before need not be made a third time.
    if (this.#lost) await this.#catchUpAndCommit()
    this.#refuseWhileBehind()
    const open = this.#begin()
    let value: unknown
    try {
      value = await runWrite(this.#session, ...command)
    } catch (error) {
      this.#lose()
      this.#tryAgain(this.#timing.idleMs)
      throw error
    }
    if (this.#log === null) {
      await this.#commit()
      return { value, logged: Promise.resolve() }
    }
    const logged = this.#log.append(text)
    open.idle.refresh()
    open.events += command[0] === 'recordBatch' ? (command[1][0] as readonly unknown[]).length : 1
    const isFull = open.events >= MOST_EVENTS || performance.now() - open.begunAt >= this.#timing.longestMs
    if (isFull) void this.#alone(() => this.#catchUpAndCommit())
    // Configuration is looked up without waiting for a commit.
    const isRare = command[0] !== 'recordBatch' && command[0] !== 'saveCustomer'
    // Both have ended before the next one's turn, also when the log refuses.
    if (isRare) await Promise.allSettled([this.#catchUpAndCommit(), logged])
    return { value, logged }
  }

  /** Keeps pages that readers built: they can be made again, so they are neither logged nor missed. */
  async savePages(pages: readonly BuiltPage[]): Promise<void> {
    await this.#alone(async () => {
      await this.#catchUp()
      this.#begin()
      try {
        await runWrite(this.#session, 'savePages', [pages])
      } catch (error) {
        this.#lose()
        throw error
      }
    })
  }

  /** Commits what was acknowledged, so that every connection sees it. Does not try while it is known to be impossible. */
  async commit(): Promise<void> {
    if (this.#behindSince === null) await this.#alone(() => this.#catchUpAndCommit())
  }

  /** Takes note of what a checkpoint has put on disk. */
  async checkpointed({ applied, pages, complete }: Checkpoint): Promise<void> {
    if (!complete) return
    await this.#alone(async () => {
      this.#log?.release(applied)
      // The rest is little: what was committed meanwhile. When it is copied too, the write-ahead log begins anew.
      this.#isLogLong = pages >= LONG_LOG_PAGES
    })
    await this.forgetErased()
  }

  /** See `CommandStorage.rewrite`. */
  async rewrite(): Promise<void> {
    await this.#alone(async () => {
      await this.#catchUpAndCommit()
      this.#connection.exec('vacuum')
      this.#connection.checkpoint('truncate')
    })
  }

  /** See `Storage.forgetErased`. The log is its owner's: another process leaves that to it. */
  async forgetErased(): Promise<boolean> {
    return this.#alone(async () => {
      const [place] = (await rowsOf(this.#connection, sql`select erased from log_place`)) as [{ erased: number }]
      if (place.erased === 0) return true
      await this.#catchUpAndCommit()
      // Not while the log has what the database does not, nor while somebody reads what was there before.
      if (this.#behindSince !== null || !this.#connection.truncateLog()) return false
      this.#log?.renew()
      this.#begin()
      run(this.#connection, sql`update log_place set erased = 0`)
      await this.#commit()
      return true
    })
  }

  setAsideWrites(limit: number): Promise<SetAsideWrite[]> {
    return this.#acknowledged.setAsideWrites(limit)
  }

  /** See `Storage.retrySetAside`. */
  async retrySetAside(id: number): Promise<boolean> {
    return this.#alone(async () => {
      // In a transaction of its own, so that only this write can be what fails.
      await this.#catchUpAndCommit()
      this.#refuseWhileBehind()
      this.#begin()
      try {
        const isApplied = await this.#acknowledged.retry(id)
        await this.#commitDurably()
        return isApplied
      } catch (error) {
        this.#lose()
        throw error
      }
    })
  }

  /** Commits what the log does not have. A commit can be made durable only from its beginning on. */
  async #commitDurably(): Promise<void> {
    await this.#commit()
    this.#connection.durable = true
    try {
      this.#begin()
      await this.#commit()
    } finally {
      this.#connection.durable = this.#log === null
    }
  }

  /** What cannot be committed now is committed when the database is opened again. */
  async close(): Promise<void> {
    await this.#alone(() => this.#catchUpAndCommit())
    if (this.#retry !== null) clearTimeout(this.#retry)
    let isApplied = false
    // One without a log leaves it to the server whose log it is: this would hold up its writes.
    if (this.#log !== null && this.#behindSince === null) {
      try {
        isApplied = this.#connection.checkpoint('truncate').complete
      } catch (error) {
        this.#events.trouble(`The last checkpoint failed: ${(error as Error).message}`)
      }
    }
    this.#log?.close(isApplied)
    this.#owner?.close()
    this.#connection.close()
  }

  /** One after the other: what runs here gives way to nothing else that runs here. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  /** Else the log would grow, and with it what every next try has to make again. */
  #refuseWhileBehind(): void {
    if (this.#behindSince !== null) throw new StorageUnavailable('what was acknowledged before cannot be committed')
  }

  #begin(): OpenTransaction {
    if (this.#open !== null) return this.#open
    this.#connection.beginWrite()
    const idle = setTimeout(() => void this.#alone(() => this.#catchUpAndCommit()), this.#timing.idleMs)
    return (this.#open = { begunAt: performance.now(), idle, events: 0 })
  }

  async #commit(): Promise<void> {
    if (this.#open === null) return
    const from = performance.now()
    try {
      await settle(this.#session)
      if (this.#log !== null) run(this.#connection, sql`update log_place set number = ${this.#log.number}`)
      this.#connection.exec('commit')
    } catch (error) {
      this.#lose()
      throw error
    }
    clearTimeout(this.#open.idle)
    this.#open = null
    this.#behindSince = null
    const seconds = (performance.now() - from) / 1000
    this.#events.committed({ seconds, logWrites: this.#log?.takeWriteSeconds() ?? [] })
    if (this.#isLogLong) this.#foldLog()
  }

  /** The commit is made: if this fails, the next checkpoint does it. */
  #foldLog(): void {
    this.#isLogLong = false
    try {
      this.#connection.checkpoint('passive')
    } catch (error) {
      this.#events.trouble(`A checkpoint failed: ${(error as Error).message}`)
    }
  }

  /**
   * Commits what was acknowledged. Fails without harm: the log has it. Where one of the writes is at fault, all are made again
   * one by one: it is found and set aside, and nobody waits for it.
   * @param isAgain whether what was at fault has been set aside already
   */
  async #catchUpAndCommit(isAgain = false): Promise<void> {
    try {
      await this.#catchUp()
      await this.#commit()
      this.#behindSince = null
    } catch (error) {
      if (isAgain || isUnavailable(error)) this.#fallBehind(error)
      else await this.#catchUpAndCommit(true)
    }
  }

  #lose(): void {
    if (this.#open !== null) clearTimeout(this.#open.idle)
    this.#open = null
    this.#lost = true
    this.#connection.rollback()
    forgetTransaction(this.#session)
  }

  /** From here on reads answer from what was committed before, and what was acknowledged is applied when it can be. */
  #fallBehind(error: unknown): void {
    if (this.#behindSince === null) {
      this.#behindSince = Date.now()
      this.#events.trouble(`Writes cannot be committed: ${(error as Error).message}. They are kept, and tried again.`)
    }
    this.#tryAgain(this.#timing.retryMs)
  }

  #tryAgain(ms: number): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = null
      void this.#alone(() => this.#catchUpAndCommit())
    }, ms)
  }

  /** Waits until the log has taken all that is in the transaction: nobody may see what it may still refuse. */
  async #logSettled(): Promise<void> {
    await this.#log?.settled()
    if (this.#hasRefused()) this.#lose()
  }

  #hasRefused(): boolean {
    return this.#log !== null && this.#log.refusals !== this.#refusals
  }

  /** Makes a lost transaction again from the log. */
  async #catchUp(): Promise<void> {
    await this.#logSettled()
    if (!this.#lost) return
    this.#refusals = this.#log?.refusals ?? 0
    this.#begin()
    try {
      const [place] = (await rowsOf(this.#connection, sql`select number from log_place`)) as [{ number: number }]
      const records = this.#log?.after(place.number) ?? []
      for (const { text } of records) await this.#acknowledged.apply(JSON.parse(text) as Command)
    } catch (error) {
      this.#lose()
      throw error
    }
    this.#lost = false
  }
}
