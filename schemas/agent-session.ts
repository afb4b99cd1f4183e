import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import { PAGE_PERMISSIONS } from '../src/core/vocabulary/keys.js'
import { ApiKeySchema, Defaulted, EXACT_TEXT, Instant, StringEnum, Text, withDefault } from './common.js'

const PERMISSIONS = Type.Array(
  StringEnum(PAGE_PERMISSIONS, {
    $id: 'PagePermission',
    description: 'An operation that a page may call.',
    examples: ['init'],
  }),
  {
    minItems: 1,
    maxItems: PAGE_PERMISSIONS.length,
    uniqueItems: true,
    description: 'What the page may call.',
    examples: [[...PAGE_PERMISSIONS]],
  },
)

const AgentUserIdSchema = Type.String({
  minLength: 1,
  maxLength: LIMITS.agentUserIdLength,
  pattern: EXACT_TEXT,
  description: 'The agent: events that the page logs are this agent’s.',
  examples: ['agent-42'],
})

export const NewAgentSessionBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    agentUserId: AgentUserIdSchema,
    domain: Type.String({
      minLength: 1,
      maxLength: LIMITS.domainLength,
      description: 'Host name of the page, one of the client’s allowed domains: the session is for its pages alone.',
      examples: ['yourcrm.com'],
    }),
    permissions: withDefault(PERMISSIONS, [...PAGE_PERMISSIONS]),
    expiresInSeconds: Defaulted(
      Type.Integer({
        format: 'int32',
        minimum: LIMITS.leastSessionSeconds,
        maximum: LIMITS.sessionSeconds,
        default: DEFAULTS.sessionSeconds,
        description: 'How long the session lasts.',
        examples: [DEFAULTS.sessionSeconds],
      }),
    ),
  },
  {
    $id: 'NewAgentSession',
    additionalProperties: false,
    description: 'An agent, and where their page is.',
    examples: [{ apiKey: DEMO_API_KEY, agentUserId: 'agent-42', domain: 'yourcrm.com' }],
  },
)
export type NewAgentSessionBody = Static<typeof NewAgentSessionBodySchema>

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZ2VudC00MiJ9.c2lnbmF0dXJl'

export const AgentSessionSchema = Type.Object(
  {
    token: Text('What the page sends in place of an API key: a JSON Web Token (RFC 7519).', token),
    expiresAt: Instant('When the session ends.', '2025-10-12T18:30:00Z'),
    agentUserId: AgentUserIdSchema,
    domain: Text('Host name of the page.', 'yourcrm.com'),
    permissions: PERMISSIONS,
  },
  {
    $id: 'AgentSession',
    description: 'An agent’s session.',
    examples: [
      {
        token,
        expiresAt: '2025-10-12T18:30:00Z',
        agentUserId: 'agent-42',
        domain: 'yourcrm.com',
        permissions: [...PAGE_PERMISSIONS],
      },
    ],
  },
)
export type AgentSessionAnswer = Static<typeof AgentSessionSchema>
