import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { RedisServer } from '../helpers/redis.js'
import { scratchStorage } from '../helpers/storage.js'
import { hashApiKey, newApiKey } from '../../src/clients/api-keys.js'

const store = await scratchStorage(t)
const EVENT = { event: 'connected', data: { callSid: 'CA-limits' } }

const CUSTOMER = { customerData: { name: 'A' } }

/** Asks from an address, as a proxy that is believed tells it. */
const PROXIED = { TRUST_PROXY: '127.0.0.1' }
function from(address: string, headers: Readonly<Record<string, string>> = { 'x-api-key': DEMO_KEY }) {
  return { ...headers, 'x-forwarded-for': address }
}

/** What is left, as the answer says. */
function left({ headers }: LightMyRequestResponse): number {
  return Number(/;r=(\d+);/.exec(String(headers['ratelimit']))?.[1])
}

t.test('each key has its own limit, after which the answer says when to come back', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '2', RATE_LIMIT_WINDOW: '1 hour' } })
  for (const remaining of [1, 0]) {
    const response = await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })
    t.equal(response.statusCode, 200)
    t.equal(left(response), remaining)
    t.equal(response.headers['ratelimit-policy'], '"reads";q=2;w=3600')
  }
  const refused = await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })
  t.match(refused.json(), {
    status: 429,
    code: 'rate_limited',
    detail: /^The limit "reads" is 2 requests of one API key/,
  })
  t.match(refused.headers, { ratelimit: /^"reads";r=0;t=\d+$/, 'ratelimit-policy': '"reads";q=2;w=3600' })
  t.ok(Number(refused.headers['retry-after']) > 0)
  t.equal((await get('/api/ribbon/config', { 'x-api-key': COLLECTIONS_KEY })).statusCode, 200)
})

t.test('a key in the body counts as the same key', async (t) => {
  const { post } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1' } })
  t.equal((await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 'a.example' })).statusCode, 200)
  t.equal((await post('/api/ribbon/log-call', EVENT, { 'x-api-key': DEMO_KEY })).statusCode, 429)
})

t.test('reports, exports and customers cannot use up what a ribbon needs', async (t) => {
  const { get, post } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1', RATE_LIMIT_ADDRESS_MAX: '2' } })
  const withKey = { 'x-api-key': DEMO_KEY }
  for (const answers of [[200, 429, 429], [429]]) {
    for (const status of answers) t.equal((await get('/api/ribbon/analytics')).statusCode, status)
  }
  t.equal((await get('/api/ribbon/export/calls')).statusCode, 200)
  t.equal((await get('/api/ribbon/export/calls')).statusCode, 429)
  t.equal((await post('/api/ribbon/customer', CUSTOMER, withKey)).statusCode, 200)
  t.equal((await post('/api/ribbon/customer', CUSTOMER, withKey)).statusCode, 429)
  t.equal((await post('/api/ribbon/log-call', EVENT, withKey)).statusCode, 200)
})

t.test('a client is limited over all its keys, and what one key is refused uses up nothing of it', async (t) => {
  const other = newApiKey('secret')
  const key = { keyHash: hashApiKey(other), hint: '', createdAt: 0, kind: 'secret', scopes: ['read'] } as const
  await store.createApiKey('client-demo', key)
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '2', RATE_LIMIT_CLIENT_MAX: '3' } })
  const statuses: number[] = []
  for (let n = 0; n < 4; n += 1) statuses.push((await get('/api/ribbon/config')).statusCode)
  t.strictSame(statuses, [200, 200, 429, 429])
  const last = await get('/api/ribbon/config', { 'x-api-key': other })
  t.equal(last.statusCode, 200)
  t.equal(last.headers['ratelimit-policy'], '"reads-client";q=3;w=60', 'the policy that ends first is told')
  const refused = await get('/api/ribbon/config', { 'x-api-key': other })
  t.match(refused.json(), { status: 429, detail: /"reads-client" is 3 requests of one client / })
})

t.test('an address is limited before anything is read, an IPv6 network as one', async (t) => {
  const env = { ...PROXIED, RATE_LIMIT_MAX: '100', RATE_LIMIT_ADDRESS_MAX: '1' }
  const { get } = await buildTestApp(t, { store, env })
  const ask = async (address: string) => (await get('/api/ribbon/config', from(address))).statusCode
  t.strictSame([await ask('2001:db8:1:2::1'), await ask('2001:db8:1:2:ffff::9')], [200, 429])
  t.strictSame([await ask('2001:db8:1:3::1'), await ask('192.0.2.1')], [200, 200])
  const keyless = await get('/api/ribbon/config', from('192.0.2.1', {}))
  t.match(keyless.json(), { code: 'rate_limited', detail: /"reads-address" is 1 requests of one address/ })
})

t.test('paths that do not exist are limited by address', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1', RATE_LIMIT_ADDRESS_MAX: '1' } })
  t.equal((await get('/api/ribbon/nothing')).statusCode, 404)
  t.equal((await get('/nothing/else')).statusCode, 429)
})

t.test('limits of clients and of addresses can be turned off alone, and all of them together', async (t) => {
  const some = { RATE_LIMIT_MAX: '9', RATE_LIMIT_CLIENT_MAX: '0', RATE_LIMIT_ADDRESS_MAX: '0' }
  const { get } = await buildTestApp(t, { store, env: some })
  t.equal(left(await get('/api/ribbon/config')), 8)
  const off = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '0' } })
  t.equal((await off.get('/api/ribbon/config')).headers['ratelimit'], undefined)
})

t.test('health and the documentation are not counted', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1', RATE_LIMIT_ADDRESS_MAX: '1' } })
  for (const url of ['/health', '/health', '/health/ready', '/docs/errors', '/docs/errors']) {
    const answer = await get(url)
    t.equal(answer.statusCode, 200, url)
    t.equal(answer.headers['ratelimit'], undefined)
  }
})

t.test('an address that fails to authenticate is told so, then refused; a valid key still passes', async (t) => {
  const { get, post } = await buildTestApp(t, { store, env: { ...PROXIED, RATE_LIMIT_MAX: '1000' } })
  const guess = (n: number) => get('/api/ribbon/config', from('192.0.2.7', { 'x-api-key': `guess-${String(n)}` }))
  for (let n = 1; n < LIMITS.authenticationFailures; n += 1) t.equal((await guess(n)).statusCode, 401)
  t.equal((await post('/api/ribbon/log-call', EVENT, from('192.0.2.7', {}))).statusCode, 401, 'no key counts, too')
  const refused = await guess(0)
  t.match(refused.json(), { status: 429, code: 'rate_limited', detail: /"failed-authentication" is 30 / })
  t.ok(Number(refused.headers['retry-after']) > 0)
  t.equal((await get('/api/ribbon/config', from('192.0.2.7'))).statusCode, 200)
  t.equal((await get('/api/ribbon/config', from('192.0.2.8', { 'x-api-key': 'guess' }))).statusCode, 401)
  const admin = from('192.0.2.7', { authorization: `Bearer ${ADMIN_TOKEN}` })
  t.equal((await get('/api/admin/clients', admin)).statusCode, 200, 'administrators are not locked out by it')
})

t.test('guesses of the admin token end: then the right one is refused unread, from this address alone', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { ...PROXIED, RATE_LIMIT_MAX: '1000' } })
  const ask = async (address: string, token: string) =>
    (await get('/api/admin/clients', from(address, { authorization: `Bearer ${token}` }))).statusCode
  const guesses = await Promise.all(
    Array.from({ length: LIMITS.authenticationFailures }, (_, n) => ask('192.0.2.7', `guess-${String(n)}`)),
  )
  t.strictSame(new Set(guesses), new Set([401]))
  t.equal(await ask('192.0.2.7', ADMIN_TOKEN), 429)
  t.equal(await ask('192.0.2.8', ADMIN_TOKEN), 200)
})

t.test('administrators are limited together', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1' } })
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  t.equal((await get('/api/admin/clients', headers)).headers['ratelimit-policy'], '"admin";q=1;w=60')
  t.equal((await get('/api/admin/analytics/all', headers)).statusCode, 429)
})

const remaining = async ({ get }: TestApp): Promise<number> => {
  const answer = await get('/api/ribbon/config')
  return answer.statusCode === 429 ? -1 : left(answer)
}

async function millisecondsOf(app: TestApp): Promise<number> {
  const start = performance.now()
  await remaining(app)
  return performance.now() - start
}

t.test('with Redis, processes count together', async (t) => {
  const redis = await RedisServer.start(t)
  const env = { RATE_LIMIT_MAX: '3', REDIS_URL: redis.url }
  const [one, two] = [await buildTestApp(t, { store, env }), await buildTestApp(t, { store, env })]
  t.strictSame([await remaining(one), await remaining(two), await remaining(one)], [2, 1, 0])
  t.strictSame([await remaining(one), await remaining(two)], [-1, -1])
})

t.test('while Redis is away each process counts by itself, and then together again', async (t) => {
  const redis = await RedisServer.start(t)
  // More than asking again and again uses up.
  const env = { RATE_LIMIT_MAX: '100000', REDIS_URL: redis.url }
  const [one, two] = [await buildTestApp(t, { store, env }), await buildTestApp(t, { store, env })]
  t.strictSame([await remaining(one), await remaining(two)], [99_999, 99_998])
  await redis.stop()
  t.strictSame([await remaining(one), await remaining(two), await remaining(one)], [99_999, 99_999, 99_998])
  await redis.start()
  await eventually(10_000, 'counting together again', async () => {
    const [first, second] = [await remaining(one), await remaining(two)]
    return second === first - 1
  })
})

t.test('with Redis, guesses of the admin token are counted together', async (t) => {
  const redis = await RedisServer.start(t)
  const env = { RATE_LIMIT_MAX: '1000', REDIS_URL: redis.url }
  const [one, two] = [await buildTestApp(t, { store, env }), await buildTestApp(t, { store, env })]
  const ask = async ({ get }: TestApp, token: string) =>
    (await get('/api/admin/clients', { authorization: `Bearer ${token}` })).statusCode
  for (let n = 0; n < LIMITS.authenticationFailures; n += 1) t.equal(await ask(one, 'guess'), 401)
  t.equal(await ask(two, ADMIN_TOKEN), 429)
})

t.test('a Redis that hangs holds up a request or two for a moment, and does not stop limits', async (t) => {
  const redis = await RedisServer.start(t)
  const app = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '3', REDIS_URL: redis.url } })
  t.equal(await remaining(app), 2)
  redis.hang()
  const times: number[] = []
  for (let request = 0; request < 3; request++) times.push(await millisecondsOf(app))
  t.comment(`requests took ${times.map((ms) => ms.toFixed(1)).join(', ')} ms`)
  t.equal(await remaining(app), -1, 'the limit holds')
  redis.goOn()
  await eventually(10_000, 'counting in Redis again', async () => (await remaining(app)) >= 0)
})

t.test('a Redis that cannot be reached at the start leaves each process its own limits', async (t) => {
  const app = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '2', REDIS_URL: 'redis://127.0.0.1:1' } })
  t.strictSame([await remaining(app), await remaining(app), await remaining(app)], [1, 0, -1])
})
