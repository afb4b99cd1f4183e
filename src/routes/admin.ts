import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AllAnalyticsSchema, ClientListSchema } from '../../schemas/admin.js'
import { Query } from '../../schemas/common.js'
import { adminErrors } from '../../schemas/problems.js'
import type { AdminService } from '../services/admin.js'

export const adminRoutes: FastifyPluginAsyncTypebox<{ admin: AdminService }> = async (app, { admin }) => {
  app.get(
    '/clients',
    {
      schema: {
        operationId: 'listClients',
        summary: 'List all clients',
        description: 'Every client with its plan and its use of the current month.',
        tags: ['Admin'],
        security: [{ adminToken: [] }],
        querystring: Query({}),
        response: { 200: ClientListSchema, ...adminErrors },
      },
    },
    async () => admin.clients(),
  )

  app.get(
    '/analytics/all',
    {
      schema: {
        operationId: 'getAllClientsAnalytics',
        summary: 'Get the totals of all clients',
        description: 'Calls and talk time of every client, over all time, and how much of its plan each has used.',
        tags: ['Admin'],
        security: [{ adminToken: [] }],
        querystring: Query({}),
        response: { 200: AllAnalyticsSchema, ...adminErrors },
      },
    },
    async () => admin.analytics(),
  )
}
