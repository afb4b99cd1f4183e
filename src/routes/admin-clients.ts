import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ClientAccountSchema,
  ClientChangesBodySchema,
  ClientParams,
  DeleteClientQuerySchema,
  NewClientBodySchema,
  NewClientSchema,
} from '../../schemas/client.js'
import { Query } from '../../schemas/common.js'
import { withHeaders } from '../../schemas/headers.js'
import { anyErrors, clientExists, clientNotFound } from '../../schemas/responses.js'
import type { ClientAccounts } from '../services/client-accounts.js'
import type { Actor } from '../services/audit-log.js'

const shared = { tags: ['Admin'], security: [{ adminToken: [] }] }

export const adminClientRoutes: FastifyPluginAsyncTypebox<{ accounts: (by: Actor) => ClientAccounts }> = async (
  app,
  { accounts },
) => {
  app.post(
    '/clients',
    {
      schema: {
        ...shared,
        operationId: 'createClient',
        summary: 'Create a client',
        description: 'Creates a client and its first API key, of kind `full`, which is told this once.',
        querystring: Query({}),
        body: NewClientBodySchema,
        response: { 201: withHeaders(NewClientSchema, 'Location'), ...clientExists, ...anyErrors },
      },
    },
    async (request, reply) => {
      const created = await accounts(request.actor).create(request.body)
      reply
        .code(201)
        .headers({ location: `/api/admin/clients/${created.client.clientId}`, 'cache-control': 'no-store' })
      return created
    },
  )

  app.get(
    '/clients/:clientId',
    {
      schema: {
        ...shared,
        operationId: 'getClient',
        summary: 'Get a client',
        description: 'All that is set for a client, but for its Exotel credentials, which nobody is told.',
        params: ClientParams('client-001'),
        querystring: Query({}),
        response: { 200: ClientAccountSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async (request) => accounts(request.actor).find(request.params.clientId),
  )

  app.patch(
    '/clients/:clientId',
    {
      schema: {
        ...shared,
        operationId: 'updateClient',
        summary: 'Change a client',
        description:
          'Changes what is given, all of it or nothing, and leaves all else as it is. A new time zone sorts the client’s reports into the days of that zone. Servers act upon it within a second.',
        params: ClientParams('client-001'),
        querystring: Query({}),
        body: ClientChangesBodySchema,
        response: { 200: ClientAccountSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async (request) => accounts(request.actor).update(request.params.clientId, request.body),
  )

  app.delete(
    '/clients/:clientId',
    {
      schema: {
        ...shared,
        operationId: 'deleteClient',
        summary: 'Delete a client',
        description:
          'The client’s keys open nothing from now on. Its events, calls, customers and reports are removed for good after `graceDays`; until then it can be restored. Its id is not given out again.',
        params: ClientParams('client-002'),
        querystring: DeleteClientQuerySchema,
        response: { 200: ClientAccountSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async (request) => accounts(request.actor).delete(request.params.clientId, request.query.graceDays),
  )

  app.post(
    '/clients/:clientId/restore',
    {
      schema: {
        ...shared,
        operationId: 'restoreClient',
        summary: 'Restore a client',
        description: 'Takes the deletion of a client back, while its time has not come.',
        params: ClientParams('client-002'),
        querystring: Query({}),
        response: { 200: ClientAccountSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async (request) => accounts(request.actor).restore(request.params.clientId),
  )
}
