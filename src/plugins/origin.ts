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

/**
 * Refuses pages that the client does not allow. Browsers state a page's origin and pages cannot forge it; callers that
 * are no browser send none.
 */
export const originCheck = fastifyPlugin<{ corsOrigins: readonly string[] }>(async (app, { corsOrigins }) => {
  app.addHook('preValidation', (request, _reply, done) => {
    const { origin } = request.headers
    if (origin !== undefined && !isConfiguredOrigin(corsOrigins, origin) && !isSameOrigin(origin, request.host)) {
      if (!allowsHost(request.client.allowedDomains, hostOf(origin) ?? '')) {
        fail('origin_not_allowed', foreignOrigin(origin))
      }
    }
    done()
  })
})
