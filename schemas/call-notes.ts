import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { DIRECTIONS, DISPOSITIONS } from '../src/core/vocabulary/calls.js'
import { CallSchema, callExample } from './call.js'
import { EXACT_TEXT, NullableText, ONE_LINE, StringEnum, Text } from './common.js'

/** The outcomes that a call that is over can be said to have had. */
const CORRECTED_STATUSES = ['completed', 'missed', 'no-answer', ...DISPOSITIONS] as const

const TagSchema = Type.String({
  minLength: 1,
  maxLength: LIMITS.tagLength,
  pattern: ONE_LINE,
  description: 'A word for a call, on one line.',
  examples: ['callback'],
})

export const CallNotesBodySchema = Type.Partial(
  Type.Object({
    notes: NullableText('What is worth knowing of the call.', 'Wants to be rung back on Monday.', {
      maxLength: LIMITS.notesLength,
      pattern: EXACT_TEXT,
    }),
    tags: Type.Unsafe<string[] | null>({
      type: ['array', 'null'],
      items: TagSchema,
      maxItems: LIMITS.callTags,
      uniqueItems: true,
      description: 'All its tags: those before are replaced.',
      examples: [['callback', 'vip']],
    }),
    disposition: NullableText('What the call came to, in the client’s own words.', 'callback-requested', {
      maxLength: LIMITS.dispositionLength,
      pattern: EXACT_TEXT,
    }),
  }),
  {
    $id: 'CallNotesBody',
    additionalProperties: false,
    description: 'Members given replace, members omitted stay, null removes (RFC 7396).',
    examples: [{ notes: 'Wants to be rung back on Monday.', tags: ['callback'], disposition: 'callback-requested' }],
  },
)
export type CallNotesBody = Static<typeof CallNotesBodySchema>

function time(description: string, example: string) {
  return Type.String({ maxLength: LIMITS.timestampLength, description, examples: [example] })
}

export const CallCorrectionBodySchema = Type.Object(
  {
    reason: Text('Why: it is kept with the call.', 'The agent answered on a mobile.', {
      minLength: 1,
      maxLength: LIMITS.reasonLength,
      pattern: EXACT_TEXT,
    }),
    voided: Type.Optional(
      Type.Boolean({
        description:
          'True: the call does not count. It is in no list, no export and no report until it is restored with false; by its id it is still found.',
        examples: [false],
      }),
    ),
    startTime: Type.Optional(
      time('When it began: ISO 8601, in the client’s zone when it has no offset.', '2025-10-12T10:29:50Z'),
    ),
    endTime: Type.Optional(time('When it ended. It ends a call whose end was never told.', '2025-10-12T10:33:00Z')),
    duration: Type.Optional(
      Type.Integer({
        format: 'int32',
        minimum: 0,
        maximum: LIMITS.durationSeconds,
        description: 'Talk time in whole seconds.',
        examples: [180],
      }),
    ),
    status: Type.Optional(
      StringEnum(CORRECTED_STATUSES, { description: 'How it ended. `completed`: it was answered.' }),
    ),
    callDirection: Type.Optional(StringEnum(DIRECTIONS, { description: 'Which way it went.' })),
    phoneNumber: Type.Optional(
      Text('The customer’s number.', '+919876543210', {
        minLength: 1,
        maxLength: LIMITS.phoneNumberLength,
        pattern: EXACT_TEXT,
      }),
    ),
    customerId: Type.Optional(
      Text('The customer.', 'CUST001', { minLength: 1, maxLength: LIMITS.customerIdLength, pattern: EXACT_TEXT }),
    ),
    agentUserId: Type.Optional(
      Text('The agent.', 'agent-42', { minLength: 1, maxLength: LIMITS.agentUserIdLength, pattern: EXACT_TEXT }),
    ),
  },
  {
    $id: 'CallCorrectionBody',
    additionalProperties: false,
    description: 'What is right of a call. It goes before what ribbons and Exotel say, now and later.',
    examples: [{ reason: 'The agent answered on a mobile.', status: 'completed', agentUserId: 'agent-42' }],
  },
)
export type CallCorrectionBody = Static<typeof CallCorrectionBodySchema>

export const ChangedCallSchema = Type.Object(
  {
    success: Type.Literal(true, { description: 'Always true.', examples: [true] }),
    call: CallSchema,
  },
  { $id: 'ChangedCall', description: 'The call as it is now.', examples: [{ success: true, call: callExample }] },
)
export type ChangedCall = Static<typeof ChangedCallSchema>
