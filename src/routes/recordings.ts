import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Query } from '../../schemas/common.js'
import { CallParamsSchema } from '../../schemas/calls.js'
import { RangeHeadersSchema, recordingResponses } from '../../schemas/recording.js'
import { anyErrors, recordingRefused } from '../../schemas/responses.js'
import type { RecordingService } from '../services/recordings.js'

export const recordingRoutes: FastifyPluginAsyncTypebox<{ recordings: RecordingService }> = async (
  app,
  { recordings },
) => {
  app.get(
    '/calls/:sessionId/recording',
    {
      config: { scope: 'read', work: 'exports' },
      schema: {
        operationId: 'getCallRecording',
        summary: 'Listen to a call',
        description:
          'The recording of a call, passed on from where Exotel keeps it, in parts where `Range` asks for one. Who listened is in the audit log. A connection that breaks off before the end means that not all of it came.',
        tags: ['Calls'],
        security: [{ apiKey: [] }],
        params: CallParamsSchema,
        headers: RangeHeadersSchema,
        querystring: Query({}),
        response: { ...recordingResponses, ...recordingRefused, ...anyErrors },
      },
    },
    async ({ client, key, id, params, headers, method }, reply) => {
      const listener = { client, key, requestId: id, range: headers.range, isHead: method === 'HEAD' }
      const recording = await recordings.open(params.sessionId, listener)
      reply
        .code(recording.status)
        .type(recording.type)
        .headers({
          'content-disposition': `inline; filename="${recording.fileName}"`,
          ...(recording.length !== null && { 'content-length': recording.length }),
          ...(recording.contentRange !== null && { 'content-range': recording.contentRange }),
          ...(recording.takesRanges && { 'accept-ranges': 'bytes' }),
        })
      return reply.send(recording.content as never)
    },
  )
}
