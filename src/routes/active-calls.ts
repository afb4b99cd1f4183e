import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ActiveCallsQuerySchema, ActiveCallsSchema } from '../../schemas/call.js'
import { anyErrors } from '../../schemas/responses.js'
import type { CallService } from '../services/calls.js'

export const activeCallRoutes: FastifyPluginAsyncTypebox<{ calls: CallService }> = async (app, { calls }) => {
  app.get(
    '/active-calls',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listActiveCalls',
        summary: 'List the calls in progress',
        description: 'Calls whose end was not reported yet. One older than the maximum call age is not listed.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        querystring: ActiveCallsQuerySchema,
        response: { 200: ActiveCallsSchema, ...anyErrors },
      },
    },
    async ({ client, query }) => calls.active(client, query),
  )
}
