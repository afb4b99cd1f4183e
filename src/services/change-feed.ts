/** Wakes those who follow the changes of clients' calls. What has changed they read from the store: nothing is lost with a wake-up. */
import type { Storage } from '../storage/port/storage.js'

/** Whoever follows a client reads at most so often: events of a burst are read together. */
const WAKE_EVERY_MS = 50
/** For what nobody told: by another process on an embedded store, or while the connection that tells is broken. */
const ASK_EVERY_MS = 1000

interface Followed {
  readonly wakes: Set<() => void>
  /** Sequence of the client's last event when it was asked for; null until then. */
  sequence: number | null
}

export class ChangeFeed {
  readonly #storage: Pick<Storage, 'onRecorded' | 'allLastSequences'>
  readonly #followed = new Map<string, Followed>()
  #waking = new Set<string>()
  #pause: NodeJS.Timeout | null = null
  #stop: (() => void) | null = null

  constructor(storage: Pick<Storage, 'onRecorded' | 'allLastSequences'>) {
    this.#storage = storage
  }

  /**
   * @param wake is called soon after events were recorded for the client, by any process; at times for nothing
   * @returns stops it
   */
  follow(clientId: string, wake: () => void): () => void {
    const followed = this.#followed.get(clientId) ?? { wakes: new Set(), sequence: null }
    this.#followed.set(clientId, followed)
    // A function of its own, so that one that follows twice stops once.
    const own = (): void => {
      wake()
    }
    followed.wakes.add(own)
    this.#stop ??= this.#start()
    return () => {
      followed.wakes.delete(own)
      if (followed.wakes.size === 0 && this.#followed.get(clientId) === followed) this.#followed.delete(clientId)
      if (this.#followed.size > 0) return
      this.#stop?.()
      this.#stop = null
    }
  }

  #start(): () => void {
    const stopListening = this.#storage.onRecorded((clientId) => {
      this.#wake(clientId)
    })
    let asking: Promise<void> | null = null
    const timer = setInterval(() => {
      asking ??= this.#ask().finally(() => {
        asking = null
      })
    }, ASK_EVERY_MS).unref()
    return () => {
      stopListening()
      clearInterval(timer)
      if (this.#pause !== null) clearTimeout(this.#pause)
      this.#pause = null
      this.#waking.clear()
    }
  }

  /** A store that does not answer now is asked again. */
  async #ask(): Promise<void> {
    const all = await this.#storage.allLastSequences([...this.#followed.keys()]).catch(() => [])
    for (const { clientId, sequence } of all) {
      const followed = this.#followed.get(clientId)
      if (followed === undefined || followed.sequence === sequence) continue
      followed.sequence = sequence
      this.#wake(clientId)
    }
  }

  #wake(clientId: string): void {
    if (!this.#followed.has(clientId)) return
    this.#waking.add(clientId)
    if (this.#pause === null) this.#wakeAll()
  }

  #wakeAll(): void {
    const waking = this.#waking
    this.#waking = new Set()
    this.#pause = null
    if (waking.size === 0) return
    this.#pause = setTimeout(() => {
      this.#wakeAll()
    }, WAKE_EVERY_MS).unref()
    for (const clientId of waking) for (const wake of this.#followed.get(clientId)?.wakes ?? []) wake()
  }
}
