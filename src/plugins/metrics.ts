import fastifyPlugin from 'fastify-plugin'
import { type AdminToken, holderOf } from '../clients/admin-tokens.js'
import { fail } from '../errors.js'
import { UNKNOWN_ROUTE } from '../http/known-paths.js'
import { whenOver } from '../http/request-end.js'
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

/** Counts requests. */
export const requestMetrics = fastifyPlugin<Pick<Watching, 'own'>>(async (app, { own }) => {
  app.addHook('onRequest', (request, reply, done) => {
    own.requestBegan()
    const { method, routeOptions } = request
    whenOver(request, reply, (status) => {
      const route = routeOptions.url ?? UNKNOWN_ROUTE
      const seconds = routeOptions.config.isEndless === true ? null : reply.elapsedTime / 1000
      own.requestEnded({ method, route, status }, seconds, reply.problemCode)
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
