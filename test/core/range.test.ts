import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { addDays, slotOf, startOfDay } from '../../src/core/calendar.js'
import { OPEN_RANGE, parseRange, periodsOf, planRange, type RangePlan, type TimeRange } from '../../src/core/range.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS, SLOT_MS } from '../../src/core/vocabulary.js'

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
  const inverted = { parameter: 'startDate', fault: 'is after endDate' }
  t.same(parsed('2025-10-02', '2025-10-01'), inverted)
  t.same(parsed('2025-10-02T00:00:01Z', '2025-10-02T00:00:00Z'), inverted)
  t.same(parsed('2025-10-03', '2025-10-01'), inverted)
  const empty = startOfDay('Pacific/Apia', '2011-12-30')
  t.same(parsed('2011-12-30', '2011-12-30', 'Pacific/Apia'), { from: empty, to: empty })
})

t.test('a fault names its parameter', async (t) => {
  t.match(parsed('yesterday', 'tomorrow'), { parameter: 'startDate', fault: /ISO 8601/ })
  t.match(parsed('2025-10-01', '2025-02-30'), { parameter: 'endDate', fault: /ISO 8601/ })
  t.match(parsed('1999-12-31', undefined), { parameter: 'startDate', fault: /2000-01-01 to 2099-12-31/ })
  t.match(parsed(undefined, '2100-01-01'), { parameter: 'endDate', fault: /2000-01-01 to 2099-12-31/ })
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

function daySpan({ days, dayZone }: RangePlan): TimeRange[] {
  return days === null
    ? []
    : [{ from: startOfDay(dayZone, days.first), to: startOfDay(dayZone, addDays(days.last, 1)) }]
}

/** The pieces as one range if they meet end to end without a gap or an overlap. */
function whole(parts: readonly TimeRange[]): TimeRange | null {
  const sorted = [...parts].sort((a, b) => a.from - b.from)
  const meet = sorted.every(
    (part, index) => part.from < part.to && (index === 0 || sorted[index - 1]?.to === part.from),
  )
  return meet ? { from: sorted[0]?.from ?? 0, to: sorted.at(-1)?.to ?? 0 } : null
}

function reaches(parts: readonly TimeRange[], { from, to }: TimeRange): boolean {
  const covered = whole(parts)
  if (from === to) return parts.length === 0
  const begins = from === OPEN_RANGE.from ? (covered?.from ?? 0) <= from : covered?.from === from
  return begins && (to === OPEN_RANGE.to ? (covered?.to ?? 0) >= to : covered?.to === to)
}

t.test('days with their edges, and what a report reads, each cover a range once', (t) => {
  fc.assert(
    fc.property(range, zone, zone, (range, zone, dayZone) => {
      const plan = planRange(range, zone, dayZone)
      const days = daySpan(plan)
      return (
        reaches([...days, ...plan.dayEdges], range) &&
        reaches([...(zone === dayZone ? days : []), ...plan.slots, ...plan.edges], range)
      )
    }),
    { numRuns: 3000 },
  )
  t.end()
})

t.test('slots are whole, and what they leave is small', (t) => {
  fc.assert(
    fc.property(range, zone, zone, (range, zone, dayZone) => {
      const { slots, edges, dayEdges } = planRange(range, zone, dayZone)
      return (
        slots.every(({ from, to }) => slotOf(from) === from && slotOf(to) === to) &&
        edges.length <= 2 &&
        edges.every(({ from, to }) => to - from < 2 * SLOT_MS) &&
        dayEdges.length <= 2
      )
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('an open range is days alone in its own zone and slots alone in another', async (t) => {
  t.same(planRange(OPEN_RANGE, 'Asia/Kolkata', 'Asia/Kolkata'), {
    zone: 'Asia/Kolkata',
    dayZone: 'Asia/Kolkata',
    days: { first: '1999-12-25', last: '2100-01-01' },
    slots: [],
    edges: [],
    dayEdges: [],
  })
  const other = planRange(OPEN_RANGE, 'UTC', 'Asia/Kolkata')
  t.equal(other.slots.length, 1)
  t.same(other.edges, [])
})

t.test('whole local days are read as days, and no day is claimed of a range that holds none', async (t) => {
  const october = parsed('2025-10-01', '2025-10-31') as TimeRange
  t.match(planRange(october, 'Asia/Kolkata', 'Asia/Kolkata'), {
    days: { first: '2025-10-01', last: '2025-10-31' },
    slots: [],
    edges: [],
    dayEdges: [],
  })
  const noon = { from: Date.parse('2025-10-12T12:00:01Z'), to: Date.parse('2025-10-12T12:59:00Z') }
  t.same(planRange(noon, 'UTC', 'UTC'), {
    zone: 'UTC',
    dayZone: 'UTC',
    days: null,
    slots: [{ from: Date.parse('2025-10-12T12:15:00Z'), to: Date.parse('2025-10-12T12:45:00Z') }],
    edges: [
      { from: noon.from, to: Date.parse('2025-10-12T12:15:00Z') },
      { from: Date.parse('2025-10-12T12:45:00Z'), to: noon.to },
    ],
    dayEdges: [noon],
  })
})

t.test('periods are the coarsest cover of the days, each day once', (t) => {
  const dates = fc.tuple(fc.nat(800), fc.nat(800)).map((days) => days.map((day) => addDays('2024-01-01', day)).sort())
  fc.assert(
    fc.property(dates, ([first = '', last = '']) => {
      const periods = periodsOf({ first, last }, false)
      const days = periods.flatMap((period) => (period.length === 7 ? daysOf(period) : [period]))
      return (
        isDeepStrictEqual(days, daysBetween(first, last)) && periods.filter(({ length }) => length === 10).length <= 60
      )
    }),
    { numRuns: 200 },
  )
  t.end()
})

t.test('periods of all time, of no day, and of months whole and broken', async (t) => {
  t.same(periodsOf({ first: '1999-12-25', last: '2100-01-01' }, true), [''])
  t.same(periodsOf(null, false), [])
  t.same(periodsOf({ first: '2025-01-30', last: '2025-03-02' }, false), [
    '2025-01-30',
    '2025-01-31',
    '2025-02',
    '2025-03-01',
    '2025-03-02',
  ])
})

function daysOf(month: string): string[] {
  return daysBetween(`${month}-01`, `${month}-31`).filter((date) => date.startsWith(month))
}

function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) days.push(date)
  return days
}
