/**
 * Erasing a person: what says who somebody is, and what was said about them, goes from calls, events and whatever was made of them.
 * Calls stay as facts, and what is counted of them is the same. It goes a batch a transaction, and one that was interrupted goes on
 * where it stopped: what is erased is not found again.
 */
import { localSlot, monthOf } from '../../../core/calendar.js'
import { erasedCallKey, erasedEvent, withoutPerson } from '../../../core/erasure.js'
import { join as joinFacts } from '../../../core/facts.js'
import { encodeFacts } from '../../../core/facts-codec.js'
import type { JsonObject } from '../../../core/json.js'
import { EVENT_SOURCES, type EventSource } from '../../../core/vocabulary/events.js'
import type { AuditEntry } from '../../port/audit-log.js'
import type { Erased, Erasure, Subject } from '../../port/privacy.js'
import { find, insert, remove, update } from '../bulk.js'
import { CUSTOMERS } from '../dimensions.js'
import { SEGMENTS } from '../read/call-segments.js'
import type { CallRow, CustomerRow, ErasureRow, EventRow, ReconciliationRow } from '../schema/tables.js'
import { forgetTransaction, requireClient, type Session } from '../session.js'
import { join, raw, rowOf, rowsOf, run, sql, type Transaction } from '../transaction.js'
import { addToAuditLog } from './audit-log.js'
import { callsByNumber, CallState } from './calls.js'
import { OwnNumbersCheck, personOf, phonesOfCalls, type Person } from './person.js'
import { lockClient, type LockedClient } from './state.js'

type ErasedRow = Pick<EventRow, 'sequence' | 'occurred_at' | 'source' | 'event' | 'data' | 'context'>
const EVENT = 'events.sequence, events.occurred_at, events.source, events.event, events.data, events.context'

const eventsOfCalls = find<ErasedRow>(EVENT, 'events', ['call'])
const eraseEvents = update('events', ['sequence'], ['customer', 'phone', 'data', 'context'])
const ERASED_COLUMNS = [
  'customer',
  'call_key',
  'phone',
  'phone_said',
  'recording',
  'notes',
  'tags',
  'disposition_code',
  'customer_data',
  'facts',
  'unnamed',
  'erased',
] as const
const eraseCalls = update('calls', ['number'], ERASED_COLUMNS)
/** An index has the reason, which mostly stays: it is left alone then. */
const eraseReasons = update('calls', ['number'], ['end_reason'])
const removePages = remove('pages', ['dimension', 'period'])
const putProgress = insert('erasures', ['subject', 'calls', 'events', 'customers'], ['subject'])

/** See `Storage.erasePerson`. */
export async function erasePerson(
  session: Session,
  clientId: string,
  { subject, hash, limit }: Erasure,
  entry: AuditEntry,
): Promise<Erased> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  const state = await lockClient(tx, client)
  const own = await OwnNumbersCheck.after(session, client, state.last_sequence)
  const person = await personOf(tx, { client, region: state.region }, subject, own)
  const work = new Work(tx, client, state, person, own)
  const isOver = await work.batch(limit)
  const before = await rowOf(
    tx,
    sql<Omit<ErasureRow, 'client' | 'subject'>>`select calls, events, customers from erasures
      where client = ${client} and subject = ${hash}`,
  )
  const counts = {
    calls: (before?.calls ?? 0) + work.erased.calls,
    events: (before?.events ?? 0) + work.erased.events,
    customers: (before?.customers ?? 0) + work.erased.customers,
  }
  run(tx, sql`update client_state set erasures = erasures + 1 where client = ${client}`)
  if (isOver) {
    run(tx, sql`delete from erasures where client = ${client} and subject = ${hash}`)
    await addToAuditLog(session, { ...entry, details: { ...entry.details, ...counts } })
    // What could not be applied holds what was sent.
    if (tx.engine === 'sqlite') forgetSetAside(tx, subject, person)
  } else putProgress(tx, client, [[hash, counts.calls, counts.events, counts.customers]])
  if (tx.engine === 'sqlite') run(tx, sql`update log_place set erased = 1`)
  forgetTransaction(session)
  if (!isOver) session.ownNumbers.set(client, { asOf: state.last_sequence, ownerOf: own.found })
  return { ...counts, isOver }
}

/** One transaction of an erasure. */
class Work {
  readonly erased = { calls: 0, events: 0, customers: 0 }
  readonly #tx: Transaction
  readonly #client: number
  readonly #state: LockedClient
  readonly #person: Person
  readonly #own: OwnNumbersCheck

  constructor(tx: Transaction, client: number, state: LockedClient, person: Person, own: OwnNumbersCheck) {
    this.#tx = tx
    this.#client = client
    this.#state = state
    this.#person = person
    this.#own = own
  }

  /** @returns whether nothing is left */
  async batch(limit: number): Promise<boolean> {
    const { customers, phones } = this.#person
    for (const phone of phones) {
      if (await this.#calls(await this.#numbers(sql`phone = ${phone}`, limit))) return false
    }
    for (const customer of customers) {
      const numbers = await this.#numbers(sql`customer = ${customer}`, limit)
      for (const phone of await this.#ownPhones(numbers)) {
        // The first calls of the customer come last: calls that name nobody are found by the numbers of those that do.
        const all = await this.#numbers(sql`phone = ${phone}`, limit + numbers.length)
        const others = all.filter((number) => !numbers.includes(number)).slice(0, limit)
        if (await this.#calls(others)) return false
        if (await this.#events(sql`phone = ${phone}`, limit)) return false
      }
      if (await this.#calls(numbers)) return false
    }
    for (const phone of phones) if (await this.#events(sql`phone = ${phone}`, limit)) return false
    for (const customer of customers) if (await this.#events(sql`customer = ${customer}`, limit)) return false
    this.#removeCustomers(customers)
    await this.#removeDifferences()
    return true
  }

  async #numbers(which: ReturnType<typeof sql>, limit: number): Promise<number[]> {
    const rows = await rowsOf(
      this.#tx,
      sql<Pick<CallRow, 'number'>>`select number from calls where client = ${this.#client} and ${which} limit ${limit}`,
    )
    return rows.map(({ number }) => number)
  }

  /** The numbers of these calls that no other customer has. */
  async #ownPhones(numbers: readonly number[]): Promise<string[]> {
    const keys = numbers.map((number) => [number])
    const calls = await phonesOfCalls(this.#tx, this.#client, keys)
    const own: string[] = []
    for (const phone of new Set(calls.map((call) => call.phone))) {
      if (phone !== null && (await this.#own.isOnlyOf(phone, this.#person.customers))) own.push(phone)
    }
    return own
  }

  /** @returns whether there were any */
  async #calls(numbers: readonly number[]): Promise<boolean> {
    if (numbers.length === 0) return false
    const keys = numbers.map((number) => [number])
    const [rows, events] = await Promise.all([
      callsByNumber(this.#tx, this.#client, keys),
      eventsOfCalls(this.#tx, this.#client, keys),
    ])
    const erased = rows.map(erasedCall)
    eraseCalls(
      this.#tx,
      this.#client,
      erased.map((call) => [call.number, ...ERASED_COLUMNS.map((column) => call[column])]),
    )
    eraseReasons(
      this.#tx,
      this.#client,
      erased
        .filter(({ end_reason }, i) => end_reason !== (rows[i] as CallRow).end_reason)
        .map(({ number, end_reason }) => [number, end_reason]),
    )
    this.erased.calls += rows.length
    this.#eraseEvents(events)
    this.#removePages(rows)
    await this.#removeUnnamed(rows)
    return true
  }

  /** @returns whether there were any */
  async #events(which: ReturnType<typeof sql>, limit: number): Promise<boolean> {
    const rows = await rowsOf(
      this.#tx,
      sql<ErasedRow>`select ${raw(EVENT)} from events where client = ${this.#client} and ${which} limit ${limit}`,
    )
    this.#eraseEvents(rows)
    return rows.length > 0
  }

  #eraseEvents(rows: readonly ErasedRow[]): void {
    eraseEvents(
      this.#tx,
      this.#client,
      rows.map((row) => {
        const { data, context } = erasedEvent({
          event: row.event,
          occurredAt: row.occurred_at,
          source: EVENT_SOURCES[row.source] as EventSource,
          data: JSON.parse(row.data) as JsonObject,
          context: JSON.parse(row.context) as JsonObject,
        })
        return [row.sequence, null, null, JSON.stringify(data), JSON.stringify(context)]
      }),
    )
    removeMessages(this.#tx, this.#client, rows)
    this.erased.events += rows.length
  }

  /** Pages count by customer, and hold the numbers of calls: those of these days are built again. */
  #removePages(rows: readonly CallRow[]): void {
    const periods = new Set<string>()
    for (const { start_at } of rows) {
      // What has a number or a customer has begun.
      const { date } = localSlot(this.#state.timezone, Number(start_at))
      periods.add(date).add(monthOf(date))
    }
    removePages(
      this.#tx,
      this.#client,
      [...periods].flatMap((period) => [CUSTOMERS.name, SEGMENTS].map((dimension) => [dimension, period])),
    )
  }

  /** Customers that nobody saved are known from their calls alone: those without any are gone, too. */
  async #removeUnnamed(rows: readonly CallRow[]): Promise<void> {
    const named = new Set(rows.map(({ customer }) => customer).filter((customer) => customer !== null))
    const others = [...named].filter((customer) => !this.#person.customers.includes(customer))
    const gone: number[] = []
    for (const customer of others) {
      const left = await rowOf(
        this.#tx,
        sql<Pick<CustomerRow, 'number'>>`select number from customers where client = ${this.#client}
          and number = ${customer} and (profile is not null or exists (
            select 1 from calls where calls.client = ${this.#client} and calls.customer = customers.number))`,
      )
      if (left === undefined) gone.push(customer)
    }
    for (const customer of gone) while (await this.#events(sql`customer = ${customer}`, EVENTS_AT_ONCE));
    this.#removeCustomers(gone)
  }

  /** The last reconciliation says of calls what was different about them, their numbers too. */
  async #removeDifferences(): Promise<void> {
    const found = await rowOf(
      this.#tx,
      sql<Pick<ReconciliationRow, 'report'>>`select report from reconciliations where client = ${this.#client}`,
    )
    if (found === undefined) return
    const report = JSON.stringify({ ...(JSON.parse(found.report) as JsonObject), differences: [] })
    run(this.#tx, sql`update reconciliations set report = ${report} where client = ${this.#client}`)
  }

  #removeCustomers(numbers: readonly number[]): void {
    if (numbers.length === 0) return
    const all = join(numbers)
    run(this.#tx, sql`delete from customer_words where client = ${this.#client} and customer in (${all})`)
    run(this.#tx, sql`delete from customers where client = ${this.#client} and number in (${all})`)
    this.erased.customers += numbers.length
  }
}

const EVENTS_AT_ONCE = 1000

/** What webhooks have sent of events, or have yet to. No index has it by its event: all of it is read once, not for each of them. */
function removeMessages(tx: Transaction, client: number, events: readonly ErasedRow[]): void {
  if (events.length === 0) return
  const values = events.map(({ sequence }) => sequence)
  const one =
    tx.engine === 'postgres'
      ? sql`= any(${{ type: 'bigint', values }}::bigint[])`
      : sql`in (select value from json_each(${JSON.stringify(values)}))`
  for (const table of ['webhook_deliveries', 'webhook_pending']) {
    // A server compares a row with each of a list: the range leaves few rows to compare.
    run(
      tx,
      sql`delete from ${raw(table)} where client = ${client}
        and sequence between ${Math.min(...values)} and ${Math.max(...values)} and sequence ${one}`,
    )
  }
}

/** A call that was dropped before has no facts, and no name; what is left of it then is what it is counted by. */
function erasedCall(row: CallRow): Pick<CallRow, (typeof ERASED_COLUMNS)[number] | 'number' | 'end_reason'> {
  const { named, unnamed, dropped } = CallState.of(row)
  const own = named === null ? null : withoutPerson(named)
  const others = unnamed === null ? null : withoutPerson(unnamed)
  return {
    number: row.number,
    customer: null,
    call_key: dropped ? null : erasedCallKey(row.key),
    phone: null,
    phone_said: null,
    end_reason: joinFacts(own ?? {}, others ?? {}).endReason?.[0] ?? null,
    recording: null,
    notes: null,
    tags: null,
    disposition_code: null,
    customer_data: null,
    facts: own === null ? null : encodeFacts(own, true),
    unnamed: others === null ? null : encodeFacts(others, true),
    erased: 1,
  }
}

/** Writes that are set aside, and name the person in one of the ways that are known. */
function forgetSetAside(tx: Transaction, subject: Subject, { phones }: Person): void {
  for (const text of [...phones, ...Object.values(subject)]) {
    run(tx, sql`delete from set_aside where instr(args, ${text}) > 0`)
  }
}
