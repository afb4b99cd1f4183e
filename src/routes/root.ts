import type { FastifyPluginAsync } from 'fastify'
import { ERRORS_PATH } from '../../schemas/problems.js'
import { CONTRACT_PATH, DASHBOARD_PATH, DOCS_PATH, PRODUCT } from '../docs/product.js'
import { VERSION } from '../version.js'

/** What programs are told about at the root. */
const LINKS = {
  name: PRODUCT,
  version: VERSION,
  dashboard: DASHBOARD_PATH,
  documentation: DOCS_PATH,
  contract: CONTRACT_PATH,
  errors: ERRORS_PATH,
  health: '/health',
}

/** The root leads people to the dashboard, and programs to what there is. */
export const rootRoutes: FastifyPluginAsync = async (app) => {
  app.get('/', { schema: { hide: true } }, async ({ headers }, reply) => {
    reply.header('vary', 'Accept')
    return headers.accept?.includes('text/html') === true ? reply.redirect(DASHBOARD_PATH) : LINKS
  })
}
