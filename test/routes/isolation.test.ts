/** Two clients with the same calls and customers by name: neither sees, counts or changes anything of the other's. */
import t from 'tap'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY, MARKETING_KEY } from '../helpers/app.js'
import { place } from '../helpers/calls.js'

const test = await buildTestApp(t)
const { get, post } = test

/** The same names on both sides; only what they say differs. */
const call = {
  callSid: 'CA-shared',
  at: Date.parse('2025-10-12T10:30:00Z'),
  seconds: 60,
  direction: 'outbound',
} as const
const shared = { customerId: 'CUST-shared' }
await place(test, DEMO_KEY, [{ ...call, phoneNumber: '+911', customerData: { ...shared, name: 'of demo' } }])
await place(test, COLLECTIONS_KEY, [
  { ...call, phoneNumber: '+922', customerData: { ...shared, name: 'of collections' }, seconds: 200 },
])
const active = { event: 'connected', data: { callSid: 'CA-active' }, timestamp: '2025-10-12T10:34:00Z' }
await post('/api/ribbon/log-call', active, { 'x-api-key': DEMO_KEY })
await post('/api/ribbon/customer', { customerData: { ...shared, company: 'saved by demo' } }, { 'x-api-key': DEMO_KEY })

const reads = [
  'config',
  'analytics',
  'analytics?customerId=CUST-shared',
  'analytics/detailed',
  'call-logs',
  'call-logs?customerId=CUST-shared',
  'active-calls',
  'export/calls?format=csv',
  'export/calls?format=json',
  'customer/CUST-shared',
  'customer/CUST-shared/calls',
]
const as = (apiKey: string, path: string) => get(`/api/ribbon/${path}`, { 'x-api-key': apiKey })

t.test('no answer to one client has a word of the other’s', async (t) => {
  for (const path of reads) {
    const demo = await as(DEMO_KEY, path)
    const collections = await as(COLLECTIONS_KEY, path)
    t.equal(demo.statusCode, 200, path)
    t.equal(collections.statusCode, 200, path)
    t.notMatch(demo.body, /of collections|\+922|client-001/, path)
    t.notMatch(collections.body, /of demo|saved by demo|\+911|client-demo|CA-active/, path)
  }
})

t.test('each client’s numbers are its own', async (t) => {
  t.match((await as(DEMO_KEY, 'analytics')).json(), { summary: { totalCalls: 2, totalDuration: 60 } })
  t.match((await as(COLLECTIONS_KEY, 'analytics')).json(), { summary: { totalCalls: 1, totalDuration: 200 } })
  t.match((await as(DEMO_KEY, 'customer/CUST-shared')).json(), { totalCalls: 1, totalDuration: 60 })
  t.match((await as(COLLECTIONS_KEY, 'customer/CUST-shared')).json(), { totalCalls: 1, totalDuration: 200 })
  t.match((await as(COLLECTIONS_KEY, 'active-calls')).json(), { count: 0 })
  t.match((await as(COLLECTIONS_KEY, 'call-logs')).json(), { pagination: { total: 2 } })
})

t.test('a client without calls sees none, and knows none of the others’ customers', async (t) => {
  for (const path of ['analytics', 'analytics/detailed']) {
    t.match((await as(MARKETING_KEY, path)).json(), { summary: { totalCalls: 0 } })
  }
  t.strictSame((await as(MARKETING_KEY, 'call-logs')).json<{ logs: unknown[] }>().logs, [])
  t.equal((await as(MARKETING_KEY, 'customer/CUST-shared')).statusCode, 404)
  t.equal((await as(MARKETING_KEY, 'customer/CUST-shared/calls')).statusCode, 404)
})

t.test('what ends one client’s call leaves the other’s of the same name as it was', async (t) => {
  const before = (await as(DEMO_KEY, 'active-calls')).body
  const end = { event: 'callEnded', data: { callSid: 'CA-active', duration: 5 }, timestamp: '2025-10-12T10:35:00Z' }
  await post('/api/ribbon/log-call', end, { 'x-api-key': MARKETING_KEY })
  t.equal((await as(DEMO_KEY, 'active-calls')).body, before)
})

t.test('idempotency keys and cursors are no one else’s', async (t) => {
  const log = (apiKey: string, callSid: string) =>
    post(
      '/api/ribbon/log-call',
      { event: 'note', data: { callSid } },
      { 'x-api-key': apiKey, 'idempotency-key': 'one key' },
    )
  t.equal((await log(DEMO_KEY, 'CA-a')).statusCode, 200)
  t.equal((await log(COLLECTIONS_KEY, 'CA-b')).statusCode, 200)
  const { pagination } = (await as(DEMO_KEY, 'call-logs?pageSize=1')).json<{ pagination: { nextCursor: string } }>()
  t.equal((await as(DEMO_KEY, `call-logs?cursor=${pagination.nextCursor}`)).statusCode, 200)
  t.equal((await as(COLLECTIONS_KEY, `call-logs?cursor=${pagination.nextCursor}`)).statusCode, 400)
})

t.test('a client’s key does not open the administrators’ view, nor their token a client’s', async (t) => {
  t.equal(
    (await get('/api/admin/clients', { 'x-api-key': DEMO_KEY, authorization: `Bearer ${DEMO_KEY}` })).statusCode,
    401,
  )
  t.equal((await get('/api/ribbon/analytics', { authorization: `Bearer ${ADMIN_TOKEN}` })).statusCode, 401)
})
