import { formatInstant } from '../core/calendar.js'
import { retryDelay, type RetrySchedule } from '../core/webhooks.js'
import type { Outcome } from './delivery.js'
import type { Outbox } from './outbox.js'

/**
 * After so many failures in a row an endpoint is failing: until a message is delivered it is sent one at a time, of those that are
 * pending, and a new one now and then, at least every five minutes.
 */
const FAILING_AFTER = 10
const PROBE_MS = 5 * 60 * 1000

const GONE = 410

/** How the receiver at one endpoint does, by what became of the tries to reach it. */
export class ReceiverHealth {
  readonly #schedule: RetrySchedule
  readonly #outbox: Outbox
  #failingSince: number | null
  /** Failures since the last success. */
  #failures: number
  /** Until when the receiver asked to be left alone. */
  #quietUntil = 0
  /** When a failing endpoint is sent something new again. */
  #probeAt = 0
  #pausedReason: string | null = null

  /**
   * @param failingSince as it was saved
   * @param outbox what it is yet to be sent
   */
  constructor(schedule: RetrySchedule, failingSince: number | null, outbox: Outbox) {
    this.#schedule = schedule
    this.#outbox = outbox
    this.#failingSince = failingSince
    this.#failures = failingSince !== null && outbox.waiting >= FAILING_AFTER ? FAILING_AFTER : 0
  }

  /** Whether it failed many times in a row, and there is something that it is to be sent again. */
  get isFailing(): boolean {
    return this.#failures >= FAILING_AFTER && this.#outbox.waiting + this.#outbox.underWay > 0
  }

  /** When the first of the failures was after which nothing was delivered; null when the last delivery succeeded. */
  get failingSince(): number | null {
    return this.#failingSince
  }

  /** Why the endpoint is to be paused; null when it is not. */
  get pausedReason(): string | null {
    return this.#pausedReason
  }

  /** Whether it asked to be left alone. */
  isQuiet(now: number): boolean {
    return now < this.#quietUntil
  }

  /** Whether it is time to send it something new while it is failing. */
  isProbeDue(now: number): boolean {
    return now >= this.#probeAt
  }

  /** It is sent something new while it is failing. */
  probe(now: number): void {
    this.#probeAt = now + Math.min(retryDelay(this.#schedule, this.#failures, Math.random()), PROBE_MS)
  }

  succeeded(): void {
    this.#failures = 0
    this.#failingSince = null
  }

  /** @returns why the endpoint is to be paused, because of this; null when it is not */
  failed({ status, error, retryAfterMs }: Outcome, now: number): string | null {
    const { mostMs, giveUpMs } = this.#schedule
    this.#quietUntil = Math.max(this.#quietUntil, now + Math.min(retryAfterMs, mostMs))
    this.#failures += 1
    this.#failingSince ??= now
    const isHopeless = status === GONE || now - this.#failingSince >= giveUpMs
    if (!isHopeless) return null
    this.#pausedReason =
      status === GONE
        ? 'The receiver answered 410: it is gone'
        : `Nothing was delivered since ${formatInstant(this.#failingSince)}. The last try: ${String(error)}`
    return this.#pausedReason
  }

  /** Somebody has changed the endpoint, and it is as good as they say. */
  reset(failingSince: number | null): void {
    this.#failingSince = failingSince
  }
}
