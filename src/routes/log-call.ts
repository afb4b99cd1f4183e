import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LogCallBodySchema, LogCallHeadersSchema, LogCallResponseSchema } from '../../schemas/log-call.js'
import { anyErrors, idempotencyConflict } from '../../schemas/responses.js'
import type { IngestService } from '../services/ingest.js'

export const logCallRoutes: FastifyPluginAsyncTypebox<{ ingest: IngestService }> = async (app, { ingest }) => {
  app.post(
    '/log-call',
    {
      schema: {
        operationId: 'logCall',
        summary: 'Log an event of a call',
        description:
          'Records what happened on a call. The event is on disk when the answer arrives. Sending it again is safe: a repeat, told by its `Idempotency-Key`, its `eventId` or its content, gets the first one’s `logId` and changes nothing. Events may arrive late and in any order. Never refused for quota.',
        tags: ['Ribbon'],
        security: [{ apiKey: [] }, {}],
        headers: LogCallHeadersSchema,
        body: LogCallBodySchema,
        response: { 200: LogCallResponseSchema, ...idempotencyConflict, ...anyErrors },
      },
    },
    async ({ client, body, headers }) => ingest.logCall(client, body, headers['idempotency-key']),
  )
}
