/** Where rate limits are counted: in Redis for all processes together, and in this process while Redis does not answer. */
import LocalStore, { type Count, type Counted } from '@fastify/rate-limit/store/LocalStore.js'
import RedisStore from '@fastify/rate-limit/store/RedisStore.js'
import type { FastifyBaseLogger } from 'fastify'
import { Redis } from 'ioredis'

/** How much a request may be held up by a Redis that does not answer. */
const ANSWER_MS = 25
/** After it did not answer it is left alone for a while, so that this is not paid by every request. */
const PAUSE_MS = 1_000
/** For connecting, which no request waits for. */
const CONNECT_MS = 250
const LONGEST_RETRY_MS = 1_000

const NAME_SPACE = 'ribbon-rate-limit-'

/** Connects; resolves when Redis is ready or has failed to be so for the first time, and goes on trying by itself. */
export async function connectRedis(url: string, log: FastifyBaseLogger): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    connectTimeout: CONNECT_MS,
    commandTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_RETRY_MS),
  })
  let shared: boolean | null = null
  redis.on('error', (error) => {
    // Each attempt to connect fails anew: it is said once.
    if (shared !== false) log.warn({ err: error }, 'rate limits are counted per process: Redis cannot be used')
    shared = false
  })
  redis.on('ready', () => {
    shared = true
    log.info('rate limits are shared through Redis')
  })
  await redis.connect().catch(() => undefined)
  return redis
}

/**
 * @param most how many keys are counted here, while Redis does not answer
 * @returns the class that the rate limit plugin makes its stores of
 */
export function sharedLimits(redis: Redis, most: number) {
  return class SharedLimits extends LocalStore {
    readonly #shared = new RedisStore(false, false, redis, NAME_SPACE)
    #trustedFrom = 0

    constructor() {
      super(false, false, most)
    }

    override incr(key: string, counted: Counted, windowMs: number, max: number): void {
      this.#ask('incr', super.incr.bind(this, key, counted, windowMs, max), [key, windowMs, max], counted)
    }

    override read(key: string, counted: Counted, windowMs: number, max: number): void {
      this.#ask('read', super.read.bind(this, key, counted, windowMs, max), [key, windowMs, max], counted)
    }

    /** Each policy counts in a memory of its own, so that a flood of addresses pushes out no key. */
    override child(): SharedLimits {
      return new SharedLimits()
    }

    #ask(
      what: 'incr' | 'read',
      countHere: () => void,
      [key, windowMs, max]: readonly [string, number, number],
      counted: Counted,
    ): void {
      if (redis.status !== 'ready' || performance.now() < this.#trustedFrom) {
        countHere()
        return
      }
      let open = true
      const settle = (count?: Count): void => {
        if (!open) return
        open = false
        clearTimeout(late)
        if (count) {
          counted(null, count)
          return
        }
        this.#trustedFrom = performance.now() + PAUSE_MS
        countHere()
      }
      // A turn later: where this process was late itself, the answer is there and has yet to be read.
      const late = setTimeout(() => setImmediate(settle), ANSWER_MS)
      const settleShared: Counted = (_error, count) => {
        settle(count)
      }
      this.#shared[what](key, settleShared, windowMs, max)
    }
  }
}
