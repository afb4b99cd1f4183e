import swaggerUi from '@fastify/swagger-ui'
import type { FastifyPluginAsync } from 'fastify'
import { ERRORS_PATH } from '../../schemas/problems.js'
import { analyticsPage } from '../docs/analytics-page.js'
import { callFlowsPage } from '../docs/call-flows-page.js'
import { errorsPage } from '../docs/errors-page.js'
import { ANALYTICS_PATH, CALL_FLOWS_PATH, DOCS_PATH } from '../docs/product.js'
import { CONTENT_SECURITY_POLICY, SWAGGER_UI } from '../docs/swagger-ui.js'
import { fail } from '../errors.js'
import { pageHeaders } from './page-headers.js'

const STATIC_PATH = `${DOCS_PATH}/static`
/** The folder of static files is flat: whatever has a slash, a dot alone or no letter in its name is none of them. */
const FILE = /^[\w-]+(\.[\w-]+)+$/

/** The pages for people: Swagger UI, the list of errors, the life of a call and what is measured. They run the server's own scripts, in no frame. */
export const pages: FastifyPluginAsync = async (app) => {
  await pageHeaders(app, CONTENT_SECURITY_POLICY)
  app.addHook('onRoute', (route) => {
    // Added by @fastify/static, which answers paths out of its folder with errors of its own.
    if (route.url === `${STATIC_PATH}/*`) {
      route.onRequest = ({ params }, _reply, done) => {
        const { '*': file } = params as { readonly '*': string }
        if (!FILE.test(file)) fail('not_found', `There is no such file: ${DOCS_PATH} is the documentation.`)
        done()
      }
    }
    // Swagger UI's own answer leads back to itself when there is a query.
    if (route.url === `${STATIC_PATH}/index.html`) route.handler = (_request, reply) => reply.redirect(DOCS_PATH)
  })
  await app.register(swaggerUi, SWAGGER_UI)
  const all = { [ERRORS_PATH]: errorsPage, [CALL_FLOWS_PATH]: callFlowsPage, [ANALYTICS_PATH]: analyticsPage }
  for (const [path, page] of Object.entries(all)) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => reply.type('text/html; charset=utf-8').send(page()))
  }
}
