import type { DerivedCall } from './call.js'
import { localSlot, weekdayOf } from './calendar.js'
import { add, contribution, ZERO, type Tally } from './tally.js'

/** What a report counts of a call. */
export type CountedCall = Pick<DerivedCall, 'startAt' | 'direction' | 'durationSeconds' | 'answered'>

/** The calls that started on some local dates, in the zone of the day tallies. */
export interface DaysTally {
  readonly tally: Tally
  readonly callsByDate: readonly (readonly [date: string, calls: number])[]
  /** 24 counts of calls by local hour. */
  readonly hours: readonly number[]
}

/** The calls that started in some 15-minute slots, each named by its start in epoch milliseconds. */
export interface SlotsTally {
  readonly tally: Tally
  readonly callsBySlot: readonly (readonly [slotAt: number, calls: number])[]
}

/** Everything that analytics say of a set of calls, in one zone. Plain JSON. */
export interface Report {
  readonly summary: Tally
  /** Calls by local date, newest first, only dates with calls. */
  readonly byDate: readonly (readonly [date: string, calls: number])[]
  /** 24 counts of calls by local hour. */
  readonly byHour: readonly number[]
  /** Seven counts of calls by local weekday, Sunday first. */
  readonly byWeekday: readonly number[]
}

/**
 * Merges the tallies inside a range with the calls of its ragged edges.
 * @param parts parts that share no call; days only when they were kept in this zone
 * @param zone IANA name
 */
export function reportOf(
  parts: { days: readonly DaysTally[]; slots: readonly SlotsTally[]; edges: readonly CountedCall[] },
  zone: string,
): Report {
  const dates = new Map<string, number>()
  const byHour = zeros(24)
  let summary = ZERO
  const countAt = (instant: number, calls: number): void => {
    const { date, hour } = localSlot(zone, instant)
    countDate(dates, date, calls)
    raise(byHour, hour, calls)
  }
  for (const { tally, callsByDate, hours } of parts.days) {
    summary = add(summary, tally)
    for (const [date, calls] of callsByDate) countDate(dates, date, calls)
    hours.forEach((calls, hour) => {
      raise(byHour, hour, calls)
    })
  }
  for (const { tally, callsBySlot } of parts.slots) {
    summary = add(summary, tally)
    for (const [slotAt, calls] of callsBySlot) countAt(slotAt, calls)
  }
  for (const call of parts.edges) {
    const tally = contribution(call)
    summary = add(summary, tally)
    countAt(call.startAt, tally.calls)
  }
  return { summary, byHour, ...byDates(dates) }
}

/** The report of both sets of calls, which share none. */
export function mergeReports(a: Report, b: Report): Report {
  const dates = new Map(a.byDate)
  for (const [date, calls] of b.byDate) countDate(dates, date, calls)
  const byHour = [...a.byHour]
  b.byHour.forEach((calls, hour) => {
    raise(byHour, hour, calls)
  })
  return { summary: add(a.summary, b.summary), byHour, ...byDates(dates) }
}

function byDates(dates: ReadonlyMap<string, number>): Pick<Report, 'byDate' | 'byWeekday'> {
  const counted = [...dates].filter(([, calls]) => calls !== 0).sort(([a], [b]) => (a < b ? 1 : -1))
  const byWeekday = zeros(7)
  for (const [date, calls] of counted) raise(byWeekday, weekdayOf(date), calls)
  return { byDate: counted, byWeekday }
}

/** Whole seconds per ended call; 0 when there are none. */
export function avgDuration(tally: Tally): number {
  return tally.ended === 0 ? 0 : Math.round(tally.seconds / tally.ended)
}

/** The share of ended calls that were answered, 0–1 in four digits; 0 when there are none. */
export function answerRate(tally: Tally): number {
  return tally.ended === 0 ? 0 : Math.round((tally.answered / tally.ended) * 10_000) / 10_000
}

/** Calls of a limit, in rounded percent. A limit of 0 is used up by any call. */
export function utilizationPercent(calls: number, limit: number): number {
  if (limit === 0) return calls === 0 ? 0 : 100
  return Math.round((calls / limit) * 100)
}

export interface Ranked {
  readonly customerId: string
  readonly calls: number
  readonly seconds: number
}

/** Orders customers by most calls, then most seconds, then id by code unit. */
export function compareRanked(a: Ranked, b: Ranked): number {
  if (a.calls !== b.calls) return b.calls - a.calls
  if (a.seconds !== b.seconds) return b.seconds - a.seconds
  if (a.customerId === b.customerId) return 0
  return a.customerId < b.customerId ? -1 : 1
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0)
}

/** Counters exist for every index that is asked for; the type system cannot know. */
function raise(counters: number[], index: number, by: number): void {
  counters[index] = (counters[index] as number) + by
}

function countDate(dates: Map<string, number>, date: string, calls: number): void {
  dates.set(date, (dates.get(date) ?? 0) + calls)
}
