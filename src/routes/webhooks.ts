import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Query } from '../../schemas/common.js'
import { anyErrors, tooManyMessages, tooManyWebhooks, webhookNotFound } from '../../schemas/responses.js'
import {
  DELETABLE,
  DeliveriesQuerySchema,
  EndpointParams,
  NewWebhookBodySchema,
  RedeliveredSchema,
  RedeliveryBodySchema,
  SecretRotationBodySchema,
  WebhookChangesBodySchema,
  WebhookDeliveriesSchema,
  WebhookListSchema,
  WebhookSchema,
  WebhookTestSchema,
  WebhookWithSecretSchema,
} from '../../schemas/webhook.js'
import type { WebhookService } from '../services/webhooks.js'

const shared = { tags: ['Webhooks'] }

export const webhookRoutes: FastifyPluginAsyncTypebox<{ webhooks: WebhookService }> = async (app, { webhooks }) => {
  app.get(
    '/webhooks',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'listWebhooks',
        summary: 'List the webhooks',
        description: 'The endpoints, and how far each is: without the secrets, which are told when they are made.',
        security: [{ apiKey: [] }],
        querystring: Query({}),
        response: { 200: WebhookListSchema, ...anyErrors },
      },
    },
    async (request) => ({ webhooks: await webhooks.list(request.client.clientId) }),
  )

  app.post(
    '/webhooks',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'createWebhook',
        summary: 'Create a webhook',
        description:
          'It is sent what changes from now on. The secret that its messages are signed with is told this once.',
        security: [{ apiKey: [] }, {}],
        querystring: Query({}),
        body: NewWebhookBodySchema,
        response: { 201: WebhookWithSecretSchema, ...tooManyWebhooks, ...anyErrors },
      },
    },
    async (request, reply) => {
      reply.code(201).header('cache-control', 'no-store')
      return webhooks.create(request.client.clientId, request.body)
    },
  )

  app.get(
    '/webhooks/:endpointId',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'getWebhook',
        summary: 'Get a webhook',
        description: 'One endpoint, and how far it is.',
        security: [{ apiKey: [] }],
        params: EndpointParams(),
        querystring: Query({}),
        response: { 200: WebhookSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks.get(request.client.clientId, request.params.endpointId),
  )

  app.patch(
    '/webhooks/:endpointId',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'updateWebhook',
        summary: 'Change, pause or resume a webhook',
        description:
          'With `status` `paused` nothing is sent from a few seconds on; `active` sends what has changed meanwhile, and tries all that waits at once.',
        security: [{ apiKey: [] }, {}],
        params: EndpointParams(),
        querystring: Query({}),
        body: WebhookChangesBodySchema,
        response: { 200: WebhookSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks.update(request.client.clientId, request.params.endpointId, request.body),
  )

  app.delete(
    '/webhooks/:endpointId',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook',
        description:
          'Nothing more is sent to it from a few seconds on, and what is kept of it goes. Answers with the endpoint as it was.',
        security: [{ apiKey: [] }],
        params: EndpointParams(DELETABLE),
        querystring: Query({}),
        response: { 200: WebhookSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks.delete(request.client.clientId, request.params.endpointId),
  )

  app.post(
    '/webhooks/:endpointId/test',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'testWebhook',
        summary: 'Try a webhook',
        description:
          'Sends it a message `webhook.test` at once, also while it is paused, and answers with what became of it.',
        security: [{ apiKey: [] }],
        params: EndpointParams(),
        querystring: Query({}),
        response: { 200: WebhookTestSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks.test(request.client.clientId, request.params.endpointId),
  )

  app.post(
    '/webhooks/:endpointId/rotate-secret',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'rotateWebhookSecret',
        summary: 'Replace the secret of a webhook',
        description:
          'Makes a secret that messages are signed with, and tells it this once. Until `overlapHours` are over they are signed with the former one as well, so that the receiver can change at leisure.',
        security: [{ apiKey: [] }, {}],
        params: EndpointParams(),
        querystring: Query({}),
        body: SecretRotationBodySchema,
        response: { 201: WebhookWithSecretSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request, reply) => {
      reply.code(201).header('cache-control', 'no-store')
      return webhooks.rotateSecret(request.client.clientId, request.params.endpointId, request.body)
    },
  )

  app.post(
    '/webhooks/:endpointId/redeliver',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'redeliverWebhook',
        summary: 'Send messages of a range of time again',
        description:
          'Sends every message again whose `timestamp` is in the range: delivered ones, and those that were given up. They have the ids that they had.',
        security: [{ apiKey: [] }, {}],
        params: EndpointParams(),
        querystring: Query({}),
        body: RedeliveryBodySchema,
        response: { 200: RedeliveredSchema, ...webhookNotFound, ...tooManyMessages, ...anyErrors },
      },
    },
    async (request) => webhooks.redeliver(request.client.clientId, request.params.endpointId, request.body),
  )

  app.get(
    '/webhooks/:endpointId/deliveries',
    {
      config: { scope: 'manage' },
      schema: {
        ...shared,
        operationId: 'listWebhookDeliveries',
        summary: 'List what was sent',
        description: 'Each try to deliver a message, newest first, with what the receiver answered.',
        security: [{ apiKey: [] }],
        params: EndpointParams(),
        querystring: DeliveriesQuerySchema,
        response: { 200: WebhookDeliveriesSchema, ...webhookNotFound, ...anyErrors },
      },
    },
    async (request) => webhooks.deliveries(request.client.clientId, request.params.endpointId, request.query),
  )
}
