import Papa from 'papaparse'
import type { DateRange } from '../../schemas/common.js'
import type { Call } from '../core/call.js'
import { formatInstant } from '../core/calendar.js'
import type { Client } from '../storage/port.js'
import { publishedCall, type ReadingTime } from './convert.js'

/** How calls become the text of a file: what stands before the first, each chunk of them, what stands after the last. */
export interface CallFile {
  readonly contentType: string
  readonly extension: string
  readonly head: string
  /** The text of a chunk, which has at least one call. */
  rows(calls: readonly Call[], isFirst: boolean): string
  readonly tail: string
}

const CSV_HEADER = [
  'Session ID',
  'Customer Name',
  'Phone Number',
  'Direction',
  'Start Time',
  'End Time',
  'Duration (s)',
  'Customer ID',
]

/**
 * What spreadsheets would run as a formula: texts that start with one of these get an apostrophe before them. A plus
 * before digits alone is a phone number, and stays as it is.
 */
const FORMULA = /^(?:[=\-@\t\r\n]|\+(?!\d[\d ]*$))/

/** RFC 4180, under the reference's header. */
export const CSV_FILE: CallFile = {
  contentType: 'text/csv; charset=utf-8',
  extension: 'csv',
  head: `${CSV_HEADER.join(',')}\r\n`,
  rows: (calls) => `${Papa.unparse(calls.map(csvRow), { newline: '\r\n', escapeFormulae: FORMULA })}\r\n`,
  tail: '',
}

function csvRow(call: Call): unknown[] {
  return [
    call.sessionId,
    call.customerData?.['name'] ?? '',
    call.phoneNumber ?? '',
    call.direction,
    formatInstant(call.startAt),
    call.endAt === null ? '' : formatInstant(call.endAt),
    call.durationSeconds ?? '',
    call.customerId ?? '',
  ]
}

/** One JSON document, written piece by piece. */
export function jsonFile(
  client: Client,
  opened: { readonly dateRange: DateRange; readonly retainedFrom?: string },
  time: ReadingTime,
): CallFile {
  const opening = {
    client: { clientId: client.clientId, name: client.name },
    exportDate: formatInstant(time.now),
    ...opened,
  }
  return {
    contentType: 'application/json; charset=utf-8',
    extension: 'json',
    head: `${JSON.stringify(opening).slice(0, -1)},"calls":[`,
    rows: (calls, isFirst) => {
      const rows = calls.map((call) => JSON.stringify(publishedCall(call, time))).join(',\n')
      return isFirst ? rows : `,\n${rows}`
    },
    tail: ']}',
  }
}
