import { connect } from 'node:net'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { createRibbonClient, type StreamMessage } from '../../src/client/client.js'
import { LIMITS } from '../../src/core/limits.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY, START, type TestApp } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { messagesIn, type Message } from '../helpers/event-stream.js'
import { listen } from '../helpers/listening.js'
import { replacing } from '../helpers/storage.js'

const STREAM = '/api/ribbon/stream'
const QUICK = { checkMs: 20, heartbeatMs: 40 }
const CLIENT = 'client-demo'

/** A stream as it is read: what has come of it, and whether it is over. */
interface Reading {
  readonly status: number
  readonly text: () => string
  readonly messages: () => readonly Message[]
  readonly isOver: () => boolean
  readonly stop: () => void
}

async function read(
  t: Test,
  url: string,
  headers: Record<string, string> = { 'x-api-key': DEMO_KEY },
): Promise<Reading> {
  const ending = new AbortController()
  t.teardown(() => {
    ending.abort()
  })
  const response = await fetch(url, { headers, signal: ending.signal })
  let text = ''
  let over = false
  const reading = async () => {
    for await (const part of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
      text += part
    }
  }
  void reading()
    .catch(() => undefined)
    .finally(() => (over = true))
  return {
    status: response.status,
    text: () => text,
    messages: () => messagesIn(text),
    isOver: () => over,
    stop: () => {
      ending.abort()
    },
  }
}

function changesOf(messages: readonly Message[]): string[] {
  return messages.filter(({ event }) => event.startsWith('call.')).map(({ id, event }) => `${String(id)} ${event}`)
}

const say = ({ post }: Pick<TestApp, 'post'>, event: string, callSid: string, key = DEMO_KEY, data: object = {}) =>
  post('/api/ribbon/log-call', { event, data: { callSid, ...data } }, { 'x-api-key': key })

const until = (what: string, condition: () => boolean) => eventually(20_000, what, condition)

t.test('a stream begins with the calls in progress and today, and tells each change once, in order', async (t) => {
  const test = await buildTestApp(t, { streamTiming: QUICK })
  const origin = await listen(test)
  await say(test, 'incoming', 'CA0')
  const stream = await read(t, origin + STREAM)
  await until('the beginning', () => stream.messages().length >= 2)
  const [snapshot, today] = stream.messages()
  t.match(snapshot, { id: 1, event: 'snapshot', data: { sequence: 1, timezone: 'Asia/Kolkata', totalActive: 1 } })
  t.match(snapshot?.data, { activeCalls: [{ sessionId: 'session-CA0', status: 'active' }] })
  t.match(today, { id: 1, event: 'today', data: { date: '2025-10-12', summary: { totalCalls: 1 }, activeCalls: 1 } })
  await say(test, 'connected', 'CA0')
  await say(test, 'dtmf', 'CA0')
  await say(test, 'callEnded', 'CA0', DEMO_KEY, { duration: 7 })
  await say(test, 'missed', 'CA1')
  await until('all changes', () => changesOf(stream.messages()).length === 3)
  t.same(changesOf(stream.messages()), ['2 call.answered', '4 call.ended', '5 call.missed'])
  const ended = stream.messages().find(({ event }) => event === 'call.ended')
  t.match(ended?.data, { event: 'callEnded', call: { duration: 7, status: 'completed' }, logId: /^log-/ })
  await until('the new numbers', () =>
    stream.messages().some(({ event, data }) => {
      const { summary } = data as { summary?: { missedCalls: number } }
      return event === 'today' && summary?.missedCalls === 1
    }),
  )
  await until('a heartbeat', () => stream.text().includes('\n:\n'))
})

t.test('one that goes on where it was cut off misses and repeats nothing, at another process, too', async (t) => {
  const first = await buildTestApp(t)
  const second = await buildTestApp(t, { store: first.storage })
  const origins = [await listen(first), await listen(second)]
  const whole = await read(t, `${String(origins[0])}${STREAM}`)
  await until('the snapshot', () => whole.messages().length > 0)
  const pieces: Message[] = []
  let last: number | null = null
  for (let n = 0; n < 12; n += 1) {
    const headers = { 'x-api-key': DEMO_KEY, ...(last !== null && { 'last-event-id': String(last) }) }
    const piece = await read(t, `${String(origins[n % 2])}${STREAM}`, headers)
    for (const event of ['dialing', 'connected', 'callEnded']) await say(first, event, `CA${String(n)}`)
    await until('some of it', () => changesOf(piece.messages()).length > n % 3)
    piece.stop()
    // Whatever was on its way may have come or not.
    const came = piece.messages()
    pieces.push(...came)
    last = came.at(-1)?.id ?? last
  }
  const rest = await read(t, `${String(origins[1])}${STREAM}?lastEventId=${String(last)}`)
  await until('the rest', () => rest.messages().some(({ event }) => event === 'today'))
  pieces.push(...rest.messages())
  await until('all of it', () => changesOf(whole.messages()).length === 36)
  t.same(changesOf(pieces), changesOf(whole.messages()))
  t.same(
    rest.messages().filter(({ event }) => event === 'snapshot'),
    [],
  )
})

t.test('a place that was never reached begins anew; what is no place is refused', async (t) => {
  const test = await buildTestApp(t)
  t.match(messagesIn((await test.get(`${STREAM}?lastEventId=99`)).body), [{ id: 0, event: 'snapshot' }])
  t.match((await test.get(STREAM, { 'x-api-key': DEMO_KEY, 'last-event-id': '' })).body, /event: snapshot/)
  const refused = await test.get(STREAM, { 'x-api-key': DEMO_KEY, 'last-event-id': 'x' })
  t.match(refused.json(), { status: 400, code: 'invalid_request' })
  const head = await test.inject({ method: 'HEAD', url: STREAM, headers: { 'x-api-key': DEMO_KEY } })
  t.match([head.statusCode, head.headers['content-type']], [200, 'text/event-stream'])
})

t.test('that a reader hangs up is no fault, and no line of the log says so', async (t) => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) })
  const test = await buildTestApp(t, { logger })
  const origin = await listen(test)
  for (let n = 0; n < 3; n += 1) {
    const stream = await read(t, origin + STREAM)
    await until('the beginning', () => stream.messages().length > 0)
    stream.stop()
  }
  await test.app.close()
  t.same(lines, [])
})

t.test('another client hears nothing of it', async (t) => {
  const test = await buildTestApp(t)
  const origin = await listen(test)
  const theirs = await read(t, origin + STREAM, { 'x-api-key': COLLECTIONS_KEY })
  const own = await read(t, origin + STREAM)
  await until('both', () => theirs.messages().length > 0 && own.messages().length > 0)
  await say(test, 'dialing', 'CA1')
  await say(test, 'dialing', 'CA2', COLLECTIONS_KEY)
  await until('both changes', () => [theirs, own].every(({ messages }) => changesOf(messages()).length > 0))
  t.notMatch(theirs.text(), 'CA1')
  t.notMatch(own.text(), 'CA2')
})

t.test('a stream token opens the stream of its client and nothing else, until it or its key ends', async (t) => {
  const test = await buildTestApp(t, { streamTiming: QUICK })
  const { clock, get, post, storage } = test
  const origin = await listen(test)
  const { token, expiresAt } = (await post('/api/ribbon/stream-tokens', { apiKey: DEMO_KEY })).json<{
    token: string
    expiresAt: string
  }>()
  t.equal(Date.parse(expiresAt), START + LIMITS.streamTokenSeconds * 1000)
  const url = `${STREAM}?token=${token}`
  const stream = await read(t, origin + url, {})
  await until('the snapshot', () => stream.messages().length > 0)
  t.equal((await get('/api/ribbon/active-calls', { 'x-api-key': token })).statusCode, 401)
  t.equal((await get(`/api/ribbon/active-calls?token=${token}`, {})).statusCode, 401)
  const tampered = await get(`${STREAM}?token=${token}x`, {})
  t.equal(tampered.statusCode, 401)
  t.match(tampered.json<{ detail: string }>().detail, /stream token/)
  t.equal((await get(`${STREAM}?token=${'x'.repeat(LIMITS.sessionTokenLength + 1)}`, {})).statusCode, 401)
  t.equal((await get(STREAM, {})).statusCode, 401)
  clock.now = Date.parse(expiresAt)
  t.equal((await get(url, {})).statusCode, 401)
  t.equal(stream.isOver(), false, 'one that is open goes on')
  await storage.updateClient(CLIENT, { status: 'suspended' })
  await until('its end', () => {
    clock.now += 1001
    return stream.isOver()
  })
})

t.test('a reader who does not read is let go, and the others miss nothing', async (t) => {
  const test = await buildTestApp(t)
  const origin = await listen(test)
  const good = await read(t, origin + STREAM)
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.write(`GET ${STREAM} HTTP/1.1\r\nHost: ribbon.test\r\nX-API-Key: ${DEMO_KEY}\r\n\r\n`)
  // Until then it is told what the others know, and is not behind them.
  let seen = ''
  socket.on('data', (bytes) => (seen += String(bytes)))
  await until('the beginning', () => seen.includes('event: today'))
  socket.pause()
  let closed = false
  socket.once('close', () => (closed = true))
  // What the system holds for a socket is megabytes.
  const [calls, customFields] = [800, { note: 'x'.repeat(15_000) }]
  for (let n = 0; n < calls; n += 20) {
    const some = Array.from({ length: 20 }, (_, i) => `CA${String(n + i)}`)
    const answers = await Promise.all(
      some.map((callSid) => say(test, 'dialing', callSid, DEMO_KEY, { customerData: { customFields } })),
    )
    t.equal(
      answers.every(({ statusCode }) => statusCode === 200),
      true,
    )
  }
  await until('the last change', () => good.text().includes(`id: ${String(calls)}\n`))
  t.equal(changesOf(good.messages()).length, calls)
  const late = await read(t, `${origin}${STREAM}?lastEventId=0`)
  await until('all of the past', () => late.text().includes(`id: ${String(calls)}\n`))
  t.same(changesOf(late.messages()), changesOf(good.messages()))
  socket.resume()
  await until('the end', () => closed)
})

t.test('a store that does not answer is a problem at the beginning, and an interruption later', async (t) => {
  const broken = await buildTestApp(t, {
    storage: replacing('activeCalls', () => Promise.reject(new StorageUnavailable('gone'))),
  })
  t.match((await broken.get(STREAM)).json(), { status: 503, code: 'unavailable' })
  let fails = true
  const real = await buildTestApp(t)
  const shaky = await buildTestApp(t, {
    store: real.storage,
    streamTiming: QUICK,
    storage: replacing('changesSince', (...args) =>
      fails ? Promise.reject(new StorageUnavailable('gone')) : real.storage.changesSince(...args),
    ),
  })
  const origin = await listen(shaky)
  const stream = await read(t, origin + STREAM)
  await until('the end', stream.isOver)
  fails = false
  const second = await read(t, origin + STREAM)
  await until('the snapshot', () => second.messages().length > 1)
  fails = true
  await say(shaky, 'dialing', 'CA1')
  await say(shaky, 'connected', 'CA1')
  fails = false
  await until('what had to wait', () => changesOf(second.messages()).length === 2)
})

t.test('a server that ends, ends its streams, and they go on at the next', async (t) => {
  const test = await buildTestApp(t)
  const origin = await listen(test)
  const stream = await read(t, origin + STREAM)
  await until('the snapshot', () => stream.messages().length > 0)
  await test.app.close()
  await until('the end', stream.isOver)
  t.match(stream.text(), /^retry: \d+\n/)
})

t.test('the typed client goes on by itself, and says whether it is live', async (t) => {
  const test = await buildTestApp(t)
  const [origin, ending] = [await listen(test), new AbortController()]
  const live: boolean[] = []
  const cuts: AbortController[] = []
  // Each connection is cut after its first change.
  const fetching = async (request: Request) => {
    const cut = new AbortController()
    cuts.push(cut)
    return fetch(request, { signal: AbortSignal.any([request.signal, cut.signal]) })
  }
  const ribbon = createRibbonClient({ baseUrl: origin, apiKey: DEMO_KEY, fetch: fetching })
  const seen: StreamMessage[] = []
  const options = { signal: ending.signal, onConnection: (isLive: boolean) => live.push(isLive) }
  for await (const message of ribbon.changes(options)) {
    if (message.event === 'today') continue
    seen.push(message)
    if (seen.length === 4) ending.abort()
    else await say(test, 'dialing', `CA${String(seen.length)}`)
    if (seen.length % 2 === 0) cuts.at(-1)?.abort()
  }
  t.same(
    seen.map(({ id, event }) => [id, event]),
    [
      [0, 'snapshot'],
      [1, 'call.started'],
      [2, 'call.started'],
      [3, 'call.started'],
    ],
  )
  t.same(live.slice(0, 3), [true, false, true])
  const answers = [new Response('', { status: 503 }), new Response('retry: 1\n\n')]
  const patient = createRibbonClient({
    baseUrl: origin,
    apiKey: DEMO_KEY,
    fetch: (request) => {
      const answer = answers.shift()
      return answer === undefined ? fetch(request) : Promise.resolve(answer)
    },
  })
  for await (const { event } of patient.changes()) {
    t.equal(event, 'snapshot')
    break
  }
  const wrong = createRibbonClient({ baseUrl: origin, apiKey: 'wrong' }).changes({ after: 1 })
  await t.rejects(wrong.next(), { name: 'RibbonError', code: 'invalid_api_key' })
})
