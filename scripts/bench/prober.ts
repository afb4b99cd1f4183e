import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { get } from './requests.js'

const PAUSE_MS = 10

interface Target {
  readonly port: number
  readonly path: string
  readonly apiKey: string
}

export interface Probed {
  readonly latenciesMs: readonly number[]
  /** Requests without an answer of status 200. */
  readonly failed: number
}

/** Asks for one thing after another in a thread of its own, because the thread that loads a server is late itself. */
export class Prober {
  readonly #worker: Worker

  constructor(target: Target) {
    this.#worker = new Worker(new URL(import.meta.url), { workerData: target })
  }

  /** @throws Error when the thread has failed */
  stop(): Promise<Probed> {
    return new Promise((resolve, reject) => {
      this.#worker.once('message', resolve).once('error', reject)
      this.#worker.postMessage('stop')
    })
  }
}

async function probe({ port, path, apiKey }: Target): Promise<Probed> {
  const over = new AbortController()
  parentPort?.once('message', () => {
    over.abort()
  })
  const latenciesMs: number[] = []
  let failed = 0
  while (!over.signal.aborted) {
    const start = performance.now()
    try {
      await get(port, path, apiKey)
      latenciesMs.push(performance.now() - start)
    } catch {
      failed += 1
    }
    await wait(PAUSE_MS)
  }
  return { latenciesMs, failed }
}

if (!isMainThread) {
  const probed = await probe(workerData as Target)
  parentPort?.postMessage(probed)
  // Kept connections would hold the thread.
  process.exit()
}
