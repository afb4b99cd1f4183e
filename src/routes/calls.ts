import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CallDetailsSchema, CallParamsSchema, CallQuerySchema, CallsSchema } from '../../schemas/calls.js'
import { Query } from '../../schemas/common.js'
import { anyErrors, callNotFound } from '../../schemas/responses.js'
import type { CallSearch } from '../services/call-search.js'

export const callRoutes: FastifyPluginAsyncTypebox<{ search: CallSearch }> = async (app, { search }) => {
  app.get(
    '/calls',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listCalls',
        summary: 'List calls',
        description:
          'Calls that all filters leave, by their start, a page at a time. Each filter by itself is answered at the same cost however many calls there are.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        querystring: CallQuerySchema,
        response: { 200: CallsSchema, ...anyErrors },
      },
    },
    async ({ client, query }) => search.list(client, query),
  )

  app.get(
    '/calls/:sessionId',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getCall',
        summary: 'Get a call',
        description:
          'A call with its events, when it was on hold and muted, and where each fact comes from: from ribbons, or from Exotel. Where the two disagree it says what each claims.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        params: CallParamsSchema,
        querystring: Query({}),
        response: { 200: CallDetailsSchema, ...callNotFound, ...anyErrors },
      },
    },
    async ({ client, params }) => search.get(client, params.sessionId),
  )
}
