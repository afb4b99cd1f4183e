import fastifyPlugin from 'fastify-plugin'
import { fail } from '../errors.js'
import { allowsHost, foreignOrigin, hostOf } from '../clients/domains.js'

/** Whether an origin is among those configured beside the clients' own domains. */
export function isConfiguredOrigin(corsOrigins: readonly string[], origin: string): boolean {
  return corsOrigins.includes('*') || corsOrigins.includes(origin)
}

/** Whether a page calls the server it came from: Swagger UI does. */
function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

const NO_PAGE =
  'A publishable key is for pages, whose browsers say where they are from (Origin). Call from a page of one of the client’s domains; from a server, use a secret key.'

/**
 * Refuses pages that the client does not allow. Browsers state a page's origin and pages cannot forge it; callers that
 * are no browser send none.
 */
export const originCheck = fastifyPlugin<{ corsOrigins: readonly string[] }>(async (app, { corsOrigins }) => {
  app.addHook('preValidation', (request, _reply, done) => {
    const { origin, 'sec-fetch-site': site } = request.headers
    // Browsers leave the origin out where a page reads from the server that it came from.
    if (origin === undefined && request.key.kind === 'publishable' && site !== 'same-origin') {
      fail('origin_not_allowed', NO_PAGE)
    }
    if (origin !== undefined && !isConfiguredOrigin(corsOrigins, origin) && !isSameOrigin(origin, request.host)) {
      if (!allowsHost(request.client.allowedDomains, hostOf(origin) ?? '')) {
        fail('origin_not_allowed', foreignOrigin(origin))
      }
    }
    done()
  })
})
