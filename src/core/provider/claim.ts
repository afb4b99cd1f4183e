/**
 * What each of Exotel's reports says of a call. Sources: developer.exotel.com, "StatusCallback", "Call details";
 * support.exotel.com, "Working with Passthru applet", "How to get answered event in CRM"; Exotel's integration callbacks.
 */
import { directionIn, nameOf } from '../identity.js'
import { isObject, type Json, type JsonObject } from '../json.js'
import { LIMITS, type Direction, type Disposition, type ProviderEvent } from '../vocabulary.js'
import { legsIn, secondsIn, textIn, timeIn, wordIn } from './payload.js'
import { FLOW_ENDS, INTEGRATION_ENDS, STATUS_ENDS } from './words.js'

/** A report of Exotel's, in the words of this product. What it does not say is null. Instants are epoch milliseconds. */
interface ProviderClaim {
  readonly direction: Direction | null
  /** The other party's number. */
  readonly phone: string | null
  /** The number of Exotel's that was called, or that the call shows: neither party. */
  readonly virtualNumber: string | null
  /** The number, or SIP address, at which the agent was rung. */
  readonly agentNumber: string | null
  readonly startAt: number | null
  /** When the two parties began to talk. */
  readonly answeredAt: number | null
  /** Whether that was seen as it happened, and not worked out from the end. */
  readonly answerSeen: boolean
  readonly endAt: number | null
  /** Whole seconds for which they talked. */
  readonly talkSeconds: number | null
  /** Whether the call is over. */
  readonly isOver: boolean
  /** Whether they talked, once it is over and that is told. */
  readonly answered: boolean | null
  readonly disposition: Disposition | null
  readonly endReason: string | null
  readonly recordingUrl: string | null
}

const NOTHING: ProviderClaim = {
  direction: null,
  phone: null,
  virtualNumber: null,
  agentNumber: null,
  startAt: null,
  answeredAt: null,
  answerSeen: false,
  endAt: null,
  talkSeconds: null,
  isOver: false,
  answered: null,
  disposition: null,
  endReason: null,
  recordingUrl: null,
}

type Read = (payload: JsonObject, at: number) => ProviderClaim

const READERS: Readonly<Record<ProviderEvent, Read>> = {
  popup,
  passthru,
  integrationCallback,
  statusCallback,
  callDetails,
}

/** @param at when it was reported, in epoch milliseconds: what a report says of "now" is then */
export function claimOf(event: ProviderEvent, payload: JsonObject, at: number): ProviderClaim {
  return READERS[event](payload, at)
}

/** Exotel's id of the call that a report is about; null when it names none. */
export function callSidOf(event: string, payload: JsonObject): string | null {
  return nameOf(textIn(payload, event === 'callDetails' ? 'Sid' : 'CallSid') ?? undefined, LIMITS.callIdLength)
}

/**
 * A Connect applet dials an agent, rings, and is answered or not. Its direction is that of the agent's leg, whatever the
 * caller's: such a flow takes calls that come in. `free` means that the agent was released, and says nothing of the call.
 */
function popup(payload: JsonObject, at: number): ProviderClaim {
  const isAnswered = wordIn(payload, 'EventType') === 'answered'
  return {
    ...NOTHING,
    direction: 'inbound',
    phone: numberIn(payload, 'CallFrom', 'From'),
    virtualNumber: numberIn(payload, 'CallTo', 'To'),
    agentNumber: numberIn(payload, 'DialWhomNumber'),
    startAt: timeIn(payload, 'Created', 'StartTime'),
    answeredAt: isAnswered ? (timeIn(payload, 'CurrentTime') ?? at) : null,
    answerSeen: isAnswered,
  }
}

/** What a flow came to, by `CallType`. */
const PASSTHRU_ENDS: ReadonlySet<string> = new Set(FLOW_ENDS)

function passthru(payload: JsonObject, at: number): ProviderClaim {
  const direction = directionIn(payload.Direction)
  const callType = wordIn(payload, 'CallType')
  const dialled = wordIn(payload, 'DialCallStatus')
  const legs = legsIn(payload)
  const leg = legs.find((one) => (secondsIn(one, 'OnCallDuration') ?? 0) > 0) ?? legs.at(-1) ?? {}
  const talked = secondsIn(leg, 'OnCallDuration')
  const endAt = timeIn(payload, 'EndTime')
  const isOver = endAt !== null || dialled !== null || PASSTHRU_ENDS.has(callType ?? '')
  const answered = dialled !== null ? dialled === 'completed' && talked !== 0 : callType === 'completed'
  const parties = partiesOf(direction, numberIn(payload, 'CallFrom', 'From'), numberIn(payload, 'CallTo', 'To'))
  return {
    ...NOTHING,
    direction,
    // An inbound call's flow is called by its virtual number, and dials the agent.
    phone: parties.phone,
    virtualNumber: direction === 'inbound' ? parties.agentNumber : numberIn(payload, 'OutgoingPhoneNumber'),
    agentNumber: direction === 'inbound' ? numberIn(payload, 'DialWhomNumber') : parties.agentNumber,
    startAt: timeIn(payload, 'StartTime', 'Created'),
    ...(isOver && {
      ...outcome({ answered, talkSeconds: talked, endAt: endAt ?? timeIn(payload, 'CurrentTime') ?? at }),
      disposition: answered ? null : dispositionOf(dialled),
      endReason: reasonOf(textIn(leg, 'CauseCode', 'Cause') ?? (callType === 'completed' ? null : callType)),
    }),
    recordingUrl: recordingIn(payload, 'RecordingUrl', 'RecordingAvailableBy'),
  }
}

/** How an integration's call ended. Anything else, `free` among it, says that a leg is over and nothing of the outcome. */
const INTEGRATION_OUTCOMES: Readonly<
  Record<(typeof INTEGRATION_ENDS)[number], { readonly answered: boolean; readonly disposition: Disposition | null }>
> = {
  completed: { answered: true, disposition: null },
  to_leg_unanswered: { answered: false, disposition: null },
  from_leg_unanswered: { answered: false, disposition: null },
  from_leg_cancelled: { answered: false, disposition: 'canceled' },
  failed: { answered: false, disposition: 'failed' },
}

function integrationCallback(payload: JsonObject, at: number): ProviderClaim {
  const direction = directionIn(payload.Direction)
  const status = wordIn(payload, 'CallStatus')
  const known = INTEGRATION_ENDS.find((word) => word === status)
  const end = wordIn(payload, 'CallState') === 'terminal' && known ? INTEGRATION_OUTCOMES[known] : undefined
  const total = secondsIn(payload, 'TotalDuration')
  const startAt = timeIn(payload, 'StartTime')
  return {
    ...NOTHING,
    direction,
    ...partiesOf(direction, numberIn(payload, 'FromNumber'), numberIn(payload, 'ToNumber')),
    virtualNumber: numberIn(payload, 'VirtualNumber'),
    startAt,
    ...(end !== undefined && {
      // The total counts from the first ring: it tells when the call was over, and not how long they talked.
      ...outcome({
        answered: end.answered,
        talkSeconds: null,
        endAt: timeIn(payload, 'EndTime') ?? (startAt !== null && total !== null ? startAt + total * 1000 : at),
      }),
      disposition: end.disposition,
      endReason: end.answered ? null : reasonOf(status),
    }),
    recordingUrl: recordingIn(payload, 'RecordingUrl') ?? recordingOfLegs(payload),
  }
}

function recordingOfLegs({ CallRecordings: recordings }: JsonObject): string | null {
  const [first] = (Array.isArray(recordings) ? recordings : [recordings]) as (Json | undefined)[]
  return isObject(first) ? recordingIn(first, 'url', 'Url', 'RecordingUrl') : recordingIn({ first }, 'first')
}

function statusCallback(payload: JsonObject, at: number): ProviderClaim {
  const told = toldOfBoth(payload, 'ConversationDuration')
  if (wordIn(payload, 'EventType') !== 'answered') return ended(told, payload, at)
  return { ...told, answeredAt: timeIn(payload, 'DateUpdated') ?? at, answerSeen: true }
}

/** `queued`, `in-progress` and whatever else is no end: the call goes on. */
const ENDS: ReadonlySet<string> = new Set(STATUS_ENDS)

/** What Exotel's API tells of a call; its details stand in an object of their own. */
function callDetails(payload: JsonObject, at: number): ProviderClaim {
  const all = isObject(payload.Details) ? { ...payload, ...payload.Details } : payload
  const leg2 = textIn(all, 'Leg2Status')
  const legs = leg2 === null ? {} : { Legs: [{ Status: textIn(all, 'Leg1Status') }, { Status: leg2 }] }
  return ended(toldOfBoth(all, 'ConversationDuration'), { ...legs, ...all }, at)
}

function toldOfBoth(payload: JsonObject, conversation: string): ProviderClaim {
  const direction = directionIn(payload.Direction)
  const virtualNumber = numberIn(payload, 'PhoneNumberSid', 'PhoneNumber')
  const parties = partiesOf(direction, numberIn(payload, 'From'), numberIn(payload, 'To'))
  return {
    ...NOTHING,
    direction,
    virtualNumber,
    phone: otherThan(virtualNumber, parties.phone),
    agentNumber: otherThan(virtualNumber, parties.agentNumber),
    startAt: timeIn(payload, 'StartTime', 'DateCreated'),
    talkSeconds: secondsIn(payload, conversation),
    recordingUrl: recordingIn(payload, 'RecordingUrl'),
  }
}

/**
 * The verdict on a call that is over. `completed` at the top says that the first leg was answered: whether the two talked is
 * told by the second leg, else by how long. Where neither is told there is no verdict on an inbound call, whose first leg is the
 * caller's own.
 */
function ended(told: ProviderClaim, payload: JsonObject, at: number): ProviderClaim {
  const status = wordIn(payload, 'Status')
  if (status === null || !ENDS.has(status)) return told
  const second = legsIn(payload)[1]
  const talkSeconds = told.talkSeconds ?? (second === undefined ? null : secondsIn(second, 'OnCallDuration'))
  const answered = status === 'completed' ? wasAnswered(second, talkSeconds, told.direction) : false
  const duration = secondsIn(payload, 'Duration')
  const endAt = timeIn(payload, 'EndTime')
  const fromStart = told.startAt !== null && duration !== null ? told.startAt + duration * 1000 : null
  return {
    ...told,
    ...outcome({ answered, talkSeconds, endAt: endAt ?? fromStart ?? timeIn(payload, 'DateUpdated') ?? at }),
    disposition: dispositionOf(status),
    endReason: answered === true ? null : reasonOf(second === undefined ? null : textIn(second, 'Cause', 'CauseCode')),
  }
}

function wasAnswered(
  second: JsonObject | undefined,
  talkSeconds: number | null,
  direction: Direction | null,
): boolean | null {
  const status = second === undefined ? null : wordIn(second, 'Status')
  if (status !== null) return status === 'completed'
  if (talkSeconds !== null) return talkSeconds > 0
  return direction === 'inbound' ? null : true
}

function outcome(end: {
  readonly answered: boolean | null
  readonly talkSeconds: number | null
  readonly endAt: number
}): Pick<ProviderClaim, 'isOver' | 'answered' | 'talkSeconds' | 'endAt' | 'answeredAt'> {
  const { answered, endAt } = end
  const talkSeconds = answered === false ? 0 : end.talkSeconds
  const answeredAt = answered === true && talkSeconds !== null ? endAt - talkSeconds * 1000 : null
  return { isOver: true, answered, talkSeconds, endAt, answeredAt }
}

const DISPOSITION_WORDS: ReadonlyMap<string, Disposition> = new Map([
  ['busy', 'busy'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
])

function dispositionOf(status: string | null): Disposition | null {
  return DISPOSITION_WORDS.get(status ?? '') ?? null
}

/** Who is who: the first number is the caller's, who on an outbound call is the agent. */
function partiesOf(
  direction: Direction | null,
  from: string | null,
  to: string | null,
): Pick<ProviderClaim, 'phone' | 'agentNumber'> {
  if (direction === null) return { phone: null, agentNumber: null }
  return direction === 'inbound' ? { phone: from, agentNumber: to } : { phone: to, agentNumber: from }
}

function otherThan(virtualNumber: string | null, number: string | null): string | null {
  return number === virtualNumber ? null : number
}

function numberIn(payload: JsonObject, ...members: readonly string[]): string | null {
  return nameOf(textIn(payload, ...members) ?? undefined, LIMITS.phoneNumberLength)
}

function reasonOf(text: string | null): string | null {
  return nameOf(text ?? undefined, LIMITS.endReasonLength)
}

/** An address on the web; whose it may be is asked before anything is fetched. */
function recordingIn(payload: JsonObject, ...members: readonly string[]): string | null {
  const text = textIn(payload, ...members)
  return text !== null && /^https?:\/\//i.test(text) ? nameOf(text, LIMITS.recordingUrlLength) : null
}
