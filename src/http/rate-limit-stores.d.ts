/** The stores of @fastify/rate-limit, which it ships without types. */
declare module '@fastify/rate-limit/store/*.js' {
  export interface Count {
    readonly current: number
    /** Milliseconds until the window ends. */
    readonly ttl: number
  }

  /** Without a count when counting failed. */
  export type Counted = (error: Error | null, count?: Count) => void

  /** `LocalStore` also takes how many keys it counts, `RedisStore` the connection and what its keys start with. */
  export default class Store {
    constructor(continueExceeding: boolean, exponentialBackoff: boolean, ...more: unknown[])
    incr(key: string, counted: Counted, windowMs: number, max: number): void
    /** Counts nothing. */
    read(key: string, counted: Counted, windowMs: number, max: number): void
    child(routeOptions: object): Store
  }
}
