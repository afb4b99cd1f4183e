import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { callExample, CallSchema } from './call.js'
import { CursorPaginationSchema, CursorSchema, QueryText } from './calls.js'
import { CustomerIdSchema, EXACT_TEXT, Instant, Query, QueryInteger, Text, TruncatedSchema } from './common.js'
import { CustomerSchema } from './customer.js'

export const CustomersQuerySchema = Query({
  search: QueryText(
    'What people type into a search box: the beginning of one or several words of a name, in any script and case, the beginning of an id, or a whole number, however it is written.',
    'john d',
    LIMITS.searchLength,
  ),
  pageSize: QueryInteger(
    `Customers a page: ${String(DEFAULTS.pageSize)} unless told, ${String(LIMITS.customersPage)} at most.`,
    { maximum: LIMITS.customersPage, default: DEFAULTS.pageSize, examples: [20] },
  ),
  cursor: CursorSchema,
})
export type CustomersQuery = Static<typeof CustomersQuerySchema>

export const CustomerEntrySchema = Type.Object(
  {
    customerId: CustomerIdSchema,
    name: Type.Optional(Text('The saved name, else the one that calls tell.', 'John Doe')),
    phone: Type.Optional(Text('The saved number, else the one that calls tell.', '+919876543210')),
    lastCallAt: Type.Optional(Instant('When the newest call with the customer began.', '2025-10-12T10:30:00Z')),
  },
  { $id: 'CustomerEntry', description: 'A customer, as lists have it.' },
)

export const CustomersSchema = Type.Object(
  {
    customers: Type.Array(CustomerEntrySchema, {
      maxItems: LIMITS.customersPage,
      description:
        'Of a search, those of the number first, then by id, then by name. Else those with the newest calls first, then those without calls.',
    }),
    pagination: CursorPaginationSchema,
  },
  {
    $id: 'Customers',
    description: 'A page of customers.',
    examples: [
      {
        customers: [
          {
            customerId: 'CUST001',
            name: 'John Doe',
            phone: '+919876543210',
            lastCallAt: '2025-10-12T10:30:00Z',
          },
        ],
        pagination: { pageSize: 20, nextCursor: null },
      },
    ],
  },
)
export type Customers = Static<typeof CustomersSchema>

export const PhoneParamsSchema = Type.Object({
  number: Type.String({
    minLength: 1,
    maxLength: LIMITS.phoneNumberLength,
    pattern: EXACT_TEXT,
    description: 'The number, however it is written, URL-encoded.',
    examples: ['+919876543210'],
  }),
})

export const CallerSchema = Type.Object(
  {
    customer: CustomerSchema,
    calls: Type.Array(CallSchema, {
      maxItems: LIMITS.callsOfCaller,
      description: `The newest calls with this number, ${String(LIMITS.callsOfCaller)} at most.`,
    }),
    onCall: Type.Boolean({ description: 'Whether a call with this number goes on now.', examples: [false] }),
    truncated: Type.Optional(TruncatedSchema),
  },
  {
    $id: 'Caller',
    description: 'The customer of a number.',
    examples: [
      {
        customer: {
          customerId: 'CUST001',
          clientId: 'client-demo',
          name: 'John Doe',
          phone: '+919876543210',
          createdAt: '2025-10-01T10:00:00Z',
          lastUpdated: '2025-10-12T10:30:00Z',
        },
        calls: [callExample],
        onCall: false,
      },
    ],
  },
)
export type Caller = Static<typeof CallerSchema>
