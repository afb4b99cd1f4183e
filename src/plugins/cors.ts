import fastifyCors from '@fastify/cors'
import fastifyPlugin from 'fastify-plugin'
import { RESPONSE_HEADERS } from '../../schemas/headers.js'
import type { ClientDirectory } from '../clients/directory.js'
import { hostOf } from '../clients/domains.js'
import { isConfiguredOrigin } from './origin.js'

const HEADERS = {
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: [
    'X-API-Key',
    'Content-Type',
    'Authorization',
    'Idempotency-Key',
    'Prefer',
    'X-Request-Id',
    'If-None-Match',
  ],
  exposedHeaders: Object.keys(RESPONSE_HEADERS),
  maxAge: 600,
  strictPreflight: false,
}

/**
 * Lets pages of allowed origins read answers, errors included. A preflight carries no API key, so it passes when any
 * client allows the page's host; whether this client does is checked with the key.
 */
export const cors = fastifyPlugin<{ directory: ClientDirectory; corsOrigins: readonly string[] }>(
  async (app, { directory, corsOrigins }) => {
    await app.register(fastifyCors, {
      ...HEADERS,
      origin: (origin, decide) => {
        if (origin === undefined) {
          decide(null, false)
          return
        }
        void isReadable(origin).then((readable) => {
          decide(null, readable)
        })
      },
    })

    async function isReadable(origin: string): Promise<boolean> {
      if (isConfiguredOrigin(corsOrigins, origin)) return true
      // Without the store no host can be looked up; the request itself will say so, if it needs the store at all.
      return directory.anyAllows(hostOf(origin) ?? '').catch(() => false)
    }
  },
)
