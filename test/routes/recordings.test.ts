/** Recordings: passed on from where Exotel keeps them, to who may hear them, and to nobody unnoticed. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { allowedHosts } from '../../src/exotel/hosts.js'
import { openRecording } from '../../src/exotel/recording.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, type TestApp, type TestAppOptions } from '../helpers/app.js'
import { eventually, within } from '../helpers/deadline.js'
import { ExotelServer, giveExotelApi } from '../helpers/exotel-server.js'
import { listen } from '../helpers/listening.js'
import { newEvent, replacing } from '../helpers/storage.js'

const CLIENT = 'client-001'
const PATH = '/api/ribbon/calls/session-CA1/recording'
const SOUND = randomBytes(100_000)
const TIMING = { connectMs: 2000, answerMs: 500, idleMs: 5000, totalMs: 5000 }

interface Hearing extends TestApp {
  readonly exotel: ExotelServer
  /** Where the recordings of calls lie, by session id. */
  readonly places: Map<string, string>
  readonly hear: (
    headers?: Record<string, string>,
    method?: 'GET' | 'HEAD',
    path?: string,
  ) => ReturnType<TestApp['inject']>
  readonly entries: () => Promise<Record<string, unknown>[]>
}

async function hearing(t: Test, options: TestAppOptions = {}): Promise<Hearing> {
  const exotel = await ExotelServer.start(t)
  const places = new Map([['session-CA1', `${exotel.origin}/recordings/CA1.mp3`]])
  exotel.recordings.set('/recordings/CA1.mp3', { content: SOUND })
  const recordingOf = (clientId: string, sessionId: string) =>
    Promise.resolve(clientId === CLIENT ? (places.get(sessionId) ?? null) : null)
  const test = await buildTestApp(t, {
    exotelTiming: TIMING,
    recordingOf,
    ...options,
    env: { ...exotel.env, ...options.env },
  })
  const hear: Hearing['hear'] = (headers = {}, method = 'GET', path = PATH) =>
    test.inject({ method, url: path, headers: { 'x-api-key': COLLECTIONS_KEY, ...headers } })
  const entries = async () => {
    const answer = await test.get('/api/admin/audit-log', { authorization: `Bearer ${ADMIN_TOKEN}` })
    const { entries } = answer.json<{ entries: Record<string, unknown>[] }>()
    return entries.filter(({ action }) => action === 'recording.heard')
  }
  return { ...test, exotel, places, hear, entries }
}

t.test('a recording comes whole, under its own type, for nobody’s cache but the listener’s', async (t) => {
  const { hear } = await hearing(t)
  const answer = await hear()
  t.equal(answer.statusCode, 200)
  t.ok(answer.rawPayload.equals(SOUND))
  t.match(answer.headers, {
    'content-type': 'audio/mpeg',
    'content-length': String(SOUND.length),
    'accept-ranges': 'bytes',
    'content-disposition': 'inline; filename="session-CA1.mp3"',
    'cache-control': /private/,
    'x-content-type-options': 'nosniff',
  })
})

t.test('a part of it comes where a range asks for one, and what is no such range is not read', async (t) => {
  const { exotel, hear } = await hearing(t)
  for (const [range, from, to] of [
    ['bytes=0-9', 0, 9],
    ['bytes=99990-', 99_990, 99_999],
    ['bytes=-5', 99_995, 99_999],
  ] as const) {
    const part = await hear({ range })
    t.equal(part.statusCode, 206, range)
    t.ok(part.rawPayload.equals(SOUND.subarray(from, to + 1)), range)
    t.equal(part.headers['content-range'], `bytes ${String(from)}-${String(to)}/100000`)
  }
  for (const range of ['bytes=0-1,5-6', 'bytes=a-b', 'items=0-1', 'bytes=-'])
    t.equal((await hear({ range })).statusCode, 200, range)
  const beyond = await hear({ range: 'bytes=200000-' })
  t.match(beyond.json(), { status: 416, code: 'range_not_satisfiable' })
  t.equal(beyond.headers['content-range'], 'bytes */100000')
  exotel.recordings.set('/recordings/CA1.mp3', {
    content: SOUND,
    answer: (_request, response) => response.writeHead(416).end(),
  })
  const silent = await hear({ range: 'bytes=200000-' })
  t.equal(silent.statusCode, 416)
  t.notOk(silent.headers['content-range'])
})

t.test('HEAD tells what it is, passes nothing on, and is no listening', async (t) => {
  const { entries, hear } = await hearing(t)
  const answer = await hear({}, 'HEAD')
  t.equal(answer.statusCode, 200)
  t.equal(answer.rawPayload.length, 0)
  t.match(answer.headers, { 'content-type': 'audio/mpeg', 'content-length': String(SOUND.length) })
  t.strictSame(await entries(), [])
})

t.test('who listened is in the audit log, once a visit, before a byte of it is passed on', async (t) => {
  let isDown = false
  const { app, clock, entries, hear, storage } = await hearing(t, {
    storage: (real) =>
      replacing('audit', (entry) => (isDown ? Promise.reject(new StorageUnavailable('gone')) : real.audit(entry)))(
        real,
      ),
  })
  isDown = true
  const unnoticed = await hear()
  t.match(unnoticed.json(), { status: 503, code: 'unavailable' })
  isDown = false
  for (const range of ['bytes=0-9', 'bytes=10-19']) await hear({ range, 'x-request-id': range.slice(6) })
  const [key] = await storage.apiKeys(CLIENT)
  t.match(await entries(), [
    {
      actor: `API key ${String(key?.hint)}`,
      clientId: CLIENT,
      details: { sessionId: 'session-CA1', keyId: /^[\da-f]{12}$/ },
      requestId: '0-9',
    },
  ])
  clock.now += 15 * 60_000
  const named = await app.inject({
    method: 'POST',
    url: `/api/admin/clients/${CLIENT}/keys`,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    payload: { kind: 'secret', scopes: ['read'], name: 'reviews' },
  })
  await hear()
  await hear({ 'x-api-key': named.json<{ apiKey: string }>().apiKey })
  t.strictSame(
    (await entries()).map(({ actor }) => actor),
    ['API key reviews', `API key ${String(key?.hint)}`, `API key ${String(key?.hint)}`],
  )
})

t.test('a recording that nobody told of, that is another client’s or that is gone is not there', async (t) => {
  const { entries, exotel, hear, places } = await hearing(t)
  const missing = { status: 404, code: 'recording_not_found' }
  t.match((await hear({}, 'GET', '/api/ribbon/calls/session-CA2/recording')).json(), missing)
  t.match((await hear({ 'x-api-key': 'marketing-leads-api-key-456' })).json(), missing)
  for (const status of [404, 410]) {
    exotel.recordings.set('/recordings/CA1.mp3', {
      content: SOUND,
      answer: (_request, response) => response.writeHead(status).end(),
    })
    t.match((await hear()).json(), missing, String(status))
  }
  places.set('session-CA1', 'http://127.0.0.1:9/x.mp3')
  t.match((await hear()).json(), { status: 502, code: 'recording_unavailable' })
  t.strictSame(await entries(), [])
})

t.test('an account’s key goes to Exotel alone, and opens recordings that need it', async (t) => {
  const test = await hearing(t)
  const { clock, exotel, hear } = test
  exotel.recordings.set('/recordings/CA1.mp3', { content: SOUND, secured: true })
  t.match((await hear()).json(), { status: 502, code: 'recording_unavailable', detail: /ribbon clients exotel-api/ })
  await giveExotelApi(test, CLIENT)
  clock.now += 2000
  t.equal((await hear()).statusCode, 200)
  t.match(exotel.headers.at(-1), { authorization: /^Basic /, 'accept-encoding': 'identity' })

  const elsewhere = await ExotelServer.start(t)
  elsewhere.recordings.set('/CA1.mp3', { content: SOUND })
  const other = await hearing(t, { env: { RECORDING_HOSTS: elsewhere.origin } })
  await giveExotelApi(other, CLIENT)
  other.places.set('session-CA1', `${elsewhere.origin}/CA1.mp3`)
  t.equal((await other.hear()).statusCode, 200)
  t.equal(elsewhere.headers[0]?.authorization, undefined)
})

t.test(
  'nothing is fetched from where the configuration does not say, nor from inside by a name from outside',
  async (t) => {
    const { exotel, hear, places } = await hearing(t, { env: { RECORDING_HOSTS: '*.exotel.com,recordings.localhost' } })
    for (const place of [
      `${exotel.origin}/recordings/CA1.mp3`,
      'https://evil.example/x.mp3',
      'https://169.254.169.254/latest/meta-data',
      'https://user:word@recordings.exotel.com/x.mp3',
      'file:///etc/passwd',
      'not a url',
      '',
    ]) {
      places.set('session-CA1', place)
      t.match((await hear()).json(), { status: 502, code: 'recording_unavailable', detail: /RECORDING_HOSTS/ }, place)
    }
    // Every name below localhost is this machine.
    places.set('session-CA1', 'https://recordings.localhost/CA1.mp3')
    t.match((await hear()).json(), { status: 502, code: 'recording_unavailable', detail: /cannot be reached/ })
    t.strictSame(exotel.requests, [])
  },
)

t.test('what is no sound is not passed on, and no redirect is followed', async (t) => {
  const { entries, exotel, hear, places } = await hearing(t)
  const answers: readonly ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<script>'),
    (response) => response.writeHead(200, { 'content-type': 'audio/mpeg<x>' }).end('x'),
    (response) => response.writeHead(200).end('x'),
    (response) => response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-encoding': 'gzip' }).end('x'),
    (response) => response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': 3_000_000_000 }).end(),
    (response) => response.writeHead(206, { 'content-type': 'audio/mpeg', 'content-range': 'bytes 0-0/1' }).end('x'),
    (response) => response.writeHead(302, { location: `${exotel.origin}/recordings/other.mp3` }).end(),
    (response) => response.writeHead(500).end(),
  ]
  exotel.recordings.set('/recordings/other.mp3', { content: SOUND })
  for (const answer of answers) {
    exotel.recordings.set('/recordings/CA1.mp3', {
      content: SOUND,
      answer: (_request, response) => {
        answer(response)
      },
    })
    t.match((await hear()).json(), { status: 502, code: 'recording_unavailable' })
  }
  t.notOk(exotel.requests.includes('GET /recordings/other.mp3'))
  exotel.recordings.set('/recordings/CA1.mp3', {
    content: SOUND,
    answer: (_request, response) => response.writeHead(206, { 'content-type': 'audio/mpeg' }).end('x'),
  })
  t.equal((await hear({ range: 'bytes=0-0' })).statusCode, 502, 'a part has to say which it is')
  t.strictSame(await entries(), [])

  // Some stores call everything a stream of bytes.
  for (const [file, type] of [
    ['x.mp3', 'audio/mpeg'],
    ['x.wav', 'audio/wav'],
    ['x.ogg', null],
  ] as const) {
    exotel.recordings.set(`/${file}`, { content: SOUND, type: 'binary/octet-stream' })
    places.set('session-CA1', `${exotel.origin}/${file}`)
    const answer = await hear()
    t.equal(answer.statusCode, type === null ? 502 : 200)
    if (type !== null) t.equal(answer.headers['content-type'], type)
  }
  exotel.recordings.set('/x.ogg', { content: SOUND, type: 'audio/ogg; codecs=opus' })
  t.equal((await hear()).headers['content-disposition'], 'inline; filename="session-CA1"')
})

t.test('a place that does not answer is not waited for', async (t) => {
  const { exotel, hear } = await hearing(t)
  exotel.recordings.set('/recordings/CA1.mp3', { content: SOUND, answer: () => undefined })
  const answer = await hear()
  t.match(answer.json(), { status: 502, code: 'recording_unavailable' })
  t.equal(answer.headers['retry-after'], '5')
})

t.test('a recording that does not come to its end breaks the connection off', async (t) => {
  const test = await hearing(t)
  const { exotel } = test
  const origin = await listen(test)
  for (const length of [{ 'content-length': '1000000' }, {}]) {
    const sources: ServerResponse[] = []
    exotel.recordings.set('/recordings/CA1.mp3', {
      content: SOUND,
      answer: (_request, response) => {
        response.writeHead(200, { 'content-type': 'audio/mpeg', ...length }).write(SOUND)
        sources.push(response)
      },
    })
    const answer = await fetch(origin + PATH, { headers: { 'x-api-key': COLLECTIONS_KEY } })
    t.equal(answer.status, 200)
    for (const source of sources) source.destroy()
    await t.rejects(answer.arrayBuffer())
  }
})

t.test('a recording that breaks off before it begins is a problem, with no word of the recording', async (t) => {
  let breakOff = (): void => undefined
  // It breaks off while it is noted who listens, and that takes a while.
  const { exotel, hear } = await hearing(t, {
    storage: (real) =>
      replacing('audit', async (entry) => {
        breakOff()
        await setTimeout(200)
        await real.audit(entry)
      })(real),
  })
  exotel.recordings.set('/recordings/CA1.mp3', {
    content: SOUND,
    answer: (_request, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '1000', 'accept-ranges': 'bytes' })
      response.flushHeaders()
      breakOff = () => response.destroy()
    },
  })
  const answer = await hear()
  t.match(answer.json(), { status: 502, code: 'recording_unavailable' })
  for (const name of ['content-disposition', 'accept-ranges']) t.notOk(answer.headers[name], name)
})

t.test('a recording that turns out to be longer than any breaks the connection off', async (t) => {
  const test = await hearing(t)
  const { exotel, places } = test
  const query = {
    url: String(places.get('session-CA1')),
    hosts: allowedHosts([exotel.origin]),
    apiUrl: null,
    credentials: null,
    range: undefined,
    timing: TIMING,
    mostBytes: SOUND.length,
    failure: (cause: Error) => new Error('broken off', { cause }),
  }
  const chunks: Buffer[] = []
  exotel.recordings.set('/recordings/CA1.mp3', {
    content: SOUND,
    answer: (_request, response) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(SOUND),
  })
  const whole = await openRecording(query)
  if ('why' in whole) throw new Error(whole.why)
  for await (const chunk of whole.content as AsyncIterable<Buffer>) chunks.push(chunk)
  t.ok(Buffer.concat(chunks).equals(SOUND))
  const cut = await openRecording({ ...query, mostBytes: SOUND.length - 1 })
  if ('why' in cut) throw new Error(cut.why)
  await t.rejects(cut.content.toArray(), /broken off/)
})

t.test('a recording of which nothing more comes is not waited for', async (t) => {
  const test = await hearing(t, { exotelTiming: { ...TIMING, idleMs: 100 } })
  const { exotel } = test
  exotel.recordings.set('/recordings/CA1.mp3', {
    content: SOUND,
    answer: (_request, response) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).write(SOUND),
  })
  const answer = await fetch((await listen(test)) + PATH, { headers: { 'x-api-key': COLLECTIONS_KEY } })
  t.equal(answer.status, 200)
  await t.rejects(answer.arrayBuffer())
})

t.test('a listener who takes nothing is let go, and little was held for him meanwhile', async (t) => {
  const test = await hearing(t, {
    patience: { requestMs: 10_000, readMs: 200, checkMs: 50 },
    exotelTiming: { ...TIMING, totalMs: 60_000 },
  })
  const { exotel } = test
  let sent = 0
  let left: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (left = resolve))
  const chunk = Buffer.alloc(64 * 1024)
  exotel.recordings.set('/recordings/CA1.mp3', {
    content: SOUND,
    answer: (_request, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' })
      const write = (): void => {
        do sent += chunk.length
        while (response.write(chunk) && sent < 1e9)
      }
      response.on('drain', write).once('close', left)
      write()
    },
  })
  const { port } = new URL(await listen(test))
  const socket = connect({ port: Number(port), host: '127.0.0.1' }).on('error', () => undefined)
  socket.pause()
  socket.write(`GET ${PATH} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${COLLECTIONS_KEY}\r\n\r\n`)
  await within(20_000, 'letting go of the source', ended)
  t.ok(sent < 64 * 1024 * 1024, `no more than sockets hold is read ahead: ${String(sent)}`)
  socket.resume()
  await once(socket, 'close')
})

t.test('so many may listen at once, and who ends makes room', async (t) => {
  const test = await hearing(t)
  const { exotel, hear } = test
  const waiting: ServerResponse[] = []
  exotel.recordings.set('/recordings/CA1.mp3', {
    content: SOUND,
    answer: (_request, response) => waiting.push(response),
  })
  const listeners = Array.from({ length: 60 }, () => hear())
  await eventually(20_000, 'all of them to be there', () => waiting.length === 60)
  const refused = await hear()
  t.match(refused.json(), { status: 429, code: 'too_many_listeners' })
  t.equal(refused.headers['retry-after'], '5')
  for (const response of waiting) response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('x')
  for (const { statusCode } of await Promise.all(listeners)) t.equal(statusCode, 200)
  exotel.recordings.set('/recordings/CA1.mp3', { content: SOUND })
  t.equal((await hear()).statusCode, 200)
})

t.test('the recording that Exotel reported of a call is the one that is heard', async (t) => {
  const exotel = await ExotelServer.start(t)
  exotel.recordings.set('/recordings/CA7.mp3', { content: SOUND })
  const test = await buildTestApp(t, { env: exotel.env })
  const path = '/api/ribbon/calls/session-CA7/recording'
  const hear = () => test.inject({ method: 'GET', url: path, headers: { 'x-api-key': COLLECTIONS_KEY } })
  t.equal((await hear()).statusCode, 404)
  const data = { CallSid: 'CA7', Status: 'completed', RecordingUrl: `${exotel.origin}/recordings/CA7.mp3` }
  const report = newEvent({
    clientId: CLIENT,
    event: 'statusCallback',
    source: 'provider',
    data,
    occurredAt: 1_760_265_000_000,
  })
  await test.storage.record(report)
  t.ok((await hear()).rawPayload.equals(SOUND))
})
