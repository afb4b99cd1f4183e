import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import type { ExportChunk } from '../../src/storage/port/exports.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { eventually, within } from '../helpers/deadline.js'
import { listen } from '../helpers/listening.js'
import { EXPORT_REQUEST, SlowSocket } from '../helpers/slow-sockets.js'
import { replacing, scratchStorage } from '../helpers/storage.js'

/** Long enough for a machine with much else to do. */
const DEADLINE_MS = 10_000
/** What is refused is kept so long. */
const env = { KEEP_ALIVE: '1 second' }
const PATIENCE = { requestMs: 400, readMs: 400, checkMs: 50 }

const store = await scratchStorage(t)

let number = 0
/** The next part of a file that has no end, and more of it than a system’s buffers take. */
async function endless(): Promise<ExportChunk> {
  const rows = Array.from({ length: 100 }, () => ({ number: (number += 1), text: `${'x'.repeat(1000)}\r\n` }))
  return { rows, after: { startAt: 0, number }, sequence: Number.MAX_SAFE_INTEGER, retainedFrom: null }
}

const test = await buildTestApp(t, { store, storage: replacing('exportChunk', endless), env, patience: PATIENCE })
const url = await listen(test)
const { port } = test.app.server.address() as AddressInfo

let accepted = 0
test.app.server.on('connection', () => (accepted += 1))

const connections = () =>
  new Promise<number>((resolve) => {
    test.app.server.getConnections((_error, count) => {
      resolve(count)
    })
  })

t.test('silent sockets, slow bodies and unread answers are let go, and others are served meanwhile', async (t) => {
  const silent = Array.from({ length: 100 }, () => SlowSocket.silent(port))
  const bodies = Array.from({ length: 50 }, () => SlowSocket.body(port))
  const unread = Array.from({ length: 20 }, () => SlowSocket.unread(port))
  t.teardown(() => {
    for (const socket of [...silent, ...bodies, ...unread]) socket.destroy()
  })
  await eventually(DEADLINE_MS, 'connecting', () => accepted === 170)
  t.equal((await fetch(`${url}/health`)).status, 200)
  await within(DEADLINE_MS, 'closing what is slow', Promise.all([...silent, ...bodies].map(({ closed }) => closed)))
  t.ok(bodies.every(({ received }) => received.startsWith('HTTP/1.1 408 ') && received.includes('request_timeout')))
  // That of the request which was served is kept for the next one.
  await eventually(DEADLINE_MS, 'closing what is not read', async () => (await connections()) <= 1)
})

t.test('who waits for the server is not slow', async (t) => {
  const slow = await buildTestApp(t, {
    store,
    storage: replacing('callsInMonth', () => wait(3 * PATIENCE.readMs, 7)),
    patience: PATIENCE,
  })
  const address = await listen(slow)
  const answer = await fetch(`${address}/api/ribbon/config`, { headers: { 'x-api-key': 'demo-api-key-789' } })
  t.equal(answer.status, 200)
})

t.test('an idle connection is let go when its time is over, and one whose answers are still owed is not', async (t) => {
  const kept = await buildTestApp(t, {
    store,
    storage: replacing('callsInMonth', () => wait(2000, 7)),
    env,
    patience: PATIENCE,
  })
  await listen(kept)
  const to = (kept.app.server.address() as AddressInfo).port
  const idle = SlowSocket.silent(to)
  const waiting = SlowSocket.silent(to)
  t.teardown(() => {
    for (const socket of [idle, waiting]) socket.destroy()
  })
  idle.socket.write('GET /health HTTP/1.1\r\nHost: a\r\n\r\n')
  // The first is answered while the second waits.
  waiting.socket.write(
    `GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /api/ribbon/config HTTP/1.1\r\nHost: a\r\nX-API-Key: ${DEMO_KEY}\r\n\r\n`,
  )
  await within(DEADLINE_MS, 'closing', Promise.all([idle.closed, waiting.closed]))
  t.equal(idle.received.match(/HTTP\/1\.1 200 /g)?.length, 1)
  t.equal(waiting.received.match(/HTTP\/1\.1 200 /g)?.length, 2)
})

t.test('a slow request behind an answer that is being sent puts nothing into it', async (t) => {
  const client = SlowSocket.silent(port)
  t.teardown(() => {
    client.destroy()
  })
  client.socket.write(`${EXPORT_REQUEST}GET /health HTTP/1.1\r\nHost:`)
  await within(DEADLINE_MS, 'closing', client.closed)
  t.match(client.received, /^HTTP\/1\.1 200 /)
  t.notMatch(client.received, 'HTTP/1.1 408')
})
