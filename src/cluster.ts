/** Several server processes that share one port, and the primary process that keeps them going. */
import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { isWelcome, type Welcome } from './welcome.js'

/** How long to wait before a worker that ended is replaced; doubled each time that another ends soon after. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
/** When none ended for this long, the next end is taken for a first one. */
const STEADY_MS = 30_000

/**
 * Workers that serve together. Changes among them, at start, after a death and on a restart, are made one after the
 * other, so that there is never more than one too many.
 */
export class Workers {
  readonly #count: number
  readonly #logger: FastifyBaseLogger
  /** Each with the promise of its end. */
  readonly #running = new Map<Worker, Promise<unknown>>()
  readonly #serving = new Set<Worker>()
  readonly #stop = new AbortController()
  #changes: Promise<unknown> = Promise.resolve()
  #pauseMs = FIRST_PAUSE_MS
  #lastPauseAt = -Infinity

  constructor(count: number, logger: FastifyBaseLogger) {
    this.#count = count
    this.#logger = logger
  }

  /**
   * Starts one worker, which prepares the database and finds out what keeps a server from starting, and then the others.
   * @returns what the first worker says when it is ready
   * @throws Error when the first one ends instead; it has said why
   */
  start(): Promise<Welcome> {
    return this.#change(async () => {
      const welcome = await this.#startOne()
      await Promise.allSettled(Array.from({ length: this.#count - 1 }, () => this.#startOne()))
      void this.#change(() => this.#fill())
      return welcome
    })
  }

  /** Replaces the workers one by one: each is told to end when another serves in its place. */
  async restart(): Promise<void> {
    this.#logger.info('restarting the server processes, one after the other')
    try {
      await this.#change(async () => {
        for (const worker of [...this.#serving]) {
          await this.#startOne()
          await this.#end(worker)
        }
      })
      this.#logger.info('all server processes are new')
    } catch (error) {
      this.#logger.error({ err: error }, 'the restart is given up: the other server processes go on as they are')
    }
  }

  /** Ends all workers: each finishes what it accepted. Resolves when they are gone. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await Promise.all([...this.#running.keys()].map((worker) => this.#end(worker)))
    await this.#changes
  }

  #change<T>(make: () => Promise<T>): Promise<T> {
    const change = this.#changes.then(make)
    this.#changes = change.catch(() => undefined)
    return change
  }

  /** A worker says a welcome when it is ready; its other messages are of its figures. */
  async #startOne(): Promise<Welcome> {
    this.#stop.signal.throwIfAborted()
    const worker = cluster.fork()
    this.#running.set(worker, once(worker, 'exit'))
    return new Promise((resolve, reject) => {
      worker.on('message', (message: object) => {
        if (!isWelcome(message)) return
        this.#serving.add(worker)
        resolve(message)
      })
      worker.once('exit', (code: number | null, signal: string | null) => {
        this.#running.delete(worker)
        reject(new Error('a server process ended before it was ready'))
        if (!this.#serving.delete(worker)) return
        this.#logger.error({ worker: worker.process.pid, code, signal }, 'a server process ended: starting another')
        void this.#change(() => this.#fill())
      })
    })
  }

  async #end(worker: Worker): Promise<void> {
    this.#serving.delete(worker)
    worker.process.kill('SIGTERM')
    await this.#running.get(worker)
  }

  async #fill(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted && this.#serving.size < this.#count) {
      try {
        await sleep(this.#nextPauseMs(), null, { signal })
        await this.#startOne()
      } catch (error) {
        this.#logger.error({ err: error }, 'no server process could be started in place of one that ended')
      }
    }
  }

  #nextPauseMs(): number {
    const now = performance.now()
    const steady = now - this.#lastPauseAt > STEADY_MS
    this.#lastPauseAt = now
    this.#pauseMs = steady ? FIRST_PAUSE_MS : Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
    return this.#pauseMs
  }
}
