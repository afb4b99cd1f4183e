import fastifyPlugin from 'fastify-plugin'
import { type AdminToken, holderOf } from '../clients/admin-tokens.js'
import { fail } from '../errors.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as the audit log names them. Set on every route of the admin API. */
    actor: { readonly actor: string; readonly requestId: string }
  }
}

/** Lets administrators in by a bearer token (RFC 6750). Without a configured token nobody is one. */
export const adminAuthentication = fastifyPlugin<{ adminTokens: readonly AdminToken[] }>(
  async (app, { adminTokens }) => {
    app.decorateRequest('actor')
    app.addHook('preValidation', async (request) => {
      if (adminTokens.length === 0) {
        fail(
          'admin_disabled',
          'The admin API is closed: set ADMIN_TOKEN in the environment of this server, and start it again.',
        )
      }
      const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
      const name = holderOf(adminTokens, token)
      if (name === null) {
        fail('invalid_admin_token', 'Send an admin token of this server in the header Authorization: Bearer <token>.', {
          headers: { 'www-authenticate': 'Bearer' },
        })
      }
      request.actor = { actor: name, requestId: request.id }
    })
  },
)
