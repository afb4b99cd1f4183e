import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import {
  AgentUserIdSchema,
  CallStatusSchema,
  ClientIdSchema,
  Count,
  DirectionSchema,
  Instant,
  OpenObject,
  Query,
  Text,
  TruncatedSchema,
} from './common.js'

/** What is not known of a call is absent, never null: an active call has neither `endTime` nor `duration`. */
export const CallSchema = Type.Object(
  {
    sessionId: Text('Id of the call, unique within the client.', 'session-1760280743'),
    clientId: ClientIdSchema,
    startTime: Instant(
      'When the call began: the earliest time that its events tell. Where the first thing told of it is its answer or its end, this is that instant, less the duration that its end reported.',
      '2025-10-12T10:30:00Z',
    ),
    answeredAt: Type.Optional(
      Instant(
        'When the two began to talk, as Exotel tells it; else when a ribbon says the call was answered: the earliest `connected`, or the answer that the data of an event tells. Absent when nobody answered, also where Exotel says so and a ribbon says otherwise, and when an end that reports talk time is all that says somebody did.',
        '2025-10-12T10:30:12Z',
      ),
    ),
    endTime: Type.Optional(Instant('When the call ended. Absent until it has.', '2025-10-12T10:33:12Z')),
    duration: Type.Optional(
      Count(
        'Talk time in whole seconds, once the call has ended: what Exotel reports, else what its end reported, else the time from its answer to its end, else what an event during the call reported, else 0.',
        180,
      ),
    ),
    ringSeconds: Type.Optional(
      Count(
        'How long the call rang, in whole seconds: from `startTime` to `answeredAt` or, when nobody answered, to `endTime`. Absent while it rings, and when nothing is known of the call from before its answer or its end.',
        12,
      ),
    ),
    customerAnsweredAt: Type.Optional(
      Instant(
        'When the customer of an outbound call answered, as Exotel tells it. A ribbon cannot: its `connected` is the agent’s own leg.',
        '2025-10-12T10:30:12Z',
      ),
    ),
    confirmed: Type.Optional(
      Type.Boolean({
        description:
          'True when Exotel itself said how the call ended: then outcome and talk time are what Exotel says. Absent when they are what ribbons say.',
        examples: [true],
      }),
    ),
    corrected: Type.Optional(
      Type.Boolean({
        description: 'True when somebody corrected what reports count of it. Absent otherwise.',
        examples: [true],
      }),
    ),
    voided: Type.Optional(
      Type.Boolean({
        description: 'True when somebody said that it does not count: then only its id finds it. Absent otherwise.',
        examples: [true],
      }),
    ),
    endReason: Type.Optional(
      Text('Why the call ended, in the words of whoever said so: Exotel, else the ribbon’s `callEndReason`.', 'NORMAL'),
    ),
    agentUserId: Type.Optional(
      Text(
        'The agent: the `agentUserId` of the latest `connected` event or, when none of those names one, of the latest event that does. Events from the provider go before those from a ribbon. Absent when no event names one.',
        'agent-42',
      ),
    ),
    domain: Type.Optional(
      Text(
        'Domain of the page that reported the call, in lower case: of several pages it is chosen as the agent is. Absent when none told one, and for calls that were recorded before this server kept it.',
        'yourcrm.com',
      ),
    ),
    agentNumber: Type.Optional(Text('Number, or SIP address, at which Exotel rang the agent.', '+919812345678')),
    phoneNumber: Type.Optional(Text('The customer’s number, as it was told.', '+919876543210')),
    phoneE164: Type.Optional(
      Text(
        'The same as E.164, by which it is found however it was written. Absent where it is no number, such as an extension.',
        '+919876543210',
      ),
    ),
    virtualNumber: Type.Optional(
      Text('Exotel’s number that was called, or that the call showed: neither party’s.', '+918041234567'),
    ),
    hasRecording: Type.Optional(
      Type.Boolean({ description: 'True when there is a recording of the call. Absent otherwise.', examples: [true] }),
    ),
    callDirection: DirectionSchema,
    notes: Type.Optional(Text('What somebody noted of it.', 'Wants to be rung back on Monday.')),
    tags: Type.Optional(
      Type.Array(Text('A word for the call.', 'callback'), { description: 'Its tags, in the order of their letters.' }),
    ),
    disposition: Type.Optional(Text('What it came to, in the client’s own words.', 'callback-requested')),
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
  answeredAt: '2025-10-12T10:30:00Z',
  endTime: '2025-10-12T10:33:00Z',
  duration: 180,
  agentUserId: 'agent-42',
  phoneNumber: '+919876543210',
  phoneE164: '+919876543210',
  callDirection: 'outbound',
  customerData: { customerId: 'CUST001', name: 'John Doe' },
  status: 'completed',
}

export const ActiveCallsQuerySchema = Query({ agentUserId: Type.Optional(AgentUserIdSchema) })
export type ActiveCallsQuery = Static<typeof ActiveCallsQuerySchema>

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
            answeredAt: '2025-10-12T10:30:12Z',
            ringSeconds: 12,
            agentUserId: 'agent-42',
            phoneNumber: '+919876543210',
            phoneE164: '+919876543210',
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
