import t from 'tap'
import { aligned, answerOf, crossed, cycleKeys, type Asked } from '../../../src/core/analytics/answer.js'
import { columnsOf, type AskedCall } from '../../../src/core/analytics/call-columns.js'
import { gather } from '../../../src/core/analytics/gather.js'
import type { Key } from '../../../src/core/analytics/selection.js'
import { calls } from '../../helpers/asked-calls.js'

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER }
const ASKED: Asked = { metrics: ['calls', 'answerRate'], groupBy: ['agent'], sort: null, limit: 100 }

function gathered(all: readonly AskedCall[], { groupBy }: Pick<Asked, 'groupBy'>, zone = 'UTC') {
  const question = { groupBy, filters: {}, parts: [], serviceLevelSeconds: 20, abandonSeconds: 5 }
  return { groups: gather(columnsOf(all), EVER, question, { zone, activeFrom: 0 }), peaks: null }
}

const NONE = () => []

/** Three calls of a, two of b that have not ended, one of c that nobody answered, and one of nobody. */
const CALLS = calls(7, (n) => ({
  agent: ['a', 'a', 'a', 'b', 'b', 'c', null][n] ?? null,
  answered: n !== 5,
  durationSeconds: n === 3 || n === 4 ? null : 60,
}))

function order(asked: Partial<Asked>): Key[] {
  const own = { ...ASKED, ...asked }
  return answerOf(own, gathered(CALLS, own), null, NONE).rows.map(({ keys }) => keys[0] ?? null)
}

t.test('groups stand in the order that is asked for: what is not defined comes last, equal ones by their keys', (t) => {
  t.same(order({}), ['a', 'b', 'c', null], 'most of the first metric first')
  t.same(order({ sort: { by: 'calls', descending: false } }), ['c', null, 'b', 'a'])
  t.same(order({ sort: { by: 'answerRate', descending: true } }), ['a', null, 'c', 'b'])
  t.same(order({ sort: { by: 'answerRate', descending: false } }), ['c', 'a', null, 'b'])
  t.same(order({ sort: { by: 'group', descending: false } }), ['a', 'b', 'c', null])
  t.same(order({ sort: { by: 'group', descending: true } }), [null, 'c', 'b', 'a'])
  t.end()
})

t.test('groups without a value come after the others also where two dimensions are asked for', (t) => {
  const asked: Asked = { ...ASKED, groupBy: ['agent', 'endReason'], sort: { by: 'group', descending: false } }
  const all = calls(4, (n) => ({ agent: n < 2 ? null : 'a', endReason: n % 2 === 0 ? null : 'busy' }))
  const { rows } = answerOf(asked, gathered(all, asked), null, NONE)
  t.same(
    rows.map(({ keys }) => keys),
    [
      ['a', 'busy'],
      ['a', null],
      [null, 'busy'],
      [null, null],
    ],
  )
  t.end()
})

t.test('hours ascend in time though clocks go back, and duration buckets by what they last', (t) => {
  const autumn = Date.parse('2025-10-25T23:30:00Z')
  const byHour: Asked = { ...ASKED, groupBy: ['hour'] }
  const hours = calls(4, (n) => ({ startAt: autumn + n * 3_600_000 }))
  t.same(
    answerOf(byHour, gathered(hours, byHour, 'Europe/London'), null, NONE).rows.map(({ keys }) => keys[0]),
    [
      '2025-10-26T00:00:00+01:00',
      '2025-10-26T01:00:00+01:00',
      '2025-10-26T01:00:00+00:00',
      '2025-10-26T02:00:00+00:00',
    ],
  )
  const byBucket: Asked = { ...ASKED, groupBy: ['durationBucket'], sort: { by: 'group', descending: false } }
  const buckets = calls(6, (n) => ({ durationSeconds: [null, 0, 30, 60, 180, 300][n] ?? null }))
  t.same(
    answerOf(byBucket, gathered(buckets, byBucket), null, NONE).rows.map(({ keys }) => keys[0]),
    ['0-30s', '30s-1m', '1m-3m', '3m-5m', '5m+', null],
  )
  t.end()
})

t.test('what is beyond the limit is added up, and the total has all', (t) => {
  const asked = { ...ASKED, limit: 1 }
  const before = gathered(
    calls(2, () => ({ agent: 'd' })),
    asked,
  )
  t.same(answerOf(asked, gathered(CALLS, asked), before, NONE), {
    rows: [{ keys: ['a'], values: [3, 1], previous: [0, null] }],
    total: { values: [7, 0.8], previous: [2, 1] },
    other: { groups: 4, values: [4, 0.5], previous: [2, 1] },
  })
  t.equal(answerOf(ASKED, gathered(CALLS, asked), before, NONE).other, null)
  t.end()
})

t.test('groups are told that are asked for though no call is in them', (t) => {
  const seen: Key[][] = []
  const { rows } = answerOf(ASKED, gathered(CALLS.slice(0, 1), ASKED), null, (groups) => {
    seen.push(...groups.keys.map((keys) => [...keys]))
    return [['a'], ['z']]
  })
  t.same(seen, [['a']])
  t.same(rows, [
    { keys: ['a'], values: [1, 1], previous: null },
    { keys: ['z'], values: [0, null], previous: null },
  ])
  t.end()
})

t.test('groups of another range are told as those in their place, and those without a place are left out', (t) => {
  const { groups } = gathered(CALLS, ASKED)
  const moved = aligned(groups, { parts: [] }, ([agent]) => (agent === null ? null : agent === 'c' ? ['a'] : ['b']))
  const counts = moved.keys.map((keys, group) => [...keys, moved.sumsOf(group)[0]])
  t.same(counts, [
    ['b', 5],
    ['a', 1],
  ])
  t.end()
})

t.test('lists of keys are crossed in order, and a cycle has every place', (t) => {
  t.same([...crossed([])], [[]])
  t.same([...crossed([[1, 2]])], [[1], [2]])
  t.same(
    [
      ...crossed([
        [1, 2],
        ['a', null],
      ]),
    ],
    [
      [1, 'a'],
      [1, null],
      [2, 'a'],
      [2, null],
    ],
  )
  t.same([cycleKeys('dayOfWeek').length, cycleKeys('hourOfDay').at(-1)], [7, 23])
  t.end()
})
