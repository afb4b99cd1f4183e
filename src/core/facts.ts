import {
  claimMembers,
  isBelieved,
  joinMembers,
  stronger,
  type Preference,
  type Register,
  type Registers,
} from './register.js'
import { agentUserIdOf, directionOf, gradedPhoneOf, nameOf, pageDomainOf, PHONE_GRADES } from './identity.js'
import { isObject, type Json, type JsonObject } from './json.js'
import { parseInstant } from './calendar.js'
import { callNameOf, isOperators, isReport } from './event-identity.js'
import { factsOfOperator } from './operator-facts.js'
import { factsOfReport } from './provider/facts.js'
import { secondsOf } from './seconds.js'
import { LIMITS } from './limits.js'
import { type Direction, type Disposition, DISPOSITIONS } from './vocabulary/calls.js'
import { EVENT_SOURCES, type EventSource, KNOWN_EVENTS, TERMINAL_EVENTS } from './vocabulary/events.js'

/** What happened on a call, as reported. `occurredAt` is in epoch milliseconds. */
export interface CallEvent {
  readonly event: string
  readonly data: JsonObject
  /** What the report says beside its data: which agent it is from, and which page. */
  readonly context: JsonObject
  readonly occurredAt: number
  readonly source: EventSource
}

/** What events claim of a call, winner by winner. Plain JSON; what nothing claims is absent. */
export interface CallFacts {
  /** Epoch milliseconds by which the call had begun. */
  readonly start?: Register<number>
  /** Epoch milliseconds by which it had been answered. */
  readonly answer?: Register<number>
  /** Epoch milliseconds; there once the call is over. */
  readonly end?: Register<number>
  /** Whole seconds that the event which ended the call reported. */
  readonly endDuration?: Register<number>
  /** Whole seconds that an event during the call reported. */
  readonly duration?: Register<number>
  /** As the data says it. */
  readonly direction?: Register<Direction>
  /** As the event's name suggests it: dialling outranks ringing, which an agent's own leg does too. */
  readonly impliedDirection?: Register<Direction>
  readonly disposition?: Register<Disposition>
  readonly phone?: Register<string>
  /** Whose event says that the call was answered outranks the others: a call may ring at several agents. */
  readonly agent?: Register<string>
  /** Of the page that reported the call. Which page's word counts is decided as for the agent: it is where they spoke. */
  readonly domain?: Register<string>
  /** Epoch milliseconds at which the provider says the two parties began to talk. */
  readonly conversation?: Register<number>
  /** Whether the provider says that they talked. */
  readonly answered?: Register<boolean>
  /** The provider's number that was called, or shown: neither party. */
  readonly virtualNumber?: Register<string>
  /** Where the agent was rung. */
  readonly agentNumber?: Register<string>
  readonly endReason?: Register<string>
  /** Where the provider keeps its recording. */
  readonly recording?: Register<string>
  /** What people noted; null where they took it back. */
  readonly notes?: Register<string | null>
  /** See `tagsOf`. */
  readonly tags?: Register<string | null>
  /** What the call came to, in the client's own words. */
  readonly dispositionCode?: Register<string | null>
  /** Whether somebody said that the call does not count. */
  readonly voided?: Register<boolean>
  readonly customer?: Registers
}

/**
 * Every claim about a call but its customer's, and which of two of one rank wins. In the order in which facts are made, so
 * that equal facts are equal in every byte.
 */
const PREFERENCES: Readonly<Record<Exclude<keyof CallFacts, 'customer'>, Preference>> = {
  start: 'earliest',
  answer: 'earliest',
  conversation: 'earliest',
  end: 'latest',
  endDuration: 'latest',
  answered: 'latest',
  disposition: 'latest',
  endReason: 'latest',
  duration: 'latest',
  direction: 'latest',
  impliedDirection: 'earliest',
  phone: 'earliest',
  virtualNumber: 'latest',
  agent: 'latest',
  domain: 'latest',
  agentNumber: 'latest',
  recording: 'latest',
  notes: 'latest',
  tags: 'latest',
  dispositionCode: 'latest',
  voided: 'latest',
}
const ATTRIBUTES = Object.entries(PREFERENCES) as [keyof typeof PREFERENCES, Preference][]

const KNOWN: ReadonlySet<string> = new Set(KNOWN_EVENTS)
const TERMINAL: ReadonlySet<string> = new Set(TERMINAL_EVENTS)
const DISPOSITION_WORDS: ReadonlyMap<string, Disposition> = new Map([
  ...DISPOSITIONS.map((disposition) => [disposition, disposition] as const),
  ['cancelled', 'canceled'],
])

/**
 * What one event claims of its call.
 * @returns null for an event whose name is not known, and a report that names no call: it changes none
 */
export function factsOf(event: CallEvent): CallFacts | null {
  const erased = erasedFacts(event.data)
  if (erased !== undefined) return erased
  if (isReport(event)) {
    const { occurredAt } = event
    if (callNameOf(event) === null) return null
    return factsOfReport(event.event, event.data, { occurredAt, agentUserId: agentUserIdOf(event.context) })
  }
  if (isOperators(event)) return factsOfOperator(event.event, event)
  if (!KNOWN.has(event.event)) return null
  const { data, occurredAt } = event
  const authority = EVENT_SOURCES.indexOf(event.source)
  const facts: { -readonly [attribute in keyof CallFacts]: CallFacts[attribute] } = {}
  const at = <Value extends Json>(value: Value): Register<Value> => [value, authority, occurredAt]
  const since = (instant: number): Register<number> => [instant, authority, instant]
  const terminal = TERMINAL.has(event.event)

  const began = [timeIn(data, ['callStartedTime', 'startTime'], occurredAt)]
  const answered = [timeIn(data, ['callEstablishedTime', 'callAnswerTime'], occurredAt)]
  if (event.event === 'connected') answered.push(occurredAt)
  // A call that was answered had begun.
  began.push(...answered)
  if (!terminal) began.push(occurredAt)
  const start = earliest(began)
  if (start !== null) facts.start = since(start)
  const answer = earliest(answered)
  if (answer !== null) facts.answer = since(answer)

  const seconds = reportedSeconds(data)
  if (terminal) {
    facts.end = at(timeIn(data, ['callEndedTime', 'endTime'], occurredAt) ?? occurredAt)
    if (seconds !== null) facts.endDuration = at(seconds)
    const disposition = event.event === 'rejected' ? event.event : dispositionOf(data)
    if (disposition !== null) facts.disposition = at(disposition)
    const reason = nameOf(data.callEndReason, LIMITS.endReasonLength)
    if (reason !== null) facts.endReason = at(reason)
  } else if (seconds !== null) {
    facts.duration = at(seconds)
  }

  const direction = directionOf(data)
  if (direction !== null) facts.direction = at(direction)
  if (event.event === 'dialing') facts.impliedDirection = ['outbound', 1, occurredAt]
  else if (event.event === 'incoming' || event.event === 'missed') facts.impliedDirection = ['inbound', 0, occurredAt]

  const phone = gradedPhoneOf(data)
  if (phone !== null) facts.phone = [phone.phone, authority * PHONE_GRADES + phone.grade, occurredAt]
  const spoken = authority * 2 + (event.event === 'connected' ? 1 : 0)
  const agent = agentUserIdOf(event.context)
  if (agent !== null) facts.agent = [agent, spoken, occurredAt]
  const domain = pageDomainOf(event.context)
  if (domain !== null) facts.domain = [domain, spoken, occurredAt]
  const customerData = data.customerData
  if (isObject(customerData)) facts.customer = claimMembers(Object.entries(customerData), authority, occurredAt)
  return facts
}

/** What an erased event keeps in place of its data: see `erasedEvent`. Undefined for data as it was sent; null where it claims nothing. */
function erasedFacts(data: unknown): CallFacts | null | undefined {
  return isErased(data) ? ((data as readonly CallFacts[])[0] ?? null) : undefined
}

/** Whether it is the data of an event of an erased person. */
export function isErased(data: unknown): boolean {
  return Array.isArray(data)
}

/** An event's data as it may be shown: nothing of an erased one. */
export function shownData(data: JsonObject): JsonObject {
  return isErased(data) ? {} : data
}

/**
 * Joins two views of one call. Commutative, associative and idempotent, so that retries, duplicates and late events
 * cannot change a call: see test/core/facts.test.ts.
 */
export function join(a: CallFacts, b: CallFacts): CallFacts {
  const joined: Record<string, Register | Registers> = {}
  for (const [attribute, preference] of ATTRIBUTES) {
    const one = a[attribute]
    const other = b[attribute]
    const winner = one !== undefined && other !== undefined ? stronger(one, other, preference) : (one ?? other)
    if (winner !== undefined) joined[attribute] = winner
  }
  if (a.customer !== undefined || b.customer !== undefined)
    joined.customer = joinMembers(a.customer ?? {}, b.customer ?? {})
  return joined
}

function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/**
 * The first believable instant among members of the data: ISO 8601 with an offset, or epoch milliseconds as a number
 * or digits. A time without an offset names no instant, so it is not believed.
 */
function timeIn(data: JsonObject, members: readonly string[], occurredAt: number): number | null {
  for (const member of members) {
    const instant = instantOf(data[member])
    if (instant !== null && isBelieved(instant, occurredAt)) return instant
  }
  return null
}

function instantOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return Math.floor(value)
  if (typeof value !== 'string') return null
  return /^\d{1,16}$/.test(value) ? Number(value) : parseInstant(value, null)
}

/** Talk time in whole seconds, as a number or as the digits that SDKs send; null when absent or not to be believed. */
function reportedSeconds(data: JsonObject): number | null {
  for (const value of [data.duration, data.callDuration]) {
    const seconds = Math.floor(secondsOf(value) ?? NaN)
    // -0 is 0: no store keeps its sign.
    if (seconds >= 0 && seconds <= LIMITS.durationSeconds) return Math.abs(seconds)
  }
  return null
}

function dispositionOf(data: JsonObject): Disposition | null {
  for (const member of ['status', 'callStatus', 'disposition', 'callEndReason']) {
    const word = data[member]
    const disposition = typeof word === 'string' ? DISPOSITION_WORDS.get(word.toLowerCase()) : undefined
    if (disposition !== undefined) return disposition
  }
  return null
}
