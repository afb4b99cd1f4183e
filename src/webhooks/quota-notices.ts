import { monthSpan } from '../core/calendar.js'
import { quotaDue, quotaMark, retryDelay } from '../core/webhooks.js'
import type { Claim } from './claim.js'
import type { Outcome } from './delivery.js'
import { type Message, quotaMessage } from './messages.js'
import type { SenderParts } from './sender-parts.js'

type Parts = Pick<SenderParts, 'storage' | 'clock' | 'timing' | 'schedule'>

/** Tells an endpoint that the calls of the month are nearly, or all, used up: each of them once a month. */
export class QuotaNotices {
  /** Mark of what was told last. */
  told: string
  readonly #parts: Parts
  readonly #claim: Claim
  readonly #attempt: (message: Message, attempt: number) => Promise<Outcome | null>
  #isAsked = true
  #nextAt = 0
  #failures = 0
  #isUnderWay = false

  /** @param attempt delivers a message; null when the server's end has cut it off */
  constructor(parts: Parts, claim: Claim, attempt: (message: Message, attempt: number) => Promise<Outcome | null>) {
    this.#parts = parts
    this.#claim = claim
    this.told = claim.webhook.quotaTold
    this.#attempt = attempt
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay
  }

  /** A call may have begun. */
  ask(): void {
    this.#isAsked = true
  }

  /** Begins to tell what is due, where somebody wants to know and it was not looked for just now. */
  tell(): void {
    const { clock, timing } = this.#parts
    const isWanted = this.#claim.webhook.eventTypes.some((type) => type.startsWith('quota.'))
    if (!isWanted || !this.#isAsked || this.#isUnderWay || clock() < this.#nextAt) return
    this.#isAsked = false
    this.#isUnderWay = true
    this.#nextAt = clock() + timing.quotaMs
    void this.#tellDue()
      // The store did not answer.
      .catch(() => false)
      .then((isTold) => {
        this.#isUnderWay = false
        if (!isTold) this.#isAsked = true
      })
  }

  /** @returns whether nothing is left to tell */
  async #tellDue(): Promise<boolean> {
    const { storage, clock, schedule } = this.#parts
    const { clientId, eventTypes } = this.#claim.webhook
    const client = await storage.client(clientId)
    if (client === null) return true
    const now = clock()
    const { timezone, monthlyLimit: limit } = client
    const span = monthSpan(timezone, now)
    const month = span.first.slice(0, 7)
    const callsThisMonth = await storage.callsInMonth(clientId, span)
    const level = quotaDue({ calls: callsThisMonth, limit, month }, this.told, eventTypes)
    if (level === null) return true
    const message = quotaMessage(clientId, level, { now, month, timezone, callsThisMonth, limit })
    const outcome = await this.#attempt(message, this.#failures + 1)
    if (outcome?.error === null) {
      this.#failures = 0
      this.told = quotaMark(month, level)
      return true
    }
    this.#failures += 1
    this.#nextAt = clock() + retryDelay(schedule, this.#failures, Math.random())
    return false
  }
}
