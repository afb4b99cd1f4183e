/** A storage thread, as seen from the event loop. */
import { Worker } from 'node:worker_threads'
import type { Call } from '../../core/call.js'
import { StorageUnavailable } from '../errors.js'
import type { CallMethod, Runner } from '../grouped-storage.js'
import type { SqlStorage } from '../sql/sql-storage.js'
import type { Answer, RequestBody, WireError } from './wire.js'
import type { WorkerSettings } from './worker.js'

/** What a writer gathers lives until the commit: room for it among the young spares copying it around. Twice the default. */
const WRITER_YOUNG_MB = 96

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

function errorOf({ unavailable, message }: WireError): Error {
  return unavailable ? new StorageUnavailable(message) : new Error(message)
}

export class RemoteStorage implements Runner {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #exited: Promise<void>
  #lastId = 0
  #closing = false
  #committed: Promise<unknown> | null = null

  private constructor(settings: WorkerSettings) {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: settings,
      ...(!settings.readonly && { resourceLimits: { maxYoungGenerationSizeMb: WRITER_YOUNG_MB } }),
    })
    this.#worker.on('message', (text: string) => {
      const answer = JSON.parse(text) as Answer
      const pending = this.#pending.get(answer.id)
      this.#pending.delete(answer.id)
      if ('error' in answer) pending?.reject(errorOf(answer.error))
      else pending?.resolve(answer.value)
    })
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        for (const { reject } of this.#pending.values()) reject(new StorageUnavailable('the storage thread is gone'))
        this.#pending.clear()
        this.#closing = true
        resolve()
      })
    })
  }

  /**
   * Starts a thread on a database file; a writer creates and migrates it. An exception that escapes the thread is not
   * handled here: it ends the process, because a store whose writer died can promise nothing.
   * @throws StorageUnavailable when the file cannot be opened
   */
  static async start(settings: WorkerSettings): Promise<RemoteStorage> {
    const remote = new RemoteStorage(settings)
    await new Promise((resolve, reject) => remote.#pending.set(0, { resolve, reject }))
    return remote
  }

  call<M extends CallMethod>(method: M, ...args: Parameters<SqlStorage[M]>): ReturnType<SqlStorage[M]> {
    const answer = method === 'recordBatch' ? this.#record(args[0]) : this.#send({ kind: 'call', method, args })
    return answer as ReturnType<SqlStorage[M]>
  }

  /** Of a writer: resolves when every connection sees what was recorded. Those who ask together share one commit. */
  commit(): Promise<unknown> {
    this.#committed ??= this.#send({ kind: 'commit' }).catch((error: unknown) => {
      this.#committed = null
      throw error
    })
    return this.#committed
  }

  async #record(events: unknown): Promise<unknown> {
    const outcomes = await this.#send({ kind: 'record' }, `\n${JSON.stringify(events)}`)
    this.#committed = null
    return outcomes
  }

  async *exportCalls(...args: Parameters<SqlStorage['exportCalls']>): AsyncGenerator<readonly Call[], void, undefined> {
    const stream = this.#lastId + 1
    await this.#send({ kind: 'open', args })
    try {
      for (;;) {
        const chunk = (await this.#send({ kind: 'next', stream })) as readonly Call[] | null
        if (chunk === null) return
        yield chunk
      }
    } finally {
      await this.#send({ kind: 'leave', stream })
    }
  }

  /** Resolves when the thread has ended. */
  async close(): Promise<void> {
    if (!this.#closing) {
      const closed = this.#send({ kind: 'call', method: 'close', args: [] })
      this.#closing = true
      await closed
    }
    await this.#exited
  }

  /** Ends the thread at once, as a crash would. */
  async terminate(): Promise<void> {
    await this.#worker.terminate()
  }

  #send(request: RequestBody, body = ''): Promise<unknown> {
    if (this.#closing) return Promise.reject(new StorageUnavailable('the store is closed'))
    const id = (this.#lastId += 1)
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#worker.postMessage(JSON.stringify({ ...request, id }) + body)
    })
  }
}
