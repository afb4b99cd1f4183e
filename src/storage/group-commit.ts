/**
 * Group commit: while one batch commits, arriving events wait; the next batch takes them all. There is no timer, so an
 * idle store commits an event at once and a busy one shares each flush to disk among as many events as wait for it.
 */
import { StorageBusy, StorageUnavailable } from './errors.js'
import type { NewEvent, RecordOutcome } from './port.js'

export interface GroupCommitOptions {
  /** Commits events together: all or, when it rejects, none. One outcome per event, in order. */
  readonly commit: (events: readonly NewEvent[]) => Promise<readonly RecordOutcome[]>
  /** Events of one lane commit in order, one batch at a time; lanes do not wait for each other. */
  readonly laneOf: (event: NewEvent) => string
  /** Most events in one batch. */
  readonly maxBatch: number
  /** Most events that may wait, over all lanes; beyond it they are turned away. */
  readonly maxQueued: number
}

interface Waiting {
  readonly event: NewEvent
  readonly resolve: (outcome: RecordOutcome) => void
  readonly reject: (error: unknown) => void
}

export class GroupCommit {
  readonly #options: GroupCommitOptions
  readonly #lanes = new Map<string, Waiting[]>()
  #queued = 0
  #running = new Set<Promise<void>>()
  #closed = false

  constructor(options: GroupCommitOptions) {
    this.#options = options
  }

  /**
   * @returns the event's outcome, once it is durable
   * @throws StorageBusy when too many events wait
   */
  record(event: NewEvent): Promise<RecordOutcome> {
    if (this.#closed) return Promise.reject(new StorageUnavailable('the store is closing'))
    if (this.#queued >= this.#options.maxQueued) return Promise.reject(new StorageBusy('too many events wait'))
    this.#queued += 1
    return new Promise((resolve, reject) => {
      const waiting = { event, resolve, reject }
      const lane = this.#options.laneOf(event)
      const queue = this.#lanes.get(lane)
      if (queue !== undefined) {
        queue.push(waiting)
        return
      }
      const started = [waiting]
      this.#lanes.set(lane, started)
      const running = this.#runLane(lane, started)
      this.#running.add(running)
      void running.finally(() => this.#running.delete(running))
    })
  }

  /** Takes no more events and resolves when all that were accepted are answered. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#running)
  }

  async #runLane(lane: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, this.#options.maxBatch)
      await this.#commit(batch)
      this.#queued -= batch.length
    }
    this.#lanes.delete(lane)
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#options.commit(batch.map(({ event }) => event))
      batch.forEach(({ resolve }, i) => {
        resolve(outcomes[i] as RecordOutcome)
      })
    } catch (error) {
      // An event that cannot be recorded fails alone; a store that cannot be used fails all.
      if (batch.length > 1 && !(error instanceof StorageUnavailable)) {
        for (const one of batch) await this.#commit([one])
        return
      }
      for (const { reject } of batch) reject(error)
    }
  }
}
