import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { MissedCallsQuerySchema, MissedCallsSchema } from '../../schemas/missed-calls.js'
import { anyErrors, questionRefused } from '../../schemas/responses.js'
import type { MissedCallService } from '../services/missed-calls.js'

export const missedCallRoutes: FastifyPluginAsyncTypebox<{ missed: MissedCallService }> = async (app, { missed }) => {
  app.get(
    '/missed-calls',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listMissedCalls',
        summary: 'List missed calls to return',
        description:
          'Whom to call back: one entry a number, by its last missed call. A call is missed that is inbound, has ended and was not answered, rejected ones included. It is `open` until its number is spoken with: then it is `wonBack`, or `lost` where the client’s `missedCallWindowHours` pass first. Calls that name no number, and those that are no longer kept, are in no entry.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        querystring: MissedCallsQuerySchema,
        response: { 200: MissedCallsSchema, ...questionRefused, ...anyErrors },
      },
    },
    async ({ client, query }) => missed.list(client, query),
  )
}
