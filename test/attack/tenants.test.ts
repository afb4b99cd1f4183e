/** Three clients that give the same names to everything: each sees, counts and changes its own alone, in every operation. */
import t from 'tap'
import { SECTION_NAMES } from '../../schemas/report-sections.js'
import { DEMO_CLIENTS } from '../../src/clients/demo-clients.js'
import { DEMO_WEBHOOK } from '../../src/core/vocabulary/demo.js'
import { ADMIN_TOKEN, buildTestApp, START } from '../helpers/app.js'
import { ExotelServer, EXOTEL_API, giveExotelApi } from '../helpers/exotel-server.js'
import type { ContractDocument } from '../helpers/fuzz.js'

const exotel = await ExotelServer.start(t)
/** Each client has a recording of the call that all of them call alike. */
const recordingOf = (clientId: string) => Promise.resolve(`${exotel.origin}/${clientId}.mp3`)
const test = await buildTestApp(t, { env: exotel.env, recordingOf })
const { get, inject, post } = test

/** The mark is in every value that may differ; the talk time differs as well. */
const TENANTS = DEMO_CLIENTS.map(({ clientId, name, apiKey }, index) => {
  return { clientId, name, apiKey, mark: `mark-${String(index)}`, seconds: 60 + 100 * index }
})
type Tenant = (typeof TENANTS)[0]

const DAY_MS = 86_400_000

/** Ids that all of them share. */
const CUSTOMER = 'CUST-shared'
const SHARED = { phoneNumber: '+919876543210', callDirection: 'outbound' }

const MISSED = { phoneNumber: '+919876543299', callDirection: 'inbound' }
const SECTIONS = `sections=${SECTION_NAMES.join(',')}&startDate=2025-10-12&endDate=2025-10-12`

const LIST = ['', '?startDate=2025-10-12&endDate=2025-10-12', '?startDate=2020-01-01&endDate=2020-01-02']
/** What is asked of each operation that reads for a client. */
const READS: Readonly<Record<string, readonly string[]>> = {
  getConfig: ['config'],
  getAnalytics: [...LIST, `?customerId=${CUSTOMER}`, '?agentUserId=agent-shared'].map((query) => `analytics${query}`),
  queryAnalytics: [
    'groupBy=customer',
    'groupBy=agent,date&fill=zero&startDate=2025-10-12&endDate=2025-10-12',
    `groupBy=customer,phoneNumber&customerId=${CUSTOMER}&agentUserId=agent-shared&phoneNumber=9876543210`,
    'groupBy=customer&format=csv',
    'metrics=uniqueCustomers,peakConcurrent,p90Talk',
  ].map((query) => `analytics/query?${query}`),
  getDetailedAnalytics: [...LIST, '?agentUserId=agent-shared', `?${SECTIONS}`].map(
    (query) => `analytics/detailed${query}`,
  ),
  getDailyReport: ['json', 'html', 'text'].flatMap((format) =>
    ['2025-10-12', '2025-10-11'].map((date) => `reports/daily?format=${format}&date=${date}`),
  ),
  listCallLogs: [
    ...LIST,
    `?customerId=${CUSTOMER}`,
    '?agentUserId=agent-shared',
    '?event=callEnded',
    '?page=2&pageSize=1',
  ].map((query) => `call-logs${query}`),
  listActiveCalls: ['active-calls', 'active-calls?agentUserId=agent-busy'],
  streamCalls: ['stream', 'stream?lastEventId=0'],
  listAgents: ['', '?onCall=true', '?active=true&pageSize=1'].map((query) => `agents${query}`),
  getAgent: ['agents/agent-shared'],
  getBusinessHours: ['business-hours?date=2025-10-13'],
  listWebhooks: ['webhooks'],
  getWebhook: [`webhooks/${DEMO_WEBHOOK}`],
  listWebhookDeliveries: [`webhooks/${DEMO_WEBHOOK}/deliveries`],
  exportCalls: [
    'json',
    'ndjson',
    'csv',
    'csv&excel=true',
    'csv&columns=sessionId,customerName,agentUserId,logIds',
    'json&agentUserId=agent-shared',
  ].map((format) => `export/calls?format=${format}`),
  getCustomer: [`customer/${CUSTOMER}`],
  getCustomerCalls: [`customer/${CUSTOMER}/calls`],
  listCalls: [
    ...LIST,
    ...['callDirection=outbound', 'status=completed', 'agentUserId=agent-shared', 'phoneNumber=9876543210'].map(
      (filter) => `?${filter}`,
    ),
    `?customerId=${CUSTOMER}&pageSize=1`,
  ].map((query) => `calls${query}`),
  getCall: ['calls/session-CA-shared'],
  listCustomers: ['', `?search=${CUSTOMER}`, '?search=name', '?search=9876543210'].map((query) => `customers${query}`),
  findCustomerByPhone: ['customers/by-phone/9876543210'],
  listMissedCalls: ['?state=open,wonBack,lost', '?agentUserId=agent-shared', '?pageSize=1&state=open,wonBack,lost'].map(
    (query) => `missed-calls${query}`,
  ),
  getCallRecording: ['calls/session-CA-shared/recording'],
}
const PATHS = Object.values(READS).flat()

const as = ({ apiKey }: Tenant, path: string, headers = {}) =>
  get(`/api/ribbon/${path}`, { 'x-api-key': apiKey, ...headers })
const log = ({ apiKey }: Tenant, body: object, headers = {}) =>
  post('/api/ribbon/log-call', body, { 'x-api-key': apiKey, ...headers })
const save = ({ apiKey }: Tenant, customerData: object) =>
  post('/api/ribbon/customer', { customerData }, { 'x-api-key': apiKey })
const saveAgent = ({ apiKey }: Tenant, agentUserId: string, payload: object) =>
  inject({ method: 'PATCH', url: `/api/ribbon/agents/${agentUserId}`, headers: { 'x-api-key': apiKey }, payload })
const setHours = ({ apiKey }: Tenant, schedule: object | null) =>
  inject({
    method: 'PUT',
    url: '/api/ribbon/business-hours',
    headers: { 'x-api-key': apiKey },
    payload: { schedule },
  })
const BEARER = { authorization: `Bearer ${ADMIN_TOKEN}` }
const administer = (method: 'PATCH' | 'DELETE' | 'POST', path: string, payload?: object) =>
  inject({
    method,
    url: `/api/admin/clients/${path}`,
    headers: BEARER,
    ...(payload && { payload }),
  })

function eventsOf({ mark, seconds }: Tenant) {
  const customerData = { customerId: CUSTOMER, name: `name ${mark}` }
  const at = (secondsLater: number) => new Date(START - 3_600_000 + secondsLater * 1000).toISOString()
  const call = { ...SHARED, callSid: 'CA-shared', callId: 'id-shared', customerData, note: mark }
  const agentUserId = 'agent-shared'
  return [
    { body: { event: 'connected', data: call, timestamp: at(0), agentUserId, eventId: 'event-shared' } },
    { body: { event: 'callEnded', data: { ...call, duration: seconds }, timestamp: at(600), agentUserId } },
    { body: { event: 'note', data: { ...SHARED, note: mark }, timestamp: at(300) } },
    { body: { event: 'missed', data: { ...MISSED, callSid: `CA-${mark}` }, timestamp: at(900), agentUserId } },
    {
      body: { event: 'incoming', data: { callId: 'id-alone', note: mark } },
      headers: { 'idempotency-key': 'key-shared' },
    },
    {
      body: {
        event: 'connected',
        data: { callSid: 'CA-active', customerData: { name: mark } },
        timestamp: at(3500),
        agentUserId: 'agent-busy',
      },
    },
  ]
}

for (const { clientId, mark } of TENANTS)
  exotel.recordings.set(`/${clientId}.mp3`, { content: Buffer.from(`ID3 ${mark}`) })

const logIds = new Map<Tenant, string[]>()
for (const tenant of TENANTS) {
  const answers = await Promise.all(eventsOf(tenant).map(({ body, headers }) => log(tenant, body, headers)))
  logIds.set(
    tenant,
    answers.map((answer) => answer.json<{ logId: string }>().logId),
  )
  await save(tenant, { customerId: CUSTOMER, company: `company ${tenant.mark}` })
  await saveAgent(tenant, 'agent-shared', { name: `agent ${tenant.mark}`, exotelUserId: 'exotel-shared' })
  const { clientId, mark } = tenant
  await test.storage.updateWebhook(clientId, DEMO_WEBHOOK, { url: `https://crm.example.com/${mark}` }, START)
  const tried = { messageId: 'shared', type: 'call.ended', sequence: 1, attempt: 1, at: START, durationMs: 1 }
  await test.storage.noteDeliveries(clientId, DEMO_WEBHOOK, [{ ...tried, status: 200, error: null, answer: mark }])
  await setHours(tenant, { weekly: [], dates: [{ date: '2025-10-20', name: tenant.mark, hours: [] }] })
}

interface Seen {
  readonly status: number
  readonly body: string
  readonly etag: unknown
  readonly head: readonly unknown[]
}

/** All that a client can read, by path. */
async function seenBy(tenant: Tenant): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>()
  for (const path of PATHS) {
    const answer = await as(tenant, path)
    const head = await inject({ method: 'HEAD', url: `/api/ribbon/${path}`, headers: { 'x-api-key': tenant.apiKey } })
    const { 'content-length': length, etag } = head.headers
    seen.set(path, {
      status: answer.statusCode,
      body: answer.body,
      etag: answer.headers['etag'],
      head: [head.statusCode, length, etag, head.headers['content-type']],
    })
    if (length !== undefined) t.equal(Number(length), Buffer.byteLength(answer.body), `HEAD ${path} is as long as GET`)
  }
  return seen
}

const others = (tenant: Tenant) => TENANTS.filter((other) => other !== tenant)

t.test('every operation that reads for a client is tried here', async (t) => {
  const document = (await get('/openapi.json')).json<ContractDocument>()
  const operations = Object.values(document.paths).flatMap(({ get: operation }) => operation ?? [])
  const forClients = operations.filter(({ security = [] }) => security.some((scheme) => 'apiKey' in scheme))
  t.strictSame(forClients.map(({ operationId }) => operationId).sort(), Object.keys(READS).sort())
})

t.test('no answer to one client has a word of the others’, and each has its own', async (t) => {
  for (const tenant of TENANTS) {
    const seen = await seenBy(tenant)
    const own = new RegExp([tenant.clientId, tenant.mark, tenant.name].join('|'))
    const foreign = others(tenant).flatMap((other) => [other.mark, other.clientId, other.name, other.apiKey])
    for (const [path, { status, body }] of seen) {
      t.equal(status, 200, path)
      t.strictSame(
        foreign.filter((word) => body.includes(word)),
        [],
        path,
      )
      const isOfNothing = /2020-01-01|^config|^analytics/.test(path)
      if (!isOfNothing) t.match(body, own, path)
    }
    const { logs } = JSON.parse(String(seen.get('call-logs')?.body)) as { logs: { logId: string }[] }
    t.strictSame(logs.map(({ logId }) => logId).sort(), [...(logIds.get(tenant) as string[])].sort())
  }
})

t.test('each client’s numbers are its own', async (t) => {
  for (const tenant of TENANTS) {
    const { seconds } = tenant
    t.match((await as(tenant, 'analytics')).json(), { summary: { totalCalls: 4, totalDuration: seconds } })
    t.match((await as(tenant, 'analytics/detailed')).json(), { summary: { totalCalls: 4, totalDuration: seconds } })
    t.match((await as(tenant, `customer/${CUSTOMER}`)).json(), { totalCalls: 1, totalDuration: seconds })
    t.match((await as(tenant, 'active-calls')).json(), { count: 2 })
  }
})

t.test('a customer that one client has is none of the others’', async (t) => {
  const [tenant] = TENANTS as [Tenant]
  const data = { callSid: 'CA-own', customerData: { customerId: 'CUST-own' } }
  await log(tenant, { event: 'connected', data })
  await save(tenant, { customerId: 'CUST-own', name: 'own' })
  t.match((await as(tenant, 'customer/CUST-own')).json(), { customer: { name: 'own' }, totalCalls: 1 })
  for (const other of others(tenant)) {
    for (const path of ['customer/CUST-own', 'customer/CUST-own/calls'])
      t.equal((await as(other, path)).statusCode, 404)
    t.match((await as(other, 'analytics?customerId=CUST-own')).json(), { summary: { totalCalls: 0 } })
    t.match((await as(other, 'call-logs?customerId=CUST-own')).json(), { pagination: { total: 0 } })
  }
})

t.test('one client’s ETag tells another nothing, even where both read the same', async (t) => {
  for (const path of PATHS.filter((each) => each.startsWith('analytics'))) {
    const etags = await Promise.all(TENANTS.map(async (tenant) => String((await as(tenant, path)).headers['etag'])))
    for (const [index, tenant] of TENANTS.entries()) {
      const foreign = etags.filter((_etag, at) => at !== index).join(', ')
      t.equal((await as(tenant, path, { 'if-none-match': foreign })).statusCode, 200, path)
      t.equal((await as(tenant, path, { 'if-none-match': String(etags[index]) })).statusCode, 304, path)
    }
  }
})

t.test('idempotency keys, event ids and cursors are no one else’s', async (t) => {
  for (const tenant of TENANTS) {
    const again = await Promise.all(eventsOf(tenant).map(({ body, headers }) => log(tenant, body, headers)))
    t.strictSame(
      again.map((answer) => answer.json<{ logId: string }>().logId),
      logIds.get(tenant),
    )
    const { pagination } = (await as(tenant, 'call-logs?pageSize=1')).json<{ pagination: { nextCursor: string } }>()
    const next = `call-logs?pageSize=1&cursor=${pagination.nextCursor}`
    t.equal((await as(tenant, next)).statusCode, 200)
    for (const other of others(tenant)) t.equal((await as(other, next)).statusCode, 400)
  }
})

t.test('a call that one client has made under a key is none of the others’', async (t) => {
  const sids = new Set<string>()
  for (const tenant of TENANTS) {
    await giveExotelApi(test, tenant.clientId)
    test.clock.now += 2000
    const headers = { 'x-api-key': tenant.apiKey, 'idempotency-key': 'call-shared' }
    const made = await post('/api/ribbon/calls', { from: '+919876500001', to: '+919876543210' }, headers)
    t.equal(made.statusCode, 201)
    sids.add(made.json<{ callSid: string }>().callSid)
  }
  t.equal(sids.size, TENANTS.length)
  t.equal(exotel.calls.size, TENANTS.length)
  t.ok([...exotel.forms].every((form) => form.get('CallerId') === EXOTEL_API.callerId))
})

t.test('a client’s key does not open what is the administrators’, nor their token what is a client’s', async (t) => {
  const document = (await get('/openapi.json')).json<ContractDocument>()
  const [tenant] = TENANTS as [Tenant]
  for (const [template, methods] of Object.entries(document.paths)) {
    const url = template.replace(/\{\w+\}/g, 'client-001')
    for (const [method, { security = [], requestBody }] of Object.entries(methods)) {
      const isAdmins = security.some((scheme) => 'adminToken' in scheme)
      if (!isAdmins && security.length === 0) continue
      const token = isAdmins ? tenant.apiKey : ADMIN_TOKEN
      const headers = { authorization: `Bearer ${token}`, ...(isAdmins && { 'x-api-key': tenant.apiKey }) }
      const sent = { method: method.toUpperCase() as 'GET', url, headers, ...(requestBody && { payload: {} }) }
      t.equal((await inject(sent)).statusCode, 401, `${method} ${template}`)
    }
  }
})

t.test('nothing that one client writes, nor what becomes of it, changes a byte of what the others read', async (t) => {
  for (const tenant of TENANTS) {
    const witnesses = others(tenant)
    const changes = async (what: string, act: () => Promise<unknown>) => {
      // Past what a server remembers of a key.
      test.clock.now += 2000
      const before = await Promise.all(witnesses.map(seenBy))
      await act()
      const after = await Promise.all(witnesses.map(seenBy))
      for (const [at, { name }] of witnesses.entries()) t.strictSame(after[at], before[at], `${what}, to ${name}`)
    }
    const { clientId, mark } = tenant
    await changes('events and customers', async () => {
      const data = { ...SHARED, callSid: 'CA-active', customerData: { customerId: CUSTOMER, name: `changed ${mark}` } }
      await log(tenant, {
        event: 'callEnded',
        data: { ...data, duration: 5 },
        timestamp: new Date(START).toISOString(),
      })
      await log(tenant, { event: 'note', data: { ...SHARED, note: 'of no call' } })
      await save(tenant, { customerId: CUSTOMER, company: null, name: 'changed' })
      await saveAgent(tenant, 'agent-shared', { active: false, exotelUserId: null })
      await saveAgent(tenant, 'agent-busy', { exotelUserId: 'exotel-shared' })
      await setHours(tenant, null)
      t.match((await as(tenant, `customer/${CUSTOMER}`)).json(), { customer: { name: 'changed' }, totalCalls: 2 })
    })
    await changes('suspension', async () => {
      t.equal((await administer('PATCH', clientId, { status: 'suspended' })).statusCode, 200)
      for (const path of PATHS) t.equal((await as(tenant, path)).statusCode, 401, path)
    })
    await changes('another time zone and retention', async () => {
      const settings = { status: 'active', timezone: 'America/New_York', retentionMonths: 1 }
      t.equal((await administer('PATCH', clientId, settings)).statusCode, 200)
    })
    await changes('a deletion that is taken back', async () => {
      t.equal((await administer('DELETE', `${clientId}?graceDays=1`)).statusCode, 200)
      t.equal((await administer('POST', `${clientId}/restore`)).statusCode, 200)
    })
  }
})

t.test('the removal of a client changes no byte of what the others read', async (t) => {
  const [{ clientId }, ...witnesses] = TENANTS as [Tenant, ...Tenant[]]
  const entry = { actor: 'server', action: 'client.deleted', clientId, details: {}, requestId: null } as const
  const before = await Promise.all(witnesses.map(seenBy))
  t.equal((await administer('DELETE', `${clientId}?graceDays=1`)).statusCode, 200)
  while ((await test.storage.deleteClient(clientId, 2, { ...entry, at: test.clock.now + 2 * DAY_MS })) > 0) continue
  t.equal((await inject({ url: `/api/admin/clients/${clientId}`, headers: BEARER })).statusCode, 404)
  t.strictSame(await Promise.all(witnesses.map(seenBy)), before)
})
