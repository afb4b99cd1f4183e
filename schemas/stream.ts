import { type Static, Type } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { CALL_CHANGES, STREAM_TYPE } from '../src/core/vocabulary/changes.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import { CallSchema, callExample } from './call.js'
import {
  ApiKeySchema,
  EventNameSchema,
  Instant,
  LogIdSchema,
  Query,
  StringEnum,
  TallySummarySchema,
  Text,
  TimezoneSchema,
  TruncatedSchema,
  UsageSchema,
} from './common.js'

const MOST_SEQUENCE_DIGITS = 15

const SequenceSchema = Type.Integer({
  format: 'int64',
  minimum: 0,
  description:
    'Place in the client’s recorded sequence of events, which ascends: the `id` of the message, and the call’s version. Of two that tell of one call, the higher is newer.',
  examples: [4711],
})

export const StreamQuerySchema = Query({
  token: Type.Optional(
    Type.String({
      maxLength: LIMITS.sessionTokenLength,
      description: 'A stream token, in place of an API key: for browsers, whose `EventSource` sends no header.',
      examples: ['eyJhbGciOiJIUzI1NiJ9.eyJrZXkiOiJhYmMifQ.c2lnbmF0dXJl'],
    }),
  ),
  lastEventId: Type.Optional(
    Type.String({
      maxLength: MOST_SEQUENCE_DIGITS,
      pattern: '^\\d+$',
      description:
        'The `id` of the last message that was read, where the header `Last-Event-ID`, which goes before it, cannot be sent: the stream goes on after it.',
      examples: ['4711'],
    }),
  ),
})

export const StreamHeadersSchema = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({
      maxLength: MOST_SEQUENCE_DIGITS,
      pattern: '^\\d*$',
      description:
        'The `id` of the last message that was read: the stream goes on after it. Browsers send it by themselves.',
      examples: ['4711'],
    }),
  ),
})

export const StreamSnapshotSchema = Type.Object(
  {
    sequence: SequenceSchema,
    timezone: TimezoneSchema,
    activeCalls: Type.Array(CallSchema, { description: 'The calls in progress, newest first.' }),
    totalActive: Type.Integer({
      format: 'int32',
      minimum: 0,
      description: 'How many calls are in progress, also where fewer are listed.',
      examples: [1],
    }),
    truncated: Type.Optional(TruncatedSchema),
  },
  {
    $id: 'StreamSnapshot',
    description: 'Of the event `snapshot`: where a stream begins that does not go on after another one.',
    examples: [{ sequence: 4711, timezone: 'Asia/Kolkata', activeCalls: [callExample], totalActive: 1 }],
  },
)
export type StreamSnapshot = Static<typeof StreamSnapshotSchema>

const changeExample = {
  sequence: 4712,
  type: 'call.started',
  call: callExample,
  logId: 'log-1760265000-0k3f9x2m1q',
  event: 'dialing',
  occurredAt: '2025-10-12T10:30:00Z',
}

export const CallChangeSchema = Type.Object(
  {
    sequence: SequenceSchema,
    type: StringEnum(CALL_CHANGES, {
      $id: 'CallChangeType',
      description:
        'What happened, the furthest that the call came by this event: one that begins and answers a call is `call.answered`. Whatever else becomes known of it, also after its end, is `call.updated`.',
      examples: ['call.started'],
    }),
    call: CallSchema,
    logId: LogIdSchema,
    event: EventNameSchema,
    occurredAt: Instant('When the event happened.', '2025-10-12T10:30:00Z'),
  },
  {
    $id: 'CallChange',
    description:
      'Of the events `call.started`, `call.answered`, `call.updated`, `call.ended` and `call.missed`: one change of a call, and the call as it was after it. Events that change nothing that is shown of a call are in no message.',
    examples: [changeExample],
  },
)
export type PublishedChange = Static<typeof CallChangeSchema>

export const TodaySchema = Type.Object(
  {
    date: Type.String({ format: 'date', description: 'Today, in the client’s zone.', examples: ['2025-10-12'] }),
    timezone: TimezoneSchema,
    summary: TallySummarySchema,
    activeCalls: Type.Integer({
      format: 'int32',
      minimum: 0,
      description: 'Calls in progress, whenever they started.',
      examples: [3],
    }),
    usage: UsageSchema,
  },
  {
    $id: 'Today',
    description: 'Of the event `today`: today’s numbers, at most once a second, when they have changed.',
  },
)
export type Today = Static<typeof TodaySchema>

/** The answer, as a response of a route. What the schema tells is the `data` of one message. */
export const streamResponse = {
  description:
    'Server-sent events, until the caller hangs up, the key ends or the server does: lines `id: 4712`, `event: call.started` and `data: {…}`, then an empty line. The schema is that of the `data`, as the `event` names it.',
  headers: {},
  content: {
    [STREAM_TYPE]: {
      schema: Type.Union([StreamSnapshotSchema, CallChangeSchema, TodaySchema]),
      example: changeExample,
    },
  },
}

export const NewStreamTokenBodySchema = Type.Object(
  { apiKey: Type.Optional(ApiKeySchema) },
  {
    $id: 'NewStreamToken',
    additionalProperties: false,
    description: 'Nothing but the key, where no header carries it.',
    examples: [{ apiKey: DEMO_API_KEY }],
  },
)

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJrZXkiOiJhYmMifQ.c2lnbmF0dXJl'

export const StreamTokenSchema = Type.Object(
  {
    token: Text('What stands in the stream’s address, as `token`: a JSON Web Token (RFC 7519).', token),
    expiresAt: Instant('Until when it opens streams. Those that are open go on.', '2025-10-12T10:40:00Z'),
  },
  { $id: 'StreamToken', description: 'A stream token.', examples: [{ token, expiresAt: '2025-10-12T10:40:00Z' }] },
)
export type StreamTokenAnswer = Static<typeof StreamTokenSchema>
