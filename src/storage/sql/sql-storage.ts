/** The storage port over SQL: one implementation for every engine. */
import { sql } from 'kysely'
import type { Call } from '../../core/call.js'
import type { JsonObject } from '../../core/json.js'
import type { TimeRange } from '../../core/range.js'
import type {
  Client,
  ClientListing,
  ClientReport,
  ClientTotals,
  CustomerHistory,
  DateSpan,
  EventPage,
  EventQuery,
  NewClient,
  NewEvent,
  RecordOutcome,
  ReportQuery,
  Storage,
} from '../port.js'
import type { Transaction } from './bulk.js'
import { CALL_COLUMNS, callOf } from './call-row.js'
import { allClients, allClientTotals, clientByKeyHash, createClient } from './clients.js'
import { readCustomer, saveCustomer } from './customers.js'
import type { Db, Engine } from './database.js'
import { listEvents } from './event-pages.js'
import { Recorder } from './record.js'
import { callsInMonth, readReport } from './report.js'
import { dropBefore, keptOf, readRetainedFrom } from './retention.js'

/** Calls in one chunk of an export: small enough that formatting one does not hold up other requests. */
const EXPORT_CHUNK = 500

export interface SqlStorageOptions {
  /** How long a call can be active. */
  readonly maxCallAgeMs: number
}

/** The port, but for `record`: whoever groups commits gathers the events of `recordBatch`. */
export class SqlStorage implements Omit<Storage, 'record'> {
  readonly #engine: Engine
  readonly #db: Db
  readonly #maxCallAgeMs: number

  constructor(engine: Engine, { maxCallAgeMs }: SqlStorageOptions) {
    this.#engine = engine
    this.#db = engine.db
    this.#maxCallAgeMs = maxCallAgeMs
  }

  /**
   * Records events in one transaction: all of them or, when it rejects, none.
   * @returns one outcome per event, in order
   */
  recordBatch(events: readonly NewEvent[]): Promise<readonly RecordOutcome[]> {
    return this.#write(async (tx) => {
      const recorder = new Recorder(tx, this.#maxCallAgeMs)
      const outcomes = await recorder.record(events)
      await recorder.flush()
      return outcomes
    })
  }

  listEvents(query: EventQuery): Promise<EventPage> {
    return this.#atOneMoment((db) => listEvents(db, query))
  }

  report(query: ReportQuery): Promise<ClientReport> {
    return this.#atOneMoment((db) => readReport(db, query))
  }

  activeCalls(
    clientId: string,
    startedFrom: number,
    limit: number,
  ): Promise<{ calls: readonly Call[]; count: number }> {
    return this.#atOneMoment(async (db) => {
      const active = db
        .selectFrom('calls')
        .where('client_id', '=', clientId)
        .where('status', '=', sql.lit('active'))
        .where('start_at', '>=', startedFrom)
      const rows = await active
        .select(CALL_COLUMNS)
        .orderBy('start_at', 'desc')
        .orderBy('call_key', 'desc')
        .limit(limit)
        .execute()
      if (rows.length < limit) return { calls: rows.map(callOf), count: rows.length }
      const { count } = await active.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
      return { calls: rows.map(callOf), count }
    })
  }

  async *exportCalls(clientId: string, range: TimeRange): AsyncGenerator<readonly Call[], void, undefined> {
    const snapshot = await this.#engine.openSnapshot()
    try {
      const { from, to } = keptOf(range, await readRetainedFrom(snapshot.db, clientId))
      let after = { start_at: from, call_key: '' }
      for (;;) {
        const { start_at, call_key } = after
        const rows = await snapshot.db
          .selectFrom('calls')
          .select(CALL_COLUMNS)
          .where('client_id', '=', clientId)
          .where((eb) => sql<boolean>`(${eb.ref('start_at')}, ${eb.ref('call_key')}) > (${start_at}, ${call_key})`)
          .where('start_at', '<', to)
          .orderBy('start_at')
          .orderBy('call_key')
          .limit(EXPORT_CHUNK)
          .execute()
        const last = rows.at(-1)
        if (last === undefined) return
        yield rows.map(callOf)
        if (rows.length < EXPORT_CHUNK) return
        after = last
      }
    } finally {
      await snapshot.close()
    }
  }

  callsInMonth(clientId: string, month: DateSpan): Promise<number> {
    return callsInMonth(this.#db, clientId, month)
  }

  saveCustomer(clientId: string, customerId: string, patch: JsonObject, now: number): Promise<void> {
    return this.#write((tx) => saveCustomer(tx, clientId, customerId, patch, now))
  }

  customerHistory(
    clientId: string,
    customerId: string,
    limits: { calls: number; events: number },
  ): Promise<CustomerHistory | null> {
    return this.#atOneMoment((db) => readCustomer(db, clientId, customerId, limits))
  }

  clientByKeyHash(apiKeyHash: string): Promise<Client | null> {
    return clientByKeyHash(this.#db, apiKeyHash)
  }

  createClient(client: NewClient): Promise<void> {
    return this.#write(({ db }) => createClient(db, client))
  }

  allClients(): Promise<readonly ClientListing[]> {
    return allClients(this.#db)
  }

  allClientTotals(fromMonth: string): Promise<readonly ClientTotals[]> {
    return allClientTotals(this.#db, fromMonth)
  }

  retainedFrom(clientId: string): Promise<number | null> {
    return readRetainedFrom(this.#db, clientId)
  }

  dropBefore(clientId: string, instant: number, limit: number): Promise<number> {
    return this.#write((tx) => dropBefore(tx, clientId, instant, limit))
  }

  async ping(): Promise<void> {
    await sql`select 1`.execute(this.#db)
  }

  close(): Promise<void> {
    return this.#engine.close()
  }

  #write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute((db) => work({ db, dialect: this.#engine.name }))
  }

  /** All that `read` reads is of one moment. */
  #atOneMoment<T>(read: (db: Db) => Promise<T>): Promise<T> {
    return this.#db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read)
  }
}
