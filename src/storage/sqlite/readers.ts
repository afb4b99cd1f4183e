/** The threads that read: a request goes to whoever is free. */
import { FairTurns } from '../fair-turns.js'
import type { StoreFigures } from '../figures.js'
import { askerOf, needOf, type ReadMethod } from '../sql/methods.js'
import type { StorageThread } from './thread.js'

export class Readers {
  readonly #threads: readonly StorageThread[]
  readonly #free: StorageThread[]
  readonly #turns: FairTurns

  constructor(threads: readonly StorageThread[]) {
    this.#threads = threads
    this.#free = [...threads]
    // A read that takes long leaves a thread to those that do not.
    this.#turns = new FairTurns({ all: threads.length, long: threads.length - 1 })
  }

  /** @throws StorageBusy when too many reads wait */
  async call(method: ReadMethod, args: readonly unknown[]): Promise<unknown> {
    const release = await this.#turns.take(needOf(method), askerOf(args))
    // One that is being replaced answers nobody: it is taken only when there is no other.
    const at = Math.max(
      this.#free.findIndex((thread) => thread.isRunning),
      0,
    )
    const [thread] = this.#free.splice(at, 1) as [StorageThread]
    try {
      return await thread.request('method', JSON.stringify([method, args]))
    } finally {
      this.#free.push(thread)
      release()
    }
  }

  get figures(): StoreFigures['reads'] {
    return this.#turns.figures
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }
}
