/** A server of the drill: at one address however often it is started, watched as Prometheus watches it. */
import type { Test } from 'tap'
import { DEMO_KEY } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { freePort } from '../helpers/postgres-server.js'
import { runRibbon } from '../helpers/ribbon.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { scratchFolder } from '../helpers/storage.js'
import { walkLogs } from '../helpers/stored.js'
import type { Place } from './runbook.js'

/** Generous, because tests run beside others. */
export const PATIENCE_MS = 60_000

interface Answer {
  readonly status: number
  readonly body: string
}

type Environment = Readonly<Record<string, string>>

export class DrilledServer {
  readonly folder: string
  readonly env: Environment
  /** Ids of the events that were acknowledged. */
  readonly acknowledged: string[] = []
  server: ServerProcess
  readonly #t: Test
  readonly #before: string[] = []
  #sent = 0

  private constructor(t: Test, folder: string, env: Environment) {
    this.#t = t
    this.folder = folder
    this.env = env
    this.server = new ServerProcess(t, env)
  }

  static async start(t: Test, more: Environment = {}): Promise<DrilledServer> {
    const env = {
      ...(await serverEnv(t, 'sqlite')),
      PORT: String(await freePort()),
      METRICS_PORT: String(await freePort()),
      ...more,
    }
    const drilled = new DrilledServer(t, await scratchFolder(t), env)
    await drilled.serves()
    return drilled
  }

  get origin(): string {
    return `http://127.0.0.1:${String(this.env['PORT'])}`
  }

  /** What all of its processes have logged so far. */
  get log(): string {
    return [...this.#before, this.server.stdout, this.server.stderr].join('')
  }

  get place(): Place {
    return { folder: this.folder, origin: this.origin, env: this.env, log: () => this.log }
  }

  /** Resolves when it says that it is ready. */
  async serves(): Promise<void> {
    await eventually(PATIENCE_MS, 'being ready', () => this.server.stdout.includes('ready at '))
    await eventually(PATIENCE_MS, 'showing figures', () => this.server.stdout.includes('metrics are at '))
  }

  /** Ends it, and resolves when it is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.server.child.kill(signal)
    await this.server.exited
  }

  /** Starts it again. @param more other settings than before */
  startAgain(more: Environment = {}): void {
    this.#before.push(this.server.stdout, this.server.stderr)
    this.server = new ServerProcess(this.#t, { ...this.env, ...more })
  }

  readonly scrape = async (): Promise<string> =>
    (await fetch(`http://127.0.0.1:${String(this.env['METRICS_PORT'])}/metrics`)).text()

  /** Runs a command beside the server. @returns what it wrote */
  async ribbon(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runRibbon(args, this.env)
    if (code !== 0) throw new Error(stderr)
    return stdout
  }

  async ready(): Promise<Answer> {
    const answer = await fetch(`${this.origin}/health/ready`)
    return { status: answer.status, body: await answer.text() }
  }

  /** Logs an event of a call of its own. */
  async send(): Promise<Answer> {
    this.#sent += 1
    const answer = await this.#send(this.#sent)
    this.#note(answer)
    return answer
  }

  /** Sends all events once more, as those who have them do: what is there is answered as it was, and what is not is new. */
  async sendAgain(): Promise<void> {
    this.acknowledged.length = 0
    for (let n = 1; n <= this.#sent; n++) this.#note(await this.#send(n))
  }

  #note(answer: Answer): void {
    if (answer.status === 200) this.acknowledged.push((JSON.parse(answer.body) as { logId: string }).logId)
  }

  async #send(n: number): Promise<Answer> {
    const event = { apiKey: DEMO_KEY, event: 'connected', data: { callSid: `CA${String(n)}` } }
    const answer = await fetch(`${this.origin}/api/ribbon/log-call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...event, timestamp: new Date(Date.UTC(2025, 9, 12) + n * 1000) }),
    })
    return { status: answer.status, body: await answer.text() }
  }

  async sendMany(events: number): Promise<void> {
    for (let n = 0; n < events; n++) await this.send()
  }

  /** Ids of events that were acknowledged and are not there, and of those that are there twice. */
  async lost(): Promise<readonly string[]> {
    const stored = (await walkLogs(this.origin)).logs.map(({ logId }) => logId)
    const once = new Set(stored)
    return [...this.acknowledged.filter((id) => !once.has(id)), ...stored.filter((id, at) => stored.indexOf(id) !== at)]
  }
}
