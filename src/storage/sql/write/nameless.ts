/** Which calls the events belong to that name none: decided again wherever one of them, or a call of their number, turns up. */
import { factsOf, join, type CallEvent, type CallFacts } from '../../../core/facts.js'
import { deriveCall } from '../../../core/call.js'
import { decodeFacts } from '../../../core/facts-codec.js'
import type { JsonObject } from '../../../core/json.js'
import { assignNameless, byTime, type NamedCall, type NamelessEvent } from '../../../core/nameless.js'
import { LIMITS } from '../../../core/limits.js'
import { EVENT_SOURCES, type EventSource, KNOWN_EVENTS, TERMINAL_EVENTS } from '../../../core/vocabulary/events.js'
import { find, update } from '../bulk.js'
import { CUSTOMERS } from '../dimensions.js'
import type { CallRow, EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { raw, rowOf, rowsOf, sql } from '../transaction.js'
import { callsByNumber, CallState, NOTHING, removeCallRows, saveCalls } from './calls.js'
import { noteNames } from './customer-words.js'
import { turnEvents } from './directions.js'
import { keyOfBytes, unnamedCallDigest, unnamedCallKey } from './event-key.js'
import { numbersOf } from './names.js'
import type { LockedClient } from './state.js'
import type { TallyChanges } from './tallies.js'

/** Events of a number that occurred from `from` to `to`, both included, may belong to another call than before. */
export interface Window {
  readonly phone: string
  readonly from: number
  readonly to: number
}

/** How far the start that a call's other events claim may lie before the start that its own events tell. */
const CLAIMED_START_MS = 24 * 60 * 60 * 1000

/** Calls of one number that are read together. */
const CALLS_CHUNK = 4 * LIMITS.callsOfNumber

const TERMINAL: ReadonlySet<string> = new Set(TERMINAL_EVENTS)
const KNOWN: ReadonlySet<string> = new Set(KNOWN_EVENTS)

type StoredNameless = Pick<
  EventRow,
  'sequence' | 'occurred_at' | 'key' | 'event' | 'call' | 'direction' | 'own_direction'
>

const EVENT_COLUMNS = raw('sequence, occurred_at, key, event, call, direction, own_direction')

const attachEvents = update('events', ['sequence'], ['call', 'direction'])

/** What facts are made of. */
export type ToldEvent = Pick<EventRow, 'event' | 'occurred_at' | 'source' | 'data' | 'context'>

const toldEvents = find<ToldEvent>('event, occurred_at, source, data, context', 'events', ['sequence'])

function namelessOf({ tx }: Session, client: number, call: number): Promise<ToldEvent[]> {
  return rowsOf(
    tx,
    sql<ToldEvent>`select event, occurred_at, source, data, context from events
      where client = ${client} and call = ${call} and phone is not null`,
  )
}

/** An event as the core takes it. */
export function callEventOf({ event, occurred_at: occurredAt, source, data, context }: ToldEvent): CallEvent {
  return {
    event,
    occurredAt,
    source: EVENT_SOURCES[source] as EventSource,
    data: JSON.parse(data) as JsonObject,
    context: JSON.parse(context) as JsonObject,
  }
}

/** The join of what events say, and of what was said before. */
export function joined(events: readonly CallEvent[], before: CallFacts | null): CallFacts | null {
  let facts = before
  for (const event of events) {
    const claimed = factsOf(event)
    if (claimed !== null) facts = facts === null ? claimed : join(facts, claimed)
  }
  return facts
}

/**
 * Assigns the events in these windows to calls again, and whatever follows from it: events after a window may join, or begin,
 * another call than before.
 */
export async function assignAgain(
  session: Session,
  client: number,
  state: LockedClient,
  windows: readonly Window[],
  changes: TallyChanges,
): Promise<void> {
  let done = { phone: '', until: -Infinity }
  for (const window of merged(windows)) {
    // Mostly the events of a number follow each other: then the first window has assigned them all.
    if (window.phone === done.phone && window.to < done.until) continue
    done = { phone: window.phone, until: await assignNumber(session, client, state, window, changes) }
  }
}

/** The same stretches of time of each number, without overlaps. */
function merged(windows: readonly Window[]): Window[] {
  const result: Window[] = []
  const sorted = [...windows].sort((a, b) => (a.phone === b.phone ? a.from - b.from : a.phone < b.phone ? -1 : 1))
  for (const window of sorted) {
    const before = result.at(-1)
    if (before?.phone === window.phone && window.from <= before.to) {
      result[result.length - 1] = { ...before, to: Math.max(before.to, window.to) }
    } else result.push(window)
  }
  return result
}

/** What an assignment changes of a call. */
interface Move {
  /** Events that it takes. */
  readonly added: StoredNameless[]
  /** How many it had that are another's now. */
  lost: number
}

/** @returns the instant before which all events of the number have the call that they belong to */
async function assignNumber(
  session: Session,
  client: number,
  state: LockedClient,
  window: Window,
  changes: TallyChanges,
): Promise<number> {
  const { tx, maxCallAgeMs } = session
  const { events, isCut } = await eventsFrom(session, client, state, window)
  const last = events.at(-1)
  if (last === undefined) return Infinity
  let until = isCut ? last.occurred_at : Infinity
  const calls = await namedCalls(session, client, window.phone, events)
  const numbers = new Map(calls.map(({ key, number }) => [key, number]))
  const assigned = assignNameless(events.map(namelessEventOf), calls, maxCallAgeMs)

  const moves = new Map<number, Move>()
  const moveOf = (call: number): Move => {
    let move = moves.get(call)
    if (move === undefined) moves.set(call, (move = { added: [], lost: 0 }))
    return move
  }
  const moved: (readonly [number, number | null, number])[] = []
  for (const [i, event] of events.entries()) {
    const assignment = assigned[i] ?? null
    const call =
      assignment === null
        ? null
        : 'call' in assignment
          ? (numbers.get(assignment.call) as number)
          : (events[assignment.first] as StoredNameless).sequence
    // From here on nothing is another than it was: the event begins a call now as it did before.
    if (event.occurred_at > window.to && call === event.sequence && event.call === call) {
      until = event.occurred_at
      break
    }
    if (call === event.call) continue
    if (event.call !== null) moveOf(event.call).lost += 1
    if (call !== null) moveOf(call).added.push(event)
    // Until it has taken its call's direction it has none, unless its own.
    const direction = event.own_direction === 1 ? event.direction : 0
    changes.countEvent({ event: event.event, occurredAt: event.occurred_at, direction: event.direction }, -1)
    changes.countEvent({ event: event.event, occurredAt: event.occurred_at, direction }, 1)
    moved.push([event.sequence, call, direction])
  }
  attachEvents(tx, client, moved)
  await foldAgain(session, client, state, moves, changes)
  return until
}

/**
 * The events of the number from the window on, so many and no more, with those of the unnamed call that may be open when it
 * begins. Those of calls that were dropped stay where they are.
 */
async function eventsFrom(
  { tx, maxCallAgeMs }: Session,
  client: number,
  { retained_from }: LockedClient,
  { phone, from }: Window,
): Promise<{ readonly events: readonly StoredNameless[]; readonly isCut: boolean }> {
  const start = Math.max(from, retained_from ?? from)
  const open = await rowOf(
    tx,
    sql<Pick<EventRow, 'call'>>`select call from events
      where client = ${client} and phone = ${phone} and occurred_at < ${start}
        and occurred_at > ${Math.max(start - maxCallAgeMs, (retained_from ?? 0) - 1)} and call = sequence
      order by occurred_at desc, sequence desc limit 1`,
  )
  const before =
    open === undefined
      ? []
      : await rowsOf(
          tx,
          sql<StoredNameless>`select ${EVENT_COLUMNS} from events
            where client = ${client} and call = ${open.call} and phone is not null and occurred_at < ${start}`,
        )
  const rows = await rowsOf(
    tx,
    sql<StoredNameless>`select ${EVENT_COLUMNS} from events
      where client = ${client} and phone = ${phone} and occurred_at >= ${start}
        and not exists (
          select 1 from calls where calls.client = ${client} and calls.number = events.call and calls.call_key is null
        )
      order by occurred_at, sequence limit ${LIMITS.namelessEvents}`,
  )
  const events = [...before, ...rows]
    .map((row) => ({ row, event: namelessEventOf(row) }))
    .sort((a, b) => byTime(a.event, b.event))
    .map(({ row }) => row)
  return { events, isCut: rows.length === LIMITS.namelessEvents }
}

function namelessEventOf({ occurred_at, key, event }: Pick<EventRow, 'occurred_at' | 'key' | 'event'>): NamelessEvent {
  return {
    key: keyOfBytes(key),
    occurredAt: occurred_at,
    known: KNOWN.has(event),
    terminal: TERMINAL.has(event),
  }
}

type PhoneCallRow = Pick<CallRow, 'number' | 'call_key' | 'start_at' | 'end_at' | 'nameless' | 'facts'>

/** The calls of the number that may take one of these events, as the events that name them tell them. */
async function namedCalls(
  session: Session,
  client: number,
  phone: string,
  events: readonly StoredNameless[],
): Promise<(NamedCall & { readonly number: number })[]> {
  const found = new Map<number, PhoneCallRow>()
  let next = events.length - 1
  while (next >= 0) {
    const until = (events[next] as StoredNameless).occurred_at
    const rows = await callsBegunBy(session, client, phone, until, (events[0] as StoredNameless).occurred_at)
    for (const row of rows) found.set(row.number, row)
    if (rows.length < CALLS_CHUNK) break
    // Goes on where fewer calls were read than an event is to be looked for among.
    const enough = (rows.at(-LIMITS.callsOfNumber) as PhoneCallRow).start_at as number
    next = Math.min(
      next - 1,
      events.findLastIndex(({ occurred_at }) => occurred_at < enough),
    )
  }
  const loaded = new Map<number, number>()
  for (const { call } of events) if (call !== null) loaded.set(call, (loaded.get(call) ?? 0) + 1)
  return [...found.values()].map((row) => {
    const { number, nameless } = row
    const facts = nameless === 0 || row.facts === null ? null : decodeFacts(row.facts, NOTHING)
    const own = facts === null ? { startAt: row.start_at as number, endAt: row.end_at } : deriveCall(facts)
    const taken = nameless - (loaded.get(number) ?? 0)
    return { number, key: row.call_key as string, startAt: own.startAt, endAt: own.endAt, taken }
  })
}

/** The newest calls of the number that had begun at an instant. @param first of the events that they may take */
function callsBegunBy(
  { tx, maxCallAgeMs }: Session,
  client: number,
  phone: string,
  until: number,
  first: number,
): Promise<PhoneCallRow[]> {
  return rowsOf(
    tx,
    sql<PhoneCallRow>`select number, call_key, start_at, end_at, nameless, case when nameless > 0 then facts end as facts
      from calls
      where client = ${client} and phone = ${phone}
        and start_at > ${first - maxCallAgeMs - CLAIMED_START_MS} and start_at <= ${until}
        and facts is not null
      order by start_at desc, number limit ${CALLS_CHUNK}`,
  )
}

/** Folds calls again with the events that are theirs now. One that has none left was made of these events alone, and goes. */
async function foldAgain(
  session: Session,
  client: number,
  state: LockedClient,
  moves: ReadonlyMap<number, Move>,
  changes: TallyChanges,
): Promise<void> {
  const { tx } = session
  const rows = await callsByNumber(
    tx,
    client,
    [...moves.keys()].map((number) => [number]),
  )
  const stored = new Map(rows.map((row) => [row.number, CallState.of(row)]))
  const states: CallState[] = []
  const gone: number[] = []
  for (const [number, { added, lost }] of moves) {
    const before = stored.get(number)
    const more = added.length - lost
    if (before?.row?.facts === null && before.nameless + more === 0) {
      changes.moveCall(before.counted, null)
      gone.push(number)
      continue
    }
    const call = before ?? beginOf(number, added)
    const sequences = added.map(({ sequence }) => [sequence])
    // What is gone cannot be taken out of a join: only then all of its events are read again.
    call.unnamed =
      lost > 0
        ? joined((await namelessOf(session, client, number)).map(callEventOf), null)
        : joined((await toldEvents(tx, client, sequences)).map(callEventOf), call.unnamed)
    call.events += more
    call.nameless += more
    call.version = state.last_sequence
    call.change()
    changes.moveCall(call.counted, call.counting)
    states.push(call)
  }
  removeCallRows(tx, client, gone)
  const customers = await numbersOfCustomers(session, client, states)
  const said = saveCalls(tx, client, state.region, states, (customerId) => customers.get(customerId) as number)
  await noteNames(session, client, state.region, said)
  for (const call of states) {
    if (call.direction !== call.storedDirection) await turnEvents(session, client, call.number, call.direction, changes)
    else takeDirection(session, client, call, (moves.get(call.number) as Move).added, changes)
  }
}

/** Gives events that say no direction of their own that of the call which has taken them. */
function takeDirection(
  { tx }: Session,
  client: number,
  { number, direction }: CallState,
  events: readonly StoredNameless[],
  changes: TallyChanges,
): void {
  const turned = events.filter(({ own_direction }) => own_direction === 0)
  for (const { event, occurred_at: occurredAt } of turned) {
    changes.countEvent({ event, occurredAt, direction: 0 }, -1)
    changes.countEvent({ event, occurredAt, direction }, 1)
  }
  attachEvents(
    tx,
    client,
    turned.map(({ sequence }) => [sequence, number, direction]),
  )
}

function beginOf(number: number, events: readonly StoredNameless[]): CallState {
  const first = events.find(({ sequence }) => sequence === number) as StoredNameless
  const name = unnamedCallKey(keyOfBytes(first.key), first.occurred_at)
  return CallState.begin(number, unnamedCallDigest(name), name)
}

function numbersOfCustomers(
  session: Session,
  client: number,
  calls: readonly CallState[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Set(calls.map(({ derived }) => derived?.customerId ?? null).filter((id) => id !== null))
  return numbersOf(session, client, CUSTOMERS, ids)
}
