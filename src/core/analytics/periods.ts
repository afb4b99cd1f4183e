/** The stretches of time that a question is about: those of a grain, and the range that it is compared with. */
import { addDays, lastOfMonth, localSlot, monthOf, slotOf, startOfDay, startOfHour } from '../calendar.js'
import type { TimeRange } from '../range.js'
import { SLOT_MS } from '../instants.js'
import { timeKey, type Key } from './selection.js'
import type { TimeGrain } from './vocabulary.js'

export const COMPARISONS = ['previous', 'previousMonth', 'previousYear'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** Every stretch of a grain that the range touches, in order. @param most at which it stops, at most a day beyond */
export function stretchesOf(grain: TimeGrain, range: TimeRange, zone: string, most: number): Key[] {
  const keys: Key[] = []
  let at = range.from
  while (at < range.to && keys.length <= most) {
    const key = timeKey(grain, zone, slotOf(at))
    const { date } = localSlot(zone, at)
    const tomorrow = startOfDay(zone, addDays(date, 1))
    if (grain === 'hour' && tomorrow - at === DAY_MS && tomorrow <= range.to && startOfDay(zone, date) === at) {
      keys.push(...hoursOf(date, String(key)))
      at = tomorrow
    } else {
      if (key !== keys.at(-1)) keys.push(key)
      at = grain === 'hour' ? nextHour(zone, at) : tomorrow
    }
  }
  return keys
}

const DAY_MS = 86_400_000
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

/** The hours of a day on which no clock was changed: a year has nine thousand, and reading a zone for each takes a tenth of a second. */
function hoursOf(date: string, first: string): string[] {
  return HOURS.map((hour) => `${date}T${hour}${first.slice(13)}`)
}

function nextHour(zone: string, at: number): number {
  const began = startOfHour(zone, at)
  let next = slotOf(at) + SLOT_MS
  while (startOfHour(zone, next) === began) next += SLOT_MS
  return next
}

/**
 * The range that one is compared with.
 *
 * - `previous`: the one of equal length that ends where it begins. Of whole local days it has as many, so that weeks are
 *   compared with the same weekdays.
 * - `previousMonth`, `previousYear`: the same dates a month or a year before; a date that the other month lacks is its last. Of
 *   days from the first of a month on, the last of a month stands for the last of the other, so that a whole month is compared
 *   with a whole one. What is not made of whole days keeps its length, and begins as long after its day does.
 */
export function comparedRange(range: TimeRange, comparison: Comparison, zone: string): TimeRange {
  const days = wholeDays(range, zone)
  if (comparison === 'previous') {
    if (days === null) return { from: 2 * range.from - range.to, to: range.from }
    return { from: startOfDay(zone, addDays(days.first, -daysIn(days))), to: range.from }
  }
  const months = comparison === 'previousMonth' ? 1 : 12
  if (days !== null) {
    const first = monthsBefore(days.first, months, false)
    const last = monthsBefore(days.last, months, days.first.endsWith('-01'))
    return { from: startOfDay(zone, first), to: startOfDay(zone, addDays(last, 1)) }
  }
  const { date } = localSlot(zone, range.from)
  const from = startOfDay(zone, monthsBefore(date, months, false)) + (range.from - startOfDay(zone, date))
  return { from, to: from + (range.to - range.from) }
}

interface Days {
  readonly first: string
  readonly last: string
}

/** @returns null when the range is not made of whole local days; an empty one, of a day that the zone skipped, is of none */
function wholeDays({ from, to }: TimeRange, zone: string): Days | null {
  const first = localSlot(zone, from).date
  const last = localSlot(zone, to - 1).date
  const isWhole = from < to && startOfDay(zone, first) === from && startOfDay(zone, addDays(last, 1)) === to
  return isWhole ? { first, last } : null
}

function daysIn({ first, last }: Days): number {
  return 1 + (Date.parse(last) - Date.parse(first)) / DAY_MS
}

function monthsBefore(date: string, months: number, keepsEnd: boolean): string {
  const moved = new Date(`${monthOf(date)}-01`)
  moved.setUTCMonth(moved.getUTCMonth() - months)
  const month = moved.toISOString().slice(0, 7)
  const end = lastOfMonth(month)
  if (keepsEnd && date === lastOfMonth(monthOf(date))) return end
  const same = `${month}-${date.slice(8)}`
  return same < end ? same : end
}
