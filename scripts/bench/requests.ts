import { Agent, request, type IncomingMessage } from 'node:http'
import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { API_KEY } from './calls.js'

/** Kept connections, and `node:http` because `fetch` would add its own good part to a few milliseconds. */
const agent = new Agent({ keepAlive: true })

/** @throws Error on any status but 200 */
export async function open(port: number, path: string): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ agent, host: '127.0.0.1', port, path, headers: { 'x-api-key': API_KEY } }, resolve)
      .on('error', reject)
      .end()
  })
  if (response.statusCode === 200) return response
  throw new Error(`GET ${path} answered ${String(response.statusCode)}: ${await text(response)}`)
}

/** One request, read to its end: its latency is until the last byte. */
export async function get(port: number, path: string): Promise<{ ms: number; body: unknown }> {
  const start = performance.now()
  const body = await text(await open(port, path))
  const ms = performance.now() - start
  return { ms, body: JSON.parse(body) as unknown }
}

export interface Target {
  readonly port: number
  readonly path: string
}

const WARM_UP = 20

/**
 * Latencies of two requests in milliseconds, one at a time and taking turns, so that what else the machine does falls
 * on both alike.
 */
export async function takeTurns(first: Target, second: Target, times: number): Promise<[number[], number[]]> {
  const latencies: [number[], number[]] = [[], []]
  for (let turn = -WARM_UP; turn < times; turn++) {
    for (const [index, { port, path }] of [first, second].entries()) {
      const { ms } = await get(port, path)
      if (turn >= 0) latencies[index]?.push(ms)
    }
  }
  return latencies
}
