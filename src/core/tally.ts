import type { DerivedCall } from './call.js'
import { DURATION_BUCKETS } from './vocabulary/calls.js'

/** What a report counts of a call. */
export type CountedCall = Pick<
  DerivedCall,
  'startAt' | 'direction' | 'durationSeconds' | 'answered' | 'confirmed' | 'status'
>

/**
 * What is counted of calls. All but `calls`, `inbound`, `outbound` and `openAnswered` count among ended calls, so that a rate
 * never exceeds 1 while calls are in progress. `missed` counts inbound calls that nobody answered, rejected ones included;
 * `confirmed` those whose end the provider told; `rejected` those that nobody answered and somebody turned down, in either direction; `seconds` what ended calls lasted. Each
 * ended call is in one duration bucket.
 *
 * What is told of talk time follows from what is counted of unanswered calls, which mostly last 0 seconds: counters that are 0
 * take no room. The list grows at its end: days that are kept have these columns.
 */
export const COUNTERS = [
  'calls',
  'inbound',
  'outbound',
  'answered',
  'missed',
  'ended',
  'seconds',
  ...DURATION_BUCKETS.map((bucket) => bucket.counter),
  'openAnswered',
  'rejected',
  'rejectedInbound',
  'unansweredSeconds',
  ...DURATION_BUCKETS.map((bucket) => bucket.unanswered),
  'confirmed',
] as const
export type Counter = (typeof COUNTERS)[number]

/** A vector of counters. Tallies add and subtract, counter by counter. */
export type Tally = Readonly<Record<Counter, number>>

export const ZERO: Tally = {
  calls: 0,
  inbound: 0,
  outbound: 0,
  answered: 0,
  missed: 0,
  ended: 0,
  seconds: 0,
  under30s: 0,
  under1m: 0,
  under3m: 0,
  under5m: 0,
  over5m: 0,
  openAnswered: 0,
  rejected: 0,
  rejectedInbound: 0,
  unansweredSeconds: 0,
  unansweredUnder30s: 0,
  unansweredUnder1m: 0,
  unansweredUnder3m: 0,
  unansweredUnder5m: 0,
  unansweredOver5m: 0,
  confirmed: 0,
}

/** What one call adds to every tally it belongs to. */
export function contribution(call: Omit<CountedCall, 'startAt'>): Tally {
  const { direction, durationSeconds: seconds, answered, confirmed, status } = call
  const counted = { ...ZERO, calls: 1, [direction]: 1 }
  if (seconds === null) {
    if (answered) counted.openAnswered = 1
    return counted
  }
  counted.ended = 1
  counted.seconds = seconds
  if (confirmed) counted.confirmed = 1
  for (const bucket of DURATION_BUCKETS) {
    if (seconds < bucket.fromSeconds || seconds >= bucket.toSeconds) continue
    counted[bucket.counter] = 1
    if (!answered) counted[bucket.unanswered] = 1
  }
  if (answered) {
    counted.answered = 1
    return counted
  }
  const isInbound = direction === 'inbound'
  counted.unansweredSeconds = seconds
  if (isInbound) counted.missed = 1
  if (status === 'rejected') {
    counted.rejected = 1
    if (isInbound) counted.rejectedInbound = 1
  }
  return counted
}
