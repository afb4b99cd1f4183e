import type { DateRange } from '../../schemas/common.js'
import { CSV_OPTIONS, EXPORT_TYPES, type ExportQuery } from '../../schemas/export.js'
import { formatInstant } from '../core/calendar.js'
import { csvHeadings, type RowFormat } from '../core/call-row.js'
import type { ReadingTime } from '../core/published-call.js'
import { DEFAULTS } from '../core/defaults.js'
import { failInvalid } from '../errors.js'
import type { Client } from '../storage/port/clients.js'

/** How rows become the text of a file: what stands before the first, around each chunk of them, and after the last. */
export interface CallFile {
  readonly contentType: string
  readonly extension: string
  readonly head: string
  /** The text of a chunk, which has at least one row. */
  rows(rows: readonly string[], isFirst: boolean): string
  readonly tail: string
}

/** What a file says beside its calls. */
interface FileOpening {
  readonly client: Client
  readonly dateRange: DateRange
  readonly retainedFrom?: string
}

/** How a query wants its rows; 400 where it asks for something that its format does not have. */
export function rowFormatOf(query: ExportQuery, zone: string, time: ReadingTime): RowFormat {
  if (query.format === 'csv') {
    const { excel, columns = DEFAULTS.exportColumns } = query
    const { times = excel ? 'local' : DEFAULTS.exportTimes } = query
    return { csv: { columns, times, excel, zone }, time }
  }
  for (const name of CSV_OPTIONS) {
    if (query[name] === undefined || query[name] === false) continue
    failInvalid({ in: 'query', pointer: `/${name}`, message: 'is for CSV alone: ask with format=csv' })
  }
  return { csv: null, time }
}

/** Tells Excel that a file is UTF-8: without it names would be read in the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF'

export function callFile({ format, excel }: ExportQuery, { csv, time }: RowFormat, opening: FileOpening): CallFile {
  const type = { contentType: `${EXPORT_TYPES[format]}; charset=utf-8`, extension: format }
  if (csv !== null) {
    const head = `${excel ? BYTE_ORDER_MARK : ''}${csvHeadings(csv.columns)}\r\n`
    return { ...type, head, rows: (rows) => lines(rows, '\r\n'), tail: '' }
  }
  if (format === 'ndjson') return { ...type, head: '', rows: (rows) => lines(rows, '\n'), tail: '' }
  const { client, ...range } = opening
  const members = {
    client: { clientId: client.clientId, name: client.name },
    exportDate: formatInstant(time.now),
    ...range,
  }
  return {
    ...type,
    head: `${JSON.stringify(members).slice(0, -1)},"calls":[`,
    rows: (rows, isFirst) => `${isFirst ? '' : ',\n'}${rows.join(',\n')}`,
    tail: ']}',
  }
}

function lines(rows: readonly string[], end: string): string {
  return `${rows.join(end)}${end}`
}
