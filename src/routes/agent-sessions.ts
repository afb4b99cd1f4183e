import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AgentSessionSchema, NewAgentSessionBodySchema } from '../../schemas/agent-session.js'
import { anyErrors, sessionRefused } from '../../schemas/responses.js'
import type { AgentSessionService } from '../services/agent-sessions.js'

export const agentSessionRoutes: FastifyPluginAsyncTypebox<{ sessions: AgentSessionService }> = async (
  app,
  { sessions },
) => {
  app.post(
    '/agent-sessions',
    {
      config: { scope: 'manage' },
      schema: {
        operationId: 'startAgentSession',
        summary: 'Start an agent’s session',
        description:
          'For the CRM’s own server, with a secret key that has the scope `manage`: it gets a token for one agent, which the agent’s page sends in place of any API key, in `X-API-Key`, as `apiKey` or as a bearer token. It opens what the page needs, for pages of one domain, for a few hours, and no longer than the key that asked for it.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }, {}],
        body: NewAgentSessionBodySchema,
        response: { 201: AgentSessionSchema, ...sessionRefused, ...anyErrors },
      },
    },
    async ({ client, key, body }, reply) => {
      reply.code(201).header('cache-control', 'no-store')
      return sessions.start(client, key, body)
    },
  )
}
