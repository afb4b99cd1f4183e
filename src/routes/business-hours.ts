import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BusinessHoursBodySchema, BusinessHoursQuerySchema, BusinessHoursSchema } from '../../schemas/business-hours.js'
import { Query } from '../../schemas/common.js'
import { anyErrors } from '../../schemas/responses.js'
import type { BusinessHoursService } from '../services/business-hours.js'

export const businessHoursRoutes: FastifyPluginAsyncTypebox<{ hours: BusinessHoursService }> = async (
  app,
  { hours },
) => {
  app.get(
    '/business-hours',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getBusinessHours',
        summary: 'Get the business hours',
        description: 'When the client is at work: its week, its holidays and other dates, as they apply on a date.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }],
        querystring: BusinessHoursQuerySchema,
        response: { 200: BusinessHoursSchema, ...anyErrors },
      },
    },
    async ({ client, query }) => hours.of(client, query),
  )

  app.put(
    '/business-hours',
    {
      config: { scope: 'manage' },
      schema: {
        operationId: 'setBusinessHours',
        summary: 'Set the business hours',
        description:
          'Says when the client is at work from a date on: today unless told, so that what calls of the past count as changes only when it is asked for. Answers with what applies on that date.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }, {}],
        querystring: Query({}),
        body: BusinessHoursBodySchema,
        response: { 200: BusinessHoursSchema, ...anyErrors },
      },
    },
    async ({ client, body }) => hours.set(client, body),
  )
}
