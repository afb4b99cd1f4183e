/** One call with its events. */
import { LIMITS } from '../../../core/limits.js'
import { EVENT_SOURCES, type EventSource } from '../../../core/vocabulary/events.js'
import { digestInErased } from '../../../core/erasure.js'
import { SESSION_PREFIX } from '../../../core/identity.js'
import type { CallRecord } from '../../port/calls.js'
import { find } from '../bulk.js'
import type { EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { bytesOfKey, callKeyDigest, unnamedCallDigest } from '../write/event-key.js'
import { callOf, LISTED, withinAnswer, type ListedRow } from './calls.js'
import { keptOf, readClient } from './client.js'
import { OPEN_RANGE } from '../../../core/range.js'
import { EVENT_LENGTH, LISTED_EVENT, storedEventOf, type ListedEvent } from './events.js'

const callsByKey = find<ListedRow>(LISTED, 'calls', ['key'], 'start_at is not null and call_key is not null')
const eventsOfCall = find<ListedEvent & Pick<EventRow, 'source'>>(
  `${LISTED_EVENT}, events.source`,
  'events',
  ['call'],
  `true order by occurred_at, sequence limit ${String(LIMITS.callEvents + 1)}`,
)

/** See `Storage.callBySession`. */
export async function callBySession(session: Session, clientId: string, sessionId: string): Promise<CallRecord | null> {
  const { tx } = session
  const now = await readClient(session, clientId)
  if (now === null || !sessionId.startsWith(SESSION_PREFIX)) return null
  const name = sessionId.slice(SESSION_PREFIX.length)
  const erased = digestInErased(name)
  const { from } = keptOf(OPEN_RANGE, now.retainedFrom)
  // A call that its events name, else one that they do not.
  const found = await callsByKey(
    tx,
    now.client,
    erased === null ? [callKeyDigest(name), unnamedCallDigest(name)].map((digest) => [bytesOfKey(digest)]) : [[erased]],
  )
  // An erased call is found by its new name alone.
  const row = found.find(({ start_at, call_key }) => (start_at as number) >= from && call_key === name)
  if (row === undefined) return null
  const events = await eventsOfCall(tx, now.client, [[row.number]])
  const listed = events.filter(({ occurred_at }) => occurred_at >= from).slice(0, LIMITS.callEvents)
  const { fitting } = withinAnswer(listed, ({ data, context }) => data.length + context.length + EVENT_LENGTH)
  return {
    call: callOf(clientId, row),
    events: fitting.map((event) => ({
      ...storedEventOf(event),
      receivedAt: event.received_at,
      source: EVENT_SOURCES[event.source] as EventSource,
    })),
    cut: fitting.length < listed.length || events.length > LIMITS.callEvents,
  }
}
