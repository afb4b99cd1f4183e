import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import { CursorPaginationSchema, CursorSchema } from './calls.js'
import {
  AgentUserIdSchema,
  ApiKeySchema,
  ClientIdSchema,
  Count,
  EXACT_TEXT,
  InstantSchema,
  Query,
  QueryInteger,
  Text,
} from './common.js'

const agentExample = {
  agentUserId: 'agent-42',
  clientId: 'client-demo',
  name: 'Asha Rao',
  exotelUserId: 'asha.rao',
  email: 'asha@yourcrm.com',
  phone: '+919812345678',
  active: true,
  activeCalls: 1,
  createdAt: '2025-10-01T10:00:00Z',
  lastUpdated: '2025-10-12T10:30:00Z',
}

const WORDS = {
  name: 'Name.',
  exotelUserId:
    'Exotel’s user id of the agent: `init` hands it out for the agent, and Exotel’s reports tell by it whose call it was. No two agents of a client have the same.',
  email: 'E-mail address, by which Exotel’s reports may name the agent.',
  phone: 'Number or SIP address at which Exotel rings the agent.',
}
const { name, exotelUserId, email, phone } = agentExample

function Patched(description: string, example: string, maxLength: number = LIMITS.textLength) {
  return Type.Optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      minLength: 1,
      maxLength,
      pattern: EXACT_TEXT,
      description,
      examples: [example],
    }),
  )
}

const ActiveSchema = Type.Boolean({
  description: 'Whether the agent works: one who does not gets no Exotel credentials.',
  examples: [true],
})

export const SaveAgentBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    name: Patched(WORDS.name, name),
    exotelUserId: Patched(WORDS.exotelUserId, exotelUserId, LIMITS.agentUserIdLength),
    email: Patched(WORDS.email, email),
    phone: Patched(WORDS.phone, phone, LIMITS.phoneNumberLength),
    active: Type.Optional(ActiveSchema),
  },
  {
    $id: 'AgentPatch',
    additionalProperties: false,
    description:
      'A JSON merge patch (RFC 7396): members given replace, members omitted stay, `null` removes. A new agent is active, unless it says otherwise.',
    examples: [{ apiKey: DEMO_API_KEY, name, exotelUserId, email, phone }],
  },
)
export type SaveAgentBody = Static<typeof SaveAgentBodySchema>

export const AgentParamsSchema = Type.Object({ agentUserId: AgentUserIdSchema })

export const AgentSchema = Type.Object(
  {
    agentUserId: AgentUserIdSchema,
    clientId: ClientIdSchema,
    name: Type.Optional(Text(WORDS.name, name)),
    exotelUserId: Type.Optional(Text(WORDS.exotelUserId, exotelUserId)),
    email: Type.Optional(Text(WORDS.email, email)),
    phone: Type.Optional(Text(WORDS.phone, phone)),
    active: ActiveSchema,
    activeCalls: Count('Calls of the agent that go on now, as `active-calls` lists them.', 1),
    createdAt: InstantSchema,
    lastUpdated: InstantSchema,
  },
  {
    $id: 'Agent',
    description: 'An agent: saved, or named by an event. What is not known is absent.',
    examples: [agentExample],
  },
)
export type Agent = Static<typeof AgentSchema>

export const AgentQuerySchema = Query({
  active: Type.Optional(
    Type.Boolean({ description: 'Agents who are active, or those who are not.', examples: [true] }),
  ),
  onCall: Type.Optional(
    Type.Boolean({ description: 'Agents who are on a call now, or those who are not.', examples: [true] }),
  ),
  pageSize: QueryInteger(
    `Agents a page: ${String(DEFAULTS.pageSize)} unless told, ${String(LIMITS.pageSize)} at most.`,
    { maximum: LIMITS.pageSize, default: DEFAULTS.pageSize, examples: [20] },
  ),
  cursor: CursorSchema,
})
export type AgentQuery = Static<typeof AgentQuerySchema>

export const AgentsSchema = Type.Object(
  {
    agents: Type.Array(AgentSchema, { maxItems: LIMITS.pageSize, description: 'By `agentUserId`.' }),
    pagination: CursorPaginationSchema,
  },
  {
    $id: 'Agents',
    description: 'A page of agents.',
    examples: [{ agents: [agentExample], pagination: { pageSize: 20, nextCursor: null } }],
  },
)
export type Agents = Static<typeof AgentsSchema>
