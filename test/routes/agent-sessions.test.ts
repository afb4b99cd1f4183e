/** Sessions of agents: what a CRM’s server hands to a page in place of any key. */
import t from 'tap'
import { hashApiKey, hintOfApiKey, newApiKey } from '../../src/clients/api-keys.js'
import type { KeyKind, KeyScope } from '../../src/core/vocabulary/keys.js'
import { buildTestApp, COLLECTIONS_KEY } from '../helpers/app.js'

const { app, clock, get, inject, post, storage } = await buildTestApp(t)
const CLIENT = 'client-001'
await storage.updateClient(CLIENT, { allowedDomains: ['crm.example', '*.acme.in'] })
const PAGE = { origin: 'https://crm.example' }
const SESSIONS = '/api/ribbon/agent-sessions'
const INIT = '/api/ribbon/init'
const LOG_CALL = '/api/ribbon/log-call'
const AGENT = { agentUserId: 'agent-42', domain: 'crm.example' }

async function keyOf(kind: KeyKind, scopes: readonly KeyScope[] = []): Promise<string> {
  const key = newApiKey(kind)
  const made = { keyHash: hashApiKey(key), hint: hintOfApiKey(key), createdAt: clock.now, kind, scopes }
  await storage.createApiKey(CLIENT, made)
  return key
}

const SERVER_KEY = await keyOf('secret', ['manage'])

async function sessionOf(body: object = AGENT, key = SERVER_KEY): Promise<string> {
  const response = await post(SESSIONS, body, { 'x-api-key': key })
  t.equal(response.statusCode, 201, response.body)
  return response.json<{ token: string }>().token
}

const tokens = (token: string) => ({ 'x-api-key': token, ...PAGE })

t.test(
  'a server’s key that may manage gets a token, which says for whom, where, for what and until when',
  async (t) => {
    const response = await post(SESSIONS, AGENT, { 'x-api-key': SERVER_KEY })
    t.match(response.json(), {
      token: /^eyJ/,
      expiresAt: '2025-10-12T18:35:00Z',
      ...AGENT,
      permissions: ['init', 'config', 'log-call'],
    })
    t.equal(response.headers['cache-control'], 'no-store')
    t.notMatch(response.body, SERVER_KEY)
    t.match((await post(SESSIONS, AGENT, { 'x-api-key': await keyOf('secret', ['read', 'write']) })).json(), {
      code: 'key_not_allowed',
    })
    t.match((await post(SESSIONS, AGENT, { 'x-api-key': await keyOf('publishable'), ...PAGE })).json(), {
      code: 'key_not_allowed',
    })
    t.match((await post(SESSIONS, AGENT, tokens(await sessionOf()))).json(), { code: 'key_not_allowed' })
  },
)

t.test('the domain of a session is one host of the client’s, and no pattern', async (t) => {
  for (const domain of ['evil.example', '*.acme.in', '*', 'acme.in']) {
    const refused = await post(SESSIONS, { ...AGENT, domain }, { 'x-api-key': SERVER_KEY })
    t.match(refused.json(), { status: 403, code: 'domain_not_allowed' }, domain)
  }
  t.equal(
    (await post(SESSIONS, { ...AGENT, domain: 'Pune.ACME.in:8443' }, { 'x-api-key': SERVER_KEY })).json<{
      domain: string
    }>().domain,
    'pune.acme.in',
  )
  for (const wrong of [
    { expiresInSeconds: 59 },
    { expiresInSeconds: 86_401 },
    { permissions: [] },
    { permissions: ['read'] },
    { agentUserId: '' },
    { agentUserId: 42 },
  ]) {
    t.equal(
      (await post(SESSIONS, { ...AGENT, ...wrong }, { 'x-api-key': SERVER_KEY })).statusCode,
      400,
      JSON.stringify(wrong),
    )
  }
})

t.test('a page sends the token wherever a key goes, or as a bearer token, and not in a link', async (t) => {
  const token = await sessionOf()
  t.equal((await post(INIT, { domain: 'crm.example' }, tokens(token))).statusCode, 200)
  t.equal((await post(INIT, { apiKey: token, domain: 'crm.example' }, PAGE)).statusCode, 200)
  t.equal((await get('/api/ribbon/config', { authorization: `Bearer ${token}`, ...PAGE })).statusCode, 200)
  t.equal((await get(`/api/ribbon/export/calls?X-API-Key=${token}`, PAGE)).statusCode, 403)
  t.equal((await get('/api/ribbon/config', { authorization: `Bearer ${COLLECTIONS_KEY}` })).statusCode, 401)
})

t.test('a session opens what a page needs, as far as it is permitted, and nothing else', async (t) => {
  const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, object>> }
  const token = await sessionOf({ ...AGENT, permissions: ['config'] })
  const opened: string[] = []
  for (const [path, methods] of Object.entries(paths).filter(([path]) => path.startsWith('/api/'))) {
    for (const method of Object.keys(methods)) {
      const payload = method === 'get' || method === 'delete' ? {} : { payload: { ...AGENT, event: 'dtmf', data: {} } }
      const url = path.replace(/\{\w+\}/g, 'x')
      const verb = method.toUpperCase() as 'GET'
      const { statusCode, body } = await inject({ method: verb, url, headers: tokens(token), ...payload })
      if (statusCode < 400) opened.push(path)
      else t.equal(statusCode, /^\/api\/(?:admin|exotel)\//.test(path) ? 401 : 403, `${method} ${path}: ${body}`)
    }
  }
  t.strictSame(opened, ['/api/ribbon/config'])
  t.match((await post(INIT, { domain: 'crm.example' }, tokens(token))).json(), {
    code: 'key_not_allowed',
    detail: 'This agent session is for config alone. Ask from a server, with a secret key.',
  })
})

t.test('a session is for the pages of its domain alone, also among the client’s', async (t) => {
  const token = await sessionOf({ ...AGENT, domain: 'pune.acme.in' })
  const at = (origin: string) => get('/api/ribbon/config', { 'x-api-key': token, origin })
  t.equal((await at('https://pune.acme.in')).statusCode, 200)
  for (const origin of ['https://crm.example', 'https://goa.acme.in', 'https://evil.example', 'null']) {
    t.match((await at(origin)).json(), { status: 403, code: 'origin_not_allowed' }, origin)
  }
  t.equal((await get('/api/ribbon/config', { 'x-api-key': token })).statusCode, 403, 'a page says where it is from')
  const init = (domain: string) => post(INIT, { domain }, { 'x-api-key': token, origin: 'https://pune.acme.in' })
  t.equal((await init('pune.acme.in')).statusCode, 200)
  t.match((await init('crm.example')).json(), { status: 403, code: 'domain_not_allowed' })
  await storage.updateClient(CLIENT, { allowedDomains: ['crm.example'] })
  clock.now += 1000
  t.equal((await at('https://pune.acme.in')).statusCode, 403, 'and no longer when the client’s domains are others')
})

t.test('what a session logs is its agent’s, and of now', async (t) => {
  const token = await sessionOf()
  const log = (more: object) =>
    post(LOG_CALL, { event: 'connected', data: { callSid: 'CA-session' }, ...more }, tokens(token))
  t.equal((await log({})).statusCode, 200)
  t.equal((await log({ event: 'dtmf', agentUserId: 'agent-42' })).statusCode, 200)
  t.equal((await log({ event: 'mutetoggle', agentUserId: '' })).statusCode, 200)
  t.match((await log({ agentUserId: 'agent-7' })).json(), { status: 400, errors: [{ pointer: '/agentUserId' }] })
  t.match((await log({ timestamp: '2025-10-10T10:30:00Z' })).json(), {
    status: 400,
    errors: [{ pointer: '/timestamp' }],
  })
  const calls = await get('/api/ribbon/active-calls', { 'x-api-key': COLLECTIONS_KEY })
  t.match(calls.json(), { activeCalls: [{ sessionId: 'session-CA-session', agentUserId: 'agent-42' }] })
  const numbers = await sessionOf({ ...AGENT, agentUserId: '42' })
  const number = await post(LOG_CALL, { event: 'dtmf', data: { callSid: 'CA-n' }, agentUserId: 42 }, tokens(numbers))
  t.equal(number.statusCode, 200)
})

t.test('a session ends at its time, with its key, and with its client', async (t) => {
  const works = async (token: string) => {
    clock.now += 1000
    return (await get('/api/ribbon/config', tokens(token))).statusCode
  }
  const short = await sessionOf({ ...AGENT, expiresInSeconds: 60 })
  t.equal(await works(short), 200)
  clock.now += 60_000
  t.equal(await works(short), 401)

  const key = await keyOf('secret', ['manage'])
  const [own, other] = [await sessionOf(AGENT, key), await sessionOf()]
  t.equal(await works(own), 200)
  await storage.revokeApiKey(CLIENT, hashApiKey(key), clock.now)
  t.equal(await works(own), 401)
  t.equal(await works(other), 200)
  await storage.updateClient(CLIENT, { status: 'suspended' })
  t.equal(await works(other), 401)
  await storage.updateClient(CLIENT, { status: 'active' })
  t.equal(await works(other), 200)
  t.equal(await works(`${other.slice(0, -2)}AA`), 401, 'a token that was altered')
  t.equal(await works(`eyJ${'x'.repeat(3000)}.x.x`), 401, 'nor one that is too long')
  const gone = await sessionOf()
  await storage.updateClient(CLIENT, { deletesAt: clock.now })
  const entry = { at: clock.now, actor: 'server', clientId: CLIENT, details: {}, requestId: null } as const
  await storage.deleteClient(CLIENT, 1000, { ...entry, action: 'client.deleted' })
  t.equal(await works(gone), 401)
})

t.test(
  'where a client requires sessions, nothing that stands in a page’s source gets Exotel credentials',
  async (t) => {
    const { clock, get, inject, post, storage, app } = await buildTestApp(t)
    await storage.updateClient(CLIENT, { requireAgentSessions: true })
    const make = async (kind: KeyKind, scopes: readonly KeyScope[] = []) => {
      const key = newApiKey(kind)
      const made = { keyHash: hashApiKey(key), hint: '', createdAt: clock.now, kind, scopes }
      await storage.createApiKey(CLIENT, made)
      return key
    }
    const page = { origin: 'https://localhost' }
    const init = (key: string, headers: Record<string, string> = page) =>
      post(INIT, { domain: 'localhost' }, { 'x-api-key': key, ...headers })
    for (const key of [await make('publishable'), await make('full'), COLLECTIONS_KEY]) {
      t.match((await init(key)).json(), { status: 403, code: 'session_required' })
      t.equal((await post(INIT, { domain: 'localhost', apiKey: key }, page)).statusCode, 403)
    }
    const publishable = await make('publishable')
    const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, object>> }
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        const payload = method === 'get' || method === 'delete' ? {} : { payload: { domain: 'localhost' } }
        const url = path.replace(/\{\w+\}/g, 'x')
        const { body } = await inject({
          method: method.toUpperCase() as 'GET',
          url,
          headers: { 'x-api-key': publishable, ...page },
          ...payload,
        })
        t.notMatch(body, /collections-exotel/, `${method} ${path}`)
      }
    }
    t.match(
      (await init(await make('secret', ['read']), {})).json(),
      { exotelToken: 'collections-exotel-token' },
      'a server may',
    )
    const server = await make('secret', ['manage'])
    const started = await post(SESSIONS, { agentUserId: 'a', domain: 'localhost' }, { 'x-api-key': server })
    t.match((await init(started.json<{ token: string }>().token)).json(), { exotelToken: 'collections-exotel-token' })
    t.equal((await get('/api/ribbon/config', { 'x-api-key': publishable, ...page })).statusCode, 200)
  },
)
