import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import type { Test } from 'tap'

/**
 * What becomes of a request: it gets through, or the connection breaks before the server has it, once the server has done
 * what it asks, or in the middle of the answer; or a proxy answers in the server's place.
 */
export type Fate =
  | 'gets through'
  | 'is lost'
  | 'loses its answer'
  | 'gets half an answer'
  | { readonly status: number; readonly retryAfter?: string }

interface FaultyNetwork {
  readonly url: string
  /** The headers of each request that was sent so far, whatever became of it. */
  readonly sent: IncomingHttpHeaders[]
  /** Hears of every answer that is given in the server's place. */
  onRefused: () => void
}

/** A network between a client and a server, as proxies and radio links make it: each request meets the next of these fates. */
export async function faultyNetwork(t: Test, origin: string, fates: readonly Fate[]): Promise<FaultyNetwork> {
  const network: { -readonly [Name in keyof FaultyNetwork]: FaultyNetwork[Name] } = {
    url: '',
    sent: [],
    onRefused: () => undefined,
  }
  const server = createServer((incoming, response) => {
    const fate = fates[network.sent.length] ?? 'gets through'
    network.sent.push(incoming.headers)
    if (fate === 'is lost') incoming.socket.destroy()
    else if (typeof fate === 'string') forward(origin, incoming, response, fate)
    else {
      const { status, retryAfter } = fate
      incoming.resume()
      response.writeHead(status, { 'content-type': 'text/plain', ...(retryAfter && { 'retry-after': retryAfter }) })
      response.end('not now', network.onRefused)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  network.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return network
}

function forward(origin: string, incoming: IncomingMessage, response: ServerResponse, fate: Fate): void {
  const { method = '', headers, url = '' } = incoming
  const onward = request(new URL(url, origin), { method, headers }, (answer) => {
    if (fate === 'gets through') {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      // An answer that breaks off on the one side breaks off on the other.
      pipeline(answer, response, () => undefined)
      return
    }
    answer.resume().once('end', () => {
      if (fate === 'gets half an answer') {
        response.writeHead(answer.statusCode ?? 0, answer.headers).write('{', () => incoming.socket.destroy())
      } else incoming.socket.destroy()
    })
  })
  incoming.pipe(onward)
}
