import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { ENGINES } from '../helpers/storage.js'

const { get, inject, post } = await buildTestApp(t)
const URL = '/api/ribbon/log-call'

const event = (callSid: string, members: object = {}) => ({
  apiKey: DEMO_KEY,
  event: 'connected',
  data: { callSid, phoneNumber: '+919876543210' },
  timestamp: '2025-10-12T10:30:00Z',
  ...members,
})

t.test('a repeat gets the first answer', async (t) => {
  const first = await post(URL, event('CA-repeat'))
  t.match(first.json(), { success: true, logId: /^log-\d+-[0-9a-z]+$/ })
  t.equal((await post(URL, event('CA-repeat'))).body, first.body)
})

t.test('an idempotency key used for another event is a 422', async (t) => {
  const headers = { 'idempotency-key': 'key-1' }
  const first = await post(URL, event('CA-key'), headers)
  t.equal((await post(URL, event('CA-key'), headers)).body, first.body)
  const conflict = await post(URL, event('CA-other'), headers)
  t.match(conflict.json(), { status: 422, code: 'idempotency_conflict' })
  t.equal((await post(URL, event('CA-event-id', { eventId: 'key-1' }))).statusCode, 422)
  t.equal((await post(URL, event('CA-key', { apiKey: COLLECTIONS_KEY }), headers)).statusCode, 200)
})

t.test('a time that is none, or that is out of bounds, is refused by name', async (t) => {
  for (const timestamp of ['', 'yesterday', '2025-02-30T10:00:00Z', '1999-12-31T23:59:59Z', '2100-01-01T00:00:00Z']) {
    const response = await post(URL, event('CA-time', { timestamp }))
    t.match(response.json(), { status: 400, errors: [{ in: 'body', pointer: '/timestamp' }] }, timestamp)
  }
})

t.test('a time that is none is told what is wrong with it, and how one looks', async (t) => {
  for (const [timestamp, message] of [
    [
      '1760280743',
      'is "1760280743", which counts seconds or milliseconds: write a date-time such as 2025-10-12T10:35:00Z',
    ],
    ['2025-10-12', 'is "2025-10-12", which has no time of day: write a date-time such as 2025-10-12T10:35:00Z'],
    ['1999-12-31T23:59:59Z', 'is "1999-12-31T23:59:59Z", which is not between 2000-01-01 and 2099-12-31, UTC'],
  ] as const) {
    t.match((await post(URL, event('CA-time', { timestamp }))).json(), { errors: [{ message }] })
  }
})

t.test('a time more than a day ahead of the clock is refused, and one of a day is not', async (t) => {
  const post = (timestamp: string) => inject({ method: 'POST', url: URL, payload: event('CA-ahead', { timestamp }) })
  t.equal((await post('2025-10-13T10:35:00Z')).statusCode, 200)
  const refused = await post('2025-10-13T10:35:00.001Z')
  t.match(refused.json(), {
    status: 400,
    errors: [{ pointer: '/timestamp', message: /more than 24 hours ahead of .* 2025-10-12T10:35:00Z/ }],
  })
})

t.test('data, and what stands beside it, are as long as they may be and no longer', async (t) => {
  const filled = (length: number) => {
    const room = length - JSON.stringify({ callSid: 'CA-long', note: '' }).length
    return { callSid: 'CA-long', note: 'x'.repeat(room) }
  }
  t.equal((await post(URL, event('', { data: filled(LIMITS.dataLength) }))).statusCode, 200)
  const long = await post(URL, event('', { data: filled(LIMITS.dataLength + 1) }))
  t.match(long.json(), { status: 400, errors: [{ in: 'body', pointer: '/data', message: /32768 characters/ }] })

  const beside = (length: number) => ({ widget: 'x'.repeat(length - JSON.stringify({ widget: '' }).length) })
  t.equal((await post(URL, event('CA-beside', beside(LIMITS.contextLength)))).statusCode, 200)
  const more = await post(URL, event('CA-beside', beside(LIMITS.contextLength + 1)))
  t.match(more.json(), { status: 400, errors: [{ in: 'body', pointer: '', message: /4096 characters/ }] })

  const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${String(i)}`, i]))
  const withMembers = (count: number) => event('', { data: { callSid: 'CA-many', customerData: members(count) } })
  t.equal((await post(URL, withMembers(LIMITS.members))).statusCode, 200)
  const many = await post(URL, withMembers(LIMITS.members + 1))
  t.match(many.json(), { status: 400, errors: [{ in: 'body', pointer: '/data/customerData' }] })
})

t.test('an event that names neither call nor time is recorded as often as it is sent', async (t) => {
  const body = { apiKey: DEMO_KEY, event: 'identityless', data: { phoneNumber: '+919812345678' } }
  const [first, second] = [await post(URL, body), await post(URL, body)]
  t.equal(first.statusCode, 200)
  t.not(first.body, second.body)
  t.match((await get('/api/ribbon/call-logs?event=identityless')).json(), { pagination: { total: 2 } })
})

t.test('a time without offset is in the client’s zone, and no time is the time of arrival', async (t) => {
  await post(URL, event('CA-local', { timestamp: '2025-10-01T09:00:00', event: 'local' }))
  await post(URL, event('CA-now', { timestamp: undefined, event: 'arrival' }))
  t.match((await get('/api/ribbon/call-logs?event=local')).json(), { logs: [{ timestamp: '2025-10-01T03:30:00Z' }] })
  t.match((await get('/api/ribbon/call-logs?event=arrival')).json(), { logs: [{ timestamp: '2025-10-12T10:35:00Z' }] })
})

t.test('what could not come back as it was sent is refused where it stands', async (t) => {
  let deep: object = {}
  for (let level = 0; level < LIMITS.nestingDepth; level++) deep = { a: deep }
  const response = await post(URL, event('CA-deep', { data: deep }))
  t.match(response.json(), { status: 400, errors: [{ in: 'body', pointer: /^\/data\/a/ }] })
})

t.test('what the published widget sends is taken as it is', async (t) => {
  const data = {
    callId: '',
    remoteId: '',
    callDirection: '',
    callState: '',
    callDuration: '',
    callSid: 'CA-widget',
    sipHeaders: '',
    customerData: null,
    timestamp: '2025-10-12T10:30:00Z',
  }
  const sent = { event: 'widgetEvent', data, domain: 'yourcrm.com', agentUserId: 'agent-42', clientName: 'Their name' }
  t.equal((await post(URL, { apiKey: DEMO_KEY, timestamp: '2025-10-12T10:30:00Z', ...sent })).statusCode, 200)
  t.match((await get('/api/ribbon/call-logs?event=widgetEvent')).json(), {
    logs: [{ data, domain: 'yourcrm.com', agentUserId: 'agent-42', clientName: 'Demo Client' }],
  })
})

const MISSPELT = {
  apiKey: DEMO_KEY,
  event: 'callended',
  data: { callsid: 'CA-near', callDirection: 'inbund', phoneNumber: '+919876543210', queue: 'sales' },
  timestamp: '2025-10-12T10:30:00Z',
}
const WARNINGS = [
  { pointer: '/event', message: 'is "callended", which is no known event: did you mean callEnded?' },
  { pointer: '/data/callsid', message: 'is no known member: did you mean callSid?' },
  { pointer: '/data/callDirection', message: 'is "inbund", which is no direction: did you mean inbound?' },
]
const total = async ({ get }: Pick<TestApp, 'get'>, name: string) =>
  (await get(`/api/ribbon/call-logs?event=${name}`)).json<{ pagination: { total: number } }>().pagination.total

for (const engine of ENGINES) {
  t.test(
    `on ${engine}, near misses are kept as they were sent, and the answer says what was not understood`,
    async (t) => {
      const app = await buildTestApp(t, { engine })
      const response = await app.post(URL, MISSPELT)
      t.equal(response.statusCode, 200)
      t.strictSame(response.json(), {
        success: true,
        logId: response.json<{ logId: string }>().logId,
        warnings: WARNINGS,
      })
      t.equal((await app.post(URL, MISSPELT)).body, response.body, 'a repeat is answered alike')
      t.match((await app.get('/api/ribbon/call-logs?event=callended')).json(), { logs: [{ data: MISSPELT.data }] })
      t.notOk('warnings' in (await app.post(URL, event('CA-right'))).json<object>())
    },
  )

  t.test(`on ${engine}, strict handling refuses near misses with the same words, and writes nothing`, async (t) => {
    const app = await buildTestApp(t, { engine })
    const strict = { prefer: 'respond-async, handling=strict' }
    const refused = await app.post(URL, MISSPELT, strict)
    t.match(refused.json(), {
      status: 400,
      code: 'invalid_request',
      errors: WARNINGS.map((warning) => ({ in: 'body', ...warning })),
    })
    t.equal(refused.headers['preference-applied'], 'handling=strict')
    t.equal(await total(app, 'callended'), 0)
    const taken = await app.post(URL, event('CA-strict'), strict)
    t.equal(taken.statusCode, 200)
    t.equal(taken.headers['preference-applied'], 'handling=strict')
    t.notOk('preference-applied' in (await app.post(URL, MISSPELT, { prefer: 'handling=lenient' })).headers)
    t.equal(await total(app, 'callended'), 1)
  })
}

/** As `navigator.sendBeacon` sends text: without a header that a page could set. */
const beacon = (payload: string, headers: Readonly<Record<string, string>> = {}, url = URL) =>
  inject({ method: 'POST', url, payload, headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers } })

t.test('JSON that is called plain text is taken like JSON, with the same checks', async (t) => {
  const sent = await beacon(JSON.stringify(event('CA-beacon', { event: 'callEnded' })))
  t.equal(sent.statusCode, 200)
  t.equal((await post(URL, event('CA-beacon', { event: 'callEnded' }))).body, sent.body)
  for (const [payload, status, code] of [
    [JSON.stringify(event('CA-beacon', { apiKey: undefined })), 401, 'missing_api_key'],
    [JSON.stringify(event('CA-beacon', { apiKey: 'unknown' })), 401, 'invalid_api_key'],
    [JSON.stringify(event('CA-beacon', { event: 7 })), 400, 'invalid_request'],
    [JSON.stringify(event('CA-beacon', { note: 'x'.repeat(LIMITS.bodyBytes) })), 413, 'payload_too_large'],
    ['hello', 400, 'invalid_json'],
    ['', 400, 'invalid_json'],
    ['{"__proto__":{"a":1}}', 400, 'invalid_json'],
  ] as const) {
    t.match((await beacon(payload)).json(), { status, code }, code)
  }
})

t.test('a page of a foreign origin gets no event in by plain text, for which a browser asks no leave', async (t) => {
  const payload = JSON.stringify(event('CA-foreign', { apiKey: COLLECTIONS_KEY, event: 'foreign' }))
  for (const origin of ['https://evil.example', 'null']) {
    t.match((await beacon(payload, { origin })).json(), { status: 403, code: 'origin_not_allowed' })
  }
  const headers = { 'x-api-key': COLLECTIONS_KEY }
  t.match((await get('/api/ribbon/call-logs?event=foreign', headers)).json(), { pagination: { total: 0 } })
  t.equal((await beacon(payload, { origin: 'https://collections-crm.com' })).statusCode, 200)
})

t.test('no other operation takes plain text', async (t) => {
  for (const url of ['/api/ribbon/init', '/api/ribbon/customer']) {
    t.equal((await beacon('{}', { 'x-api-key': DEMO_KEY }, url)).statusCode, 415, url)
  }
})
