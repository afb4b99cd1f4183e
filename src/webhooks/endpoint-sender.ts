/**
 * Sends to one endpoint what changes, while this process alone may do so (`Claim`). What it has read and not delivered is in memory
 * alone: the store knows the sequence up to which all is delivered or pending, and whoever claims the endpoint next goes on from
 * there. So a message is sent again whose delivery was not saved, and none is lost. `Outbox` keeps the order and the position.
 */
import { retryDelay } from '../core/webhooks.js'
import type { PendingMessage, StoredWebhook } from '../storage/port/webhooks.js'
import { Alarm } from './alarm.js'
import { Attempts, MOST_UNDER_WAY } from './attempts.js'
import type { Waiting } from './call-chains.js'
import { ChangeReader } from './change-reader.js'
import { Claim, type Progress } from './claim.js'
import type { Outcome } from './delivery.js'
import { changeMessage, type Message } from './messages.js'
import { Outbox } from './outbox.js'
import { QuotaNotices } from './quota-notices.js'
import { ReceiverHealth } from './receiver-health.js'
import type { SenderParts } from './sender-parts.js'
import type { Slots } from './slots.js'
import { Unsaved } from './unsaved.js'

interface Company {
  readonly slots: Slots
  /** Whether other endpoints wait until one is let go. */
  readonly isCrowded: () => boolean
}

export class EndpointSender {
  readonly #parts: SenderParts
  readonly #company: Company
  readonly #claim: Claim
  readonly #unsaved: Unsaved
  readonly #outbox: Outbox
  readonly #health: ReceiverHealth
  readonly #attempts: Attempts
  readonly #quota: QuotaNotices
  readonly #reader: ChangeReader
  readonly #alarm = new Alarm()
  readonly #startedAt: number
  #idleSince: number | null = null
  /** Whether it begins nothing more. */
  #isEnding = false
  #fault: unknown = null

  private constructor(
    parts: SenderParts,
    company: Company,
    claim: Claim,
    unsaved: Unsaved,
    pending: readonly PendingMessage[],
  ) {
    const { position, failingSince } = claim.webhook
    this.#parts = parts
    this.#company = company
    this.#claim = claim
    this.#unsaved = unsaved
    this.#startedAt = parts.clock()
    this.#outbox = new Outbox(unsaved, position, pending, this.#startedAt)
    this.#health = new ReceiverHealth(parts.schedule, failingSince, this.#outbox)
    this.#attempts = new Attempts(parts, claim)
    this.#quota = new QuotaNotices(parts, claim, (message, attempt) => this.#attempt(message, attempt))
    this.#reader = new ChangeReader(parts, { claim, outbox: this.#outbox, health: this.#health, quota: this.#quota })
  }

  /** @returns null when another process sends for it, or nobody may */
  static async claim(
    parts: SenderParts,
    company: Company,
    endpoint: Pick<StoredWebhook, 'clientId' | 'endpointId'>,
  ): Promise<EndpointSender | null> {
    const unsaved = new Unsaved()
    const claim = await Claim.make(parts, unsaved, endpoint)
    if (claim === null) return null
    const pending = await parts.storage.pendingMessages(endpoint.clientId, endpoint.endpointId)
    return new EndpointSender(parts, company, claim, unsaved, pending)
  }

  /** Something may have changed. */
  wake(): void {
    this.#reader.wake()
    this.#alarm.wake()
  }

  /** @param changes `StoredWebhook.changes` as it is now */
  notice(changes: number): void {
    if (this.#claim.notice(changes)) this.#alarm.wake()
  }

  /** Begins nothing more. `run` then comes to its end. */
  stop(): void {
    this.#isEnding = true
    this.#alarm.wake()
  }

  /** Sends until there is nothing to send, or it is another's turn. @throws what the store fails of: it is to be claimed anew */
  async run(): Promise<void> {
    const { clock, timing } = this.#parts
    try {
      while (!this.#isOver()) {
        if (await this.#reader.read()) this.#alarm.wake()
        this.#outbox.awake(clock())
        this.#send()
        this.#quota.tell()
        if (this.#claim.isSaveDue(this.#progress, clock())) await this.#save(timing.leaseMs)
        await this.#alarm.sleep(timing.tickMs)
      }
      this.#isEnding = true
      await this.#drain()
      if (!this.#claim.isLost) await this.#save(0)
    } finally {
      this.#isEnding = true
      this.#attempts.close()
    }
  }

  get #hasUnderWay(): boolean {
    return this.#outbox.underWay > 0 || this.#quota.isUnderWay
  }

  /** Whether nothing may be begun, whatever there is to send. */
  get #isHindered(): boolean {
    return this.#isEnding || this.#claim.isLost || this.#health.pausedReason !== null
  }

  #isOver(): boolean {
    if (this.#fault !== null) throw this.#fault as Error
    if (this.#isHindered || this.#claim.webhook.status === 'paused') return true
    const { clock, timing } = this.#parts
    const now = clock()
    const isTurnOver = this.#company.isCrowded() && now - this.#startedAt >= timing.turnMs
    return isTurnOver || this.#isIdleAt(now)
  }

  #isIdleAt(now: number): boolean {
    const { idleMs } = this.#parts.timing
    const isIdle =
      !this.#hasUnderWay &&
      !this.#outbox.hasReady &&
      !this.#reader.isBehind &&
      (this.#outbox.nextAt() ?? Infinity) > now + idleMs
    this.#idleSince = isIdle ? (this.#idleSince ?? now) : null
    return this.#idleSince !== null && now - this.#idleSince >= idleMs
  }

  /** Begins what can be. */
  readonly #send = (): void => {
    while (this.#mayBegin() && this.#company.slots.take(this.#send)) {
      const message = this.#outbox.take() as Waiting
      void this.#deliver(message)
        .catch((error: unknown) => {
          this.#fault = error
        })
        .finally(() => {
          this.#company.slots.release()
          this.#send()
          this.#alarm.wake()
        })
    }
  }

  #mayBegin(): boolean {
    if (this.#isHindered || this.#fault !== null || !this.#outbox.hasReady) return false
    const now = this.#parts.clock()
    const most = this.#health.isFailing ? 1 : MOST_UNDER_WAY
    return this.#claim.covers(now) && !this.#health.isQuiet(now) && this.#outbox.underWay < most
  }

  async #deliver(message: Waiting): Promise<void> {
    const { maxCallAgeMs, clock } = this.#parts
    const change = message.change ?? (await this.#reader.readAgain(message.sequence))
    const isWanted = change !== null && this.#reader.isWanted(change.type)
    if (isWanted) {
      const outcome = await this.#attempt(changeMessage(change, maxCallAgeMs), message.attempts + 1)
      // What the server's end cut off is neither delivered nor failed.
      if (outcome === null) return
      if (outcome.error !== null) {
        this.#putOff(message, outcome)
        return
      }
    }
    this.#outbox.settle(message, clock())
  }

  /** @returns null when the end of the server has cut it off */
  async #attempt(message: Message, attempt: number): Promise<Outcome | null> {
    const outcome = await this.#attempts.make(message)
    if (outcome === null) return null
    const { id: messageId, type, sequence } = message
    this.#unsaved.note({ sequence, messageId, type, attempt, ...outcome })
    this.#parts.onDelivery?.(outcome.error === null, outcome.durationMs)
    if (outcome.error === null) this.#succeeded()
    else this.#failed(outcome)
    return outcome
  }

  #succeeded(): void {
    const wasFailing = this.#health.isFailing
    this.#health.succeeded()
    if (wasFailing) this.#outbox.hurry(this.#parts.clock())
  }

  #failed(outcome: Outcome): void {
    const reason = this.#health.failed(outcome, this.#parts.clock())
    if (reason === null) return
    const { clientId, endpointId } = this.#claim.webhook
    this.#parts.logger.warn({ clientId, endpointId, reason }, 'a webhook is paused, because nothing can be delivered')
  }

  /** A message has failed: it is sent again later, or given up. */
  #putOff(message: Waiting, { error }: Outcome): void {
    const { clock, schedule, logger } = this.#parts
    const now = clock()
    const attempts = message.attempts + 1
    const firstAt = message.firstAt ?? now
    // An endpoint that is paused sends it when it goes on.
    const isParked = now - firstAt >= schedule.giveUpMs && this.#health.pausedReason === null
    const nextAt = now + retryDelay(schedule, attempts, Math.random())
    this.#outbox.putOff(message, { attempts, firstAt, nextAt, isParked }, now)
    if (!isParked) return
    const { clientId, endpointId } = this.#claim.webhook
    const { sequence } = message
    logger.warn({ clientId, endpointId, sequence, error }, 'a message of a webhook is given up')
  }

  get #progress(): Progress {
    return {
      position: this.#outbox.position,
      failingSince: this.#health.failingSince,
      quotaTold: this.#quota.told,
    }
  }

  /** @param leaseMs how long the endpoint is claimed from now on */
  async #save(leaseMs: number): Promise<void> {
    const { storage, clock } = this.#parts
    const now = clock()
    const state = { nextAt: this.#outbox.nextAt(), pausedReason: this.#health.pausedReason }
    const isChanged = await this.#claim.save({ ...this.#progress, ...state }, now, now + leaseMs)
    if (!isChanged) return
    const { clientId, endpointId, failingSince } = this.#claim.webhook
    this.#health.reset(failingSince)
    this.#outbox.restore(await storage.pendingMessages(clientId, endpointId), clock())
  }

  /** Waits for what is under way, for a while; then cuts it off. */
  async #drain(): Promise<void> {
    const { graceMs, tickMs } = this.#parts.timing
    const cut = setTimeout(() => {
      this.#attempts.cutOff()
      this.#alarm.wake()
    }, graceMs)
    while (this.#hasUnderWay && !this.#attempts.isCutOff) await this.#alarm.sleep(tickMs)
    clearTimeout(cut)
  }
}
