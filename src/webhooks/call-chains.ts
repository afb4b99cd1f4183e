/** Messages that wait to be sent to one endpoint. Those of one call are sent one after the other, in the order of their sequences. */
import type { CallChange } from '../storage/port/changes.js'
import type { PendingMessage } from '../storage/port/webhooks.js'

export interface Waiting extends PendingMessage {
  /** What it tells. Null: it is in the store as pending, and its change is read again when it is sent. */
  readonly change: CallChange | null
}

export class CallChains {
  /** Messages that wait, by call: in the order of their sequences. */
  readonly #chains = new Map<string, Waiting[]>()
  /** Messages that are under way, by call. */
  readonly #underWay = new Map<string, Waiting>()
  /** Calls whose first message can be sent now, in the order in which they came to be so. */
  readonly #ready = new Set<string>()
  #waiting = 0

  /** Messages that wait. */
  get waiting(): number {
    return this.#waiting
  }

  get underWay(): number {
    return this.#underWay.size
  }

  get hasReady(): boolean {
    return this.#ready.size > 0
  }

  /** Whether a message of the call failed, and the next try is not due. */
  isHeld(sessionId: string, now: number): boolean {
    const first = this.#chains.get(sessionId)?.[0]
    return first !== undefined && first.nextAt > now && !this.#underWay.has(sessionId)
  }

  /** Adds a message. One of the same sequence takes its place, unless that is under way: then it stays so. */
  put(message: Waiting, now: number): void {
    const { sessionId, sequence } = message
    if (this.#underWay.get(sessionId)?.sequence === sequence) return
    const chain = this.#chains.get(sessionId) ?? []
    const later = chain.findIndex((other) => other.sequence >= sequence)
    const at = later === -1 ? chain.length : later
    const replaced = chain[at]?.sequence === sequence ? 1 : 0
    chain.splice(at, replaced, message)
    this.#waiting += 1 - replaced
    this.#chains.set(sessionId, chain)
    this.#consider(sessionId, now)
  }

  /** Takes the next message that can be sent: its call has one under way until `end`. */
  take(): Waiting | null {
    const [sessionId] = this.#ready
    if (sessionId === undefined) return null
    this.#ready.delete(sessionId)
    const chain = this.#chains.get(sessionId) as Waiting[]
    const message = chain.shift() as Waiting
    if (chain.length === 0) this.#chains.delete(sessionId)
    this.#waiting -= 1
    this.#underWay.set(sessionId, message)
    return message
  }

  /** The message of a call that was under way is so no more. */
  end(sessionId: string, now: number): void {
    this.#underWay.delete(sessionId)
    this.#consider(sessionId, now)
  }

  /** Lets go of what the waiting messages of a call tell. @returns those that are not in the store */
  unload(sessionId: string): readonly Waiting[] {
    const chain = this.#chains.get(sessionId) ?? []
    const loaded = chain.filter(({ change }) => change !== null)
    if (loaded.length > 0) {
      this.#chains.set(
        sessionId,
        chain.map((message) => ({ ...message, change: null })),
      )
    }
    return loaded
  }

  /** Finds the calls whose next try has come to be due. */
  awake(now: number): void {
    for (const sessionId of this.#chains.keys()) this.#consider(sessionId, now)
  }

  /** Makes every message due. */
  hurry(now: number): void {
    for (const [sessionId, chain] of this.#chains) {
      this.#chains.set(
        sessionId,
        chain.map((message) => ({ ...message, nextAt: Math.min(message.nextAt, now) })),
      )
    }
    this.awake(now)
  }

  /** When the next of those that are in the store is due; null when there is none. */
  nextAt(): number | null {
    const due = [...this.#chains.values()].flatMap(([first]) => (first?.change === null ? first.nextAt : []))
    return due.length === 0 ? null : due.reduce((least, at) => Math.min(least, at))
  }

  #consider(sessionId: string, now: number): void {
    const first = this.#chains.get(sessionId)?.[0]
    const isReady = first !== undefined && first.nextAt <= now && !this.#underWay.has(sessionId)
    if (isReady) this.#ready.add(sessionId)
    else this.#ready.delete(sessionId)
  }
}
