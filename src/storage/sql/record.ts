/** Recording events: the one writer of calls and tallies. */
import { sql } from 'kysely'
import { deriveCall, type DerivedCall } from '../../core/call.js'
import { callKeyOf, customerIdOf, directionOf } from '../../core/identity.js'
import type { NewEvent, RecordOutcome } from '../port.js'
import { find, run, upsert, type Row, type Transaction } from './bulk.js'
import { callRow } from './call-row.js'
import { TallyChanges } from './changes.js'
import { eventKeyOf, logIdOf, type EventKey } from './event-key.js'
import { foldEvent, loadCalls, type FreshEvent } from './fold.js'
import { findDropped } from './retention.js'

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
    (db) =>
      db
        .updateTable('ledgers')
        .set((eb) => ({ last_sequence: eb('last_sequence', '+', 0) }))
        .where('client_id', '=', '')
        .returning(['last_sequence', 'timezone', 'retained_from'])
        .compile(),
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
  const after = new Map<string, RecordedCall>()
  const moved: Row<'calls'>[] = []
  const stayed: Row<'calls'>[] = []
  const begun: string[] = []
  const turned: number[] = []
  for (const [callKey, { sequence, before, facts }] of calls) {
    const call = deriveCall(facts)
    after.set(callKey, { sequence, call })
    changes.moveCall(before, call)
    const stays = before?.startAt === call.startAt && before.customerId === call.customerId
    ;(stays ? stayed : moved).push(callRow(clientId, callKey, sequence, call, facts))
    if (before === null) begun.push(callKey)
    else if (before.direction !== call.direction) turned.push(sequence)
  }
  await claimEvents(tx, clientId, begun, turned, after, changes)

  const eventRows = fresh.map((event, i) => eventRow(event, callKeys[i] ?? null, after))
  for (const row of eventRows) changes.countEvent(row, 1)

  await upsert(tx, 'events', eventRows)
  const key = ['client_id', 'call_key'] as const
  await upsert(tx, 'calls', moved, { key, how: 'replace' })
  await upsert(tx, 'calls', stayed, { key, how: 'replace', same: ['sequence', 'start_at', 'customer_id'] })
  await changes.write(tx)
  // A call's customer was named by one of its events.
  const noted = new Set([...calls.values()].map(({ before }) => before?.customerId))
  await noteCustomers(
    tx,
    clientId,
    eventRows.filter((row) => !noted.has(row.customer_id)),
  )
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
  const eventKeys = keys.map(({ eventKey }) => eventKey)
  const stored = await find(tx, 'events', clientId, eventKeys, (db, client, isWanted) =>
    db
      .selectFrom('events')
      .select(['event_key', 'content_hash', 'received_at'])
      .where('client_id', '=', client)
      .where((eb) => sql<boolean>`${eb.ref('event_key')} ${isWanted}`),
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

/** A call of the batch, as it is now. */
interface RecordedCall {
  readonly sequence: number
  readonly call: DerivedCall
}

const CLAIMED_COLUMNS = [
  'call_key',
  'occurred_at',
  'sequence',
  'event',
  'direction',
  'customer_id',
  'own_direction',
] as const

/**
 * Gives calls their stored events where something changed: a new call those that named it before it began, a call that
 * turned out to go the other way those that say no direction of their own. Moves them in the tallies.
 */
async function claimEvents(
  tx: Transaction,
  clientId: string,
  begun: readonly string[],
  turned: readonly number[],
  calls: ReadonlyMap<string, RecordedCall>,
  changes: TallyChanges,
): Promise<void> {
  const early = await find(tx, 'early events', clientId, begun, (db, client, isWanted) =>
    db
      .selectFrom('events')
      .select(CLAIMED_COLUMNS)
      .where('client_id', '=', client)
      .where((eb) => sql<boolean>`${eb.ref('call_key')} ${isWanted}`)
      .where('call_sequence', 'is', null),
  )
  const late =
    turned.length === 0
      ? []
      : await tx.db
          .selectFrom('events')
          .select(CLAIMED_COLUMNS)
          .where('client_id', '=', clientId)
          .where('call_sequence', 'in', turned)
          .execute()
  for (const row of [...early, ...late]) {
    const owner = calls.get(row.call_key as string) as RecordedCall
    const direction = row.own_direction === 1 ? row.direction : owner.call.direction
    changes.countEvent(row, -1)
    changes.countEvent({ ...row, direction }, 1)
    await tx.db
      .updateTable('events')
      .set({ direction, call_sequence: owner.sequence })
      .where('client_id', '=', clientId)
      .where('occurred_at', '=', row.occurred_at)
      .where('sequence', '=', row.sequence)
      .execute()
  }
}

function eventRow(fresh: FreshEvent, callKey: string | null, calls: ReadonlyMap<string, RecordedCall>): Row<'events'> {
  const { event, eventKey, contentHash, sequence } = fresh
  const own = directionOf(event.data)
  const owner = calls.get(callKey ?? '')
  return {
    client_id: event.clientId,
    occurred_at: event.occurredAt,
    sequence,
    event_key: eventKey,
    content_hash: contentHash,
    call_key: callKey,
    call_sequence: owner?.sequence ?? null,
    event: event.event,
    direction: own ?? owner?.call.direction ?? '',
    own_direction: own === null ? 0 : 1,
    customer_id: customerIdOf(event.data),
    received_at: event.receivedAt,
    data: JSON.stringify(event.data),
    context: JSON.stringify(event.context),
  }
}

/** Makes a record of each customer that has none. What calls tell of them is read from calls. */
async function noteCustomers(tx: Transaction, clientId: string, rows: readonly Row<'events'>[]): Promise<void> {
  const customers = new Map<string, Row<'customers'>>()
  for (const { customer_id, received_at } of rows) {
    if (customer_id === null || customers.has(customer_id)) continue
    const times = { created_at: received_at, updated_at: received_at }
    customers.set(customer_id, { client_id: clientId, customer_id, profile: null, told: null, ...times })
  }
  await upsert(tx, 'customers', [...customers.values()], { key: ['client_id', 'customer_id'], how: 'keep' })
}
