import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { FEATURES } from '../src/core/vocabulary/clients.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import { AgentUserIdSchema, ApiKeySchema, ClientNameSchema, Count, FeatureSchema, PlanSchema, Text } from './common.js'

export const InitBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    agentUserId: Type.Optional(AgentUserIdSchema),
    domain: Type.String({
      minLength: 1,
      maxLength: LIMITS.domainLength,
      description: 'Host name of the page that embeds the ribbon: one of the client’s allowed domains.',
      examples: ['yourcrm.com'],
    }),
  },
  {
    $id: 'InitRequest',
    additionalProperties: false,
    description: 'The page that starts a ribbon.',
    examples: [{ apiKey: DEMO_API_KEY, domain: 'yourcrm.com' }],
  },
)
export type InitBody = Static<typeof InitBodySchema>

export const InitResponseSchema = Type.Object(
  {
    exotelToken: Text('Token with which the ribbon signs in to Exotel.', 'demo-exotel-token'),
    userId: Text('Exotel user that the ribbon signs in as: the agent’s own, where one is saved.', 'demo-exotel-user'),
    features: Type.Array(FeatureSchema, { maxItems: FEATURES.length, description: 'What the ribbon may offer.' }),
    clientInfo: Type.Object(
      { name: ClientNameSchema, plan: PlanSchema, remainingCalls: Count('Calls left this month.', 95) },
      { $id: 'ClientInfo', description: 'What the ribbon may show of its client.' },
    ),
  },
  {
    $id: 'RibbonCredentials',
    description: 'What the ribbon needs to start.',
    examples: [
      {
        exotelToken: 'demo-exotel-token',
        userId: 'demo-exotel-user',
        features: ['call', 'mute', 'hold', 'dtmf'],
        clientInfo: { name: 'Demo Client', plan: 'trial', remainingCalls: 95 },
      },
    ],
  },
)
export type InitResponse = Static<typeof InitResponseSchema>
