import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ClientParams } from '../../schemas/client.js'
import { Query } from '../../schemas/common.js'
import { ReconciliationBodySchema, ReconciliationSchema } from '../../schemas/reconciliation.js'
import { anyErrors, clientNotFound, noReconciliation, reconciliationRefused } from '../../schemas/responses.js'
import type { ReconciliationService } from '../services/reconciliation.js'

const shared = { tags: ['Admin'], security: [{ adminToken: [] }] }

export const adminReconciliationRoutes: FastifyPluginAsyncTypebox<{ reconciliation: ReconciliationService }> = async (
  app,
  { reconciliation },
) => {
  app.post(
    '/clients/:clientId/reconciliation',
    {
      schema: {
        ...shared,
        operationId: 'startReconciliation',
        summary: 'Compare a client’s calls with Exotel’s records',
        description:
          'Reads Exotel’s own records of the calls of a range, and takes in what was missed: calls that nobody told of, ends, verdicts and talk times that differ. It goes on after the answer: ask for it with `GET`. One of a client goes on at a time. A day on which every callback came changes nothing.',
        params: ClientParams('client-demo'),
        querystring: Query({}),
        body: ReconciliationBodySchema,
        response: { 202: ReconciliationSchema, ...clientNotFound, ...reconciliationRefused, ...anyErrors },
      },
    },
    async (request, reply) => {
      reply.code(202)
      return reconciliation.start(request.params.clientId, request.body, request.actor)
    },
  )

  app.get(
    '/clients/:clientId/reconciliation',
    {
      schema: {
        ...shared,
        operationId: 'getReconciliation',
        summary: 'See how far a reconciliation is, and what it found',
        description: 'The reconciliation of the client that goes on, else the last one.',
        params: ClientParams('client-demo'),
        querystring: Query({}),
        response: { 200: ReconciliationSchema, ...noReconciliation, ...anyErrors },
      },
    },
    async ({ params }) => reconciliation.latest(params.clientId),
  )
}
