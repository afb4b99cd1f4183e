import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { fail } from '../errors.js'
import { allowsHost, foreignOrigin, hostOf, notOfSession } from '../clients/domains.js'

interface OriginOptions {
  readonly corsOrigins: readonly string[]
  readonly publicOrigin: string | null
}

/** Whether an origin is among those configured beside the clients' own domains. */
export function isConfiguredOrigin(corsOrigins: readonly string[], origin: string): boolean {
  return corsOrigins.includes('*') || corsOrigins.includes(origin)
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

/**
 * The origin of the server's own pages, of which Swagger UI is one. Callers write `Host` as they like: it is believed
 * where it says that the server is on the browser's own machine.
 * @returns null when the server has no pages of its own that anybody should believe
 */
function ownOrigin(publicOrigin: string | null, { protocol, host }: FastifyRequest): string | null {
  if (publicOrigin !== null) return publicOrigin
  return LOOPBACK.test(host) ? `${protocol}://${host}` : null
}

const NO_PAGE =
  'A publishable key is for pages, whose browsers say where they are from (Origin). Call from a page of one of the client’s domains; from a server, use a secret key.'

/**
 * Refuses pages that the client does not allow. Browsers state a page's origin and pages cannot forge it; callers that
 * are no browser send none.
 */
export const originCheck = fastifyPlugin<OriginOptions>(async (app, { corsOrigins, publicOrigin }) => {
  app.addHook('preValidation', (request, _reply, done) => {
    const { origin, 'sec-fetch-site': site } = request.headers
    const own = ownOrigin(publicOrigin, request)
    // Browsers leave the origin out where a page reads from the server that it came from.
    const isOwnPage = site === 'same-origin' && own !== null
    if (origin === undefined && request.key.kind === 'publishable' && !isOwnPage) {
      fail('origin_not_allowed', NO_PAGE)
    }
    if (origin !== undefined && origin !== own) {
      const { session } = request
      if (session !== null && hostOf(origin) !== session.domain)
        fail('origin_not_allowed', notOfSession(session, origin))
    }
    if (origin !== undefined && !isConfiguredOrigin(corsOrigins, origin) && origin !== own) {
      if (!allowsHost(request.client.allowedDomains, hostOf(origin) ?? '')) {
        fail('origin_not_allowed', foreignOrigin(origin))
      }
    }
    done()
  })
})
