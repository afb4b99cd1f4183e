import { setTimeout } from 'node:timers/promises'
import { retentionStart } from '../core/retention.js'
import type { Storage } from '../storage/port.js'

/** Events and calls in one transaction: few enough that recording hardly notices waiting for it. */
const BATCH_ROWS = 500
/** Between two transactions, so that what waits to be recorded goes first. */
const PAUSE_MS = 50
const SWEEP_EVERY_MS = 60 * 60 * 1000

export interface RetentionOptions {
  readonly storage: Storage
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly logger: {
    info(details: object, message: string): void
    warn(details: object, message: string): void
  }
  /** Waits; rejects when told to stop. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Does not keep the process from ending. */
function pauseQuietly(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { ref: false, signal })
}

/**
 * Drops what clients no longer want kept, a little at a time, every hour. Any number of processes may do so: batches of one
 * client take turns, and who comes second finds less to do.
 */
export class RetentionService {
  readonly #storage: Storage
  readonly #clock: () => number
  readonly #logger: RetentionOptions['logger']
  readonly #pause: NonNullable<RetentionOptions['pause']>
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor({ storage, clock, logger, pause = pauseQuietly }: RetentionOptions) {
    this.#storage = storage
    this.#clock = clock
    this.#logger = logger
    this.#pause = pause
  }

  /** Sweeps now, and every hour from then on. */
  start(): void {
    this.#running = this.#run()
  }

  /** Resolves when the batch that was running is done, and the store may be closed. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#sweep().catch((error: unknown) => {
        if (!signal.aborted) this.#logger.warn({ err: error }, 'retention failed; it will be tried again in an hour')
      })
      await this.#pause(SWEEP_EVERY_MS, signal).catch(() => undefined)
    }
  }

  async #sweep(): Promise<void> {
    for (const { clientId, timezone, retentionMonths } of await this.#storage.allClients()) {
      if (retentionMonths === null) continue
      const instant = retentionStart(timezone, retentionMonths, this.#clock())
      let rows = 0
      for (;;) {
        const dropped = await this.#storage.dropBefore(clientId, instant, BATCH_ROWS)
        if (dropped === 0) break
        rows += dropped
        await this.#pause(PAUSE_MS, this.#stopping.signal)
      }
      if (rows > 0) this.#logger.info({ clientId, rows, before: instant }, 'dropped what is no longer kept')
    }
  }
}
