import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { HealthSchema, LivenessSchema, ReadinessSchema } from '../../schemas/health.js'
import { anyErrors } from '../../schemas/responses.js'
import type { HealthService } from '../services/health.js'
import { VERSION } from '../version.js'

export const healthRoutes: FastifyPluginAsyncTypebox<{ health: HealthService }> = async (app, { health }) => {
  app.get(
    '/health',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Check that the server is up',
        description: 'Answers as long as the process runs, whatever state the store is in.',
        tags: ['Health'],
        security: [],
        response: { 200: HealthSchema, ...anyErrors },
      },
    },
    async () => ({ status: 'healthy' as const, version: VERSION, uptime: Math.floor(process.uptime()) }),
  )

  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'getLiveness',
        summary: 'Check that the process need not be restarted',
        description:
          'Answers as long as the process can, whatever state the store is in and while the server shuts down: restarting a process does not bring a store back.',
        tags: ['Health'],
        security: [],
        response: { 200: LivenessSchema, ...anyErrors },
      },
    },
    async () => ({ status: 'alive' as const }),
  )

  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'getReadiness',
        summary: 'Check that the server can serve',
        description:
          'Asks the store. Answers 503 when it does not answer or is damaged, and while the server shuts down.',
        tags: ['Health'],
        security: [],
        response: { 200: ReadinessSchema, ...anyErrors },
      },
    },
    async () => health.readiness(),
  )
}
