import type { NewDelivery, PendingMessage, WebhookProgress } from '../storage/port/webhooks.js'

/** What a sender has done and not said to the store yet. */
export class Unsaved {
  readonly #pending = new Map<number, PendingMessage>()
  readonly #settled = new Set<number>()
  #deliveries: NewDelivery[] = []

  get isEmpty(): boolean {
    return this.#pending.size === 0 && this.#settled.size === 0 && this.#deliveries.length === 0
  }

  hasSettled(sequence: number): boolean {
    return this.#settled.has(sequence)
  }

  pend({ sequence, sessionId, attempts, firstAt, nextAt, isParked }: PendingMessage): void {
    this.#settled.delete(sequence)
    this.#pending.set(sequence, { sequence, sessionId, attempts, firstAt, nextAt, isParked })
  }

  /** It is delivered, or tells of nothing any more. */
  settle(sequence: number): void {
    this.#pending.delete(sequence)
    this.#settled.add(sequence)
  }

  note(delivery: NewDelivery): void {
    this.#deliveries.push(delivery)
  }

  /** All of it, to be said now. */
  take(): Pick<WebhookProgress, 'pending' | 'settled' | 'deliveries'> {
    const taken = { pending: [...this.#pending.values()], settled: [...this.#settled], deliveries: this.#deliveries }
    this.#pending.clear()
    this.#settled.clear()
    this.#deliveries = []
    return taken
  }
}
