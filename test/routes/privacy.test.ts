import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import Fastify from 'fastify'
import t from 'tap'
import { KeyRing } from '../../src/clients/key-ring.js'
import { createLogger } from '../../src/http/logger.js'
import { masking } from '../../src/plugins/masking.js'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY, MARKETING_KEY, START } from '../helpers/app.js'

const ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }
const NUMBER = '+919812345678'
const ZEB = { customerId: 'ZEB-1', name: 'Zebediah Quux', phone: NUMBER }

const logged: string[] = []
const logger = createLogger(
  'info',
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString())
      done()
    },
  }),
)
const test = await buildTestApp(t, { logger })
const { post, get } = test

async function logCall(data: object, event = 'incoming', minutes = 5): Promise<void> {
  const timestamp = new Date(START - minutes * 60_000).toISOString()
  const response = await post('/api/ribbon/log-call', {
    apiKey: DEMO_KEY,
    event,
    data,
    timestamp,
    domain: 'yourcrm.com',
  })
  assert.equal(response.statusCode, 200, response.body)
}

await post('/api/ribbon/customer', { apiKey: DEMO_KEY, customerData: { ...ZEB, phone: '098123 45678' } })
for (const [callSid, data] of [
  ['CA1', { customerData: ZEB }],
  [`callback ${NUMBER}`, { note: 'ring 98123-45678', number: 919812345678, deep: [{ '09812345678': 1 }] }],
] as const) {
  await logCall({ callSid, phoneNumber: NUMBER, ...data }, 'incoming', 30)
  await logCall({ callSid, phoneNumber: '098123 45678', duration: 0 }, 'missed', 29)
}
await logCall({ callSid: 'CA2', phoneNumber: NUMBER, customerData: ZEB, callDirection: 'inbound' }, 'incoming', 2)
await post('/api/ribbon/log-call', {
  ...{ apiKey: DEMO_KEY, event: 'incoming', data: { phoneNumber: NUMBER } },
  timestamp: new Date(START - 60_000).toISOString(),
})

const made = await post('/api/admin/clients/client-demo/keys', { kind: 'full', maskNumbers: true }, ADMIN)
const masked = { 'x-api-key': made.json<{ apiKey: string }>().apiKey }
const keyId = made.json<{ keyId: string }>().keyId

/** The person's digits, whatever is between them. */
const SPELLED = /9[\s().-]*8[\s().-]*1[\s().-]*2[\s().-]*3[\s().-]*4[\s().-]*5[\s().-]*6[\s().-]*7[\s().-]*8/

t.test('a key that masks numbers says so in lists, and so does the key in its place', async (t) => {
  t.equal(made.json<{ key: { maskNumbers?: boolean } }>().key.maskNumbers, true)
  const rotated = await post(`/api/admin/clients/client-demo/keys/${keyId}/rotate`, { overlapHours: 1 }, ADMIN)
  t.equal(rotated.json<{ key: { maskNumbers?: boolean } }>().key.maskNumbers, true)
  const { entries } = (await get('/api/admin/audit-log', ADMIN)).json<{ entries: { details: object }[] }>()
  t.match(
    entries.find(({ details }) => 'maskNumbers' in details),
    { details: { maskNumbers: true } },
  )
})

t.test('nothing that a key reads which masks numbers holds one, in any spelling', async (t) => {
  const operations = Object.entries(
    test.app.swagger().paths as Readonly<Record<string, { readonly get?: object }>>,
  ).filter(([path, item]) => {
    return path.startsWith('/api/ribbon/') && item.get !== undefined && !/stream|recording|webhooks/.test(path)
  })
  const sessions = (await get('/api/ribbon/calls')).json<{ calls: { sessionId: string }[] }>().calls
  const urls = operations.flatMap(([path]) => {
    if (path.includes('{sessionId}'))
      return sessions.map(({ sessionId }) => path.replace('{sessionId}', encodeURIComponent(sessionId)))
    return [
      path
        .replace('{customerId}', 'ZEB-1')
        .replace('{phoneNumber}', encodeURIComponent(NUMBER))
        .replace('{agentUserId}', 'agent-1'),
    ]
  })
  const asked = [
    ...urls,
    ...['csv', 'ndjson', 'json'].map((format) => `/api/ribbon/export/calls?format=${format}`),
    '/api/ribbon/export/calls?format=csv&columns=sessionId,customerName,phoneNumber,notes,customerId,logIds',
    ...['html', 'text', 'json'].map((format) => `/api/ribbon/reports/daily?date=2025-10-12&format=${format}`),
    '/api/ribbon/analytics/query?groupBy=phoneNumber',
    '/api/ribbon/analytics/query?groupBy=phoneNumber&format=csv',
    `/api/ribbon/calls?phoneNumber=${encodeURIComponent(NUMBER)}`,
    '/api/ribbon/customers?search=zeb',
    '/api/ribbon/missed-calls?pageSize=1',
    '/api/ribbon/stream',
  ]
  let shown = 0
  for (const url of asked) {
    const [plain, hidden] = [await get(url), await get(url, masked)]
    t.equal(hidden.statusCode, plain.statusCode, url)
    t.notMatch(hidden.body, SPELLED, url)
    if (!SPELLED.test(plain.body)) continue
    shown += 1
    t.match(hidden.body, /\+9198••••5678/, `${url} shows it masked`)
    const { etag } = plain.headers
    if (etag !== undefined) t.not(hidden.headers.etag, etag, `${url} has another validator`)
    if (/json/.test(String(hidden.headers['content-type'])) && !url.includes('ndjson'))
      t.ok(hidden.json(), 'it is JSON')
  }
  t.ok(shown >= 12, `${String(shown)} answers would have shown it`)
})

t.test('such a key walks through a list, and what says where it goes on tells nobody a number', async (t) => {
  const pages = []
  let url = '/api/ribbon/calls?pageSize=1'
  for (;;) {
    const page = (await get(url, masked)).json<{ calls: object[]; pagination: { nextCursor: string | null } }>()
    pages.push(...page.calls)
    const { nextCursor } = page.pagination
    if (nextCursor === null) break
    t.notMatch(Buffer.from(nextCursor, 'base64url').toString('latin1'), SPELLED)
    url = `/api/ribbon/calls?pageSize=1&cursor=${nextCursor}`
  }
  t.equal(pages.length, (await get('/api/ribbon/calls')).json<{ calls: object[] }>().calls.length)
  for (const cursor of ['x', 'A'.repeat(64)])
    t.equal((await get(`/api/ribbon/calls?cursor=${cursor}`, masked)).statusCode, 400)
})

t.test('a person is exported whole, and that is in the audit log', async (t) => {
  const url = '/api/admin/clients/client-demo/person'
  const response = await post(url, { phoneNumber: '09812345678' }, ADMIN)
  t.equal(response.statusCode, 200)
  const person = response.json<{ customers: object[]; calls: { events: object[] }[]; events: object[] }>()
  t.match(person.customers, [{ customerId: 'ZEB-1', profile: { name: ZEB.name } }])
  t.equal(person.calls.flatMap(({ events }) => events).length, 6)
  t.match((await post(url, { customerId: 'ZEB-1' }, ADMIN)).json(), { customers: [{ customerId: 'ZEB-1' }] })
  t.equal((await post(url, {}, ADMIN)).statusCode, 400)
  t.equal((await post(url, { customerId: 'a', phoneNumber: 'b' }, ADMIN)).statusCode, 400)
  t.equal((await post('/api/admin/clients/nobody/person', { customerId: 'a' }, ADMIN)).statusCode, 404)
  const { entries } = (await get('/api/admin/audit-log', ADMIN)).json<{
    entries: { action: string; details: object }[]
  }>()
  t.match(entries[0], { action: 'person.exported', details: { by: 'customerId' } })
  t.notMatch(JSON.stringify(entries), /ZEB|9812345678/)
})

t.test('a person with many calls is exported part by part', async (t) => {
  const events = Array.from({ length: 101 }, (_, n) => ({
    ...{ event: 'incoming', data: { callSid: `MANY-${String(n)}`, phoneNumber: '+919800000000' } },
    timestamp: new Date(START - n * 60_000).toISOString(),
  }))
  t.equal((await post('/api/ribbon/log-calls', { apiKey: MARKETING_KEY, events })).statusCode, 200)
  const person = (await post('/api/admin/clients/client-001/person', { phoneNumber: '9800000000' }, ADMIN)).json<{
    calls: object[]
  }>()
  const other = (await post('/api/admin/clients/client-002/person', { phoneNumber: '9800000000' }, ADMIN)).json<{
    calls: object[]
  }>()
  t.strictSame([person.calls.length, other.calls.length].sort(), [0, 101], 'of one client alone')
})

t.test('what is no text goes out as it is', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  app.decorateRequest('key')
  app.decorateRequest('client')
  app.addHook('onRequest', (request, _reply, done) => {
    Object.assign(request, { key: { maskNumbers: true }, client: { region: 'IN' } })
    done()
  })
  await app.register(masking, { keys: new KeyRing([Buffer.alloc(32)]) })
  app.get('/bytes', async (_request, reply) => reply.type('audio/mpeg').send(Buffer.from(NUMBER)))
  t.equal((await app.inject('/bytes')).body, NUMBER)
})

t.test('a person is erased with one request, and nothing tells of them any more', async (t) => {
  const url = '/api/admin/clients/client-demo/erasures'
  const before = (await get('/api/ribbon/analytics')).json<object>()
  const response = await post(url, { phoneNumber: '098123 45678', reason: 'request 4711' }, ADMIN)
  t.match(response.json(), { calls: 3, customers: 1, logsClean: true })
  t.strictSame((await post(url, { phoneNumber: NUMBER }, ADMIN)).json(), {
    ...response.json<object>(),
    ...{ calls: 0, events: 0, customers: 0 },
  })
  for (const path of ['calls', 'call-logs', 'missed-calls', 'export/calls', 'customers?search=zeb', 'active-calls']) {
    const { body } = await get(`/api/ribbon/${path}`)
    t.notMatch(body, SPELLED, path)
    t.notMatch(body, /Zebediah|ZEB-1/, path)
  }
  t.strictSame(
    (await get('/api/ribbon/analytics')).json<{ summary: object }>().summary,
    (before as { summary: object }).summary,
  )
  const [{ sessionId }] = (await get('/api/ribbon/calls')).json<{ calls: [{ sessionId: string }] }>().calls
  const told = await get(`/api/ribbon/calls/${sessionId}`)
  t.equal(told.statusCode, 200, 'an erased call is found by its new name')
  const note = { method: 'PATCH', url: `/api/ribbon/calls/${sessionId}`, payload: { notes: 'x' } } as const
  t.equal(
    (await test.inject({ ...note, headers: { 'x-api-key': DEMO_KEY } })).statusCode,
    409,
    'nobody writes about it',
  )
  t.equal((await post(url, {}, ADMIN)).statusCode, 400)
  t.equal((await post('/api/admin/clients/nobody/erasures', { customerId: 'x' }, ADMIN)).statusCode, 404)
  const { entries } = (await get('/api/admin/audit-log', ADMIN)).json<{
    entries: { action: string; details: object }[]
  }>()
  t.match(entries[1], { action: 'person.erased', details: { reason: 'request 4711', by: 'phoneNumber', calls: 3 } })
  t.notMatch(JSON.stringify(entries), /ZEB|9812345678/)
})

t.test('no log line holds a person', async (t) => {
  await get(`/api/ribbon/customers/by-phone/${encodeURIComponent(NUMBER)}`)
  await get(`/api/ribbon/customer/${ZEB.customerId}`)
  t.notMatch(logged.join(''), SPELLED)
  t.notMatch(logged.join(''), /ZEB-1|Zebediah/)
})
