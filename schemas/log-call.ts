import { Type, type Static, type TUnsafe } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { Anything, ApiKeySchema, EventNameSchema, EXACT_TEXT, LogIdSchema, NullableText, Text } from './common.js'
import { examplesOf } from './examples.js'

const maxLength = LIMITS.textLength

/**
 * A member that says how to find a call or a customer. Exotel's browser SDK sends `""` for what it does not know, and
 * CRMs send null: both are absent.
 */
function Identity(description: string, example: string, length: number) {
  return Type.Optional(NullableText(description, example, { maxLength: length, pattern: EXACT_TEXT }))
}

/** What the SDK reports as it pleases. Kept as sent: a call's record must not be refused for a member nobody reads. */
function SdkValue(description: string, example: string | number) {
  return Type.Optional(
    Type.Unsafe<string | number | boolean | null>({
      type: ['string', 'number', 'boolean', 'null'],
      maxLength,
      description,
      examples: [example],
    }),
  )
}

/** Seconds as a number, never as text: `"180"` may as well be minutes. `""` and null are absent. */
const DurationSchema: TUnsafe<number | '' | null> = Type.Unsafe<number | '' | null>({
  anyOf: [
    {
      type: ['number', 'null'],
      minimum: 0,
      maximum: LIMITS.durationSeconds,
      description: `Seconds, 0 to ${String(LIMITS.durationSeconds)}.`,
      examples: [180],
    },
    { type: 'string', enum: [''], description: 'Not known.', examples: [''] },
  ],
  description: 'Talk time in seconds, as a number; a fraction of a second is dropped. `""` and null: not known.',
  examples: [180],
})

export const LogCallCustomerSchema = Type.Unsafe<{ customerId?: string | null; [member: string]: unknown } | null>({
  $id: 'CallCustomer',
  ...Type.Object(
    {
      customerId: Identity('The CRM’s own id of the customer.', 'CUST001', LIMITS.customerIdLength),
      name: SdkValue('Name.', 'John Doe'),
      email: SdkValue('E-mail address.', 'john@example.com'),
    },
    { additionalProperties: true, maxProperties: LIMITS.members },
  ),
  type: ['object', 'null'],
  description: `The customer, as the CRM knows it. Members of any name are kept, ${String(LIMITS.members)} at most.`,
  examples: [{ customerId: 'CUST001', name: 'John Doe', email: 'john@example.com' }],
})

export const CallDataSchema = Type.Object(
  {
    callSid: Identity('Exotel’s id of the call.', 'CA1234567890', LIMITS.callIdLength),
    callId: Identity(
      'The SDK’s id of the call, used when there is no `callSid`.',
      'a84b4c76e66710',
      LIMITS.callIdLength,
    ),
    phoneNumber: Identity('The customer’s number.', '+919876543210', LIMITS.phoneNumberLength),
    callDirection: Type.Optional(
      NullableText(
        '`inbound` or `outbound`; `incoming` and `outgoing` mean the same. Anything else is kept and says nothing.',
        'outbound',
        { maxLength },
      ),
    ),
    duration: Type.Optional(DurationSchema),
    callDuration: SdkValue(
      'Talk time in seconds as the SDK reports it, used when there is no `duration`: a number, or text of decimal digits. Other text is kept and says nothing.',
      180,
    ),
    customerData: Type.Optional(LogCallCustomerSchema),
    remoteId: SdkValue('The other end, as the SDK names it.', 'sip:+919876543210@exotel.com'),
    remoteDisplayName: SdkValue('Name of the other end.', '+919876543210'),
    callState: SdkValue('The SDK’s state of the call.', 'connected'),
    callStartedTime: SdkValue('When the call began.', '2025-10-12T10:29:48Z'),
    callEstablishedTime: SdkValue('When the call was established.', '2025-10-12T10:30:00Z'),
    callEndedTime: SdkValue('When the call ended.', '2025-10-12T10:33:00Z'),
    callAnswerTime: SdkValue('When the call was answered.', '2025-10-12T10:30:00Z'),
    callEndReason: SdkValue('Why the call ended.', 'NORMAL'),
    sessionId: SdkValue('The SDK’s session.', 'sdk-session-1'),
    callFromNumber: SdkValue('The number that called.', '+919876543210'),
    sipHeaders: Type.Optional(Anything('SIP headers, in any shape.', { 'X-Exotel-Leg': '1' })),
  },
  {
    $id: 'CallData',
    additionalProperties: true,
    description: `What the ribbon knows of the call. Members of any name are kept, and come back as they were sent. At most ${String(LIMITS.dataLength)} characters as JSON, nested ${String(LIMITS.nestingDepth)} levels deep.\n\nAn event with neither \`callSid\` nor \`callId\` belongs to the call of its number that began latest by its time, within the maximum call age, unless that call was over for more than a minute; it is looked for among the ${String(LIMITS.callsOfNumber)} newest. Without such a call it begins one of its own. A call takes the first ${String(LIMITS.namelessOfCall)} such events; those beyond are kept and change no call. A call lists its first ${String(LIMITS.callEvents)} events; those beyond are kept and still change it.`,
  },
)
export type CallData = Static<typeof CallDataSchema>

/** Open at the top, because published widgets send members of their own. */
export const LogCallBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    event: EventNameSchema,
    data: CallDataSchema,
    timestamp: Type.Optional(
      Type.String({
        maxLength: LIMITS.timestampLength,
        description: `When it happened: ISO 8601, read in the client’s time zone when it has no offset, and at most ${String(LIMITS.aheadMs / 3_600_000)} hours ahead of the server’s clock. Absent: on arrival.`,
        examples: ['2025-10-12T10:30:00Z'],
      }),
    ),
    domain: Type.Optional(
      NullableText('Host name of the page that embeds the ribbon.', 'yourcrm.com', { maxLength: LIMITS.domainLength }),
    ),
    agentUserId: Type.Optional(
      Type.Unsafe<string | number | null>({
        type: ['string', 'number', 'null'],
        maxLength: LIMITS.agentUserIdLength,
        description:
          'The agent whose ribbon reports the event. The call takes the agent of its latest `connected` event, else of its latest event that names one.',
        examples: ['agent-42'],
      }),
    ),
    clientName: Type.Optional(NullableText('The client’s name as the page knows it.', 'Demo Client', { maxLength })),
    eventId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: LIMITS.idempotencyKeyLength,
        pattern: EXACT_TEXT,
        description: 'The caller’s own id of this event: the same id again is a repeat, which changes nothing.',
        examples: ['9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0'],
      }),
    ),
  },
  {
    $id: 'CallEvent',
    additionalProperties: true,
    description: `What happened on a call. Members of other names are kept, all but \`data\` together at most ${String(LIMITS.contextLength)} characters as JSON.`,
    examples: examplesOf('CallEvent'),
  },
)
export type LogCallBody = Static<typeof LogCallBodySchema>

export function IdempotencyKey(description: string) {
  return Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: LIMITS.idempotencyKeyLength,
      description,
      examples: ['9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0'],
    }),
  )
}

export const LogCallHeadersSchema = Type.Object({
  'idempotency-key': IdempotencyKey(
    'The caller’s own id of this event: the same key again returns the first `logId` and changes nothing; with other content it is a 422.',
  ),
  prefer: Type.Optional(
    Type.String({
      maxLength,
      description:
        '`handling=strict` (RFC 7240) refuses an event, with a 400, for what would be a warning otherwise; the answer then says `Preference-Applied: handling=strict`. Other preferences are not read.',
      examples: ['handling=strict'],
    }),
  ),
})
export type LogCallHeaders = Static<typeof LogCallHeadersSchema>

export const WarningSchema = Type.Object(
  {
    pointer: Text('JSON pointer (RFC 6901) to it in the body.', '/data/callsid'),
    message: Text(
      'Why it was not understood, and what was most likely meant.',
      'is no known member: did you mean callSid?',
    ),
  },
  { $id: 'Warning', description: 'Something in an event that was kept, and not understood.' },
)
export type Warning = Static<typeof WarningSchema>

export const LogCallResponseSchema = Type.Object(
  {
    success: Type.Literal(true, { description: 'Always true.', examples: [true] }),
    logId: LogIdSchema,
    warnings: Type.Optional(
      Type.Array(WarningSchema, {
        description:
          'What the event says that was most likely meant to be understood, and is not: names that are close to known ones, and directions and durations that are none. Absent when there is nothing of the kind. With `Prefer: handling=strict` such an event is refused instead.',
      }),
    ),
  },
  {
    $id: 'LoggedEvent',
    description: 'The event is on disk. A repeat gets the first one’s `logId`.',
    examples: [{ success: true, logId: 'log-1760280743-abc123def' }],
  },
)
export type LogCallResponse = Static<typeof LogCallResponseSchema>
