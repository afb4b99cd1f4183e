import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { SECURITY_HEADERS } from '../http/security-headers.js'

/** Gives what this plugin serves the headers of pages, in place of those of data. @param directives of the policy, by name */
export async function pageHeaders(app: FastifyInstance, directives: Record<string, string[]>): Promise<void> {
  app.addHook('onRequest', (_request, reply, done) => {
    for (const name of Object.keys(SECURITY_HEADERS)) reply.removeHeader(name)
    done()
  })
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    xFrameOptions: { action: 'deny' },
    // Every answer over TLS has it.
    strictTransportSecurity: false,
  })
}
