/** Folding events into the calls they belong to. */
import { sql } from 'kysely'
import { deriveCall, type DerivedCall } from '../../core/call.js'
import { factsOf, join, type CallFacts } from '../../core/facts.js'
import { callKeyOf, phoneOf } from '../../core/identity.js'
import type { NewEvent } from '../port.js'
import { find, type Transaction } from './bulk.js'
import type { CallsTable } from './database.js'
import { anonymousCallKey, type EventKey } from './event-key.js'
import { isOfDroppedCall, type Dropped } from './retention.js'

/** An event that is not stored yet. */
export interface FreshEvent extends EventKey {
  readonly event: NewEvent
  readonly sequence: number
}

/** What a stored call is counted by. It is read, not derived again: the tallies hold what was derived then. */
type StoredCall = Pick<DerivedCall, 'startAt' | 'durationSeconds' | 'direction' | 'answered' | 'customerId'>

const STORED_COLUMNS = [
  'call_key',
  'sequence',
  'start_at',
  'duration_seconds',
  'direction',
  'answered',
  'customer_id',
  'facts',
] as const satisfies readonly (keyof CallsTable)[]

/** A call as it was before the batch and as the batch makes it. */
export interface FoldedCall {
  /** Of the event that began it: what the call's events are found by. */
  readonly sequence: number
  readonly before: StoredCall | null
  facts: CallFacts
}

/** Reads the calls that the events name, and the active ones that events without a name may belong to. */
export async function loadCalls(
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
    calls.set(row.call_key, { sequence: row.sequence, before, facts: JSON.parse(row.facts) as CallFacts })
  }
  const keys = new Set<string>()
  const anonymous: { phone: string; occurredAt: number }[] = []
  for (const { event } of fresh) {
    const callKey = callKeyOf(event.data)
    const phone = phoneOf(event.data)
    if (callKey !== null) keys.add(callKey)
    else if (phone !== null) anonymous.push({ phone, occurredAt: event.occurredAt })
  }
  const named = await find(tx, 'calls', clientId, [...keys], (db, client, isWanted) =>
    db
      .selectFrom('calls')
      .select(STORED_COLUMNS)
      .where('client_id', '=', client)
      .where((eb) => sql<boolean>`${eb.ref('call_key')} ${isWanted}`),
  )
  named.forEach(note)
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
export function foldEvent(
  calls: Map<string, FoldedCall>,
  dropped: Dropped,
  { event, eventKey, sequence }: FreshEvent,
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
  if (call === undefined) calls.set(callKey, { sequence, before: null, facts })
  else call.facts = join(call.facts, facts)
  return callKey
}

/** The newest active call with the event's phone number, for an event that names no call. */
function newestActive(calls: Map<string, FoldedCall>, event: NewEvent, maxCallAgeMs: number): string | null {
  const phone = phoneOf(event.data)
  if (phone === null) return null
  const active = [...calls]
    .map(([callKey, { facts }]) => ({ callKey, ...deriveCall(facts) }))
    .filter((call) => call.status === 'active' && call.phoneNumber === phone)
    .filter((call) => event.occurredAt - call.startAt < maxCallAgeMs)
    .sort((a, b) => b.startAt - a.startAt)
  return active[0]?.callKey ?? null
}
