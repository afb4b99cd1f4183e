import type { DateRange } from '../../schemas/common.js'
import { formatInstant, isTimeZone } from '../core/calendar.js'
import { shown } from '../core/json.js'
import { parseRange, type TimeRange } from '../core/range.js'
import { DEFAULT_TIMEZONE } from '../core/defaults.js'
import { failInvalid } from '../errors.js'
import type { Client } from '../storage/port/clients.js'
import { suggestion } from './spelling.js'

interface RangeQuery {
  readonly startDate?: string
  readonly endDate?: string
  readonly timezone?: string
}

export interface AskedRange {
  readonly range: TimeRange
  /** IANA zone in which the bounds were read, and in which days and hours are to be reported. */
  readonly zone: string
  /** The bounds as asked, to be echoed. */
  readonly dateRange: DateRange
}

/** Reads the range of a query in the zone it asks for, else in the client's own: 400 naming the parameter at fault. */
export function rangeOf({ startDate, endDate, timezone }: RangeQuery, client: Client): AskedRange {
  const zone = timezone ?? client.timezone
  if (!isTimeZone(zone)) {
    const example = `: write an IANA name such as ${DEFAULT_TIMEZONE}`
    const wayOut = suggestion(zone, [DEFAULT_TIMEZONE, ...Intl.supportedValuesOf('timeZone')], example)
    failInvalid({ in: 'query', pointer: '/timezone', message: `is ${shown(zone)}, which is no time zone${wayOut}` })
  }
  const parsed = parseRange({ startDate, endDate }, zone)
  if ('fault' in parsed) {
    failInvalid({ in: 'query', pointer: `/${parsed.fault.parameter}`, message: parsed.fault.fault })
  }
  return { range: parsed.range, zone, dateRange: { startDate: startDate ?? null, endDate: endDate ?? null } }
}

/** What an answer over a range says of what was dropped: nothing where nothing that was asked for is missing. */
export function statedRetention(range: TimeRange, retainedFrom: number | null): { retainedFrom?: string } {
  return retainedFrom === null || range.from >= retainedFrom ? {} : { retainedFrom: formatInstant(retainedFrom) }
}

/** `call-logs-client-demo-2025-10-01-2025-10-31.csv`: of what, whose, and the dates as asked, without their times. */
export function fileNameOf(
  what: string,
  { clientId }: Client,
  { startDate, endDate }: DateRange,
  extension: string,
): string {
  const from = startDate === null ? '' : `-${endDate === null ? 'from-' : ''}${startDate.slice(0, 10)}`
  const to = endDate === null ? '' : `-${startDate === null ? 'until-' : ''}${endDate.slice(0, 10)}`
  return `${what}-${clientId}${from}${to}.${extension}`
}
