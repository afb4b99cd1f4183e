import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AnalyticsQuerySchema,
  AnalyticsSchema,
  DetailedAnalyticsQuerySchema,
  DetailedAnalyticsSchema,
} from '../../schemas/analytics.js'
import { ConditionalHeadersSchema } from '../../schemas/headers.js'
import { anyErrors, notModified } from '../../schemas/responses.js'
import type { AnalyticsService } from '../services/analytics.js'

export const analyticsRoutes: FastifyPluginAsyncTypebox<{ analytics: AnalyticsService }> = async (
  app,
  { analytics },
) => {
  app.get(
    '/analytics',
    {
      config: { scope: 'read', etag: true },
      schema: {
        operationId: 'getAnalytics',
        summary: 'Get the totals of a range',
        description:
          'Totals, calls by local date, the most recent calls, and the use of the plan in the current month. Counts calls by their start, active ones included.',
        tags: ['Analytics'],
        security: [{ apiKey: [] }],
        headers: ConditionalHeadersSchema,
        querystring: AnalyticsQuerySchema,
        response: { 200: AnalyticsSchema, ...notModified, ...anyErrors },
      },
    },
    async ({ client, query }) => analytics.summary(client, query),
  )

  app.get(
    '/analytics/detailed',
    {
      config: { scope: 'read', etag: true },
      schema: {
        operationId: 'getDetailedAnalytics',
        summary: 'Get the detailed report of a range',
        description:
          'Totals, calls by local hour and weekday, the customers with the most calls, how long calls last, and the most recent calls; with `sections` also what these are for, such as a heat map and percentiles.',
        tags: ['Analytics'],
        security: [{ apiKey: [] }],
        headers: ConditionalHeadersSchema,
        querystring: DetailedAnalyticsQuerySchema,
        response: { 200: DetailedAnalyticsSchema, ...notModified, ...anyErrors },
      },
    },
    async ({ client, query }) => analytics.detailed(client, query),
  )
}
