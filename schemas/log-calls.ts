import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import { EVENT_OUTCOMES } from '../src/core/vocabulary/events.js'
import { ApiKeySchema, Count, StringEnum, Text } from './common.js'
import { IdempotencyKey, LogCallBodySchema, LogCallHeadersSchema, WarningSchema } from './log-call.js'
import { ProblemSchema, problemType } from './problems.js'

const call = { callSid: 'CA1234567890', phoneNumber: '+919876543210', callDirection: 'outbound' }
/** Without a time, as those of `log-call`: a queue has one for each. */
const [dialing, callEnded] = [
  { event: 'dialing', data: call },
  { event: 'callEnded', data: { ...call, duration: 180 } },
]

export const EventBatchSchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    events: Type.Array(LogCallBodySchema, {
      minItems: 1,
      maxItems: LIMITS.batchEvents,
      description:
        'Events as `log-call` takes them, in any order. Give each its `timestamp`: one without happens on arrival.',
    }),
  },
  {
    $id: 'EventBatch',
    additionalProperties: false,
    description: `Up to ${String(LIMITS.batchEvents)} events in at most ${String(LIMITS.batchBytes)} bytes. The key stands beside them or in the header: an event that has another one is invalid.`,
    examples: [{ apiKey: DEMO_API_KEY, events: [dialing, callEnded] }],
  },
)
export type EventBatch = Static<typeof EventBatchSchema>

/** As it is when its events have yet to be read, each by itself. */
export const UnreadEventBatch = Type.Object(
  { ...EventBatchSchema.properties, events: Type.Array(Type.Unknown(), { minItems: 1, maxItems: LIMITS.batchEvents }) },
  { additionalProperties: false },
)

/** An operation cannot say of lines what each is: the words do. */
export const EventLinesSchema = Type.String({
  maxLength: LIMITS.batchBytes,
  description: `Up to ${String(LIMITS.batchEvents)} lines, each the JSON of one event (\`CallEvent\`). Empty lines are no events. The API key is in the header.`,
  examples: [`${JSON.stringify(dialing)}\n${JSON.stringify(callEnded)}\n`],
})

export const LogCallsHeadersSchema = Type.Object({
  'idempotency-key': IdempotencyKey(
    'The caller’s own id of this batch: each event without an `eventId` goes by this key and its place. So the same batch again repeats all of them, and another event in its place is a conflict.',
  ),
  prefer: LogCallHeadersSchema.properties.prefer,
})

const { type, title, status, detail, code, errors } = ProblemSchema.properties

export const EventProblemSchema = Type.Object(
  { type, title, status, detail, code, errors },
  {
    $id: 'EventProblem',
    description: `Why an event was not taken: the problem that \`log-call\` would answer with. Pointers lead from the body of the request, \`/events/3/data\`, and where that is lines from the event. Faults and warnings of all events have at most ${String(LIMITS.batchFaultsLength)} characters together: problems beyond have no \`errors\`.`,
  },
)
export type EventProblem = Static<typeof EventProblemSchema>

export const EventOutcomeSchema = Type.Object(
  {
    status: StringEnum(EVENT_OUTCOMES, {
      $id: 'EventOutcomeStatus',
      description:
        '`created`: the event is on disk. `duplicate`: it was before, or earlier in this batch. `invalid`: it was not taken, and `problem` says why.',
    }),
    logId: Type.Optional(
      Text(
        'Id of the logged event, for a duplicate the first one’s. Absent when it is invalid.',
        'log-1760280743-abc123def',
      ),
    ),
    warnings: Type.Optional(
      Type.Array(WarningSchema, {
        description:
          'What was most likely meant to be understood, and is not. Absent when there is nothing of the kind.',
      }),
    ),
    problem: Type.Optional(EventProblemSchema),
  },
  { $id: 'EventOutcome', description: 'What became of one event.' },
)
export type EventOutcome = Static<typeof EventOutcomeSchema>

export const LogCallsResponseSchema = Type.Object(
  {
    success: Type.Boolean({
      description: 'Whether no event is invalid: then nothing of the batch has to be sent again.',
      examples: [false],
    }),
    created: Count('Events that were new.', 1),
    duplicates: Count('Events that were there before.', 1),
    invalid: Count('Events that were not taken.', 1),
    outcomes: Type.Array(EventOutcomeSchema, { description: 'One for each event, in the order of the events.' }),
  },
  {
    $id: 'LoggedEvents',
    description: 'What became of the events of a batch. All that were created are on disk.',
    examples: [
      {
        success: false,
        created: 1,
        duplicates: 1,
        invalid: 1,
        outcomes: [
          { status: 'created', logId: 'log-1760280743-abc123def' },
          { status: 'duplicate', logId: 'log-1760280611-x7k2m9p4q' },
          {
            status: 'invalid',
            problem: {
              type: problemType('invalid_request'),
              title: 'Invalid request',
              status: 400,
              detail: '/events/2/event is required, such as "connected".',
              code: 'invalid_request',
              errors: [{ in: 'body', pointer: '/events/2/event', message: 'is required, such as "connected"' }],
            },
          },
        ],
      },
    ],
  },
)
export type LogCallsResponse = Static<typeof LogCallsResponseSchema>
