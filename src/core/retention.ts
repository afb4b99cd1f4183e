import { monthSpan, startOfDay } from './calendar.js'

/**
 * The first instant that a client keeps: the start of the local month `months` before the one that `now` falls in, so
 * that a client of one month always has the whole of the last. Whole months, because local days and months, which
 * tallies are kept by, then lie on one side of it or the other.
 * @param zone IANA name of the client's zone
 * @param months from 1
 * @param now epoch milliseconds, as is the result
 */
export function retentionStart(zone: string, months: number, now: number): number {
  const month = new Date(monthSpan(zone, now).first)
  month.setUTCMonth(month.getUTCMonth() - months)
  return startOfDay(zone, month.toISOString().slice(0, 10))
}
