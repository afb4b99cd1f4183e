/** What both engines do about statements that take long. */
import { BoundedMap } from './sql/bounded-map.js'

const HOUR_MS = 3_600_000
/** There are a few hundred statements. */
const MOST_REMEMBERED = 1000

/** What has a plan: the rest begins and ends transactions, or makes tables. */
const PLANNED = /^\s*(select|insert|update|delete|with)\b/i

export function hasPlan(sql: string): boolean {
  return PLANNED.test(sql)
}

/** Says of each text once an hour that it is new. */
export class OncePerHour {
  readonly #saidAt = new BoundedMap<string, number>(MOST_REMEMBERED)
  readonly #now: () => number

  /** @param now milliseconds that only grow */
  constructor(now: () => number = performance.now.bind(performance)) {
    this.#now = now
  }

  isNew(text: string): boolean {
    const saidAt = this.#saidAt.get(text)
    if (saidAt !== undefined && this.#now() - saidAt < HOUR_MS) return false
    this.#saidAt.set(text, this.#now())
    return true
  }
}
