/** Words of the core as the small numbers that rows hold. Lists of words only ever grow at their end. */
import type { DerivedCall } from '../../core/call.js'
import { CALL_STATUSES, type CallStatus, type Direction, DIRECTIONS } from '../../core/vocabulary/calls.js'

/** 0 is none. */
export function directionCode(direction: Direction | null): number {
  return direction === null ? 0 : DIRECTIONS.indexOf(direction) + 1
}

/** Of a code that is not 0. */
export function directionOfCode(code: number): Direction {
  return DIRECTIONS[code - 1] as Direction
}

export function statusCode(status: CallStatus): number {
  return CALL_STATUSES.indexOf(status)
}

export function statusOfCode(code: number): CallStatus {
  return CALL_STATUSES[code] as CallStatus
}

/** Bits of a call's `answered`: see `CallRow`. */
export const ANSWERED = 1
export const CONFIRMED = 2
export const CUSTOMER_ANSWERED = 4
export const CORRECTED = 8
/** The highest of them, so that a call counts whose `answered` is less. */
export const VOIDED = 16
/** What is true of the rows of calls that count. */
export const COUNTS = `answered < ${String(VOIDED)}`

export function answeredCode(call: DerivedCall): number {
  return (
    (call.answered ? ANSWERED : 0) |
    (call.confirmed ? CONFIRMED : 0) |
    (call.customerAnsweredAt === null ? 0 : CUSTOMER_ANSWERED) |
    (call.corrected ? CORRECTED : 0) |
    (call.voided ? VOIDED : 0)
  )
}
