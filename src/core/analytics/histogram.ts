/**
 * How long things took, as counts by buckets of seconds, which add and subtract like every tally. A bucket is one second wide up
 * to twenty seconds, and then never wider than a twentieth of its first second: a percentile read from it is exact for what is
 * short, and else at most 2.5 % off.
 */
import { LIMITS } from '../limits.js'

const WIDEST_SHARE = 0.05

/** The first second of each bucket, and the one behind the last. */
const BOUNDS = bounds()
export const BUCKETS = BOUNDS.length - 1
const BUCKET_OF = bucketOfSeconds()

function bounds(): readonly number[] {
  const all: number[] = []
  for (let from = 0; from <= LIMITS.durationSeconds; from += Math.max(1, Math.floor(from * WIDEST_SHARE)))
    all.push(from)
  return [...all, LIMITS.durationSeconds + 1]
}

function bucketOfSeconds(): Uint8Array {
  const buckets = new Uint8Array(LIMITS.durationSeconds + 1)
  for (let bucket = 0; bucket < BUCKETS; bucket++) buckets.fill(bucket, BOUNDS[bucket], BOUNDS[bucket + 1])
  return buckets
}

/** @param seconds whole, from 0; what is longer than any call counts as the longest */
export function bucketOf(seconds: number): number {
  return BUCKET_OF[Math.min(seconds, LIMITS.durationSeconds)] as number
}

/**
 * The nearest-rank percentile of what was counted, in seconds: the middle of the bucket in which it lies.
 * @param counts by bucket
 * @param percent above 0, up to 100
 * @returns null when nothing was counted
 */
export function percentile(counts: ArrayLike<number>, percent: number): number | null {
  let total = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) total += counts[bucket] as number
  if (total === 0) return null
  const rank = Math.ceil((total * percent) / 100)
  let bucket = 0
  for (let seen = counts[0] as number; seen < rank; seen += counts[bucket] as number) bucket += 1
  const [from, to] = [BOUNDS[bucket], BOUNDS[bucket + 1]] as [number, number]
  return Math.floor((from + to - 1) / 2)
}
