import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import { VERSION } from '../version.js'
import { documentComponents } from './openapi-components.js'

/** Where people read about the API. */
export const DOCS_PATH = '/docs'

const DESCRIPTION = `The server behind the Exotel call ribbon. The ribbon asks it for Exotel credentials and reports what
happens on each call; the CRM reads call logs, active calls, customers, analytics and exports.

- **Authentication**: \`X-API-Key\` header, or \`apiKey\` in the body of a POST.
- **Times** in answers are UTC. Days and hours of reports are local: in \`timezone\`, else in the client’s own zone.
- **Errors** are \`application/problem+json\` (RFC 9457): \`code\` is stable, \`errors\` names every fault.
- **Data-As-Of**: while the server cannot write, a full disk for one, answers are of what was written before the instant
  that this header names.
- **Retries** are safe: a repeated event returns the first one’s \`logId\` and changes nothing.`

/**
 * The live contract, made from the routes’ own schemas: `/openapi.json`, and Swagger UI at `/docs`. Register it before
 * the routes, which it collects as they are added.
 */
export default fp(
  async (app) => {
    const { transform, transformObject } = documentComponents()
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Exotel Call Ribbon API',
          version: VERSION,
          description: DESCRIPTION,
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [{ url: '/', description: 'The server that this document comes from' }],
        tags: [
          { name: 'Ribbon', description: 'What the embedded ribbon calls.' },
          { name: 'Calls', description: 'Call logs, active calls and exports.' },
          { name: 'Analytics', description: 'Totals and reports.' },
          { name: 'Customers', description: 'Customers and their calls.' },
          { name: 'Admin', description: 'All clients, for the operator of the server.' },
          { name: 'Health', description: 'Whether the server is up, and able to serve.' },
        ],
        components: {
          securitySchemes: {
            apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The client’s API key.' },
            apiKeyInLink: {
              type: 'apiKey',
              in: 'query',
              name: 'X-API-Key',
              description: 'The client’s API key in a download link, where a header cannot be set. On exports alone.',
            },
            adminToken: { type: 'http', scheme: 'bearer', description: 'The server’s admin token.' },
          },
        },
      },
      convertConstToEnum: false,
      transform,
      transformObject,
    })
    await app.register(swaggerUi, {
      routePrefix: DOCS_PATH,
      uiConfig: { tryItOutEnabled: true, persistAuthorization: true, displayRequestDuration: true },
    })
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  },
  { name: 'openapi' },
)
