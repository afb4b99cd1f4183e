import { localSlot, weekdayOf } from './calendar.js'
import type { Page } from './page.js'
import type { TimeRange } from './range.js'
import { inFourDigits } from './rounding.js'
import { contribution, COUNTERS, type CountedCall, type Tally } from './tally.js'
import { SLOT_MS } from './instants.js'
import { DURATION_BUCKETS } from './vocabulary/calls.js'

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

/** Adds up calls, and tallies of whole quarter hours, into a report. */
export class ReportSum {
  readonly #zone: string
  readonly #totals = new Float64Array(COUNTERS.length)
  readonly #hours = zeros(24)
  readonly #dates = new Map<string, number>()

  /** @param zone IANA name: hours, dates and weekdays are its own */
  constructor(zone: string) {
    this.#zone = zone
  }

  /**
   * Adds the slots of a page that begin in a range.
   * @param page by number of the slot (epoch milliseconds ÷ 15 minutes), one column a counter, in the order of `COUNTERS`
   */
  addSlots({ keys, columns }: Page, range: TimeRange): void {
    const [from, to] = [Math.ceil(range.from / SLOT_MS), Math.ceil(range.to / SLOT_MS)]
    const calls = columns[0] as Float64Array
    let first = 0
    let last = keys.length
    while (first < last && (keys[first] as number) < from) first++
    while (last > first && (keys[last - 1] as number) >= to) last--
    for (const [counter, column] of columns.entries()) {
      let sum = 0
      for (let i = first; i < last; i++) sum += column[i] as number
      this.#totals[counter] = (this.#totals[counter] as number) + sum
    }
    for (let i = first; i < last; i++) this.#countAt((keys[i] as number) * SLOT_MS, calls[i] as number)
  }

  addCall(call: CountedCall): void {
    const tally = contribution(call)
    for (const [counter, name] of COUNTERS.entries()) {
      this.#totals[counter] = (this.#totals[counter] as number) + tally[name]
    }
    this.#countAt(call.startAt, 1)
  }

  report(): Report {
    const summary = Object.fromEntries(COUNTERS.map((name, counter) => [name, this.#totals[counter]])) as Tally
    return { summary, byHour: this.#hours, ...byDates(this.#dates) }
  }

  #countAt(instant: number, calls: number): void {
    if (calls === 0) return
    const { date, hour } = localSlot(this.#zone, instant)
    countDate(this.#dates, date, calls)
    raise(this.#hours, hour, calls)
  }
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

/** What the calls lasted that were answered and have ended, in seconds. */
export function talkTime(tally: Tally): number {
  return tally.seconds - tally.unansweredSeconds
}

/** Whole seconds of talk per call that was answered and has ended; 0 when there are none. */
export function avgTalkTime(tally: Tally): number {
  return tally.answered === 0 ? 0 : Math.round(talkTime(tally) / tally.answered)
}

/** Calls that have ended, and that nobody answered. */
export function unansweredCalls(tally: Tally): number {
  return tally.ended - tally.answered
}

/** Answered calls that have ended, by duration bucket. */
export function answeredByDuration(
  tally: Tally,
): readonly ((typeof DURATION_BUCKETS)[number] & { readonly calls: number })[] {
  return DURATION_BUCKETS.map((bucket) => ({ ...bucket, calls: tally[bucket.counter] - tally[bucket.unanswered] }))
}

/** The share of ended calls that were answered, 0–1 in four digits; 0 when there are none. */
export function answerRate(tally: Tally): number {
  return tally.ended === 0 ? 0 : inFourDigits(tally.answered / tally.ended)
}

/** Calls of a limit, in rounded percent. A limit of 0 is used up by any call. */
export function utilizationPercent(calls: number, limit: number): number {
  if (limit === 0) return calls === 0 ? 0 : 100
  return Math.round((calls / limit) * 100)
}

interface Ranked {
  readonly id: string
  readonly calls: number
  readonly seconds: number
}

/** Orders customers, or agents, by most calls, then most seconds, then id by code unit. */
export function compareRanked(a: Ranked, b: Ranked): number {
  if (a.calls !== b.calls) return b.calls - a.calls
  if (a.seconds !== b.seconds) return b.seconds - a.seconds
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
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
