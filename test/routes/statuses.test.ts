/** Every status that the contract names for an operation can be met, and every status that can be met is named. */
import t from 'tap'
import { demoKeyId } from '../../src/clients/demo-clients.js'
import type { Calls } from '../../schemas/calls.js'
import { LIMITS } from '../../src/core/limits.js'
import { CALLBACK_ROOT } from '../../src/core/vocabulary/callbacks.js'
import { DEMO_CALLBACK_KEY, DEMO_WEBHOOK, DEMO_WEBHOOK_TO_DELETE } from '../../src/core/vocabulary/demo.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY } from '../helpers/app.js'
import { type Behaviour, ExotelServer, giveExotelApi } from '../helpers/exotel-server.js'
import { replacing, scratchStorage } from '../helpers/storage.js'

type Headers = Readonly<Record<string, string>>

interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly guard: 'key' | 'token' | 'callback' | 'none'
  /** Of a request that succeeds. */
  readonly body?: Readonly<Record<string, unknown>>
  /** How long its body may be; as long as most, unless told. */
  readonly bodyBytes?: number
  /** What it answers with then; 200 unless told. */
  readonly success?: number
  /** Beside the credentials. */
  readonly headers?: Headers
  /** Whether it needs nothing of the store, once the key is known. */
  readonly withoutStore?: boolean
}

const PHONE = '9876543210'
const EVENT = {
  event: 'connected',
  data: { callSid: 'CA1', phoneNumber: PHONE, customerData: { customerId: 'CUST001' } },
  agentUserId: 'agent-1',
}

const CALLBACKS = `${CALLBACK_ROOT}/${DEMO_CALLBACK_KEY}`
const REPORT = { CallSid: 'CA1' }

const WEBHOOKS = '/api/ribbon/webhooks'
const ADMIN_WEBHOOKS = '/api/admin/clients/client-001/webhooks'
const NEW_WEBHOOK = { url: 'https://crm.example.com/webhooks' }
const AN_HOUR = { from: '2025-10-12T10:00:00Z', to: '2025-10-12T11:00:00Z' }

const OPERATIONS: Readonly<Record<string, Operation>> = {
  initRibbon: { method: 'POST', url: '/api/ribbon/init', guard: 'key', body: { domain: 'localhost' } },
  startAgentSession: {
    method: 'POST',
    url: '/api/ribbon/agent-sessions',
    guard: 'key',
    body: { agentUserId: 'agent-42', domain: 'localhost' },
    success: 201,
    withoutStore: true,
  },
  issueStreamToken: {
    method: 'POST',
    url: '/api/ribbon/stream-tokens',
    guard: 'key',
    body: {},
    success: 201,
    withoutStore: true,
  },
  streamCalls: { method: 'GET', url: '/api/ribbon/stream', guard: 'key' },
  logCall: { method: 'POST', url: '/api/ribbon/log-call', guard: 'key', body: EVENT },
  logCalls: {
    method: 'POST',
    url: '/api/ribbon/log-calls',
    guard: 'key',
    body: { events: [EVENT] },
    bodyBytes: LIMITS.batchBytes,
  },
  saveCustomer: {
    method: 'POST',
    url: '/api/ribbon/customer',
    guard: 'key',
    body: { customerData: { customerId: 'CUST001' } },
  },
  getConfig: { method: 'GET', url: '/api/ribbon/config', guard: 'key' },
  getAnalytics: { method: 'GET', url: '/api/ribbon/analytics', guard: 'key' },
  getDetailedAnalytics: { method: 'GET', url: '/api/ribbon/analytics/detailed', guard: 'key' },
  queryAnalytics: { method: 'GET', url: '/api/ribbon/analytics/query', guard: 'key' },
  getDailyReport: { method: 'GET', url: '/api/ribbon/reports/daily', guard: 'key' },
  listCallLogs: { method: 'GET', url: '/api/ribbon/call-logs', guard: 'key' },
  listActiveCalls: { method: 'GET', url: '/api/ribbon/active-calls', guard: 'key' },
  listCalls: { method: 'GET', url: '/api/ribbon/calls', guard: 'key' },
  getCall: { method: 'GET', url: '/api/ribbon/calls/session-CA1', guard: 'key' },
  annotateCall: {
    method: 'PATCH',
    url: '/api/ribbon/calls/session-CA1',
    guard: 'key',
    body: { notes: 'x' },
  },
  correctCall: {
    method: 'POST',
    url: '/api/ribbon/calls/session-CA1/corrections',
    guard: 'key',
    body: { reason: 'x', status: 'missed' },
  },
  listAgents: { method: 'GET', url: '/api/ribbon/agents', guard: 'key' },
  getAgent: { method: 'GET', url: '/api/ribbon/agents/agent-1', guard: 'key' },
  saveAgent: { method: 'PATCH', url: '/api/ribbon/agents/agent-1', guard: 'key', body: { exotelUserId: 'asha' } },
  getBusinessHours: { method: 'GET', url: '/api/ribbon/business-hours', guard: 'key' },
  setBusinessHours: {
    method: 'PUT',
    url: '/api/ribbon/business-hours',
    guard: 'key',
    body: { schedule: { weekly: [{ days: ['monday'], from: '09:00', to: '18:00' }] } },
  },
  listWebhooks: { method: 'GET', url: WEBHOOKS, guard: 'key' },
  createWebhook: { method: 'POST', url: WEBHOOKS, guard: 'key', body: NEW_WEBHOOK, success: 201 },
  getWebhook: { method: 'GET', url: `${WEBHOOKS}/${DEMO_WEBHOOK}`, guard: 'key' },
  updateWebhook: { method: 'PATCH', url: `${WEBHOOKS}/${DEMO_WEBHOOK}`, guard: 'key', body: { status: 'paused' } },
  deleteWebhook: { method: 'DELETE', url: `${WEBHOOKS}/${DEMO_WEBHOOK_TO_DELETE}`, guard: 'key' },
  testWebhook: { method: 'POST', url: `${WEBHOOKS}/${DEMO_WEBHOOK}/test`, guard: 'key' },
  rotateWebhookSecret: {
    method: 'POST',
    url: `${WEBHOOKS}/${DEMO_WEBHOOK}/rotate-secret`,
    guard: 'key',
    body: { overlapHours: 1 },
    success: 201,
  },
  redeliverWebhook: { method: 'POST', url: `${WEBHOOKS}/${DEMO_WEBHOOK}/redeliver`, guard: 'key', body: AN_HOUR },
  listWebhookDeliveries: { method: 'GET', url: `${WEBHOOKS}/${DEMO_WEBHOOK}/deliveries`, guard: 'key' },
  listCustomers: { method: 'GET', url: '/api/ribbon/customers', guard: 'key' },
  findCustomerByPhone: { method: 'GET', url: `/api/ribbon/customers/by-phone/${PHONE}`, guard: 'key' },
  listMissedCalls: { method: 'GET', url: '/api/ribbon/missed-calls', guard: 'key' },
  exportCalls: { method: 'GET', url: '/api/ribbon/export/calls', guard: 'key' },
  getCustomer: { method: 'GET', url: '/api/ribbon/customer/CUST001', guard: 'key' },
  getCustomerCalls: { method: 'GET', url: '/api/ribbon/customer/CUST001/calls', guard: 'key' },
  // Who listens is noted once a visit.
  getCallRecording: { method: 'GET', url: '/api/ribbon/calls/session-CA1/recording', guard: 'key', withoutStore: true },
  placeCall: {
    method: 'POST',
    url: '/api/ribbon/calls',
    guard: 'key',
    headers: { 'idempotency-key': 'statuses' },
    body: { from: '+919876500001', to: '+919876543210' },
    success: 201,
  },
  listClients: { method: 'GET', url: '/api/admin/clients', guard: 'token' },
  getAllClientsAnalytics: { method: 'GET', url: '/api/admin/analytics/all', guard: 'token' },
  createClient: {
    method: 'POST',
    url: '/api/admin/clients',
    guard: 'token',
    body: { name: 'Acme', exotelToken: 'token', userId: 'user' },
    success: 201,
  },
  getClient: { method: 'GET', url: '/api/admin/clients/client-001', guard: 'token' },
  updateClient: { method: 'PATCH', url: '/api/admin/clients/client-001', guard: 'token', body: { limit: 9000 } },
  deleteClient: { method: 'DELETE', url: '/api/admin/clients/client-002', guard: 'token' },
  restoreClient: { method: 'POST', url: '/api/admin/clients/client-002/restore', guard: 'token' },
  listKeys: { method: 'GET', url: '/api/admin/clients/client-001/keys', guard: 'token' },
  createKey: { method: 'POST', url: '/api/admin/clients/client-001/keys', guard: 'token', body: {}, success: 201 },
  rotateKey: {
    method: 'POST',
    url: `/api/admin/clients/client-001/keys/${demoKeyId('client-001')}/rotate`,
    guard: 'token',
    body: {},
    success: 201,
  },
  revokeKey: {
    method: 'DELETE',
    url: `/api/admin/clients/client-002/keys/${demoKeyId('client-002')}`,
    guard: 'token',
  },
  startReconciliation: {
    method: 'POST',
    url: '/api/admin/clients/client-001/reconciliation',
    guard: 'token',
    body: { from: '2025-10-12', to: '2025-10-12' },
    success: 202,
  },
  getReconciliation: { method: 'GET', url: '/api/admin/clients/client-001/reconciliation', guard: 'token' },
  getClientBusinessHours: { method: 'GET', url: '/api/admin/clients/client-001/business-hours', guard: 'token' },
  setClientBusinessHours: {
    method: 'PUT',
    url: '/api/admin/clients/client-001/business-hours',
    guard: 'token',
    body: { schedule: null },
  },
  erasePerson: {
    method: 'POST',
    url: '/api/admin/clients/client-001/erasures',
    guard: 'token',
    body: { customerId: 'nobody' },
  },
  exportPerson: {
    method: 'POST',
    url: '/api/admin/clients/client-001/person',
    guard: 'token',
    body: { customerId: 'nobody' },
  },
  listClientWebhooks: { method: 'GET', url: ADMIN_WEBHOOKS, guard: 'token' },
  createClientWebhook: {
    method: 'POST',
    url: '/api/admin/clients/client-002/webhooks',
    guard: 'token',
    body: NEW_WEBHOOK,
    success: 201,
  },
  getClientWebhook: { method: 'GET', url: `${ADMIN_WEBHOOKS}/${DEMO_WEBHOOK}`, guard: 'token' },
  updateClientWebhook: {
    method: 'PATCH',
    url: `${ADMIN_WEBHOOKS}/${DEMO_WEBHOOK}`,
    guard: 'token',
    body: { status: 'paused' },
  },
  deleteClientWebhook: {
    method: 'DELETE',
    url: `/api/admin/clients/client-002/webhooks/${DEMO_WEBHOOK_TO_DELETE}`,
    guard: 'token',
  },
  testClientWebhook: { method: 'POST', url: `${ADMIN_WEBHOOKS}/${DEMO_WEBHOOK}/test`, guard: 'token' },
  rotateClientWebhookSecret: {
    method: 'POST',
    url: `${ADMIN_WEBHOOKS}/${DEMO_WEBHOOK}/rotate-secret`,
    guard: 'token',
    body: {},
    success: 201,
  },
  redeliverClientWebhook: {
    method: 'POST',
    url: `${ADMIN_WEBHOOKS}/${DEMO_WEBHOOK}/redeliver`,
    guard: 'token',
    body: AN_HOUR,
  },
  listClientWebhookDeliveries: { method: 'GET', url: `${ADMIN_WEBHOOKS}/${DEMO_WEBHOOK}/deliveries`, guard: 'token' },
  listCallbacks: { method: 'GET', url: '/api/admin/clients/client-001/callbacks', guard: 'token' },
  receiveStatusCallback: { method: 'POST', url: `${CALLBACKS}/status-callback`, guard: 'callback', body: REPORT },
  receiveIntegrationCallback: {
    method: 'POST',
    url: `${CALLBACKS}/integration-callback`,
    guard: 'callback',
    body: REPORT,
  },
  receivePassthru: { method: 'GET', url: `${CALLBACKS}/passthru`, guard: 'callback' },
  receivePopup: { method: 'GET', url: `${CALLBACKS}/popup`, guard: 'callback' },
  receivePostedPopup: { method: 'POST', url: `${CALLBACKS}/popup`, guard: 'callback', body: REPORT },
  listAuditLog: { method: 'GET', url: '/api/admin/audit-log', guard: 'token' },
  getHealth: { method: 'GET', url: '/health', guard: 'none', withoutStore: true },
  getLiveness: { method: 'GET', url: '/health/live', guard: 'none', withoutStore: true },
  getReadiness: { method: 'GET', url: '/health/ready', guard: 'none' },
}

const CREDENTIALS: Readonly<Record<Operation['guard'], Headers>> = {
  key: { 'x-api-key': COLLECTIONS_KEY },
  token: { authorization: `Bearer ${ADMIN_TOKEN}` },
  callback: {},
  none: {},
}

/** What works on a store of which nothing else does. */
const ALWAYS: ReadonlySet<string | symbol> = new Set(['clientByKeyHash', 'status', 'close'])

/** Stands in front of a store whose methods, but for those, all fail once told to. */
function failing(state: { error: Error | null }): (real: Storage) => Storage {
  return (storage) =>
    new Proxy(storage, {
      get: (target, name) => {
        const real = (target[name as keyof Storage] as (...args: unknown[]) => unknown).bind(target)
        return (...args: unknown[]) => {
          const { error } = state
          return error === null || ALWAYS.has(name) ? real(...args) : Promise.reject(error)
        }
      },
    })
}

const tooMany = replacing('redeliverWebhook', () => Promise.resolve({ status: 'too-many' }))
const tooLarge = replacing('missedCalls', () => Promise.resolve({ status: 'too-large' }))

const state: { error: Error | null } = { error: null }
const store = await scratchStorage(t)
const exotel = await ExotelServer.start(t)
exotel.recordings.set('/CA1.mp3', { content: Buffer.from('ID3') })
const shared = {
  store,
  recordingOf: (_client: string, sessionId: string) =>
    Promise.resolve(sessionId === 'session-CA1' ? `${exotel.origin}/CA1.mp3` : null),
}
const ordinary = await buildTestApp(t, { ...shared, storage: failing(state), env: exotel.env })
const withoutAdmin = await buildTestApp(t, { ...shared, env: { ...exotel.env, ADMIN_TOKEN: '' } })
const limited = await buildTestApp(t, { ...shared, env: { ...exotel.env, RATE_LIMIT_MAX: '1' } })
await giveExotelApi(ordinary, 'client-001')
await ordinary.post('/api/ribbon/log-call', EVENT, CREDENTIALS.key)

interface Answer {
  readonly $ref?: string
  readonly content?: { readonly 'application/problem+json'?: { readonly examples: object } }
}
interface Published {
  readonly operationId: string
  readonly responses: Readonly<Record<string, Answer>>
}
const { paths, components } = (await ordinary.get('/openapi.json')).json<{
  paths: Record<string, Record<string, Published>>
  components: { responses: Record<string, Answer> }
}>()

/** The path as the contract writes it. */
function templateOf(url: string): string {
  return url
    .replace(/\?.*/, '')
    .replace('CUST001', '{customerId}')
    .replace('agent-1', '{agentUserId}')
    .replace('session-CA1', '{sessionId}')
    .replace(PHONE, '{number}')
    .replace(/client-00\d/, '{clientId}')
    .replace(/keys\/\w+/, 'keys/{keyId}')
    .replace(DEMO_CALLBACK_KEY, '{key}')
    .replace(/we_\w+/, '{endpointId}')
}

/** The codes of which the contract shows what they look like. */
function codesOf(answer: Answer): string[] {
  const { content } = answer.$ref ? (components.responses[String(answer.$ref.split('/').at(-1))] ?? answer) : answer
  return Object.keys(content?.['application/problem+json']?.examples ?? {})
}

for (const [operationId, operation] of Object.entries(OPERATIONS)) {
  const { method, url, guard, body, bodyBytes = LIMITS.bodyBytes, success = 200, withoutStore = false } = operation
  const { headers: own = {} } = operation
  const seen = new Map<number, string>()

  /** Sends the operation's good request but for what is given, and remembers what came back. */
  const send = async (more: { url?: string; headers?: Headers; payload?: string; to?: typeof ordinary }) => {
    const headers = more.headers ?? CREDENTIALS[guard]
    const payload = more.payload ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await (more.to ?? ordinary).inject({
      method,
      url: more.url ?? url,
      headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...own, ...headers },
      ...(payload !== undefined && { payload }),
    })
    if (response.statusCode >= 400) seen.set(response.statusCode, response.json<{ code: string }>().code)
    else seen.set(response.statusCode, '')
    return response
  }

  t.test(`${operationId} answers with each of its statuses`, async (t) => {
    const good = await send({})
    t.equal(good.statusCode, success)
    if (good.headers.etag !== undefined) {
      await send({ headers: { ...CREDENTIALS[guard], 'if-none-match': good.headers.etag } })
      t.ok(seen.has(304), 'an unchanged report is not sent again')
    }
    if (guard === 'callback') {
      await send({ url: url.replace(DEMO_CALLBACK_KEY, 'unknown') })
      t.equal(seen.get(401), 'invalid_api_key')
      await send({ url: url.replace(DEMO_CALLBACK_KEY, COLLECTIONS_KEY) })
      t.equal(seen.get(403), 'key_not_allowed')
      await Promise.all(Array.from({ length: LIMITS.callbackTimes + 1 }, () => send({ to: limited })))
      t.equal(seen.get(429), 'rate_limited')
      state.error = new Error('a fault')
      await send({})
      t.equal(seen.get(500), 'internal')
    } else if (guard !== 'none') {
      await send({
        url: `${url}${url.includes('?') ? '&' : '?'}nonsense=1`,
        ...(body !== undefined && { url, payload: '{"nonsense":1}' }),
      })
      t.equal(seen.get(400), 'invalid_request', 'what the contract does not know is refused')
      await send({ headers: { 'x-api-key': 'unknown', authorization: 'Bearer unknown' } })
      t.equal(seen.get(401), guard === 'key' ? 'invalid_api_key' : 'invalid_admin_token')
      await send({ to: limited })
      await send({ to: limited })
      t.equal(seen.get(429), 'rate_limited')
      state.error = new Error('a fault')
      await send({})
      t.equal(seen.get(500), withoutStore ? undefined : 'internal')
    }
    state.error = new StorageUnavailable('away')
    const away = await send({})
    state.error = null
    t.equal(away.statusCode, withoutStore ? success : 503)

    if (guard === 'key') {
      await send({ headers: { ...CREDENTIALS.key, origin: 'https://evil.example' } })
      t.equal(seen.get(403), 'origin_not_allowed')
    } else if (guard === 'token') {
      await send({ to: withoutAdmin })
      t.equal(seen.get(403), 'admin_disabled')
    }
    if (body !== undefined) {
      await send({ payload: JSON.stringify({ ...body, note: 'x'.repeat(bodyBytes) }) })
      t.equal(seen.get(413), 'payload_too_large')
      await send({ headers: { ...CREDENTIALS[guard], 'content-type': 'text/xml' } })
      t.equal(seen.get(415), 'unsupported_media_type')
    }
    if (operationId === 'listMissedCalls') {
      await send({ to: await buildTestApp(t, { ...shared, storage: tooLarge }) })
      t.equal(seen.get(422), 'question_too_large')
    }
    if (operationId === 'logCall') {
      const headers = { ...CREDENTIALS.key, 'idempotency-key': 'statuses' }
      await send({ headers })
      await send({ headers, payload: JSON.stringify({ ...EVENT, event: 'other' }) })
      t.equal(seen.get(422), 'idempotency_conflict')
    }
    if (operationId === 'queryAnalytics') {
      await send({ url: `${url}?groupBy=hour&fill=zero&startDate=2000-01-01&endDate=2099-12-31` })
      t.equal(seen.get(422), 'question_too_large')
    }
    if (operationId === 'placeCall') {
      const place = async (key: string, behaviour?: Behaviour, call = body) => {
        if (behaviour !== undefined) exotel.next.push(behaviour)
        await send({ headers: { ...CREDENTIALS.key, 'idempotency-key': key }, payload: JSON.stringify(call) })
      }
      await place('statuses', undefined, { ...body, record: true })
      t.equal(seen.get(422), 'idempotency_conflict')
      await place('refused', { status: 401 })
      t.equal(seen.get(409), 'exotel_refused')
      await place('limited', { status: 429 })
      t.equal(seen.get(503), 'exotel_limited')
      await place('lost', 'drop')
      t.equal(seen.get(504), 'call_outcome_unknown')
      await exotel.stop()
      await place('unreached')
      t.equal(seen.get(502), 'exotel_unavailable')
    }
    if (operationId === 'getCallRecording') {
      for (const [range, status] of [
        ['bytes=0-0', 206],
        ['bytes=3-', 416],
      ] as const)
        t.equal((await send({ headers: { ...CREDENTIALS.key, range } })).statusCode, status)
      await send({ url: url.replace('CA1', 'CA404') })
      t.equal(seen.get(404), 'recording_not_found')
      exotel.recordings.clear()
      await send({})
      t.equal(seen.get(502), 'recording_unavailable')
    }
    if (url.includes('CUST001')) {
      await send({ url: url.replace('CUST001', 'CUST404') })
      t.equal(seen.get(404), 'customer_not_found')
    }
    if (operationId === 'getAgent') {
      await send({ url: url.replace('agent-1', 'agent-404') })
      t.equal(seen.get(404), 'agent_not_found')
    }
    if (operationId === 'saveAgent') {
      await send({ url: url.replace('agent-1', 'agent-2') })
      t.equal(seen.get(409), 'exotel_user_taken')
    }
    if (url.includes('session-CA1')) {
      await send({ url: url.replace('CA1', 'CA404') })
      t.equal(seen.get(404), operationId === 'getCallRecording' ? 'recording_not_found' : 'call_not_found')
    }
    if (body !== undefined && url.includes('session-CA1')) {
      await ordinary.post('/api/ribbon/log-call', { event: 'connected', data: {}, eventId: 'unnamed' }, CREDENTIALS.key)
      const { calls } = (await ordinary.get('/api/ribbon/calls', CREDENTIALS.key)).json<Calls>()
      const unnamed = calls.find(({ sessionId }) => /^session-\d{10}-/.test(sessionId))
      await send({ url: url.replace('session-CA1', String(unnamed?.sessionId)) })
      t.equal(seen.get(409), 'call_unnamed')
    }
    if (url.includes(PHONE)) {
      await send({ url: url.replace(PHONE, '1') })
      t.equal(seen.get(404), 'customer_not_found')
    }
    if (/clients\/client-00/.test(url)) {
      await send({ url: url.replace(/client-00./, 'client-404') })
      t.equal(seen.get(404), 'client_not_found')
    }
    if (operationId === 'createClient') {
      await send({ payload: JSON.stringify({ ...body, clientId: 'client-001' }) })
      t.equal(seen.get(409), 'client_exists')
    }
    if (operationId === 'createKey') {
      for (let keys = 0; keys < LIMITS.clientKeys && !seen.has(409); keys++) await send({})
      t.equal(seen.get(409), 'too_many_keys')
    }
    if (url.includes('/we_')) {
      await send({ url: url.replace(/we_\w+/, 'we_00000000000000ff') })
      t.equal(seen.get(404), 'webhook_not_found')
    }
    if (url.endsWith('/redeliver')) {
      await send({ to: await buildTestApp(t, { ...shared, storage: tooMany }) })
      t.equal(seen.get(422), 'too_many_messages')
    }
    if (url.endsWith('/webhooks') && method === 'POST') {
      for (let webhooks = 0; webhooks < LIMITS.webhooks && !seen.has(409); webhooks++) await send({})
      t.equal(seen.get(409), 'too_many_webhooks')
    }
    if (operationId === 'startReconciliation') {
      await send({ url: url.replace('client-001', 'client-002') })
      t.equal(seen.get(409), 'exotel_not_set_up')
    }
    const known = paths[templateOf(url)] ?? {}
    const wrong = await ordinary.inject({
      method: 'put' in known ? 'DELETE' : 'PUT',
      url,
      headers: CREDENTIALS[guard],
    })
    t.match(wrong.json(), { status: 405, code: 'method_not_allowed' })

    const responses = paths[templateOf(url)]?.[method.toLowerCase()]?.responses ?? {}
    const unseen = { ...responses }
    for (const [status, code] of seen) {
      const answer = responses[String(status)] ?? responses[`${String(status).slice(0, 1)}XX`] ?? {}
      if (code !== '') t.ok(codesOf(answer).includes(code), `the contract shows ${String(status)} ${code}`)
      Reflect.deleteProperty(unseen, status)
    }
    t.strictSame(
      Object.keys(unseen),
      ['4XX', '5XX'],
      'no other status is named, but for the ranges of those that are alike',
    )
  })
}

t.test('no operation is forgotten here', (t) => {
  const published = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
  t.strictSame(published.sort(), Object.keys(OPERATIONS).sort())
  t.end()
})
