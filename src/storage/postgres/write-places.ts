/**
 * Connections that writes may hold at once: fewer than there are. A write may hold one for long, because its commit waits for a
 * standby that is gone, or a statement for somebody's lock. Reads have the rest.
 */
import { StorageUnavailable } from '../errors.js'

export class WritePlaces {
  readonly #patienceMs: number
  readonly #waiting = new Set<() => void>()
  #free: number

  /** @param patienceMs how long a write waits for a place */
  constructor(places: number, patienceMs: number) {
    this.#free = places
    this.#patienceMs = patienceMs
  }

  /** Writes that wait for a place. */
  get waiting(): number {
    return this.#waiting.size
  }

  /**
   * Waits for a place.
   * @returns what gives it back, to be called once
   * @throws StorageUnavailable when none was free in time
   */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1
    else await this.#turn()
    return () => {
      this.#giveBack()
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(late)
        resolve()
      }
      const late = setTimeout(() => {
        this.#waiting.delete(go)
        reject(new StorageUnavailable('all connections that writes may hold are in use'))
      }, this.#patienceMs)
      this.#waiting.add(go)
    })
  }

  /** The place goes to the write that has waited longest. */
  #giveBack(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#free += 1
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
