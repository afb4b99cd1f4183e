/** Messages to a receiver on this machine while ribbons log: how many a second, how late, and what it costs those who log. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { CALL_CHANGES } from '../../src/core/vocabulary/changes.js'
import { DEMO_API_KEY } from '../../src/core/vocabulary/demo.js'
import { figuresOf, percentile, type Figure } from './figures.js'
import { sendOnSchedule } from './load.js'
import { BUILT_SERVER, startServer } from './processes.js'
import type { Workspace } from './workspace.js'

const EVENTS_A_SECOND = 400
const SECONDS = 15
const CONNECTIONS = 64
/** Longest wait for messages after the last event. */
const PATIENCE_MS = 120_000

const figure = figuresOf('webhooks')

/** Says when each message came, by its `webhook-id`. */
async function startReceiver() {
  const cameAt = new Map<string, number>()
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    cameAt.set(String(request.headers['webhook-id']), performance.now())
    request.resume().once('end', () => response.writeHead(204).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${String(port)}/`, cameAt, requests: () => requests, close: () => server.close() }
}

export async function measureWebhooks(workspace: Workspace): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const isOn of [false, true]) {
    workspace.say(`webhooks: ${isOn ? 'with' : 'without'} an endpoint`)
    const database = await workspace.database('webhooks', false)
    const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: database, WEBHOOK_ALLOW_PRIVATE: 'on' })
    const receiver = await startReceiver()
    if (isOn) await addEndpoint(server.port, receiver.url)
    let events = 0
    const load = {
      port: server.port,
      path: '/api/ribbon/log-call',
      connections: CONNECTIONS,
      nextBody: () => bodyOf(events++),
    }
    await sendOnSchedule({ ...load, seconds: 3 }, EVENTS_A_SECOND)
    const before = { processor: server.processorSeconds(), messages: receiver.cameAt.size }
    const startedAt = performance.now()
    const { latenciesMs } = await sendOnSchedule({ ...load, seconds: SECONDS }, EVENTS_A_SECOND)
    const during = receiver.cameAt.size - before.messages
    const seconds = (performance.now() - startedAt) / 1000
    const processor = server.processorSeconds() - before.processor
    const what = isOn ? 'with' : 'without'
    figures.push(
      figure(
        `log-call, ${String(EVENTS_A_SECOND)} events a second ${what} webhooks: p50`,
        percentile(latenciesMs, 50),
        'ms',
      ),
      figure('… p99', percentile(latenciesMs, 99), 'ms'),
      figure('… processor time of the server a second', (processor / seconds) * 1000, 'ms'),
    )
    if (isOn) {
      const lateMs = await untilAll(receiver.cameAt, events)
      figures.push(
        figure('messages delivered a second beside it', during / seconds, '', { atLeast: 300 }),
        figure('… the last, after the last event', lateMs, 'ms'),
        figure('… missing', events - receiver.cameAt.size, '', { atMost: 0 }),
        figure('… sent again, though delivered', receiver.requests() - receiver.cameAt.size, '', { atMost: 0 }),
      )
    }
    await server.stop()
    receiver.close()
  }
  return figures
}

/** @returns how long it took, in milliseconds */
async function untilAll(cameAt: ReadonlyMap<string, number>, events: number): Promise<number> {
  const startedAt = performance.now()
  while (cameAt.size < events && performance.now() - startedAt < PATIENCE_MS) await wait(20)
  return performance.now() - startedAt
}

async function addEndpoint(port: number, url: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${String(port)}/api/ribbon/webhooks`, {
    method: 'POST',
    headers: { 'x-api-key': DEMO_API_KEY, 'content-type': 'application/json' },
    // Of the demo client's quota nothing is told.
    body: JSON.stringify({
      url,
      eventTypes: CALL_CHANGES,
    }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const EVENTS = ['dialing', 'connected', 'callEnded']

/** Three events a call, one after the other, of many calls at once. */
function bodyOf(n: number): string {
  const [call, step] = [n % 500, Math.floor(n / 500)]
  const callSid = `bench-${String(call)}-${String(Math.floor(step / EVENTS.length))}`
  const event = EVENTS[step % EVENTS.length]
  return JSON.stringify({
    apiKey: DEMO_API_KEY,
    event,
    data: { callSid, callDirection: 'outbound', phoneNumber: '+919876543210' },
  })
}
