import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AgentParamsSchema,
  AgentQuerySchema,
  AgentSchema,
  AgentsSchema,
  SaveAgentBodySchema,
} from '../../schemas/agent.js'
import { Query } from '../../schemas/common.js'
import { agentNotFound, anyErrors, exotelUserTaken } from '../../schemas/responses.js'
import type { AgentService } from '../services/agents.js'

export const agentRoutes: FastifyPluginAsyncTypebox<{ agents: AgentService }> = async (app, { agents }) => {
  app.get(
    '/agents',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listAgents',
        summary: 'List agents',
        description:
          'Agents that were saved or that an event named, by id, and how many calls each is on: `onCall=true` lists who is on a call now.',
        tags: ['Agents'],
        security: [{ apiKey: [] }],
        querystring: AgentQuerySchema,
        response: { 200: AgentsSchema, ...anyErrors },
      },
    },
    async ({ client, query }) => agents.list(client, query),
  )

  app.get(
    '/agents/:agentUserId',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getAgent',
        summary: 'Get an agent',
        description: 'What is known of an agent that was saved or that an event named, and how many calls it is on.',
        tags: ['Agents'],
        security: [{ apiKey: [] }],
        params: AgentParamsSchema,
        querystring: Query({}),
        response: { 200: AgentSchema, ...agentNotFound, ...anyErrors },
      },
    },
    async ({ client, params }) => agents.get(client, params.agentUserId),
  )

  app.patch(
    '/agents/:agentUserId',
    {
      config: { scope: 'manage' },
      schema: {
        operationId: 'saveAgent',
        summary: 'Save an agent',
        description:
          'Applies a JSON merge patch (RFC 7396) to an agent: members given replace, members omitted stay, `null` removes. An agent that is not known yet is made. With `active: false` the agent gets no Exotel credentials any more.',
        tags: ['Agents'],
        security: [{ apiKey: [] }, {}],
        params: AgentParamsSchema,
        querystring: Query({}),
        body: SaveAgentBodySchema,
        response: { 200: AgentSchema, ...exotelUserTaken, ...anyErrors },
      },
    },
    async ({ client, params, body }) => agents.save(client, params.agentUserId, body),
  )
}
