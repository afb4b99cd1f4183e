/** What each kind of key opens, tried on every operation of the published contract. */
import t from 'tap'
import { hashApiKey, hintOfApiKey, newApiKey } from '../../src/clients/api-keys.js'
import { callbackPath } from '../../src/core/vocabulary/callbacks.js'
import { DEMO_WEBHOOK } from '../../src/core/vocabulary/demo.js'
import { KEY_SCOPES, type KeyKind, type KeyScope } from '../../src/core/vocabulary/keys.js'
import type { NewApiKey } from '../../src/storage/port/keys.js'
import { buildTestApp, COLLECTIONS_KEY } from '../helpers/app.js'
import { JOHNS_NUMBER, place } from '../helpers/calls.js'
import { ExotelServer, giveExotelApi } from '../helpers/exotel-server.js'

const exotel = await ExotelServer.start(t)
exotel.recordings.set('/CA-secret.mp3', { content: Buffer.from('ID3') })
const test = await buildTestApp(t, {
  env: exotel.env,
  recordingOf: () => Promise.resolve(`${exotel.origin}/CA-secret.mp3`),
})
const { app, clock, inject, get, post, storage } = test
const CLIENT = 'client-001'
const PAGE = { origin: 'https://localhost' }
const LOG_CALL = '/api/ribbon/log-call'
const CONFIG = '/api/ribbon/config'
const AT = clock.now - 60_000
const JOHN = { phoneNumber: JOHNS_NUMBER, customerData: { customerId: 'CUST001' } }
await giveExotelApi(test, CLIENT)
await place(test, COLLECTIONS_KEY, [
  { callSid: 'CA-secret', at: AT, seconds: 30, direction: 'inbound', customerData: { customerId: 'CUST001' } },
  { callSid: 'CA-asked', at: AT, seconds: 3, direction: 'inbound', ...JOHN },
])
await storage.saveAgent(CLIENT, 'agent-42', { name: 'Asha' }, AT)

async function keyOf(kind: KeyKind, scopes: readonly KeyScope[] = [], more: Partial<NewApiKey> = {}): Promise<string> {
  const key = newApiKey(kind)
  const made = { keyHash: hashApiKey(key), hint: hintOfApiKey(key), createdAt: clock.now, kind, scopes, ...more }
  t.equal(await storage.createApiKey(CLIENT, made), true)
  return key
}

interface Operation {
  readonly tags?: readonly string[]
  readonly requestBody?: unknown
}
const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> }
const OPERATIONS = Object.entries(paths)
  .filter(([path]) => path.startsWith('/api/ribbon/'))
  .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const))

const BODIES: Readonly<Record<string, object>> = {
  '/api/ribbon/init': { domain: 'localhost' },
  '/api/ribbon/stream-tokens': {},
  '/api/ribbon/agent-sessions': { agentUserId: 'agent-42', domain: 'localhost' },
  '/api/ribbon/log-call': { event: 'dialing', data: { callSid: 'CA-new' } },
  '/api/ribbon/log-calls': { events: [{ event: 'dialing', data: { callSid: 'CA-new' } }] },
  'PATCH /api/ribbon/calls/{sessionId}': { notes: 'x' },
  'POST /api/ribbon/calls/{sessionId}/corrections': { reason: 'x', callDirection: 'inbound' },
  '/api/ribbon/agents/{agentUserId}': { name: 'Asha' },
  'PUT /api/ribbon/business-hours': { schedule: { weekly: [] } },
  'POST /api/ribbon/webhooks': { url: 'https://crm.example.com/webhooks' },
  'PATCH /api/ribbon/webhooks/{endpointId}': { status: 'paused' },
  '/api/ribbon/webhooks/{endpointId}/rotate-secret': {},
  '/api/ribbon/webhooks/{endpointId}/redeliver': { from: '2025-10-12T10:00:00Z', to: '2025-10-12T11:00:00Z' },
  '/api/ribbon/customer': { customerData: { customerId: 'CUST001', name: 'John' } },
  '/api/ribbon/calls': { from: '+919876500001', to: '+919876543210' },
}
/** An endpoint for each key that may delete it. */
let endpoints = 0
async function deletable(): Promise<string> {
  const endpointId = `we_${String((endpoints += 1)).padStart(16, '0')}`
  const settings = { url: 'https://crm.example.com/', eventTypes: ['call.ended'], sealedSecrets: '' } as const
  await storage.createWebhook(CLIENT, { endpointId, ...settings, createdAt: AT })
  await storage.updateWebhook(CLIENT, endpointId, { status: 'paused' }, AT)
  return endpointId
}

/** Each a call of its own. */
let calls = 0

/** The operations that a key opens, and what the others answer. */
async function opened(apiKey: string, headers: Record<string, string> = {}) {
  const open: string[] = []
  const refused = new Set<string>()
  for (const [verb, path] of OPERATIONS) {
    for (const method of verb === 'GET' ? (['GET', 'HEAD'] as const) : [verb as 'POST' | 'PATCH']) {
      const url = path
        .replace('{customerId}', 'CUST001')
        .replace('{agentUserId}', 'agent-42')
        .replace('{sessionId}', 'session-CA-asked')
        .replace('{endpointId}', verb === 'DELETE' ? await deletable() : DEMO_WEBHOOK)
        .replace('{number}', encodeURIComponent(JOHNS_NUMBER))
      const payload = BODIES[`${method} ${path}`] ?? BODIES[path]
      const response = await inject({
        method,
        url,
        headers: { 'x-api-key': apiKey, 'idempotency-key': `call-${String(++calls)}`, ...headers },
        ...(payload !== undefined && { payload }),
      })
      if (response.statusCode === 200 || response.statusCode === 201) {
        if (method !== 'HEAD') open.push(`${method} ${path.slice('/api/ribbon/'.length)}`)
      } else {
        t.equal(response.statusCode, 403, `${method} ${path}`)
        t.notMatch(response.body, 'CA-secret')
        if (method !== 'HEAD') refused.add(response.json<{ code: string }>().code)
      }
    }
  }
  return { open: open.sort(), refused: [...refused] }
}

const PAGES_NEED = ['GET config', 'POST init', 'POST log-call', 'POST log-calls']
const READS = [
  'GET active-calls',
  'GET agents',
  'GET agents/{agentUserId}',
  'GET analytics',
  'GET analytics/detailed',
  'GET analytics/query',
  'GET business-hours',
  'GET call-logs',
  'GET calls',
  'GET calls/{sessionId}',
  'GET calls/{sessionId}/recording',
  'GET config',
  'GET customer/{customerId}',
  'GET customer/{customerId}/calls',
  'GET customers',
  'GET customers/by-phone/{number}',
  'GET missed-calls',
  'GET reports/daily',
  'GET stream',
  'POST init',
  'POST stream-tokens',
]
const WRITES = ['PATCH calls/{sessionId}', 'POST calls', 'POST customer', 'POST log-call', 'POST log-calls']
const EXPORTS = ['GET export/calls']
const MANAGES = [
  'DELETE webhooks/{endpointId}',
  'GET webhooks',
  'GET webhooks/{endpointId}',
  'GET webhooks/{endpointId}/deliveries',
  'PATCH agents/{agentUserId}',
  'PATCH webhooks/{endpointId}',
  'POST agent-sessions',
  'POST calls/{sessionId}/corrections',
  'POST webhooks',
  'POST webhooks/{endpointId}/redeliver',
  'POST webhooks/{endpointId}/rotate-secret',
  'POST webhooks/{endpointId}/test',
  'PUT business-hours',
]

t.test('a publishable key opens what a page needs, and no byte of a call, a customer or a report', async (t) => {
  t.strictSame(await opened(await keyOf('publishable'), PAGE), { open: PAGES_NEED, refused: ['key_not_allowed'] })
})

t.test('a key in a link is held against what it is for, too', async (t) => {
  const link = `/api/ribbon/export/calls?X-API-Key=${await keyOf('publishable')}`
  t.match((await get(link, PAGE)).json(), { status: 403, code: 'key_not_allowed' })
})

t.test('a secret key opens what its scopes say, and says which one is missing', async (t) => {
  t.strictSame(await opened(await keyOf('secret', ['read'])), { open: READS, refused: ['key_not_allowed'] })
  t.strictSame(await opened(await keyOf('secret', ['write'])), { open: WRITES, refused: ['key_not_allowed'] })
  t.strictSame(await opened(await keyOf('secret', ['export'])), { open: EXPORTS, refused: ['key_not_allowed'] })
  t.strictSame(await opened(await keyOf('secret', ['manage'])), { open: MANAGES, refused: ['key_not_allowed'] })
  const all = [...READS, ...WRITES, ...EXPORTS, ...MANAGES].sort()
  t.strictSame(await opened(await keyOf('secret', KEY_SCOPES)), { open: all, refused: [] })
  const detail = 'This secret key has not the scope export, which this operation asks for.'
  const reader = { 'x-api-key': await keyOf('secret', ['read']) }
  t.match((await get('/api/ribbon/export/calls', reader)).json(), { detail })
})

t.test('a callback key opens callbacks and nothing else, and no other key opens them', async (t) => {
  const callback = await keyOf('callback')
  t.strictSame(await opened(callback), { open: [], refused: ['key_not_allowed'] })
  const statusOf = async (key: string) => (await get(callbackPath('popup', key), {})).statusCode
  t.equal(await statusOf(callback), 200)
  for (const key of [
    await keyOf('publishable'),
    await keyOf('secret', KEY_SCOPES),
    await keyOf('full'),
    COLLECTIONS_KEY,
  ])
    t.equal(await statusOf(key), 403)
  const agent = { agentUserId: 'agent-42', domain: 'localhost' }
  const manager = { 'x-api-key': await keyOf('secret', ['manage']) }
  const { token } = (await post('/api/ribbon/agent-sessions', agent, manager)).json<{ token: string }>()
  t.equal(await statusOf(token), 403, 'an agent session is none, either')
  t.equal((await get('/api/admin/clients', { authorization: `Bearer ${callback}` })).statusCode, 401)
})

t.test('a full key opens everything', async (t) => {
  const all = [...READS, ...WRITES, ...EXPORTS, ...MANAGES].sort()
  t.strictSame(await opened(await keyOf('full')), { open: all, refused: [] })
  t.strictSame(await opened(COLLECTIONS_KEY), { open: all, refused: [] })
})

t.test('a publishable key is taken from pages of allowed origins alone; a secret key needs no origin', async (t) => {
  const page = { 'x-api-key': await keyOf('publishable') }
  const status = async (headers: Record<string, string>) => (await get(CONFIG, { ...page, ...headers })).statusCode
  t.equal(await status(PAGE), 200)
  t.equal(
    await status({ 'sec-fetch-site': 'same-origin' }),
    200,
    'a browser leaves the origin out where it is the server’s own',
  )
  const elsewhere = { 'sec-fetch-site': 'same-origin', host: 'evil.example' }
  t.equal(await status(elsewhere), 403, 'a server that nobody told its name has no pages but those of this machine')
  t.equal(await status({ origin: 'https://evil.example' }), 403)
  t.match((await get(CONFIG, page)).json(), { code: 'origin_not_allowed', detail: /publishable key is for pages/ })
  t.equal((await get(CONFIG, { 'x-api-key': await keyOf('secret', ['read']) })).statusCode, 200)
})

t.test('a publishable key cannot rewrite the past; a secret key can tell of it', async (t) => {
  const event = (ago: number) => ({
    event: 'dialing',
    data: { callSid: 'CA-late' },
    timestamp: new Date(clock.now - ago).toISOString(),
  })
  const hour = 3_600_000
  const page = { 'x-api-key': await keyOf('publishable'), ...PAGE }
  for (const ago of [24 * hour, 0, -5 * 60_000]) t.equal((await post(LOG_CALL, event(ago), page)).statusCode, 200)
  for (const [ago, message] of [
    [24 * hour + 1, /^is "2025-10-11T10:34:59\.999Z", which is more than 24 hours ago: .* with a secret key$/],
    [-5 * 60_000 - 1, /^is "2025-10-12T10:40:00\.001Z", which is more than 5 minutes ahead: .* with a secret key$/],
  ] as const) {
    t.match((await post(LOG_CALL, event(ago), page)).json(), {
      status: 400,
      errors: [{ pointer: '/timestamp', message }],
    })
    const server = { 'x-api-key': await keyOf('secret', ['write']) }
    t.equal((await post(LOG_CALL, event(ago), server)).statusCode, 200)
  }
})

t.test('a key ends when it says, and one that is revoked or suspended within a second', async (t) => {
  const status = async (apiKey: string) => (await get(CONFIG, { 'x-api-key': apiKey })).statusCode
  const ending = await keyOf('full', [], { endsAt: clock.now + 500 })
  t.equal(await status(ending), 200)
  clock.now += 500
  t.equal(await status(ending), 401, 'at once, although it is known')

  const revoked = await keyOf('full')
  t.equal(await status(revoked), 200)
  await storage.revokeApiKey(CLIENT, hashApiKey(revoked), clock.now)
  clock.now += 1000
  t.equal(await status(revoked), 401)

  const suspended = await keyOf('full')
  t.equal(await status(suspended), 200)
  await storage.updateClient(CLIENT, { status: 'suspended' })
  clock.now += 1000
  t.equal(await status(suspended), 401)
  await storage.updateClient(CLIENT, { status: 'active' })
  clock.now += 1000
  t.equal(await status(suspended), 200)
})

t.test('it is noted when a key was last used, to the hour', async (t) => {
  const key = await keyOf('full')
  const lastUsedAt = async () => (await storage.clientByKeyHash(hashApiKey(key)))?.key.lastUsedAt
  t.equal(await lastUsedAt(), null)
  const first = clock.now
  const use = async () => {
    t.equal((await get(CONFIG, { 'x-api-key': key })).statusCode, 200)
    // Nobody waits for the note; this write comes after it.
    await storage.updateClient(CLIENT, {})
  }
  await use()
  t.equal(await lastUsedAt(), first)
  clock.now += 3_599_000
  await use()
  t.equal(await lastUsedAt(), first)
  clock.now += 1_000
  await use()
  t.equal(await lastUsedAt(), first + 3_600_000)
})
