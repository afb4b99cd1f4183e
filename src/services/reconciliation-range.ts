import type { ReconciliationBody } from '../../schemas/reconciliation.js'
import { formatInstant } from '../core/calendar.js'
import { shown } from '../core/json.js'
import { parseRange, type TimeRange } from '../core/range.js'
import { failInvalid } from '../errors.js'
import { earliestCreated } from '../exotel/call-details.js'

/**
 * Reads a range of which Exotel has records: whole seconds, to now at the latest.
 * @param zone IANA zone of dates, and of times without an offset
 * @param now epoch milliseconds
 * @throws ApiError 400 naming the bound at fault
 */
export function askedRange({ from, to }: ReconciliationBody, zone: string, now: number): TimeRange {
  const start = boundOf('from', parseRange({ startDate: from, endDate: undefined }, zone)).from
  const end = boundOf('to', parseRange({ startDate: undefined, endDate: to }, zone)).to
  const earliest = earliestCreated(now)
  if (start >= now) failFrom(from, 'which is in the future')
  if (start >= end) failFrom(from, `which is after to, ${shown(to)}`)
  if (start < earliest) {
    failFrom(from, `and Exotel keeps its lists of calls for six months: write ${formatInstant(earliest)} or later`)
  }
  const wholeSeconds = (instant: number, round: (value: number) => number) => round(instant / 1000) * 1000
  return { from: wholeSeconds(start, Math.floor), to: wholeSeconds(Math.min(end, now), Math.ceil) }
}

function boundOf(name: 'from' | 'to', parsed: ReturnType<typeof parseRange>): TimeRange {
  if ('range' in parsed) return parsed.range
  return failInvalid({ in: 'body', pointer: `/${name}`, message: parsed.fault.fault })
}

function failFrom(from: string, why: string): never {
  failInvalid({ in: 'body', pointer: '/from', message: `is ${shown(from)}, ${why}` })
}
