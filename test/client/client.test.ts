import t, { type Test } from 'tap'
import { createRibbonClient, RibbonError, type RibbonClientOptions } from '../../src/client/client.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY, START } from '../helpers/app.js'
import { place } from '../helpers/calls.js'
import { type Fate, faultyNetwork } from '../helpers/faulty-network.js'
import { listen } from '../helpers/listening.js'
import { replacing } from '../helpers/storage.js'

interface Setting {
  /** What becomes of the requests on their way, the first one's first. */
  readonly fates?: readonly Fate[]
  readonly options?: Partial<RibbonClientOptions>
}

const CALLS = 250
/** A minute apart, the newest last. */
const PLACED = Array.from({ length: CALLS }, (_, i) => ({
  callSid: `CA${String(i)}`,
  at: START - (CALLS - i) * 60_000,
  seconds: 30,
  direction: 'outbound' as const,
}))
/** Where those calls are, and nothing that tests log: that happens now. */
const BEFORE_NOW = { endDate: new Date(START - 1).toISOString() }

const app = await buildTestApp(t)
const origin = await listen(app)
await place(app, DEMO_KEY, PLACED)

/** A client of the server, over a network of its own, which can fail. */
async function setUp(t: Test, { fates = [], options }: Setting = {}) {
  const network = await faultyNetwork(t, origin, fates)
  const ribbon = createRibbonClient({ baseUrl: network.url, apiKey: DEMO_KEY, ...options })
  return { network, ribbon }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = []
  for await (const item of items) read.push(item)
  return read
}

const EVENT = { event: 'connected', data: { callSid: 'CA1', callDirection: 'outbound' } }

t.test('every request carries the API key, and answers have the types of the contract', async (t) => {
  const { ribbon, network } = await setUp(t)
  const { data } = await ribbon.GET('/api/ribbon/analytics', { params: { query: BEFORE_NOW } })
  const count: number | undefined = data?.summary.totalCalls
  t.equal(count, CALLS)
  t.match(network.sent, [{ 'x-api-key': DEMO_KEY, authorization: undefined }])
})

t.test('the admin token is a bearer token, and no key is sent without one', async (t) => {
  const { network } = await setUp(t)
  const admin = createRibbonClient({ baseUrl: network.url, adminToken: ADMIN_TOKEN })
  const { data } = await admin.GET('/api/admin/clients')
  t.equal(data?.length, 3)
  t.match(network.sent, [{ 'x-api-key': undefined, authorization: `Bearer ${ADMIN_TOKEN}` }])
})

t.test('an id is encoded into the path, and filters into the query', async (t) => {
  const { ribbon } = await setUp(t)
  await app.post('/api/ribbon/customer', { apiKey: DEMO_KEY, customerData: { customerId: 'a/b c' } })
  const { data } = await ribbon.GET('/api/ribbon/customer/{customerId}/calls', {
    params: { path: { customerId: 'a/b c' }, query: { limit: 10 } },
  })
  t.equal(data?.customerId, 'a/b c')
})

t.test('an error is returned as a problem by what is typed by path', async (t) => {
  const { ribbon } = await setUp(t, { options: { apiKey: 'wrong' } })
  const { data, error } = await ribbon.POST('/api/ribbon/log-call', { body: EVENT })
  t.equal(data, undefined)
  t.equal(error?.code, 'invalid_api_key')
})

t.test('an error is thrown by what has a name: with the problem, where the server answered', async (t) => {
  const { ribbon } = await setUp(t, { options: { apiKey: 'wrong' } })
  const refused = { name: 'RibbonError', status: 401, code: 'invalid_api_key', problem: { title: 'Invalid API key' } }
  await t.rejects(ribbon.exportCalls(), refused)
  await t.rejects(ribbon.logCall(EVENT), refused)
  await t.rejects(ribbon.queryAnalytics(), refused)
  await t.rejects(all(ribbon.callLogs()), refused)

  const behindProxy = await setUp(t, { fates: [{ status: 502 }, { status: 502 }], options: { retries: 0 } })
  const error: unknown = await behindProxy.ribbon.exportCalls().catch((error: unknown) => error)
  t.ok(error instanceof RibbonError)
  t.match(error, { status: 502, code: undefined, message: 'The server answered 502.' })
  const { error: text } = await behindProxy.ribbon.GET('/health')
  t.equal(text, 'not now')
})

t.test('a CSV file is read as its text, whole or as it arrives', async (t) => {
  const { ribbon } = await setUp(t)
  const query = { ...BEFORE_NOW, format: 'csv' } as const
  const { data } = await ribbon.GET('/api/ribbon/export/calls', { params: { query } })
  const whole = data as string
  t.match(whole, /^Session ID,Customer Name,.*\r\nsession-CA0,/)
  t.equal(whole.split('\r\n').length, CALLS + 2)

  const file = await ribbon.exportCalls(query)
  t.match(file.headers.get('content-disposition'), /call-logs-client-demo-until-2025-10-12\.csv/)
  const chunks = await all(file.body.pipeThrough(new TextDecoderStream()))
  t.ok(chunks.length > 1, 'in pieces')
  t.equal(chunks.join(''), whole)
})

t.test('a question is asked with lists, of words and of ids that hold commas', async (t) => {
  const { ribbon } = await setUp(t)
  const { rows, total } = await ribbon.queryAnalytics({
    ...BEFORE_NOW,
    metrics: ['calls', 'answered'],
    groupBy: ['date'],
  })
  t.equal(total.values.calls, CALLS)
  t.ok(rows.every(({ group, values }) => group.date !== undefined && values.calls === values.answered))
  const customerId = ['a,b', 'c']
  const { signal } = new AbortController()
  t.equal((await ribbon.queryAnalytics({ customerId }, { signal })).total.values.calls, 0)
  const csv = await ribbon.GET('/api/ribbon/analytics/query', {
    params: { query: { format: 'csv', metrics: ['calls'] } },
  })
  t.equal(csv.data, `calls\r\n${String(CALLS)}\r\n`)
  t.equal((await ribbon.queryAnalytics()).total.values.calls, CALLS)
})

t.test('columns are sent as the list that the contract has; lines of JSON are read as text', async (t) => {
  const { ribbon } = await setUp(t)
  const file = await ribbon.exportCalls({ format: 'csv', columns: ['status', 'sessionId'] })
  t.match(await file.text(), /^Status,Session ID\r\ncompleted,session-CA0\r\n/)
  const { data } = await ribbon.GET('/api/ribbon/export/calls', { params: { query: { format: 'ndjson' } } })
  const lines = (data as string).trimEnd().split('\n')
  t.equal(lines.length, CALLS)
  t.match(JSON.parse(String(lines[0])), { sessionId: 'session-CA0', status: 'completed' })
})

t.test('a JSON file is an object when it is read by path, and a stream when it is exported', async (t) => {
  const { ribbon } = await setUp(t)
  const { data } = await ribbon.GET('/api/ribbon/export/calls')
  t.match(data, { calls: [{ sessionId: 'session-CA0' }, { sessionId: 'session-CA1' }] })
  t.match(await (await ribbon.exportCalls()).json(), { calls: [{ sessionId: 'session-CA0' }, {}] })
})

t.test('a file that the server cannot finish throws while it is read', async (t) => {
  let chunks = 0
  const failing = await buildTestApp(t, {
    storage: (real) =>
      replacing('exportChunk', async (asked) => {
        if ((chunks += 1) > 1) throw new StorageUnavailable('the store is gone')
        return real.exportChunk(asked)
      })(real),
  })
  await place(failing, DEMO_KEY, PLACED)
  const ribbon = createRibbonClient({ baseUrl: await listen(failing), apiKey: DEMO_KEY })
  const file = await ribbon.exportCalls({ format: 'csv' })
  await t.rejects(file.text())
})

t.test('the log is walked to its end, a page at a time', async (t) => {
  const { ribbon, network } = await setUp(t)
  const logs = await all(ribbon.callLogs({ ...BEFORE_NOW, pageSize: 200 }))
  t.strictSame(
    logs.map(({ event, data }) => [event, data['callSid']]),
    PLACED.toReversed().flatMap(({ callSid }) => ['callEnded', 'connected'].map((event) => [event, callSid])),
  )
  t.equal(network.sent.length, 3)
  t.strictSame(await all(ribbon.callLogs({ event: 'nothing' })), [])
})

t.test('a walk that is left early asks for no further page', async (t) => {
  const { ribbon, network } = await setUp(t)
  for await (const { event } of ribbon.callLogs({ ...BEFORE_NOW, pageSize: 2 })) if (event === 'connected') break
  t.equal(network.sent.length, 1)
})

t.test('an event is written once, whatever becomes of its tries', async (t) => {
  const fates: Fate[] = [{ status: 503, retryAfter: '0' }, 'loses its answer', 'gets half an answer']
  const { ribbon, network } = await setUp(t, { fates })
  const { logId } = await ribbon.logCall({ event: 'once', data: { phoneNumber: '+919876543210' } })
  t.equal(network.sent.length, 4)
  t.equal(new Set(network.sent.map((headers) => headers['Idempotency-Key'])).size, 1, 'under one key')
  t.strictSame(
    (await all(ribbon.callLogs({ event: 'once' }))).map((log) => log.logId),
    [logId],
  )
})

t.test('two events are two, unless the caller says that they are one', async (t) => {
  const { ribbon } = await setUp(t)
  const event = { event: 'connected', data: { phoneNumber: '+919876543210' } }
  const idempotencyKey = '9f1c2d3e'
  const repeats = [
    await ribbon.logCall(event, { idempotencyKey }),
    await ribbon.logCall(event, { idempotencyKey }),
    await ribbon.logCall({ ...event, eventId: idempotencyKey }),
  ]
  t.equal(new Set(repeats.map(({ logId }) => logId)).size, 1)
  const others = [await ribbon.logCall(event), await ribbon.logCall(event)]
  t.equal(new Set([...repeats, ...others].map(({ logId }) => logId)).size, 3)

  const busy = await setUp(t, { fates: ['loses its answer'] })
  const named = { ...event, eventId: 'घटना-1' }
  t.equal((await busy.ribbon.logCall(named)).logId, (await ribbon.logCall(named)).logId)
  t.equal(busy.network.sent.length, 2)
})

t.test('a key that stands for another event is refused at once', async (t) => {
  const { ribbon, network } = await setUp(t)
  await ribbon.logCall(EVENT, { idempotencyKey: 'one' })
  const other = { ...EVENT, event: 'callEnded' }
  await t.rejects(ribbon.logCall(other, { idempotencyKey: 'one' }), { status: 422, code: 'idempotency_conflict' })
  t.equal(network.sent.length, 2)
})

t.test('reads are tried again, and so is a write that names its key; another write is not', async (t) => {
  const busy = { status: 503, retryAfter: '0' }
  const { ribbon, network } = await setUp(t, { fates: [busy, 'gets through', busy, 'gets through', busy] })
  t.match(await ribbon.GET('/api/ribbon/config'), { data: { plan: 'trial' } })
  const header = { 'Idempotency-Key': 'two' }
  t.match(await ribbon.POST('/api/ribbon/log-call', { body: EVENT, params: { header } }), { data: { success: true } })
  t.equal(network.sent.length, 4)
  const { response } = await ribbon.POST('/api/ribbon/customer', { body: { customerData: { name: 'John Doe' } } })
  t.equal(response.status, 503)
  t.equal(network.sent.length, 5)
})

t.test('an abort ends the wait for the next try', async (t) => {
  const ending = new AbortController()
  const { ribbon, network } = await setUp(t, { fates: [{ status: 503, retryAfter: '60' }] })
  network.onRefused = () => {
    ending.abort(new Error('no longer wanted'))
  }
  await t.rejects(ribbon.logCall(EVENT, { signal: ending.signal }), { message: 'no longer wanted' })
  t.equal(network.sent.length, 1)
})

t.test('nothing is sent of what is aborted already', async (t) => {
  const { ribbon, network } = await setUp(t)
  const options = { signal: AbortSignal.abort() }
  const aborted = { name: 'AbortError' }
  await t.rejects(ribbon.logCall(EVENT, options), aborted)
  await t.rejects(ribbon.exportCalls({}, options), aborted)
  await t.rejects(all(ribbon.callLogs({}, options)), aborted)
  await t.rejects(ribbon.GET('/health', options), aborted)
  t.equal(network.sent.length, 0)
})

t.test('a fetch of the caller’s own takes the place of the global one', async (t) => {
  const urls: string[] = []
  const { ribbon } = await setUp(t, {
    options: {
      fetch: async (request) => {
        urls.push(new URL(request.url).pathname)
        return fetch(request)
      },
    },
  })
  await ribbon.GET('/health')
  t.strictSame(urls, ['/health'])
})
