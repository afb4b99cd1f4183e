import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { PlaceCallBodySchema, PlaceCallHeadersSchema, PlacedCallSchema } from '../../schemas/place-call.js'
import { anyErrors, callRefused } from '../../schemas/responses.js'
import type { CallPlacing } from '../services/call-placing.js'

export const placedCallRoutes: FastifyPluginAsyncTypebox<{ placing: CallPlacing }> = async (app, { placing }) => {
  app.post(
    '/calls',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'placeCall',
        summary: 'Make a call',
        description:
          'Has Exotel call the agent and, once the agent answers, the customer. `Idempotency-Key` is required: a request that is sent again gets the first one’s answer and never dials again, not even where that answer was lost. For servers: no key that stands in a page, and no agent session, makes calls. Exotel reports the call back by itself where the server was told its `PUBLIC_ORIGIN`: see *Exotel’s own callbacks*. Answers 429 once the calls of the month are used up.',
        tags: ['Calls'],
        security: [{ apiKey: [] }, {}],
        headers: PlaceCallHeadersSchema,
        body: PlaceCallBodySchema,
        response: { 201: PlacedCallSchema, ...callRefused, ...anyErrors },
      },
    },
    async ({ client, body, headers }, reply) => {
      reply.code(201)
      return placing.place(client, body, headers['idempotency-key'])
    },
  )
}
