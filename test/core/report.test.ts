import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall, type DerivedCall } from '../../src/core/call.js'
import { localSlot, slotOf } from '../../src/core/calendar.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import { callKeyOf } from '../../src/core/identity.js'
import { decodePage, encodePage, mergePages, pageOf } from '../../src/core/page.js'
import { planSlots, type TimeRange } from '../../src/core/range.js'
import {
  answerRate,
  avgDuration,
  avgTalkTime,
  compareRanked,
  ReportSum,
  utilizationPercent,
  type Report,
} from '../../src/core/report.js'
import { contribution, COUNTERS, ZERO } from '../../src/core/tally.js'
import { SLOT_MS } from '../../src/core/instants.js'
import { BASE_MS, eventStream } from '../helpers/events.js'
import { oracle } from '../helpers/oracle.js'
import { toldOf } from '../helpers/told.js'

const ZONES = ['Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/London', 'Asia/Kathmandu']
const zone = fc.constantFrom(...ZONES)
const bound = fc
  .integer({ min: -2 * 96, max: 45 * 96 })
  .chain((slots) => fc.constantFrom(0, 1, 450_000).map((odd) => BASE_MS + slots * 900_000 + odd))
const range = fc.tuple(bound, bound).map(([a, b]): TimeRange => ({ from: Math.min(a, b), to: Math.max(a, b) }))

/**
 * Tallies as a store keeps them: the quarter hours of each local day as the bytes of a page, changed event by event by what
 * the call contributes after less what it contributed before.
 */
class Tallies {
  readonly calls = new Map<string, CallFacts>()
  readonly #days = new Map<string, Uint8Array>()
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
    if (before !== undefined) this.#count(deriveCall(before), -1)
    this.#count(deriveCall(after), 1)
  }

  /** Adds what lies in a range to a sum: its whole slots from the pages, the rest call by call. */
  addTo(sum: ReportSum, range: TimeRange): void {
    const { slots, edges } = planSlots(range)
    if (slots !== null) for (const bytes of this.#days.values()) sum.addSlots(decodePage(bytes), slots)
    for (const call of [...this.calls.values()].map(deriveCall)) {
      if (edges.some(({ from, to }) => call.startAt >= from && call.startAt < to)) sum.addCall(call)
    }
  }

  report(range: TimeRange, zone: string): Report {
    const sum = new ReportSum(zone)
    this.addTo(sum, range)
    return sum.report()
  }

  #count(call: DerivedCall, sign: 1 | -1): void {
    const { date } = localSlot(this.#dayZone, call.startAt)
    const tally = contribution(call)
    const change = COUNTERS.map((counter) => sign * tally[counter])
    const stored = this.#days.get(date)
    const pages = [
      ...(stored === undefined ? [] : [decodePage(stored)]),
      pageOf([[slotOf(call.startAt) / SLOT_MS, change]], COUNTERS.length),
    ]
    this.#days.set(date, encodePage(mergePages(pages, COUNTERS.length)))
  }
}

function recorded(events: readonly CallEvent[], dayZone: string): Tallies {
  const tallies = new Tallies(dayZone)
  for (const event of events) tallies.record(event)
  return tallies
}

/** A report in the oracle's words. */
function told({ summary, byDate, byHour, byWeekday }: Report): object {
  return { ...toldOf(summary), callsByDate: byDate, callsByHour: byHour, callsByDayOfWeek: byWeekday }
}

t.test('tallies kept event by event report what the naive oracle counts, over any range and in any zone', (t) => {
  fc.assert(
    fc.property(eventStream, range, zone, zone, (events, range, zone, dayZone) => {
      const report = recorded(events, dayZone).report(range, zone)
      const expected = oracle(events, { now: BASE_MS, zone, range })
      assert.deepStrictEqual({ ...expected, ...told(report) }, expected)
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test('a report added up call by call is the report added up from slots', (t) => {
  fc.assert(
    fc.property(eventStream, range, zone, (events, range, zone) => {
      const tallies = recorded(events, zone)
      const sum = new ReportSum(zone)
      for (const call of [...tallies.calls.values()].map(deriveCall)) {
        if (call.startAt >= range.from && call.startAt < range.to) sum.addCall(call)
      }
      assert.deepStrictEqual(sum.report(), tallies.report(range, zone))
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('customers rank as the naive oracle ranks them', (t) => {
  fc.assert(
    fc.property(eventStream, (events) => {
      const counted = new Map<string, { id: string; calls: number; seconds: number }>()
      for (const facts of recorded(events, 'UTC').calls.values()) {
        const call = deriveCall(facts)
        if (call.customerId === null) continue
        const { customerId } = call
        const before = counted.get(customerId) ?? { calls: 0, seconds: 0 }
        const { calls, seconds } = contribution(call)
        counted.set(customerId, { id: customerId, calls: before.calls + calls, seconds: before.seconds + seconds })
      }
      const ranked = [...counted.values()]
      const { topCustomers } = oracle(events, { now: BASE_MS, zone: 'UTC' })
      assert.deepStrictEqual(
        ranked.sort(compareRanked),
        topCustomers.map(({ customerId: id, calls, seconds }) => ({ id, calls, seconds })),
      )
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('every grouping of a report sums to its total', (t) => {
  fc.assert(
    fc.property(eventStream, range, zone, (events, range, zone) => {
      const { summary, byDate, byHour, byWeekday } = recorded(events, zone).report(range, zone)
      const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
      for (const counts of [byDate.map(([, calls]) => calls), byHour, byWeekday, [summary.inbound, summary.outbound]]) {
        assert.equal(total(counts), summary.calls)
      }
      const { endedCalls, durationBuckets, talkTimeBuckets, ...told } = toldOf(summary)
      for (const buckets of [durationBuckets, talkTimeBuckets]) assert.equal(total(Object.values(buckets)), endedCalls)
      assert.equal(endedCalls + told.openCalls, summary.calls)
      assert.equal(told.answeredCalls + told.unansweredCalls, endedCalls)
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('the parts of any partition of a range add up to the report of the range, in any order', (t) => {
  const cuts = fc.array(bound, { maxLength: 4 })
  fc.assert(
    fc.property(eventStream, range, cuts, zone, zone, fc.boolean(), (events, range, cuts, zone, dayZone, backwards) => {
      const tallies = recorded(events, dayZone)
      const inside = cuts.filter((cut) => cut > range.from && cut < range.to)
      const at = [range.from, ...inside, range.to].sort((a, b) => a - b)
      const parts = at.slice(1).map((to, index): TimeRange => ({ from: at[index] ?? to, to }))
      const sum = new ReportSum(zone)
      for (const part of backwards ? parts.reverse() : parts) tallies.addTo(sum, part)
      assert.deepStrictEqual(sum.report(), tallies.report(range, zone))
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('the order and repetition of events leave no trace in a report', (t) => {
  const arrival = eventStream.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length })),
  )
  const everything = { from: BASE_MS - 86_400_000, to: BASE_MS + 50 * 86_400_000 }
  fc.assert(
    fc.property(arrival, ([events, arrived]) => {
      assert.deepStrictEqual(
        recorded(arrived, 'Asia/Kolkata').report(everything, 'Asia/Kolkata'),
        recorded(events, 'Asia/Kolkata').report(everything, 'Asia/Kolkata'),
      )
    }),
    { numRuns: 200 },
  )
  t.end()
})

t.test('a report of nothing is zeros, with every hour and weekday in it', async (t) => {
  const report = new ReportSum('Asia/Kolkata').report()
  t.same(report.summary, ZERO)
  t.same(Object.keys(report.summary), COUNTERS)
  t.same(report.byDate, [])
  t.same(report.byHour, new Array(24).fill(0))
  t.same(report.byWeekday, new Array(7).fill(0))
})

t.test('of a page only the slots that begin in the range are added', async (t) => {
  const slot = slotOf(BASE_MS) / SLOT_MS
  const page = pageOf(
    [-1, 0, 1, 2].map((step) => [slot + step, [10 ** (step + 1)]]),
    COUNTERS.length,
  )
  const calls = (range: TimeRange): number => {
    const sum = new ReportSum('UTC')
    sum.addSlots(page, range)
    return sum.report().summary.calls
  }
  const at = slot * SLOT_MS
  t.equal(calls({ from: at, to: at + 2 * SLOT_MS }), 110)
  t.equal(calls({ from: at - SLOT_MS, to: at + 3 * SLOT_MS }), 1111)
  t.equal(calls({ from: at + 1, to: at + SLOT_MS + 1 }), 100)
  t.equal(calls({ from: at, to: at }), 0)
  t.equal(calls({ from: at + 3 * SLOT_MS, to: at + 9 * SLOT_MS }), 0)
})

t.test('a date whose calls all moved away is not listed', async (t) => {
  const slot = slotOf(BASE_MS) / SLOT_MS
  const sum = new ReportSum('Asia/Kolkata')
  const everything = { from: BASE_MS - SLOT_MS, to: BASE_MS + SLOT_MS }
  sum.addSlots(pageOf([[slot, [0]]], COUNTERS.length), everything)
  t.same(sum.report().byDate, [])
  for (const calls of [3, -3]) sum.addSlots(pageOf([[slot, [calls]]], COUNTERS.length), everything)
  t.same(sum.report().byDate, [])
})

t.test('averages and rates of nothing are 0, others are rounded', async (t) => {
  t.equal(avgDuration(ZERO), 0)
  t.equal(avgDuration({ ...ZERO, ended: 2, seconds: 5 }), 3)
  t.equal(avgTalkTime(ZERO), 0)
  t.equal(avgTalkTime({ ...ZERO, ended: 3, answered: 2, seconds: 50, unansweredSeconds: 45 }), 3)
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
    { id: 'b', calls: 2, seconds: 0 },
    { id: 'Z', calls: 1, seconds: 9 },
    { id: 'a', calls: 1, seconds: 9 },
    { id: 'é', calls: 1, seconds: 9 },
    { id: 'A', calls: 1, seconds: 8 },
  ]
  t.same([...ranked].reverse().sort(compareRanked), ranked)
  t.equal(compareRanked({ id: 'a', calls: 1, seconds: 1 }, { id: 'a', calls: 1, seconds: 1 }), 0)
})
