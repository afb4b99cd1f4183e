import { addDays, isDate, lastOfMonth, localSlot, monthOf, parseInstant, slotOf, startOfDay } from './calendar.js'
import { dateFault } from './date-fault.js'
import { shown } from './json.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS, SLOT_MS } from './instants.js'

/** Epoch milliseconds, half-open: `[from, to)`. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/**
 * All of time, as a range. It starts before the first instant that an event may name, because a call starts before
 * the event that reports it.
 */
export const OPEN_RANGE: TimeRange = { from: MIN_INSTANT_MS - 7 * 24 * 60 * 60 * 1000, to: MAX_INSTANT_MS }

interface RangeFault {
  readonly parameter: 'startDate' | 'endDate'
  /** What is wrong, to follow the parameter's name in a sentence. */
  readonly fault: string
}

/**
 * Reads a range as callers write it: each bound a date, meaning that whole local day, or a date-time, which without an
 * offset is in the zone. The end includes its day or its instant; an absent bound is open.
 */
export function parseRange(
  input: { startDate: string | undefined; endDate: string | undefined },
  zone: string,
): { range: TimeRange } | { fault: RangeFault } {
  const start = boundOf(input.startDate, zone)
  if (typeof start === 'string') return { fault: { parameter: 'startDate', fault: start } }
  const end = boundOf(input.endDate, zone)
  if (typeof end === 'string') return { fault: { parameter: 'endDate', fault: end } }
  const range = { from: start?.from ?? OPEN_RANGE.from, to: Math.min(end?.to ?? OPEN_RANGE.to, OPEN_RANGE.to) }
  // A day that the zone skipped is empty, and still no later than itself.
  const inverted = range.from > range.to || (range.from === range.to && input.startDate !== input.endDate)
  if (!inverted) return { range }
  const fault = `is ${shown(String(input.startDate))}, which is after endDate, ${shown(String(input.endDate))}`
  return { fault: { parameter: 'startDate', fault } }
}

const FIRST_DATE = '2000-01-01'
const LAST_DATE = '2099-12-31'
const OUT_OF_BOUNDS = `which is not between ${FIRST_DATE} and ${LAST_DATE}`
const EXAMPLES = 'write a date such as 2025-10-01, or a date-time such as 2025-10-01T09:30:00Z'

/** The stretch that one bound names, or what is wrong with it. Dates are bounded as written, the same in every zone. */
function boundOf(text: string | undefined, zone: string): TimeRange | string | undefined {
  if (text === undefined) return undefined
  const outOfBounds = `is ${shown(text)}, ${OUT_OF_BOUNDS}`
  if (isDate(text)) {
    if (text < FIRST_DATE || text > LAST_DATE) return outOfBounds
    return { from: startOfDay(zone, text), to: startOfDay(zone, addDays(text, 1)) }
  }
  const instant = parseInstant(text, zone)
  if (instant === null) return `is ${shown(text)}, ${dateFault(text)}: ${EXAMPLES}`
  return instant < MIN_INSTANT_MS || instant >= MAX_INSTANT_MS ? outOfBounds : { from: instant, to: instant + 1 }
}

/** A range as whole quarter hours, which tallies count, and what is left of it. */
interface SlotPlan {
  /** Null when the range holds no whole slot. */
  readonly slots: TimeRange | null
  /** At most two pieces, each shorter than two slots. */
  readonly edges: readonly TimeRange[]
}

export function planSlots(range: TimeRange): SlotPlan {
  const slots = { from: slotOf(range.from + SLOT_MS - 1), to: slotOf(range.to) }
  return slots.from < slots.to ? { slots, edges: outside(range, slots) } : { slots: null, edges: pieces(range) }
}

/** Local dates, both included. */
export interface DateSpan {
  readonly first: string
  readonly last: string
}

/** A range as whole local days, which pages count, and what is left of it. */
interface DayPlan {
  /** Null when the range holds no whole day. */
  readonly days: DateSpan | null
  /** At most two pieces, each shorter than two days. */
  readonly edges: readonly TimeRange[]
}

/** An open bound has no edge: no call lies beyond it, so the day that holds it counts as whole. @param zone IANA name */
export function planDays(range: TimeRange, zone: string): DayPlan {
  const from = range.from <= OPEN_RANGE.from ? dayStart(zone, range.from) : range.from
  const to = range.to >= OPEN_RANGE.to ? nextDayStart(zone, range.to) : range.to
  const whole = { from: dayStart(zone, from) === from ? from : nextDayStart(zone, from), to: dayStart(zone, to) }
  if (whole.from >= whole.to) return { days: null, edges: pieces({ from, to }) }
  return {
    days: { first: localSlot(zone, whole.from).date, last: localSlot(zone, whole.to - 1).date },
    edges: outside({ from, to }, whole),
  }
}

/** The coarsest cover of local days by whole months and single days: `2025-01-31`, `2025-02`, `2025-03-01`. */
export function periodsOf(days: DateSpan): readonly string[] {
  const periods: string[] = []
  let date = days.first
  while (date <= days.last) {
    const month = monthOf(date)
    const monthEnd = lastOfMonth(month)
    const whole = date.endsWith('-01') && monthEnd <= days.last
    periods.push(whole ? month : date)
    date = addDays(whole ? monthEnd : date, 1)
  }
  return periods
}

function dayStart(zone: string, ms: number): number {
  return startOfDay(zone, localSlot(zone, ms).date)
}

function nextDayStart(zone: string, ms: number): number {
  return startOfDay(zone, addDays(localSlot(zone, ms).date, 1))
}

/** What an inner range leaves of an outer one: at most two pieces. */
function outside(outer: TimeRange, inner: TimeRange): readonly TimeRange[] {
  return [...pieces({ from: outer.from, to: inner.from }), ...pieces({ from: inner.to, to: outer.to })]
}

function pieces(range: TimeRange): readonly TimeRange[] {
  return range.from < range.to ? [range] : []
}
