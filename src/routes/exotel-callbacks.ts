import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  callbackBody,
  CallbackAnswerSchema,
  CallbackParamsSchema,
  callbackQuery,
} from '../../schemas/exotel-callbacks.js'
import { anyErrors, callbackRefused } from '../../schemas/responses.js'
import type { CallbackService } from '../services/callbacks.js'

const SAFE =
  'It is on disk when the answer arrives. A repeat gets the first one’s `logId` and changes nothing. Nothing is refused for what it says: members and values that are not known are kept, and counted for the operator.'

const shared = {
  tags: ['Exotel callbacks'],
  security: [],
  params: CallbackParamsSchema,
  response: { 200: CallbackAnswerSchema, ...callbackRefused, ...anyErrors },
}
const posted = { consumes: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'] }

/** Schemas of callbacks document them. Nothing is held against them. */
const lenient = {
  config: { work: 'callbacks' },
  validatorCompiler: () => () => true,
  exposeHeadRoute: false,
} as const

export const exotelCallbackRoutes: FastifyPluginAsyncTypebox<{ callbacks: CallbackService }> = async (
  app,
  { callbacks },
) => {
  app.post(
    '/:key/status-callback',
    {
      ...lenient,
      schema: {
        ...shared,
        ...posted,
        operationId: 'receiveStatusCallback',
        summary: 'Exotel tells that a call was answered, or is over',
        description: `The \`StatusCallback\` of Exotel’s connect API: its word on a call is final. ${SAFE}`,
        body: callbackBody('statusCallback'),
      },
    },
    async ({ client, report }) => callbacks.receive(client, 'statusCallback', report),
  )

  app.post(
    '/:key/integration-callback',
    {
      ...lenient,
      schema: {
        ...shared,
        ...posted,
        operationId: 'receiveIntegrationCallback',
        summary: 'One of Exotel’s integrations tells of a call',
        description: `The callback of a CRM integration, with the agent as the integration knows them. ${SAFE}`,
        body: callbackBody('integrationCallback'),
      },
    },
    async ({ client, report }) => callbacks.receive(client, 'integrationCallback', report),
  )

  app.get(
    '/:key/passthru',
    {
      ...lenient,
      schema: {
        ...shared,
        operationId: 'receivePassthru',
        summary: 'A Passthru applet tells of a call within its flow',
        description: `Everything stands in the query; names may be nested, as in \`Legs[0][OnCallDuration]=175\`. The answer 200 lets the flow go on. ${SAFE}`,
        querystring: callbackQuery('passthru'),
      },
    },
    async ({ client, report }) => callbacks.receive(client, 'passthru', report),
  )

  app.get(
    '/:key/popup',
    {
      ...lenient,
      schema: {
        ...shared,
        operationId: 'receivePopup',
        summary: 'A Connect applet tells that an agent’s phone rings',
        description: `The popup URL of a Connect applet: everything stands in the query. ${SAFE}`,
        querystring: callbackQuery('popup'),
      },
    },
    async ({ client, report }) => callbacks.receive(client, 'popup', report),
  )

  app.post(
    '/:key/popup',
    {
      ...lenient,
      schema: {
        ...shared,
        ...posted,
        operationId: 'receivePostedPopup',
        summary: 'The same, with a body',
        description: `Some accounts have popups posted. ${SAFE}`,
        body: callbackBody('popup'),
      },
    },
    async ({ client, report }) => callbacks.receive(client, 'popup', report),
  )
}
