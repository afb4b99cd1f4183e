import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { isObject } from '../core/json.js'
import { fail } from '../errors.js'
import type { ClientDirectory } from '../clients/directory.js'
import type { Client } from '../storage/port.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls. Set on every route that API keys guard. */
    client: Client
  }
  interface FastifyContextConfig {
    /** Whether the API key may stand in the query: for links that a browser follows, which can carry no header. */
    apiKeyInQuery?: boolean
  }
}

const CHALLENGE = { 'www-authenticate': 'ApiKey header="X-API-Key"' }

/**
 * Finds out which client calls, before anything of the request is validated. The header goes first; a body's `apiKey`
 * serves where there is a body.
 */
export const authentication = fastifyPlugin<{ directory: ClientDirectory }>(async (app, { directory }) => {
  app.decorateRequest('client')
  app.addHook('preValidation', (request, _reply, done) => {
    const apiKey = apiKeyOf(request)
    if (apiKey === null) {
      fail('missing_api_key', 'Send the API key in the X-API-Key header, or as apiKey in the body of a POST.', {
        headers: CHALLENGE,
      })
    }
    const admit = (client: Client | null): void => {
      if (client === null) fail('invalid_api_key', 'This API key is not valid.', { headers: CHALLENGE })
      request.client = client
    }
    const found = directory.byApiKey(apiKey)
    if (found instanceof Promise) {
      found.then(admit).then(() => {
        done()
      }, done)
      return
    }
    admit(found)
    done()
  })
})

function apiKeyOf({ headers, body, query, routeOptions }: FastifyRequest): string | null {
  const inBody = isObject(body) ? body['apiKey'] : undefined
  const inQuery =
    routeOptions.config.apiKeyInQuery === true ? (query as Record<string, unknown>)['X-API-Key'] : undefined
  for (const apiKey of [headers['x-api-key'], inBody, inQuery]) {
    if (typeof apiKey === 'string' && apiKey !== '') return apiKey
  }
  return null
}
