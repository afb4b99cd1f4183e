/**
 * What Exotel says of a call from within its flow: while an agent's phone rings, between applets, and by integrations. Sources:
 * support.exotel.com, "Working with Passthru applet", "How to get answered event in CRM"; Exotel's integration callbacks.
 */
import { directionIn } from '../identity.js'
import { isObject, type Json, type JsonObject } from '../json.js'
import type { Disposition } from '../vocabulary/calls.js'
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
import { FLOW_ENDS, INTEGRATION_ENDS } from './words.js'

/**
 * A Connect applet dials an agent, rings, and is answered or not. Its direction is that of the agent's leg, whatever the
 * caller's: such a flow takes calls that come in. `free` means that the agent was released, and says nothing of the call.
 */
export function popup(payload: JsonObject, at: number): ProviderClaim {
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

export function passthru(payload: JsonObject, at: number): ProviderClaim {
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

export function integrationCallback(payload: JsonObject, at: number): ProviderClaim {
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
