import t from 'tap'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'

t.test('each key has its own limit, after which the answer says when to come back', async (t) => {
  const { get } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '2', RATE_LIMIT_WINDOW: '1 hour' } })
  for (const remaining of ['1', '0']) {
    const response = await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })
    t.equal(response.statusCode, 200)
    t.equal(String(response.headers['x-ratelimit-remaining']), remaining)
  }
  const refused = await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })
  t.match(refused.json(), { status: 429, code: 'rate_limited' })
  t.ok(Number(refused.headers['retry-after']) > 0)
  t.equal((await get('/api/ribbon/config', { 'x-api-key': COLLECTIONS_KEY })).statusCode, 200)
})

t.test('a key in the body counts as the same key', async (t) => {
  const { get, post } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '1' } })
  t.equal((await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 'a.example' })).statusCode, 200)
  t.equal((await get('/api/ribbon/config')).statusCode, 429)
})

t.test('documentation, health and unknown keys use nothing up', async (t) => {
  const { get } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '1' } })
  for (const url of ['/health', '/health/ready']) {
    t.equal((await get(url)).headers['x-ratelimit-limit'], undefined)
  }
  t.equal((await get('/api/ribbon/config', { 'x-api-key': 'unknown' })).statusCode, 401)
  t.equal((await get('/api/ribbon/config')).statusCode, 200)
})

t.test('administrators are limited together', async (t) => {
  const { get } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '1' } })
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  t.equal((await get('/api/admin/clients', headers)).statusCode, 200)
  t.equal((await get('/api/admin/analytics/all', headers)).statusCode, 429)
})

t.test('a Redis that cannot be reached limits nobody and fails nothing', async (t) => {
  const { get } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '1', REDIS_URL: 'redis://127.0.0.1:1' } })
  for (let request = 0; request < 3; request++) t.equal((await get('/api/ribbon/config')).statusCode, 200)
})
