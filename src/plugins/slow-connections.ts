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
 * Lets go of readers that do not read. A connection on which nothing happens is kept where nothing waits to be read: then the
 * server owes an answer, or streams events of which there are none now.
 */
export const slowConnections = fastifyPlugin(async (app) => {
  app.server.on('timeout', (socket: Socket) => {
    if (socket.writableLength > 0) socket.destroy()
  })
})
