import type { Socket } from 'node:net'
import fastifyPlugin from 'fastify-plugin'
import { ApiError } from '../errors.js'

/** How long a connection that was just made may take to say something. */
const UNREAD_MS = 250

/**
 * Lets `close()` end soon and lose nothing: what arrives on an open connection is served, and each connection goes with
 * its next answer or as soon as it is idle. Only readiness is denied, so that balancers send new connections elsewhere.
 */
export const shutdown = fastifyPlugin(async (app) => {
  let closing = false
  const connections = new Set<Socket>()
  app.server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  app.addHook('preClose', async () => {
    closing = true
    // Browsers and proxies connect ahead of need. Node takes such a connection for one whose request is on its way,
    // which it may be.
    setTimeout(() => {
      for (const connection of connections) if (connection.bytesRead === 0) connection.destroy()
    }, UNREAD_MS).unref()
  })
  app.addHook('onRequest', ({ routeOptions }, _reply, done) => {
    if (closing && routeOptions.url === '/health/ready') {
      throw new ApiError('unavailable', 'The server is shutting down: try again.', { headers: { 'retry-after': '1' } })
    }
    done()
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close')
    done(null, payload)
  })
  app.addHook('onResponse', (_request, _reply, done) => {
    // An answer whose headers left before the shutdown began has not told its connection to close.
    if (closing) setImmediate(app.server.closeIdleConnections.bind(app.server))
    done()
  })
})
