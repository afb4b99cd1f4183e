/** What Exotel says of a call as a whole. Sources: developer.exotel.com, "StatusCallback", "Call details". */
import { directionIn } from '../identity.js'
import { isObject, type JsonObject } from '../json.js'
import type { Direction } from '../vocabulary/calls.js'
import {
  dispositionOf,
  NOTHING,
  numberIn,
  outcome,
  partiesOf,
  type ProviderClaim,
  reasonOf,
  recordingIn,
} from './claim-parts.js'
import { legsIn, secondsIn, textIn, timeIn, wordIn } from './payload.js'
import { STATUS_ENDS } from './words.js'

export function statusCallback(payload: JsonObject, at: number): ProviderClaim {
  const told = toldOfBoth(payload, 'ConversationDuration')
  if (wordIn(payload, 'EventType') !== 'answered') return ended(told, payload, at)
  return { ...told, answeredAt: timeIn(payload, 'DateUpdated') ?? at, answerSeen: true }
}

/** `queued`, `in-progress` and whatever else is no end: the call goes on. */
const ENDS: ReadonlySet<string> = new Set(STATUS_ENDS)

/** What Exotel's API tells of a call; its details stand in an object of their own. */
export function callDetails(payload: JsonObject, at: number): ProviderClaim {
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

function otherThan(virtualNumber: string | null, number: string | null): string | null {
  return number === virtualNumber ? null : number
}
