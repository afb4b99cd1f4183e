/**
 * A load generator that costs little: it shares two cores with the server it measures, so what it spends is missing
 * there. Plain sockets, one request in flight on each, and only as much of HTTP/1.1 as these servers speak: an answer
 * has a `Content-Length`. Per request it takes about half of the processor time that autocannon takes.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

export interface LoadOptions {
  readonly port: number
  readonly path: string
  readonly connections: number
  readonly seconds: number
  /** The next body of a connection, in ASCII: its length is its bytes. */
  readonly bodies: (connection: number) => () => string
}

export interface LoadResult {
  /** Answers with status 200. */
  readonly answered: number
  /** Answers with another status. */
  readonly refused: number
  readonly seconds: number
  readonly latenciesMs: number[]
}

/** Keeps every connection busy for a while, then lets each finish. */
export async function load({ port, path, connections, seconds, bodies }: LoadOptions): Promise<LoadResult> {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nContent-Type: application/json\r\nContent-Length: `
  const sockets = await Promise.all(Array.from({ length: connections }, () => openSocket(port)))
  const latenciesMs: number[] = []
  let refused = 0
  const start = performance.now()
  const deadline = start + seconds * 1000
  await Promise.all(
    sockets.map(
      (socket, index) =>
        new Promise<void>((resolve, reject) => {
          const nextBody = bodies(index)
          let sentAt = 0
          let received = ''
          const send = (): void => {
            const body = nextBody()
            sentAt = performance.now()
            socket.write(`${head}${String(body.length)}\r\n\r\n${body}`, 'latin1')
          }
          socket.on('data', (chunk: Buffer) => {
            received += chunk.toString('latin1')
            const missing = missingBytes(received)
            if (Number.isNaN(missing)) socket.destroy(new Error(`an answer that is not understood: ${received}`))
            if (!(missing <= 0)) return
            const now = performance.now()
            if (received.startsWith('HTTP/1.1 200 ')) latenciesMs.push(now - sentAt)
            else refused += 1
            received = ''
            if (now < deadline) send()
            else resolve()
          })
          socket.on('error', reject)
          socket.on('close', () => {
            reject(new Error('the server closed a connection'))
          })
          send()
        }),
    ),
  )
  const elapsed = (performance.now() - start) / 1000
  for (const socket of sockets) socket.destroy()
  return { answered: latenciesMs.length, refused, seconds: elapsed, latenciesMs }
}

/** How much of an answer has yet to come; NaN when it does not say. */
function missingBytes(text: string): number {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return Infinity
  return headEnd + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]) - text.length
}

async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}
