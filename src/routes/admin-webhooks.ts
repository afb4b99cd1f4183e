import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ClientParams } from '../../schemas/client.js'
import { Query } from '../../schemas/common.js'
import {
  anyErrors,
  clientNotFound,
  tooManyMessages,
  tooManyWebhooks,
  webhookNotFound,
} from '../../schemas/responses.js'
import {
  AdminNewWebhookBodySchema,
  AdminRedeliveryBodySchema,
  AdminSecretRotationBodySchema,
  AdminWebhookChangesBodySchema,
  ClientEndpointParams,
  DELETABLE,
  DeliveriesQuerySchema,
  RedeliveredSchema,
  WebhookDeliveriesSchema,
  WebhookListSchema,
  WebhookSchema,
  WebhookTestSchema,
  WebhookWithSecretSchema,
} from '../../schemas/webhook.js'
import type { Actor } from '../services/audit-log.js'
import type { WebhookService } from '../services/webhooks.js'

const shared = { tags: ['Admin'], security: [{ adminToken: [] }] }

export const adminWebhookRoutes: FastifyPluginAsyncTypebox<{ webhooks: (by: Actor) => WebhookService }> = async (
  app,
  { webhooks },
) => {
  app.get(
    '/clients/:clientId/webhooks',
    {
      schema: {
        ...shared,
        operationId: 'listClientWebhooks',
        summary: 'List a client’s webhooks',
        description: 'The endpoints, and how far each is: without the secrets, which are told when they are made.',
        params: ClientParams('client-001'),
        querystring: Query({}),
        response: { 200: WebhookListSchema, ...clientNotFound, ...anyErrors },
      },
    },
    async (request) => ({ webhooks: await webhooks(request.actor).list(request.params.clientId) }),
  )

  app.post(
    '/clients/:clientId/webhooks',
    {
      schema: {
        ...shared,
        operationId: 'createClientWebhook',
        summary: 'Create a webhook of a client',
        description:
          'It is sent what changes from now on. The secret that its messages are signed with is told this once.',
        params: ClientParams('client-001'),
        querystring: Query({}),
        body: AdminNewWebhookBodySchema,
        response: { 201: WebhookWithSecretSchema, ...clientNotFound, ...tooManyWebhooks, ...anyErrors },
      },
    },
    async (request, reply) => {
      reply.code(201).header('cache-control', 'no-store')
      return webhooks(request.actor).create(request.params.clientId, request.body)
    },
  )

  app.get(
    '/clients/:clientId/webhooks/:endpointId',
    {
      schema: {
        ...shared,
        operationId: 'getClientWebhook',
        summary: 'Get a webhook of a client',
        description: 'One endpoint, and how far it is.',
        params: ClientEndpointParams('client-001'),
        querystring: Query({}),
        response: { 200: WebhookSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks(request.actor).get(request.params.clientId, request.params.endpointId),
  )

  app.patch(
    '/clients/:clientId/webhooks/:endpointId',
    {
      schema: {
        ...shared,
        operationId: 'updateClientWebhook',
        summary: 'Change, pause or resume a webhook of a client',
        description:
          'With `status` `paused` nothing is sent from a few seconds on; `active` sends what has changed meanwhile, and tries all that waits at once.',
        params: ClientEndpointParams('client-001'),
        querystring: Query({}),
        body: AdminWebhookChangesBodySchema,
        response: { 200: WebhookSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks(request.actor).update(request.params.clientId, request.params.endpointId, request.body),
  )

  app.delete(
    '/clients/:clientId/webhooks/:endpointId',
    {
      schema: {
        ...shared,
        operationId: 'deleteClientWebhook',
        summary: 'Delete a webhook of a client',
        description:
          'Nothing more is sent to it from a few seconds on, and what is kept of it goes. Answers with the endpoint as it was.',
        params: ClientEndpointParams('client-002', DELETABLE),
        querystring: Query({}),
        response: { 200: WebhookSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks(request.actor).delete(request.params.clientId, request.params.endpointId),
  )

  app.post(
    '/clients/:clientId/webhooks/:endpointId/test',
    {
      schema: {
        ...shared,
        operationId: 'testClientWebhook',
        summary: 'Try a webhook of a client',
        description:
          'Sends it a message `webhook.test` at once, also while it is paused, and answers with what became of it.',
        params: ClientEndpointParams('client-001'),
        querystring: Query({}),
        response: { 200: WebhookTestSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks(request.actor).test(request.params.clientId, request.params.endpointId),
  )

  app.post(
    '/clients/:clientId/webhooks/:endpointId/rotate-secret',
    {
      schema: {
        ...shared,
        operationId: 'rotateClientWebhookSecret',
        summary: 'Replace the secret of a client’s webhook',
        description:
          'Makes a secret that messages are signed with, and tells it this once. Until `overlapHours` are over they are signed with the former one as well, so that the receiver can change at leisure.',
        params: ClientEndpointParams('client-001'),
        querystring: Query({}),
        body: AdminSecretRotationBodySchema,
        response: { 201: WebhookWithSecretSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request, reply) => {
      reply.code(201).header('cache-control', 'no-store')
      return webhooks(request.actor).rotateSecret(request.params.clientId, request.params.endpointId, request.body)
    },
  )

  app.post(
    '/clients/:clientId/webhooks/:endpointId/redeliver',
    {
      schema: {
        ...shared,
        operationId: 'redeliverClientWebhook',
        summary: 'Send messages of a client again',
        description:
          'Sends every message again whose `timestamp` is in the range: delivered ones, and those that were given up. They have the ids that they had.',
        params: ClientEndpointParams('client-001'),
        querystring: Query({}),
        body: AdminRedeliveryBodySchema,
        response: { 200: RedeliveredSchema, ...webhookNotFound, ...tooManyMessages, ...anyErrors },
      },
    },
    async (request) =>
      webhooks(request.actor).redeliver(request.params.clientId, request.params.endpointId, request.body),
  )

  app.get(
    '/clients/:clientId/webhooks/:endpointId/deliveries',
    {
      schema: {
        ...shared,
        operationId: 'listClientWebhookDeliveries',
        summary: 'List what was sent to a client’s webhook',
        description: 'Each try to deliver a message, newest first, with what the receiver answered.',
        params: ClientEndpointParams('client-001'),
        querystring: DeliveriesQuerySchema,
        response: { 200: WebhookDeliveriesSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) =>
      webhooks(request.actor).deliveries(request.params.clientId, request.params.endpointId, request.query),
  )
}
