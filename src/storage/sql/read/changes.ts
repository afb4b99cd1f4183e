/**
 * What events changed of calls, in the order of their commits. A change is derived from the call's events up to its own, so it is
 * the same whenever it is read. Two things are as they are now: to which call an event belongs that names none; and a call of
 * more than `LIMITS.callEvents` events.
 */
import { begunCall, type Call, type DerivedCall } from '../../../core/call.js'
import { callChangeOf } from '../../../core/call-change.js'
import { factsOf, join, type CallFacts } from '../../../core/facts.js'
import { callNameOf } from '../../../core/event-identity.js'
import { sessionIdOf } from '../../../core/identity.js'
import { e164Of, numberKey } from '../../../core/phone-number.js'
import { LIMITS } from '../../../core/limits.js'
import { EVENT_SOURCES, type EventSource } from '../../../core/vocabulary/events.js'
import type { CallChange, CallChanges, LastSequence } from '../../port/changes.js'
import { find } from '../bulk.js'
import type { EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { join as listed, raw, rowsOf, sql, type Transaction } from '../transaction.js'
import { bytesOfKey, callKeyDigest, keyOfBytes, logIdOf } from '../write/event-key.js'
import { callOf, LISTED, withinAnswer, type ListedRow } from './calls.js'
import { readClient, type ClientNow } from './client.js'
import { EVENT_LENGTH, LISTED_EVENT, storedEventOf, type ListedEvent } from './events.js'

type FoldedRow = ListedEvent & Pick<EventRow, 'call' | 'source'>
const FOLDED = `${LISTED_EVENT}, events.call, events.source`
const COLUMNS = raw(FOLDED)

/** Calls whose earlier events are read together. */
const CALLS_AT_ONCE = 20

const callsByNumber = find<ListedRow>(LISTED, 'calls', ['number'], 'call_key is not null')
const callsByKey = find<ListedRow & { key: Uint8Array }>(
  `${LISTED}, key`,
  'calls',
  ['key'],
  `start_at is not null and call_key is not null and events >= ${String(LIMITS.callEvents)}`,
)
const eventsOfCalls = find<FoldedRow>(FOLDED, 'events', ['call'])

/** See `Storage.changesSince`. */
export async function changesSince(
  session: Session,
  clientId: string,
  sequence: number,
  limit: number,
): Promise<CallChanges> {
  const now = await readClient(session, clientId)
  if (now === null) return { changes: [], sequence, lastSequence: 0 }
  const found = await rowsOf(
    session.tx,
    sql<FoldedRow>`select ${COLUMNS} from events where client = ${now.client} and sequence > ${sequence}
      order by sequence limit ${limit}`,
  )
  const { fitting: rows } = withinAnswer(found, ({ data, context }) => data.length + context.length + EVENT_LENGTH)
  const fold = await Fold.of(session, now, rows)
  const changes = rows.map((row) => fold.next(row)).filter((change) => change !== null)
  return { changes, sequence: rows.at(-1)?.sequence ?? sequence, lastSequence: now.lastSequence }
}

/** Calls while their events are folded one after the other. */
class Fold {
  readonly #now: ClientNow
  readonly #calls: ReadonlyMap<number, ListedRow>
  /** Calls that list no further event, by the digest of their name. */
  readonly #full: ReadonlyMap<string, ListedRow>
  readonly #facts: Map<number, CallFacts>

  private constructor(
    now: ClientNow,
    rows: {
      readonly calls: readonly ListedRow[]
      readonly full: readonly (ListedRow & { key: Uint8Array })[]
      readonly facts: Map<number, CallFacts>
    },
  ) {
    this.#now = now
    this.#calls = new Map([...rows.calls, ...rows.full].map((row) => [row.number, row]))
    this.#full = new Map(rows.full.map((row) => [keyOfBytes(row.key), row]))
    this.#facts = rows.facts
  }

  /** @param rows events that follow each other */
  static async of({ tx }: Session, now: ClientNow, rows: readonly FoldedRow[]): Promise<Fold> {
    const numbers = [...new Set(rows.map(({ call }) => call).filter((call) => call !== null))]
    const digests = [...new Set(rows.map(digestOf).filter((digest) => digest !== null))]
    const calls = await callsByNumber(
      tx,
      now.client,
      numbers.map((number) => [number]),
    )
    const full = await callsByKey(
      tx,
      now.client,
      digests.map((digest) => [bytesOfKey(digest)]),
    )
    const first = rows[0]?.sequence ?? 0
    // A call that began with one of these events has no earlier ones.
    const older = [...calls, ...full].map(({ number }) => number).filter((number) => number < first)
    return new Fold(now, { calls, full, facts: await factsBefore(tx, now.client, older, first) })
  }

  /** What the next event changed; null when that is nothing. */
  next(row: FoldedRow): CallChange | null {
    const number = row.call ?? this.#full.get(digestOf(row) ?? '')?.number
    const call = number === undefined ? undefined : this.#calls.get(number)
    const facts = factsOfRow(row)
    if (call === undefined || facts === null) return null
    const known = this.#facts.get(call.number) ?? null
    const joined = known === null ? facts : join(known, facts)
    this.#facts.set(call.number, joined)
    const after = begunCall(joined)
    const type = callChangeOf(begunCall(known), after)
    if (type === null) return null
    return {
      sequence: row.sequence,
      type,
      call: row.call === null ? callOf(this.#now.clientId, call) : this.#shown(call, after as DerivedCall),
      event: { logId: logIdOf(keyOfBytes(row.key), row.received_at), event: row.event, occurredAt: row.occurred_at },
    }
  }

  #shown({ call_key }: ListedRow, derived: DerivedCall): Call {
    const { clientId, region } = this.#now
    const { phoneNumber } = derived
    return {
      ...derived,
      clientId,
      sessionId: sessionIdOf(call_key as string),
      phoneE164: phoneNumber === null ? null : e164Of(numberKey(phoneNumber, region)),
    }
  }
}

/** Digest of the call that an event names without belonging to it; null when it belongs to one or names none. */
function digestOf(row: FoldedRow): string | null {
  const name = row.call === null ? callNameOf(eventOf(row)) : null
  return name === null ? null : callKeyDigest(name)
}

async function factsBefore(
  tx: Transaction,
  client: number,
  calls: readonly number[],
  sequence: number,
): Promise<Map<number, CallFacts>> {
  const facts = new Map<number, CallFacts>()
  for (let at = 0; at < calls.length; at += CALLS_AT_ONCE) {
    const keys = calls.slice(at, at + CALLS_AT_ONCE).map((call) => [call])
    for (const row of await eventsOfCalls(tx, client, keys)) {
      const own = row.sequence < sequence ? factsOfRow(row) : null
      const known = facts.get(row.call as number)
      if (own !== null) facts.set(row.call as number, known === undefined ? own : join(known, own))
    }
  }
  return facts
}

function eventOf(row: FoldedRow) {
  return { ...storedEventOf(row), source: EVENT_SOURCES[row.source] as EventSource }
}

function factsOfRow(row: FoldedRow): CallFacts | null {
  return factsOf(eventOf(row))
}

/** Clients that are looked up in one statement. */
const CLIENTS_AT_ONCE = 1000

/** See `Storage.allLastSequences`. */
export async function allLastSequences(
  { tx }: Session,
  clientIds: readonly string[],
): Promise<readonly LastSequence[]> {
  const sequences: LastSequence[] = []
  for (let at = 0; at < clientIds.length; at += CLIENTS_AT_ONCE) {
    const rows = await rowsOf(
      tx,
      sql<{ client_id: string; last_sequence: number }>`select c.client_id, s.last_sequence
        from clients c join client_state s on s.client = c.client
        where c.client_id in (${listed(clientIds.slice(at, at + CLIENTS_AT_ONCE))})`,
    )
    sequences.push(...rows.map((row) => ({ clientId: row.client_id, sequence: row.last_sequence })))
  }
  return sequences
}
