import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { bucketOf, BUCKETS, percentile } from '../../../src/core/analytics/histogram.js'
import { PERCENTILES } from '../../../src/core/analytics/vocabulary.js'

const DAY_SECONDS = 86_400

function countsOf(seconds: readonly number[]): Uint32Array {
  const counts = new Uint32Array(BUCKETS)
  for (const own of seconds) {
    const bucket = bucketOf(own)
    counts[bucket] = (counts[bucket] ?? NaN) + 1
  }
  return counts
}

t.test('a bucket is never wider than a second or a twentieth of its first second, and none is missing', (t) => {
  const firsts: number[] = []
  for (let seconds = 0; seconds <= DAY_SECONDS; seconds++) {
    const bucket = bucketOf(seconds)
    if (bucket === firsts.length) firsts.push(seconds)
    assert.equal(bucket, firsts.length - 1)
  }
  t.equal(firsts.length, BUCKETS)
  for (const [bucket, from] of firsts.entries()) {
    const width = (firsts[bucket + 1] ?? DAY_SECONDS + 1) - from
    assert.ok(width <= Math.max(1, from / 20), `${from} s: ${width} s`)
  }
  t.equal(bucketOf(DAY_SECONDS + 1), bucketOf(DAY_SECONDS), 'what is longer than any call counts as the longest')
  t.end()
})

t.test('a percentile is that of the nearest rank: exact up to 20 s, else at most 2.5 % off', (t) => {
  for (let seconds = 0; seconds <= DAY_SECONDS; seconds++) {
    const told = percentile(countsOf([seconds]), 50) ?? NaN
    assert.ok(Math.abs(told - seconds) <= (seconds <= 20 ? 0 : seconds * 0.025), `${seconds} s: ${told}`)
  }
  const seconds = fc.oneof(fc.nat(60), fc.nat(DAY_SECONDS))
  fc.assert(
    fc.property(
      fc.array(seconds, { minLength: 1, maxLength: 250 }),
      fc.constantFrom(...PERCENTILES, 1, 100),
      (all, percent) => {
        const sorted = [...all].sort((a, b) => a - b)
        // The least value that at least so many of 100 do not exceed.
        const exact = sorted.find((value) => all.filter((own) => own <= value).length * 100 >= percent * all.length)
        const told = percentile(countsOf(all), percent)
        assert.equal(told, percentile(countsOf([exact ?? NaN]), 50))
      },
    ),
  )
  t.equal(percentile(countsOf([]), 50), null, 'of nothing there is none')
  t.end()
})
