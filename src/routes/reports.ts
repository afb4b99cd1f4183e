import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { DailyReportQuerySchema, dailyReportResponse, REPORT_TYPES } from '../../schemas/daily-report.js'
import { ConditionalHeadersSchema } from '../../schemas/headers.js'
import { anyErrors, notModified } from '../../schemas/responses.js'
import { preferred } from '../http/accept.js'
import { dailyHtml, PAGE_POLICY } from '../reports/page.js'
import { dailyText } from '../reports/text.js'
import type { DailyReportService } from '../services/daily-report.js'

export const reportRoutes: FastifyPluginAsyncTypebox<{ reports: DailyReportService }> = async (app, { reports }) => {
  app.get(
    '/reports/daily',
    {
      config: { scope: 'read', etag: true },
      schema: {
        operationId: 'getDailyReport',
        summary: 'Get one day on one page',
        description:
          'A local day of the client, yesterday unless told: its totals against those of the day before and of the same weekday a week before, calls by hour, outcomes, missed calls that are still open, who had the most calls, and how long they took. As JSON, or as a page and as text that a scheduler can mail as they are: the page runs no script and asks for nothing.',
        tags: ['Analytics'],
        security: [{ apiKey: [] }],
        headers: ConditionalHeadersSchema,
        querystring: DailyReportQuerySchema,
        response: { 200: dailyReportResponse, ...notModified, ...anyErrors },
      },
    },
    async ({ client, query, headers }, reply) => {
      reply.header('vary', `${String(reply.getHeader('vary'))}, Accept`)
      const format = query.format ?? preferred(headers.accept, REPORT_TYPES, 'json')
      const report = await reports.of(client, query)
      if (format === 'json') return report
      reply.type(`${REPORT_TYPES[format]}; charset=utf-8`)
      if (format === 'html') reply.header('content-security-policy', PAGE_POLICY)
      return reply.send(format === 'html' ? dailyHtml(report) : dailyText(report))
    },
  )
}
