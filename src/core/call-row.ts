/** Calls as the rows of a file: plain text, so that whoever reads the calls can write it. */
import { statusAt, type Call } from './call.js'
import { formatForSheet, formatInstant, formatLocal, formatWithOffset, localSlot } from './calendar.js'
import { csvLine, guarded } from './csv.js'
import { publishedCall, type ReadingTime } from './published-call.js'
import { EXPORT_COLUMNS, type ExportColumn, type ExportTimes } from './vocabulary/exports.js'

/** What a row of CSV holds. */
export interface CsvFormat {
  readonly columns: readonly ExportColumn[]
  readonly times: ExportTimes
  /** Written as Excel takes it: see `forExcel`. */
  readonly excel: boolean
  /** IANA zone of local times, dates and hours. */
  readonly zone: string
}

export interface RowFormat {
  /** Null is JSON, a call as it is published. */
  readonly csv: CsvFormat | null
  readonly time: ReadingTime
}

/** @returns one row, without what separates it from others */
type WriteRow = (call: Call, logIds: readonly string[]) => string

/** Whether rows tell of a call's events, too. */
export function namesLogIds({ csv }: RowFormat): boolean {
  return csv?.columns.includes('logIds') === true
}

/** A writer of rows. CSV is RFC 4180, and no spreadsheet runs anything of it: see `guarded`. */
export function rowWriter({ csv, time }: RowFormat): WriteRow {
  if (csv === null) return (call) => JSON.stringify(publishedCall(call, time))
  const { columns, times, zone, excel } = csv
  const row: Row = { time, zone, format: excel && times === 'local' ? formatForSheet : TIMES[times] }
  const asWritten = excel ? (cell: unknown) => forExcel(guarded(cell)) : guarded
  return (call, logIds) => csvLine(columns.map((column) => asWritten(CELLS[column](call, row, logIds))))
}

/** The headings of these columns, as the first row of a file. */
export function csvHeadings(columns: readonly ExportColumn[]): string {
  return csvLine(columns.map((column) => EXPORT_COLUMNS[column].heading))
}

interface Row {
  readonly time: ReadingTime
  readonly zone: string
  readonly format: (zone: string, ms: number) => string
}

const TIMES: Readonly<Record<ExportTimes, Row['format']>> = {
  utc: (_zone, ms) => formatInstant(ms),
  offset: formatWithOffset,
  local: formatLocal,
}

/** What stands in each column; null, what is not known, is an empty cell. */
const CELLS: Readonly<Record<ExportColumn, (call: Call, row: Row, logIds: readonly string[]) => unknown>> = {
  sessionId: (call) => call.sessionId,
  customerName: (call) => call.customerData?.['name'],
  phoneNumber: (call) => call.phoneNumber,
  direction: (call) => call.direction,
  startTime: (call, row) => row.format(row.zone, call.startAt),
  endTime: (call, row) => timeOrNull(call.endAt, row),
  duration: (call) => call.durationSeconds,
  customerId: (call) => call.customerId,
  status: (call, { time }) => statusAt(call, time.now, time.maxCallAgeMs),
  answeredAt: (call, row) => timeOrNull(call.answeredAt, row),
  ringSeconds: (call) => call.ringSeconds,
  agentUserId: (call) => call.agentUserId,
  localDate: (call, { zone }) => localSlot(zone, call.startAt).date,
  localHour: (call, { zone }) => localSlot(zone, call.startAt).hour,
  virtualNumber: (call) => call.virtualNumber,
  endReason: (call) => call.endReason,
  confirmed: (call) => (call.confirmed ? 'yes' : null),
  notes: (call) => call.notes,
  tags: (call) => call.tags.join(', '),
  disposition: (call) => call.disposition,
  domain: (call) => call.domain,
  logIds: (_call, _row, logIds) => logIds.join(' '),
}

function timeOrNull(ms: number | null, { format, zone }: Row): string | null {
  return ms === null ? null : format(zone, ms)
}

/** Texts that Excel takes for numbers, and would show without their plus or their zeros, or as 9.2E+11. */
const DIGITS = /^\+?\d+$/

/** Says that a text of digits is a text, which in a file only a formula can. */
function forExcel(cell: unknown): unknown {
  return typeof cell === 'string' && DIGITS.test(cell) ? `="${cell}"` : cell
}
