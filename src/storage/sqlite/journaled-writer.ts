/**
 * The writer of a database file. Its transaction stays open over many batches: each batch is on disk in the journal before
 * it is answered, and all are committed together when somebody wants to read, when enough have come, or when none come. A
 * transaction that is lost, to a crash or to a statement that failed, is made again from the journal when the next begins.
 */
import { sql, type ControlledTransaction } from 'kysely'
import type { NewEvent, RecordOutcome } from '../port.js'
import type { Database, Engine } from '../sql/database.js'
import { Recorder } from '../sql/record.js'
import { Journal, type JournalPlace } from './journal.js'

/** What a transaction gathers: made again within a second, and its pages fit the connection's memory. */
const MOST_EVENTS = 1024
const MOST_BYTES = 16 * 1024 * 1024
const LONGEST_MS = 100
/**
 * How long to wait for the next batch. Batches of a busy server follow each other faster; one that is not busy lets go of
 * the database in between, for other processes to write to.
 */
const IDLE_MS = 10

interface OpenTransaction {
  readonly db: ControlledTransaction<Database>
  readonly recorder: Recorder
  readonly begunAt: number
  readonly idle: NodeJS.Timeout
  events: number
}

/** Its methods run to their end without giving way to another message of the thread, because the driver never waits. */
export class JournaledWriter {
  readonly #engine: Engine
  readonly #journal: Journal
  readonly #maxCallAgeMs: number
  #open: OpenTransaction | null = null
  /** Whether the journal may hold what no transaction does. */
  #lost = true

  private constructor(engine: Engine, journal: Journal, maxCallAgeMs: number) {
    this.#engine = engine
    this.#journal = journal
    this.#maxCallAgeMs = maxCallAgeMs
  }

  /**
   * Opens the writer of a database that has its schema, and commits what a crash has left in the journal.
   * @param path of the journal
   */
  static async open(engine: Engine, path: string, maxCallAgeMs: number): Promise<JournaledWriter> {
    const writer = new JournaledWriter(engine, await Journal.open(path), maxCallAgeMs)
    await writer.commit()
    return writer
  }

  /**
   * Records a batch, durably: all of it or, when it rejects, none.
   * @param text the events as JSON
   * @returns one outcome per event, in order
   */
  async record(text: string): Promise<readonly RecordOutcome[]> {
    // What was lost is committed before anything is added to it: else it would grow for as long as it cannot be.
    if (this.#lost) await this.commit()
    const open = (this.#open ??= await this.#begin())
    let outcomes: readonly RecordOutcome[]
    try {
      outcomes = await open.recorder.record(JSON.parse(text) as NewEvent[])
      this.#journal.append(text)
    } catch (error) {
      await this.#lose(open)
      throw error
    }
    open.idle.refresh()
    open.events += outcomes.length
    const full = open.events >= MOST_EVENTS || this.#journal.bytes >= MOST_BYTES
    if (full || performance.now() - open.begunAt >= LONGEST_MS) await this.#tryCommit()
    return outcomes
  }

  /** Commits all that was recorded, so that every connection sees it. */
  async commit(): Promise<void> {
    if (this.#open === null && !this.#lost) return
    const open = (this.#open ??= await this.#begin())
    try {
      await open.recorder.flush()
      await sql`update journal_place set number = ${this.#journal.number}`.execute(open.db)
      await open.db.commit().execute()
    } catch (error) {
      await this.#lose(open)
      throw error
    }
    clearTimeout(open.idle)
    this.#open = null
  }

  /** What cannot be committed now is committed when the database is opened again. */
  async close(): Promise<void> {
    await this.#tryCommit()
    this.#journal.close()
  }

  /** Fails without harm: what was recorded is in the journal, and whoever needs it committed is told. */
  async #tryCommit(): Promise<void> {
    await this.commit().catch(() => undefined)
  }

  async #begin(): Promise<OpenTransaction> {
    const db = await this.#engine.db.startTransaction().execute()
    const idle = setTimeout(() => void this.#tryCommit(), IDLE_MS)
    const recorder = new Recorder({ db, dialect: this.#engine.name }, this.#maxCallAgeMs)
    const open = { db, recorder, begunAt: performance.now(), idle, events: 0 }
    try {
      // To write is to take the lock: from here on no other process changes the database or its journal.
      const { rows } = await sql<JournalPlace>`update journal_place set number = number returning mark, number`.execute(
        db,
      )
      for (const text of this.#journal.readFrom(rows[0] as JournalPlace)) {
        await recorder.record(JSON.parse(text) as NewEvent[])
      }
    } catch (error) {
      await this.#lose(open)
      throw error
    }
    this.#lost = false
    return open
  }

  async #lose({ db, idle }: OpenTransaction): Promise<void> {
    clearTimeout(idle)
    this.#open = null
    this.#lost = true
    // SQLite itself rolls back when, for one, the disk is full; there is then nothing left to roll back.
    await db
      .rollback()
      .execute()
      .catch(() => undefined)
  }
}
