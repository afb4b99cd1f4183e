import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import { ApiKeySchema, DIALLED, EXACT_TEXT, Text } from './common.js'

function dialled(description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength: LIMITS.phoneNumberLength,
    pattern: DIALLED,
    description,
    examples: [example],
  })
}

/** A header that has to be there: without it a request that is sent again would dial again. */
export const PlaceCallHeadersSchema = Type.Object({
  'idempotency-key': Type.String({
    minLength: 1,
    maxLength: LIMITS.idempotencyKeyLength,
    description: `The caller’s own id of this call. The same key again never dials again: it gets the answer of the first request, for ${String(LIMITS.placedCallDays)} days. With another call it is a 422.`,
    examples: ['9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0'],
  }),
})

export const PlaceCallBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    from: dialled('Who is called first: the agent.', '+919876500001'),
    to: dialled('Who is called once the agent has answered: the customer.', '+919876543210'),
    callerId: Type.Optional(
      dialled('The virtual number that both see. Absent: the one that the client was set up with.', '08047112233'),
    ),
    customField: Type.Optional(
      Type.String({
        maxLength: LIMITS.customFieldLength,
        pattern: EXACT_TEXT,
        description:
          'A text that Exotel hands on with the call, to its callbacks and applets: there ` ribbon:` and an id of the request follow it.',
        examples: ['ticket-4711'],
      }),
    ),
    timeLimit: Type.Optional(
      Type.Integer({
        format: 'int32',
        minimum: LIMITS.leastCallSeconds,
        maximum: LIMITS.callSeconds,
        description: 'Seconds after which the call is cut. Absent: as the Exotel account is set.',
        examples: [3600],
      }),
    ),
    record: Type.Optional(
      Type.Boolean({
        description: 'Whether the conversation is recorded. Absent: as the Exotel account is set.',
        examples: [true],
      }),
    ),
  },
  {
    $id: 'CallOrder',
    additionalProperties: false,
    description: 'A call to be made.',
    examples: [
      {
        apiKey: DEMO_API_KEY,
        from: '+919876500001',
        to: '+919876543210',
        callerId: '08047112233',
        customField: 'ticket-4711',
        record: true,
      },
    ],
  },
)
export type PlaceCallBody = Static<typeof PlaceCallBodySchema>

export const PlacedCallSchema = Type.Object(
  {
    callSid: Text('Exotel’s id of the call.', 'd6cfaf5f5cef3ca0fc937749ef96d245'),
    sessionId: Text(
      'The same call’s id in this API: its events and its recording go by it.',
      'session-d6cfaf5f5cef3ca0fc937749ef96d245',
    ),
    status: Text('What Exotel said of the call as it was made: `in-progress` or `queued`.', 'in-progress'),
  },
  {
    $id: 'PlacedCall',
    description: 'A call that Exotel is making.',
    examples: [
      {
        callSid: 'd6cfaf5f5cef3ca0fc937749ef96d245',
        sessionId: 'session-d6cfaf5f5cef3ca0fc937749ef96d245',
        status: 'in-progress',
      },
    ],
  },
)
export type PlacedCallAnswer = Static<typeof PlacedCallSchema>
