import { isDeepStrictEqual } from 'node:util'
import { digestInErased } from '../../../core/erasure.js'
import { callNameOf, saidCustomerOf, saidDirectionOf } from '../../../core/event-identity.js'
import { isErased, join, type CallEvent, type CallFacts } from '../../../core/facts.js'
import { LIMITS } from '../../../core/limits.js'
import type { Difference } from '../../port/check.js'
import { find, update } from '../bulk.js'
import { directionCode } from '../codes.js'
import { CUSTOMERS } from '../dimensions.js'
import type { CallRow, EventRow } from '../schema/tables.js'
import { rowsOf, sql, type Value } from '../transaction.js'
import { CALL_COLUMNS, callRowOf, callsByNumber, CallState, insertCalls } from '../write/calls.js'
import { callKeyDigest, keyOfBytes, unnamedCallDigest, unnamedCallKey } from '../write/event-key.js'
import { callEventOf, joined, type ToldEvent } from '../write/nameless.js'
import { endOf, type Part } from './part.js'

const CALLS = 100

/** Digits by which a number is the same under whichever country's way of writing it was stored. */
const SAME_DIGITS = 6

type StoredEvent = ToldEvent & Pick<EventRow, 'sequence' | 'key' | 'direction' | 'own_direction'> & { call: number }
/** With the event itself, which is read from its row once. */
type CheckedEvent = StoredEvent & { readonly told: CallEvent }

const eventsOfCalls = find<StoredEvent>(
  'sequence, call, key, direction, own_direction, event, occurred_at, source, data, context',
  'events',
  ['call'],
)
/** Not the version: it tells when events changed a call last. */
const COMPARED = CALL_COLUMNS.filter((column) => column !== 'number' && column !== 'version')
const putRight = update('calls', ['number'], COMPARED)
const turnEvents = update('events', ['sequence'], ['direction'])

/** Calls: each is folded again from its events. Calls of which events were dropped are held against those that are left. */
export const calls: Part = async ({ session, client, state, mends }, after) => {
  const { tx } = session
  const from = Number(after ?? 0)
  const numbers = await rowsOf(
    tx,
    sql<{ number: number }>`select number from (
        select number from (select number from calls where client = ${client} and number > ${from} order by number limit ${CALLS}) as a
        union
        select number from (select distinct call as number from events where client = ${client} and call > ${from}
          order by call limit ${CALLS}) as b
      ) as c order by number limit ${CALLS}`,
  )
  const keys = numbers.map(({ number }) => [number])
  const rows = new Map((await callsByNumber(tx, client, keys)).map((row) => [row.number, row]))
  const events = new Map<number, CheckedEvent[]>()
  for (const row of await eventsOfCalls(tx, client, keys)) {
    const event = { ...row, told: callEventOf(row) }
    const own = events.get(event.call)
    if (own === undefined) events.set(event.call, [event])
    else own.push(event)
  }
  const customers = await CUSTOMERS.byId(
    tx,
    client,
    [...new Set([...events.values()].flat().flatMap(({ told }) => saidCustomerOf(told) ?? []))].map((id) => [id]),
  )
  const customerOf = new Map(customers.map(({ id, number }) => [id, number]))

  const differences: Difference[] = []
  const missing: Value[][] = []
  const wrong: Value[][] = []
  const turned: Value[][] = []
  for (const { number } of numbers) {
    const row = rows.get(number) ?? null
    const own = events.get(number) ?? []
    // What is left of a dropped call is what it is counted by; one that is about to be dropped has lost events already.
    const isOld = row !== null && row.start_at !== null && row.start_at < (state.retained_from ?? -Infinity)
    if (row?.call_key === null || isOld) continue
    const call = foldedAgain(number, row, own, state.retained_from)
    if (call === null) continue
    const expected = callRowOf(call, state.region, (id) => {
      // Those that events name were put right before calls are.
      return (customerOf.get(id) ?? row?.customer) as number
    })
    const values = COMPARED.map((column) => expected[column])
    if (row === null) {
      differences.push({ kind: 'calls that have events and are not there', id: String(number) })
      missing.push(CALL_COLUMNS.map((column) => expected[column]))
    } else if (differs(row, expected)) {
      differences.push({ kind: 'calls that are not what their events say', id: String(expected.call_key) })
      wrong.push([number, ...values])
    }
    for (const event of own) {
      // Of an erased one nothing else says any more which direction it said.
      if (isErased(event.told.data) && event.own_direction === 1) continue
      const said = saidDirectionOf(event.told)
      const direction = said === null ? call.direction : directionCode(said)
      if (direction === event.direction) continue
      differences.push({ kind: 'events that have not their call’s direction', id: String(event.sequence) })
      turned.push([event.sequence, direction])
    }
  }
  if (mends) {
    insertCalls(tx, client, missing)
    putRight(tx, client, wrong)
    turnEvents(tx, client, turned)
  }
  return {
    checked: numbers.length,
    next: endOf(numbers, CALLS, ({ number }) => number),
    differences,
  }
}

/** @returns null for events that do not tell which call they were of */
function foldedAgain(
  number: number,
  row: CallRow | null,
  events: readonly CheckedEvent[],
  retainedFrom: number | null,
): CallState | null {
  if (row !== null && (row.erased === 1 || events.some(({ told }) => isErased(told.data)))) {
    return erasedAgain(row, events, retainedFrom)
  }
  const isNamed = ({ told }: CheckedEvent) => callNameOf(told) !== null
  const named = events.filter(isNamed)
  const nameless = events.filter((event) => !isNamed(event))
  const call =
    callOf(number, named, nameless) ??
    (row === null ? null : CallState.begin(number, keyOfBytes(row.key), row.call_key as string))
  if (call === null) return null
  const isPart = row !== null && isPartOf(row, events, retainedFrom)
  const stored = isPart ? storedState(row) : null
  call.named = joined(named.map(toldOf), stored?.named ?? null)
  call.unnamed = joined(nameless.map(toldOf), stored?.unnamed ?? null)
  call.events = isPart ? row.events : events.length
  call.nameless = isPart ? row.nameless : nameless.length
  return call
}

const toldOf = ({ told }: CheckedEvent) => told

/** Whether more was said of a call than is still there. */
function isPartOf(row: CallRow, { length }: readonly CheckedEvent[], retainedFrom: number | null): boolean {
  return row.events >= LIMITS.callEvents || (length < row.events && retainedFrom !== null)
}

/**
 * Erased events say no more which of them named the call: all together they say what it says. Of a call that was about another
 * person they say less than they did.
 */
function erasedAgain(row: CallRow, events: readonly CheckedEvent[], retainedFrom: number | null): CallState {
  const own = { ...row, key: digestInErased(String(row.call_key)) ?? row.key }
  const call = storedState(own) ?? CallState.of({ ...own, facts: null, unnamed: null })
  const isPart = row.erased === 0 || isPartOf(row, events, retainedFrom)
  const stored =
    call.named === null || call.unnamed === null ? (call.named ?? call.unnamed) : join(call.named, call.unnamed)
  const told = joined(events.map(toldOf), isPart ? stored : null)
  if (!isDeepStrictEqual(withoutReason(told), withoutReason(stored))) {
    const isNamed = call.named !== null || call.unnamed === null
    call.named = isNamed ? told : null
    call.unnamed = isNamed ? null : told
  }
  call.events = isPart ? row.events : events.length
  return call
}

/** Of several reasons of a call's end one may have been personal that counted more: each event keeps its own. */
function withoutReason(facts: CallFacts | null): object {
  return { ...facts, endReason: null }
}

/** A call by what its events call it; null where none of them is left that does. */
function callOf(number: number, named: readonly CheckedEvent[], nameless: readonly CheckedEvent[]): CallState | null {
  const [event] = named
  if (event !== undefined) {
    const name = callNameOf(event.told) as string
    return CallState.begin(number, callKeyDigest(name), name)
  }
  const first = nameless.find(({ sequence }) => sequence === number)
  if (first === undefined) return null
  const name = unnamedCallKey(keyOfBytes(first.key), first.occurred_at)
  return CallState.begin(number, unnamedCallDigest(name), name)
}

/** @returns null for a row whose facts cannot be read */
function storedState(row: CallRow): CallState | null {
  try {
    return CallState.of(row)
  } catch {
    return null
  }
}

type Expected = Omit<CallRow, 'client'>

function differs(row: CallRow, expected: Expected): boolean {
  return COMPARED.some((column) => !isSame(column, row, expected))
}

function isSame(column: (typeof COMPARED)[number], row: CallRow, expected: Expected): boolean {
  switch (column) {
    case 'phone':
    case 'virtual_number':
      return isSameNumber(row[column], expected[column])
    case 'phone_said':
    case 'virtual_number_said': {
      const key = column === 'phone_said' ? 'phone' : 'virtual_number'
      return (row[column] ?? row[key]) === (expected[column] ?? expected[key])
    }
    case 'domain':
      // Calls that were recorded before there was this column have none.
      return row.domain === null || row.domain === expected.domain
    case 'facts':
    case 'unnamed':
      return isSameFacts(column, row, expected)
    case 'key':
      return keyOfBytes(row.key) === keyOfBytes(expected.key)
    default:
      return row[column] === expected[column]
  }
}

/** What a number is found by stays when the client's country becomes another. */
function isSameNumber(stored: string | null, expected: string | null): boolean {
  return stored === expected || (stored !== null && stored.slice(-SAME_DIGITS) === expected?.slice(-SAME_DIGITS))
}

function isSameFacts(column: 'facts' | 'unnamed', row: CallRow, expected: Expected): boolean {
  const [here, there] = [row[column], expected[column]]
  if (here === null || there === null) return here === there
  if (keyOfBytes(here) === keyOfBytes(there)) return true
  // Facts may have been written in another form by an earlier version.
  const [stored, right] = [storedState(row), CallState.of({ ...expected, client: row.client })]
  const member = column === 'facts' ? 'named' : 'unnamed'
  const told = (of: CallState | null) => ({ ...of?.[member], ...(row.domain === null && { domain: null }) })
  return stored !== null && isDeepStrictEqual(told(stored), told(right))
}
