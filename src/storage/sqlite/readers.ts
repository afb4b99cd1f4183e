/** The threads that read: a request goes to whoever is free. Another is started when all are busy, up to a number. */
import { StorageUnavailable } from '../errors.js'
import { FairTurns } from '../fair-turns.js'
import type { StoreFigures } from '../figures.js'
import { askerOf, needOf, type ReadMethod } from '../sql/methods.js'
import type { StorageThread } from './thread.js'

interface ReaderOptions {
  /** How many there may be. */
  readonly most: number
  /** @throws StorageUnavailable when none can be started */
  readonly start: () => Promise<StorageThread>
}

export class Readers {
  /** Those that were started, and those that are about to be. */
  readonly #threads = new Set<Promise<StorageThread>>()
  readonly #free: StorageThread[] = []
  readonly #turns: FairTurns
  readonly #options: ReaderOptions
  #isClosed = false

  private constructor(options: ReaderOptions) {
    this.#options = options
    // A read that takes long leaves a thread to those that do not.
    this.#turns = new FairTurns({ all: options.most, long: options.most - 1 })
  }

  /** With a first one. @throws StorageUnavailable when it cannot be started */
  static async open(options: ReaderOptions): Promise<Readers> {
    const readers = new Readers(options)
    readers.#free.push(await readers.#another())
    return readers
  }

  /** @throws StorageBusy when too many reads wait */
  async call(method: ReadMethod, args: readonly unknown[]): Promise<unknown> {
    const release = await this.#turns.take(needOf(method), askerOf(args))
    try {
      const thread = await this.#takeFree()
      try {
        return await thread.request('method', JSON.stringify([method, args]))
      } finally {
        this.#free.push(thread)
      }
    } finally {
      release()
    }
  }

  async #takeFree(): Promise<StorageThread> {
    // Whoever comes late would start one that nobody ends.
    if (this.#isClosed) throw new StorageUnavailable('the store is closed')
    const at = this.#free.findIndex((thread) => thread.isRunning)
    if (at < 0 && this.#threads.size < this.#options.most) return this.#another()
    // One that is being replaced answers nobody: it is taken only when there is no other.
    const [thread] = this.#free.splice(Math.max(at, 0), 1) as [StorageThread]
    return thread
  }

  async #another(): Promise<StorageThread> {
    const starting = this.#options.start()
    this.#threads.add(starting)
    try {
      return await starting
    } catch (error) {
      this.#threads.delete(starting)
      throw error
    }
  }

  get figures(): StoreFigures['reads'] {
    return this.#turns.figures
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled([...this.#threads].map(async (starting) => (await starting).close()))
  }
}
