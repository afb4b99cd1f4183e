/** The threads that read: a request goes to whoever is free. */
import { StorageBusy } from '../errors.js'
import { needOf, type Method } from '../sql/methods.js'
import type { StorageThread } from './thread.js'

/** Reads that may wait. More means that they come faster than they can be answered. */
const MOST_WAITING = 2_000

interface Waiting {
  readonly body: string
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** In the order in which they are served. */
const NEEDS = ['look-up', 'read', 'scan'] as const

export class Readers {
  readonly #threads: readonly StorageThread[]
  readonly #free: StorageThread[]
  readonly #waiting = { 'look-up': [] as Waiting[], read: [] as Waiting[], scan: [] as Waiting[] }
  #scans = 0

  constructor(threads: readonly StorageThread[]) {
    this.#threads = threads
    this.#free = [...threads]
  }

  call(method: Method, args: readonly unknown[]): Promise<unknown> {
    const need = needOf(method) as (typeof NEEDS)[number]
    const waiting = this.#waiting[need]
    if (waiting.length >= MOST_WAITING) return Promise.reject(new StorageBusy('too many reads wait'))
    return new Promise((resolve, reject) => {
      waiting.push({ body: JSON.stringify([method, args]), resolve, reject })
      this.#serve()
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }

  #serve(): void {
    for (const need of NEEDS) {
      // A read that takes long leaves a thread to those that do not.
      while (this.#free.length > 0 && (need !== 'scan' || this.#scans < this.#threads.length - 1)) {
        const next = this.#waiting[need].shift()
        if (next === undefined) break
        void this.#run(next, need)
      }
    }
  }

  async #run({ body, resolve, reject }: Waiting, need: (typeof NEEDS)[number]): Promise<void> {
    // One that is being replaced answers nobody: it is taken only when there is no other.
    const at = Math.max(
      this.#free.findIndex((thread) => thread.isRunning),
      0,
    )
    const [thread] = this.#free.splice(at, 1) as [StorageThread]
    if (need === 'scan') this.#scans += 1
    try {
      resolve(await thread.request('method', body))
    } catch (error) {
      reject(error)
    } finally {
      if (need === 'scan') this.#scans -= 1
      this.#free.push(thread)
      this.#serve()
    }
  }
}
