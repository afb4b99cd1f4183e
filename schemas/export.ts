import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { EXPORT_COLUMNS, EXPORT_TIMES, type ExportColumn } from '../src/core/vocabulary/exports.js'
import { callExample, CallSchema } from './call.js'
import {
  AgentUserIdSchema,
  ApiKeySchema,
  ClientIdSchema,
  ClientNameSchema,
  DateRangeSchema,
  Defaulted,
  InstantSchema,
  Query,
  RangeQuery,
  RetainedFromSchema,
  StringEnum,
} from './common.js'
import { RETAINED_FROM_HEADER } from './headers.js'

/** What a file can be, and the media type of each. */
export const EXPORT_TYPES = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
} as const
const EXPORT_FORMATS = Object.keys(EXPORT_TYPES) as [keyof typeof EXPORT_TYPES, ...(keyof typeof EXPORT_TYPES)[]]
const COLUMNS = Object.keys(EXPORT_COLUMNS) as [ExportColumn, ...ExportColumn[]]

/** Parameters that only CSV has a use for. */
export const CSV_OPTIONS = ['columns', 'times', 'excel'] as const

export const ExportQuerySchema = Query({
  ...RangeQuery,
  agentUserId: Type.Optional(AgentUserIdSchema),
  format: Defaulted(
    Type.Unsafe<keyof typeof EXPORT_TYPES>({
      ...StringEnum(EXPORT_FORMATS, {
        description: 'File format: JSON unless told. `ndjson` has one JSON object a line, `csv` is for spreadsheets.',
        examples: ['csv'],
      }),
      default: 'json',
    }),
  ),
  columns: Type.Optional(
    Type.Array(
      StringEnum(COLUMNS, {
        $id: 'ExportColumn',
        description: `A column of CSV. ${COLUMNS.map((name) => `\`${name}\`: ${EXPORT_COLUMNS[name].holds}`).join('; ')}. What is not known is an empty cell; \`logIds\` is also empty for a call of more than ${String(LIMITS.callLogIds)} events.`,
      }),
      {
        minItems: 1,
        maxItems: COLUMNS.length,
        uniqueItems: true,
        description: `Columns of CSV in their order, separated by commas. Unless told: ${DEFAULTS.exportColumns.map((name) => `\`${name}\``).join(', ')}.`,
        examples: [['startTime', 'customerName', 'status', 'agentUserId']],
      },
    ),
  ),
  times: Type.Optional(
    StringEnum(EXPORT_TIMES, {
      description:
        'How CSV writes times: `utc` as the API does, `2025-10-12T10:30:00Z`; `offset` on the local clock, `2025-10-12T16:00:00+05:30`; `local` without an offset, `2025-10-12T16:00:00`, cut to the second, which LibreOffice reads as a date. Local is the zone of `timezone`, else of the client. `utc` unless told, or `local` with `excel`.',
      examples: ['offset'],
    }),
  ),
  excel: Defaulted(
    Type.Boolean({
      default: false,
      description:
        'CSV as Excel reads it: UTF-8 with a byte order mark; local times as `2025-10-12 16:00:00`, unless `times` says otherwise; texts that are digits, such as phone numbers, as `="+919876543210"`, which keeps their plus and their zeros.',
      examples: [true],
    }),
  ),
  'X-API-Key': Type.Optional(ApiKeySchema),
})
export type ExportQuery = Static<typeof ExportQuerySchema>

export const ExportSchema = Type.Object(
  {
    client: Type.Object(
      { clientId: ClientIdSchema, name: ClientNameSchema },
      { $id: 'ExportedClient', description: 'Whose calls these are.' },
    ),
    exportDate: InstantSchema,
    dateRange: DateRangeSchema,
    retainedFrom: Type.Optional(RetainedFromSchema),
    calls: Type.Array(CallSchema, { description: 'Every call that started in the range, oldest first.' }),
  },
  {
    $id: 'CallExport',
    description: 'The calls of a range, one entry a call.',
    examples: [
      {
        client: { clientId: 'client-demo', name: 'Demo Client' },
        exportDate: '2025-10-12T12:00:00Z',
        dateRange: { startDate: '2025-10-01', endDate: '2025-10-12' },
        calls: [callExample],
      },
    ],
  },
)
export type Export = Static<typeof ExportSchema>

const csvExample =
  'Session ID,Customer Name,Phone Number,Direction,Start Time,End Time,Duration (s),Customer ID\r\n' +
  'session-1760280743,John Doe,+919876543210,outbound,2025-10-12T10:30:00Z,2025-10-12T10:33:00Z,180,CUST001\r\n'

export const ExportCsvSchema = Type.String({
  description:
    'RFC 4180: a header, then one row a call, oldest first, lines ended by CRLF. A text that a spreadsheet would run as a formula (it starts with `=`, `-`, `@`, a tab, a line break, or a `+` that begins no phone number) has an apostrophe before it; the other formats give every text as it is.',
  examples: [csvExample],
})

const ndjsonExample = `${JSON.stringify(callExample)}\n`

export const ExportLinesSchema = Type.String({
  description: 'One call a line, oldest first, each as in the JSON document.',
  examples: [ndjsonExample],
})

/** The answer in each format, as a response of a route. */
export const exportResponse = {
  description: 'The calls of the range, as a file. A connection broken off before its end means a failed export.',
  headers: { 'Content-Disposition': {}, [RETAINED_FROM_HEADER]: {} },
  content: {
    [EXPORT_TYPES.json]: { schema: ExportSchema },
    [EXPORT_TYPES.csv]: { schema: ExportCsvSchema, example: csvExample },
    [EXPORT_TYPES.ndjson]: { schema: ExportLinesSchema, example: ndjsonExample },
  },
}
