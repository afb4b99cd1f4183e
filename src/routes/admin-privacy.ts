import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ClientParams } from '../../schemas/client.js'
import { Query } from '../../schemas/common.js'
import { ErasureBodySchema, ErasureSchema, PersonBodySchema, PersonSchema } from '../../schemas/privacy.js'
import { anyErrors, clientNotFound } from '../../schemas/responses.js'
import type { Actor } from '../services/audit-log.js'
import type { PrivacyService } from '../services/privacy.js'

const shared = { tags: ['Admin'], security: [{ adminToken: [] }] }

export const adminPrivacyRoutes: FastifyPluginAsyncTypebox<{ privacy: (by: Actor) => PrivacyService }> = async (
  app,
  { privacy },
) => {
  app.post(
    '/clients/:clientId/person',
    {
      // The text is made part by part: the framework serialises errors alone.
      serializerCompiler: () => (data) => JSON.stringify(data),
      schema: {
        ...shared,
        params: ClientParams('client-demo'),
        operationId: 'exportPerson',
        summary: 'Export what is held on a person',
        description:
          'All that is held on a person, known by a number in any spelling or as a customer: what was saved, calls, events as they were recorded, where recordings lie, and what webhooks sent. The audit log says that it was asked for.',
        querystring: Query({}),
        body: PersonBodySchema,
        response: { 200: PersonSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async ({ params, body, actor }, reply) => {
      const text = await privacy(actor).export(params.clientId, body)
      reply.type('application/json; charset=utf-8').header('cache-control', 'no-store')
      // The published schema is of what the stream carries, which no type can tell.
      return reply.send(Readable.from(text) as never)
    },
  )

  app.post(
    '/clients/:clientId/erasures',
    {
      schema: {
        ...shared,
        // Not of the client whose calls the other examples are about.
        params: ClientParams('client-001'),
        operationId: 'erasePerson',
        summary: 'Erase a person',
        description:
          'Erases what is held on a person, known by a number in any spelling or as a customer: the customer, and of calls and events the number, the customer’s data, notes, tags and recordings. The calls stay as facts without a person, under another `sessionId`, and every total stays. Answers when it is done, which takes seconds for ten thousand calls; one that was interrupted goes on when it is asked for again. Backups, and recordings at Exotel, are for whoever runs the server to erase.',
        querystring: Query({}),
        body: ErasureBodySchema,
        response: { 200: ErasureSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async ({ params, body, actor }) => privacy(actor).erase(params.clientId, body),
  )
}
