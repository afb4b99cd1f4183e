import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { eventually } from './deadline.js'
import { freePort } from './postgres-server.js'

const START_MS = 10_000

/** A real Redis of the test's own, which can be stopped, started again and made to hang. It is gone when the test ends. */
export class RedisServer {
  readonly url: string
  readonly #port: number
  #process: ChildProcess | null = null

  private constructor(port: number) {
    this.#port = port
    this.url = `redis://127.0.0.1:${String(port)}`
  }

  static async start(t: Test): Promise<RedisServer> {
    const server = new RedisServer(await freePort())
    await server.start()
    t.teardown(() => server.stop())
    return server
  }

  /** @throws Error saying how to install it, when there is none */
  async start(): Promise<void> {
    const args = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const child = spawn('redis-server', args, { stdio: 'ignore' })
    this.#process = child
    await once(child, 'spawn').catch((cause: unknown) => {
      throw new Error('This test needs a Redis server. Install it: apt-get install redis-server', { cause })
    })
    await eventually(START_MS, 'starting Redis', () => this.#answers())
  }

  /** Ends it at once, with all that it counted. */
  async stop(): Promise<void> {
    const child = this.#process
    this.#process = null
    if (child === null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** Leaves connections open and answers nothing, until told to go on. */
  hang(): void {
    this.#process?.kill('SIGSTOP')
  }

  goOn(): void {
    this.#process?.kill('SIGCONT')
  }

  async #answers(): Promise<boolean> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null })
    redis.on('error', () => undefined)
    const answer = await redis.connect().then(
      () => true,
      () => false,
    )
    redis.disconnect()
    return answer
  }
}
