import t from 'tap'
import { LIMITS } from '../../src/core/vocabulary.js'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'

const { get, post } = await buildTestApp(t)
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
