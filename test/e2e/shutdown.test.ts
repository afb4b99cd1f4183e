/** How the process ends: with all that it accepted answered and kept. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import t, { type Test } from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { eventually, within } from '../helpers/deadline.js'
import { listen } from '../helpers/listening.js'
import { Load } from '../helpers/load.js'
import { COVERED, ServerProcess, serverEnv } from '../helpers/server-process.js'
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

t.test('a database that cannot be opened ends the process with a reason', async (t) => {
  const server = new ServerProcess(t, { ...(await serverEnv(t)), DATABASE_URL: 'file:/dev/null/ribbon.db' })
  t.strictSame(await server.exited, { code: 1, signal: null })
  t.match(server.stderr, /^Cannot start: [^\n]*\/dev\/null[^\n]*\n$/)
})
