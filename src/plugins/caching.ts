import { createHash } from 'node:crypto'
import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether answers carry a validator, so that an unchanged report need not be sent again. */
    etag?: boolean
  }
}

/** Keeps one client's answers out of every other caller's hands: no shared cache may store them. */
export const caching = fastifyPlugin(async (app) => {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'private, no-cache').header('vary', 'X-API-Key, Origin')
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.routeOptions.config.etag !== true || reply.statusCode !== 200) {
      done(null, payload)
      return
    }
    const etag = `"${fingerprint(request.client.clientId, String(payload))}"`
    reply.header('etag', etag)
    if (matches(request.headers['if-none-match'], etag)) {
      reply.code(304).removeHeader('content-type').removeHeader('content-length')
      done(null, null)
    } else {
      done(null, payload)
    }
  })
})

/** The client is part of it: equal reports of two clients must not look like one resource. */
function fingerprint(clientId: string, payload: string): string {
  return createHash('sha256').update(clientId).update('\0').update(payload).digest('base64url')
}

/** RFC 9110, 13.1.2: a list of validators, compared weakly, or `*` for any. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const validators = ifNoneMatch.split(',').map((validator) => validator.trim().replace(/^W\//, ''))
  return validators.includes(etag) || validators.includes('*')
}
