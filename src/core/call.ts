import type { CallFacts } from './facts.js'
import { customerNameOf } from './identity.js'
import type { JsonObject } from './json.js'
import { OPERATOR_AUTHORITY, tagsOf } from './operator-facts.js'
import { type Register, valuesOf } from './register.js'
import type { CallStatus, Direction, Disposition } from './vocabulary/calls.js'

/** What a set of facts says of a call, without a clock. Instants are epoch milliseconds; start ≤ answer ≤ end. */
export interface DerivedCall {
  readonly startAt: number
  readonly answeredAt: number | null
  readonly endAt: number | null
  /** See `ringSecondsOf`. */
  readonly ringSeconds: number | null
  /** Whole seconds of talk time; null until the call has ended. */
  readonly durationSeconds: number | null
  readonly direction: Direction
  readonly status: Exclude<CallStatus, 'expired'>
  readonly answered: boolean
  /** Whether the provider said how it ended, and nobody corrected that. */
  readonly confirmed: boolean
  /** Whether somebody said afterwards what it was. */
  readonly corrected: boolean
  /** Whether somebody said that it does not count: it is in no list and no report. */
  readonly voided: boolean
  /** When the customer answered, as the provider tells it: of an outbound call only. */
  readonly customerAnsweredAt: number | null
  readonly phoneNumber: string | null
  /** The agent of the latest `connected`; of the latest event that names one when no `connected` does. */
  readonly agentUserId: string | null
  /** Of the page that reported the call, chosen as the agent is; lower case. */
  readonly domain: string | null
  /** Where the agent was rung. */
  readonly agentNumber: string | null
  /** The provider's number that was called, or shown. */
  readonly virtualNumber: string | null
  readonly endReason: string | null
  /** Where the provider keeps the recording. */
  readonly recordingUrl: string | null
  readonly notes: string | null
  readonly tags: readonly string[]
  /** What the call came to, in the client's own words. */
  readonly disposition: string | null
  readonly customerId: string | null
  readonly customerData: JsonObject | null
}

export interface Call extends DerivedCall {
  readonly clientId: string
  readonly sessionId: string
  /** The customer's number as E.164; null where it is none. */
  readonly phoneE164: string | null
}

/** Whether anything says when the call was: what people note of it does not. */
export function hasBegun({ start, end }: CallFacts): boolean {
  return start !== undefined || end !== undefined
}

/** The call that facts make; null while nothing says when it was. */
export function begunCall(facts: CallFacts | null): DerivedCall | null {
  return facts === null || !hasBegun(facts) ? null : deriveCall(facts)
}

export function deriveCall(facts: CallFacts): DerivedCall {
  const endAt = facts.end?.[0] ?? null
  const { startAt, answeredAt } = beginOf(facts, endAt)
  const reported = facts.endDuration?.[0]
  const answered = facts.answered?.[0] ?? (answeredAt !== null || (reported !== undefined && reported > 0))
  const direction = facts.direction?.[0] ?? facts.impliedDirection?.[0] ?? 'outbound'
  const customerData = facts.customer === undefined ? {} : valuesOf(facts.customer)
  return {
    startAt,
    answeredAt,
    endAt,
    ringSeconds: ringSecondsOf({ startAt, answeredAt, endAt, answered }),
    durationSeconds: endAt === null ? null : (reported ?? talkSeconds(answeredAt, endAt) ?? facts.duration?.[0] ?? 0),
    direction,
    status: endAt === null ? 'active' : (dispositionOf(facts) ?? outcomeOf(answered, direction)),
    answered,
    confirmed: facts.answered !== undefined && facts.answered[1] < OPERATOR_AUTHORITY,
    corrected: CORRECTABLE.some((attribute) => isOperators(facts[attribute])),
    voided: facts.voided?.[0] ?? false,
    customerAnsweredAt: direction === 'outbound' && facts.conversation !== undefined ? answeredAt : null,
    phoneNumber: facts.phone?.[0] ?? null,
    agentUserId: facts.agent?.[0] ?? null,
    domain: facts.domain?.[0] ?? null,
    agentNumber: facts.agentNumber?.[0] ?? null,
    virtualNumber: facts.virtualNumber?.[0] ?? null,
    endReason: facts.endReason?.[0] ?? null,
    recordingUrl: facts.recording?.[0] ?? null,
    notes: facts.notes?.[0] ?? null,
    tags: tagsOf(facts.tags?.[0] ?? null),
    disposition: facts.dispositionCode?.[0] ?? null,
    customerId: customerNameOf(customerData.customerId),
    customerData: Object.keys(customerData).length === 0 ? null : customerData,
  }
}

/** What somebody can correct of a call, of the claims that a report counts it by. */
const CORRECTABLE = ['start', 'end', 'endDuration', 'answered', 'direction'] as const

function isOperators(claim: Register | undefined): boolean {
  return claim !== undefined && claim[1] >= OPERATOR_AUTHORITY
}

/** What says how the call ended: where the provider says that the two talked, not what somebody weaker says that they did not. */
export function dispositionOf({ disposition, answered }: CallFacts): Disposition | undefined {
  if (disposition === undefined || answered === undefined) return disposition?.[0]
  const overruled = answered[1] > disposition[1] && (answered[0] || isOperators(answered))
  return overruled ? undefined : disposition[0]
}

/**
 * Whole seconds from a call's start to its answer or, if nobody answered, to its end; null while it rings. Null as well where
 * the two are one instant: then the start is known from nothing but the answer or the end, and how long it rang is not known.
 */
export function ringSecondsOf(call: Pick<DerivedCall, 'startAt' | 'answeredAt' | 'endAt' | 'answered'>): number | null {
  const until = call.answered ? call.answeredAt : call.endAt
  return until === null || until === call.startAt ? null : Math.floor((until - call.startAt) / 1000)
}

/**
 * How a call's status reads at an instant. A call that has not ended in `maxCallAgeMs` never will: its end was lost.
 * Derived when read, so that nothing has to sweep and a late end still completes the call.
 */
export function statusAt(call: Pick<DerivedCall, 'status' | 'startAt'>, now: number, maxCallAgeMs: number): CallStatus {
  return call.status === 'active' && now - call.startAt >= maxCallAgeMs ? 'expired' : call.status
}

/**
 * A call of which only the end was reported began its duration before that. Clocks disagree, so the bounds are put in
 * order here, where it costs the join nothing: the end bounds the start, and both bound the answer.
 */
function beginOf(facts: CallFacts, endAt: number | null): Pick<DerivedCall, 'startAt' | 'answeredAt'> {
  const latest = endAt ?? Infinity
  const reportedMs = (facts.endDuration?.[0] ?? 0) * 1000
  const startAt = Math.min(facts.start?.[0] ?? (endAt ?? 0) - reportedMs, latest)
  // What a browser takes for the answer is the agent's own leg: the provider tells when the two began to talk, or that they never did.
  const answer = facts.answered?.[0] === false ? undefined : (facts.conversation ?? facts.answer)?.[0]
  return { startAt, answeredAt: answer === undefined ? null : Math.min(Math.max(answer, startAt), latest) }
}

function talkSeconds(answeredAt: number | null, endAt: number): number | null {
  return answeredAt === null ? null : Math.floor((endAt - answeredAt) / 1000)
}

function outcomeOf(answered: boolean, direction: Direction): 'completed' | 'missed' | 'no-answer' {
  if (answered) return 'completed'
  return direction === 'inbound' ? 'missed' : 'no-answer'
}
