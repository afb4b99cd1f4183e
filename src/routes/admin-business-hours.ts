import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AdminBusinessHoursBodySchema,
  BusinessHoursQuerySchema,
  BusinessHoursSchema,
} from '../../schemas/business-hours.js'
import { ClientParams } from '../../schemas/client.js'
import { Query } from '../../schemas/common.js'
import { anyErrors, clientNotFound } from '../../schemas/responses.js'
import type { BusinessHoursService } from '../services/business-hours.js'

const shared = { tags: ['Admin'], security: [{ adminToken: [] }], params: ClientParams('client-001') }

export const adminBusinessHoursRoutes: FastifyPluginAsyncTypebox<{ hours: BusinessHoursService }> = async (
  app,
  { hours },
) => {
  app.get(
    '/clients/:clientId/business-hours',
    {
      schema: {
        ...shared,
        operationId: 'getClientBusinessHours',
        summary: 'Get a client’s business hours',
        description: 'When a client is at work: its week, its holidays and other dates, as they apply on a date.',
        querystring: BusinessHoursQuerySchema,
        response: { 200: BusinessHoursSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async ({ params, query }) => hours.ofClient(params.clientId, query),
  )

  app.put(
    '/clients/:clientId/business-hours',
    {
      schema: {
        ...shared,
        operationId: 'setClientBusinessHours',
        summary: 'Set a client’s business hours',
        description:
          'Says when a client is at work from a date on: today unless told, so that what calls of the past count as changes only when it is asked for. Answers with what applies on that date.',
        querystring: Query({}),
        body: AdminBusinessHoursBodySchema,
        response: { 200: BusinessHoursSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async ({ params, body, actor }) => hours.setOfClient(params.clientId, body, actor),
  )
}
