import fastifyRateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { Redis } from 'ioredis'
import type { Config } from '../config.js'
import { ApiError } from '../errors.js'

/** Redis answers within this time or not at all: a limit is not worth a slow request. */
const REDIS_TIMEOUT_MS = 250

/**
 * Limits how often one client may call. Registered where the limited routes are, after which they are counted as their
 * requests are authenticated. With Redis all processes count together; while it cannot be reached nobody is limited.
 */
export const rateLimit = fastifyPlugin<Pick<Config, 'rateLimit' | 'redisUrl'>>(async (app, { rateLimit, redisUrl }) => {
  if (rateLimit.max === 0) return
  const redis = redisUrl === null ? null : connect(redisUrl)
  redis?.on('error', (error) => {
    app.log.warn({ err: error }, 'rate limits are not shared: Redis cannot be used')
  })
  app.addHook('onClose', async () => {
    redis?.disconnect()
  })
  await app.register(fastifyRateLimit, {
    hook: 'preValidation',
    max: rateLimit.max,
    timeWindow: rateLimit.windowMs,
    keyGenerator: callerOf,
    skipOnError: true,
    ...(redis !== null && { redis, nameSpace: 'ribbon-rate-limit-' }),
    errorResponseBuilder: (_request, { after }) => {
      return new ApiError('rate_limited', `More than ${String(rateLimit.max)} requests: try again in ${after}.`)
    },
  })
})

function callerOf({ client }: { readonly client?: FastifyRequest['client'] }): string {
  return client?.clientId ?? 'admin'
}

function connect(redisUrl: string): Redis {
  return new Redis(redisUrl, {
    enableOfflineQueue: false,
    connectTimeout: REDIS_TIMEOUT_MS,
    commandTimeout: REDIS_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
  })
}
