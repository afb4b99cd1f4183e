import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { callExample, CallSchema } from './call.js'
import {
  ApiKeySchema,
  ClientIdSchema,
  CustomerIdSchema,
  EventNameSchema,
  InstantSchema,
  LogIdSchema,
  NullableText,
  OpenObject,
  Query,
  QueryInteger,
  RetainedFromSchema,
  StringEnum,
  Text,
  TotalCallsSchema,
  TotalDurationSchema,
  TruncatedSchema,
} from './common.js'
import { examplesOf } from './examples.js'

const profileExample = {
  customerId: 'CUST001',
  name: 'John Doe',
  email: 'john@example.com',
  phone: '+919876543210',
  company: 'Acme Corp',
  tags: ['vip', 'enterprise'],
  customFields: { accountBalance: 5000, lastPayment: '2025-09-15' },
}

const maxLength = LIMITS.textLength
const TagSchema = Text('A label.', 'vip', { maxLength })

export const SaveCustomerBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    customerData: Type.Object(
      {
        customerId: Type.Optional(CustomerIdSchema),
        name: Type.Optional(NullableText('Name.', 'John Doe', { maxLength })),
        email: Type.Optional(NullableText('E-mail address.', 'john@example.com', { maxLength })),
        phone: Type.Optional(NullableText('Phone number.', '+919876543210', { maxLength: LIMITS.phoneNumberLength })),
        company: Type.Optional(NullableText('Company.', 'Acme Corp', { maxLength })),
        tags: Type.Optional(
          Type.Unsafe<string[] | null>({
            type: ['array', 'null'],
            items: TagSchema,
            maxItems: LIMITS.tags,
            description: `Labels, ${String(LIMITS.tags)} at most. They replace those saved before.`,
            examples: [['vip', 'enterprise']],
          }),
        ),
        customFields: Type.Optional(
          Type.Unsafe<Record<string, unknown> | null>({
            type: ['object', 'null'],
            additionalProperties: true,
            maxProperties: LIMITS.members,
            description: `Anything else, at most ${String(LIMITS.members)} members, merged member by member with what was saved before.`,
            examples: [profileExample.customFields],
          }),
        ),
      },
      {
        $id: 'CustomerPatch',
        additionalProperties: true,
        maxProperties: LIMITS.members,
        description: `A JSON merge patch (RFC 7396): members given replace, members omitted stay, \`null\` removes. Without \`customerId\` a new customer is made. The record must not become longer than ${String(LIMITS.customerLength)} characters as JSON.`,
      },
    ),
  },
  {
    $id: 'CustomerUpdate',
    additionalProperties: false,
    description: 'What to save of a customer.',
    examples: examplesOf('CustomerUpdate'),
  },
)
export type SaveCustomerBody = Static<typeof SaveCustomerBodySchema>

export const SaveCustomerResponseSchema = Type.Object(
  {
    success: Type.Literal(true, { description: 'Always true.', examples: [true] }),
    customerId: CustomerIdSchema,
    message: StringEnum(['Customer information saved'], { description: 'For people.' }),
  },
  {
    $id: 'SavedCustomer',
    description: 'The customer is saved, on disk.',
    examples: [{ success: true, customerId: 'CUST001', message: 'Customer information saved' }],
  },
)
export type SaveCustomerResponse = Static<typeof SaveCustomerResponseSchema>

export const CustomerParamsSchema = Type.Object({ customerId: CustomerIdSchema })
export type CustomerParams = Static<typeof CustomerParamsSchema>

/** Open, because a CRM may save members of its own. */
export const CustomerSchema = Type.Object(
  {
    customerId: CustomerIdSchema,
    clientId: ClientIdSchema,
    name: Type.Optional(Text('Name.', 'John Doe')),
    email: Type.Optional(Text('E-mail address.', 'john@example.com')),
    phone: Type.Optional(Text('Phone number.', '+919876543210')),
    company: Type.Optional(Text('Company.', 'Acme Corp')),
    tags: Type.Optional(Type.Array(Text('A label.', 'vip'), { description: 'Labels.' })),
    customFields: Type.Optional(OpenObject('Anything else that was saved.', [profileExample.customFields])),
    createdAt: InstantSchema,
    lastUpdated: InstantSchema,
  },
  { $id: 'Customer', additionalProperties: true, description: 'A customer: saved, or named by a call.' },
)
export type Customer = Static<typeof CustomerSchema>

export const CustomerProfileSchema = Type.Object(
  {
    customer: CustomerSchema,
    callHistory: Type.Array(CallSchema, {
      maxItems: DEFAULTS.customerCalls,
      description: `The customer’s most recent calls, newest start first, ${String(DEFAULTS.customerCalls)} at most.`,
    }),
    totalCalls: TotalCallsSchema,
    totalDuration: TotalDurationSchema,
    truncated: Type.Optional(TruncatedSchema),
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  {
    $id: 'CustomerProfile',
    description: 'A customer and its calls.',
    examples: [
      {
        customer: {
          ...profileExample,
          clientId: 'client-demo',
          createdAt: '2025-10-01T10:00:00Z',
          lastUpdated: '2025-10-12T10:30:00Z',
        },
        callHistory: [callExample],
        totalCalls: 15,
        totalDuration: 2700,
      },
    ],
  },
)
export type CustomerProfile = Static<typeof CustomerProfileSchema>

export const CustomerCallsQuerySchema = Query({
  limit: QueryInteger(
    `How many calls to list: ${String(DEFAULTS.customerCalls)} unless told, ${String(LIMITS.listCalls)} at most.`,
    { maximum: LIMITS.listCalls, default: DEFAULTS.customerCalls, examples: [10] },
  ),
})
export type CustomerCallsQuery = Static<typeof CustomerCallsQuerySchema>

export const CustomerEventSchema = Type.Object(
  { logId: LogIdSchema, event: EventNameSchema, timestamp: InstantSchema },
  { $id: 'CustomerEvent', description: 'An event of one of the customer’s calls.' },
)
export type CustomerEvent = Static<typeof CustomerEventSchema>

export const CustomerCallsSchema = Type.Object(
  {
    customerId: CustomerIdSchema,
    calls: Type.Array(CallSchema, { maxItems: LIMITS.listCalls, description: 'Newest start first.' }),
    events: Type.Array(CustomerEventSchema, {
      maxItems: LIMITS.historyEvents,
      description: `Events of those calls, oldest first: the newest ${String(LIMITS.historyEvents)} at most.`,
    }),
    totalCalls: TotalCallsSchema,
    totalDuration: TotalDurationSchema,
    truncated: Type.Optional(TruncatedSchema),
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  {
    $id: 'CustomerCalls',
    description: 'A customer’s calls, with their events.',
    examples: [
      {
        customerId: 'CUST001',
        calls: [callExample],
        events: [
          { logId: 'log-1760280743-abc', event: 'connected', timestamp: '2025-10-12T10:30:00Z' },
          { logId: 'log-1760280800-def', event: 'callEnded', timestamp: '2025-10-12T10:33:00Z' },
        ],
        totalCalls: 15,
        totalDuration: 2700,
      },
    ],
  },
)
export type CustomerCalls = Static<typeof CustomerCallsSchema>
