/** A receiver of webhooks that verifies signatures by itself, from the text of the Standard Webhooks specification. */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

/** What becomes of a request: a status, no answer, a broken connection, or a redirect to the receiver itself. */
export type Treatment = number | 'hang' | 'drop' | 'redirect'

interface Received {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: Record<string, unknown>
  /** Of a change. */
  readonly sequence: number
  readonly sessionId: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly treatment: Treatment
}

/** A message that is being received. */
interface UnderWay {
  readonly sessionId: string
  /** When another message of its call came meanwhile. */
  overtakenAt: number | null
}

/** How much later than the next message it may be heard that its sender had given one up: they have a connection each. */
const NEWS_MS = 100

export class WebhookReceiver {
  /** Every request, in the order in which it came. */
  readonly received: Received[] = []
  /** What was wrong: signatures, and messages of one call at once. */
  readonly faults: string[] = []
  /** How the next request is treated; 204 unless told. */
  treat: (message: Omit<Received, 'treatment'>) => Treatment = () => 204
  /** What messages must be signed with; null does not look. */
  secret: string | null = null
  answer = 'thanks'
  /** What a failure asks for, as the header says it. */
  retryAfter: string | null = null
  url = ''
  mostAtOnce = 0
  /** Paths that were asked for. */
  readonly paths = new Set<string>()
  readonly #underWay = new Set<UnderWay>()
  readonly #server = createServer((request, response) => void this.#take(request, response))

  static async start(t: Test): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver()
    await receiver.listen()
    t.teardown(() => receiver.stop())
    return receiver
  }

  /** @param port the one that it had before, unless it is new */
  async listen(port = 0): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/hook?token=receivers-own`
  }

  /** Nothing listens there any more. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  /** Those that it said it had received. */
  get accepted(): readonly Received[] {
    return this.received.filter(({ treatment }) => typeof treatment === 'number' && treatment < 300)
  }

  /** Calls of which an accepted message came before an earlier one that had never been accepted. */
  get outOfOrder(): string[] {
    const last = new Map<string, number>()
    const seen = new Set<string>()
    const wrong: string[] = []
    for (const { id, sessionId, sequence } of this.accepted) {
      if (seen.has(id)) continue
      seen.add(id)
      if (sequence < (last.get(sessionId) ?? 0)) wrong.push(`${sessionId}: ${String(sequence)}`)
      last.set(sessionId, sequence)
    }
    return wrong
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.paths.add(String(request.url))
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    const { type, timestamp, data } = JSON.parse(body) as Pick<Received, 'type' | 'timestamp' | 'data'>
    const { sequence = 0, call } = data as { sequence?: number; call?: { sessionId: string } }
    const sessionId = call?.sessionId ?? ''
    const { headers } = request
    const message = { id: String(headers['webhook-id']), type, timestamp, data, sequence, sessionId, headers, body }
    const treatment = this.treat(message)
    this.received.push({ ...message, treatment })
    if (this.secret !== null && !isSigned(message, this.secret)) this.faults.push(`${message.id} is not signed`)
    const underWay = this.#begin(sessionId)
    response.once('close', () => {
      this.#end(underWay, response.writableEnded || treatment === 'drop')
    })
    // What is sent at once to one call shows only while one of them waits.
    await new Promise((resolve) => setImmediate(resolve))
    if (treatment === 'drop') request.socket.destroy()
    else if (treatment === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end()
    else if (treatment !== 'hang') {
      const isRefusal = treatment >= 400 && this.retryAfter !== null
      response.writeHead(treatment, isRefusal ? { 'retry-after': this.retryAfter as string } : {})
      response.end(treatment === 204 ? undefined : this.answer)
    }
  }

  #begin(sessionId: string): UnderWay {
    const begun: UnderWay = { sessionId, overtakenAt: null }
    if (sessionId !== '') {
      for (const one of this.#underWay) if (one.sessionId === sessionId) one.overtakenAt ??= performance.now()
    }
    this.#underWay.add(begun)
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay.size)
    return begun
  }

  #end(ended: UnderWay, byReceiver: boolean): void {
    this.#underWay.delete(ended)
    const { sessionId, overtakenAt } = ended
    if (overtakenAt === null) return
    const wasGivenUp = !byReceiver && performance.now() - overtakenAt < NEWS_MS
    if (!wasGivenUp) this.faults.push(`${sessionId} has several messages under way`)
  }
}

/** Whether one of a message's signatures was made with a secret. */
export function isSigned({ headers, body }: Pick<Received, 'headers' | 'body'>, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const signature = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(signature)
}
