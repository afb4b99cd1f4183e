import t from 'tap'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from './helpers/app.js'
import { scratchStorage } from './helpers/storage.js'

t.test('a proxy is believed only when it is one that was named', async (t) => {
  const store = await scratchStorage(t)
  const hostSeen = async (env: Readonly<Record<string, string>>) => {
    const { inject } = await buildTestApp(t, { store, env })
    const response = await inject({ url: '/postman.json', headers: { 'x-forwarded-host': 'a.example' } })
    return response.json<{ variable: { key: string; value: string }[] }>().variable.find(({ key }) => key === 'baseUrl')
  }
  t.match(await hostSeen({}), { value: 'http://localhost:80' })
  t.match(await hostSeen({ TRUST_PROXY: '127.0.0.1' }), { value: 'http://a.example' })
})

t.test('a slash at the end of a path leads to the same operation, with the same guards', async (t) => {
  const { get, post, inject } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '2' } })
  t.match((await get('/health/')).json(), { status: 'healthy' })
  t.equal((await get('/api/ribbon/config/', {})).statusCode, 401)
  t.equal((await get('/api/admin/clients/', {})).statusCode, 401)
  t.equal((await get('/api/admin/clients/', { authorization: `Bearer ${ADMIN_TOKEN}` })).statusCode, 200)
  const foreign = { origin: 'https://evil.example', 'x-api-key': COLLECTIONS_KEY }
  t.equal((await get('/api/ribbon/config/', foreign)).statusCode, 403)
  t.equal((await get('/api/ribbon/config/?status=active')).statusCode, 400)
  t.equal((await post('/api/ribbon/init/', { apiKey: DEMO_KEY, domain: 'a.example' })).statusCode, 200)
  t.equal((await get('/api/ribbon/config')).statusCode, 200)
  t.equal((await get('/api/ribbon/config/')).statusCode, 429, 'both spellings count as one')
  t.equal((await inject({ url: '/api/ribbon/init/' })).statusCode, 405)
  t.equal((await inject({ url: '/api/ribbon/customer/' })).statusCode, 405, 'an empty customer id is none')
})

t.test(
  'schemas are compiled when they are needed first, and all others after the start, beside requests',
  async (t) => {
    const { app, get } = await buildTestApp(t)
    const compiling = app.compileSchemas()
    t.equal((await get('/api/ribbon/config?x=1')).statusCode, 400)
    t.ok((await compiling) > 100)
    t.equal(await app.compileSchemas(), 0, 'none is left')
    t.equal((await get('/api/ribbon/config?x=1')).statusCode, 400)
  },
)
