/**
 * A load generator that costs little: it shares two cores with the server it measures, so what it spends is missing
 * there. Plain sockets, one request in flight on each, and only as much of HTTP/1.1 as these servers speak: an answer
 * has a `Content-Length`. Per request it takes about half of the processor time that autocannon takes.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'

export interface LoadOptions {
  readonly port: number
  readonly path: string
  readonly connections: number
  readonly seconds: number
  /** JSON unless told. */
  readonly contentType?: string
  /** The next body, in ASCII: its length is its bytes. */
  readonly nextBody: () => string
}

export interface LoadResult {
  /** Answers with status 200. */
  readonly answered: number
  /** Answers with another status. */
  readonly refused: number
  readonly seconds: number
  readonly latenciesMs: number[]
}

/** Keeps every connection busy for a while, then lets each finish: the server's most. */
export async function saturate(options: LoadOptions): Promise<LoadResult> {
  const count = new Count()
  const deadline = count.start + options.seconds * 1000
  await withConnections(options, async (connection) => {
    while (performance.now() < deadline) {
      const sentAt = performance.now()
      count.add(await connection.post(options.nextBody()), sentAt)
    }
  })
  return count.result()
}

/**
 * Sends requests on schedule, whether or not the ones before are answered: as many clients do that know nothing of each
 * other. A latency counts from when the request was due, so one that has to wait for a free connection counts its wait.
 * @param rate requests a second
 */
export async function sendOnSchedule(options: LoadOptions, rate: number): Promise<LoadResult> {
  const count = new Count()
  const requests = Math.floor(rate * options.seconds)
  const dueAt = (request: number): number => count.start + (request * 1000) / rate
  let next = 0
  await withConnections(options, async (connection) => {
    // Whichever connection is free takes the next request, and waits until it is due.
    while (next < requests) {
      const due = dueAt(next++)
      await until(due)
      count.add(await connection.post(options.nextBody()), due)
    }
  })
  return count.result()
}

class Count {
  readonly start = performance.now()
  readonly #latenciesMs: number[] = []
  #refused = 0

  add(isAnswered: boolean, since: number): void {
    if (isAnswered) this.#latenciesMs.push(performance.now() - since)
    else this.#refused += 1
  }

  result(): LoadResult {
    const seconds = (performance.now() - this.start) / 1000
    return { answered: this.#latenciesMs.length, refused: this.#refused, seconds, latenciesMs: this.#latenciesMs }
  }
}

async function until(instant: number): Promise<void> {
  const ms = instant - performance.now()
  if (ms > 0) await wait(ms)
}

const OPENED_AT_ONCE = 100

async function withConnections(
  { port, path, connections, contentType = 'application/json' }: LoadOptions,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const open: Connection[] = []
  // A few at a time: a system drops those of a burst, and tries them again seconds later.
  while (open.length < connections) {
    const more = Math.min(OPENED_AT_ONCE, connections - open.length)
    open.push(...(await Promise.all(Array.from({ length: more }, () => Connection.open(port, path, contentType)))))
  }
  try {
    await Promise.all(open.map(work))
  } finally {
    for (const connection of open) connection.close()
  }
}

/** A kept connection with at most one request under way. */
class Connection {
  readonly #socket: Socket
  readonly #head: string
  #received = ''
  #answered: ((isOk: boolean) => void) | null = null
  #failed: ((error: Error) => void) | null = null

  private constructor(socket: Socket, head: string) {
    this.#socket = socket
    this.#head = head
    socket.on('data', (chunk: Buffer) => {
      this.#take(chunk)
    })
    socket.on('error', (error) => this.#failed?.(error))
    socket.on('close', () => this.#failed?.(new Error('the server closed a connection')))
  }

  static async open(port: number, path: string, contentType: string): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nContent-Type: ${contentType}\r\nContent-Length: `
    return new Connection(socket, head)
  }

  /** @returns whether the answer's status is 200. @throws Error when the connection breaks */
  post(body: string): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket.write(`${this.#head}${String(body.length)}\r\n\r\n${body}`, 'latin1')
    })
  }

  close(): void {
    this.#failed = null
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received += chunk.toString('latin1')
    const missing = missingBytes(this.#received)
    if (Number.isNaN(missing)) this.#socket.destroy(new Error(`an answer that is not understood: ${this.#received}`))
    if (!(missing <= 0)) return
    const isOk = this.#received.startsWith('HTTP/1.1 200 ')
    this.#received = ''
    this.#answered?.(isOk)
  }
}

/** How much of an answer has yet to come; NaN when it does not say. */
function missingBytes(text: string): number {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return Infinity
  return headEnd + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]) - text.length
}
