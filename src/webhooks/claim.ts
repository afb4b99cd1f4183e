import type { StoredWebhook, WebhookProgress } from '../storage/port/webhooks.js'
import type { SenderParts } from './sender-parts.js'
import type { Unsaved } from './unsaved.js'

type Parts = Pick<SenderParts, 'storage' | 'clock' | 'owner' | 'timing'>

/** How far a sender is, beside what `Unsaved` holds. */
export type Progress = Pick<WebhookProgress, 'position' | 'failingSince' | 'quotaTold'>
type State = Progress & Pick<WebhookProgress, 'nextAt' | 'pausedReason'>

/** A lease is renewed when so much of it is over. */
const RENEW_AFTER = 0.25

/** An endpoint for which this process alone may send, for as long as it says so in time: what the store knows of it. */
export class Claim {
  readonly #parts: Parts
  readonly #unsaved: Unsaved
  #webhook: StoredWebhook
  #leaseEnds: number
  #savedAt: number
  /** Whether others have changed the endpoint. */
  #isStale = false
  #isLost = false

  private constructor(parts: Parts, unsaved: Unsaved, webhook: StoredWebhook, claimedAt: number) {
    this.#parts = parts
    this.#unsaved = unsaved
    this.#webhook = webhook
    this.#savedAt = claimedAt
    this.#leaseEnds = claimedAt + parts.timing.leaseMs
  }

  /** @returns null when another process sends for the endpoint, or nobody may */
  static async make(
    parts: Parts,
    unsaved: Unsaved,
    { clientId, endpointId }: Pick<StoredWebhook, 'clientId' | 'endpointId'>,
  ): Promise<Claim | null> {
    const { storage, clock, owner, timing } = parts
    const now = clock()
    const webhook = await storage.claimWebhook(clientId, endpointId, { owner, now, ends: now + timing.leaseMs })
    return webhook === null ? null : new Claim(parts, unsaved, webhook, now)
  }

  /** As it was claimed or saved last. */
  get webhook(): StoredWebhook {
    return this.#webhook
  }

  /** Whether it is another process's now, or the endpoint is gone. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Whether a message that begins now is over before another process may send. */
  covers(now: number): boolean {
    return now + this.#parts.timing.timeoutMs < this.#leaseEnds
  }

  /**
   * @param changes `StoredWebhook.changes` as it is now
   * @returns whether others have changed the endpoint
   */
  notice(changes: number): boolean {
    this.#isStale = changes > this.#webhook.changes
    return this.#isStale
  }

  isSaveDue(progress: Progress, now: number): boolean {
    const { timing } = this.#parts
    const { position, quotaTold, failingSince } = this.#webhook
    const isSaved =
      this.#unsaved.isEmpty &&
      position === progress.position &&
      quotaTold === progress.quotaTold &&
      failingSince === progress.failingSince
    const isRenewalDue = this.#leaseEnds - now < timing.leaseMs * (1 - RENEW_AFTER)
    return (!isSaved && now - this.#savedAt >= timing.tickMs) || isRenewalDue || this.#isStale
  }

  /**
   * Says what was done, and that the endpoint is claimed until `ends`.
   * @returns whether others have changed the endpoint since the last time
   */
  async save(state: State, now: number, ends: number): Promise<boolean> {
    const { storage, owner } = this.#parts
    const { clientId, endpointId, changes } = this.#webhook
    const lease = { owner, now, ends }
    const done = { lease, changes, ...state, ...this.#unsaved.take() }
    const webhook = await storage.saveWebhookProgress(clientId, endpointId, done)
    this.#savedAt = now
    this.#isStale = false
    if (webhook === null) {
      this.#isLost = true
      return false
    }
    this.#leaseEnds = ends
    this.#webhook = webhook
    return webhook.changes !== changes
  }
}
