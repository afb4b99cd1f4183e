import { Type, type Static } from '@sinclair/typebox'
import { callExample, CallSchema } from './call.js'
import {
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

export const EXPORT_FORMATS = ['json', 'csv'] as const

export const ExportQuerySchema = Query({
  ...RangeQuery,
  format: Defaulted(
    Type.Unsafe<(typeof EXPORT_FORMATS)[number]>({
      ...StringEnum(EXPORT_FORMATS, { description: 'File format: JSON unless told.', examples: ['csv'] }),
      default: 'json',
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
  description: 'RFC 4180: a header, then one row a call, oldest first, lines ended by CRLF.',
  examples: [csvExample],
})

/** The answer in either format, as a response of a route. */
export const exportResponse = {
  description: 'The calls of the range, as a file. A connection broken off before its end means a failed export.',
  headers: { 'Content-Disposition': {}, [RETAINED_FROM_HEADER]: {} },
  content: {
    'application/json': { schema: ExportSchema },
    'text/csv': { schema: ExportCsvSchema, example: csvExample },
  },
}
