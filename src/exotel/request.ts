/** One HTTP request to Exotel, on a connection of its own, to a host that is fixed: no redirect is followed. */
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { publicLookup } from '../public-addresses.js'
import { traced } from '../tracing.js'

/** How long it may take. Milliseconds. */
export interface Timing {
  /** Until there is a connection, encrypted where it has to be. */
  readonly connectMs: number
  /** Until the answer begins. */
  readonly answerMs: number
  /** Between one part of an answer and the next. */
  readonly idleMs: number
  /** Until the answer is over. */
  readonly totalMs: number
}

export interface Outgoing {
  readonly url: URL
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether the host may be at any address, because whoever runs this server named it. */
  readonly anyAddress: boolean
  readonly timing: Timing
  readonly signal?: AbortSignal | undefined
}

/** Bytes of headers that an answer may have. */
const MOST_HEADER_BYTES = 16 * 1024

/** No answer came. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
  /** Whether any of the request can have arrived: if not, nothing came of it. */
  readonly mayHaveArrived: boolean

  constructor(message: string, mayHaveArrived: boolean, cause: unknown) {
    super(message, { cause })
    this.mayHaveArrived = mayHaveArrived
  }
}

/**
 * Sends a request.
 * @returns the answer as soon as its headers are there; it fails when its body is not over in time
 * @throws Unanswered
 */
export function send(outgoing: Outgoing): Promise<IncomingMessage> {
  const { url, method = 'GET', headers } = outgoing
  const attributes = { 'http.request.method': method, 'server.address': url.hostname }
  return traced('ask Exotel', attributes, async (span) => {
    const answer = await sendOnce({ ...outgoing, headers: { ...headers, ...span.headers } })
    span.note({ 'http.response.status_code': answer.statusCode as number })
    return answer
  })
}

function sendOnce({ url, method = 'GET', headers = {}, body, anyAddress, timing, signal }: Outgoing) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const isEncrypted = url.protocol === 'https:'
    let isConnected = false
    const sent = (isEncrypted ? tlsRequest : plainRequest)(url, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      // A connection of its own: on one that is kept, nobody could tell whether a request has arrived.
      agent: false,
      maxHeaderSize: MOST_HEADER_BYTES,
      ...(!anyAddress && { lookup: publicLookup }),
      ...(signal && { signal }),
    })
    const within = (ms: number, what: string): NodeJS.Timeout =>
      setTimeout(() => sent.destroy(new Error(`${what} within ${String(ms)} ms`)), ms)
    const total = within(timing.totalMs, 'the answer was not over')
    let next = within(timing.connectMs, 'there was no connection')
    sent.once('socket', (socket) => {
      // Nothing of a request is written before: not on a connection that is not there, nor before it is encrypted.
      socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
        isConnected = true
        clearTimeout(next)
        next = within(timing.answerMs, 'there was no answer')
      })
    })
    sent.once('response', (response) => {
      clearTimeout(next)
      response.setTimeout(timing.idleMs, () => response.destroy(new Error('nothing more of the answer came')))
      resolve(response)
    })
    sent.on('error', (error) => {
      reject(new Unanswered(error.message, isConnected, error))
    })
    sent.once('close', () => {
      clearTimeout(next)
      clearTimeout(total)
    })
    sent.end(body)
  })
}

/**
 * The whole body as text.
 * @throws Error when it is longer than it may be, or does not come to its end
 */
export async function textOf(response: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop lets go of the connection.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error(`the answer is longer than ${String(mostBytes)} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
