import fastifyRateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Config } from '../config.js'
import { ApiError } from '../errors.js'

/**
 * Limits how often one client may call. Registered where the limited routes are, after which they are counted as their
 * requests are authenticated. With Redis all processes count together; while it does not answer, each counts by itself.
 */
export const rateLimit = fastifyPlugin<Pick<Config, 'rateLimit' | 'redisUrl'>>(async (app, { rateLimit, redisUrl }) => {
  if (rateLimit.max === 0) return
  const shared = redisUrl === null ? null : await sharedStore(redisUrl, app)
  await app.register(fastifyRateLimit, {
    hook: 'preValidation',
    // `RateLimit-*`, as the IETF drafts them, in place of `X-RateLimit-*`.
    enableDraftSpec: true,
    max: rateLimit.max,
    timeWindow: rateLimit.windowMs,
    keyGenerator: callerOf,
    ...(shared !== null && { store: shared }),
    errorResponseBuilder: (_request, { after }) => {
      return new ApiError('rate_limited', `More than ${String(rateLimit.max)} requests: try again in ${after}.`)
    },
  })
})

/** What talks to Redis is loaded where there is one. */
async function sharedStore(redisUrl: string, app: FastifyInstance) {
  const { connectRedis, sharedLimits } = await import('../http/shared-limits.js')
  const redis = await connectRedis(redisUrl, app.log)
  app.addHook('onClose', async () => {
    redis.disconnect()
  })
  return sharedLimits(redis)
}

function callerOf({ client }: { readonly client?: FastifyRequest['client'] }): string {
  return client?.clientId ?? 'admin'
}
