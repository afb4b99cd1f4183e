import { statusAt, type Call } from './call.js'
import { formatInstant } from './calendar.js'

/** The instant that calls are read at, and after what time a call without an end reads as expired. */
export interface ReadingTime {
  readonly now: number
  readonly maxCallAgeMs: number
}

/** When the oldest call that is still active can have started: one as old as the maximum reads as expired. */
export function oldestActive({ now, maxCallAgeMs }: ReadingTime): number {
  return now - maxCallAgeMs + 1
}

/** A call as published, times in UTC: what is not known is absent. */
export function publishedCall(call: Call, { now, maxCallAgeMs }: ReadingTime) {
  return {
    sessionId: call.sessionId,
    clientId: call.clientId,
    startTime: formatInstant(call.startAt),
    ...(call.answeredAt !== null && { answeredAt: formatInstant(call.answeredAt) }),
    ...(call.endAt !== null && { endTime: formatInstant(call.endAt) }),
    ...(call.durationSeconds !== null && { duration: call.durationSeconds }),
    ...(call.ringSeconds !== null && { ringSeconds: call.ringSeconds }),
    ...(call.customerAnsweredAt !== null && { customerAnsweredAt: formatInstant(call.customerAnsweredAt) }),
    ...(call.confirmed && { confirmed: true }),
    ...(call.corrected && { corrected: true }),
    ...(call.voided && { voided: true }),
    ...(call.endReason !== null && { endReason: call.endReason }),
    ...(call.agentUserId !== null && { agentUserId: call.agentUserId }),
    ...(call.domain !== null && { domain: call.domain }),
    ...(call.agentNumber !== null && { agentNumber: call.agentNumber }),
    ...(call.phoneNumber !== null && { phoneNumber: call.phoneNumber }),
    ...(call.phoneE164 !== null && { phoneE164: call.phoneE164 }),
    ...(call.virtualNumber !== null && { virtualNumber: call.virtualNumber }),
    ...(call.recordingUrl !== null && { hasRecording: true }),
    callDirection: call.direction,
    ...(call.notes !== null && { notes: call.notes }),
    ...(call.tags.length > 0 && { tags: [...call.tags] }),
    ...(call.disposition !== null && { disposition: call.disposition }),
    ...(call.customerData !== null && { customerData: call.customerData }),
    status: statusAt(call, now, maxCallAgeMs),
  }
}
