import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { CallCorrectionBodySchema, CallNotesBodySchema, ChangedCallSchema } from '../../schemas/call-notes.js'
import { CallDetailsSchema, CallParamsSchema, CallQuerySchema, CallsSchema } from '../../schemas/calls.js'
import { Query } from '../../schemas/common.js'
import { anyErrors, callNotFound, callUnnamed } from '../../schemas/responses.js'
import type { CallNotes } from '../services/call-notes.js'
import type { CallSearch } from '../services/call-search.js'

interface Options {
  readonly search: CallSearch
  readonly notes: CallNotes
}

export const callRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { search, notes }) => {
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

  app.patch(
    '/calls/:sessionId',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'annotateCall',
        summary: 'Note something of a call',
        description:
          'Notes, tags and a disposition, which lists and exports show and filters find. What was noted before stays among the call’s events.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        params: CallParamsSchema,
        querystring: Query({}),
        body: CallNotesBodySchema,
        response: { 200: ChangedCallSchema, ...callNotFound, ...callUnnamed, ...anyErrors },
      },
    },
    async ({ client, params, body, key }) => notes.annotate({ client, by: sayerOf(key), ...params }, body),
  )

  app.post(
    '/calls/:sessionId/corrections',
    {
      config: { scope: 'manage' },
      schema: {
        operationId: 'correctCall',
        summary: 'Correct a call',
        description:
          'Says what is right of a call, or that it does not count, and why. The original stays among the call’s events; reports count the call as it is corrected from then on, whatever is reported later.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        params: CallParamsSchema,
        querystring: Query({}),
        body: CallCorrectionBodySchema,
        response: { 200: ChangedCallSchema, ...callNotFound, ...callUnnamed, ...anyErrors },
      },
    },
    async ({ client, params, body, key }) => notes.correct({ client, by: sayerOf(key), ...params }, body),
  )
}

/** Who calls, as the call's events name them. */
function sayerOf({ name, hint }: FastifyRequest['key']): string {
  return name ?? hint
}
