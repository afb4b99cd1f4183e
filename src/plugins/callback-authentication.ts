import fastifyPlugin from 'fastify-plugin'
import { isWithin } from '../clients/addresses.js'
import type { ClientDirectory } from '../clients/directory.js'
import { fail } from '../errors.js'

/**
 * Lets Exotel in by the key in the path, as it sends no headers of ours, before anything of the body is read. What stands in
 * the path is never repeated: not in answers, and not in the log, which has the patterns of paths.
 */
export const callbackAuthentication = fastifyPlugin<{ directory: ClientDirectory }>(async (app, { directory }) => {
  app.decorateRequest('client')
  app.decorateRequest('key')
  app.addHook('onRequest', async (request) => {
    const { key: apiKey } = request.params as { readonly key: string }
    const holder = await directory.byApiKey(apiKey)
    if (holder === null) {
      fail(
        'invalid_api_key',
        'The key in the path is not valid: it is unknown, was revoked or is of a suspended client. Whoever runs this server gives out callback keys.',
        { headers: { 'www-authenticate': 'ApiKey' } },
      )
    }
    const { kind, addresses } = holder.key
    if (kind !== 'callback' || holder.session !== null) {
      fail('key_not_allowed', 'The key in the path opens no callbacks: give Exotel a key of kind callback.')
    }
    if (addresses !== null && !isWithin(addresses, request.ip)) {
      fail('address_not_allowed', 'This callback key may not be used from the address that the request comes from.')
    }
    request.client = holder
    request.key = holder.key
  })
})
