import t from 'tap'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { RedisServer } from '../helpers/redis.js'
import { scratchStorage } from '../helpers/storage.js'

const store = await scratchStorage(t)

t.test('each key has its own limit, after which the answer says when to come back', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '2', RATE_LIMIT_WINDOW: '1 hour' } })
  for (const remaining of ['1', '0']) {
    const response = await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })
    t.equal(response.statusCode, 200)
    t.equal(String(response.headers['ratelimit-remaining']), remaining)
  }
  const refused = await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })
  t.match(refused.json(), { status: 429, code: 'rate_limited' })
  t.ok(Number(refused.headers['retry-after']) > 0)
  t.equal((await get('/api/ribbon/config', { 'x-api-key': COLLECTIONS_KEY })).statusCode, 200)
})

t.test('a key in the body counts as the same key', async (t) => {
  const { get, post } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1' } })
  t.equal((await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 'a.example' })).statusCode, 200)
  t.equal((await get('/api/ribbon/config')).statusCode, 429)
})

t.test('documentation, health and unknown keys use nothing up', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1' } })
  for (const url of ['/health', '/health/ready']) {
    t.equal((await get(url)).headers['ratelimit-limit'], undefined)
  }
  t.equal((await get('/api/ribbon/config', { 'x-api-key': 'unknown' })).statusCode, 401)
  t.equal((await get('/api/ribbon/config')).statusCode, 200)
})

t.test('administrators are limited together', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { RATE_LIMIT_MAX: '1' } })
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  t.equal((await get('/api/admin/clients', headers)).statusCode, 200)
  t.equal((await get('/api/admin/analytics/all', headers)).statusCode, 429)
})

const remaining = async ({ get }: TestApp): Promise<number> => {
  const { statusCode, headers } = await get('/api/ribbon/config')
  return statusCode === 429 ? -1 : Number(headers['ratelimit-remaining'])
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
