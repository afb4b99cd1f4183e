/** When the offices of made-up calls are busy. India has no daylight-saving time, so local hours are plain sums. */
import { addDays, localSlot, startOfDay, weekdayOf } from '../core/calendar.js'
import { between, weighted, type Random } from './random.js'

export const OFFICE_ZONE = 'Asia/Kolkata'

const HOUR_MS = 60 * 60 * 1000

/** How busy each local hour is, against the others: open from nine to seven, with a lunch at one. */
const HOUR_WEIGHTS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 8, 12, 13, 10, 4, 8, 12, 12, 10, 6, 1, 0, 0, 0, 0]

/** How busy each weekday is, against a Monday; 0 is Sunday. */
const WEEKDAY_WEIGHTS = [0, 1, 1.05, 1.05, 1, 0.95, 0.25]

export function dayWeight(date: string): number {
  return Number(WEEKDAY_WEIGHTS[weekdayOf(date)])
}

/** The local dates up to that of `now`, oldest first. */
export function datesUntil(now: number, days: number): string[] {
  const today = localSlot(OFFICE_ZONE, now).date
  return Array.from({ length: days }, (_, index) => addDays(today, index - days + 1))
}

/** Instants of one local date at which calls begin, in epoch milliseconds, earliest first. */
export function startsOn(random: Random, date: string, calls: number): number[] {
  const midnight = startOfDay(OFFICE_ZONE, date)
  const hour = weighted(random, HOUR_WEIGHTS)
  return Array.from({ length: calls }, () => midnight + hour() * HOUR_MS + between(random, 0, HOUR_MS - 1)).sort(
    (a, b) => a - b,
  )
}
