/** Erasing a person, and telling what is held on one. */
import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { callExample, CallSchema } from './call.js'
import { CallEventSchema } from './calls.js'
import { Count, EXACT_TEXT, Instant, NullableCount, NullableText, Text, VISIBLE_TEXT } from './common.js'

const PhoneNumber = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: LIMITS.phoneNumberLength,
    pattern: EXACT_TEXT,
    description: 'The person’s number, in any spelling. Give this or `customerId`.',
    examples: ['+919876543210'],
  }),
)
const CustomerId = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: LIMITS.customerIdLength,
    pattern: EXACT_TEXT,
    description: 'The customer that the person is. Give this or `phoneNumber`.',
    examples: ['CUST001'],
  }),
)

export const PersonBodySchema = Type.Object(
  { phoneNumber: PhoneNumber, customerId: CustomerId },
  {
    $id: 'PersonBody',
    additionalProperties: false,
    description: 'Who is meant: by a number or as a customer. Not in the address, which proxies log.',
    examples: [{ customerId: 'CUST001' }],
  },
)
export type PersonBody = Static<typeof PersonBodySchema>

export const ErasureBodySchema = Type.Object(
  {
    phoneNumber: PhoneNumber,
    customerId: CustomerId,
    reason: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: LIMITS.erasureReasonLength,
        pattern: VISIBLE_TEXT,
        description: 'Why, for the audit log, such as the number of a request: nothing personal, because it is kept.',
        examples: ['request 4711'],
      }),
    ),
  },
  {
    $id: 'ErasureBody',
    additionalProperties: false,
    description: 'Whom to erase: by a number or as a customer.',
    examples: [{ phoneNumber: '+919876543210', reason: 'request 4711' }],
  },
)
export type ErasureBody = Static<typeof ErasureBodySchema>

export const ErasureSchema = Type.Object(
  {
    subject: Text('Keyed hash of the person, as the audit log has it: it leads nobody to them.', '5f2b8c0d9e1a4b7c'),
    calls: Count('Calls that say no longer whom they were with. They are still counted.', 9),
    events: Count('Events of which nothing is left but what they claim of their call.', 18),
    customers: Count('Customers that are gone.', 1),
    logsClean: Type.Boolean({
      description:
        'Whether nothing of it is left in the logs beside the database. False while another process writes them: they go with its next writes.',
      examples: [true],
    }),
  },
  {
    $id: 'Erasure',
    description: 'The receipt of an erasure. The audit log keeps it.',
    examples: [{ subject: '5f2b8c0d9e1a4b7c', calls: 9, events: 18, customers: 1, logsClean: true }],
  },
)
export type ErasureReceipt = Static<typeof ErasureSchema>

const OpenProfile = Type.Unsafe<Record<string, unknown> | null>({
  type: ['object', 'null'],
  additionalProperties: true,
  description: 'What was saved; null where nobody did.',
  examples: [{ name: 'John Doe', phone: '+919876543210' }],
})

const HeldCustomerSchema = Type.Object(
  {
    customerId: Text('The customer’s id.', 'CUST001'),
    profile: OpenProfile,
    createdAt: Instant('When the record was made.', '2025-10-01T09:00:00Z'),
    updatedAt: Instant('When it was saved last.', '2025-10-12T10:30:00Z'),
  },
  { $id: 'HeldCustomer', description: 'What was saved of a person.' },
)

const HeldCallSchema = Type.Object(
  {
    call: CallSchema,
    recordingUrl: NullableText(
      'Where the provider keeps the recording; null for none.',
      'https://recordings.exotel.com/a.mp3',
    ),
    events: Type.Array(CallEventSchema, { description: 'Its events, as they were recorded.' }),
  },
  { $id: 'HeldCall', description: 'A call with a person, and all that was recorded of it.' },
)

const HeldDeliverySchema = Type.Object(
  {
    url: Text('Where it was sent.', 'https://crm.example.com/hooks'),
    messageId: Text('Id of the message.', 'msg_17_4f2a'),
    at: Instant('When.', '2025-10-12T10:30:01Z'),
    status: NullableCount('HTTP status of the answer; null for none.', 200),
  },
  { $id: 'HeldDelivery', description: 'A message about a person’s calls that a webhook sent.' },
)

export const PersonSchema = Type.Object(
  {
    customers: Type.Array(HeldCustomerSchema, { description: 'The customers that the person is.' }),
    events: Type.Array(CallEventSchema, { description: 'Events that belong to no call.' }),
    calls: Type.Array(HeldCallSchema, { description: 'The person’s calls, oldest record first.' }),
    deliveries: Type.Array(HeldDeliverySchema, { description: 'What webhooks sent of it, as far as that is kept.' }),
  },
  {
    $id: 'Person',
    description: 'All that is held on a person.',
    examples: [
      { customers: [], events: [], calls: [{ call: callExample, recordingUrl: null, events: [] }], deliveries: [] },
    ],
  },
)
