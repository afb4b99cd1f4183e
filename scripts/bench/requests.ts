import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http'
import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { API_KEY } from './year-calls.js'

/** Kept connections, and `node:http` because `fetch` would add its own good part to a few milliseconds. */
const agent = new Agent({ keepAlive: true })

/** @throws Error on any status but 200 */
export function open(port: number, path: string, apiKey = API_KEY): Promise<IncomingMessage> {
  return send({ method: 'GET', port, path, headers: { 'x-api-key': apiKey } })
}

/** One request, read to its end: its latency is until the last byte. */
export async function get(port: number, path: string, apiKey = API_KEY): Promise<{ ms: number; body: unknown }> {
  const start = performance.now()
  const body = await text(await open(port, path, apiKey))
  const ms = performance.now() - start
  return { ms, body: JSON.parse(body) as unknown }
}

/** Logs an event; resolves to how long it took, in milliseconds. @throws Error when it is not accepted */
export async function logCall(
  port: number,
  event: string,
  data: object,
  at: number,
  apiKey = API_KEY,
): Promise<number> {
  const start = performance.now()
  const body = JSON.stringify({ event, data, timestamp: new Date(at).toISOString(), domain: 'yourcrm.com' })
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json', 'content-length': body.length }
  await text(await send({ method: 'POST', port, path: '/api/ribbon/log-call', headers }, body))
  return performance.now() - start
}

async function send(options: RequestOptions, body?: string): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ agent, host: '127.0.0.1', ...options }, resolve)
      .on('error', reject)
      .end(body)
  })
  if (response.statusCode === 200) return response
  const answer = `${String(response.statusCode)}: ${await text(response)}`
  throw new Error(`${String(options.method)} ${String(options.path)} answered ${answer}`)
}

export interface Target {
  readonly port: number
  readonly path: string
}

const WARM_UP = 20

/**
 * Latencies of each of some requests in milliseconds. One is made at a time, and they take turns, so that what else the machine
 * does falls on all alike.
 * @param before is done before each request, and not counted
 */
export async function takeTurns(
  targets: readonly Target[],
  times: number,
  before: (target: Target) => Promise<void> = () => Promise.resolve(),
): Promise<number[][]> {
  const latencies = targets.map((): number[] => [])
  for (let turn = -WARM_UP; turn < times; turn++) {
    for (const [index, target] of targets.entries()) {
      await before(target)
      const { ms } = await get(target.port, target.path)
      if (turn >= 0) latencies[index]?.push(ms)
    }
  }
  return latencies
}
