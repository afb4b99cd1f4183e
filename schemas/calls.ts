import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { CALL_STATUSES, FACT_BASES } from '../src/core/vocabulary/calls.js'
import { EVENT_SOURCES } from '../src/core/vocabulary/events.js'
import { CallSchema, callExample } from './call.js'
import {
  CallStatusSchema,
  Count,
  CustomerIdSchema,
  Defaulted,
  DirectionSchema,
  EventNameSchema,
  EXACT_TEXT,
  Instant,
  InstantSchema,
  LogIdSchema,
  NullableText,
  OpenObject,
  Query,
  QueryInteger,
  RangeQuery,
  RetainedFromSchema,
  StringEnum,
  Text,
  TruncatedSchema,
} from './common.js'

/** Text that rows are found by: as every store compares it. */
export function QueryText(description: string, example: string, maxLength: number) {
  return Type.Optional(Type.String({ minLength: 1, maxLength, pattern: EXACT_TEXT, description, examples: [example] }))
}

export const CursorSchema = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: LIMITS.cursorLength,
    description:
      '`nextCursor` of the page before: walks on without gaps or repeats while new ones arrive. The other parameters must be the same.',
    examples: ['eyJvIjoxNzYwMjgwNzQzMDAwfQ'],
  }),
)

function Seconds(description: string, example: number) {
  return Type.Optional(
    Type.Integer({
      format: 'int32',
      minimum: 0,
      maximum: LIMITS.durationSeconds,
      description,
      examples: [example],
    }),
  )
}

const { phoneNumberLength } = LIMITS

export const CALL_SORTS = ['-startTime', 'startTime'] as const

export const CallQuerySchema = Query({
  ...RangeQuery,
  status: Type.Optional(
    Type.Array(CallStatusSchema, {
      minItems: 1,
      maxItems: CALL_STATUSES.length,
      uniqueItems: true,
      description: 'Calls of these statuses, separated by commas, as they read now.',
      examples: [['missed', 'no-answer']],
    }),
  ),
  callDirection: Type.Optional(DirectionSchema),
  customerId: Type.Optional(CustomerIdSchema),
  agentUserId: QueryText('The agent.', 'agent-42', LIMITS.agentUserIdLength),
  phoneNumber: QueryText(
    'The customer’s number, however it is written: `+91 98765 43210`, `09876543210` and `9876543210` are one in India.',
    '+919876543210',
    phoneNumberLength,
  ),
  virtualNumber: QueryText('Exotel’s number, however it is written.', '+918041234567', phoneNumberLength),
  endReason: QueryText('Why the call ended, exactly as the call says it.', 'NORMAL', LIMITS.endReasonLength),
  disposition: QueryText(
    'What the call came to, exactly as it was noted.',
    'callback-requested',
    LIMITS.dispositionLength,
  ),
  tag: QueryText('One of the call’s tags.', 'callback', LIMITS.tagLength),
  minDuration: Seconds('Calls that have ended and lasted at least so many seconds.', 60),
  maxDuration: Seconds('Calls that have ended and lasted at most so many seconds.', 300),
  hasRecording: Type.Optional(
    Type.Boolean({ description: 'Calls with a recording, or those without.', examples: [true] }),
  ),
  confirmed: Type.Optional(
    Type.Boolean({ description: 'Calls whose end Exotel itself told, or the others.', examples: [true] }),
  ),
  sort: Defaulted(
    Type.Unsafe<(typeof CALL_SORTS)[number]>({
      ...StringEnum(CALL_SORTS, {
        description: '`-startTime`, the newest first, unless told; `startTime` is the oldest first.',
      }),
      default: '-startTime',
    }),
  ),
  pageSize: QueryInteger(
    `Calls a page: ${String(DEFAULTS.pageSize)} unless told, ${String(LIMITS.pageSize)} at most.`,
    { maximum: LIMITS.pageSize, default: DEFAULTS.pageSize, examples: [20] },
  ),
  cursor: CursorSchema,
})
export type CallQuery = Static<typeof CallQuerySchema>

/** The paging of lists that nobody counts. */
export const CursorPaginationSchema = Type.Object(
  {
    pageSize: Count('Most entries on this page.', 20),
    nextCursor: NullableText(
      `Where the next page starts; null on the last one. A page looks at ${String(LIMITS.lookedAtCalls)} calls at the most: where several filters leave few of them it ends before it is full, and may have none.`,
      'eyJvIjoxNzYwMjgwNzQzMDAwfQ',
    ),
  },
  { $id: 'CursorPagination', description: 'How the list goes on.' },
)

export const CallsSchema = Type.Object(
  {
    calls: Type.Array(CallSchema, { maxItems: LIMITS.pageSize, description: 'In the order asked for.' }),
    pagination: CursorPaginationSchema,
    truncated: Type.Optional(TruncatedSchema),
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  {
    $id: 'Calls',
    description: 'A page of calls.',
    examples: [{ calls: [callExample], pagination: { pageSize: 20, nextCursor: 'eyJvIjoxNzYwMjgwNzQzMDAwfQ' } }],
  },
)
export type Calls = Static<typeof CallsSchema>

export const CallParamsSchema = Type.Object({
  sessionId: Type.String({
    minLength: 1,
    maxLength: LIMITS.sessionIdLength,
    pattern: EXACT_TEXT,
    description: 'The call’s `sessionId`, URL-encoded.',
    examples: ['session-CA1234567890'],
  }),
})

const SourceSchema = StringEnum(EVENT_SOURCES, {
  $id: 'EventSource',
  description:
    'Who reported it: a `ribbon` in an agent’s browser, the `provider`, Exotel itself, or an `operator`, somebody who noted or corrected something afterwards.',
})

function Claim(description: string, example: string | number) {
  const type = ['string', 'integer', 'null']
  return Type.Unsafe<string | number | null>({ type, format: 'int64', description, examples: [example] })
}

export const FactSchema = Type.Object(
  {
    value: Claim('As the call has it; null where the two disagree whether there is one.', '2025-10-12T10:30:12Z'),
    source: Type.Optional(SourceSchema),
    basis: Type.Optional(
      StringEnum(FACT_BASES, {
        description:
          'How it is known, where there are several ways: `said` by whoever knows; `implied` by the names of events; `assumed`, as nothing tells; `reported` with the end; `measured` from the answer to the end; `mentioned` during the call; by the `answer` or the `end`; `nothing` tells of any.',
        examples: ['reported'],
      }),
    ),
    claims: Type.Optional(
      Type.Object(
        {
          ribbon: Claim('What ribbons say; null is that there is none.', '2025-10-12T10:30:05Z'),
          provider: Claim('What Exotel says; null is that there is none.', '2025-10-12T10:30:12Z'),
        },
        { $id: 'Claims', description: 'What each says, where the two say different things.' },
      ),
    ),
  },
  { $id: 'Fact', description: 'A fact of a call, and whose claim it is.' },
)
export type Fact = Static<typeof FactSchema>

const fact = Type.Optional(FactSchema)

export const FactsSchema = Type.Object(
  {
    startTime: fact,
    answeredAt: fact,
    endTime: fact,
    duration: fact,
    ringSeconds: fact,
    waitSeconds: fact,
    callDirection: fact,
    status: fact,
    phoneNumber: fact,
    agentUserId: fact,
  },
  {
    $id: 'Facts',
    description:
      'Where each fact of the call comes from. What is not known is absent. `waitSeconds` is how long a customer who called waited to be talked to.',
  },
)

export const SpanSchema = Type.Object(
  {
    startTime: InstantSchema,
    endTime: Type.Optional(Instant('When it was over. Absent while it goes on.', '2025-10-12T10:31:30Z')),
    seconds: Type.Optional(Count('How long it took, in whole seconds.', 30)),
  },
  { $id: 'Span', description: 'A stretch of a call.' },
)

export const CallEventSchema = Type.Object(
  {
    logId: LogIdSchema,
    event: EventNameSchema,
    timestamp: InstantSchema,
    receivedAt: Instant('When this server received it.', '2025-10-12T10:30:01Z'),
    source: SourceSchema,
    data: OpenObject('As it was sent.', [{ callSid: 'CA1234567890' }]),
    agentUserId: Type.Optional(Text('The agent whose ribbon reported it.', 'agent-42')),
  },
  { $id: 'ReportedEvent', description: 'An event of a call, and who reported it.' },
)

export const CallDetailsSchema = Type.Object(
  {
    call: CallSchema,
    facts: FactsSchema,
    holds: Type.Array(SpanSchema, {
      description:
        'When the customer was on hold: between `holdtoggle` events. One that is open when the call ends, ends with it.',
    }),
    mutes: Type.Array(SpanSchema, { description: 'When the agent was muted: between `mutetoggle` events.' }),
    events: Type.Array(CallEventSchema, {
      maxItems: LIMITS.callEvents,
      description: `The call’s events, oldest first, the first ${String(LIMITS.callEvents)} of them.`,
    }),
    truncated: Type.Optional(TruncatedSchema),
  },
  {
    $id: 'CallDetails',
    description: 'A call with its events, and where each fact comes from.',
    examples: [
      {
        call: callExample,
        facts: {
          startTime: { value: '2025-10-12T10:30:00Z', source: 'ribbon' },
          answeredAt: { value: '2025-10-12T10:30:00Z', source: 'ribbon' },
          endTime: { value: '2025-10-12T10:33:00Z', source: 'ribbon' },
          duration: { value: 180, source: 'ribbon', basis: 'reported' },
          callDirection: { value: 'outbound', source: 'ribbon', basis: 'said' },
          status: { value: 'completed', source: 'ribbon', basis: 'answer' },
          phoneNumber: { value: '+919876543210', source: 'ribbon' },
          agentUserId: { value: 'agent-42', source: 'ribbon' },
        },
        holds: [{ startTime: '2025-10-12T10:31:00Z', endTime: '2025-10-12T10:31:30Z', seconds: 30 }],
        mutes: [],
        events: [
          {
            logId: 'log-1760280743-abc123def',
            event: 'connected',
            timestamp: '2025-10-12T10:30:00Z',
            receivedAt: '2025-10-12T10:30:01Z',
            source: 'ribbon',
            data: { callSid: 'CA1234567890', phoneNumber: '+919876543210', callDirection: 'outbound' },
            agentUserId: 'agent-42',
          },
        ],
      },
    ],
  },
)
export type CallDetails = Static<typeof CallDetailsSchema>
