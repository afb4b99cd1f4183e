import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AuditLogQuerySchema, AuditLogSchema } from '../../schemas/audit-log.js'
import { AllAnalyticsSchema, ClientListQuerySchema, ClientListSchema } from '../../schemas/admin.js'
import { withHeaders } from '../../schemas/headers.js'
import { anyErrors } from '../../schemas/responses.js'
import type { AdminService } from '../services/admin.js'

export const adminRoutes: FastifyPluginAsyncTypebox<{ admin: AdminService }> = async (app, { admin }) => {
  app.get(
    '/clients',
    {
      schema: {
        operationId: 'listClients',
        summary: 'List all clients',
        description:
          'Every client with its plan and its use of the current month. Where there are more than `limit`, a `Link` header leads to the next ones.',
        tags: ['Admin'],
        security: [{ adminToken: [] }],
        querystring: ClientListQuerySchema,
        response: { 200: withHeaders(ClientListSchema, 'Link'), ...anyErrors },
      },
    },
    async ({ query }, reply) => {
      const { clients, nextAfter } = await admin.clients(query)
      if (nextAfter !== null) {
        const next = new URLSearchParams({ after: nextAfter, limit: String(query.limit) })
        reply.header('link', `</api/admin/clients?${next.toString()}>; rel="next"`)
      }
      return clients
    },
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
        querystring: ClientListQuerySchema,
        response: { 200: AllAnalyticsSchema, ...anyErrors },
      },
    },
    async ({ query }) => admin.analytics(query),
  )

  app.get(
    '/audit-log',
    {
      schema: {
        operationId: 'listAuditLog',
        summary: 'List what administrators did',
        description:
          'Every change of a client or a key, by the admin API or the command line, and every rotation of the secret keys, newest first. Entries are never changed or removed: the database refuses it.',
        tags: ['Admin'],
        security: [{ adminToken: [] }],
        querystring: AuditLogQuerySchema,
        response: { 200: AuditLogSchema, ...anyErrors },
      },
    },
    async ({ query }) => admin.auditLog(query),
  )
}
