/** Recording events: the one writer of calls and tallies. */
import { deriveCall, type DerivedCall } from '../../core/call.js'
import { factsOf, join, type CallFacts } from '../../core/facts.js'
import { callKeyOf, customerIdOf, directionOf, phoneOf } from '../../core/identity.js'
import type { NewEvent, RecordOutcome } from '../port.js'
import { placeholders, run, upsert, type Row, type Transaction } from './bulk.js'
import { callRow } from './call-row.js'
import { TallyChanges } from './changes.js'
import type { CallsTable } from './database.js'
import { anonymousCallKey, eventKeyOf, logIdOf, type EventKey } from './event-key.js'
import { findDropped, isOfDroppedCall, type Dropped } from './retention.js'

/** What a stored call is counted by. It is read, not derived again: the tallies hold what was derived then. */
type StoredCall = Pick<DerivedCall, 'startAt' | 'durationSeconds' | 'direction' | 'answered' | 'customerId'>

const STORED_COLUMNS = [
  'call_key',
  'start_at',
  'duration_seconds',
  'direction',
  'answered',
  'customer_id',
  'facts',
] as const satisfies readonly (keyof CallsTable)[]

/** A call as it was before the batch and as the batch makes it. */
interface FoldedCall {
  readonly before: StoredCall | null
  facts: CallFacts | null
}

interface FreshEvent extends EventKey {
  readonly event: NewEvent
  readonly sequence: number
}

/**
 * Records events of one client, in order, inside the caller's transaction: events, calls, tallies, customers and keys.
 * The client's ledger row is locked first, so that writers of one client take turns, in this process and others; no
 * join is lost, nothing deadlocks, and sequence numbers follow the order of commits.
 * @param maxCallAgeMs how long a call can be active: an event that names no call joins no older one
 * @returns one outcome per event, in order
 */
export async function recordEvents(
  tx: Transaction,
  clientId: string,
  events: readonly NewEvent[],
  maxCallAgeMs: number,
): Promise<RecordOutcome[]> {
  const [ledger] = await run(
    tx,
    'lock ledger',
    () =>
      tx.db
        .updateTable('ledgers')
        .set((eb) => ({ last_sequence: eb('last_sequence', '+', 0) }))
        .where('client_id', '=', '')
        .returning(['last_sequence', 'timezone', 'retained_from']),
    [events.length, clientId],
  )
  if (ledger === undefined) throw new Error(`client ${clientId} has no ledger`)
  const firstSequence = ledger.last_sequence - events.length + 1

  const { outcomes, fresh } = await sortOut(tx, clientId, events, firstSequence)
  if (fresh.length === 0) return outcomes
  const calls = await loadCalls(tx, clientId, fresh, maxCallAgeMs)
  const named = fresh.map(({ event }) => callKeyOf(event.data)).filter((callKey) => callKey !== null)
  const absent = named.filter((callKey) => !calls.has(callKey))
  const dropped = await findDropped(tx, clientId, ledger.retained_from, absent)
  const callKeys = fresh.map((event) => foldEvent(calls, dropped, event, maxCallAgeMs))

  const changes = new TallyChanges(clientId, ledger.timezone)
  const after = new Map<string, DerivedCall>()
  const moved: Row<'calls'>[] = []
  const stayed: Row<'calls'>[] = []
  const turned: string[] = []
  for (const [callKey, { before, facts }] of calls) {
    if (facts === null) continue
    const call = deriveCall(facts)
    after.set(callKey, call)
    changes.moveCall(before, call)
    const stays = before?.startAt === call.startAt && before.customerId === call.customerId
    ;(stays ? stayed : moved).push(callRow(clientId, callKey, call, facts))
    if (before?.direction !== call.direction) turned.push(callKey)
  }
  await turnEvents(tx, clientId, turned, after, changes)

  const eventRows = fresh.map((event, i) => eventRow(event, callKeys[i] ?? null, after))
  for (const row of eventRows) changes.countEvent(row, 1)

  await upsert(tx, 'events', eventRows)
  const key = ['client_id', 'call_key'] as const
  await upsert(tx, 'calls', moved, { key, how: 'replace' })
  await upsert(tx, 'calls', stayed, { key, how: 'replace', same: ['start_at', 'customer_id'] })
  await changes.write(tx)
  await noteCustomers(tx, clientId, eventRows)
  return outcomes
}

/** Tells repeats from fresh events, among the stored ones and within the batch. */
async function sortOut(
  tx: Transaction,
  clientId: string,
  events: readonly NewEvent[],
  firstSequence: number,
): Promise<{ outcomes: RecordOutcome[]; fresh: FreshEvent[] }> {
  const keys = events.map((event, i) => eventKeyOf(event, firstSequence + i))
  const stored = await run(
    tx,
    `find events ${String(keys.length)}`,
    () =>
      tx.db
        .selectFrom('events')
        .select(['event_key', 'content_hash', 'received_at'])
        .where('client_id', '=', '')
        .where('event_key', 'in', placeholders(keys.length)),
    [clientId, ...keys.map(({ eventKey }) => eventKey)],
  )
  const known = new Map(
    stored.map((row) => [row.event_key, { contentHash: row.content_hash, receivedAt: row.received_at }]),
  )
  const fresh: FreshEvent[] = []
  const outcomes = events.map((event, i): RecordOutcome => {
    const { eventKey, contentHash } = keys[i] as EventKey
    const first = known.get(eventKey)
    if (first === undefined) {
      known.set(eventKey, { contentHash, receivedAt: event.receivedAt })
      fresh.push({ event, eventKey, contentHash, sequence: firstSequence + i })
      return { status: 'created', logId: logIdOf(eventKey, event.receivedAt) }
    }
    if (first.contentHash !== contentHash) return { status: 'conflict' }
    return { status: 'duplicate', logId: logIdOf(eventKey, first.receivedAt) }
  })
  return { outcomes, fresh }
}

/** Reads the calls that the events name, and the active ones that events without a name may belong to. */
async function loadCalls(
  tx: Transaction,
  clientId: string,
  fresh: readonly FreshEvent[],
  maxCallAgeMs: number,
): Promise<Map<string, FoldedCall>> {
  const calls = new Map<string, FoldedCall>()
  const note = (row: Pick<CallsTable, (typeof STORED_COLUMNS)[number]>): void => {
    const before: StoredCall = {
      startAt: row.start_at,
      durationSeconds: row.duration_seconds,
      direction: row.direction as DerivedCall['direction'],
      answered: row.answered === 1,
      customerId: row.customer_id,
    }
    calls.set(row.call_key, { before, facts: JSON.parse(row.facts) as CallFacts })
  }
  const keys = new Set<string>()
  const anonymous: { phone: string; occurredAt: number }[] = []
  for (const { event } of fresh) {
    const callKey = callKeyOf(event.data)
    const phone = phoneOf(event.data)
    if (callKey !== null) keys.add(callKey)
    else if (phone !== null) anonymous.push({ phone, occurredAt: event.occurredAt })
  }
  if (keys.size > 0) {
    const rows = await run(
      tx,
      `find calls ${String(keys.size)}`,
      () =>
        tx.db
          .selectFrom('calls')
          .select(STORED_COLUMNS)
          .where('client_id', '=', '')
          .where('call_key', 'in', placeholders(keys.size)),
      [clientId, ...keys],
    )
    rows.forEach(note)
  }
  if (anonymous.length > 0) {
    const rows = await tx.db
      .selectFrom('calls')
      .select(STORED_COLUMNS)
      .where('client_id', '=', clientId)
      .where('status', '=', 'active')
      .where('start_at', '>', Math.min(...anonymous.map((event) => event.occurredAt)) - maxCallAgeMs)
      .where('phone_number', 'in', [...new Set(anonymous.map((event) => event.phone))])
      .execute()
    rows.forEach(note)
  }
  return calls
}

/**
 * Joins an event's facts into its call.
 * @returns the call's key; null for an event that belongs to no call
 */
function foldEvent(
  calls: Map<string, FoldedCall>,
  dropped: Dropped,
  { event, eventKey }: FreshEvent,
  maxCallAgeMs: number,
): string | null {
  if (isOfDroppedCall(dropped, event)) return callKeyOf(event.data)
  const facts = factsOf(event)
  const callKey =
    callKeyOf(event.data) ??
    newestActive(calls, event, maxCallAgeMs) ??
    (facts === null ? null : anonymousCallKey(eventKey, event.receivedAt))
  if (callKey === null || facts === null) return callKey
  const call = calls.get(callKey)
  if (call === undefined) calls.set(callKey, { before: null, facts })
  else call.facts = call.facts === null ? facts : join(call.facts, facts)
  return callKey
}

/** The newest active call with the event's phone number, for an event that names no call. */
function newestActive(calls: Map<string, FoldedCall>, event: NewEvent, maxCallAgeMs: number): string | null {
  const phone = phoneOf(event.data)
  if (phone === null) return null
  let newest: { callKey: string; startAt: number } | null = null
  for (const [callKey, { facts }] of calls) {
    if (facts === null) continue
    const call = deriveCall(facts)
    if (call.status !== 'active' || call.phoneNumber !== phone) continue
    if (event.occurredAt - call.startAt >= maxCallAgeMs) continue
    if (newest === null || call.startAt > newest.startAt) newest = { callKey, startAt: call.startAt }
  }
  return newest?.callKey ?? null
}

/** Gives the call's direction to its stored events that say none, and moves them in the tallies. */
async function turnEvents(
  tx: Transaction,
  clientId: string,
  callKeys: readonly string[],
  calls: ReadonlyMap<string, DerivedCall>,
  changes: TallyChanges,
): Promise<void> {
  if (callKeys.length === 0) return
  const rows = await run(
    tx,
    `find events to turn ${String(callKeys.length)}`,
    () =>
      tx.db
        .selectFrom('events')
        .select(['call_key', 'occurred_at', 'sequence', 'event', 'direction', 'customer_id'])
        .where('client_id', '=', '')
        .where('call_key', 'in', placeholders(callKeys.length))
        .where('own_direction', '=', 0),
    [clientId, ...callKeys, 0],
  )
  for (const row of rows) {
    const direction = calls.get(row.call_key ?? '')?.direction ?? row.direction
    changes.countEvent(row, -1)
    changes.countEvent({ ...row, direction }, 1)
    await tx.db
      .updateTable('events')
      .set({ direction })
      .where('client_id', '=', clientId)
      .where('occurred_at', '=', row.occurred_at)
      .where('sequence', '=', row.sequence)
      .execute()
  }
}

function eventRow(fresh: FreshEvent, callKey: string | null, calls: ReadonlyMap<string, DerivedCall>): Row<'events'> {
  const { event, eventKey, contentHash, sequence } = fresh
  const own = directionOf(event.data)
  return {
    client_id: event.clientId,
    occurred_at: event.occurredAt,
    sequence,
    event_key: eventKey,
    content_hash: contentHash,
    call_key: callKey,
    event: event.event,
    direction: own ?? calls.get(callKey ?? '')?.direction ?? '',
    own_direction: own === null ? 0 : 1,
    customer_id: customerIdOf(event.data),
    received_at: event.receivedAt,
    data: JSON.stringify(event.data),
    context: JSON.stringify(event.context),
  }
}

/** Makes a record of each customer that an event names for the first time. What calls tell of them is read from calls. */
async function noteCustomers(tx: Transaction, clientId: string, rows: readonly Row<'events'>[]): Promise<void> {
  const customers = new Map<string, Row<'customers'>>()
  for (const { customer_id, received_at } of rows) {
    if (customer_id === null || customers.has(customer_id)) continue
    const times = { created_at: received_at, updated_at: received_at }
    customers.set(customer_id, { client_id: clientId, customer_id, profile: null, told: null, ...times })
  }
  await upsert(tx, 'customers', [...customers.values()], { key: ['client_id', 'customer_id'], how: 'keep' })
}
