import { createHash, timingSafeEqual } from 'node:crypto'
import fastifyPlugin from 'fastify-plugin'
import { fail } from '../errors.js'

/** Lets administrators in by a bearer token (RFC 6750). Without a configured token nobody is one. */
export const adminAuthentication = fastifyPlugin<{ adminToken: string | null }>(async (app, { adminToken }) => {
  app.addHook('preValidation', async ({ headers }) => {
    if (adminToken === null)
      fail(
        'admin_disabled',
        'The admin API is closed: set ADMIN_TOKEN in the environment of this server, and start it again.',
      )
    const token = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? ''
    if (!timingSafeEqual(digest(token), digest(adminToken))) {
      fail('invalid_admin_token', 'Send the server’s ADMIN_TOKEN in the header Authorization: Bearer <token>.', {
        headers: { 'www-authenticate': 'Bearer' },
      })
    }
  })
})

/** Digests have one length, which comparison in constant time needs, and tell nothing of the token's. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
