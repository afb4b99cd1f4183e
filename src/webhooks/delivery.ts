/** One message to one endpoint: signed, to an address that is checked, without redirects, and bounded in time and length. */
import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { retryAfterMs } from '../core/retry-after.js'
import { LIMITS } from '../core/limits.js'
import { publicLookup } from '../public-addresses.js'
import { traced } from '../tracing.js'
import { VERSION } from '../version.js'
import { type Message, signedHeaders } from './messages.js'
import { urlFault } from './urls.js'

/** What became of it. */
export interface Outcome {
  readonly at: number
  readonly durationMs: number
  /** HTTP status; null when no answer came. */
  readonly status: number | null
  /** Null when it was delivered. */
  readonly error: string | null
  /** The first characters of the answer. */
  readonly answer: string
  /** How long a receiver that failed asks to be left alone. */
  readonly retryAfterMs: number
}

/** What the server says itself, and what a receiver did. */
type Answered = Omit<Outcome, 'at' | 'durationMs'>

interface DeliveryOptions {
  /** Whether messages may go to addresses that are not public, and without encryption. */
  readonly allowPrivate: boolean
  readonly timeoutMs: number
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/** Bytes of an answer that are read, so that its connection can be used again. */
const MOST_ANSWER_BYTES = 64 * 1024
const MOST_HEADER_BYTES = 16 * 1024
/** Connections that wait for the next message. */
const KEPT_CONNECTIONS = 10

/** Sends messages to one endpoint, over connections that are kept. */
export class Delivery {
  readonly #options: DeliveryOptions
  readonly #plain = new PlainAgent({ keepAlive: true, maxFreeSockets: KEPT_CONNECTIONS })
  readonly #encrypted = new TlsAgent({ keepAlive: true, maxFreeSockets: KEPT_CONNECTIONS })

  constructor(options: DeliveryOptions) {
    this.#options = options
  }

  /** @returns what became of it: it never fails otherwise */
  async send(url: string, message: Message, secrets: readonly string[], signal?: AbortSignal): Promise<Outcome> {
    const at = this.#options.clock()
    const startedAt = performance.now()
    // What may be asked can have changed since the endpoint was made.
    const fault = urlFault(url, this.#options.allowPrivate)
    const answered =
      fault === null
        ? await traced('deliver a webhook message', { 'webhook.type': message.type }, async ({ headers, note }) => {
            const signed = { ...signedHeaders(message, secrets, at), ...headers }
            const answered = await this.#request(new URL(url), message, signed, signal)
            note({ 'http.response.status_code': answered.status ?? 0 })
            return answered
          })
        : unanswered(`the address ${fault}`)
    return { at, durationMs: Math.round(performance.now() - startedAt), ...answered }
  }

  close(): void {
    this.#plain.destroy()
    this.#encrypted.destroy()
  }

  #request(
    url: URL,
    { body }: Message,
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<Answered> {
    const { allowPrivate, timeoutMs } = this.#options
    const isEncrypted = url.protocol === 'https:'
    return new Promise((resolve) => {
      const sent = (isEncrypted ? tlsRequest : plainRequest)(url, {
        method: 'POST',
        agent: isEncrypted ? this.#encrypted : this.#plain,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': `exotel-call-ribbon-api/${VERSION}`,
          ...headers,
        },
        maxHeaderSize: MOST_HEADER_BYTES,
        ...(!allowPrivate && { lookup: publicLookup }),
        ...(signal && { signal }),
      })
      const patience = setTimeout(
        () => sent.destroy(new Error(`there was no answer within ${String(timeoutMs / 1000)} s`)),
        timeoutMs,
      )
      sent.once('close', () => {
        clearTimeout(patience)
      })
      let isAnswered = false
      sent.once('response', (response) => {
        isAnswered = true
        void beginningOf(response).then((answer) => {
          const status = response.statusCode as number
          const asked = retryAfterMs(response.headers['retry-after'], this.#options.clock()) ?? 0
          resolve({ status, error: errorOf(status), answer, retryAfterMs: asked })
        })
      })
      sent.on('error', ({ message }) => {
        // Once an answer has begun, its status counts.
        if (!isAnswered) resolve(unanswered(message))
      })
      sent.end(body)
    })
  }
}

function unanswered(error: string): Answered {
  return { status: null, error, answer: '', retryAfterMs: 0 }
}

function errorOf(status: number): string | null {
  if (status >= 200 && status < 300) return null
  const why = status >= 300 && status < 400 ? ': redirects are not followed' : ''
  return `it answered ${String(status)}${why}`
}

/** The first characters of an answer, of which no more than so many bytes are read; what came of it when it breaks off. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (bytes < LIMITS.webhookAnswerLength) chunks.push(chunk)
      bytes += chunk.length
      if (bytes > MOST_ANSWER_BYTES) break
    }
  } catch {
    // Its status has come, and that is what counts.
  }
  // No store keeps NUL.
  return Buffer.concat(chunks).subarray(0, LIMITS.webhookAnswerLength).toString('utf8').replaceAll('\0', '\uFFFD')
}
