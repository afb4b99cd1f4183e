import type { DerivedCall } from './call.js'
import { DURATION_BUCKETS } from './vocabulary.js'

/**
 * What is counted of calls. `answered` and `missed` count among ended calls, so that a rate never exceeds 1 while
 * calls are in progress; `seconds` is the talk time of ended calls, and each ended call is in one duration bucket.
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
] as const
export type Counter = (typeof COUNTERS)[number]

/** A vector of counters. Tallies are a commutative group under `add`, with `ZERO` and `subtract`. */
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
}

export function add(a: Tally, b: Tally): Tally {
  return addScaled(a, b, 1)
}

export function subtract(a: Tally, b: Tally): Tally {
  return addScaled(a, b, -1)
}

/** Written out counter by counter: each event adds several tallies, and looking members up by name shows. */
function addScaled(a: Tally, b: Tally, scale: 1 | -1): Tally {
  return {
    calls: a.calls + scale * b.calls,
    inbound: a.inbound + scale * b.inbound,
    outbound: a.outbound + scale * b.outbound,
    answered: a.answered + scale * b.answered,
    missed: a.missed + scale * b.missed,
    ended: a.ended + scale * b.ended,
    seconds: a.seconds + scale * b.seconds,
    under30s: a.under30s + scale * b.under30s,
    under1m: a.under1m + scale * b.under1m,
    under3m: a.under3m + scale * b.under3m,
    under5m: a.under5m + scale * b.under5m,
    over5m: a.over5m + scale * b.over5m,
  }
}

export function isZero(tally: Tally): boolean {
  return COUNTERS.every((counter) => tally[counter] === 0)
}

/** What one call adds to every tally it belongs to. */
export function contribution(call: Pick<DerivedCall, 'direction' | 'durationSeconds' | 'answered'>): Tally {
  const counted = { ...ZERO, calls: 1, [call.direction]: 1 }
  if (call.durationSeconds === null) return counted
  const seconds = call.durationSeconds
  counted.ended = 1
  counted.seconds = seconds
  if (call.answered) counted.answered = 1
  else if (call.direction === 'inbound') counted.missed = 1
  for (const bucket of DURATION_BUCKETS) {
    if (seconds >= bucket.fromSeconds && seconds < bucket.toSeconds) counted[bucket.counter] = 1
  }
  return counted
}
