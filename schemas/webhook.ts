/** Webhooks, as whoever has them sees and sets them. What is sent to them is in `webhook-messages.ts`. */
import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { DEMO_API_KEY, DEMO_WEBHOOK, DEMO_WEBHOOK_TO_DELETE } from '../src/core/vocabulary/demo.js'
import { WEBHOOK_EVENT_TYPES, WEBHOOK_STATUSES } from '../src/core/vocabulary/webhooks.js'
import { CursorSchema } from './calls.js'
import { ClientIdParam } from './client.js'
import {
  ApiKeySchema,
  Count,
  Instant,
  NullableCount,
  NullableInstant,
  NullableText,
  ONE_LINE,
  OverlapHours,
  Query,
  QueryInteger,
  StringEnum,
  Text,
  withDefault,
} from './common.js'

const ENDPOINT_ID = 'we_5f2b8c01d94e7a36'
const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD4Y6pKZnhKvI='
const URL_EXAMPLE = 'https://crm.example.com/webhooks'

const EventTypeSchema = StringEnum(WEBHOOK_EVENT_TYPES, {
  $id: 'WebhookEventType',
  description:
    'What a message tells. `call.*`: what an event changed of a call, the furthest that it came; whatever else becomes known of it is `call.updated`. `quota.*`: the calls of the month have reached 80 % of what the plan allows, or all of it.',
  examples: ['call.ended'],
})

const EventTypesSchema = Type.Array(EventTypeSchema, {
  minItems: 1,
  maxItems: WEBHOOK_EVENT_TYPES.length,
  uniqueItems: true,
  description: 'What it is sent.',
  examples: [['call.ended', 'call.missed']],
})

const StatusSchema = StringEnum(WEBHOOK_STATUSES, {
  $id: 'WebhookStatus',
  description:
    'One that is `paused` is sent nothing; what changes meanwhile, it is sent when it is `active` again. The server pauses one itself to which it could deliver nothing for three days, or whose receiver answers 410.',
})

const UrlSchema = Type.String({
  minLength: 1,
  maxLength: LIMITS.webhookUrlLength,
  pattern: ONE_LINE,
  description:
    'Where messages are sent, by POST: HTTPS, at an address of the internet. Redirects are not followed. It is kept as it is: put no secret into it, the signature is what tells who sends.',
  examples: [URL_EXAMPLE],
})

export const NewWebhookBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    url: UrlSchema,
    eventTypes: withDefault(EventTypesSchema, [...WEBHOOK_EVENT_TYPES]),
  },
  {
    $id: 'NewWebhookBody',
    additionalProperties: false,
    description: 'An endpoint to send messages to.',
    examples: [{ apiKey: DEMO_API_KEY, url: URL_EXAMPLE, eventTypes: ['call.ended', 'call.missed'] }],
  },
)
export type NewWebhookBody = Static<typeof NewWebhookBodySchema>

/** Whoever administers a client has no key of it. */
export const AdminNewWebhookBodySchema = Type.Omit(NewWebhookBodySchema, ['apiKey'], {
  $id: 'AdminNewWebhookBody',
  additionalProperties: false,
  description: 'An endpoint to send messages to.',
  examples: [{ url: URL_EXAMPLE, eventTypes: ['call.ended', 'call.missed'] }],
})

export const WebhookChangesBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    url: Type.Optional(UrlSchema),
    eventTypes: Type.Optional(EventTypesSchema),
    status: Type.Optional(StatusSchema),
  },
  {
    $id: 'WebhookChangesBody',
    additionalProperties: false,
    description: 'What is to be different: members that are absent stay as they are.',
    examples: [{ apiKey: DEMO_API_KEY, status: 'paused' }],
  },
)
export type WebhookChangesBody = Static<typeof WebhookChangesBodySchema>

export const AdminWebhookChangesBodySchema = Type.Omit(WebhookChangesBodySchema, ['apiKey'], {
  $id: 'AdminWebhookChangesBody',
  additionalProperties: false,
  description: 'What is to be different: members that are absent stay as they are.',
  examples: [{ status: 'paused' }],
})

export const SecretRotationBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    overlapHours: OverlapHours(
      'For so long messages are signed with the former secret, too: a receiver that knows either of them takes them.',
    ),
  },
  {
    $id: 'WebhookSecretRotation',
    additionalProperties: false,
    description: 'How one secret follows the other.',
    examples: [{ apiKey: DEMO_API_KEY, overlapHours: 24 }],
  },
)
export type SecretRotationBody = Static<typeof SecretRotationBodySchema>

export const AdminSecretRotationBodySchema = Type.Omit(SecretRotationBodySchema, ['apiKey'], {
  $id: 'AdminWebhookSecretRotation',
  additionalProperties: false,
  description: 'How one secret follows the other.',
  examples: [{ overlapHours: 24 }],
})

function Time(description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength: LIMITS.timestampLength,
    description: `${description} An ISO 8601 date-time; without an offset it is read in the client’s zone.`,
    examples: [example],
  })
}

export const RedeliveryBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    from: Type.Optional(
      Time('Messages whose `timestamp` is this or later. Absent: a day before `to`.', '2025-10-12T10:00:00Z'),
    ),
    to: Type.Optional(Time('And before this. Absent: now.', '2025-10-12T11:00:00Z')),
  },
  {
    $id: 'WebhookRedelivery',
    additionalProperties: false,
    description: 'Which messages are to be sent again: without bounds those of the last day.',
    examples: [{ apiKey: DEMO_API_KEY }],
  },
)
export type RedeliveryBody = Static<typeof RedeliveryBodySchema>

export const AdminRedeliveryBodySchema = Type.Omit(RedeliveryBodySchema, ['apiKey'], {
  $id: 'AdminWebhookRedelivery',
  additionalProperties: false,
  description: 'Which messages are to be sent again: without bounds those of the last day.',
  examples: [{}],
})

export const WebhookSchema = Type.Object(
  {
    endpointId: Text('Names the endpoint among its client’s.', ENDPOINT_ID),
    url: Text('Where messages are sent.', URL_EXAMPLE),
    eventTypes: EventTypesSchema,
    status: StatusSchema,
    pausedReason: NullableText(
      'Why the server paused it; null where somebody else did, and of one that is active.',
      'The receiver answered 410: it is gone',
    ),
    failingSince: NullableInstant(
      'Since when nothing could be delivered; null where the last delivery succeeded.',
      '2025-10-12T10:30:00Z',
    ),
    behind: Count('Events that were recorded since the last one whose messages are all delivered, or wait.', 0),
    pending: Count('Messages that could not be delivered, or are to be sent again, and wait for their next try.', 0),
    parked: Count('Messages that were given up after three days: `redeliver` sends them again.', 0),
    createdAt: Instant('When it was made.', '2025-10-12T10:30:00Z'),
    updatedAt: Instant('When somebody changed it last.', '2025-10-12T10:30:00Z'),
  },
  {
    $id: 'Webhook',
    description: 'Where messages are sent, and how far it is.',
    examples: [
      {
        endpointId: ENDPOINT_ID,
        url: URL_EXAMPLE,
        eventTypes: ['call.ended', 'call.missed'],
        status: 'active',
        pausedReason: null,
        failingSince: null,
        behind: 0,
        pending: 0,
        parked: 0,
        createdAt: '2025-10-12T10:30:00Z',
        updatedAt: '2025-10-12T10:30:00Z',
      },
    ],
  },
)
export type Webhook = Static<typeof WebhookSchema>

const webhookExample = (WebhookSchema.examples as [Webhook])[0]

export const WebhookListSchema = Type.Object(
  {
    webhooks: Type.Array(WebhookSchema, { maxItems: LIMITS.webhooks, description: 'Oldest first.' }),
  },
  { $id: 'WebhookList', description: 'The endpoints of the client.', examples: [{ webhooks: [webhookExample] }] },
)

export const WebhookWithSecretSchema = Type.Object(
  {
    webhook: WebhookSchema,
    secret: Text('What messages are signed with, by the Standard Webhooks scheme. It is told this once.', SECRET),
  },
  {
    $id: 'WebhookWithSecret',
    description: 'An endpoint, and its new secret.',
    examples: [{ webhook: webhookExample, secret: SECRET }],
  },
)
export type WebhookWithSecret = Static<typeof WebhookWithSecretSchema>

export const RedeliveredSchema = Type.Object(
  {
    messages: Count(
      'Events whose messages are to be sent again. Those that changed nothing, or nothing that the endpoint is sent, have none.',
      12,
    ),
  },
  { $id: 'WebhookRedelivered', description: 'What is sent again.', examples: [{ messages: 12 }] },
)
export type Redelivered = Static<typeof RedeliveredSchema>

const OUTCOME = {
  messageId: Text('The message’s `webhook-id`: the same on every try.', 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W'),
  type: Text('What it tells.', 'call.ended'),
  delivered: Type.Boolean({
    description: 'Whether the receiver answered with a status from 200 to 299.',
    examples: [true],
  }),
  status: NullableCount('HTTP status of the answer; null when none came.', 200),
  error: NullableText('Why it was not delivered; null when it was.', 'it answered 500'),
  durationMs: Count('How long it took, in milliseconds.', 42),
  at: Instant('When it was sent.', '2025-10-12T10:33:01Z'),
  answer: Text(`The first ${String(LIMITS.webhookAnswerLength)} bytes of the answer.`, 'ok'),
}
const outcomeExample = {
  messageId: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
  type: 'call.ended',
  delivered: true,
  status: 200,
  error: null,
  durationMs: 42,
  at: '2025-10-12T10:33:01Z',
  answer: 'ok',
}

export const WebhookTestSchema = Type.Object(OUTCOME, {
  $id: 'WebhookTest',
  description: 'What became of a message that was sent for a try.',
  examples: [{ ...outcomeExample, type: 'webhook.test' }],
})
export type WebhookTest = Static<typeof WebhookTestSchema>

export const WebhookDeliverySchema = Type.Object(
  {
    ...OUTCOME,
    sequence: NullableCount('The change that it tells of: see the messages; null of a message about none.', 1042),
    attempt: Count('Which try of this message it was, from 1.', 1),
  },
  {
    $id: 'WebhookDelivery',
    description: 'A try to deliver a message.',
    examples: [{ ...outcomeExample, sequence: 1042, attempt: 1 }],
  },
)
export type WebhookDelivery = Static<typeof WebhookDeliverySchema>

export const WebhookDeliveriesSchema = Type.Object(
  {
    deliveries: Type.Array(WebhookDeliverySchema, {
      maxItems: LIMITS.webhookDeliveriesPage,
      description: `Newest first. The newest ${String(LIMITS.webhookDeliveries)} of an endpoint are kept.`,
    }),
    nextCursor: NullableText('Where the next page starts; null on the last one.', 'eyJvIjoxNzYwMjgwNzQzMDAwfQ'),
  },
  {
    $id: 'WebhookDeliveries',
    description: 'A page of tries.',
    examples: [{ deliveries: [{ ...outcomeExample, sequence: 1042, attempt: 1 }], nextCursor: null }],
  },
)
export type WebhookDeliveries = Static<typeof WebhookDeliveriesSchema>

export const DeliveriesQuerySchema = Query({
  pageSize: QueryInteger(
    `Tries a page: ${String(DEFAULTS.pageSize)} unless told, ${String(LIMITS.webhookDeliveriesPage)} at most.`,
    { maximum: LIMITS.webhookDeliveriesPage, default: DEFAULTS.pageSize, examples: [20] },
  ),
  cursor: CursorSchema,
})
export type DeliveriesQuery = Static<typeof DeliveriesQuerySchema>

/** An endpoint that the demo clients have to be deleted. */
export const DELETABLE = DEMO_WEBHOOK_TO_DELETE

function EndpointIdParam(example: string) {
  return Type.String({
    maxLength: 19,
    pattern: '^we_[0-9a-f]{16}$',
    description: '`endpointId` of the endpoint, as the list of them has it.',
    examples: [example],
  })
}

/** The path of an endpoint. @param example one that the demo clients have */
export function EndpointParams(example = DEMO_WEBHOOK) {
  return Type.Object({ endpointId: EndpointIdParam(example) })
}

export function ClientEndpointParams(clientId: string, example = DEMO_WEBHOOK) {
  return Type.Object({ clientId: ClientIdParam(clientId), endpointId: EndpointIdParam(example) })
}
