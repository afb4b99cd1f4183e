import type { ReconciliationBody } from '../../schemas/reconciliation.js'
import { formatInstant } from '../core/calendar.js'
import { shown } from '../core/json.js'
import { parseRange, type TimeRange } from '../core/range.js'
import { failInvalid } from '../errors.js'
import { earliestCreated } from '../exotel/call-details.js'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Reads a range of which Exotel has records: whole seconds, to now at the latest; the last day where no bound is named.
 * @param zone IANA zone of dates, and of times without an offset
 * @param now epoch milliseconds
 * @throws ApiError 400 naming the bound at fault
 */
export function askedRange({ from, to }: ReconciliationBody, zone: string, now: number): TimeRange {
  const end = to === undefined ? now : boundOf('to', parseRange({ startDate: undefined, endDate: to }, zone)).to
  const latest = Math.min(end, now)
  const start =
    from === undefined
      ? latest - DAY_MS
      : boundOf('from', parseRange({ startDate: from, endDate: undefined }, zone)).from
  const refuse = (why: string): never => {
    const message = `is ${shown(String(from ?? to))}, ${why}`
    return failInvalid({ in: 'body', pointer: from === undefined ? '/to' : '/from', message })
  }
  const earliest = earliestCreated(now)
  if (start >= now) refuse('which is in the future')
  if (start >= end) refuse(`which is after to, ${shown(String(to))}`)
  if (start < earliest) {
    refuse(`and Exotel keeps its lists of calls for six months: write ${formatInstant(earliest)} or later`)
  }
  return { from: wholeSeconds(start, Math.floor), to: wholeSeconds(latest, Math.ceil) }
}

function boundOf(name: 'from' | 'to', parsed: ReturnType<typeof parseRange>): TimeRange {
  if ('range' in parsed) return parsed.range
  return failInvalid({ in: 'body', pointer: `/${name}`, message: parsed.fault.fault })
}

function wholeSeconds(instant: number, round: (value: number) => number): number {
  return round(instant / 1000) * 1000
}
