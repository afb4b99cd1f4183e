import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { CLIENT_STATUSES } from '../src/core/vocabulary/clients.js'
import {
  ClientIdSchema,
  ClientNameSchema,
  Count,
  Defaulted,
  EXACT_TEXT,
  NullableText,
  PlanSchema,
  Query,
  QueryInteger,
  StringEnum,
  Text,
  TotalDurationSchema,
} from './common.js'

export const ClientListQuerySchema = Query({
  after: Defaulted(
    Type.String({
      maxLength: 256,
      pattern: EXACT_TEXT,
      default: '',
      description: 'List the clients whose id comes after this one. Absent: from the first on.',
      examples: ['client-001'],
    }),
  ),
  limit: QueryInteger(`How many clients to list: ${String(LIMITS.clients)} unless told, which is the most.`, {
    maximum: LIMITS.clients,
    default: LIMITS.clients,
    examples: [100],
  }),
})
export type ClientListQuery = Static<typeof ClientListQuerySchema>

const CallsThisMonthSchema = Count('Calls that started in the current month of the client’s time zone.', 125)
const LimitSchema = Count('Calls a month that the plan allows.', 10_000)

export const ClientSummarySchema = Type.Object(
  {
    clientId: ClientIdSchema,
    name: ClientNameSchema,
    plan: PlanSchema,
    callsThisMonth: CallsThisMonthSchema,
    limit: LimitSchema,
    status: StringEnum(CLIENT_STATUSES, { description: 'Keys of a client that is not `active` open nothing.' }),
    apiKey: Text(
      'The start of the API key: enough to recognise it, never to use it. Empty when the client has no live key.',
      'demo-api-k...',
    ),
  },
  { $id: 'ClientSummary', description: 'A client and its use of the plan.' },
)
export type ClientSummary = Static<typeof ClientSummarySchema>

export const ClientListSchema = Type.Array(ClientSummarySchema, {
  $id: 'ClientList',
  maxItems: LIMITS.clients,
  description: 'Clients, by id.',
  examples: [
    [
      {
        clientId: 'client-001',
        name: 'Collections CRM Inc.',
        plan: 'enterprise',
        callsThisMonth: 125,
        limit: 10000,
        status: 'active',
        apiKey: 'collection...',
      },
      {
        clientId: 'client-demo',
        name: 'Demo Client',
        plan: 'trial',
        callsThisMonth: 25,
        limit: 100,
        status: 'active',
        apiKey: 'demo-api-k...',
      },
    ],
  ],
})
export type ClientList = Static<typeof ClientListSchema>

export const ClientAnalyticsSchema = Type.Object(
  {
    clientId: ClientIdSchema,
    clientName: ClientNameSchema,
    plan: PlanSchema,
    totalCalls: Count('All calls of the client.', 125),
    totalDuration: TotalDurationSchema,
    callsThisMonth: CallsThisMonthSchema,
    limit: LimitSchema,
    utilizationPercent: Count('`callsThisMonth` over `limit`, in per cent, rounded; above 100 when passed.', 1),
  },
  { $id: 'ClientAnalytics', description: 'A client’s totals.' },
)
export type ClientAnalytics = Static<typeof ClientAnalyticsSchema>

export const AllAnalyticsSchema = Type.Object(
  {
    clients: Type.Array(ClientAnalyticsSchema, { maxItems: LIMITS.clients, description: 'Clients, by id.' }),
    totalClients: Count('How many clients there are, listed or not.', 3),
    totalCallsAllClients: Count('Calls of all clients, listed or not.', 250),
    nextAfter: NullableText('`after` of the next part of the list; null after the last client.', 'client-001'),
  },
  {
    $id: 'AllAnalytics',
    description: 'Totals of every client.',
    examples: [
      {
        clients: [
          {
            clientId: 'client-001',
            clientName: 'Collections CRM Inc.',
            plan: 'enterprise',
            totalCalls: 125,
            totalDuration: 22500,
            callsThisMonth: 125,
            limit: 10000,
            utilizationPercent: 1,
          },
        ],
        totalClients: 3,
        totalCallsAllClients: 250,
        nextAfter: null,
      },
    ],
  },
)
export type AllAnalytics = Static<typeof AllAnalyticsSchema>
