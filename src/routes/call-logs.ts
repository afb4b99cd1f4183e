import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CallLogQuerySchema, CallLogsSchema } from '../../schemas/call-log.js'
import { anyErrors } from '../../schemas/responses.js'
import type { CallService } from '../services/calls.js'

export const callLogRoutes: FastifyPluginAsyncTypebox<{ calls: CallService }> = async (app, { calls }) => {
  app.get(
    '/call-logs',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listCallLogs',
        summary: 'List the logged events',
        description:
          'Events newest first, by page number or by cursor. The filters are about the event; one that does not say its direction takes its call’s. `total` is exact.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        querystring: CallLogQuerySchema,
        response: { 200: CallLogsSchema, ...anyErrors },
      },
    },
    async ({ client, query }) => calls.logs(client, query),
  )
}
