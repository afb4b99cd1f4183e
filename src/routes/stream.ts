import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { anyErrors, streamRefused } from '../../schemas/responses.js'
import {
  NewStreamTokenBodySchema,
  StreamHeadersSchema,
  StreamQuerySchema,
  streamResponse,
  StreamTokenSchema,
} from '../../schemas/stream.js'
import type { CallStreams } from '../services/call-streams.js'
import { EventStream } from '../http/event-stream.js'

export const streamRoutes: FastifyPluginAsyncTypebox<{ streams: CallStreams }> = async (app, { streams }) => {
  app.get(
    '/stream',
    {
      config: { scope: 'read', streamTokenInQuery: true, isEndless: true },
      // What the schema tells is in the stream, message by message: the framework serialises errors alone.
      serializerCompiler: () => (data) => JSON.stringify(data),
      schema: {
        operationId: 'streamCalls',
        summary: 'Follow calls as they happen',
        description:
          'Server-sent events: a snapshot of the calls in progress, then every change of a call, and today’s numbers when they change. Each message has the place of its event in the client’s recorded sequence as its `id`. Whoever is cut off sends the last one, as `Last-Event-ID`, and misses and repeats nothing, for as long as events are kept, whichever process answers. When nothing happens a comment comes every 15 seconds.',
        tags: ['Live'],
        security: [{ apiKey: [] }, { streamToken: [] }],
        querystring: StreamQuerySchema,
        headers: StreamHeadersSchema,
        response: { 200: streamResponse, ...streamRefused, ...anyErrors },
      },
    },
    async ({ client, key, query, headers, method }, reply) => {
      const last = headers['last-event-id'] || query.lastEventId
      // HEAD asks what it is, not for a stream without an end.
      const stream =
        method === 'HEAD'
          ? null
          : await streams.open(client, key, last === undefined || last === '' ? null : Number(last))
      reply.type(EventStream.contentType).header('cache-control', 'no-store').header('x-accel-buffering', 'no')
      const content = stream ?? new EventStream()
      if (stream === null) content.finish()
      // The published schema is of what the stream carries, which no type can tell.
      return reply.send(content as never)
    },
  )

  app.post(
    '/stream-tokens',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'issueStreamToken',
        summary: 'Get a token that opens the stream',
        description:
          'For browsers, whose `EventSource` sends no header: the token stands in the address of the stream, and opens streams of this client for ten minutes, no longer than the key that asked for it. It opens nothing else.',
        tags: ['Live'],
        security: [{ apiKey: [] }, {}],
        body: NewStreamTokenBodySchema,
        response: { 201: StreamTokenSchema, ...anyErrors },
      },
    },
    async ({ client, key }, reply) => {
      reply.code(201).header('cache-control', 'no-store')
      return streams.issueToken(client, key)
    },
  )
}
