import t from 'tap'
import { LIMITS } from '../../src/core/vocabulary.js'
import { hashApiKey, hintOfApiKey } from '../../src/clients/api-keys.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'

const { clock, get, post, storage: store } = await buildTestApp(t)

t.test('the key counts in the header, and in the body of a POST', async (t) => {
  t.equal((await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })).statusCode, 200)
  t.equal((await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 'a.example' })).statusCode, 200)
  t.equal((await post('/api/ribbon/init', { domain: 'a.example' }, { 'x-api-key': DEMO_KEY })).statusCode, 200)
})

t.test('the header goes before the body', async (t) => {
  const response = await post(
    '/api/ribbon/init',
    { apiKey: DEMO_KEY, domain: 'localhost' },
    { 'x-api-key': COLLECTIONS_KEY },
  )
  t.match(response.json(), { clientInfo: { name: 'Collections CRM Inc.' } })
})

t.test('a key in the query counts on the export alone', async (t) => {
  t.equal((await get(`/api/ribbon/export/calls?X-API-Key=${DEMO_KEY}`, {})).statusCode, 200)
  t.equal((await get(`/api/ribbon/config?X-API-Key=${DEMO_KEY}`, {})).statusCode, 401)
})

t.test('no key is a 401, before anything else of the request is looked at', async (t) => {
  for (const response of [
    await get('/api/ribbon/analytics?nonsense=1', {}),
    await get('/api/ribbon/analytics', { 'x-api-key': '' }),
    await post('/api/ribbon/log-call', { apiKey: 7 }),
    await post('/api/ribbon/log-call', []),
  ]) {
    t.equal(response.statusCode, 401)
    t.match(response.json(), { code: 'missing_api_key' })
    t.ok(response.headers['www-authenticate'])
  }
})

t.test('unknown, suspended and overlong keys get the same answer', async (t) => {
  await store.createClient({
    clientId: 'client-suspended',
    name: 'Suspended',
    plan: 'trial',
    monthlyLimit: 1,
    features: [],
    allowedDomains: [],
    timezone: 'Asia/Kolkata',
    retentionMonths: null,
    sealedExotel: '',
    status: 'suspended',
    apiKeyHash: hashApiKey('suspended-key'),
    apiKeyHint: hintOfApiKey('suspended-key'),
    createdAt: clock.now,
  })
  const answers = new Set<string>()
  for (const key of ['unknown-key', 'suspended-key', 'x'.repeat(LIMITS.apiKeyLength + 1)]) {
    const response = await get('/api/ribbon/config', { 'x-api-key': key, 'x-request-id': 'same' })
    t.equal(response.statusCode, 401)
    answers.add(response.body)
  }
  t.equal(answers.size, 1)
})

t.test('a key is looked up once in a while, not once a request', async (t) => {
  let lookUps = 0
  const { get, clock } = await buildTestApp(t, {
    store,
    storage: (real) =>
      replacing('clientByKeyHash', (hash) => {
        lookUps += 1
        return real.clientByKeyHash(hash)
      })(real),
  })
  await Promise.all([get('/api/ribbon/config'), get('/api/ribbon/config')])
  await get('/api/ribbon/config')
  t.equal(lookUps, 1)
  clock.now += 5_000
  await get('/api/ribbon/config')
  t.equal(lookUps, 2)
})

t.test('administrators need the token', async (t) => {
  t.equal((await get('/api/admin/clients', { authorization: `Bearer ${ADMIN_TOKEN}` })).statusCode, 200)
  t.equal((await get('/api/admin/analytics/all', { authorization: `bearer  ${ADMIN_TOKEN}` })).statusCode, 200)
  for (const headers of [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: ADMIN_TOKEN },
    { 'x-api-key': DEMO_KEY },
  ]) {
    const response = await get('/api/admin/clients', headers)
    t.equal(response.statusCode, 401)
    t.equal(response.headers['www-authenticate'], 'Bearer')
  }
})

t.test('without a configured token the admin API is closed to everybody', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { ADMIN_TOKEN: '' } })
  for (const authorization of ['', 'Bearer', 'Bearer undefined', 'Bearer null']) {
    const response = await get('/api/admin/clients', { authorization })
    t.match(response.json(), { status: 403, code: 'admin_disabled' })
  }
})
