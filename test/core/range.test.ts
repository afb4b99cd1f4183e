import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays, slotOf, startOfDay } from '../../src/core/calendar.js'
import {
  OPEN_RANGE,
  parseRange,
  periodsOf,
  planDays,
  planSlots,
  type DateSpan,
  type TimeRange,
} from '../../src/core/range.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS, SLOT_MS } from '../../src/core/instants.js'
import { localParts } from '../helpers/oracle.js'

const ZONES = ['Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/London', 'UTC', 'Pacific/Apia']
const zone = fc.constantFrom(...ZONES)

function parsed(startDate: string | undefined, endDate: string | undefined, zone = 'Asia/Kolkata'): unknown {
  const result = parseRange({ startDate, endDate }, zone)
  return 'fault' in result ? result.fault : result.range
}

t.test('a date is its whole local day, and an end includes its day or its instant', async (t) => {
  t.same(parsed('2025-10-01', '2025-10-01'), {
    from: Date.parse('2025-09-30T18:30:00Z'),
    to: Date.parse('2025-10-01T18:30:00Z'),
  })
  t.same(parsed('2025-10-01T00:00:00Z', '2025-10-31T23:59:59Z'), {
    from: Date.parse('2025-10-01T00:00:00Z'),
    to: Date.parse('2025-10-31T23:59:59.001Z'),
  })
  t.same(parsed('2025-10-01T00:00:00', '2025-10-01T00:00:00'), {
    from: Date.parse('2025-09-30T18:30:00Z'),
    to: Date.parse('2025-09-30T18:30:00.001Z'),
  })
})

t.test('an absent bound is open', async (t) => {
  t.same(parsed(undefined, undefined), OPEN_RANGE)
  t.same(parsed('2025-10-01', undefined, 'UTC'), { from: Date.parse('2025-10-01'), to: MAX_INSTANT_MS })
  t.same(parsed(undefined, '2025-10-01', 'UTC'), { from: OPEN_RANGE.from, to: Date.parse('2025-10-02') })
})

t.test('a start after the end is a fault, an empty day of the calendar is not', async (t) => {
  for (const [startDate, endDate] of [
    ['2025-10-02', '2025-10-01'],
    ['2025-10-02T00:00:01Z', '2025-10-02T00:00:00Z'],
    ['2025-10-03', '2025-10-01'],
  ] as const) {
    const fault = `is "${startDate}", which is after endDate, "${endDate}"`
    t.same(parsed(startDate, endDate), { parameter: 'startDate', fault })
  }
  const empty = startOfDay('Pacific/Apia', '2011-12-30')
  t.same(parsed('2011-12-30', '2011-12-30', 'Pacific/Apia'), { from: empty, to: empty })
})

t.test('a fault names its parameter', async (t) => {
  const example = 'write a date such as 2025-10-01, or a date-time such as 2025-10-01T09:30:00Z'
  t.same(parsed('yesterday', 'tomorrow'), {
    parameter: 'startDate',
    fault: `is "yesterday", which is no ISO 8601 date: ${example}`,
  })
  t.same(parsed('2025-10-01', '2025-02-30'), {
    parameter: 'endDate',
    fault: `is "2025-02-30", but the days of 2025-02 are 01 to 28: ${example}`,
  })
  t.match(parsed('1999-12-31', undefined), { parameter: 'startDate', fault: /not between 2000-01-01 and 2099-12-31/ })
  t.match(parsed(undefined, '2100-01-01'), { parameter: 'endDate', fault: /not between 2000-01-01 and 2099-12-31/ })
  t.match(parsed(new Date(MIN_INSTANT_MS - 1).toISOString(), undefined), { parameter: 'startDate' })
  t.match(parsed(undefined, new Date(MAX_INSTANT_MS).toISOString()), { parameter: 'endDate' })
})

t.test('the first and the last date are inside in every zone', async (t) => {
  for (const zone of ZONES) t.match(parsed('2000-01-01', '2099-12-31', zone), { from: Number, to: Number }, zone)
})

/** Ranges that begin and end anywhere, on slots, on local days, and within one another's grain. */
const bound = fc.oneof(
  fc.integer({ min: Date.UTC(2025, 1, 1), max: Date.UTC(2025, 11, 1) }),
  fc.integer({ min: Date.UTC(2025, 9, 25), max: Date.UTC(2025, 9, 28) }),
  fc.integer({ min: 0, max: 400 }).map((slots) => Date.UTC(2025, 9, 25) + slots * SLOT_MS),
  fc.tuple(fc.nat(300), zone).map(([days, zone]) => startOfDay(zone, addDays('2025-02-01', days))),
  fc.constantFrom(OPEN_RANGE.from, OPEN_RANGE.to),
)
const range = fc
  .tuple(bound, bound)
  .map(([a, b]): TimeRange => ({ from: Math.min(a, b), to: Math.max(a, b) }))
  .filter(({ from, to }) => to > OPEN_RANGE.from && from < OPEN_RANGE.to)

/** The instants of local days. */
function spanOf(days: DateSpan | null, zone: string): TimeRange[] {
  return days === null ? [] : [{ from: startOfDay(zone, days.first), to: startOfDay(zone, addDays(days.last, 1)) }]
}

/** That the pieces cover a range once: in order of time they meet end to end, without a gap or an overlap. */
function assertCovers(parts: readonly TimeRange[], { from, to }: TimeRange): void {
  const sorted = [...parts].sort((a, b) => a.from - b.from)
  let reached = from
  for (const part of sorted) {
    assert.equal(part.from, reached)
    assert.ok(part.from < part.to)
    reached = part.to
  }
  assert.equal(reached, to)
}

/** An open bound as days have it: to the end of the local day that holds it. */
function toWholeDays({ from, to }: TimeRange, zone: string): TimeRange {
  const dateOf = (ms: number): string => localParts(ms, zone).date
  return {
    from: from === OPEN_RANGE.from ? startOfDay(zone, dateOf(from)) : from,
    to: to === OPEN_RANGE.to ? startOfDay(zone, addDays(dateOf(to), 1)) : to,
  }
}

t.test('slots with their edges, and days with theirs, each cover a range once', (t) => {
  fc.assert(
    fc.property(range, zone, (range, zone) => {
      const { slots, edges } = planSlots(range)
      assertCovers([...(slots === null ? [] : [slots]), ...edges], range)
      const plan = planDays(range, zone)
      assertCovers([...spanOf(plan.days, zone), ...plan.edges], toWholeDays(range, zone))
    }),
    { numRuns: 2000 },
  )
  t.end()
})

t.test('slots are whole, and no whole slot is left to the edges', (t) => {
  fc.assert(
    fc.property(range, (range) => {
      const { slots, edges } = planSlots(range)
      if (slots !== null) assert.deepEqual({ from: slotOf(slots.from), to: slotOf(slots.to) }, slots)
      assert.ok(edges.length <= 2)
      for (const { from, to } of edges) {
        const firstWhole = Math.ceil(from / SLOT_MS) * SLOT_MS
        assert.ok(firstWhole + SLOT_MS > to)
      }
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('days are whole, and no whole day is left to the edges', (t) => {
  fc.assert(
    fc.property(range, zone, (range, zone) => {
      const { edges } = planDays(range, zone)
      assert.ok(edges.length <= 2)
      for (const { from, to } of edges) {
        const date = localParts(from, zone).date
        const firstWhole = startOfDay(zone, date) === from ? date : addDays(date, 1)
        assert.ok(startOfDay(zone, addDays(firstWhole, 1)) > to)
      }
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('an open range is slots alone, and days alone in any zone', async (t) => {
  t.same(planSlots(OPEN_RANGE), { slots: OPEN_RANGE, edges: [] })
  const first = '1999-12-25'
  t.same(planDays(OPEN_RANGE, 'Asia/Kolkata'), { days: { first, last: '2100-01-01' }, edges: [] })
  t.same(planDays(OPEN_RANGE, 'America/St_Johns'), {
    days: { first: '1999-12-24', last: '2099-12-31' },
    edges: [],
  })
})

t.test('a range with one open bound has an edge at the other alone', async (t) => {
  const noon = Date.parse('2025-10-12T12:00:00Z')
  t.same(planDays({ from: OPEN_RANGE.from, to: noon }, 'UTC'), {
    days: { first: '1999-12-25', last: '2025-10-11' },
    edges: [{ from: Date.parse('2025-10-12'), to: noon }],
  })
  t.same(planDays({ from: noon, to: OPEN_RANGE.to }, 'UTC'), {
    days: { first: '2025-10-13', last: '2100-01-01' },
    edges: [{ from: noon, to: Date.parse('2025-10-13') }],
  })
})

t.test('whole local days are read as days, and no day or slot is claimed of a range that holds none', async (t) => {
  const october = parsed('2025-10-01', '2025-10-31') as TimeRange
  t.same(planDays(october, 'Asia/Kolkata'), { days: { first: '2025-10-01', last: '2025-10-31' }, edges: [] })
  t.same(planSlots(october), { slots: october, edges: [] })
  const hour = { from: Date.parse('2025-10-12T12:00:01Z'), to: Date.parse('2025-10-12T12:59:00Z') }
  t.same(planDays(hour, 'UTC'), { days: null, edges: [hour] })
  t.same(planSlots(hour), {
    slots: { from: Date.parse('2025-10-12T12:15:00Z'), to: Date.parse('2025-10-12T12:45:00Z') },
    edges: [
      { from: hour.from, to: Date.parse('2025-10-12T12:15:00Z') },
      { from: Date.parse('2025-10-12T12:45:00Z'), to: hour.to },
    ],
  })
  const minutes = { from: Date.parse('2025-10-12T12:14:00Z'), to: Date.parse('2025-10-12T12:29:59Z') }
  t.same(planSlots(minutes), { slots: null, edges: [minutes] })
  const nothing = { from: hour.from, to: hour.from }
  t.same(planSlots(nothing), { slots: null, edges: [] })
  t.same(planDays(nothing, 'UTC'), { days: null, edges: [] })
})

t.test('a day that is longer or shorter because the clocks change is one whole day', async (t) => {
  for (const date of ['2025-03-30', '2025-10-26']) {
    const day = parsed(date, date, 'Europe/London') as TimeRange
    t.same(planDays(day, 'Europe/London'), { days: { first: date, last: date }, edges: [] })
  }
})

t.test('periods are the coarsest cover of the days, each day once', (t) => {
  const dates = fc.tuple(fc.nat(800), fc.nat(800)).map((days) => days.map((day) => addDays('2024-01-01', day)).sort())
  fc.assert(
    fc.property(dates, ([first = '', last = '']) => {
      const periods = periodsOf({ first, last })
      assert.deepEqual(
        periods.flatMap((period) => (period.length === 7 ? daysOf(period) : [period])),
        daysBetween(first, last),
      )
      // A month that lies within the span is never told day by day.
      for (const day of periods.filter(({ length }) => length === 10)) {
        const month = daysOf(day.slice(0, 7))
        assert.ok((month[0] ?? '') < first || (month.at(-1) ?? '') > last)
      }
    }),
    { numRuns: 200 },
  )
  t.end()
})

t.test('periods of a day, of a month, and of months whole and broken', async (t) => {
  t.same(periodsOf({ first: '2025-02-01', last: '2025-02-01' }), ['2025-02-01'])
  t.same(periodsOf({ first: '2025-02-01', last: '2025-02-28' }), ['2025-02'])
  t.same(periodsOf({ first: '2025-01-30', last: '2025-03-02' }), [
    '2025-01-30',
    '2025-01-31',
    '2025-02',
    '2025-03-01',
    '2025-03-02',
  ])
})

t.test('all of time is some twelve hundred periods', async (t) => {
  const periods = periodsOf({ first: '1999-12-25', last: '2100-01-01' })
  t.same(periods.slice(0, 8), [25, 26, 27, 28, 29, 30, 31].map((day) => `1999-12-${String(day)}`).concat('2000-01'))
  t.equal(periods.length, 7 + 1200 + 1)
})

function daysOf(month: string): string[] {
  return daysBetween(`${month}-01`, `${month}-31`).filter((date) => date.startsWith(month))
}

function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) days.push(date)
  return days
}
