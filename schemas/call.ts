import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/vocabulary.js'
import {
  CallStatusSchema,
  ClientIdSchema,
  Count,
  DirectionSchema,
  InstantSchema,
  OpenObject,
  Text,
  TruncatedSchema,
} from './common.js'

/** What is not known of a call is absent, never null: an active call has neither `endTime` nor `duration`. */
export const CallSchema = Type.Object(
  {
    sessionId: Text('Id of the call, unique within the client.', 'session-1760280743'),
    clientId: ClientIdSchema,
    startTime: InstantSchema,
    endTime: Type.Optional(InstantSchema),
    duration: Type.Optional(Count('Talk time in whole seconds, once the call has ended.', 180)),
    phoneNumber: Type.Optional(Text('The customer’s number.', '+919876543210')),
    callDirection: DirectionSchema,
    customerData: Type.Optional(
      OpenObject(
        `What the events told of the customer: the first members by name that fit ${String(LIMITS.callCustomerLength)} characters as JSON, each counted at the longest value it was sent with.`,
        [{ customerId: 'CUST001', name: 'John Doe' }],
      ),
    ),
    status: CallStatusSchema,
  },
  { $id: 'Call', description: 'A call, as its events tell it.' },
)
export type Call = Static<typeof CallSchema>

export const callExample: Call = {
  sessionId: 'session-1760280743',
  clientId: 'client-demo',
  startTime: '2025-10-12T10:30:00Z',
  endTime: '2025-10-12T10:33:00Z',
  duration: 180,
  phoneNumber: '+919876543210',
  callDirection: 'outbound',
  customerData: { customerId: 'CUST001', name: 'John Doe' },
  status: 'completed',
}

export const ActiveCallsSchema = Type.Object(
  {
    activeCalls: Type.Array(CallSchema, {
      maxItems: LIMITS.activeCalls,
      description: `Newest start first, at most ${String(LIMITS.activeCalls)} of them; fewer where the answer is as long as it may be.`,
    }),
    count: Count('How many calls are in progress, however many are listed.', 1),
    truncated: Type.Optional(TruncatedSchema),
  },
  {
    $id: 'ActiveCalls',
    description: 'The calls in progress.',
    examples: [
      {
        activeCalls: [
          {
            sessionId: 'session-1760280743',
            clientId: 'client-demo',
            startTime: '2025-10-12T10:30:00Z',
            phoneNumber: '+919876543210',
            callDirection: 'outbound',
            customerData: { customerId: 'CUST001', name: 'John Doe' },
            status: 'active',
          },
        ],
        count: 1,
      },
    ],
  },
)
export type ActiveCalls = Static<typeof ActiveCallsSchema>
