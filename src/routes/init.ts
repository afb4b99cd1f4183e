import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { InitBodySchema, InitResponseSchema } from '../../schemas/init.js'
import { anyErrors, ribbonRefused } from '../../schemas/responses.js'
import type { ClientService } from '../services/clients.js'

export const initRoutes: FastifyPluginAsyncTypebox<{ clients: ClientService }> = async (app, { clients }) => {
  app.post(
    '/init',
    {
      config: { scope: 'read', forPages: 'init', work: 'ingest' },
      schema: {
        operationId: 'initRibbon',
        summary: 'Start a ribbon',
        description:
          'Checks the API key, the page’s domain and the month’s quota, and hands out the Exotel credentials with which the ribbon signs in: as the agent’s own Exotel user, where the agent is named and has one, else as the client’s. Answers 429 once the calls of the month are used up.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }, {}],
        body: InitBodySchema,
        response: { 200: InitResponseSchema, ...ribbonRefused, ...anyErrors },
      },
    },
    async ({ client, key, session, body }, reply) => {
      reply.header('cache-control', 'no-store')
      return clients.init(client, { ...body, kind: key.kind, session })
    },
  )
}
