/** Which calls the events belong to that name none: decided again wherever one of them, or a call of their number, turns up. */
import { factsOf, join, type CallFacts } from '../../../core/facts.js'
import { deriveCall } from '../../../core/call.js'
import type { JsonObject } from '../../../core/json.js'
import { assignNameless, byTime, type NamedCall, type NamelessEvent } from '../../../core/nameless.js'
import { EVENT_SOURCES, KNOWN_EVENTS, LIMITS, TERMINAL_EVENTS, type EventSource } from '../../../core/vocabulary.js'
import { update } from '../bulk.js'
import type { CallRow, EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { raw, rowOf, rowsOf, sql } from '../transaction.js'
import { callsByNumber, CallState, namedFactsOf, removeCallRows, saveCalls } from './calls.js'
import { customerNumbers } from './customers.js'
import { turnEvents } from './directions.js'
import { keyOfBytes, unnamedCallDigest, unnamedCallKey } from './event-key.js'
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

/** Most calls of one number that are looked at together. */
const MOST_CALLS = LIMITS.namelessEvents + LIMITS.callsOfNumber

const TERMINAL: ReadonlySet<string> = new Set(TERMINAL_EVENTS)
const KNOWN: ReadonlySet<string> = new Set(KNOWN_EVENTS)

type StoredNameless = Pick<
  EventRow,
  'sequence' | 'occurred_at' | 'key' | 'event' | 'call' | 'direction' | 'own_direction' | 'source' | 'data'
>

const EVENT_COLUMNS = raw('sequence, occurred_at, key, event, call, direction, own_direction, source, data')

const attachEvents = update('events', ['sequence'], ['call', 'direction'])

/** The join of the events that name no call and belong to this one. */
export async function namelessFactsOf(session: Session, client: number, call: number): Promise<CallFacts | null> {
  return joined(await namelessOf(session, client, call))
}

function namelessOf({ tx }: Session, client: number, call: number): Promise<StoredNameless[]> {
  return rowsOf(
    tx,
    sql<StoredNameless>`select ${EVENT_COLUMNS} from events
      where client = ${client} and call = ${call} and phone is not null`,
  )
}

function joined(events: readonly StoredNameless[]): CallFacts | null {
  let facts: CallFacts | null = null
  for (const { event, occurred_at: occurredAt, source, data } of events) {
    const claimed = factsOf({
      event,
      occurredAt,
      source: EVENT_SOURCES[source] as EventSource,
      data: JSON.parse(data) as JsonObject,
    })
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
  for (const window of merged(windows)) await assignNumber(session, client, state, window, changes)
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

async function assignNumber(
  session: Session,
  client: number,
  state: LockedClient,
  window: Window,
  changes: TallyChanges,
): Promise<void> {
  const { tx, maxCallAgeMs } = session
  const events = await eventsFrom(session, client, state, window)
  const last = events.at(-1)
  if (last === undefined) return
  const calls = await namedCalls(session, client, window.phone, events)
  const numbers = new Map(calls.map(({ key, number }) => [key, number]))
  const assigned = assignNameless(events.map(namelessEventOf), calls, maxCallAgeMs)

  const touched = new Set<number>()
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
    if (event.occurred_at > window.to && call === event.sequence && event.call === call) break
    if (call === event.call) continue
    if (event.call !== null) touched.add(event.call)
    if (call !== null) touched.add(call)
    // Until it has taken its call's direction it has none, unless its own.
    const direction = event.own_direction === 1 ? event.direction : 0
    changes.countEvent({ event: event.event, occurredAt: event.occurred_at, direction: event.direction }, -1)
    changes.countEvent({ event: event.event, occurredAt: event.occurred_at, direction }, 1)
    moved.push([event.sequence, call, direction])
  }
  attachEvents(tx, client, moved)
  await foldAgain(session, client, state, [...touched], changes)
}

/**
 * The events of the number from the last one on that surely stays what it is: the beginning of an unnamed call. Those of
 * calls that were dropped stay where they are.
 */
async function eventsFrom(
  { tx, maxCallAgeMs }: Session,
  client: number,
  { retained_from }: LockedClient,
  { phone, from }: Window,
): Promise<StoredNameless[]> {
  const earliest = retained_from ?? from - maxCallAgeMs
  const beginning = await rowOf(
    tx,
    sql<Pick<EventRow, 'occurred_at' | 'key' | 'event'>>`select occurred_at, key, event from events
      where client = ${client} and phone = ${phone} and occurred_at < ${from}
        and occurred_at > ${Math.max(from - maxCallAgeMs, earliest - 1)} and call = sequence
      order by occurred_at desc, sequence desc limit 1`,
  )
  const start = beginning?.occurred_at ?? Math.max(from, earliest)
  const rows = await rowsOf(
    tx,
    sql<StoredNameless>`select ${EVENT_COLUMNS} from events
      where client = ${client} and phone = ${phone} and occurred_at >= ${start}
        and not exists (
          select 1 from calls where calls.client = ${client} and calls.number = events.call and calls.call_key is null
        )
      order by occurred_at, sequence limit ${LIMITS.namelessEvents}`,
  )
  const first = beginning === undefined ? null : namelessEventOf(beginning)
  return rows
    .map((row) => ({ row, event: namelessEventOf(row) }))
    .filter(({ event }) => first === null || byTime(event, first) >= 0 || event.key === first.key)
    .sort((a, b) => byTime(a.event, b.event))
    .map(({ row }) => row)
}

function namelessEventOf({ occurred_at, key, event }: Pick<EventRow, 'occurred_at' | 'key' | 'event'>): NamelessEvent {
  return {
    key: keyOfBytes(key),
    occurredAt: occurred_at,
    known: KNOWN.has(event),
    terminal: TERMINAL.has(event),
  }
}

/** The calls of the number that may take one of these events, as the events that name them tell them. */
async function namedCalls(
  { tx, maxCallAgeMs }: Session,
  client: number,
  phone: string,
  events: readonly StoredNameless[],
): Promise<(NamedCall & { readonly number: number })[]> {
  const [first, last] = [events.at(0), events.at(-1)]
  if (first === undefined || last === undefined) return []
  type Row = Pick<
    CallRow,
    'number' | 'call_key' | 'start_at' | 'end_at' | 'nameless' | 'phone' | 'customer_data' | 'facts'
  >
  const rows = await rowsOf(
    tx,
    sql<Row>`select number, call_key, start_at, end_at, nameless, phone, customer_data, facts from calls
      where client = ${client} and phone = ${phone}
        and start_at > ${first.occurred_at - maxCallAgeMs - CLAIMED_START_MS} and start_at <= ${last.occurred_at}
        and facts is not null
      order by start_at desc, number limit ${MOST_CALLS}`,
  )
  return rows.map((row) => {
    const facts = row.nameless === 0 ? null : namedFactsOf(row)
    const own = facts === null ? null : deriveCall(facts)
    const { number } = row
    const key = row.call_key as string
    return own === null
      ? { number, key, startAt: row.start_at as number, endAt: row.end_at }
      : { number, key, startAt: own.startAt, endAt: own.endAt }
  })
}

/** Folds calls again from the events that are theirs now. One that has none left was made of these events alone, and goes. */
async function foldAgain(
  session: Session,
  client: number,
  state: LockedClient,
  numbers: readonly number[],
  changes: TallyChanges,
): Promise<void> {
  const { tx } = session
  const stored = new Map(
    (
      await callsByNumber(
        tx,
        client,
        numbers.map((number) => [number]),
      )
    ).map((row) => [row.number, CallState.of(row)]),
  )
  const states: CallState[] = []
  const gone: number[] = []
  for (const number of numbers) {
    const events = await namelessOf(session, client, number)
    const before = stored.get(number)
    if (events.length === 0 && before !== undefined && before.row?.facts === null) {
      changes.moveCall(before.counted, null)
      gone.push(number)
      continue
    }
    const call = before ?? beginOf(number, events)
    call.unnamed = joined(events)
    call.events += events.length - call.nameless
    call.nameless = events.length
    call.version = state.last_sequence
    call.change()
    changes.moveCall(call.counted, call.derived)
    states.push(call)
  }
  removeCallRows(tx, client, gone)
  const customers = await numbersOfCustomers(session, client, states)
  saveCalls(tx, client, states, (customerId) => customers.get(customerId) as number)
  for (const call of states) await turnEvents(session, client, call.number, call.direction, changes)
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
  return customerNumbers(session, client, ids)
}
