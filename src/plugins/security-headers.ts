import fastifyPlugin from 'fastify-plugin'
import { SECURITY_HEADERS, TLS_HEADERS } from '../http/security-headers.js'

const OVER_TLS = { ...SECURITY_HEADERS, ...TLS_HEADERS }

/**
 * Headers for browsers on every answer. Constants, because an event is answered in a tenth of a millisecond, of which
 * @fastify/helmet would take a good part: it has the pages.
 */
export const securityHeaders = fastifyPlugin(async (app) => {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.protocol === 'https' ? OVER_TLS : SECURITY_HEADERS)
    done()
  })
})
