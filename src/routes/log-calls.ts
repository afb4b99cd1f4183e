import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { withHeaders } from '../../schemas/headers.js'
import {
  EventBatchSchema,
  EventLinesSchema,
  LogCallsHeadersSchema,
  LogCallsResponseSchema,
} from '../../schemas/log-calls.js'
import { anyErrors } from '../../schemas/responses.js'
import { batchParser, linesParser } from '../http/batch-body.js'
import { BatchReader } from '../http/batch-reader.js'
import { prefersStrict, STRICT_APPLIED } from '../http/prefer.js'
import { apiKeyOf } from '../plugins/authentication.js'
import type { IngestService } from '../services/ingest.js'

const LINES = 'application/x-ndjson'

export const logCallsRoutes: FastifyPluginAsyncTypebox<{ ingest: IngestService }> = async (app, { ingest }) => {
  const batches = new BatchReader(app)
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(['application/json', 'text/plain'], { parseAs: 'buffer' }, batchParser(app))
  app.addContentTypeParser(LINES, { parseAs: 'buffer' }, linesParser)

  app.post(
    '/log-calls',
    {
      ...batches.routeOptions,
      config: { scope: 'write', forPages: 'log-call', work: 'ingest' },
      schema: {
        operationId: 'logCalls',
        summary: 'Log many events at once',
        description:
          '`log-call` for the events that a ribbon gathered while it was offline. Each is judged by itself, by the same rules, and has its own outcome: the answer is 200 even if all are invalid. Those that are created are on disk when it arrives, all or, after a crash, none. Sending a batch again is safe. It counts as one request of the rate limit `ingest`.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }, {}],
        headers: LogCallsHeadersSchema,
        body: {
          content: {
            'application/json': { schema: EventBatchSchema },
            'text/plain': { schema: EventBatchSchema },
            [LINES]: { schema: EventLinesSchema },
          },
        },
        response: { 200: withHeaders(LogCallsResponseSchema, 'Preference-Applied'), ...anyErrors },
      },
    },
    async (request, reply) => {
      const { client, key, session, headers, mediaType } = request
      const strict = prefersStrict(headers.prefer)
      if (strict) reply.headers(STRICT_APPLIED)
      return ingest.logCalls(client, await batches.read(request.body, apiKeyOf(request)), {
        idempotencyKey: headers['idempotency-key'],
        strict,
        page: key.kind === 'publishable' ? { agentUserId: session?.agentUserId ?? null } : null,
        pointerTo: (place) => (mediaType === LINES ? '' : `/events/${String(place)}`),
        onFault: (error) => {
          request.log.error({ requestId: request.id, err: error }, 'event not recorded')
        },
      })
    },
  )
}
