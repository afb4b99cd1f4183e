import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AnalyticsQuerySchema,
  AnalyticsSchema,
  DetailedAnalyticsQuerySchema,
  DetailedAnalyticsSchema,
} from '../../schemas/analytics.js'
import { answerResponse } from '../../schemas/analytics-answer.js'
import { AnswerQuerySchema } from '../../schemas/analytics-query.js'
import { ConditionalHeadersSchema, OMITTED_GROUPS_HEADER, RETAINED_FROM_HEADER } from '../../schemas/headers.js'
import { anyErrors, notModified, questionRefused } from '../../schemas/responses.js'
import { QUERY_DESCRIPTION } from '../docs/analytics-guide.js'
import { answerCsv } from '../http/answer-file.js'
import { fileNameOf } from '../http/ranges.js'
import type { AnalyticsService } from '../services/analytics.js'
import type { AnalyticsQueryService } from '../services/analytics-query.js'

interface Options {
  readonly analytics: AnalyticsService
  readonly questions: AnalyticsQueryService
}

export const analyticsRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { analytics, questions }) => {
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

  app.get(
    '/analytics/query',
    {
      config: { scope: 'read', etag: true },
      schema: {
        operationId: 'queryAnalytics',
        summary: 'Ask a question about calls',
        description: QUERY_DESCRIPTION,
        tags: ['Analytics'],
        security: [{ apiKey: [] }],
        headers: ConditionalHeadersSchema,
        querystring: AnswerQuerySchema,
        response: { 200: answerResponse, ...notModified, ...questionRefused, ...anyErrors },
      },
    },
    async ({ client, query }, reply) => {
      const answer = await questions.ask(client, query)
      if (query.format === 'json') return answer
      const { dateRange, omittedGroups, retainedFrom } = answer
      const fileName = fileNameOf('call-analytics', client, dateRange, 'csv')
      reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}"`)
      if (retainedFrom !== undefined) reply.header(RETAINED_FROM_HEADER, retainedFrom)
      if (omittedGroups > 0) reply.header(OMITTED_GROUPS_HEADER, omittedGroups)
      return reply.send(answerCsv(answer))
    },
  )
}
