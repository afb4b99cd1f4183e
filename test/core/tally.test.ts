import t from 'tap'
import { contribution, COUNTERS, ZERO } from '../../src/core/tally.js'
import { CALL_STATUSES, DURATION_BUCKETS } from '../../src/core/vocabulary/calls.js'

t.test('of nothing, each counter is 0', async (t) => {
  t.same(Object.keys(ZERO), COUNTERS)
  for (const counter of COUNTERS) t.equal(ZERO[counter], 0)
})

const ended = {
  direction: 'inbound',
  answered: true,
  confirmed: false,
  durationSeconds: 60,
  status: 'completed',
} as const
const inbound = { ...ZERO, calls: 1, inbound: 1 }
const outbound = { ...ZERO, calls: 1, outbound: 1 }

t.test('an answered call counts with what it lasted once it has ended', async (t) => {
  t.same(contribution(ended), { ...inbound, ended: 1, answered: 1, seconds: 60, under3m: 1 })
  const going = { ...ended, durationSeconds: null, status: 'active' } as const
  t.same(contribution(going), { ...inbound, openAnswered: 1 })
  t.same(contribution({ ...going, answered: false }), inbound)
})

t.test(
  'a call that nobody answered is missed when it is inbound, and rejected when somebody turned it down',
  async (t) => {
    const unanswered = { ended: 1, under30s: 1, unansweredUnder30s: 1 }
    const rang = { answered: false, confirmed: false, durationSeconds: 0, status: 'missed' } as const
    t.same(contribution({ ...rang, direction: 'inbound' }), { ...inbound, ...unanswered, missed: 1 })
    t.same(contribution({ ...rang, direction: 'outbound' }), { ...outbound, ...unanswered })
    const rejected = { ...rang, status: 'rejected' } as const
    t.same(contribution({ ...rejected, direction: 'inbound' }), {
      ...inbound,
      ...unanswered,
      missed: 1,
      rejected: 1,
      rejectedInbound: 1,
    })
    t.same(contribution({ ...rejected, direction: 'outbound' }), { ...outbound, ...unanswered, rejected: 1 })
  },
)

t.test('an answered call is not rejected, whatever its end was reported as', async (t) => {
  for (const status of CALL_STATUSES) {
    if (status === 'expired') continue
    t.same(contribution({ ...ended, status }), contribution(ended))
  }
})

t.test('every duration is in exactly one bucket, whose lower bound is its own', async (t) => {
  for (const seconds of [0, 29, 30, 59, 60, 179, 180, 299, 300, 86_400]) {
    const counted = contribution({ ...ended, durationSeconds: seconds })
    const buckets = DURATION_BUCKETS.filter(({ counter }) => counted[counter] === 1)
    t.equal(buckets.length, 1)
    t.ok(buckets.every(({ fromSeconds, toSeconds }) => fromSeconds <= seconds && seconds < toSeconds))
    t.ok(DURATION_BUCKETS.every(({ unanswered }) => counted[unanswered] === 0))
    const rang = contribution({ ...ended, durationSeconds: seconds, answered: false })
    t.ok(DURATION_BUCKETS.every(({ counter, unanswered }) => rang[unanswered] === counted[counter]))
    t.equal(rang.unansweredSeconds, seconds)
  }
})
