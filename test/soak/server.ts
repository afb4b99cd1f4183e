/** A server that is restarted, killed and left without a disk or a database, always at one address. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Test } from 'tap'
import { eventually } from '../helpers/deadline.js'
import { freePort, startPostgres, type PostgresServer } from '../helpers/postgres-server.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import type { EngineName } from '../helpers/storage.js'

const READY_MS = 60_000
const WITHOUT_DISK_MS = 3_000
const WITHOUT_DATABASE_MS = 2_000

export class SoakedServer {
  readonly #t: Test
  readonly #env: Readonly<Record<string, string>>
  readonly #postgres: PostgresServer | null
  #server: ServerProcess

  private constructor(t: Test, env: Readonly<Record<string, string>>, postgres: PostgresServer | null) {
    this.#t = t
    this.#env = env
    this.#postgres = postgres
    this.#server = new ServerProcess(t, env)
  }

  /** On PostgreSQL with one of its own, which is killed as well. */
  static async start(t: Test, engine: EngineName): Promise<SoakedServer> {
    const postgres = engine === 'sqlite' ? null : await startPostgres()
    if (postgres !== null) t.teardown(() => postgres.stop())
    const env = {
      ...(await serverEnv(t, 'sqlite')),
      PORT: String(await freePort()),
      LOG_LEVEL: 'error',
      WEBHOOK_ALLOW_PRIVATE: 'on',
      ...(postgres !== null && { DATABASE_URL: postgres.url }),
    }
    const soaked = new SoakedServer(t, env, postgres)
    await soaked.#answers()
    return soaked
  }

  get origin(): string {
    return `http://127.0.0.1:${String(this.#env['PORT'])}`
  }

  get databaseUrl(): string {
    return String(this.#env['DATABASE_URL'])
  }

  get pid(): number {
    return Number(this.#server.child.pid)
  }

  async #answers(): Promise<void> {
    await eventually(READY_MS, 'being ready', async () => {
      const answer = await fetch(`${this.origin}/health/ready`).catch(() => null)
      return answer?.ok === true
    })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#server.child.kill(signal)
    await this.#server.exited
    this.#server = new ServerProcess(this.#t, this.#env)
    await this.#answers()
  }

  /** What may happen to it, by name. Each resolves when it is over. */
  get disturbances(): Readonly<Record<string, () => Promise<void>>> {
    const postgres = this.#postgres
    return {
      restart: () => this.#end('SIGTERM'),
      'kill -9': () => this.#end('SIGKILL'),
      ...(postgres === null
        ? { 'full disk': () => this.#fillDisk() }
        : {
            'PostgreSQL killed': async () => {
              await postgres.crash()
              await wait(WITHOUT_DATABASE_MS)
              await postgres.restart()
              await this.#answers()
            },
          }),
    }
  }

  /** The kernel says for a while that there is no space: strace puts the errors in, and lets go again. */
  async #fillDisk(): Promise<void> {
    const calls = 'pwrite64,fallocate,ftruncate'
    const strace = spawn(
      'strace',
      [
        '-f',
        '-qq',
        '-o',
        '/dev/null',
        '-e',
        `trace=${calls}`,
        '-e',
        `inject=${calls}:error=ENOSPC`,
        '-p',
        String(this.pid),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    let complaint = ''
    strace.stderr.on('data', (text) => {
      complaint += String(text)
    })
    const ended = once(strace, 'exit')
    await wait(WITHOUT_DISK_MS)
    if (strace.exitCode !== null) throw new Error(`strace cannot fail the disk: ${complaint}`)
    strace.kill('SIGINT')
    await ended
    await this.#answers()
  }
}
