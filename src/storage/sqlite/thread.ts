/** A storage thread, as seen from the event loop. */
import { Worker } from 'node:worker_threads'
import { StorageUnavailable } from '../errors.js'
import type { SlowStatement } from '../figures.js'
import type { BuiltPage } from '../sql/session.js'
import type { CommitFigures } from './writer.js'
import type { Answer, Kind, Notice, ThreadSettings, WireError } from './wire.js'

/** `worker.ts`, bundled by scripts/bundle-threads.mjs. */
const WORKER = new URL('../../../threads/worker.js', import.meta.url)

/** A thread that needs more has a fault: it ends, with its requests, and the process goes on. */
const HEAP_MB = 512
/**
 * Room for what lives shortly. What a batch is made of lives until it is answered: room for it among the young spares copying
 * it around. What a reader makes is gone with its answer, and every thread keeps what it once took.
 */
const YOUNG_MB = { writer: 64, reader: 8, checkpointer: 1 }

/** How long to wait before a thread that ended is replaced. */
const RESTART_MS = 200

interface ThreadEvents {
  /** Something went wrong that an operator should know of. */
  trouble(sentence: string): void
  /** The writer has committed. */
  committed?(figures: CommitFigures): void
  /** A statement took longer than `slowMs`. */
  slow?(statement: SlowStatement): void
  /** A reader has built pages. */
  built?(pages: readonly BuiltPage[]): void
  /** The thread is new, and may be asked. */
  ready?(): void
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

function errorOf({ unavailable, outcomeOpen, message }: WireError): Error {
  return unavailable ? new StorageUnavailable(message, { outcomeOpen }) : new Error(message)
}

export class StorageThread {
  readonly #settings: ThreadSettings
  readonly #events: ThreadEvents
  readonly #pending = new Map<number, Pending>()
  #worker: Worker
  #exited: Promise<void>
  #lastId = 0
  #state: 'running' | 'gone' | 'closed' = 'running'
  #behindSince: number | null = null

  private constructor(settings: ThreadSettings, events: ThreadEvents) {
    this.#settings = settings
    this.#events = events
    ;[this.#worker, this.#exited] = this.#spawn()
  }

  /**
   * Starts a thread on a database file; a writer creates and migrates it. A thread that dies is replaced: its requests fail,
   * and the process goes on.
   * @throws StorageUnavailable when the file cannot be opened
   */
  static async start(settings: ThreadSettings, events: ThreadEvents): Promise<StorageThread> {
    const thread = new StorageThread(settings, events)
    try {
      await thread.#started()
      return thread
    } catch (error) {
      // One that never started is not replaced.
      thread.#state = 'closed'
      await thread.#exited
      throw error
    }
  }

  /** As of the writer's last answer. */
  get behindSince(): number | null {
    return this.#behindSince
  }

  get isRunning(): boolean {
    return this.#state === 'running'
  }

  /** @param body text that follows the request's head as it is */
  request(kind: Kind, body = ''): Promise<unknown> {
    if (this.#state !== 'running') {
      const why = this.#state === 'closed' ? 'the store is closed' : 'the storage thread is being replaced'
      return Promise.reject(new StorageUnavailable(why))
    }
    const id = (this.#lastId += 1)
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#worker.postMessage(`{"id":${String(id)},"kind":"${kind}"}\n${body}`)
    })
  }

  /** Hands pages to the writer, who keeps them. */
  keep(pages: readonly BuiltPage[]): void {
    if (this.#state === 'running') this.#worker.postMessage(pages)
  }

  /** Resolves when the thread has ended. */
  async close(): Promise<void> {
    if (this.#state === 'running') {
      const closed = this.request('close')
      this.#state = 'closed'
      await closed
    }
    this.#state = 'closed'
    await this.#exited
  }

  #spawn(): [Worker, Promise<void>] {
    const worker = new Worker(WORKER, {
      workerData: this.#settings,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB[this.#settings.role] },
    })
    worker.on('message', (message: string | Notice | BuiltPage[]) => {
      if (typeof message === 'string') this.#receive(message)
      else if (Array.isArray(message)) this.#events.built?.(message)
      else if ('trouble' in message) this.#events.trouble(message.trouble)
      else if ('slow' in message) this.#events.slow?.(message.slow)
      else this.#events.committed?.(message.committed)
    })
    // Told by the end that follows it.
    let cause = ''
    worker.on('error', (error: unknown) => (cause = `: ${(error as Error).message}`))
    const exited = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        const lost = new StorageUnavailable('the storage thread is gone', { outcomeOpen: true })
        for (const { reject } of this.#pending.values()) reject(lost)
        this.#pending.clear()
        if (this.#state === 'running') this.#replace(cause)
        resolve()
      })
    })
    return [worker, exited]
  }

  #started(): Promise<unknown> {
    return new Promise((resolve, reject) => this.#pending.set(0, { resolve, reject }))
  }

  #receive(text: string): void {
    const answer = JSON.parse(text) as Answer
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    this.#behindSince = answer.behindSince
    if ('error' in answer) pending?.reject(errorOf(answer.error))
    else pending?.resolve(answer.value)
  }

  #replace(cause: string): void {
    this.#state = 'gone'
    this.#events.trouble(`A storage thread (${this.#settings.role}) ended${cause}. Another takes its place.`)
    setTimeout(() => {
      if (this.#state === 'closed') return
      ;[this.#worker, this.#exited] = this.#spawn()
      this.#started().then(
        () => {
          if (this.#state === 'gone') this.#state = 'running'
          this.#events.ready?.()
        },
        (error: unknown) => {
          if (this.#state === 'gone') this.#replace(`: ${(error as Error).message}`)
        },
      )
    }, RESTART_MS).unref()
  }
}
