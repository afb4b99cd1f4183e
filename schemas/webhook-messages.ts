/** What is sent to webhooks. */
import { Type, type Static, type TObject } from '@sinclair/typebox'
import { DEFAULT_TIMEZONE } from '../src/core/defaults.js'
import { CALL_CHANGES } from '../src/core/vocabulary/changes.js'
import { WEBHOOK_TEST, type WebhookEventType } from '../src/core/vocabulary/webhooks.js'
import { CallSchema, callExample } from './call.js'
import { Count, EventNameSchema, Instant, LogIdSchema, StringEnum, Text } from './common.js'

const QUOTA_TYPES = ['quota.warning', 'quota.reached'] as const satisfies readonly WebhookEventType[]

const ChangeDataSchema = Type.Object(
  {
    sequence: Count('Of the event: ascends without gaps over the client’s events.', 1042),
    version: Count(
      'Version of the call: ascends with each change of it. A receiver that keeps the highest of each call drops what comes again, or late.',
      1042,
    ),
    logId: LogIdSchema,
    event: EventNameSchema,
    call: CallSchema,
  },
  { $id: 'CallChangeData', description: 'The event, and the call as it was after it.' },
)
export type ChangeData = Static<typeof ChangeDataSchema>

const QuotaDataSchema = Type.Object(
  {
    month: Text('The month, in the client’s zone.', '2025-10'),
    timezone: Text('IANA time zone of the month.', DEFAULT_TIMEZONE),
    percent: Count('Which share of the plan’s calls is reached: 80, or 100.', 80),
    callsThisMonth: Count('Calls that started in this month.', 4000),
    limit: Count('Calls a month that the plan allows.', 5000),
  },
  { $id: 'QuotaData', description: 'How far the calls of the month are used up.' },
)
export type QuotaData = Static<typeof QuotaDataSchema>

const TestDataSchema = Type.Object(
  { endpointId: Text('The endpoint that is tried.', 'we_5f2b8c01d94e7a36') },
  { $id: 'WebhookTestData', description: 'Which endpoint is tried.' },
)

const TIMESTAMP = {
  change: Instant('When the event happened, as its own `timestamp` says.', '2025-10-12T10:33:00Z'),
  now: Instant('When it was told.', '2025-10-12T10:33:00Z'),
}

export const CallChangeMessageSchema = Type.Object(
  {
    type: StringEnum(CALL_CHANGES, { description: 'What happened to the call.', examples: ['call.ended'] }),
    timestamp: TIMESTAMP.change,
    data: ChangeDataSchema,
  },
  {
    $id: 'CallChangeMessage',
    description: 'An event changed a call.',
    examples: [
      {
        type: 'call.ended',
        timestamp: '2025-10-12T10:33:00Z',
        data: {
          sequence: 1042,
          version: 1042,
          logId: 'log-1760265180-abc123def',
          event: 'callEnded',
          call: callExample,
        },
      },
    ],
  },
)

const quotaExample = {
  timestamp: '2025-10-12T10:33:00Z',
  data: { month: '2025-10', timezone: DEFAULT_TIMEZONE, percent: 80, callsThisMonth: 4000, limit: 5000 },
}

export const QuotaMessageSchema = Type.Object(
  {
    type: StringEnum(QUOTA_TYPES, { description: 'Which share is reached.', examples: ['quota.warning'] }),
    timestamp: TIMESTAMP.now,
    data: QuotaDataSchema,
  },
  {
    $id: 'QuotaMessage',
    description: 'The calls of the month are nearly, or all, used up.',
    examples: [{ type: 'quota.warning', ...quotaExample }],
  },
)

export const WebhookTestMessageSchema = Type.Object(
  {
    type: Type.Literal(WEBHOOK_TEST, { description: 'Somebody tries the endpoint.', examples: [WEBHOOK_TEST] }),
    timestamp: TIMESTAMP.now,
    data: TestDataSchema,
  },
  {
    $id: 'WebhookTestMessage',
    description: 'Somebody tries the endpoint.',
    examples: [{ type: WEBHOOK_TEST, timestamp: '2025-10-12T10:33:00Z', data: { endpointId: 'we_5f2b8c01d94e7a36' } }],
  },
)

export type WebhookMessage =
  Static<typeof CallChangeMessageSchema> | Static<typeof QuotaMessageSchema> | Static<typeof WebhookTestMessageSchema>

/** A message as the contract publishes it. */
export interface PublishedMessage {
  readonly schema: TObject
  readonly summary: string
  readonly example: unknown
}

const CALL_SUMMARIES = {
  'call.started': 'A call began',
  'call.answered': 'A call was answered',
  'call.updated': 'More became known of a call',
  'call.ended': 'A call ended',
  'call.missed': 'A call was missed',
} as const satisfies Record<(typeof CALL_CHANGES)[number], string>

/** Each with the event that made it, and what it had made of the call. */
const CALL_EXAMPLES = {
  'call.started': { event: 'dialing', status: 'active' },
  'call.answered': { event: 'connected', status: 'active' },
  'call.updated': { event: 'annotated', status: 'completed' },
  'call.ended': { event: 'callEnded', status: 'completed' },
  'call.missed': { event: 'missed', status: 'missed' },
} as const

/** The messages, by what they tell. */
export const WEBHOOK_MESSAGES: Readonly<Record<string, PublishedMessage>> = {
  ...Object.fromEntries(
    CALL_CHANGES.map((type) => {
      const { event, status } = CALL_EXAMPLES[type]
      return [
        type,
        { schema: CallChangeMessageSchema, summary: CALL_SUMMARIES[type], example: changeExample(type, event, status) },
      ]
    }),
  ),
  'quota.warning': {
    schema: QuotaMessageSchema,
    summary: 'The month’s calls are used up by 80 %',
    example: { type: 'quota.warning', ...quotaExample },
  },
  'quota.reached': {
    schema: QuotaMessageSchema,
    summary: 'The month’s calls are used up',
    example: {
      type: 'quota.reached',
      ...quotaExample,
      data: { ...quotaExample.data, percent: 100, callsThisMonth: 5000 },
    },
  },
  [WEBHOOK_TEST]: {
    schema: WebhookTestMessageSchema,
    summary: 'Somebody tries the endpoint',
    example: { type: WEBHOOK_TEST, timestamp: '2025-10-12T10:33:00Z', data: { endpointId: 'we_5f2b8c01d94e7a36' } },
  },
}

function changeExample(type: string, event: string, status: string): unknown {
  const { endTime, duration, answeredAt, ...begun } = callExample
  const isAnswered = type !== 'call.started' && type !== 'call.missed'
  const isOver = status !== 'active'
  const call = {
    ...begun,
    status,
    ...(type === 'call.missed' && { callDirection: 'inbound' }),
    ...(isAnswered && { answeredAt }),
    ...(isOver && { endTime, duration: isAnswered ? duration : 0 }),
  }
  return {
    type,
    timestamp: '2025-10-12T10:33:00Z',
    data: { sequence: 1042, version: 1042, logId: 'log-1760265180-abc123def', event, call },
  }
}
