import t from 'tap'
import { LIMITS } from '../../src/core/vocabulary.js'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'

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
