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
  /** With those that are about to be. */
  readonly #threads = new Set<Promise<StorageThread>>()
  /** Those that were started, in that order, and those of them that read. */
  readonly #all: StorageThread[] = []
  readonly #busy = new Set<StorageThread>()
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
    readers.#all.push(await readers.#another())
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
        this.#busy.delete(thread)
      }
    } finally {
      release()
    }
  }

  /** The first that is free: what was read lately is remembered by the thread that read it, and found there when it is asked for again. */
  async #takeFree(): Promise<StorageThread> {
    // Whoever comes late would start one that nobody ends.
    if (this.#isClosed) throw new StorageUnavailable('the store is closed')
    const free = this.#all.filter((thread) => !this.#busy.has(thread))
    let thread = free.find(({ isRunning }) => isRunning)
    if (thread === undefined && this.#threads.size < this.#options.most) {
      thread = await this.#another()
      this.#all.push(thread)
    }
    // One that is being replaced answers nobody: it is taken only when there is no other.
    thread ??= free[0] as StorageThread
    this.#busy.add(thread)
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
