import Fastify from 'fastify'
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { hashApiKey, hintOfApiKey } from '../../src/clients/api-keys.js'
import { ClientDirectory } from '../../src/clients/directory.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { authentication } from '../../src/plugins/authentication.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'

const { clock, get, post, storage: store } = await buildTestApp(t)

t.test('the key counts in the header, and in the body of a POST', async (t) => {
  t.equal((await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })).statusCode, 200)
  t.equal((await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 'a.example' })).statusCode, 200)
  t.equal((await post('/api/ribbon/init', { domain: 'a.example' }, { 'x-api-key': DEMO_KEY })).statusCode, 200)
})

t.test('two different keys are a 400 that names the second, and the same key twice is one', async (t) => {
  const headers = { 'x-api-key': COLLECTIONS_KEY }
  const init = (apiKey: string) => post('/api/ribbon/init', { apiKey, domain: 'localhost' }, headers)
  t.match((await init(DEMO_KEY)).json(), { status: 400, errors: [{ in: 'body', pointer: '/apiKey' }] })
  for (const apiKey of [COLLECTIONS_KEY, '']) {
    t.match((await init(apiKey)).json(), { clientInfo: { name: 'Collections CRM Inc.' } })
  }
  const link = (apiKey: string) => get(`/api/ribbon/export/calls?X-API-Key=${apiKey}`, headers)
  t.match((await link(DEMO_KEY)).json(), { status: 400, errors: [{ in: 'query', pointer: '/X-API-Key' }] })
  t.equal((await link(COLLECTIONS_KEY)).statusCode, 200)
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

t.test('a request without a key is told where it goes, and where it may have been meant to be', async (t) => {
  const told = async (response: Promise<{ json: () => { detail: string } }>) => (await response).json().detail
  const none = 'The request has no API key. '
  const header = 'Send the API key in the X-API-Key header'
  t.equal(await told(get('/api/ribbon/config', {})), `${none}${header}.`)
  t.equal(await told(get('/api/ribbon/config', { 'x-api-key': '' })), `${none}${header}.`)
  t.equal(await told(post('/api/ribbon/init', { apiKey: 7 })), `${none}${header}, or as apiKey in the body.`)
  t.equal(await told(post('/api/ribbon/init', [])), `${none}${header}, or as apiKey in the body.`)

  const stray = (what: string) => `${what} is not read. ${header}`
  t.equal(await told(get('/api/ribbon/config?api_key=x', {})), `${stray('api_key in the query')}.`)
  t.equal(await told(get('/api/ribbon/config?X-API-Key=x', {})), `${stray('X-API-Key in the query')}.`)
  t.equal(await told(get('/api/ribbon/config', { 'api-key': 'x' })), `${stray('api-key in the headers')}.`)
  t.equal(
    await told(get('/api/ribbon/config', { authorization: 'Bearer x' })),
    `${stray('authorization in the headers')}.`,
  )
  t.equal(
    await told(post('/api/ribbon/init', { ApiKey: 'x' })),
    `${stray('ApiKey in the body')}, or as apiKey in the body.`,
  )
  const export_ = (query: string) => told(get(`/api/ribbon/export/calls?${query}`, {}))
  t.equal(await export_('apiKey=x'), `${stray('apiKey in the query')}, or as X-API-Key in the query.`)
  t.equal(await export_('X-API-Key='), `${none}${header}, or as X-API-Key in the query.`)
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
    requireAgentSessions: false,
    sealedExotel: '',
    sealedExotelApi: null,
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

t.test('a route that does not say which scope opens it is refused at the start', async (t) => {
  const app = Fastify()
  const keys = new KeyRing([Buffer.alloc(32)])
  const directory = new ClientDirectory({ storage: store, clock: () => clock.now, keys })
  await app.register(authentication, { directory })
  t.throws(() => app.get('/open', async () => 'everything'), { message: '/open does not say which scope opens it' })
  await app.close()
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
  clock.now += 1_000
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
