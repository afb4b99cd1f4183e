import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Query } from '../../schemas/common.js'
import { RibbonConfigSchema } from '../../schemas/config.js'
import { anyErrors } from '../../schemas/responses.js'
import type { ClientService } from '../services/clients.js'

export const configRoutes: FastifyPluginAsyncTypebox<{ clients: ClientService }> = async (app, { clients }) => {
  app.get(
    '/config',
    {
      config: { scope: 'read', forPages: 'config' },
      schema: {
        operationId: 'getConfig',
        summary: 'Get the client’s configuration',
        description: 'The features and plan of the client, and how much of the month’s quota is used.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }],
        querystring: Query({}),
        response: { 200: RibbonConfigSchema, ...anyErrors },
      },
    },
    async ({ client }) => clients.config(client),
  )
}
