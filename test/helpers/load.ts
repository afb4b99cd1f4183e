import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { DEMO_KEY } from './app.js'

/** The state of the art of a busy morning: many ribbons, each sending its next event when the last was answered. */
export const CONNECTIONS = 64

export interface LoggedEvent {
  readonly event: string
  readonly data: { readonly callSid: string; readonly [member: string]: string | number }
  readonly timestamp: string
}

interface Acknowledged {
  readonly logId: string
  readonly callSid: string
  readonly event: string
}

/** Logs events over many connections at once, until told to stop or nobody answers any more. */
export class Load {
  readonly acknowledged: Acknowledged[] = []
  /** Answers that were neither a 2xx nor the 503 of a server that shuts down. */
  readonly refused: string[] = []
  readonly finished: Promise<void>
  readonly #url: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  readonly #onAcknowledged: (count: number) => void

  /**
   * @param prefix of every `callSid`, so that rounds on one database do not meet
   * @param onAcknowledged hears how many events were acknowledged so far, each time one more was
   */
  constructor(url: string, prefix: string, onAcknowledged: (count: number) => void) {
    this.#url = url
    this.#onAcknowledged = onAcknowledged
    const workers = Array.from({ length: CONNECTIONS }, (_, i) => this.#work(`${prefix}-${String(i)}`))
    this.finished = Promise.all(workers).then(() => {
      this.#agent.destroy()
    })
  }

  async #work(prefix: string): Promise<void> {
    for (let call = 0; ; call++) {
      for (const event of eventsOfCall(`${prefix}-${String(call)}`, call)) {
        if (!(await this.#log(event))) return
      }
    }
  }

  /** @returns whether to go on */
  async #log(event: LoggedEvent): Promise<boolean> {
    const answer = await post(`${this.#url}/api/ribbon/log-call`, event, this.#agent).catch(() => null)
    if (answer === null || answer.status === 503) return false
    if (answer.status !== 200) {
      this.refused.push(answer.body)
      return false
    }
    const { logId } = JSON.parse(answer.body) as { logId: string }
    this.acknowledged.push({ logId, callSid: event.data.callSid, event: event.event })
    this.#onAcknowledged(this.acknowledged.length)
    return true
  }
}

/** Every third call stays in progress, every second of the others is inbound. */
function eventsOfCall(callSid: string, call: number): LoggedEvent[] {
  const callDirection = call % 2 === 0 ? 'inbound' : 'outbound'
  const data = { callSid, callDirection }
  const connected = { event: 'connected', data, timestamp: new Date().toISOString() }
  if (call % 3 === 0) return [connected]
  const duration = (call * 37) % 400
  return [connected, { event: 'callEnded', data: { ...data, duration }, timestamp: new Date().toISOString() }]
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One POST of JSON with the demo key. Rejects when the connection breaks before the answer is whole. */
export function post(url: string, body: object, agent: Agent): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'x-api-key': DEMO_KEY }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      read(response).then((text) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
      }, reject)
    })
    sent.on('error', reject).end(JSON.stringify(body))
  })
}

async function read(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return text
}
