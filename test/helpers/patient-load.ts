import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { type Answer, CONNECTIONS, type LoggedEvent, post } from './load.js'

const RETRY_MS = 50

/** Two events of each call, a second apart. */
export const eventOf = (i: number): LoggedEvent => ({
  event: i % 2 === 0 ? 'connected' : 'callEnded',
  data: { callSid: `CA${String(Math.floor(i / 2))}`, duration: 60 },
  timestamp: new Date(Date.UTC(2025, 9, 12) + i * 1000).toISOString(),
})

/** Callers that do as they are told: on a 503 they send the same event again, to the next server. */
export class PatientLoad {
  readonly acknowledged: string[] = []
  readonly refusals: Answer[] = []
  readonly finished: Promise<void>
  /** The longest time, in milliseconds, in which nobody heard of a success. */
  longestSilence = 0
  #next = 0
  #heardAt = performance.now()

  constructor(origins: readonly string[], events: number) {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
    const work = Array.from({ length: CONNECTIONS }, (_, i) => this.#call(origins, events, agent, i))
    this.finished = Promise.all(work).then(() => {
      agent.destroy()
    })
  }

  async #call(origins: readonly string[], events: number, agent: Agent, caller: number): Promise<void> {
    let attempt = caller
    for (let i = this.#next++; i < events; i = this.#next++) {
      for (;;) {
        const origin = origins[attempt++ % origins.length] as string
        const answer = await post(`${origin}/api/ribbon/log-call`, eventOf(i), agent)
        if (answer.status === 200) {
          this.#acknowledge((JSON.parse(answer.body) as { logId: string }).logId)
          break
        }
        this.refusals.push(answer)
        await sleep(RETRY_MS)
      }
    }
  }

  #acknowledge(logId: string): void {
    const now = performance.now()
    this.longestSilence = Math.max(this.longestSilence, now - this.#heardAt)
    this.#heardAt = now
    this.acknowledged.push(logId)
  }

  /** Nobody heard of anything but a success, or of a 503 that says when to try again. */
  checkRefusals(t: Test): void {
    for (const { status, headers, body } of this.refusals) {
      if (status === 503 && headers['retry-after'] === '1' && /"code":"(unavailable|outcome_open)"/.test(body)) continue
      t.fail('only a 503 with Retry-After is heard meanwhile', { status, headers, body })
    }
  }
}
