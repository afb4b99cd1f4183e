import swagger from '@fastify/swagger'
import fp from 'fastify-plugin'
import { VERSION } from '../version.js'
import { LOCAL_ORIGIN } from '../docs/defaults.js'
import { DEMO_API_KEY } from '../core/vocabulary/demo.js'
import { documentHooks } from '../docs/document.js'
import { INTRODUCTION } from '../docs/introduction.js'
import { CONTRACT_PATH, PRODUCT } from '../docs/product.js'

/**
 * The live contract, made from the routes’ own schemas: as JSON. Register it before the
 * routes, which it collects as they are added.
 */
export default fp(
  async (app) => {
    const { transform, transformObject } = documentHooks()
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: PRODUCT,
          version: VERSION,
          description: INTRODUCTION,
          contact: { name: 'The operator of your server' },
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [
          { url: LOCAL_ORIGIN, description: 'Local: as npm start starts it' },
          {
            url: '{origin}',
            description: 'Production: scheme, host and port of your own server',
            variables: { origin: { default: LOCAL_ORIGIN } },
          },
        ],
        tags: [
          { name: 'Ribbon', description: 'What the embedded ribbon calls.' },
          { name: 'Calls', description: 'Call logs, active calls and exports.' },
          { name: 'Analytics', description: 'Totals and reports.' },
          { name: 'Agents', description: 'Agents, and who is on a call.' },
          { name: 'Live', description: 'Changes of calls as they happen.' },
          { name: 'Customers', description: 'Customers and their calls.' },
          { name: 'Webhooks', description: 'Where this server sends what changes, and the messages that it sends.' },
          { name: 'Exotel callbacks', description: 'What Exotel calls: it reports calls here by itself.' },
          { name: 'Admin', description: 'All clients, for the operator of the server.' },
          { name: 'Health', description: 'Whether the server is up, and able to serve.' },
        ],
        components: {
          securitySchemes: {
            apiKey: {
              type: 'apiKey',
              in: 'header',
              name: 'X-API-Key',
              description: `The client’s API key; what each kind of key opens is said above. The demo client’s is \`${DEMO_API_KEY}\`.`,
            },
            apiKeyInLink: {
              type: 'apiKey',
              in: 'query',
              name: 'X-API-Key',
              description: 'The client’s API key in a download link, where a header cannot be set. On exports alone.',
            },
            streamToken: {
              type: 'apiKey',
              in: 'query',
              name: 'token',
              description: 'A stream token, for browsers, whose `EventSource` sends no header. On the stream alone.',
            },
            adminToken: { type: 'http', scheme: 'bearer', description: 'The server’s admin token.' },
          },
        },
      },
      convertConstToEnum: false,
      transform,
      transformObject,
    })
    app.get(CONTRACT_PATH, { schema: { hide: true } }, () => app.swagger())
  },
  { name: 'openapi' },
)
