import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { add, contribution, COUNTERS, isZero, subtract, ZERO, type Tally } from '../../src/core/tally.js'
import { DURATION_BUCKETS } from '../../src/core/vocabulary.js'

const tally = fc
  .array(fc.integer({ min: -1000, max: 1_000_000 }), { minLength: COUNTERS.length, maxLength: COUNTERS.length })
  .map((counts) => Object.fromEntries(COUNTERS.map((counter, index) => [counter, counts[index]])) as Tally)

t.test('tallies are a commutative group', (t) => {
  fc.assert(
    fc.property(tally, tally, tally, (a, b, c) => {
      assert.deepEqual(add(a, b), add(b, a))
      assert.deepEqual(add(add(a, b), c), add(a, add(b, c)))
      assert.deepEqual(add(a, ZERO), a)
      assert.deepEqual(subtract(add(a, b), b), a)
      assert.ok(isZero(subtract(a, a)))
    }),
    { numRuns: 200 },
  )
  t.end()
})

t.test('a tally is zero only when each counter is', async (t) => {
  t.ok(isZero(ZERO))
  t.same(Object.keys(ZERO), COUNTERS)
  for (const counter of COUNTERS) t.notOk(isZero({ ...ZERO, [counter]: -1 }))
})

const ended = { direction: 'inbound', answered: true, durationSeconds: 60 } as const

t.test('a call contributes itself once to each counter it falls under', async (t) => {
  const inbound = { ...ZERO, calls: 1, inbound: 1 }
  const outbound = { ...ZERO, calls: 1, outbound: 1 }
  t.same(contribution(ended), { ...inbound, ended: 1, answered: 1, seconds: 60, under3m: 1 })
  t.same(contribution({ ...ended, durationSeconds: null }), inbound)
  const unanswered = { answered: false, durationSeconds: 0 }
  t.same(contribution({ ...unanswered, direction: 'inbound' }), { ...inbound, ended: 1, missed: 1, under30s: 1 })
  t.same(contribution({ ...unanswered, direction: 'outbound' }), { ...outbound, ended: 1, under30s: 1 })
})

t.test('every duration is in exactly one bucket, whose lower bound is its own', async (t) => {
  for (const seconds of [0, 29, 30, 59, 60, 179, 180, 299, 300, 86_400]) {
    const counted = contribution({ ...ended, durationSeconds: seconds })
    const buckets = DURATION_BUCKETS.filter(({ counter }) => counted[counter] === 1)
    t.equal(buckets.length, 1)
    t.ok(buckets.every(({ fromSeconds, toSeconds }) => fromSeconds <= seconds && seconds < toSeconds))
  }
})
