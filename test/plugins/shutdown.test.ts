import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { replacing, scratchStorage } from '../helpers/storage.js'

const store = await scratchStorage(t)

/** A place where a method of the store waits until the test says so. */
function gate() {
  let ask = (): void => undefined
  let release = (): void => undefined
  const asked = new Promise<void>((resolve) => (ask = resolve))
  const released = new Promise<void>((resolve) => (release = resolve))
  return { ask, asked, release, released }
}

/** A bare connection to the app, and what came back on it. */
function dial(app: FastifyInstance) {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8')
  const received = { text: '' }
  socket.on('data', (text: string) => (received.text += text))
  return { socket, received }
}

/** Starts to close, and returns once nothing new can connect. */
async function startClosing(app: FastifyInstance): Promise<{ closed: Promise<undefined> }> {
  const closed = app.close()
  while (app.server.listening) await nextTurn()
  return { closed }
}

const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ribbon.test\r\nX-API-Key: ${DEMO_KEY}\r\n\r\n`

t.test('what was accepted is finished, and its connection goes', async (t) => {
  const { ask, asked, release, released } = gate()
  const { app } = await buildTestApp(t, {
    store,
    storage: replacing('activeCalls', async () => {
      ask()
      await released
      return { calls: [], count: 0, cut: false, sequence: 0 }
    }),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { socket, received } = dial(app)
  socket.write(request('/api/ribbon/active-calls'))
  await asked
  const { closed } = await startClosing(app)
  release()
  await Promise.all([closed, once(socket, 'close')])
  t.match(received.text, /^HTTP\/1\.1 200 OK/)
  t.match(received.text, /connection: close/i)
})

/** What comes back on a connection whose answer is under way when the shutdown begins, and then asks for `path`. */
async function askWhileClosing(t: Test, path: string): Promise<string> {
  const { release, released } = gate()
  const { app } = await buildTestApp(t, {
    store,
    storage: replacing('callsTouchedSince', async (_query, sequence) => {
      await released
      return { rows: [], sequence, more: false }
    }),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { socket, received } = dial(app)
  const late = request(path)
  socket.write(request('/api/ribbon/export/calls') + late.slice(0, -4))
  while (!received.text.includes('"calls":[')) await once(socket, 'data')
  const { closed } = await startClosing(app)
  release()
  while (!received.text.endsWith('0\r\n\r\n')) await once(socket, 'data')
  const before = received.text.length
  socket.write(late.slice(-4))
  await Promise.all([closed, once(socket, 'close')])
  return received.text.slice(before)
}

t.test(
  'an answer under way is finished, and a request after it on the same connection served as its last',
  async (t) => {
    const answer = await askWhileClosing(t, '/api/ribbon/config')
    t.match(answer, /^HTTP\/1\.1 200 OK\r\n.*"callsThisMonth"/s)
    t.match(answer, /connection: close/i)
  },
)

t.test('a server that is closing is not ready', async (t) => {
  const answer = await askWhileClosing(t, '/health/ready')
  t.match(answer, /^HTTP\/1\.1 503 Service Unavailable\r\n.*application\/problem\+json.*"code":"unavailable"/s)
  t.match(answer, /connection: close/i)
})

t.test('a connection on which nothing was asked does not keep the server from closing', async (t) => {
  const { app } = await buildTestApp(t, { store })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const connected = once(app.server, 'connection')
  const { socket, received } = dial(app)
  await connected
  await Promise.all([app.close(), once(socket, 'close')])
  t.equal(received.text, '')
})

t.test('a connection that was made just before the shutdown is served', async (t) => {
  const { app } = await buildTestApp(t, { store })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const connected = once(app.server, 'connection')
  const { socket, received } = dial(app)
  await connected
  const { closed } = await startClosing(app)
  socket.write(request('/api/ribbon/config'))
  await Promise.all([closed, once(socket, 'close')])
  t.match(received.text, /^HTTP\/1\.1 200 OK/)
})

t.test('a connection whose last answer began before the shutdown goes once it is idle', async (t) => {
  const { release, released } = gate()
  const { app } = await buildTestApp(t, {
    store,
    storage: replacing('callsTouchedSince', async (_query, sequence) => {
      await released
      return { rows: [], sequence, more: false }
    }),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { socket, received } = dial(app)
  socket.write(request('/api/ribbon/export/calls'))
  while (!received.text.includes('"calls":[')) await once(socket, 'data')
  const { closed } = await startClosing(app)
  release()
  await Promise.all([closed, once(socket, 'close')])
  t.ok(received.text.endsWith('0\r\n\r\n'))
})
