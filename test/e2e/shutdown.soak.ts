/** How the process ends: with all that it accepted answered and kept. */
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import t, { type Test } from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { eventually, within } from '../helpers/deadline.js'
import { listen } from '../helpers/listening.js'
import { Load, post } from '../helpers/load.js'
import { COVERED, ServerProcess, serverEnv } from '../helpers/server-process.js'
import { newEvent } from '../helpers/storage.js'
import { walkLogs } from '../helpers/stored.js'

const EXIT_MS = 10_000

t.setTimeout(400_000)

/** Ends a server after some hundred answers under load: what it stored is what it answered. */
async function endUnderLoad(t: Test, signal: NodeJS.Signals): Promise<void> {
  const env = await serverEnv(t)
  const server = new ServerProcess(t, { ...COVERED, ...env })
  const origin = await server.ready()
  const load = new Load(origin, 'load', (count) => {
    if (count === 300) server.child.kill(signal)
  })
  await load.finished
  t.strictSame(await within(EXIT_MS, 'ending the server', server.exited), { code: 0, signal: null })
  t.strictSame(load.refused, [])

  const store = await openStorage({ url: String(env['DATABASE_URL']), maxCallAgeMs: 1 })
  t.teardown(() => store.close())
  const { logs } = await walkLogs(await listen(await buildTestApp(t, { store })))
  const stored = logs.map(({ logId }) => logId).sort()
  const acknowledged = load.acknowledged.map(({ logId }) => logId).sort()
  t.strictSame(stored, acknowledged, 'what was answered is stored, and what was stored was answered')
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  t.test(`${signal} under load: all that was accepted is answered and kept, and the process ends with 0`, async (t) => {
    await endUnderLoad(t, signal)
  })
}

t.test('more signals while it ends do no harm to a request that is still arriving', async (t) => {
  const server = new ServerProcess(t, { ...COVERED, ...(await serverEnv(t)) })
  const origin = await server.ready()
  const body = JSON.stringify({ event: 'connected', data: { callSid: 'CA1' } })
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-api-key': DEMO_KEY,
    expect: '100-continue',
  }
  const sent = request(`${origin}/api/ribbon/log-call`, { method: 'POST', headers })
  sent.flushHeaders()
  await once(sent, 'continue')
  server.child.kill('SIGTERM')
  await eventually(EXIT_MS, 'beginning to shut down', () => server.stdout.includes('shutting down'))
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM'] as const) server.child.kill(signal)
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  answer.resume()
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers.connection, 'close')
  t.strictSame(await within(EXIT_MS, 'ending the server', server.exited), { code: 0, signal: null })
})

/** Of each call of these, an export has some kilobytes: together more than the buffers of a connection hold. */
const CALLS = 1000
const NOTE = 'x'.repeat(12_000)

/** A server with many long calls, and an export of them that has begun and is not read on. */
async function startExport(t: Test) {
  const env = await serverEnv(t)
  const store = await openStorage({ url: String(env['DATABASE_URL']), maxCallAgeMs: 1 })
  await buildTestApp(t, { store, env })
  const now = Date.now()
  const ended = (n: number) =>
    newEvent({
      clientId: 'client-demo',
      event: 'callEnded',
      data: { callSid: `CA${String(n)}`, duration: 5, customerData: { note: NOTE } },
      occurredAt: now - n,
    })
  for (let n = 0; n < CALLS; n += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, i) => store.record(ended(n + i))))
  }
  await store.close()
  const server = new ServerProcess(t, env)
  const origin = await server.ready()
  const sent = request(`${origin}/api/ribbon/export/calls?format=ndjson`, { headers: { 'x-api-key': DEMO_KEY } }).end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  t.equal(answer.statusCode, 200)
  answer.pause()
  return { server, origin, answer }
}

t.test('an export that is being read is whole, idle connections go, and events are answered, at SIGTERM', async (t) => {
  const { server, origin, answer } = await startExport(t)
  const agent = new Agent({ keepAlive: true })
  const kept = await Promise.all(
    [1, 2, 3].map(() => post(`${origin}/api/ribbon/log-call`, { event: 'note', data: {} }, agent)),
  )
  t.strictSame(
    kept.map(({ status }) => status),
    [200, 200, 200],
  )
  const load = new Load(origin, 'load', (count) => {
    if (count === 100) server.child.kill('SIGTERM')
  })
  await load.finished
  t.strictSame(load.refused, [])
  let text = ''
  answer.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)))
  answer.resume()
  await once(answer, 'end')
  t.ok(text.trimEnd().split('\n').length >= CALLS, 'every call is in it')
  t.ok(answer.complete, 'and its end')
  t.strictSame(await within(EXIT_MS, 'ending the server', server.exited), { code: 0, signal: null })
  agent.destroy()
})

t.test('an export that nobody reads on is broken off, and does not keep the server from ending in time', async (t) => {
  const { server, answer } = await startExport(t)
  server.child.kill('SIGTERM')
  t.strictSame(await within(EXIT_MS, 'ending the server', server.exited), { code: 0, signal: null })
  const broken = once(answer, 'error')
  answer.resume()
  t.match(await broken, [{ code: 'ECONNRESET' }])
})

t.test('a database that cannot be opened ends the process with a reason', async (t) => {
  const server = new ServerProcess(t, { ...(await serverEnv(t)), DATABASE_URL: 'file:/dev/null/ribbon.db' })
  t.strictSame(await server.exited, { code: 1, signal: null })
  t.match(server.stderr, /^Cannot start: [^\n]*\/dev\/null[^\n]*\n$/)
})
