import fastifyPlugin from 'fastify-plugin'
import { UNKNOWN_ROUTE } from '../http/known-paths.js'
import { whenOver } from '../http/request-end.js'
import type { RequestSpan, Tracer } from '../traces/tracer.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Where requests are traced. */
    span: RequestSpan
  }
}

/** A span a request, named by its route's pattern. What it does until it is answered is within the span. */
export const traces = fastifyPlugin<{ tracer: Tracer }>(async (app, { tracer }) => {
  app.decorateRequest('span')
  app.addHook('onRequest', (request, reply, done) => {
    const { id, method, headers, routeOptions } = request
    const span = tracer.request(method, headers)
    request.span = span
    whenOver(request, reply, (status) => {
      span.end(routeOptions.url ?? UNKNOWN_ROUTE, status, id)
    })
    span.within(done)
  })
  // Once more: a body comes in events of its connection, which know of no request.
  app.addHook('preValidation', ({ span }, _reply, done) => {
    span.within(done)
  })
})
