import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ClientParams } from '../../schemas/client.js'
import { Query } from '../../schemas/common.js'
import { CallbackSummarySchema } from '../../schemas/exotel-callbacks.js'
import { anyErrors, clientNotFound } from '../../schemas/responses.js'
import type { CallbackService } from '../services/callbacks.js'

export const adminCallbackRoutes: FastifyPluginAsyncTypebox<{ callbacks: CallbackService }> = async (
  app,
  { callbacks },
) => {
  app.get(
    '/clients/:clientId/callbacks',
    {
      schema: {
        tags: ['Admin'],
        security: [{ adminToken: [] }],
        operationId: 'listCallbacks',
        summary: 'See what Exotel has sent',
        description:
          'How many callbacks of each kind came for a client, and what was odd about them: members and values that this server does not know, calls without an id, times that cannot be read.',
        params: ClientParams('client-001'),
        querystring: Query({}),
        response: { 200: CallbackSummarySchema, ...clientNotFound, ...anyErrors },
      },
    },
    async ({ params }) => callbacks.summary(params.clientId),
  )
}
