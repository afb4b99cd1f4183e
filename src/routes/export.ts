import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ExportQuerySchema, exportResponse } from '../../schemas/export.js'
import { RETAINED_FROM_HEADER } from '../../schemas/headers.js'
import { anyErrors, exportRefused } from '../../schemas/responses.js'
import type { ExportService } from '../services/exports.js'

export const exportRoutes: FastifyPluginAsyncTypebox<{ exports: ExportService }> = async (app, { exports }) => {
  app.get(
    '/export/calls',
    {
      config: { scope: 'export', apiKeyInQuery: true },
      schema: {
        operationId: 'exportCalls',
        summary: 'Export calls as a file',
        description:
          'Every call of the range, oldest first, one row or entry a call, as JSON, lines of JSON or CSV. The API key may stand in the query, so that a link can download the file. An export that fails half-way breaks the connection off: a file that ended is complete.',
        tags: ['Calls'],
        security: [{ apiKey: [] }, { apiKeyInLink: [] }],
        querystring: ExportQuerySchema,
        response: { 200: exportResponse, ...exportRefused, ...anyErrors },
      },
    },
    async ({ client, query, method }, reply) => {
      // HEAD asks what the file is, not for a walk through all of it.
      const file = method === 'HEAD' ? await exports.describe(client, query) : await exports.open(client, query)
      reply.type(file.contentType).header('content-disposition', `attachment; filename="${file.fileName}"`)
      if (file.retainedFrom !== undefined) reply.header(RETAINED_FROM_HEADER, file.retainedFrom)
      // The published schema is of what the stream carries, which no type can tell.
      return reply.send(file.content as never)
    },
  )
}
