/**
 * Sends to one endpoint what changes, while this process alone may do so. What it has read and not delivered is in memory alone:
 * the store knows the sequence up to which all is delivered or pending, and whoever claims the endpoint next goes on from there.
 * So a message is sent again whose delivery was not saved, and none is lost.
 */
import { setMaxListeners } from 'node:events'
import { openWebhookSecrets, type WebhookSecret } from '../clients/credentials.js'
import type { KeyRing } from '../clients/key-ring.js'
import { formatInstant } from '../core/calendar.js'
import { LIMITS } from '../core/limits.js'
import type { WebhookEventType } from '../core/vocabulary/webhooks.js'
import { retryDelay, type RetrySchedule } from '../core/webhooks.js'
import type { CallChange } from '../storage/port/changes.js'
import type { Storage } from '../storage/port/storage.js'
import type { PendingMessage, StoredWebhook } from '../storage/port/webhooks.js'
import { CallChains, type Waiting } from './call-chains.js'
import { Delivery, type Outcome } from './delivery.js'
import { changeMessage, type Message } from './messages.js'
import { QuotaNotices } from './quota-notices.js'
import { signingSecrets } from '../clients/webhook-secrets.js'
import type { Slots } from './slots.js'
import type { SenderTiming } from './timing.js'
import { Unsaved } from './unsaved.js'

export interface SenderParts {
  readonly storage: Pick<
    Storage,
    'changesSince' | 'claimWebhook' | 'pendingMessages' | 'saveWebhookProgress' | 'client' | 'callsInMonth'
  >
  readonly keys: KeyRing
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** Names this process. */
  readonly owner: string
  readonly maxCallAgeMs: number
  /** Whether endpoints may be at addresses that are not public. */
  readonly allowPrivate: boolean
  readonly timing: SenderTiming
  readonly schedule: RetrySchedule
  readonly logger: { warn(details: object, message: string): void }
  /** Hears of each try, when it is over. */
  readonly onDelivery?: ((isDelivered: boolean, durationMs: number) => void) | undefined
  /** Messages of an endpoint that may wait for another try, unless told; until fewer do nothing new is read. */
  readonly mostWaiting?: number
}

interface Company {
  readonly slots: Slots
  /** Whether other endpoints wait until one is let go. */
  readonly isCrowded: () => boolean
}

/** Events that are read at once, and changes that may be read and not be delivered yet. */
const READ_AT_ONCE = 100
const MOST_READ = 200
/** Messages to one endpoint that are under way at once: one a call. */
const MOST_UNDER_WAY = 40
/**
 * After so many failures in a row an endpoint is failing: until a message is delivered it is sent one at a time, of those that are
 * pending, and a new one now and then, at least every five minutes.
 */
const FAILING_AFTER = 10
const PROBE_MS = 5 * 60 * 1000
/** A lease is renewed when so much of it is over. */
const RENEW_AFTER = 0.25

const GONE = 410

export class EndpointSender {
  readonly #parts: SenderParts
  readonly #company: Company
  readonly #delivery: Delivery
  readonly #quota: QuotaNotices
  readonly #aborting = new AbortController()
  readonly #chains = new CallChains()
  /** Sequences of changes that were read and are neither delivered nor pending, in their order. */
  readonly #open = new Set<number>()
  /** Sequences of pending messages that lie beyond what the sender before had saved as read: they are read again, and not taken twice. */
  readonly #ahead = new Set<number>()
  readonly #startedAt: number
  #webhook: StoredWebhook
  #secrets: { readonly sealed: string; readonly opened: readonly WebhookSecret[] } | null = null
  #unsaved = new Unsaved()
  #savedAt: number
  #leaseEnds: number
  #readTo: number
  #isBehind = true
  /** Failures since the last success. */
  #failures = 0
  /** Until when the receiver asked to be left alone. */
  #quietUntil = 0
  /** When a failing endpoint is sent something new again. */
  #probeAt = 0
  #failingSince: number | null
  #idleSince: number | null = null
  #pausedReason: string | null = null
  /** Whether it begins nothing more. */
  #isEnding = false
  #isLost = false
  /** Whether others have changed the endpoint. */
  #isStale = false
  #fault: unknown = null
  #isAwake = false
  #onWake: (() => void) | null = null

  private constructor(parts: SenderParts, company: Company, webhook: StoredWebhook, claimedAt: number) {
    const { clock, timing, allowPrivate } = parts
    this.#parts = parts
    this.#company = company
    this.#webhook = webhook
    this.#delivery = new Delivery({ allowPrivate, timeoutMs: timing.timeoutMs, clock })
    this.#quota = new QuotaNotices(parts, webhook, (message, attempt) => this.#attempt(message, attempt))
    // One a message that is under way, one for what is told of the quota, and one pause.
    setMaxListeners(MOST_UNDER_WAY + 2, this.#aborting.signal)
    this.#startedAt = claimedAt
    this.#savedAt = claimedAt
    this.#leaseEnds = claimedAt + timing.leaseMs
    this.#readTo = webhook.position
    this.#failingSince = webhook.failingSince
  }

  /** @returns null when another process sends for it, or nobody may */
  static async claim(
    parts: SenderParts,
    company: Company,
    { clientId, endpointId }: Pick<StoredWebhook, 'clientId' | 'endpointId'>,
  ): Promise<EndpointSender | null> {
    const { storage, clock, owner, timing } = parts
    const now = clock()
    const webhook = await storage.claimWebhook(clientId, endpointId, { owner, now, ends: now + timing.leaseMs })
    if (webhook === null) return null
    const sender = new EndpointSender(parts, company, webhook, now)
    for (const { sequence } of await sender.#loadPending()) if (sequence > webhook.position) sender.#ahead.add(sequence)
    if (webhook.failingSince !== null && sender.#chains.waiting >= FAILING_AFTER) sender.#failures = FAILING_AFTER
    return sender
  }

  /** Something may have changed. */
  wake(): void {
    this.#isBehind = true
    this.#wakeUp()
  }

  /** @param changes `StoredWebhook.changes` as it is now */
  notice(changes: number): void {
    this.#isStale = changes > this.#webhook.changes
    if (this.#isStale) this.#wakeUp()
  }

  /** Begins nothing more. `run` then comes to its end. */
  stop(): void {
    this.#isEnding = true
    this.#wakeUp()
  }

  /** Sends until there is nothing to send, or it is another's turn. @throws what the store fails of: it is to be claimed anew */
  async run(): Promise<void> {
    try {
      while (!this.#isOver()) {
        await this.#read()
        this.#chains.awake(this.#parts.clock())
        this.#send()
        this.#quota.tell()
        await this.#saveWhenDue()
        await this.#pause()
      }
      this.#isEnding = true
      await this.#drain()
      if (!this.#isLost) await this.#save(this.#parts.clock())
    } finally {
      this.#isEnding = true
      this.#aborting.abort()
      this.#delivery.close()
    }
  }

  get #isFailing(): boolean {
    return this.#failures >= FAILING_AFTER && this.#chains.waiting + this.#chains.underWay > 0
  }

  /** All changes up to it are delivered or pending. */
  get #position(): number {
    const [first] = this.#open
    return first === undefined ? this.#readTo : first - 1
  }

  #isOver(): boolean {
    if (this.#fault !== null) throw this.#fault as Error
    if (this.#isEnding || this.#isLost || this.#pausedReason !== null || this.#webhook.status === 'paused') return true
    const { clock, timing } = this.#parts
    const now = clock()
    const isTurnOver = this.#company.isCrowded() && now - this.#startedAt >= timing.turnMs
    return isTurnOver || this.#isIdleAt(now)
  }

  #isIdleAt(now: number): boolean {
    const { idleMs } = this.#parts.timing
    const isIdle =
      !this.#hasUnderWay &&
      !this.#chains.hasReady &&
      !this.#isBehind &&
      (this.#chains.nextAt() ?? Infinity) > now + idleMs
    this.#idleSince = isIdle ? (this.#idleSince ?? now) : null
    return this.#idleSince !== null && now - this.#idleSince >= idleMs
  }

  get #hasUnderWay(): boolean {
    return this.#chains.underWay > 0 || this.#quota.isUnderWay
  }

  async #read(): Promise<void> {
    if (!this.#isBehind || !this.#mayRead()) return
    this.#isBehind = false
    const { storage, clock } = this.#parts
    const { clientId } = this.#webhook
    const limit = this.#isFailing ? 1 : READ_AT_ONCE
    const { changes, sequence, lastSequence } = await storage.changesSince(clientId, this.#readTo, limit)
    const now = clock()
    for (const change of changes) this.#takeIn(change, now)
    this.#readTo = sequence
    if (this.#isFailing && this.#open.size > 0) {
      this.#probeAt = now + Math.min(retryDelay(this.#parts.schedule, this.#failures, Math.random()), PROBE_MS)
    }
    if (sequence < lastSequence) this.wake()
  }

  #mayRead(): boolean {
    if (this.#chains.waiting >= (this.#parts.mostWaiting ?? LIMITS.webhookPending)) return false
    if (this.#isFailing) return this.#open.size === 0 && this.#parts.clock() >= this.#probeAt
    return this.#open.size <= MOST_READ - READ_AT_ONCE
  }

  #takeIn(change: CallChange, now: number): void {
    if (change.type !== 'call.updated') this.#quota.ask()
    if (!this.#isWanted(change.type) || this.#ahead.delete(change.sequence)) return
    const { sequence, call } = change
    const { sessionId } = call
    const message = { sequence, sessionId, attempts: 0, firstAt: null, nextAt: now, isParked: false }
    if (this.#chains.isHeld(sessionId, now)) {
      this.#unsaved.pend(message)
      this.#chains.put({ ...message, change: null }, now)
    } else {
      this.#open.add(sequence)
      this.#chains.put({ ...message, change }, now)
    }
  }

  #isWanted(type: WebhookEventType): boolean {
    return this.#webhook.eventTypes.includes(type)
  }

  /** Begins what can be. */
  readonly #send = (): void => {
    while (this.#mayBegin() && this.#company.slots.take(this.#send)) {
      const message = this.#chains.take() as Waiting
      void this.#deliver(message)
        .catch((error: unknown) => {
          this.#fault = error
        })
        .finally(() => {
          this.#company.slots.release()
          this.#send()
          this.#wakeUp()
        })
    }
  }

  #mayBegin(): boolean {
    const { clock, timing } = this.#parts
    const most = this.#isFailing ? 1 : MOST_UNDER_WAY
    const isHindered = this.#isEnding || this.#isLost || this.#pausedReason !== null || this.#fault !== null
    const now = clock()
    const isLeased = now + timing.timeoutMs < this.#leaseEnds
    return !isHindered && isLeased && now >= this.#quietUntil && this.#chains.hasReady && this.#chains.underWay < most
  }

  async #deliver(message: Waiting): Promise<void> {
    const { maxCallAgeMs, clock } = this.#parts
    const change = message.change ?? (await this.#readAgain(message.sequence))
    const outcome =
      change === null || !this.#isWanted(change.type)
        ? 'unwanted'
        : await this.#attempt(changeMessage(change, maxCallAgeMs), message.attempts + 1)
    // What the server's end cut off is neither delivered nor failed.
    if (outcome === null) return
    this.#chains.end(message.sessionId, clock())
    if (outcome !== 'unwanted' && outcome.error !== null) this.#putOff(message, outcome)
    else {
      this.#open.delete(message.sequence)
      if (message.change === null) this.#unsaved.settle(message.sequence)
    }
  }

  async #readAgain(sequence: number): Promise<CallChange | null> {
    const { changes } = await this.#parts.storage.changesSince(this.#webhook.clientId, sequence - 1, 1)
    return changes.find((change) => change.sequence === sequence) ?? null
  }

  /** @returns null when the end of the server has cut it off */
  async #attempt(message: Message, attempt: number): Promise<Outcome | null> {
    const secrets = signingSecrets(await this.#openSecrets(), this.#parts.clock())
    const outcome = await this.#delivery.send(this.#webhook.url, message, secrets, this.#aborting.signal)
    if (this.#aborting.signal.aborted) return null
    const { id: messageId, type, sequence } = message
    this.#unsaved.deliveries.push({ sequence, messageId, type, attempt, ...outcome })
    this.#parts.onDelivery?.(outcome.error === null, outcome.durationMs)
    if (outcome.error === null) this.#succeeded()
    else this.#failed(outcome)
    return outcome
  }

  async #openSecrets(): Promise<readonly WebhookSecret[]> {
    const { sealedSecrets: sealed } = this.#webhook
    if (this.#secrets?.sealed !== sealed) {
      this.#secrets = { sealed, opened: await openWebhookSecrets(this.#parts.keys, this.#webhook, sealed) }
    }
    return this.#secrets.opened
  }

  #succeeded(): void {
    const wasFailing = this.#isFailing
    this.#failures = 0
    this.#failingSince = null
    if (wasFailing) this.#chains.hurry(this.#parts.clock())
  }

  #failed({ status, error, retryAfterMs }: Outcome): void {
    const now = this.#parts.clock()
    this.#quietUntil = Math.max(this.#quietUntil, now + Math.min(retryAfterMs, this.#parts.schedule.mostMs))
    this.#failures += 1
    this.#failingSince ??= now
    if (status === GONE) this.#pauseFor('The receiver answered 410: it is gone')
    else if (now - this.#failingSince >= this.#parts.schedule.giveUpMs) {
      this.#pauseFor(`Nothing was delivered since ${formatInstant(this.#failingSince)}. The last try: ${String(error)}`)
    }
  }

  #pauseFor(reason: string): void {
    const { clientId, endpointId } = this.#webhook
    this.#pausedReason = reason
    this.#parts.logger.warn({ clientId, endpointId, reason }, 'a webhook is paused, because nothing can be delivered')
  }

  /** Makes a message that failed pending, and those of its call that come after it. */
  #putOff(message: Waiting, { error }: Outcome): void {
    const { clock, schedule } = this.#parts
    const now = clock()
    const attempts = message.attempts + 1
    const firstAt = message.firstAt ?? now
    // An endpoint that is paused sends it when it goes on.
    const isParked = now - firstAt >= schedule.giveUpMs && this.#pausedReason === null
    const nextAt = now + retryDelay(schedule, attempts, Math.random())
    const { sequence, sessionId } = message
    this.#pend({ sequence, sessionId, attempts, firstAt, nextAt, isParked, change: null })
    if (isParked) {
      const { clientId, endpointId } = this.#webhook
      this.#parts.logger.warn({ clientId, endpointId, sequence, error }, 'a message of a webhook is given up')
    }
    for (const later of this.#chains.unload(sessionId)) this.#pend(later)
    if (!isParked) this.#chains.put({ ...message, attempts, firstAt, nextAt, change: null }, now)
  }

  #pend(message: Waiting): void {
    this.#open.delete(message.sequence)
    this.#unsaved.pend(message)
  }

  async #saveWhenDue(): Promise<void> {
    const { clock, timing } = this.#parts
    const now = clock()
    const { position, quotaTold, failingSince } = this.#webhook
    const isSaved =
      this.#unsaved.isEmpty &&
      position === this.#position &&
      quotaTold === this.#quota.told &&
      failingSince === this.#failingSince
    const isRenewalDue = this.#leaseEnds - now < timing.leaseMs * (1 - RENEW_AFTER)
    if ((!isSaved && now - this.#savedAt >= timing.tickMs) || isRenewalDue || this.#isStale)
      await this.#save(now + timing.leaseMs)
  }

  async #save(ends: number): Promise<void> {
    const { storage, clock, owner } = this.#parts
    const { clientId, endpointId, changes } = this.#webhook
    const { pending, settled, deliveries } = this.#unsaved
    const now = clock()
    this.#unsaved = new Unsaved()
    const webhook = await storage.saveWebhookProgress(clientId, endpointId, {
      lease: { owner, now, ends },
      changes,
      position: this.#position,
      nextAt: this.#chains.nextAt(),
      failingSince: this.#failingSince,
      quotaTold: this.#quota.told,
      pending,
      settled,
      deliveries,
      pausedReason: this.#pausedReason,
    })
    this.#savedAt = now
    this.#isStale = false
    if (webhook === null) {
      this.#isLost = true
      return
    }
    this.#leaseEnds = ends
    this.#webhook = webhook
    this.#quota.webhook = webhook
    if (webhook.changes === changes) return
    this.#failingSince = webhook.failingSince
    await this.#loadPending()
  }

  /** What is delivered meanwhile, and not saved so, is there no more. */
  async #loadPending(): Promise<readonly PendingMessage[]> {
    const { storage, clock } = this.#parts
    const { clientId, endpointId } = this.#webhook
    const now = clock()
    const pending = await storage.pendingMessages(clientId, endpointId)
    for (const message of pending) {
      if (!this.#unsaved.hasSettled(message.sequence)) this.#chains.put({ ...message, change: null }, now)
    }
    return pending
  }

  /** Waits until something happens, or until the next look at what is due. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer)
        this.#onWake = null
        this.#isAwake = false
        resolve()
      }
      const timer = setTimeout(goOn, this.#isAwake ? 0 : this.#parts.timing.tickMs)
      this.#onWake = goOn
    })
  }

  #wakeUp(): void {
    this.#isAwake = true
    this.#onWake?.()
  }

  /** Waits for what is under way, for a while; then cuts it off. */
  async #drain(): Promise<void> {
    const cut = setTimeout(() => {
      this.#aborting.abort()
      this.#wakeUp()
    }, this.#parts.timing.graceMs)
    while (this.#hasUnderWay && !this.#aborting.signal.aborted) await this.#pause()
    clearTimeout(cut)
  }
}
