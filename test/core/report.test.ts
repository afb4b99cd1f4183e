import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall, type DerivedCall } from '../../src/core/call.js'
import { localSlot, slotOf } from '../../src/core/calendar.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import { callKeyOf } from '../../src/core/identity.js'
import { planRange, type RangePlan, type TimeRange } from '../../src/core/range.js'
import {
  answerRate,
  avgDuration,
  compareRanked,
  mergeReports,
  reportOf,
  utilizationPercent,
  type DaysTally,
  type Report,
  type SlotsTally,
} from '../../src/core/report.js'
import { add, contribution, isZero, subtract, ZERO, type Tally } from '../../src/core/tally.js'
import { BASE_MS, eventStream } from '../helpers/events.js'
import { oracle } from '../helpers/oracle.js'

const ZONES = ['Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/London', 'Asia/Kathmandu']
const zone = fc.constantFrom(...ZONES)
const bound = fc
  .integer({ min: -2 * 96, max: 45 * 96 })
  .chain((slots) => fc.constantFrom(0, 1, 450_000).map((odd) => BASE_MS + slots * 900_000 + odd))
const range = fc.tuple(bound, bound).map(([a, b]): TimeRange => ({ from: Math.min(a, b), to: Math.max(a, b) }))

/** Tallies as a store keeps them: changed event by event, by what the call contributes after less before. */
class Tallies {
  readonly calls = new Map<string, CallFacts>()
  readonly #slots = new Map<number, Tally>()
  readonly #days = new Map<string, { tally: Tally; hours: number[] }>()
  readonly #dayZone: string

  constructor(dayZone: string) {
    this.#dayZone = dayZone
  }

  record(event: CallEvent): void {
    const facts = factsOf(event)
    if (facts === null) return
    const key = callKeyOf(event.data) ?? ''
    const before = this.calls.get(key)
    const after = before === undefined ? facts : join(before, facts)
    this.calls.set(key, after)
    if (before !== undefined) this.#move(deriveCall(before), subtract)
    this.#move(deriveCall(after), add)
  }

  report(plan: RangePlan): Report {
    const derived = [...this.calls.values()].map(deriveCall)
    const within = (pieces: readonly TimeRange[], at: number): boolean =>
      pieces.some(({ from, to }) => at >= from && at < to)
    const { days } = plan
    const inDays = [...this.#days].filter(
      ([date]) => plan.zone === plan.dayZone && days !== null && date >= days.first && date <= days.last,
    )
    const daysTally: DaysTally = {
      tally: inDays.reduce((sum, [, { tally }]) => add(sum, tally), ZERO),
      callsByDate: inDays.map(([date, { tally }]) => [date, tally.calls]),
      hours: Array.from({ length: 24 }, (_, hour) =>
        inDays.reduce((sum, [, { hours }]) => sum + (hours[hour] ?? 0), 0),
      ),
    }
    const slotTallies = plan.slots.map((piece): SlotsTally => {
      const inPiece = [...this.#slots].filter(([slotAt]) => within([piece], slotAt))
      return {
        tally: inPiece.reduce((sum, [, tally]) => add(sum, tally), ZERO),
        callsBySlot: inPiece.map(([slotAt, tally]) => [slotAt, tally.calls]),
      }
    })
    const edges = derived.filter(({ startAt }) => within(plan.edges, startAt))
    return reportOf({ days: [daysTally], slots: slotTallies, edges }, plan.zone)
  }

  #move(call: DerivedCall, change: (a: Tally, b: Tally) => Tally): void {
    const slotAt = slotOf(call.startAt)
    this.#slots.set(slotAt, change(this.#slots.get(slotAt) ?? ZERO, contribution(call)))
    const { date, hour } = localSlot(this.#dayZone, call.startAt)
    const day = this.#days.get(date) ?? { tally: ZERO, hours: Array.from({ length: 24 }, () => 0) }
    day.tally = change(day.tally, contribution(call))
    day.hours = day.hours.map((calls, index) =>
      index === hour ? change({ ...ZERO, calls }, contribution(call)).calls : calls,
    )
    this.#days.set(date, day)
  }
}

function recorded(events: readonly CallEvent[], dayZone: string): Tallies {
  const tallies = new Tallies(dayZone)
  for (const event of events) tallies.record(event)
  return tallies
}

/** A report in the oracle's words. */
function told({ summary, byDate, byHour, byWeekday }: Report): object {
  return {
    totalCalls: summary.calls,
    endedCalls: summary.ended,
    answeredCalls: summary.answered,
    missedCalls: summary.missed,
    inboundCalls: summary.inbound,
    outboundCalls: summary.outbound,
    totalDuration: summary.seconds,
    avgDuration: avgDuration(summary),
    answerRate: answerRate(summary),
    callsByDate: byDate,
    callsByHour: byHour,
    callsByDayOfWeek: byWeekday,
    durationBuckets: {
      '0-30s': summary.under30s,
      '30s-1m': summary.under1m,
      '1m-3m': summary.under3m,
      '3m-5m': summary.under5m,
      '5m+': summary.over5m,
    },
  }
}

t.test('tallies kept event by event report what the naive oracle counts, over any range and in any zone', (t) => {
  fc.assert(
    fc.property(eventStream, range, zone, zone, (events, range, zone, dayZone) => {
      const report = recorded(events, dayZone).report(planRange(range, zone, dayZone))
      const expected = oracle(events, { now: BASE_MS, zone, range })
      return isDeepStrictEqual({ ...expected, ...told(report) }, expected)
    }),
    { numRuns: 2000 },
  )
  t.end()
})

t.test('customers rank as the naive oracle ranks them', (t) => {
  fc.assert(
    fc.property(eventStream, (events) => {
      const tallies = new Map<string, Tally>()
      for (const facts of recorded(events, 'UTC').calls.values()) {
        const call = deriveCall(facts)
        if (call.customerId === null) continue
        tallies.set(call.customerId, add(tallies.get(call.customerId) ?? ZERO, contribution(call)))
      }
      const ranked = [...tallies].map(([customerId, { calls, seconds }]) => ({ customerId, calls, seconds }))
      return isDeepStrictEqual(ranked.sort(compareRanked), oracle(events, { now: BASE_MS, zone: 'UTC' }).topCustomers)
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('every grouping of a report sums to its total', (t) => {
  fc.assert(
    fc.property(eventStream, range, zone, (events, range, zone) => {
      const { summary, byDate, byHour, byWeekday } = recorded(events, zone).report(planRange(range, zone, zone))
      const buckets = summary.under30s + summary.under1m + summary.under3m + summary.under5m + summary.over5m
      return (
        [byDate.map(([, calls]) => calls), byHour, byWeekday, [summary.inbound, summary.outbound]].every(
          (counts) => counts.reduce((sum, count) => sum + count, 0) === summary.calls,
        ) && buckets === summary.ended
      )
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('the reports of any partition of a range merge into the report of the range', (t) => {
  fc.assert(
    fc.property(
      eventStream,
      range,
      fc.array(bound, { maxLength: 4 }),
      zone,
      zone,
      (events, range, cuts, zone, dayZone) => {
        const tallies = recorded(events, dayZone)
        const at = [range.from, ...cuts.filter((cut) => cut > range.from && cut < range.to), range.to].sort(
          (a, b) => a - b,
        )
        const parts = at.slice(1).map((to, index) => planRange({ from: at[index] ?? to, to }, zone, dayZone))
        const merged = parts.map((plan) => tallies.report(plan)).reduce(mergeReports)
        const whole = tallies.report(planRange(range, zone, dayZone))
        return isDeepStrictEqual(told(merged), told(whole))
      },
    ),
    { numRuns: 500 },
  )
  t.end()
})

t.test('the order and repetition of events leave no trace in a report', (t) => {
  const arrival = eventStream.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length })),
  )
  const plan = planRange({ from: BASE_MS - 86_400_000, to: BASE_MS + 50 * 86_400_000 }, 'Asia/Kolkata', 'Asia/Kolkata')
  fc.assert(
    fc.property(arrival, ([events, arrived]) =>
      isDeepStrictEqual(
        told(recorded(arrived, 'Asia/Kolkata').report(plan)),
        told(recorded(events, 'Asia/Kolkata').report(plan)),
      ),
    ),
    { numRuns: 300 },
  )
  t.end()
})

t.test('a report of nothing is zeros, with every hour and weekday in it', async (t) => {
  const report = reportOf({ days: [], slots: [], edges: [] }, 'Asia/Kolkata')
  t.ok(isZero(report.summary))
  t.same(report.byDate, [])
  t.same(report.byHour, new Array(24).fill(0))
  t.same(report.byWeekday, new Array(7).fill(0))
})

t.test('a date whose calls all moved away is not listed', async (t) => {
  const days = [{ tally: ZERO, callsByDate: [['2025-10-12', 0] as const], hours: new Array<number>(24).fill(0) }]
  t.same(reportOf({ days, slots: [], edges: [] }, 'Asia/Kolkata').byDate, [])
})

t.test('averages and rates of nothing are 0, others are rounded', async (t) => {
  t.equal(avgDuration(ZERO), 0)
  t.equal(avgDuration({ ...ZERO, ended: 2, seconds: 5 }), 3)
  t.equal(answerRate(ZERO), 0)
  t.equal(answerRate({ ...ZERO, ended: 3, answered: 2 }), 0.6667)
  t.equal(answerRate({ ...ZERO, ended: 3, answered: 3 }), 1)
})

t.test('utilization is a rounded percentage, of no limit too', async (t) => {
  t.equal(utilizationPercent(125, 10_000), 1)
  t.equal(utilizationPercent(150, 100), 150)
  t.equal(utilizationPercent(0, 0), 0)
  t.equal(utilizationPercent(1, 0), 100)
})

t.test('customers rank by calls, then seconds, then id by code unit', async (t) => {
  const ranked = [
    { customerId: 'b', calls: 2, seconds: 0 },
    { customerId: 'Z', calls: 1, seconds: 9 },
    { customerId: 'a', calls: 1, seconds: 9 },
    { customerId: 'é', calls: 1, seconds: 9 },
    { customerId: 'A', calls: 1, seconds: 8 },
  ]
  t.same([...ranked].reverse().sort(compareRanked), ranked)
  t.equal(compareRanked({ customerId: 'a', calls: 1, seconds: 1 }, { customerId: 'a', calls: 1, seconds: 1 }), 0)
})
