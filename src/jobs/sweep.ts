import { setTimeout } from 'node:timers/promises'
import type { ClientListing } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { everyClient } from '../clients/every-client.js'

export interface SweepOptions {
  /** What is being done, for the log. */
  readonly name: string
  readonly storage: Storage
  readonly everyMs: number
  /** Work for one client; it may say how many rows it removed or made. It may pause; a pause rejects when the sweep is told to stop, which the signal says too. */
  readonly work: (client: ClientListing, pause: (ms: number) => Promise<void>, signal: AbortSignal) => Promise<unknown>
  readonly logger: { warn(details: object, message: string): void }
  /** Waits; rejects when told to stop. */
  readonly pause?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined
  /** Hears of each sweep that came to its end. */
  readonly onEnd?: ((end: SweepEnd) => void) | undefined
}

export interface SweepEnd {
  readonly name: string
  /** Whether it failed for a client, or for all of them. */
  readonly failed: boolean
  readonly rows: number
}

/** Rows in one transaction: few enough that recording hardly notices waiting for it. */
const BATCH_ROWS = 25
/** Between two transactions, so that what waits to be recorded goes first: at least so long, and so many times as long as one took. */
const PAUSE_MS = 50
const PAUSE_TIMES = 9

/**
 * Removes rows a batch at a time, with a pause after each, until none are left.
 * @param remove removes up to `limit` rows, and tells how many went
 * @returns how many rows went in all
 */
export async function removeInBatches(
  remove: (limit: number) => Promise<number>,
  wait: (ms: number) => Promise<void>,
): Promise<number> {
  let rows = 0
  for (;;) {
    const begunAt = performance.now()
    const removed = await remove(BATCH_ROWS)
    const tookMs = performance.now() - begunAt
    if (removed === 0) return rows
    rows += removed
    await wait(Math.max(PAUSE_MS, PAUSE_TIMES * tookMs))
  }
}

/** Does not keep the process from ending. */
function pauseQuietly(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { ref: false, signal })
}

/** Work that is done for every client now and then. What fails for one client does not keep it from the others. */
export class Sweep {
  readonly #options: SweepOptions
  readonly #stopping = new AbortController()
  readonly #pause: (ms: number) => Promise<void>
  #running: Promise<void> = Promise.resolve()
  /** Of the sweep that is under way. */
  #rows = 0
  #failures = 0

  constructor(options: SweepOptions) {
    this.#options = options
    const pause = options.pause ?? pauseQuietly
    this.#pause = (ms) => pause(ms, this.#stopping.signal)
  }

  /** Sweeps now, and again and again from then on. */
  start(): void {
    this.#running = this.#run()
  }

  /** Resolves when what was being done is over, and the store may be closed. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#rows = 0
      this.#failures = 0
      await this.#sweep().catch((error: unknown) => {
        this.#warn(error, {})
      })
      this.#tellEnd()
      await this.#pause(this.#options.everyMs).catch(() => undefined)
    }
  }

  #tellEnd(): void {
    if (this.#stopping.signal.aborted) return
    const { name, onEnd } = this.#options
    onEnd?.({ name, failed: this.#failures > 0, rows: this.#rows })
  }

  async #sweep(): Promise<void> {
    const { signal } = this.#stopping
    for await (const client of everyClient(this.#options.storage)) {
      if (signal.aborted) return
      const done = await this.#options.work(client, this.#pause, signal).catch((error: unknown) => {
        this.#warn(error, { clientId: client.clientId })
      })
      if (typeof done === 'number') this.#rows += done
    }
  }

  #warn(error: unknown, details: object): void {
    if (this.#stopping.signal.aborted) return
    this.#failures += 1
    this.#options.logger.warn({ err: error, ...details }, `${this.#options.name} failed; it will be tried again`)
  }
}
