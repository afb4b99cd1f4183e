import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { ADMIN_TOKEN } from './app.js'
import { within } from './deadline.js'
import { DEFAULT_ENGINE, scratchUrl } from './storage.js'

const SERVER = fileURLToPath(new URL('../../src/server.js', import.meta.url))
/** Generous, because several tests start servers at once. */
const START_MS = 30_000

/** Most tests that start servers are about more than lines of code: coverage would take half a second of each process. */
const UNCOVERED = { NODE_V8_COVERAGE: '' }
/** The environment of servers whose lines count, as the test’s own do. */
export const COVERED = { NODE_V8_COVERAGE: process.env['NODE_V8_COVERAGE'] ?? '' }

interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** The server as a process of its own, as `npm start` runs it. It is gone when the test ends. */
export class ServerProcess {
  readonly child: ChildProcess
  readonly env: Readonly<Record<string, string>>
  readonly exited: Promise<Exit>
  stdout = ''
  stderr = ''

  /** @param wrapper a command that runs the server, such as strace with its options */
  constructor(t: Test, env: Readonly<Record<string, string>>, wrapper: readonly string[] = []) {
    this.env = env
    const [command, ...args] = [...wrapper, process.execPath, SERVER]
    this.child = spawn(command, args, {
      env: { ...process.env, ...UNCOVERED, NODE_ENV: 'test', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child.stdout?.on('data', (text) => (this.stdout += String(text)))
    this.child.stderr?.on('data', (text) => (this.stderr += String(text)))
    this.exited = once(this.child, 'close').then((parts) => {
      const [code, signal] = parts as [Exit['code'], Exit['signal']]
      return { code, signal }
    })
    t.teardown(async () => {
      this.child.kill('SIGKILL')
      await this.exited
    })
  }

  /** @returns the base URL, once the server is ready. @throws Error when it is not in time */
  async ready(ms = START_MS): Promise<string> {
    const url = await within(ms, 'starting the server', Promise.race([this.#announced(), this.#failed()]))
    const { status } = await fetch(`${url}/health/ready`)
    if (status !== 200) throw new Error(`the server announced itself and is not ready: ${String(status)}`)
    return url
  }

  async #announced(): Promise<string> {
    for (;;) {
      const url = /ready at (http:\/\/[^\s,]+)/.exec(this.stdout)?.[1]
      if (url !== undefined) return url
      await once(this.child.stdout ?? this.child, 'data')
    }
  }

  async #failed(): Promise<never> {
    const { code, signal } = await this.exited
    throw new Error(`the server ended before it was ready: ${String(code ?? signal)}\n${this.stderr}`)
  }
}

/** The environment of a server on a new database of the test's own: any free port, no rate limit. */
export async function serverEnv(t: Test, engine = DEFAULT_ENGINE): Promise<Record<string, string>> {
  return {
    DATABASE_URL: await scratchUrl(t, engine),
    SECRETS_KEY: Buffer.alloc(32).toString('base64'),
    PORT: '0',
    RATE_LIMIT_MAX: '0',
    ADMIN_TOKEN,
    DEMO: 'on',
  }
}
