import type { CallChange } from '../storage/port/changes.js'
import type { PendingMessage } from '../storage/port/webhooks.js'
import { CallChains, type Waiting } from './call-chains.js'
import type { Unsaved } from './unsaved.js'

/**
 * What one endpoint has yet to be sent, of all that was read. What a sender promises is kept here:
 *
 * - **In order, one a call.** A message is taken when those of its call before it are delivered or given up, and none of them is under
 *   way: see `CallChains`. One that failed holds up those after it.
 * - **At least once.** A message is waiting or under way until it is settled, and no failure settles it. `position`, which is saved,
 *   never passes a change that is neither settled nor pending, and what is pending is saved with it. So whoever claims the endpoint
 *   next, after any crash, finds every message behind the position or among the pending ones. It sends again what was delivered
 *   and not saved so.
 * - **Pending at once.** When a message fails, it and those of its call after it become pending, so that one call holds up neither the
 *   position nor the others.
 */
export class Outbox {
  readonly #chains = new CallChains()
  readonly #unsaved: Unsaved
  /** Sequences of changes that were read and are neither settled nor pending, in their order. */
  readonly #open = new Set<number>()
  /** Sequences of pending messages that lie beyond what the sender before had saved as read: they are read again, and not taken twice. */
  readonly #ahead: Set<number>
  #readTo: number

  /**
   * @param position what was saved last
   * @param pending what was pending then
   */
  constructor(unsaved: Unsaved, position: number, pending: readonly PendingMessage[], now: number) {
    this.#unsaved = unsaved
    this.#readTo = position
    this.#ahead = new Set(pending.map(({ sequence }) => sequence).filter((sequence) => sequence > position))
    this.restore(pending, now)
  }

  /** All changes up to it have been read. */
  get readTo(): number {
    return this.#readTo
  }

  /** All changes up to it are settled or pending. */
  get position(): number {
    const [first] = this.#open
    return first === undefined ? this.#readTo : first - 1
  }

  /** Changes that are neither settled nor pending. */
  get open(): number {
    return this.#open.size
  }

  /** Messages that wait. */
  get waiting(): number {
    return this.#chains.waiting
  }

  get underWay(): number {
    return this.#chains.underWay
  }

  get hasReady(): boolean {
    return this.#chains.hasReady
  }

  /** When the next pending message is due; null when there is none. */
  nextAt(): number | null {
    return this.#chains.nextAt()
  }

  /** Takes in what is pending in the store, but for what was settled since. */
  restore(pending: readonly PendingMessage[], now: number): void {
    for (const message of pending) {
      if (!this.#unsaved.hasSettled(message.sequence)) this.#chains.put({ ...message, change: null }, now)
    }
  }

  /** Takes in a change that was read and is wanted. */
  add(change: CallChange, now: number): void {
    const { sequence, call } = change
    if (this.#ahead.delete(sequence)) return
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

  /** Every change up to a sequence was read: those that are wanted were added. */
  hasRead(sequence: number): void {
    this.#readTo = sequence
  }

  /** Finds the messages that have come to be due. */
  awake(now: number): void {
    this.#chains.awake(now)
  }

  /** Makes every message due. */
  hurry(now: number): void {
    this.#chains.hurry(now)
  }

  /** Takes the next message that can be sent: it is under way until it is settled or put off. */
  take(): Waiting | null {
    return this.#chains.take()
  }

  /** A message is delivered, or tells of nothing that is wanted any more. */
  settle({ sequence, sessionId, change }: Waiting, now: number): void {
    this.#chains.end(sessionId, now)
    this.#open.delete(sequence)
    if (change === null) this.#unsaved.settle(sequence)
  }

  /**
   * Makes a message that failed pending, and those of its call that come after it.
   * @param tried what the failure changed of it. One that is parked waits no more
   */
  putOff(message: Waiting, tried: Omit<PendingMessage, 'sequence' | 'sessionId'>, now: number): void {
    const { sequence, sessionId } = message
    const failed = { sequence, sessionId, ...tried, change: null }
    this.#chains.end(sessionId, now)
    this.#pend(failed)
    for (const later of this.#chains.unload(sessionId)) this.#pend(later)
    if (!tried.isParked) this.#chains.put(failed, now)
  }

  #pend(message: Waiting): void {
    this.#open.delete(message.sequence)
    this.#unsaved.pend(message)
  }
}
