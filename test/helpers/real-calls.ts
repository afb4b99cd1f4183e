import fc from 'fast-check'
import type { CallEvent } from '../../src/core/facts.js'
import type { JsonObject } from '../../src/core/json.js'
import { PROVIDER_TIMEZONE } from '../../src/core/vocabulary.js'
import { formatForSheet } from '../../src/core/calendar.js'
import { CALL_FLOWS, callFlows, type CallFlow } from '../../src/docs/call-flows.js'
import { BASE_MS } from './events.js'

/** A call as it really was, and what is reported of it. */
export interface RealCall {
  readonly callSid: string
  readonly startAt: number
  readonly flow: CallFlow
  readonly browser: readonly CallEvent[]
  readonly reports: readonly CallEvent[]
  /** What Exotel's API tells of it afterwards. */
  readonly details: JsonObject
}

/** @param kind which flow it takes, any whole number */
export function realCall(callSid: string, startAt: number, kind: number): RealCall {
  const flow = callFlows(startAt)[kind % CALL_FLOWS.length] as CallFlow
  const browser = flow.browser.map(([at, event, data = {}, agentUserId]): CallEvent => ({
    event,
    source: 'ribbon',
    occurredAt: startAt + at * 1000,
    data: { ...data, callSid },
    context: agentUserId === undefined ? {} : { agentUserId },
  }))
  const reports = flow.provider.map(([at, event, payload]): CallEvent => ({
    event,
    source: 'provider',
    occurredAt: startAt + at * 1000,
    data: { ...payload, CallSid: callSid },
    context: {},
  }))
  return { callSid, startAt, flow, browser, reports, details: detailsOf(callSid, startAt, flow) }
}

/** As Exotel's records have it: it knows the legs, and nothing of what an agent did in the browser. */
function detailsOf(callSid: string, startAt: number, { outcome }: CallFlow): JsonObject {
  const { direction, status, talkSeconds, ringSeconds } = outcome
  const answered = status === 'completed'
  const time = (seconds: number) => formatForSheet(PROVIDER_TIMEZONE, startAt + seconds * 1000)
  const total = (ringSeconds ?? 0) + talkSeconds
  const inbound = direction === 'inbound'
  return {
    Sid: callSid,
    Status: answered || inbound ? 'completed' : ['busy', 'failed'].includes(status) ? status : 'no-answer',
    Direction: inbound ? 'inbound' : 'outbound-api',
    From: inbound ? '09876543210' : '09812345678',
    To: inbound ? '08041234567' : '09876543210',
    PhoneNumberSid: '08041234567',
    StartTime: time(0),
    EndTime: time(total),
    Duration: String(total),
    Details: {
      ConversationDuration: talkSeconds,
      Leg1Status: 'completed',
      Leg2Status: answered ? 'completed' : 'no-answer',
    },
  }
}

/** A few real calls over some weeks; of what is reported some is lost, some comes twice, and nothing in order. */
export const realStream: fc.Arbitrary<CallEvent[]> = fc
  .array(fc.tuple(fc.nat(CALL_FLOWS.length - 1), fc.integer({ min: 0, max: 40 * 96 })), { minLength: 1, maxLength: 8 })
  .chain((calls) => {
    const events = calls.flatMap(([kind, quarters], i) => {
      const { browser, reports } = realCall(`CA${String(i)}`, BASE_MS + quarters * 900_000, kind)
      return [...browser, ...reports]
    })
    return fc.shuffledSubarray(events, { minLength: Math.floor(events.length / 2) })
  })
