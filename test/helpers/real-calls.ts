import fc from 'fast-check'
import type { CallEvent } from '../../src/core/facts.js'
import type { JsonObject } from '../../src/core/json.js'
import { PROVIDER_TIMEZONE } from '../../src/core/provider/payload.js'
import { formatForSheet } from '../../src/core/calendar.js'
import { CALL_FLOWS, callFlows, type CallFlow } from '../../src/docs/call-flows.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { OPEN_RANGE } from '../../src/core/range.js'
import { BASE_MS } from './events.js'
import { AS_JSON, callsIn } from './rows.js'
import { seeded, shuffled } from './seeded.js'

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

/** How many calls the recorded day has. */
const DAY_CALLS = 10_000
const LOST = 0.05

/** Ten hours of calls of all flows, and what arrives of their reports: some of either side is lost, and nothing in order. */
export function lossyDay(): { readonly calls: readonly RealCall[]; readonly arrived: readonly CallEvent[] } {
  const random = seeded(20251012)
  const calls = Array.from({ length: DAY_CALLS }, (_, i) =>
    realCall(`D${String(i)}`, BASE_MS + Math.floor(random() * 36_000) * 1000, Math.floor(random() * CALL_FLOWS.length)),
  )
  const kept = (events: readonly CallEvent[]) => events.filter(() => random() >= LOST)
  const arrived = calls.flatMap(({ browser, reports }) => [...kept(browser), ...kept(reports)])
  return { calls, arrived: shuffled(arrived, random) }
}

/** How many calls a client has, and which of these are not as they really were. */
export async function judged(storage: Storage, clientId: string, calls: readonly RealCall[]) {
  const exported = []
  for (let after: { startAt: number; number: number } | null = null; ;) {
    const chunk = await storage.exportChunk({ clientId, range: OPEN_RANGE, after, limit: 500, rows: AS_JSON })
    if (chunk.after === null) break
    exported.push(...callsIn(chunk.rows))
    after = chunk.after
  }
  const bySession = new Map(exported.map((call) => [call.sessionId, call]))
  const wrong = calls.filter((call) => !isRight(call, bySession.get(`session-${call.callSid}`)))
  return {
    stored: exported.length,
    wrong: wrong.map(({ flow, callSid }) => [callSid, flow.name, bySession.get(`session-${callSid}`)]),
  }
}

/** What of a call anybody is billed by, or rung back for. */
export function isRight({ flow, startAt }: RealCall, call: ReturnType<typeof callsIn>[number] | undefined): boolean {
  const { direction, status, talkSeconds } = flow.outcome
  return (
    call !== undefined &&
    call.confirmed === true &&
    call.callDirection === direction &&
    (call.status === 'completed') === (status === 'completed') &&
    call.status !== 'active' &&
    call.duration === talkSeconds &&
    Date.parse(call.startTime) === startAt &&
    call.phoneE164 === '+919876543210'
  )
}

export async function recordAll(storage: Storage, events: readonly NewEvent[]): Promise<void> {
  for (let i = 0; i < events.length; i += 1000) await storage.recordAll(events.slice(i, i + 1000))
}
