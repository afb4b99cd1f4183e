import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { withHeaders } from '../../schemas/headers.js'
import { LogCallBodySchema, LogCallHeadersSchema, LogCallResponseSchema } from '../../schemas/log-call.js'
import { anyErrors, idempotencyConflict } from '../../schemas/responses.js'
import { jsonParser } from '../http/json-body.js'
import { prefersStrict, STRICT_APPLIED } from '../http/prefer.js'
import type { IngestService } from '../services/ingest.js'

export const logCallRoutes: FastifyPluginAsyncTypebox<{ ingest: IngestService }> = async (app, { ingest }) => {
  // What a page sends with `navigator.sendBeacon` as it closes: a browser asks no leave for this type, and for no other.
  app.addContentTypeParser('text/plain', { parseAs: 'buffer' }, jsonParser(app))

  app.post(
    '/log-call',
    {
      config: { scope: 'write', forPages: 'log-call', work: 'ingest' },
      schema: {
        operationId: 'logCall',
        summary: 'Log an event of a call',
        description:
          'Records what happened on a call. The event is on disk when the answer arrives. Sending it again is safe: a repeat, told by its `Idempotency-Key`, its `eventId` or its content, gets the first one’s `logId` and changes nothing. Events may arrive late and in any order. Never refused for quota.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }, {}],
        consumes: ['application/json', 'text/plain'],
        headers: LogCallHeadersSchema,
        body: LogCallBodySchema,
        response: {
          200: withHeaders(LogCallResponseSchema, 'Preference-Applied'),
          ...idempotencyConflict,
          ...anyErrors,
        },
      },
    },
    async ({ client, key, session, body, headers }, reply) => {
      const strict = prefersStrict(headers.prefer)
      if (strict) reply.headers(STRICT_APPLIED)
      return ingest.logCall(client, body, {
        idempotencyKey: headers['idempotency-key'],
        strict,
        page: key.kind === 'publishable' ? { agentUserId: session?.agentUserId ?? null } : null,
      })
    },
  )
}
