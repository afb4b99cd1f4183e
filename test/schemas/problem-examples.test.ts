/** The errors that the documentation shows are those that the server sends, word for word. */
import t from 'tap'
import type { NewKey } from '../../schemas/api-key.js'
import { PROBLEM_EXAMPLES } from '../../schemas/problem-examples.js'
import type { Problem } from '../../schemas/problems.js'
import { hashApiKey, newApiKey } from '../../src/clients/api-keys.js'
import { LIMITS } from '../../src/core/limits.js'
import type { ErrorCode } from '../../src/errors.js'
import { StorageBusy, StorageUnavailable } from '../../src/storage/errors.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { type Behaviour, exotelApp, giveExotelApi } from '../helpers/exotel-server.js'
import { replacing } from '../helpers/storage.js'

const EVENT = { event: 'connected', data: { callSid: 'CA1' } }
const WITH_KEY = { 'x-api-key': DEMO_KEY }
const JSON_WITH_KEY = { ...WITH_KEY, 'content-type': 'application/json' }
const LOG_CALL = '/api/ribbon/log-call'
const ANALYTICS = '/api/ribbon/analytics'
const INIT = '/api/ribbon/init'
const EXPORT = '/api/ribbon/export/calls'
const CLIENTS = '/api/admin/clients'
const WEBHOOKS = '/api/ribbon/webhooks'
const CALLS = '/api/ribbon/calls'
const RECORDING = `${CALLS}/session-CA1/recording`
const CALL = { from: '+919876500001', to: '+919876543210' }
const PLACING = { ...WITH_KEY, 'idempotency-key': '9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0' }

type Answer = Promise<{ readonly body: string }>

const { app, get, inject, post, storage: store } = await buildTestApp(t)

async function appWith<Name extends keyof Storage>(method: Name, replacement: Storage[Name]): Promise<TestApp> {
  return buildTestApp(t, { store, storage: replacing(method, replacement) })
}

/** Logs an event where the store cannot take it. */
async function logWhere(error: Error): Answer {
  return (await appWith('record', () => Promise.reject(error))).post(LOG_CALL, EVENT, WITH_KEY)
}

/** What a connection is told that never sent a request that could be read. */
function answerTo(code: string): Answer {
  let written = ''
  const socket = { writable: true, write: (text: string) => (written += text), destroy: () => undefined }
  app.server.emit('clientError', Object.assign(new Error('unreadable'), { code }), socket)
  return Promise.resolve({ body: written.slice(written.indexOf('{')) })
}

/** What answers first, of more exports than a client may have open on a store that keeps them waiting. */
/** The answer to the one request of so many that finds no place, while the others wait for the store. */
async function oneTooMany(method: 'exportChunk' | 'activeCalls', url: string, count: number): Answer {
  let end: (error: Error) => void = () => undefined
  const ended = new Promise<never>((_resolve, reject) => {
    end = reject
  })
  const { get } = await appWith(method, () => ended)
  const all = Array.from({ length: count }, () => get(url))
  const first = await Promise.race(all)
  end(new StorageUnavailable('closed'))
  await Promise.all(all)
  return first
}

/** A publishable key where one for servers is asked for. */
async function publishable(): Answer {
  const apiKey = newApiKey('publishable')
  const key = { keyHash: hashApiKey(apiKey), hint: '', createdAt: 0, kind: 'publishable' } as const
  await store.createApiKey('client-demo', key)
  return get(ANALYTICS, { 'x-api-key': apiKey })
}

async function rateLimited(): Answer {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1' } })
  await get(ANALYTICS)
  return get(ANALYTICS)
}

async function conflict(): Answer {
  const headers = { ...WITH_KEY, 'idempotency-key': 'k' }
  await post(LOG_CALL, EVENT, headers)
  return post(LOG_CALL, { ...EVENT, event: 'other' }, headers)
}

const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }

/** What answers one key more than a client may have. */
async function tooManyKeys(): Answer {
  const create = () => post(`${CLIENTS}/client-001/keys`, {}, AS_ADMIN)
  for (let keys = 1; keys < LIMITS.clientKeys; keys++) await create()
  return create()
}

async function tooManyWebhooks(): Answer {
  const create = () => post(WEBHOOKS, { url: 'https://crm.example.com/webhooks' }, WITH_KEY)
  for (let webhooks = 2; webhooks < LIMITS.webhooks; webhooks++) await create()
  return create()
}

function saveAgent(agentUserId: string, payload: object): Answer {
  return inject({ method: 'PATCH', url: `/api/ribbon/agents/${agentUserId}`, headers: WITH_KEY, payload })
}

/** What a call is answered with that Exotel treats so. */
async function placed(behaviour: Behaviour | null): Answer {
  const { exotel, ...test } = await exotelApp(t, {
    exotelTiming: { connectMs: 2000, answerMs: 300, idleMs: 400, totalMs: 600 },
  })
  if (behaviour === null) await exotel.stop()
  else exotel.next.push(behaviour)
  return test.post(CALLS, CALL, PLACING)
}

/** What is answered while the same call is on its way. */
async function inProgress(): Answer {
  const { exotel, post } = await exotelApp(t, {
    exotelTiming: { connectMs: 2000, answerMs: 300, idleMs: 400, totalMs: 600 },
  })
  exotel.next.push('hang')
  const arrived = exotel.arrived()
  const first = post(CALLS, CALL, PLACING)
  await arrived
  const second = await post(CALLS, CALL, PLACING)
  await first
  return second
}

/** What answers first, of more listeners than a client may have whom Exotel keeps waiting. */
async function tooManyListeners(): Answer {
  const { exotel, get } = await exotelApp(t, {
    exotelTiming: { connectMs: 2000, answerMs: 300, idleMs: 400, totalMs: 600 },
  })
  exotel.recordings.set('/recording.mp3', { content: Buffer.alloc(0), answer: () => undefined })
  const listeners = Array.from({ length: 61 }, () => get(RECORDING))
  const first = await Promise.race(listeners)
  await exotel.stop()
  await Promise.all(listeners)
  return first
}

const evil = { 'x-api-key': COLLECTIONS_KEY, origin: 'https://evil.example' }

/** What gets each code out of the server. */
const CAUSES: Readonly<Record<ErrorCode, () => Answer>> = {
  invalid_request: () => get(`${ANALYTICS}?limit=501`),
  invalid_json: () => inject({ method: 'POST', url: LOG_CALL, headers: JSON_WITH_KEY, payload: '{' }),
  missing_api_key: () => get(ANALYTICS, {}),
  invalid_api_key: () => get(ANALYTICS, { 'x-api-key': 'unknown' }),
  invalid_admin_token: () => get(CLIENTS, {}),
  admin_disabled: async () => {
    const closed = await buildTestApp(t, { store, env: { ADMIN_TOKEN: '' } })
    return closed.get(CLIENTS, { authorization: `Bearer ${ADMIN_TOKEN}` })
  },
  key_not_allowed: publishable,
  session_required: async () => {
    // A server that has looked the key up believes it for a second.
    const { storage, post } = await buildTestApp(t)
    await storage.updateClient('client-001', { requireAgentSessions: true })
    return post(INIT, { domain: 'localhost' }, { 'x-api-key': COLLECTIONS_KEY })
  },
  agent_inactive: async () => {
    await saveAgent('agent-7', { active: false })
    return post(INIT, { domain: 'yourcrm.com', agentUserId: 'agent-7' }, WITH_KEY)
  },
  domain_not_allowed: () => post(INIT, { domain: 'evil.example' }, { 'x-api-key': COLLECTIONS_KEY }),
  origin_not_allowed: () => get(ANALYTICS, evil),
  address_not_allowed: async () => {
    const settings = { kind: 'callback', addresses: ['192.0.2.1'] }
    const made = (await post(`${CLIENTS}/client-001/keys`, settings, AS_ADMIN)).json<NewKey>()
    return post(String(made.callbackUrls?.statusCallback), {})
  },
  not_found: () => get('/api/ribbon/meetings'),
  call_not_found: () => get('/api/ribbon/calls/session-CA404'),
  call_unnamed: async () => {
    await post(LOG_CALL, { apiKey: DEMO_KEY, event: 'connected', data: { phoneNumber: '+911234' }, eventId: 'e1' })
    const { activeCalls } = (await get('/api/ribbon/active-calls')).json<{ activeCalls: [{ sessionId: string }] }>()
    const headers = { 'x-api-key': DEMO_KEY }
    const url = `/api/ribbon/calls/${activeCalls[0].sessionId}`
    return inject({ method: 'PATCH', url, headers, payload: { notes: 'x' } })
  },
  customer_not_found: () => get('/api/ribbon/customer/CUST404'),
  agent_not_found: () => get('/api/ribbon/agents/agent-404'),
  client_not_found: () => get(`${CLIENTS}/acme`, AS_ADMIN),
  key_not_found: () => inject({ method: 'DELETE', url: `${CLIENTS}/client-001/keys/0123456789ab`, headers: AS_ADMIN }),
  method_not_allowed: () => inject({ method: 'DELETE', url: '/api/ribbon/customer/CUST001' }),
  request_timeout: () => answerTo('ERR_HTTP_REQUEST_TIMEOUT'),
  client_exists: () =>
    post(CLIENTS, { clientId: 'client-001', name: 'Acme', exotelToken: 'token', userId: 'user' }, AS_ADMIN),
  exotel_user_taken: async () => {
    await saveAgent('agent-7', { exotelUserId: 'asha.rao' })
    return saveAgent('agent-8', { exotelUserId: 'asha.rao' })
  },
  webhook_not_found: () => get(`${WEBHOOKS}/we_5f2b8c01d94e7a36`),
  too_many_webhooks: tooManyWebhooks,
  too_many_messages: async () => {
    const { post } = await appWith('redeliverWebhook', () => Promise.resolve({ status: 'too-many' }))
    const range = { from: '2025-10-12T10:00:00Z', to: '2025-10-12T11:00:00Z' }
    return post(`${WEBHOOKS}/we_00000000000000d1/redeliver`, range, WITH_KEY)
  },
  too_many_keys: tooManyKeys,
  payload_too_large: () => post(LOG_CALL, { ...EVENT, note: 'x'.repeat(LIMITS.bodyBytes) }, WITH_KEY),
  unsupported_media_type: () => inject({ method: 'POST', url: LOG_CALL, headers: WITH_KEY, payload: '{}' }),
  question_too_large: () => {
    return get(`${ANALYTICS}/query?groupBy=hour&fill=zero&startDate=2000-01-01&endDate=2099-12-31`)
  },
  idempotency_conflict: conflict,
  quota_exceeded: async () => {
    const { post } = await appWith('callsInMonth', () => Promise.resolve(100))
    return post(INIT, { domain: 'yourcrm.com' }, WITH_KEY)
  },
  too_many_exports: () => oneTooMany('exportChunk', EXPORT, 61),
  rate_limited: rateLimited,
  headers_too_large: () => answerTo('HPE_HEADER_OVERFLOW'),
  internal: async () => (await appWith('report', () => Promise.reject(new Error('a fault')))).get(ANALYTICS),
  overloaded: () => logWhere(new StorageBusy()),
  unavailable: () => logWhere(new StorageUnavailable('gone')),
  outcome_open: () => logWhere(new StorageUnavailable('gone', { outcomeOpen: true })),
  exotel_not_set_up: () => post(CALLS, CALL, PLACING),
  exotel_refused: () => placed({ status: 401, message: 'Authentication failed' }),
  call_in_progress: inProgress,
  call_rejected: () => placed({ status: 400, message: 'Invalid parameter To' }),
  exotel_limited: () => placed({ status: 429 }),
  exotel_unavailable: () => placed(null),
  call_outcome_unknown: () => placed('drop'),
  reconciliation_running: async () => {
    const own = await exotelApp(t)
    const { exotel, post } = own
    await giveExotelApi(own, 'client-001')
    exotel.next.push('hang')
    const range = { from: '2025-10-11', to: '2025-10-12' }
    const start = () => post(`${CLIENTS}/client-001/reconciliation`, range, AS_ADMIN)
    await start()
    return start()
  },
  reconciliation_not_found: () => get(`${CLIENTS}/client-001/reconciliation`, AS_ADMIN),
  recording_not_found: () => get(RECORDING),
  range_not_satisfiable: async () => {
    const { exotel, get } = await exotelApp(t, {
      exotelTiming: { connectMs: 2000, answerMs: 300, idleMs: 400, totalMs: 600 },
    })
    exotel.recordings.set('/recording.mp3', { content: Buffer.from('ID3') })
    return get(RECORDING, { ...WITH_KEY, range: 'bytes=3-' })
  },
  too_many_listeners: tooManyListeners,
  too_many_streams: () => oneTooMany('activeCalls', '/api/ribbon/stream', LIMITS.streamsOfClient + 1),
  recording_unavailable: async () => {
    const { get } = await buildTestApp(t, { store, recordingOf: () => Promise.resolve('https://evil.example/CA1.mp3') })
    return get(RECORDING)
  },
}

/** Every request has its own id, and a limit and the time until its next window are the server's own. */
function comparable(problem: Problem): unknown {
  const detail = problem.detail.replace(/ is \d+ requests|in \d+ s\b/g, '…')
  return { ...problem, detail, requestId: '' }
}

for (const [code, cause] of Object.entries(CAUSES)) {
  t.test(`${code} is documented as it is sent`, async (t) => {
    const sent = JSON.parse((await cause()).body) as Problem
    t.strictSame(comparable(sent), comparable(PROBLEM_EXAMPLES[code as ErrorCode]))
  })
}
