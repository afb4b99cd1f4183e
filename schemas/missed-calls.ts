import { Type, type Static } from '@sinclair/typebox'
import { MISSED_STATES } from '../src/core/analytics/follow-ups.js'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { CursorPaginationSchema, CursorSchema, QueryText } from './calls.js'
import {
  Count,
  CustomerIdSchema,
  Instant,
  Query,
  QueryInteger,
  RangeQuery,
  RetainedFromSchema,
  StringEnum,
  Text,
  withDefault,
  WindowUnitSchema,
} from './common.js'

const MissedStateSchema = StringEnum(MISSED_STATES, {
  $id: 'MissedState',
  description:
    'What became of a missed call. `wonBack`: its number was spoken with after all, in a call in either direction that began later, within the client’s `missedCallWindowHours` after the end of the missed one. `open`: that cannot be said yet, and there is still time. `lost`: it cannot be said, and the hours are over. It follows from the calls as they are known when the answer is given: late events change it.',
})

const days = String(DEFAULTS.missedCallDays)

export const MissedCallsQuerySchema = Query({
  ...RangeQuery,
  startDate: Type.Optional(
    Type.String({
      maxLength: LIMITS.timestampLength,
      description: `Start of the range in which the missed calls began, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in \`timezone\`. Absent: ${days} days before the end, or before now where that is earlier.`,
      examples: ['2025-10-05'],
    }),
  ),
  state: withDefault(
    Type.Array(MissedStateSchema, {
      minItems: 1,
      maxItems: MISSED_STATES.length,
      uniqueItems: true,
      description:
        'Numbers whose last missed call has one of these states, separated by commas: `open`, those to call back, unless told.',
      examples: [['open']],
    }),
    ['open'],
  ),
  virtualNumber: QueryText(
    'Missed calls to this number of Exotel’s alone, however it is written: no others count, and none is the last one.',
    '+918041234567',
    LIMITS.phoneNumberLength,
  ),
  agentUserId: QueryText('Missed calls of this agent alone, likewise.', 'agent-42', LIMITS.agentUserIdLength),
  pageSize: QueryInteger(
    `Numbers a page: ${String(DEFAULTS.pageSize)} unless told, ${String(LIMITS.missedCallsPage)} at most.`,
    { maximum: LIMITS.missedCallsPage, default: DEFAULTS.pageSize, examples: [20] },
  ),
  cursor: CursorSchema,
})
export type MissedCallsQuery = Static<typeof MissedCallsQuerySchema>

export const MissedCallerSchema = Type.Object(
  {
    phoneNumber: Text('The number, as the last missed call has it.', '09876543210'),
    phoneE164: Type.Optional(Text('The number as E.164, where it is one.', '+919876543210')),
    customer: Type.Optional(
      Type.Object(
        {
          customerId: CustomerIdSchema,
          name: Type.Optional(Text('The saved name, else the one that calls tell.', 'John Doe')),
        },
        {
          $id: 'MissedCustomer',
          description:
            'The customer saved last with this number, else that of the newest call with it. Absent where there is none.',
        },
      ),
    ),
    misses: Count('Missed calls of the number that the range and the filters leave.', 2),
    firstMissedAt: Instant('When the first of them began.', '2025-10-12T09:10:00Z'),
    lastMissedAt: Instant('When the last of them began.', '2025-10-12T10:05:00Z'),
    sessionId: Text('The last of them.', 'session-CA1234567890'),
    waitedSeconds: Type.Optional(Count('How long the last of them rang. Absent where that is not known.', 25)),
    virtualNumber: Type.Optional(Text('Exotel’s number that the last of them called.', '08041234567')),
    state: MissedStateSchema,
    wonBackAt: Type.Optional(
      Instant('When the call that won the last of them back began. Absent unless it was.', '2025-10-12T10:20:00Z'),
    ),
    wonBackBy: Type.Optional(Text('That call’s `sessionId`.', 'session-CA1234567999')),
    lastAgent: Type.Optional(
      Type.Object(
        {
          agentUserId: Text('The agent.', 'agent-42'),
          name: Type.Optional(Text('The saved name.', 'Asha Rao')),
        },
        {
          $id: 'LastAgent',
          description: `Who spoke with the number last: the agent of its newest answered call, among its ${String(LIMITS.callsOfNumber)} newest calls. Absent where there is none.`,
        },
      ),
    ),
  },
  { $id: 'MissedCaller', description: 'A number whose calls were missed.' },
)
export type MissedCaller = Static<typeof MissedCallerSchema>

const callerExample: MissedCaller = {
  phoneNumber: '09876543210',
  phoneE164: '+919876543210',
  customer: { customerId: 'CUST001', name: 'John Doe' },
  misses: 2,
  firstMissedAt: '2025-10-12T09:10:00Z',
  lastMissedAt: '2025-10-12T10:05:00Z',
  sessionId: 'session-CA1234567890',
  waitedSeconds: 25,
  virtualNumber: '08041234567',
  state: 'open',
  lastAgent: { agentUserId: 'agent-42', name: 'Asha Rao' },
}

export const MissedCallsSchema = Type.Object(
  {
    missedCalls: Type.Array(MissedCallerSchema, {
      maxItems: LIMITS.missedCallsPage,
      description: 'One entry a number, by its last missed call, the newest first.',
    }),
    windowHours: Count(
      'The client’s `missedCallWindowHours`, by which states are told.',
      DEFAULTS.missedCallWindowHours,
    ),
    windowIn: WindowUnitSchema,
    pagination: CursorPaginationSchema,
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  {
    $id: 'MissedCalls',
    description: 'A page of numbers whose calls were missed.',
    examples: [
      {
        missedCalls: [callerExample],
        windowHours: DEFAULTS.missedCallWindowHours,
        windowIn: DEFAULTS.missedCallWindowIn,
        pagination: { pageSize: 20, nextCursor: null },
      },
    ],
  },
)
export type MissedCalls = Static<typeof MissedCallsSchema>
