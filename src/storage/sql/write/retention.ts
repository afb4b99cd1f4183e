/**
 * What a client no longer keeps: events that occurred, and calls that started, before its `retained_from`. Advancing that
 * instant drops them at once, because every list of events or calls starts there; their rows follow in small batches.
 *
 * A dropped call keeps what it is counted by (when it started to the quarter hour, how long it took, which way it went, with
 * which customer and agent) and a hash of its name, so that a repeat of one of its events does not begin it again. Everything that
 * was said about it goes, and so do its events.
 */
import { mergeMentions, type CustomerMention } from '../../../core/customer.js'
import { localSlot, slotOf } from '../../../core/calendar.js'
import type { JsonObject } from '../../../core/json.js'
import { find, remove, update } from '../bulk.js'
import type { CallRow, CustomerRow, EventRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { SEGMENTS } from '../read/call-segments.js'
import { rowsOf, run, sql, type Transaction, type Value } from '../transaction.js'
import { giveBack } from './space.js'
import { lockClient, saveClientState } from './state.js'
import { ANY_EVENT } from './tallies.js'

type DroppedEvent = Pick<EventRow, 'sequence' | 'occurred_at' | 'event'>
type DroppedCall = Pick<CallRow, 'number' | 'start_at' | 'customer' | 'customer_data' | 'phone'>

/** Those that events belong to which name no call. */
const stayingCalls = find<Pick<CallRow, 'number' | 'start_at'>>(
  'number, start_at',
  'calls',
  ['number'],
  'nameless > 0 and start_at is not null',
)
const removeEvents = remove('events', ['sequence'])

/** What a call that was dropped still says: its start, by whole quarter hours, and how often it is named. */
const STRIPPED = {
  start_at: (start: number) => slotOf(start),
  answered_at: nothing,
  end_at: nothing,
  nameless: () => 0,
  call_key: nothing,
  phone: nothing,
  phone_said: nothing,
  virtual_number: nothing,
  virtual_number_said: nothing,
  agent_number: nothing,
  end_reason: nothing,
  recording: nothing,
  notes: nothing,
  tags: nothing,
  disposition_code: nothing,
  customer_data: nothing,
  domain: nothing,
  facts: nothing,
  unnamed: nothing,
} satisfies Partial<Record<keyof CallRow, (start: number) => Value>>
const STRIPPED_COLUMNS = Object.keys(STRIPPED) as (keyof typeof STRIPPED)[]

function nothing(): null {
  return null
}

const stripCalls = update('calls', ['number'], STRIPPED_COLUMNS)
const unsavedCustomers = find<Pick<CustomerRow, 'number' | 'mentions'>>(
  'number, mentions',
  'customers',
  ['number'],
  'profile is null',
)
const keepMentions = update('customers', ['number'], ['mentions'])

/** See `Storage.dropBefore`. A client without old events keeps the `retained_from` it has. */
export async function dropBefore(
  session: Session,
  clientId: string,
  instant: number,
  limit: number,
  at = 0,
): Promise<number> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  if (client === null) return 0
  const state = await lockClient(tx, client)
  if (state.retention_paused === 1) return 0
  const before = Math.max(instant, state.retained_from ?? instant)
  const events = await dropEvents(tx, client, before, limit, state.timezone)
  const calls = await dropCalls(
    tx,
    client,
    { from: state.dropped_to ?? 0, to: before },
    limit - events.length,
    state.timezone,
  )
  const dropped = events.length + calls.length
  if (dropped > 0) state.retained_from = before
  const last = calls.at(-1)?.start_at ?? null
  if (events.length + calls.length < limit) state.dropped_to = dropped > 0 || state.dropped_to !== null ? before : null
  else if (last !== null) state.dropped_to = last
  saveClientState(tx, client, state)
  noteProgress(tx, client, dropped, at)
  giveBack(tx)
  return dropped
}

/** After so long without one that dropped something, a batch begins to count anew. */
const BREAK_MS = 5 * 60 * 1000

function noteProgress(tx: Transaction, client: number, dropped: number, at: number): void {
  if (dropped === 0) run(tx, sql`update client_state set dropping_since = null where client = ${client}`)
  else {
    const begins = sql`dropping_since is null or dropped_at < ${at - BREAK_MS}`
    run(
      tx,
      sql`update client_state set dropped_rows = ${dropped} + case when ${begins} then 0 else dropped_rows end,
          dropping_since = case when ${begins} then ${at} else dropping_since end, dropped_at = ${at}
        where client = ${client}`,
    )
  }
}

/**
 * The oldest events first. Those of calls that stay are kept with them: no list shows them, but their calls are made of them.
 * Calls are looked up by number: joined to them, a planner without statistics would read all calls for each event.
 */
async function eventsToDrop(tx: Transaction, client: number, before: number, limit: number): Promise<DroppedEvent[]> {
  const rows: DroppedEvent[] = []
  let after = { occurred_at: Number.MIN_SAFE_INTEGER, sequence: 0 }
  while (rows.length < limit) {
    const some = await rowsOf(
      tx,
      sql<DroppedEvent & Pick<EventRow, 'call'>>`select sequence, occurred_at, event, call from events
        where client = ${client} and occurred_at < ${before}
          and (occurred_at, sequence) > (${after.occurred_at}, ${after.sequence})
        order by occurred_at, sequence limit ${limit - rows.length}`,
    )
    const last = some.at(-1)
    if (last === undefined) break
    after = last
    const calls = await stayingCalls(
      tx,
      client,
      [...new Set(some.flatMap(({ call }) => call ?? []))].map((number) => [number]),
    )
    const staying = new Set(calls.filter(({ start_at }) => (start_at as number) >= before).map(({ number }) => number))
    rows.push(...some.filter(({ call }) => call === null || !staying.has(call)))
  }
  return rows
}

async function dropEvents(
  tx: Transaction,
  client: number,
  before: number,
  limit: number,
  zone: string,
): Promise<DroppedEvent[]> {
  const rows = await eventsToDrop(tx, client, before, limit)
  const [first, last] = [rows.at(0), rows.at(-1)]
  if (first === undefined || last === undefined) return []
  removeEvents(
    tx,
    client,
    rows.map(({ sequence }) => [sequence]),
  )
  // A day goes with the first of its events: lists start at `retained_from`, so none of its counts is asked for again. Only
  // the day that this instant divides is asked for, and stays: it does where the client's zone was another.
  const divided = localSlot(zone, before).date
  const dates = { first: localSlot(zone, first.occurred_at).date, last: localSlot(zone, last.occurred_at).date }
  for (const event of new Set([ANY_EVENT, ...rows.map((row) => row.event)])) {
    run(
      tx,
      sql`delete from event_days where client = ${client} and event = ${event}
        and local_date >= ${dates.first} and local_date <= ${dates.last} and local_date < ${divided}`,
    )
  }
  return rows
}

async function dropCalls(
  tx: Transaction,
  client: number,
  { from, to }: { from: number; to: number },
  limit: number,
  zone: string,
): Promise<DroppedCall[]> {
  if (limit === 0) return []
  const rows = await rowsOf(
    tx,
    sql<DroppedCall>`select number, start_at, customer, customer_data, coalesce(phone_said, phone) as phone from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and call_key is not null
      order by start_at, number limit ${limit}`,
  )
  await keepWhatWasSaid(tx, client, rows)
  // What is kept of days is made again, without what is dropped here.
  run(
    tx,
    sql`delete from pages where client = ${client} and dimension = ${SEGMENTS} and period <= ${localSlot(zone, to).date}`,
  )
  stripCalls(
    tx,
    client,
    rows.map((row) => [row.number, ...STRIPPED_COLUMNS.map((column) => STRIPPED[column](row.start_at as number))]),
  )
  return rows
}

/**
 * Customers that nobody saved are known from their calls: what those said stays with the customer, whom reports still name.
 * @param calls about to be dropped, oldest first
 */
async function keepWhatWasSaid(tx: Transaction, client: number, calls: readonly DroppedCall[]): Promise<void> {
  const said = new Map<number, CustomerMention[]>()
  for (const { customer, customer_data, phone } of [...calls].reverse()) {
    if (customer === null || customer_data === null) continue
    const mention = { customerData: JSON.parse(customer_data) as JsonObject, phoneNumber: phone }
    said.set(customer, [...(said.get(customer) ?? []), mention])
  }
  const customers = await unsavedCustomers(
    tx,
    client,
    [...said.keys()].map((number) => [number]),
  )
  keepMentions(
    tx,
    client,
    customers.map(({ number, mentions }) => {
      const before = mentions === null ? [] : [JSON.parse(mentions) as CustomerMention]
      return [number, JSON.stringify(mergeMentions([...(said.get(number) as CustomerMention[]), ...before]))]
    }),
  )
}
