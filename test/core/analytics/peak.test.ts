import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { columnsOf, type AskedCall } from '../../../src/core/analytics/call-columns.js'
import { Peaks } from '../../../src/core/analytics/peak.js'
import type { Grouping } from '../../../src/core/analytics/vocabulary.js'
import { calls, FIRST_MS } from '../../helpers/asked-calls.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const AT = { zone: 'UTC', activeFrom: FIRST_MS - HOUR_MS, now: FIRST_MS + HOUR_MS }

/** A call from one minute after `FIRST_MS` until another; null when it has not ended. */
function going(from: number, to: number | null, members: Partial<AskedCall> = {}): AskedCall {
  const [startAt, endAt] = [FIRST_MS + from * MINUTE_MS, to === null ? null : FIRST_MS + to * MINUTE_MS]
  const [call] = calls(1, () => ({ startAt, endAt, durationSeconds: to === null ? null : 1, ...members }))
  return call as AskedCall
}

/** Peaks of stretches that end at these minutes, swept one after the other. */
function swept(all: readonly AskedCall[], groupBy: readonly Grouping[], ends: readonly number[], from = 0): Peaks {
  const peaks = new Peaks({ groupBy, filters: {} }, AT)
  const to = FIRST_MS + (ends.at(-1) ?? NaN) * MINUTE_MS
  let begin = -Infinity
  for (const minute of ends) {
    const end = FIRST_MS + minute * MINUTE_MS
    const own = all.filter(({ startAt }) => startAt >= begin && startAt < end)
    peaks.sweep(
      columnsOf(own.sort((a, b) => a.startAt - b.startAt)),
      { from: begin, to: end },
      { from: FIRST_MS + from * MINUTE_MS, to },
    )
    begin = end
  }
  return peaks
}

const told = (peaks: Peaks) => peaks.keys.map((keys) => [...keys, peaks.of(keys)])

t.test('the peak is the most calls at one moment: one that ends as another starts is not beside it', (t) => {
  t.same(told(swept([going(0, 1), going(1, 2), going(2, 3)], [], [60])), [[1]])
  t.same(told(swept([going(0, 2), going(1, 3), going(2, 4)], [], [60])), [[2]])
  t.same(told(swept([going(0, 1), going(0, 1), going(0, 0)], [], [60])), [[2]], 'one without length is beside none')
  t.same(told(swept([], [], [60])), [])
  t.equal(swept([], [], [60]).of([]), 0)
  t.end()
})

t.test('calls count that began before the range, and none that is over by then or begins after it', (t) => {
  const all = [going(0, 30), going(5, 20), going(20, 40), going(59, 70)]
  t.same(told(swept(all, [], [60], 20)), [[2]])
  t.same(told(swept(all, [], [30], 25)), [[2]])
  t.same(told(swept(all, [], [59], 45)), [])
  t.end()
})

t.test(
  'a call that goes on counts until now, for a day at the most, and not once it has expired or was dropped',
  (t) => {
    const at = (minute: number, ...all: AskedCall[]) => swept(all, [], [minute, minute + 1], minute).of([])
    t.same([at(59, going(0, null)), at(60, going(0, null))], [1, 0])
    t.equal(at(0, going(-61, null)), 0, 'expired')
    t.same([at(0, going(-24 * 60 + 1, 90)), at(0, going(-24 * 60, 90))], [1, 0])
    t.equal(at(0, going(0, 10, { endAt: null })), 0, 'how long it went on is not known any more')
    t.end()
  },
)

t.test('every stretch of time and every group has a peak of its own, of calls that go on in it', (t) => {
  const all = [going(0, 40, { agent: 'a' }), going(35, 100, { agent: 'b' }), going(36, 37, { agent: 'b' })]
  t.same(told(swept(all, ['hour'], [120])), [
    ['2025-10-12T10:00:00+00:00', 1],
    ['2025-10-12T11:00:00+00:00', 3],
    ['2025-10-12T12:00:00+00:00', 1],
  ])
  t.same(told(swept(all, ['agent', 'hourOfDay'], [120])), [
    ['a', 10, 1],
    ['a', 11, 1],
    ['b', 11, 2],
    ['b', 12, 1],
  ])
  t.equal(swept(all, ['agent'], [120]).size, 2)
  t.end()
})

t.test('peaks of stretches are those of the whole, in whatever stretches it was swept and added', (t) => {
  const call = fc
    .tuple(fc.nat(300), fc.oneof(fc.nat(40), fc.nat(2000)), fc.constantFrom('a', 'b'))
    .map(([from, length, agent]) => going(from, from + length, { agent }))
  const ends = fc.uniqueArray(fc.integer({ min: 1, max: 400 })).map((ends) => [...ends.sort((a, b) => a - b), 400])
  const by = fc.constantFrom<Grouping[][]>([], ['hour'], ['agent'], ['agent', 'hourOfDay'])
  const property = fc.property(fc.array(call, { maxLength: 20 }), ends, by, (all, ends, groupBy) => {
    const sorted = (peaks: Peaks) => told(peaks).map(String).sort()
    const whole = swept(all, groupBy, [400])
    assert.deepEqual(sorted(swept(all, groupBy, [...new Set(ends)])), sorted(whole))
    const cut = ends[0] ?? 400
    const sum = swept(all, groupBy, [cut])
    sum.add(swept(all, groupBy, [400], cut))
    assert.deepEqual(sorted(sum), sorted(whole))
  })
  fc.assert(property)
  t.end()
})

t.test('only calls that filters leave are counted', (t) => {
  const peaks = new Peaks({ groupBy: [], filters: { agent: ['a'] } }, AT)
  const columns = columnsOf([going(0, 10, { agent: 'b' }), going(1, 10, { agent: 'a' }), going(2, 10)])
  const hour = { from: FIRST_MS, to: FIRST_MS + HOUR_MS }
  peaks.sweep(columns, hour, hour)
  t.same(told(peaks), [[1]])
  t.end()
})

t.test('peaks take other names, and those without one are left out', (t) => {
  const peaks = swept(
    [going(0, 10, { agent: 'a' }), going(5, 10, { agent: 'b' }), going(6, 9, { agent: 'b' })],
    ['agent'],
    [60],
  )
  t.same(told(peaks.as(([agent]) => (agent === 'a' ? null : ['c']))), [['c', 2]])
  t.same(told(peaks.as(() => ['c'])), [['c', 2]])
  t.end()
})
