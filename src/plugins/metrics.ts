import fastifyPlugin from 'fastify-plugin'
import { type AdminToken, holderOf } from '../clients/admin-tokens.js'
import { fail } from '../errors.js'
import { UNKNOWN_ROUTE } from '../http/known-paths.js'
import type { Metrics } from '../metrics/metrics.js'
import { METRICS_PATH, METRICS_TYPE } from '../metrics/server.js'

/** How the application is watched. */
export interface Watching {
  readonly own: Metrics
  /** The figures of all server processes, as Prometheus reads them. */
  readonly text: () => Promise<string>
  /** What opens `/metrics` on this port; null leaves it closed. */
  readonly token: AdminToken | null
}

/** Said, as nginx does, of an answer that its caller did not wait for. */
const BROKEN_OFF = 499

/** Counts requests. */
export const requestMetrics = fastifyPlugin<Pick<Watching, 'own'>>(async (app, { own }) => {
  app.addHook('onRequest', ({ method, routeOptions }, reply, done) => {
    own.requestBegan()
    let isOver = false
    const end = (status: number): void => {
      if (isOver) return
      isOver = true
      const route = routeOptions.url ?? UNKNOWN_ROUTE
      const isEndless = routeOptions.config.isEndless === true
      own.requestEnded({ method, route, status }, isEndless ? null : reply.elapsedTime / 1000, reply.problemCode)
    }
    reply.raw.once('finish', () => {
      end(reply.statusCode)
    })
    // What the caller breaks off ends, too, and the framework says nothing of it.
    reply.raw.once('close', () => {
      end(routeOptions.config.isEndless === true ? reply.statusCode : BROKEN_OFF)
    })
    done()
  })
})

/** Answers whoever holds the token, if there is one. No part of the contract: it is for whoever runs the server. */
export const metricsRoute = fastifyPlugin<Pick<Watching, 'text' | 'token'>>(async (app, { text, token }) => {
  if (token === null) return
  app.get(METRICS_PATH, { schema: { hide: true } }, async ({ headers }, reply) => {
    const [, given = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
    if (holderOf([token], given) === null) {
      fail('invalid_admin_token', 'Send METRICS_TOKEN of this server in the header Authorization: Bearer <token>.', {
        headers: { 'www-authenticate': 'Bearer' },
      })
    }
    return reply
      .type(METRICS_TYPE)
      .header('cache-control', 'no-store')
      .send(await text())
  })
})
