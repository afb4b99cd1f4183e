import t from 'tap'
import { buildApp } from '../../src/app.js'
import { LIMITS } from '../../src/core/limits.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { loadConfig } from '../../src/config.js'
import { replacing, scratchStorage } from '../helpers/storage.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY, MARKETING_KEY, START } from '../helpers/app.js'

const { get, inject, post, storage: store } = await buildTestApp(t)

const log = (event: string, callSid: string, timestamp: string, data: object = {}) =>
  post('/api/ribbon/log-call', {
    apiKey: MARKETING_KEY,
    event,
    timestamp,
    agentUserId: 42,
    data: { callSid, phoneNumber: '+919876543210', callDirection: 'outbound', ...data },
  })
const mine = (path: string) => get(`/api/ribbon/${path}`, { 'x-api-key': MARKETING_KEY })

const customerData = { customerId: 'CUST001', name: 'John Doe' }
await log('dialing', 'CA1', '2025-10-12T10:29:50Z', { customerData })
await log('connected', 'CA1', '2025-10-12T10:30:00Z')
await log('callEnded', 'CA1', '2025-10-12T10:33:00Z')
await log('dialing', 'CA2', '2025-10-12T10:34:00Z', { customerData })

t.test('init hands out credentials on allowed domains alone', async (t) => {
  const init = (domain: string) => post('/api/ribbon/init', { apiKey: COLLECTIONS_KEY, domain })
  t.match((await init('https://collections-crm.com/page')).json(), {
    exotelToken: 'collections-exotel-token',
    features: ['call', 'mute', 'hold', 'dtmf', 'transfer'],
    clientInfo: { plan: 'enterprise', remainingCalls: 10_000 },
  })
  for (const [domain, detail] of [
    ['evil.example', /^The domain "evil.example" may not use this API key: whoever runs this server can add it/],
    ['two words', /^"two words" is no host name/],
  ] as const) {
    t.match((await init(domain)).json(), { status: 403, code: 'domain_not_allowed', detail })
  }
})

t.test('init stops at the month’s limit, and log-call does not', async (t) => {
  const { clock, get, post } = await buildTestApp(t)
  const calls = Array.from({ length: 100 }, (_, call) =>
    post('/api/ribbon/log-call', { apiKey: DEMO_KEY, event: 'dialing', data: { callSid: `CA${String(call)}` } }),
  )
  await Promise.all(calls)
  const init = await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 'a.example' })
  t.match(init.json(), {
    status: 429,
    code: 'quota_exceeded',
    detail:
      'The 100 calls of this month are used up. The month ends at 2025-10-31T18:30:00Z, as 2025-11-01 begins in Asia/Kolkata; whoever runs this server can raise the limit.',
  })
  const endsAt = Date.parse('2025-10-31T18:30:00Z')
  t.equal(Number(init.headers['retry-after']), (endsAt - clock.now) / 1000)
  const event = { apiKey: DEMO_KEY, event: 'dialing', data: { callSid: 'CA-more' } }
  t.equal((await post('/api/ribbon/log-call', event)).statusCode, 200)
  t.match((await get('/api/ribbon/config')).json(), { usage: { callsThisMonth: 101, limit: 100, remaining: 0 } })
})

t.test('call logs go page by page, and by cursor', async (t) => {
  const first = (await mine('call-logs?pageSize=3')).json<{ pagination: { nextCursor: string } }>()
  t.match(first, { logs: [{ event: 'dialing' }, { event: 'callEnded' }, { event: 'connected' }] })
  t.match(first.pagination, { page: 1, total: 4, totalPages: 2, nextCursor: String })
  const cursor = first.pagination.nextCursor
  const second = (await mine(`call-logs?pageSize=3&cursor=${cursor}`)).json<{ logs: unknown[]; pagination: object }>()
  t.equal(second.logs.length, 1)
  t.strictSame(second.pagination, { pageSize: 3, total: 4, totalPages: 2, nextCursor: null })
  t.equal((await mine(`call-logs?event=dialing&cursor=${cursor}`)).statusCode, 400)
  t.match((await mine('call-logs?customerId=CUST001&callDirection=outbound')).json(), { pagination: { total: 2 } })
})

t.test('ranges and zones that make no sense are refused by name', async (t) => {
  for (const path of ['analytics', 'analytics/detailed', 'analytics/query', 'call-logs', 'export/calls']) {
    for (const [query, pointer] of [
      ['startDate=2025-10-02&endDate=2025-10-01', '/startDate'],
      ['endDate=soon', '/endDate'],
      ['timezone=Mars/Olympus', '/timezone'],
      ['timezone=Asia/Kolkatta', '/timezone'],
    ]) {
      t.match((await mine(`${path}?${String(query)}`)).json(), { status: 400, errors: [{ in: 'query', pointer }] })
    }
  }
})

t.test('active calls are those under way', async (t) => {
  t.match((await mine('active-calls')).json(), {
    activeCalls: [{ sessionId: 'session-CA2', status: 'active' }],
    count: 1,
  })
})

t.test('a call says when it was answered, how long it rang and who the agent was, where that is known', async (t) => {
  const { recentCalls } = (await mine('analytics')).json<{ recentCalls: object[] }>()
  t.strictSame(recentCalls, [
    {
      sessionId: 'session-CA2',
      clientId: 'client-002',
      startTime: '2025-10-12T10:34:00Z',
      agentUserId: '42',
      phoneNumber: '+919876543210',
      phoneE164: '+919876543210',
      callDirection: 'outbound',
      customerData,
      status: 'active',
    },
    {
      sessionId: 'session-CA1',
      clientId: 'client-002',
      startTime: '2025-10-12T10:29:50Z',
      answeredAt: '2025-10-12T10:30:00Z',
      endTime: '2025-10-12T10:33:00Z',
      duration: 180,
      ringSeconds: 10,
      agentUserId: '42',
      phoneNumber: '+919876543210',
      phoneE164: '+919876543210',
      callDirection: 'outbound',
      customerData,
      status: 'completed',
    },
  ])
})

t.test('analytics echo what they are about, and count in the zone asked for', async (t) => {
  const summary = {
    totalCalls: 2,
    totalDuration: 180,
    avgDuration: 180,
    inboundCalls: 0,
    outboundCalls: 2,
    missedCalls: 0,
    answeredCalls: 1,
    answerRate: 1,
    endedCalls: 1,
    unansweredCalls: 0,
    rejectedCalls: 0,
    rejectedInboundCalls: 0,
    confirmedCalls: 0,
    openCalls: 1,
    openAnsweredCalls: 0,
    totalTalkTime: 180,
    avgTalkTime: 180,
  }
  t.match((await mine('analytics?startDate=2025-10-12&endDate=2025-10-12&limit=1')).json(), {
    summary,
    callsByDate: { '2025-10-12': 2 },
    recentCalls: [{ sessionId: 'session-CA2' }],
    usage: { callsThisMonth: 2, limit: 5000, remaining: 4998 },
    timezone: 'Asia/Kolkata',
    dateRange: { startDate: '2025-10-12', endDate: '2025-10-12' },
  })
  t.match((await mine('analytics?customerId=CUST001')).json(), { summary })
  t.match((await mine('analytics/detailed')).json(), {
    summary,
    callsByHour: { 15: 1, 16: 1 },
    callsByDayOfWeek: { 0: 2 },
    durationBuckets: { '3m-5m': 1 },
    topCustomers: [{ customerId: 'CUST001', customerName: 'John Doe', callCount: 2, totalDuration: 180 }],
  })
  t.match((await mine('analytics/detailed?timezone=UTC')).json(), { callsByHour: { 10: 2 }, timezone: 'UTC' })
})

t.test('calls that were answered, missed, rejected and never ended are told apart', async (t) => {
  const app = await buildTestApp(t)
  const tell = (event: string, callSid: string, seconds: number) =>
    app.post(
      '/api/ribbon/log-call',
      { event, data: { callSid }, timestamp: new Date(START - 600_000 + seconds * 1000).toISOString() },
      { 'x-api-key': DEMO_KEY },
    )
  const calls = {
    long: ['incoming', 'connected', 'callEnded'],
    going: ['incoming', 'connected'],
    ringing: ['dialing'],
    missed: ['incoming', 'missed'],
    turnedDown: ['incoming', 'rejected'],
    declined: ['dialing', 'rejected'],
    nobody: ['dialing', 'callEnded'],
  }
  for (const [callSid, events] of Object.entries(calls)) {
    for (const [step, event] of events.entries()) await tell(event, callSid, 40 * step)
  }
  const { summary, durationBuckets, talkTimeBuckets } = (await app.get('/api/ribbon/analytics/detailed')).json<{
    summary: object
    durationBuckets: object
    talkTimeBuckets: object[]
  }>()
  t.strictSame(summary, {
    totalCalls: 7,
    totalDuration: 40,
    avgDuration: 8,
    inboundCalls: 4,
    outboundCalls: 3,
    missedCalls: 2,
    answeredCalls: 1,
    answerRate: 0.2,
    endedCalls: 5,
    unansweredCalls: 4,
    rejectedCalls: 2,
    rejectedInboundCalls: 1,
    confirmedCalls: 0,
    openCalls: 2,
    openAnsweredCalls: 1,
    totalTalkTime: 40,
    avgTalkTime: 40,
  })
  t.strictSame(durationBuckets, { '0-30s': 4, '30s-1m': 1, '1m-3m': 0, '3m-5m': 0, '5m+': 0 })
  t.strictSame(talkTimeBuckets, [
    { name: 'unanswered', fromSeconds: null, toSeconds: null, calls: 4 },
    { name: '0-30s', fromSeconds: 0, toSeconds: 30, calls: 0 },
    { name: '30s-1m', fromSeconds: 30, toSeconds: 60, calls: 1 },
    { name: '1m-3m', fromSeconds: 60, toSeconds: 180, calls: 0 },
    { name: '3m-5m', fromSeconds: 180, toSeconds: 300, calls: 0 },
    { name: '5m+', fromSeconds: 300, toSeconds: null, calls: 0 },
  ])
})

t.test('an export is a file, and HEAD tells of it without walking through it', async (t) => {
  const url = '/api/ribbon/export/calls?format=csv&startDate=2025-10-01&endDate=2025-10-31'
  const headers = { 'x-api-key': MARKETING_KEY }
  const file = await inject({ url, headers })
  t.match(file.headers['content-type'], /^text\/csv/)
  t.equal(file.headers['content-disposition'], 'attachment; filename="call-logs-client-002-2025-10-01-2025-10-31.csv"')
  t.match(
    file.body,
    'session-CA1,John Doe,+919876543210,outbound,2025-10-12T10:29:50Z,2025-10-12T10:33:00Z,180,CUST001\r\n',
  )
  for (const format of ['csv', 'json', 'ndjson']) {
    const asked = { url: `/api/ribbon/export/calls?format=${format}&endDate=2025-10-31`, headers }
    const [got, head] = [await inject(asked), await inject({ ...asked, method: 'HEAD' })]
    t.match(head, { statusCode: 200, body: '' })
    // Those of one answer, and of how its body comes, differ in any case.
    const lasting = ({ headers }: typeof head) =>
      Object.entries(headers).filter(([name]) => !/^(?:date|x-request-id|ratelimit|transfer-encoding)$/.test(name))
    t.strictSame(lasting(head), lasting(got), 'every header of the file, and no length that it has not')
  }
  t.match((await mine('export/calls')).json(), { client: { clientId: 'client-002' }, calls: [{}, {}] })
})

t.test('customers are saved by merge patch, and made when they are new', async (t) => {
  const save = async (data: object) => {
    const response = await post('/api/ribbon/customer', { apiKey: DEMO_KEY, customerData: data })
    return response.json<{ customerId: string }>().customerId
  }
  const customerId = await save({ name: 'Jane', company: 'Acme', customFields: { a: 1, b: 2 } })
  t.match(customerId, /^cust-/)
  t.equal(await save({ customerId, company: null, customFields: { b: null, c: 3 }, lastUpdated: 'never' }), customerId)
  const { customer } = (await get(`/api/ribbon/customer/${customerId}`)).json<{ customer: object }>()
  t.strictSame(customer, {
    customerId,
    clientId: 'client-demo',
    name: 'Jane',
    customFields: { a: 1, c: 3 },
    createdAt: '2025-10-12T10:35:00Z',
    lastUpdated: '2025-10-12T10:35:00Z',
  })
})

t.test(
  'a patch with which a customer’s record would be too long is refused, and says how long it may be',
  async (t) => {
    const save = (note: string) =>
      post('/api/ribbon/customer', {
        apiKey: DEMO_KEY,
        customerData: { customerId: 'CUST-long', customFields: { note } },
      })
    t.equal((await save('short')).statusCode, 200)
    t.match((await save('x'.repeat(LIMITS.customerLength))).json(), {
      status: 400,
      code: 'invalid_request',
      errors: [
        {
          in: 'body',
          pointer: '/customerData',
          message: `makes the record longer than ${String(LIMITS.customerLength)} characters as JSON: send less, or remove members with null`,
        },
      ],
    })
    t.match((await get('/api/ribbon/customer/CUST-long')).json(), { customer: { customFields: { note: 'short' } } })
  },
)

t.test('a customer that a call named has a history; one that nobody knows is a 404', async (t) => {
  t.match((await mine('customer/CUST001')).json(), {
    customer: { name: 'John Doe' },
    callHistory: [{ sessionId: 'session-CA2' }, { sessionId: 'session-CA1' }],
    totalCalls: 2,
    totalDuration: 180,
  })
  t.match((await mine('customer/CUST001/calls?limit=1')).json(), {
    customerId: 'CUST001',
    calls: [{ sessionId: 'session-CA2' }],
    events: [{ event: 'dialing', timestamp: '2025-10-12T10:34:00Z' }],
    totalCalls: 2,
  })
  for (const path of ['customer/CUST999', 'customer/CUST999/calls']) t.equal((await mine(path)).statusCode, 404)
})

t.test('administrators see all clients, by id', async (t) => {
  const admin = (path: string) => get(`/api/admin/${path}`, { authorization: `Bearer ${ADMIN_TOKEN}` })
  t.match((await admin('clients')).json(), [
    { clientId: 'client-001', name: 'Collections CRM Inc.', callsThisMonth: 0, apiKey: 'collection...' },
    { clientId: 'client-002', callsThisMonth: 2, limit: 5000 },
    { clientId: 'client-demo', plan: 'trial' },
  ])
  t.match((await admin('analytics/all')).json(), {
    clients: [{}, { clientName: 'Marketing Leads Pro', totalCalls: 2, totalDuration: 180, utilizationPercent: 0 }, {}],
    totalClients: 3,
    totalCallsAllClients: 2,
  })
})

t.test('a list of clients goes part by part, each leading to the next', async (t) => {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const ids: string[] = []
  let url: string | undefined = '/api/admin/clients?limit=2'
  while (url !== undefined) {
    const response = await get(url, headers)
    ids.push(...response.json<{ clientId: string }[]>().map(({ clientId }) => clientId))
    url = /^<([^>]*)>; rel="next"$/.exec(String(response.headers.link))?.[1]
  }
  t.strictSame(ids, ['client-001', 'client-002', 'client-demo'])
  t.notOk('link' in (await get('/api/admin/clients?limit=3', headers)).headers, 'nothing follows the last')

  const first = (await get('/api/admin/analytics/all?limit=2', headers)).json<{ nextAfter: string }>()
  t.match(first, {
    clients: [{ clientId: 'client-001' }, { clientId: 'client-002' }],
    totalClients: 3,
    nextAfter: 'client-002',
  })
  t.match((await get(`/api/admin/analytics/all?limit=2&after=${first.nextAfter}`, headers)).json(), {
    clients: [{ clientId: 'client-demo' }],
    totalClients: 3,
    nextAfter: null,
  })
  for (const query of ['limit=0', 'limit=1001', 'limit=x']) {
    t.match((await get(`/api/admin/clients?${query}`, headers)).json(), { status: 400 }, query)
  }
})

t.test('clients without calls, and a server without clients, have totals of nothing', async (t) => {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const quiet = await buildTestApp(t, { storage: replacing('allClientTotals', () => Promise.resolve([])) })
  t.match((await quiet.get('/api/admin/analytics/all', headers)).json(), {
    clients: [
      { clientId: 'client-001', totalCalls: 0, totalDuration: 0, callsThisMonth: 0 },
      { clientId: 'client-002' },
      { clientId: 'client-demo' },
    ],
    totalCallsAllClients: 0,
  })
  const storage = await scratchStorage(t, 1)
  const app = await buildApp({ config: loadConfig({ ADMIN_TOKEN }), storage, clock: () => START })
  t.teardown(() => app.close())
  const response = await app.inject({ url: '/api/admin/analytics/all', headers })
  t.strictSame(response.json(), { clients: [], totalClients: 0, totalCallsAllClients: 0, nextAfter: null })
})

t.test('a client whose key was revoked is listed without one', async (t) => {
  const { get } = await buildTestApp(t, {
    store,
    storage: (real) => {
      const listing: Storage['allClients'] = async (window) =>
        (await real.allClients(window)).map((client) => ({ ...client, apiKeyHint: null }))
      return replacing('allClients', listing)(real)
    },
  })
  const response = await get('/api/admin/clients?limit=1', { authorization: `Bearer ${ADMIN_TOKEN}` })
  t.match(response.json(), [{ clientId: 'client-001', apiKey: '' }])
})

t.test('the documentation is served, and names every operation', async (t) => {
  t.equal((await inject({ url: '/docs/' })).statusCode, 200)
  const { paths } = (await inject({ url: '/openapi.json' })).json<{ paths: Record<string, unknown> }>()
  t.ok(Object.keys(paths).length > 20)
})

t.test('health says that the server is up and ready', async (t) => {
  t.match((await get('/health', {})).json(), { status: 'healthy', version: /^\d+\.\d+\.\d+$/, uptime: Number })
  t.match((await get('/health/ready', {})).json(), { status: 'ready', storage: 'ok' })
})
