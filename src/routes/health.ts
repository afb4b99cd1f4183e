import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { HealthSchema, ReadinessSchema } from '../../schemas/health.js'
import { unavailable } from '../../schemas/problems.js'
import { fail } from '../errors.js'
import type { Storage } from '../storage/port.js'
import { VERSION } from '../version.js'

export const healthRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
  app.get(
    '/health',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Check that the server is up',
        description: 'Answers as long as the process runs, whatever state the store is in.',
        tags: ['Health'],
        security: [],
        response: { 200: HealthSchema, ...unavailable },
      },
    },
    async () => ({ status: 'healthy' as const, version: VERSION, uptime: Math.floor(process.uptime()) }),
  )

  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'getReadiness',
        summary: 'Check that the server can serve',
        description: 'Asks the store. Answers 503 when it does not answer, and while the server shuts down.',
        tags: ['Health'],
        security: [],
        response: { 200: ReadinessSchema, ...unavailable },
      },
    },
    async () => {
      await storage.ping().catch((cause: unknown) => fail('unavailable', 'The store does not answer.', { cause }))
      return { status: 'ready' as const, storage: 'ok' as const }
    },
  )
}
