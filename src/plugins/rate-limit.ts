import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Config } from '../config.js'
import { LIMITS } from '../core/limits.js'
import { ApiError } from '../errors.js'
import { RateLimiter, sayRate } from '../http/rate-limiter.js'
import { workOf } from '../http/work.js'

type Options = Pick<Config, 'rateLimit'>

interface SharedOptions extends Options, Pick<Config, 'redisUrl'> {
  /** Gets what tells whether Redis can be used now. */
  readonly onShared?: ((isUp: () => boolean) => void) | undefined
}

/** Keys, clients or addresses that one policy counts at a time; the one that was quiet longest makes room. */
const MOST_COUNTED = 20_000

/** Beyond this many bits an IPv6 address is its owner’s to choose. */
const NETWORK_BITS = 64

const UNAUTHENTICATED = 401

/**
 * Limits how often one address may call, before anything of a request is read. With Redis all processes count together; while
 * it does not answer, each counts by itself.
 */
export const rateLimit = fastifyPlugin<SharedOptions>(async (app, { rateLimit, redisUrl, onShared }) => {
  if (rateLimit.max === 0) return
  const shared = redisUrl === null ? null : await sharedStore(redisUrl, app, onShared)
  await app.register(fastifyRateLimit, {
    global: false,
    cache: MOST_COUNTED,
    ...(shared !== null && { store: shared }),
  })
  if (rateLimit.addressMax === 0) return
  const ofAddress = (max: number) =>
    new RateLimiter(app, {
      max,
      windowMs: rateLimit.windowMs,
      whom: 'one address',
      nameOf: (request) => `${String(workOf(request))}-address`,
      idOf: addressOf,
    })
  const addresses = ofAddress(rateLimit.addressMax)
  // Exotel reports the calls of all clients from a few addresses.
  const reporters = ofAddress(rateLimit.addressMax * LIMITS.callbackTimes)
  app.addHook('onRequest', async (request) => {
    const work = workOf(request)
    if (work !== null) await (work === 'callbacks' ? reporters : addresses).count(request)
  })
})

/** Limits how often one callback key may be used: so often that bursts pass. Registered behind its authentication. */
export const callbackLimits = fastifyPlugin<Options>(async (app, { rateLimit: { max, windowMs } }) => {
  if (max === 0) return
  const keys = new RateLimiter(app, {
    max: max * LIMITS.callbackTimes,
    windowMs,
    whom: 'one callback key',
    nameOf: () => 'callbacks',
    idOf: ({ key }) => key.keyHash,
  })
  app.addHook('onRequest', async (request, reply) => {
    sayRate(reply, await keys.count(request))
  })
})

/** Limits how often one API key may call, and one client with all its keys together. Registered behind authentication. */
export const callerLimits = fastifyPlugin<Options>(async (app, { rateLimit: { max, clientMax, windowMs } }) => {
  if (max === 0) return
  const keys = new RateLimiter(app, {
    max,
    windowMs,
    whom: 'one API key',
    nameOf: (request) => String(workOf(request)),
    idOf: ({ key }) => key.keyHash,
  })
  const clients = new RateLimiter(app, {
    max: clientMax,
    windowMs,
    whom: 'one client',
    nameOf: (request) => `${String(workOf(request))}-client`,
    idOf: ({ client }) => client.clientId,
  })
  app.addHook('preValidation', async (request, reply) => {
    const ofKey = await keys.count(request)
    // In this order: what a key is refused uses up nothing of what the client’s other keys have.
    const ofClient = clientMax === 0 ? ofKey : await clients.count(request)
    sayRate(reply, ofKey.remaining <= ofClient.remaining ? ofKey : ofClient)
  })
})

/** Limits how often administrators may call, all together. Registered behind their authentication. */
export const adminLimits = fastifyPlugin<Options>(async (app, { rateLimit: { max, windowMs } }) => {
  if (max === 0) return
  const administrators = new RateLimiter(app, {
    max,
    windowMs,
    whom: 'all administrators',
    nameOf: () => 'admin',
    idOf: () => '',
  })
  app.addHook('preValidation', async (request, reply) => {
    sayRate(reply, await administrators.count(request))
  })
})

/**
 * Limits how often one address may fail to authenticate. A request with a valid API key passes even so: it may share its
 * address with a page whose key was revoked.
 */
export const failureLimits = fastifyPlugin<Options>(async (app, { rateLimit }) => {
  if (rateLimit.max === 0) return
  const failures = failuresOf(app, 'failed-authentication')
  app.setErrorHandler(async (error, request) => {
    if (isUnauthenticated(error)) await failures.count(request)
    throw error
  })
})

/**
 * Limits how often one address may guess the admin token: then no token is compared any more, the right one neither, because
 * an answer that told them apart would tell a guesser which one is right. Counted apart from API keys, so that a page with a
 * revoked key does not lock an administrator of the same office out.
 */
export const guessLimits = fastifyPlugin<Options>(async (app, { rateLimit }) => {
  // Routes of the admin API are opened by no scope, which would tell what they are for.
  app.addHook('onRoute', (route) => {
    route.config = { work: 'admin', ...route.config }
  })
  if (rateLimit.max === 0) return
  const guesses = failuresOf(app, 'failed-admin-authentication')
  app.addHook('preValidation', async (request) => {
    await guesses.check(request)
  })
  app.setErrorHandler(async (error, request) => {
    if (isUnauthenticated(error)) await guesses.count(request)
    throw error
  })
})

function failuresOf(app: FastifyInstance, name: string): RateLimiter {
  return new RateLimiter(app, {
    max: LIMITS.authenticationFailures,
    windowMs: LIMITS.authenticationFailuresMs,
    whom: 'one address that failed to authenticate',
    nameOf: () => name,
    idOf: addressOf,
  })
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.status === UNAUTHENTICATED
}

function addressOf({ ip }: FastifyRequest): string {
  return normalizeIP(ip, NETWORK_BITS)
}

/** What talks to Redis is loaded where there is one. */
async function sharedStore(redisUrl: string, app: FastifyInstance, onShared: SharedOptions['onShared']) {
  const { connectRedis, sharedLimits } = await import('../http/shared-limits.js')
  const redis = await connectRedis(redisUrl, app.log)
  onShared?.(() => redis.status === 'ready')
  app.addHook('onClose', async () => {
    redis.disconnect()
  })
  return sharedLimits(redis, MOST_COUNTED)
}
