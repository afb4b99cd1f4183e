import { LIMITS } from '../core/limits.js'
import type { WebhookEventType } from '../core/vocabulary/webhooks.js'
import type { CallChange } from '../storage/port/changes.js'
import type { Claim } from './claim.js'
import type { Outbox } from './outbox.js'
import type { QuotaNotices } from './quota-notices.js'
import type { ReceiverHealth } from './receiver-health.js'
import type { SenderParts } from './sender-parts.js'

type Parts = Pick<SenderParts, 'storage' | 'clock' | 'mostWaiting'>

/** For whom it reads. */
interface Readers {
  readonly claim: Claim
  readonly outbox: Outbox
  readonly health: ReceiverHealth
  readonly quota: QuotaNotices
}

/** Events that are read at once, and changes that may be read and not be delivered yet. */
const READ_AT_ONCE = 100
const MOST_READ = 200

/** Reads what changes into the outbox of one endpoint, as long as there is room for it. */
export class ChangeReader {
  readonly #parts: Parts
  readonly #readers: Readers
  #isBehind = true

  constructor(parts: Parts, readers: Readers) {
    this.#parts = parts
    this.#readers = readers
  }

  /** Whether there may be something to read. */
  get isBehind(): boolean {
    return this.#isBehind
  }

  /** Something may have changed. */
  wake(): void {
    this.#isBehind = true
  }

  /** @returns whether more can be read at once */
  async read(): Promise<boolean> {
    if (!this.#isBehind || !this.#mayRead()) return false
    this.#isBehind = false
    const { storage, clock } = this.#parts
    const { claim, outbox, health, quota } = this.#readers
    const limit = health.isFailing ? 1 : READ_AT_ONCE
    const { changes, sequence, lastSequence } = await storage.changesSince(claim.webhook.clientId, outbox.readTo, limit)
    const now = clock()
    for (const change of changes) {
      if (change.type !== 'call.updated') quota.ask()
      if (this.isWanted(change.type)) outbox.add(change, now)
    }
    outbox.hasRead(sequence)
    if (health.isFailing && outbox.open > 0) health.probe(now)
    const isMore = sequence < lastSequence
    if (isMore) this.wake()
    return isMore
  }

  /** Reads a change once more. @returns null when it is no longer kept */
  async readAgain(sequence: number): Promise<CallChange | null> {
    const { clientId } = this.#readers.claim.webhook
    const { changes } = await this.#parts.storage.changesSince(clientId, sequence - 1, 1)
    return changes.find((change) => change.sequence === sequence) ?? null
  }

  isWanted(type: WebhookEventType): boolean {
    return this.#readers.claim.webhook.eventTypes.includes(type)
  }

  #mayRead(): boolean {
    const { outbox, health } = this.#readers
    if (outbox.waiting >= (this.#parts.mostWaiting ?? LIMITS.webhookPending)) return false
    if (health.isFailing) return outbox.open === 0 && health.isProbeDue(this.#parts.clock())
    return outbox.open <= MOST_READ - READ_AT_ONCE
  }
}
