import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import {
  AgentUserIdSchema,
  ClientIdSchema,
  ClientNameSchema,
  Count,
  CustomerIdSchema,
  DirectionSchema,
  EventNameSchema,
  InstantSchema,
  LogIdSchema,
  NullableText,
  OpenObject,
  Query,
  QueryInteger,
  RangeQuery,
  RetainedFromSchema,
  TruncatedSchema,
} from './common.js'
import { examplesOf } from './examples.js'

export const CallLogQuerySchema = Query({
  ...RangeQuery,
  customerId: Type.Optional(CustomerIdSchema),
  agentUserId: Type.Optional(AgentUserIdSchema),
  event: Type.Optional(EventNameSchema),
  callDirection: Type.Optional(DirectionSchema),
  page: QueryInteger('Page number, from 1. Not used with a `cursor`.', {
    maximum: LIMITS.page,
    default: DEFAULTS.page,
    examples: [1],
  }),
  pageSize: QueryInteger(
    `Events a page: ${String(DEFAULTS.pageSize)} unless told, ${String(LIMITS.pageSize)} at most.`,
    { maximum: LIMITS.pageSize, default: DEFAULTS.pageSize, examples: [20] },
  ),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: LIMITS.cursorLength,
      description:
        '`nextCursor` of the page before: walks on without gaps or repeats while new events arrive. The other filters must be the same.',
      examples: ['eyJvIjoxNzYwMjgwNzQzMDAwfQ'],
    }),
  ),
})
export type CallLogQuery = Static<typeof CallLogQuerySchema>

const dataExample = {
  callSid: 'CA1234567890',
  phoneNumber: '+919876543210',
  callDirection: 'outbound',
  customerData: { customerId: 'CUST001', name: 'John Doe' },
}

export const CallLogSchema = Type.Object(
  {
    logId: LogIdSchema,
    clientId: ClientIdSchema,
    clientName: ClientNameSchema,
    event: EventNameSchema,
    data: OpenObject('As it was sent.', [dataExample]),
    timestamp: InstantSchema,
    domain: Type.Optional(NullableText('Host name of the page that reported the event.', 'yourcrm.com')),
    agentUserId: Type.Optional(
      Type.Unsafe<string | number | null>({
        type: ['string', 'number', 'null'],
        description: 'The agent who handled the call, as sent.',
        examples: ['agent-42'],
      }),
    ),
  },
  { $id: 'CallLog', description: 'An event of a call, as it was logged.' },
)
export type CallLog = Static<typeof CallLogSchema>

export const PaginationSchema = Type.Object(
  {
    page: Type.Optional(Count('The page asked for; absent when a cursor was.', 1)),
    pageSize: Count('Most events on this page.', 20),
    total: Count('Events that match, on all pages: exact.', 125),
    totalPages: Count('Pages in all.', 7),
    nextCursor: NullableText(
      'Where the next events start, after the last one listed here; null after the last of all.',
      'eyJvIjoxNzYwMjgwNzQzMDAwfQ',
    ),
  },
  { $id: 'Pagination', description: 'Where this page stands among all.' },
)
export type Pagination = Static<typeof PaginationSchema>

export const CallLogsSchema = Type.Object(
  {
    logs: Type.Array(CallLogSchema, { maxItems: LIMITS.pageSize, description: 'Newest first.' }),
    pagination: PaginationSchema,
    truncated: Type.Optional(TruncatedSchema),
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  {
    $id: 'CallLogs',
    description: 'A page of logged events.',
    examples: examplesOf('CallLogs'),
  },
)
export type CallLogs = Static<typeof CallLogsSchema>
