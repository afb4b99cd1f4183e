import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { comparedRange, COMPARISONS, stretchesOf, type Comparison } from '../../../src/core/analytics/periods.js'
import { timeKey } from '../../../src/core/analytics/selection.js'
import { TIME_GRAINS } from '../../../src/core/analytics/vocabulary.js'
import {
  addDays,
  formatWithOffset,
  localSlot,
  parseInstant,
  startOfDay,
  weekdayOf,
} from '../../../src/core/calendar.js'

const ZONES = ['Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC', 'Europe/London']
const QUARTER_MS = 900_000

/** Whole local days, both included; days as the compared range has them. */
function comparedDays(first: string, last: string, comparison: Comparison, zone: string): string[] {
  const { from, to } = comparedRange(
    { from: startOfDay(zone, first), to: startOfDay(zone, addDays(last, 1)) },
    comparison,
    zone,
  )
  const dates = [localSlot(zone, from).date, localSlot(zone, to - 1).date] as const
  assert.deepEqual([startOfDay(zone, dates[0]), startOfDay(zone, addDays(dates[1], 1))], [from, to], 'whole days')
  return [...dates]
}

t.test('a month before and a year before have the same dates, and whole months are compared with whole ones', (t) => {
  const cases: [string, string, Comparison, string, string][] = [
    ['2025-03-01', '2025-03-31', 'previousMonth', '2025-02-01', '2025-02-28'],
    ['2025-02-01', '2025-02-28', 'previousMonth', '2025-01-01', '2025-01-31'],
    ['2025-01-01', '2025-03-31', 'previousMonth', '2024-12-01', '2025-02-28'],
    ['2025-01-10', '2025-01-20', 'previousMonth', '2024-12-10', '2024-12-20'],
    ['2025-03-31', '2025-03-31', 'previousMonth', '2025-02-28', '2025-02-28'],
    ['2025-03-29', '2025-03-31', 'previousMonth', '2025-02-28', '2025-02-28'],
    // The last day alone is that date, not the rest of a longer month.
    ['2025-04-30', '2025-04-30', 'previousMonth', '2025-03-30', '2025-03-30'],
    ['2025-02-22', '2025-02-28', 'previousMonth', '2025-01-22', '2025-01-28'],
    ['2024-02-01', '2024-02-29', 'previousYear', '2023-02-01', '2023-02-28'],
    ['2025-02-01', '2025-02-28', 'previousYear', '2024-02-01', '2024-02-29'],
    ['2024-02-29', '2024-02-29', 'previousYear', '2023-02-28', '2023-02-28'],
    ['2025-02-28', '2025-02-28', 'previousYear', '2024-02-28', '2024-02-28'],
    ['2025-01-01', '2025-12-31', 'previousYear', '2024-01-01', '2024-12-31'],
  ]
  for (const zone of ZONES) {
    for (const [first, last, comparison, before, until] of cases) {
      t.same(
        comparedDays(first, last, comparison, zone),
        [before, until],
        `${zone}: ${first} to ${last}, ${comparison}`,
      )
    }
  }
  t.end()
})

t.test('whole days are compared with as many before them, so that weeks keep their weekdays', (t) => {
  const property = fc.property(
    fc.constantFrom(...ZONES),
    fc.integer({ min: 0, max: 800 }),
    fc.integer({ min: 1, max: 70 }),
    (zone, after, days) => {
      const first = addDays('2024-01-01', after)
      const [before, until] = comparedDays(first, addDays(first, days - 1), 'previous', zone) as [string, string]
      assert.equal(addDays(until, 1), first)
      assert.equal(addDays(before, days), first)
      if (days % 7 === 0) assert.equal(weekdayOf(before), weekdayOf(first))
    },
  )
  fc.assert(property)
  t.end()
})

t.test('any other range is compared with one of its length', (t) => {
  const zone = 'America/New_York'
  const at = (text: string) => parseInstant(text, zone) ?? NaN
  // Clocks went forward on 9 March.
  const range = { from: at('2025-03-09T10:00:00'), to: at('2025-03-10T11:30:00') }
  const told = (comparison: Comparison) => {
    const { from, to } = comparedRange(range, comparison, zone)
    t.equal(to - from, range.to - range.from)
    return [formatWithOffset(zone, from), formatWithOffset(zone, to)]
  }
  t.same(told('previous'), ['2025-03-08T07:30:00-05:00', '2025-03-09T10:00:00-04:00'])
  // As long after the day began: nine hours.
  t.same(told('previousMonth'), ['2025-02-09T09:00:00-05:00', '2025-02-10T10:30:00-05:00'])
  t.same(told('previousYear')[0], '2024-03-09T09:00:00-05:00')
  t.end()
})

t.test('the stretches of a range are those that its quarter hours lie in, each once, in order', (t) => {
  const base = Date.parse('2025-03-01T00:00:00Z')
  const property = fc.property(
    fc.constantFrom(...ZONES),
    fc.constantFrom(...TIME_GRAINS),
    fc.integer({ min: 0, max: 280 * 86_400_000 }),
    fc.integer({ min: 0, max: 12 * 86_400_000 }),
    (zone, grain, after, length) => {
      const range = { from: base + after, to: base + after + length }
      const keys = new Set()
      for (let at = range.from; at < range.to; at = Math.floor(at / QUARTER_MS + 1) * QUARTER_MS) {
        keys.add(timeKey(grain, zone, Math.floor(at / QUARTER_MS) * QUARTER_MS))
      }
      assert.deepEqual(stretchesOf(grain, range, zone, 10_000), [...keys])
    },
  )
  fc.assert(property)
  t.same(stretchesOf('date', { from: base, to: base + 9 * 86_400_000 }, 'UTC', 2).length, 3, 'one beyond the most')
  t.same(stretchesOf('date', { from: base, to: base }, 'UTC', 2), [])
  t.end()
})

t.test('hours are called by when they began, also those in which clocks change', (t) => {
  const hours = (zone: string, date: string) => {
    const range = { from: startOfDay(zone, date), to: startOfDay(zone, addDays(date, 1)) }
    return stretchesOf('hour', range, zone, 100).map((key) => String(key).slice(11))
  }
  t.same(hours('Australia/Lord_Howe', '2025-04-06').slice(0, 4), [
    '00:00:00+11:00',
    '01:00:00+11:00',
    '01:30:00+10:30',
    '02:00:00+10:30',
  ])
  t.same(hours('Australia/Lord_Howe', '2025-10-05').slice(1, 4), ['01:00:00+10:30', '02:30:00+11:00', '03:00:00+11:00'])
  t.same(hours('America/New_York', '2025-11-02').slice(0, 4), [
    '00:00:00-04:00',
    '01:00:00-04:00',
    '01:00:00-05:00',
    '02:00:00-05:00',
  ])
  t.equal(hours('America/New_York', '2025-03-09').length, 23)
  t.same(hours('Asia/Kathmandu', '2025-03-09').slice(0, 2), ['00:00:00+05:45', '01:00:00+05:45'])
  t.end()
})

t.test('a quarter hour lies in its date, its Monday’s week, month, quarter and weekday', (t) => {
  const keys = (text: string) =>
    (['date', 'week', 'month', 'quarter', 'hourOfDay', 'dayOfWeek'] as const).map((by) =>
      timeKey(by, 'Asia/Kolkata', parseInstant(text, 'Asia/Kolkata') ?? NaN),
    )
  t.same(keys('2025-10-12T16:15:00'), ['2025-10-12', '2025-10-06', '2025-10', '2025-Q4', 16, 0])
  t.same(keys('2025-10-13T00:00:00'), ['2025-10-13', '2025-10-13', '2025-10', '2025-Q4', 0, 1])
  t.same(keys('2025-01-01T23:45:00'), ['2025-01-01', '2024-12-30', '2025-01', '2025-Q1', 23, 3])
  t.same(keys('2025-06-30T23:45:00')[3], '2025-Q2')
  t.end()
})

t.test('more stretches than are asked for are not walked through', async (t) => {
  const century = { from: Date.parse('2000-01-01'), to: Date.parse('2100-01-01') }
  t.equal(stretchesOf('date', century, 'UTC', 10).length, 11)
  t.equal(stretchesOf('hour', century, 'UTC', 24).length, 48)
})

t.test('an empty range, of a day that the zone skipped, is compared with an empty one', async (t) => {
  const skipped = Date.parse('2011-12-30T10:00Z')
  for (const comparison of COMPARISONS) {
    const { from, to } = comparedRange({ from: skipped, to: skipped }, comparison, 'Pacific/Apia')
    t.equal(from, to, comparison)
  }
})
