/** Calls as the rows of a file: plain text, so that whoever reads the calls can write it. */
import Papa from 'papaparse'
import { statusAt, type Call } from './call.js'
import { formatForSheet, formatInstant, formatWithOffset, localSlot } from './calendar.js'
import { publishedCall, type ReadingTime } from './published-call.js'
import { EXPORT_COLUMNS, type ExportColumn, type ExportTimes } from './vocabulary.js'

/** What a row of CSV holds. */
export interface CsvFormat {
  readonly columns: readonly ExportColumn[]
  readonly times: ExportTimes
  /** IANA zone of local times, dates and hours. */
  readonly zone: string
}

export interface RowFormat {
  /** Null is JSON, a call as it is published. */
  readonly csv: CsvFormat | null
  readonly time: ReadingTime
}

/** @returns one row, without what separates it from others */
export type WriteRow = (call: Call, logIds: readonly string[]) => string

/** Whether rows tell of a call's events, too. */
export function namesLogIds({ csv }: RowFormat): boolean {
  return csv?.columns.includes('logIds') === true
}

/** A writer of rows. CSV is RFC 4180, ready for spreadsheets: see `FORMULA`. */
export function rowWriter({ csv, time }: RowFormat): WriteRow {
  if (csv === null) return (call) => JSON.stringify(publishedCall(call, time))
  const { columns, times, zone } = csv
  const row: Row = { time, zone, format: TIMES[times] }
  return (call, logIds) => csvLine(columns.map((column) => CELLS[column](call, row, logIds)))
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
  local: formatForSheet,
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
  logIds: (_call, _row, logIds) => logIds.join(' '),
}

function timeOrNull(ms: number | null, { format, zone }: Row): string | null {
  return ms === null ? null : format(zone, ms)
}

/**
 * What spreadsheets would run as a formula: texts that start with one of these get an apostrophe before them. A plus
 * before digits alone is a phone number, and stays as it is.
 */
const FORMULA = /^(?:[=\-@\t\r\n]|\+(?!\d[\d ]*$))/

function csvLine(cells: readonly unknown[]): string {
  return Papa.unparse([cells], { escapeFormulae: FORMULA })
}
