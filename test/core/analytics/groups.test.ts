import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { columnsOf, type AskedCall } from '../../../src/core/analytics/call-columns.js'
import { gather, type Question } from '../../../src/core/analytics/gather.js'
import { Groups, HISTOGRAMS, KeptGroups, SETS } from '../../../src/core/analytics/groups.js'
import { METRICS, SUMS } from '../../../src/core/analytics/vocabulary.js'
import { metricOf, partsOf } from '../../../src/core/analytics/metrics.js'
import { askedCalls, byStart, calls } from '../../helpers/asked-calls.js'

const PARTS = [...HISTOGRAMS, ...SETS]
const ALL_SUMS = [...SUMS.keys()]
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER }
const AT = { zone: 'Asia/Kolkata', activeFrom: 0 }
const QUESTION: Question = {
  groupBy: ['agent', 'direction'],
  filters: {},
  parts: PARTS,
  serviceLevelSeconds: 20,
  abandonSeconds: 5,
}

function gathered(calls: readonly AskedCall[], question = QUESTION): Groups {
  return gather(columnsOf(calls), EVER, question, AT)
}

/** All that groups say, in one order. */
function told(groups: Groups) {
  const all = groups.keys.map((keys, group) => {
    const sets = SETS.map((part) => [...(groups.sets[part]?.[group] ?? [])].sort())
    const histograms = HISTOGRAMS.map((part) => groups.histograms[part]?.[group])
    return [JSON.stringify(keys), [...groups.sumsOf(group)], histograms, sets] as const
  })
  return all.sort(([a], [b]) => (a < b ? -1 : 1))
}

function sum(...all: readonly Groups[]): Groups {
  const total = new Groups(PARTS)
  for (const groups of all) new KeptGroups(groups, ALL_SUMS).addTo(total)
  return total
}

t.test('groups add up in any order and grouping to those of all calls, and nothing added changes nothing', (t) => {
  const property = fc.property(askedCalls, askedCalls, askedCalls, (a, b, c) => {
    const all = told(gathered(byStart([...a, ...b, ...c])))
    const [first, second, third] = [gathered(a), gathered(b), gathered(c)]
    assert.deepEqual(told(sum(first, second, third)), all)
    assert.deepEqual(told(sum(third, first, second)), all, 'in any order')
    assert.deepEqual(told(sum(first, sum(second, third))), all, 'in any grouping')
    assert.deepEqual(told(sum(new Groups(PARTS), sum(first, second, third), gathered([]))), all)
    assert.deepEqual([told(first), told(second)], [told(gathered(a)), told(gathered(b))], 'what was added is as it was')
  })
  fc.assert(property, { numRuns: 60 })
  t.end()
})

t.test('sums that begin with the groups of one stretch are those of all, and leave it as it was', (t) => {
  const kept = [...SUMS.keys()].filter((sum) => sum % 2 === 0)
  const property = fc.property(
    askedCalls,
    askedCalls,
    fc.constantFrom<Question['groupBy'][]>([], ['agent'], ['customer'], ['agent', 'direction']),
    fc.constantFrom<Question['parts'][]>([], PARTS),
    (a, b, groupBy, parts) => {
      const question = { ...QUESTION, groupBy, parts }
      const summed = (isBeginning: boolean) => {
        const beginning = new KeptGroups(gathered(a, question), kept, isBeginning)
        const sums = Array.from({ length: 2 }, () => {
          const total = new Groups(parts, kept)
          beginning.addTo(total)
          new KeptGroups(gathered(b, question), kept).addTo(total)
          return told(total)
        })
        assert.deepEqual(sums[0], sums[1])
        return sums[0]
      }
      assert.deepEqual(summed(true), summed(false))
    },
  )
  fc.assert(property, { numRuns: 100 })
  t.end()
})

t.test('the total of groups is what their calls together have, each customer and number once', (t) => {
  const property = fc.property(askedCalls, (all) => {
    const groups = gathered(all)
    const whole = gathered(all, { ...QUESTION, groupBy: [] })
    for (const metric of METRICS) {
      if (metric === 'peakConcurrent') continue
      const expected = whole.size === 0 ? metricOf(metric, new Groups(PARTS).total(), 0) : metricOf(metric, whole, 0)
      assert.equal(metricOf(metric, groups.total(), 0), expected, metric)
    }
    const inbound = [...groups.keys.keys()].filter((place) => groups.keys[place]?.[1] === 'inbound')
    const only = gathered(all, { ...QUESTION, groupBy: [], filters: { direction: ['inbound'] } })
    assert.deepEqual([...groups.totalOf(inbound).sumsOf(0)], [...(only.size === 0 ? only.total() : only).sumsOf(0)])
  })
  fc.assert(property, { numRuns: 60 })
  t.end()
})

t.test('a group is told apart from any other, and one without a value from one whose value is empty', (t) => {
  const groups = new Groups([])
  const keys = [
    [null, null],
    [null, ''],
    ['', null],
    ['', ''],
    ['a', 'b'],
    ['ab', ''],
    ['', 'ab'],
    [1, null],
  ]
  for (const [place, own] of keys.entries()) t.equal(groups.place(own), place)
  for (const [place, own] of keys.entries()) t.equal(groups.find([...own]), place)
  t.equal(groups.find(['b', 'a']), undefined)
  t.end()
})

t.test('what nobody asks for is not gathered, and more groups, counts and members take more memory', (t) => {
  const bytes = (count: number, question: Partial<Question>) =>
    new KeptGroups(
      gathered(
        calls(count, (n) => ({ agent: `agent-${n}`, customer: n + 1, phoneNumber: `+${n}` })),
        { ...QUESTION, ...question },
      ),
      ALL_SUMS,
    ).bytes
  t.ok(bytes(2, { parts: [] }) < bytes(40, { parts: [] }))
  for (const part of PARTS) t.ok(bytes(40, { parts: [] }) < bytes(40, { parts: [part] }), part)
  t.same(partsOf(METRICS).sort(), PARTS.sort())
  t.same(partsOf(['calls', 'peakConcurrent']), [])
  t.same(partsOf(['p95Ring', 'avgTalkSeconds']), ['ring'])
  const none = gathered(
    calls(1, () => ({ customer: 1, phoneNumber: '+1' })),
    { ...QUESTION, parts: [] },
  )
  t.same([none.histograms, none.sets], [{}, {}])
  t.end()
})

t.test('more combinations of two dimensions than a table holds are counted all the same', (t) => {
  const many = calls(1100, (n) => ({ agent: `agent-${n % 1099}`, phoneNumber: `+${n % 1099}` }))
  const groups = gathered(many, { ...QUESTION, groupBy: ['agent', 'phoneNumber'] })
  t.equal(groups.size, 1099)
  const place = groups.find(['agent-0', '+0']) ?? NaN
  t.equal(metricOf('calls', groups, place), 2)
  t.equal(metricOf('calls', groups.total(), 0), 1100)
  t.end()
})

t.test('groups of numbers that lie far apart, or are no small ones, are found all the same', (t) => {
  const groups = new Groups([])
  const keys = [3, 5000, 0, 2 ** 40, 4999, 1e6].map((key) => [key])
  for (const [place, own] of keys.entries()) t.equal(groups.place(own), place)
  for (const [place, own] of keys.entries()) t.equal(groups.find(own), place)
  t.equal(groups.find([4998]), undefined)
  t.equal(groups.find([2e6]), undefined)
  t.same(groups.keys, keys)
  t.end()
})
