import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AnalyticsQuerySchema,
  AnalyticsSchema,
  DetailedAnalyticsQuerySchema,
  DetailedAnalyticsSchema,
} from '../../schemas/analytics.js'
import { readErrors } from '../../schemas/problems.js'
import type { AnalyticsService } from '../services/analytics.js'

const NOT_MODIFIED = {
  304: { type: 'null', description: 'Nothing changed since the answer whose `ETag` was sent as `If-None-Match`.' },
} as const

export const analyticsRoutes: FastifyPluginAsyncTypebox<{ analytics: AnalyticsService }> = async (
  app,
  { analytics },
) => {
  app.get(
    '/analytics',
    {
      config: { etag: true },
      schema: {
        operationId: 'getAnalytics',
        summary: 'Get the totals of a range',
        description:
          'Totals, calls by local date, the most recent calls, and the use of the plan in the current month. Counts calls by their start, active ones included.',
        tags: ['Analytics'],
        security: [{ apiKey: [] }],
        querystring: AnalyticsQuerySchema,
        response: { 200: AnalyticsSchema, ...NOT_MODIFIED, ...readErrors },
      },
    },
    async ({ client, query }) => analytics.summary(client, query),
  )

  app.get(
    '/analytics/detailed',
    {
      config: { etag: true },
      schema: {
        operationId: 'getDetailedAnalytics',
        summary: 'Get the detailed report of a range',
        description:
          'Totals, calls by local hour and weekday, the customers with the most calls, how long calls last, and the most recent calls.',
        tags: ['Analytics'],
        security: [{ apiKey: [] }],
        querystring: DetailedAnalyticsQuerySchema,
        response: { 200: DetailedAnalyticsSchema, ...NOT_MODIFIED, ...readErrors },
      },
    },
    async ({ client, query }) => analytics.detailed(client, query),
  )
}
