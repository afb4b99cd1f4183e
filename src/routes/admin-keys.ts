import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ApiKeyAccountSchema,
  ApiKeyListSchema,
  KeyParams,
  NewApiKeyBodySchema,
  NewKeySchema,
  KeyRotationSchema,
} from '../../schemas/api-key.js'
import { ClientParams } from '../../schemas/client.js'
import { Query } from '../../schemas/common.js'
import { anyErrors, clientNotFound, keyNotFound, tooManyKeys } from '../../schemas/responses.js'
import { demoKeyId } from '../clients/demo-clients.js'
import type { Actor } from '../services/audit-log.js'
import type { KeyAccounts } from '../services/key-accounts.js'

const shared = { tags: ['Admin'], security: [{ adminToken: [] }] }

export const adminKeyRoutes: FastifyPluginAsyncTypebox<{ keys: (by: Actor) => KeyAccounts }> = async (
  app,
  { keys },
) => {
  app.get(
    '/clients/:clientId/keys',
    {
      schema: {
        ...shared,
        operationId: 'listKeys',
        summary: 'List the API keys of a client',
        description:
          'The keys of a client, without what opens the API: that is told when a key is made, and kept nowhere.',
        params: ClientParams('client-001'),
        querystring: Query({}),
        response: { 200: ApiKeyListSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async (request) => ({ keys: await keys(request.actor).list(request.params.clientId) }),
  )

  app.post(
    '/clients/:clientId/keys',
    {
      schema: {
        ...shared,
        operationId: 'createKey',
        summary: 'Give a client one more API key',
        description:
          'The key is told this once. Give each page, server and person a key of its own: then each can be revoked by itself.',
        params: ClientParams('client-001'),
        querystring: Query({}),
        body: NewApiKeyBodySchema,
        response: { 201: NewKeySchema, ...clientNotFound, ...tooManyKeys, ...anyErrors },
      },
    },
    async (request, reply) => {
      reply.code(201).header('cache-control', 'no-store')
      return keys(request.actor).create(request.params.clientId, request.body)
    },
  )

  app.post(
    '/clients/:clientId/keys/:keyId/rotate',
    {
      schema: {
        ...shared,
        operationId: 'rotateKey',
        summary: 'Replace an API key',
        description: 'Makes a key like this one, and ends this one after `overlapHours`: until then both open the API.',
        params: KeyParams('client-001', demoKeyId('client-001')),
        querystring: Query({}),
        body: KeyRotationSchema,
        response: { 201: NewKeySchema, ...keyNotFound, ...anyErrors },
      },
    },
    async (request, reply) => {
      const { clientId, keyId } = request.params
      reply.code(201).header('cache-control', 'no-store')
      return keys(request.actor).rotate(clientId, keyId, request.body)
    },
  )

  app.delete(
    '/clients/:clientId/keys/:keyId',
    {
      schema: {
        ...shared,
        operationId: 'revokeKey',
        summary: 'Revoke an API key',
        description:
          'The key opens nothing from now on, in every server process within a second. One that has ended stays as it is.',
        params: KeyParams('client-002', demoKeyId('client-002')),
        querystring: Query({}),
        response: { 200: ApiKeyAccountSchema, ...keyNotFound, ...anyErrors },
      },
    },
    async (request) => keys(request.actor).revoke(request.params.clientId, request.params.keyId),
  )
}
