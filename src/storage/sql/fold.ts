/** Folding events into the calls they belong to. */
import { deriveCall, type DerivedCall } from '../../core/call.js'
import { factsOf, join, type CallFacts } from '../../core/facts.js'
import { callKeyOf, phoneOf } from '../../core/identity.js'
import type { Direction } from '../../core/vocabulary.js'
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

/** A call as it is stored, and as its events make it. */
export interface FoldedCall {
  /** Of the event that began it: what the call's events are found by. */
  readonly sequence: number
  readonly stored: StoredCall | null
  facts: CallFacts
  direction: Direction
  /** Whether there is something to write. */
  changed: boolean
}

/** Whether the event can only be told to belong to a call by its phone number. */
export function isAnonymous({ data }: NewEvent): boolean {
  return callKeyOf(data) === null && phoneOf(data) !== null
}

/** Reads the calls that events name, and the active ones that events without a name may belong to, unless they are there. */
export async function loadCalls(
  tx: Transaction,
  clientId: string,
  calls: Map<string, FoldedCall>,
  fresh: readonly FreshEvent[],
  maxCallAgeMs: number,
): Promise<void> {
  const note = (row: Pick<CallsTable, (typeof STORED_COLUMNS)[number]>): void => {
    const direction = row.direction as Direction
    const stored: StoredCall = {
      startAt: row.start_at,
      durationSeconds: row.duration_seconds,
      direction,
      answered: row.answered === 1,
      customerId: row.customer_id,
    }
    const facts = JSON.parse(row.facts) as CallFacts
    calls.set(row.call_key, { sequence: row.sequence, stored, facts, direction, changed: false })
  }
  const keys = new Set<string>()
  for (const { event } of fresh) {
    const callKey = callKeyOf(event.data)
    if (callKey !== null && !calls.has(callKey)) keys.add(callKey)
  }
  const named = await find(tx, 'calls', clientId, 'call_key', [...keys], (db) =>
    db.selectFrom('calls').select(STORED_COLUMNS),
  )
  named.forEach(note)
  const anonymous = fresh.map(({ event }) => event).filter(isAnonymous)
  if (anonymous.length > 0) {
    const rows = await tx.db
      .selectFrom('calls')
      .select(STORED_COLUMNS)
      .where('client_id', '=', clientId)
      .where('status', '=', 'active')
      .where('start_at', '>', Math.min(...anonymous.map((event) => event.occurredAt)) - maxCallAgeMs)
      .where('phone_number', 'in', [...new Set(anonymous.map(({ data }) => phoneOf(data)))])
      .execute()
    rows.forEach(note)
  }
}

/** What a batch of events did to calls: the call of each event, or null, and what stored events must be told of. */
export interface Folding {
  readonly callKeys: readonly (string | null)[]
  /** Keys of the calls that began. */
  readonly begun: readonly string[]
  /** Sequences of the calls whose direction is another. */
  readonly turned: readonly number[]
}

/** Joins the facts of events into their calls. */
export function foldEvents(
  calls: Map<string, FoldedCall>,
  dropped: Dropped,
  fresh: readonly FreshEvent[],
  maxCallAgeMs: number,
): Folding {
  const known = new Map<string, Direction | null>()
  const callKeys = fresh.map((event) => foldEvent(calls, dropped, event, maxCallAgeMs, known))
  const begun: string[] = []
  const turned: number[] = []
  for (const [callKey, direction] of known) {
    const call = calls.get(callKey) as FoldedCall
    call.direction = deriveCall(call.facts).direction
    if (direction === null) begun.push(callKey)
    else if (direction !== call.direction) turned.push(call.sequence)
  }
  return { callKeys, begun, turned }
}

/**
 * Joins an event's facts into its call.
 * @param known takes the direction that the call had before the batch, null when it begins now
 * @returns the call's key; null for an event that belongs to no call
 */
function foldEvent(
  calls: Map<string, FoldedCall>,
  dropped: Dropped,
  { event, eventKey, sequence }: FreshEvent,
  maxCallAgeMs: number,
  known: Map<string, Direction | null>,
): string | null {
  if (isOfDroppedCall(dropped, event)) return callKeyOf(event.data)
  const facts = factsOf(event)
  const callKey =
    callKeyOf(event.data) ??
    newestActive(calls, event, maxCallAgeMs) ??
    (facts === null ? null : anonymousCallKey(eventKey, event.receivedAt))
  if (callKey === null || facts === null) return callKey
  const call = calls.get(callKey)
  if (!known.has(callKey)) known.set(callKey, call?.direction ?? null)
  if (call === undefined) {
    calls.set(callKey, { sequence, stored: null, facts, direction: 'outbound', changed: true })
  } else {
    call.facts = join(call.facts, facts)
    call.changed = true
  }
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
