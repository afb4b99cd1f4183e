import type { Socket } from 'node:net'
import fastifyPlugin from 'fastify-plugin'

/** How long a connection may take over what it has to do. Milliseconds. */
export interface Patience {
  /** To send a request, headers and body; and, just connected, to begin one. */
  readonly requestMs: number
  /** To take some of an answer that waits for it; it may take twice as long, as Node.js notes what waits after that time. */
  readonly readMs: number
  /** How often requests are looked at: one may take this much longer. */
  readonly checkMs: number
}

export const PATIENCE: Patience = { requestMs: 10_000, readMs: 7_000, checkMs: 1_000 }

/** The part of it that the framework and Node.js see to. */
export function timeoutsOf({ requestMs, readMs, checkMs }: Patience) {
  return {
    requestTimeout: requestMs,
    connectionTimeout: readMs,
    http: { headersTimeout: requestMs, connectionsCheckingInterval: checkMs },
  }
}

/**
 * Lets go of readers that do not read, and of connections that wait for their next request for too long. One on which nothing
 * happens is kept where the server owes an answer, or streams events of which there are none now; and one that has not sent a
 * whole request has the time that Node.js gives it for that.
 */
export const slowConnections = fastifyPlugin(async (app) => {
  /** Answers that the server owes, by connection; 0 on one that is kept for its next request. */
  const owed = new WeakMap<Socket, number>()
  app.addHook('onRequest', ({ raw: { socket } }, _reply, done) => {
    owed.set(socket, (owed.get(socket) ?? 0) + 1)
    done()
  })
  app.addHook('onResponse', ({ raw: { socket } }, _reply, done) => {
    owed.set(socket, Number(owed.get(socket)) - 1)
    done()
  })
  // Node.js leaves it to who listens to this to close a connection, and tells of all that it times.
  app.server.on('timeout', (socket: Socket) => {
    if (socket.writableLength > 0 || owed.get(socket) === 0) socket.destroy()
  })
})
