import { setMaxListeners } from 'node:events'
import { openWebhookSecrets, type WebhookSecret } from '../clients/credentials.js'
import { signingSecrets } from '../clients/webhook-secrets.js'
import type { Claim } from './claim.js'
import { Delivery, type Outcome } from './delivery.js'
import type { Message } from './messages.js'
import type { SenderParts } from './sender-parts.js'

type Parts = Pick<SenderParts, 'keys' | 'clock' | 'timing' | 'allowPrivate'>

/** Messages to one endpoint that are under way at once: one a call. */
export const MOST_UNDER_WAY = 40

/** Tries to deliver messages to one endpoint, signed with the secrets that it has now. They can be cut off together. */
export class Attempts {
  readonly #parts: Parts
  readonly #claim: Claim
  readonly #delivery: Delivery
  readonly #cut = new AbortController()
  #secrets: { readonly sealed: string; readonly opened: readonly WebhookSecret[] } | null = null

  constructor(parts: Parts, claim: Claim) {
    const { clock, timing, allowPrivate } = parts
    this.#parts = parts
    this.#claim = claim
    this.#delivery = new Delivery({ allowPrivate, timeoutMs: timing.timeoutMs, clock })
    // One a message that is under way, one for what is told of the quota, and one to spare.
    setMaxListeners(MOST_UNDER_WAY + 2, this.#cut.signal)
  }

  get isCutOff(): boolean {
    return this.#cut.signal.aborted
  }

  /** @returns null when it was cut off: it is neither delivered nor failed */
  async make(message: Message): Promise<Outcome | null> {
    const secrets = signingSecrets(await this.#openSecrets(), this.#parts.clock())
    const outcome = await this.#delivery.send(this.#claim.webhook.url, message, secrets, this.#cut.signal)
    return this.isCutOff ? null : outcome
  }

  /** Cuts off those that are under way, and all that are made later. */
  cutOff(): void {
    this.#cut.abort()
  }

  close(): void {
    this.cutOff()
    this.#delivery.close()
  }

  async #openSecrets(): Promise<readonly WebhookSecret[]> {
    const { webhook } = this.#claim
    const { sealedSecrets: sealed } = webhook
    if (this.#secrets?.sealed !== sealed) {
      this.#secrets = { sealed, opened: await openWebhookSecrets(this.#parts.keys, webhook, sealed) }
    }
    return this.#secrets.opened
  }
}
