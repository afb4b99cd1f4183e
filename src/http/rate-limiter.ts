import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../errors.js'

interface RatePolicy {
  readonly max: number
  readonly windowMs: number
  /** Whom it limits, as an answer calls them: `this API key`. */
  readonly whom: string
  /** The policy's name for a request: requests of different names are counted apart. */
  readonly nameOf: (request: FastifyRequest) => string
  /** Who among all that the policy limits. */
  readonly idOf: (request: FastifyRequest) => string
}

/** What is left of a policy. */
interface RateState {
  readonly name: string
  readonly max: number
  readonly windowMs: number
  readonly remaining: number
  readonly seconds: number
  readonly isExceeded: boolean
}

type Limiter = ReturnType<FastifyInstance['createRateLimit']>
type Counted = Extract<Awaited<ReturnType<Limiter>>, { isAllowed: false }>

/** Counts requests of one policy, in windows of its length that begin with the first request. */
export class RateLimiter {
  readonly #policy: RatePolicy
  readonly #limit: Limiter

  constructor(app: FastifyInstance, policy: RatePolicy) {
    const { max, windowMs, nameOf, idOf } = policy
    this.#policy = policy
    this.#limit = app.createRateLimit({
      max,
      timeWindow: windowMs,
      keyGenerator: (request) => `${nameOf(request)}:${idOf(request)}`,
    })
  }

  /** Counts a request. @throws ApiError 429 when it is one too many */
  async count(request: FastifyRequest): Promise<RateState> {
    const state = await this.#state(request, true)
    if (state.isExceeded) throw this.#refusal(state)
    return state
  }

  /** Counts nothing. @throws ApiError 429 when nothing is left */
  async check(request: FastifyRequest): Promise<void> {
    const state = await this.#state(request, false)
    if (state.remaining === 0) throw this.#refusal(state)
  }

  async #state(request: FastifyRequest, increment: boolean): Promise<RateState> {
    // Nobody is on a list of those who are not counted.
    const { remaining, ttlInSeconds, isExceeded } = (await this.#limit(request, { increment })) as Counted
    const { max, windowMs, nameOf } = this.#policy
    return { name: nameOf(request), max, windowMs, remaining, seconds: ttlInSeconds, isExceeded }
  }

  #refusal(state: RateState): ApiError {
    const [window, wait] = [state.windowMs / 1000, state.seconds].map((seconds) => `${String(seconds)} s`)
    const detail = `The limit "${state.name}" is ${String(state.max)} requests of ${this.#policy.whom} in ${String(window)}: try again in ${String(wait)}.`
    return new ApiError('rate_limited', detail, {
      headers: { ...rateHeaders(state), 'retry-after': String(state.seconds) },
    })
  }
}

/** As draft-ietf-httpapi-ratelimit-headers has them: structured fields (RFC 9651). */
function rateHeaders({ name, max, windowMs, remaining, seconds }: RateState): Record<string, string> {
  return {
    'ratelimit-policy': `"${name}";q=${String(max)};w=${String(Math.ceil(windowMs / 1000))}`,
    ratelimit: `"${name}";r=${String(remaining)};t=${String(seconds)}`,
  }
}

/** Says on an answer how much is left of the policy that ends first. */
export function sayRate(reply: FastifyReply, state: RateState): void {
  reply.headers(rateHeaders(state))
}
