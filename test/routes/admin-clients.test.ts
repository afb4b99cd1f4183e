/** Clients and their keys over the admin API, from their creation to their end. */
import t from 'tap'
import { ADMIN_TOKEN, buildTestApp } from '../helpers/app.js'

const ASHA = 'QmFzZTY0LW9mLWEtdG9rZW4tdGhhdC1pcy1sb25n'
const test = await buildTestApp(t, { env: { ADMIN_TOKENS: `asha=${ASHA}` } })
const { clock, inject, get } = test
const AS_ASHA = { authorization: `Bearer ${ASHA}` }
const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }
const CLIENTS = '/api/admin/clients'

interface Answer {
  readonly apiKey: string
  readonly keyId: string
  readonly errors: readonly unknown[]
  readonly entries: readonly { readonly id: number; readonly actor: string }[]
  readonly nextBefore: number | null
}
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
async function admin(method: Method, path: string, payload?: object, headers = AS_ASHA) {
  const response = await inject({ method, url: `/api/admin${path}`, headers, ...(payload && { payload }) })
  return { status: response.statusCode, headers: response.headers, body: response.json<Answer>() }
}

const NEW = { name: 'Acme', domains: ['acme.com'], exotelToken: 'exotel-secret', userId: 'agent' }

t.test('a client is created, read and changed, and its credentials are told to its ribbon alone', async (t) => {
  const created = await admin('POST', '/clients', { ...NEW, clientId: 'acme' })
  t.match(created, {
    status: 201,
    headers: { location: '/api/admin/clients/acme', 'cache-control': 'no-store' },
    body: {
      client: { clientId: 'acme', status: 'active', plan: 'professional', missedCallWindowHours: 24 },
      apiKey: /^rk_full_/,
    },
  })
  const init = await test.post('/api/ribbon/init', { apiKey: created.body.apiKey, domain: 'acme.com' })
  t.match(init.json(), { exotelToken: 'exotel-secret', userId: 'agent' })
  t.match(await admin('PATCH', '/clients/acme', { exotelToken: 'newer-secret', limit: 7 }), { body: { limit: 7 } })
  const read = await admin('GET', '/clients/acme')
  t.match(read.body, { name: 'Acme', limit: 7, domains: ['acme.com'], deletesAt: null })
  t.notMatch(JSON.stringify(read.body), 'secret')
  t.match(await admin('POST', '/clients', { ...NEW, clientId: 'acme' }), { status: 409 })
  t.match(await admin('POST', '/clients', NEW), {
    status: 201,
    body: { client: { clientId: /^client-[0-9a-f]{12}$/ } },
  })
})

t.test('a fault of a change is named, and nothing is changed', async (t) => {
  for (const [body, pointer] of [
    [{ limit: -1 }, '/limit'],
    [{ limit: '7' }, '/limit'],
    [{ missedCallWindowHours: 0 }, '/missedCallWindowHours'],
    [{ missedCallWindowIn: 'minutes' }, '/missedCallWindowIn'],
    [{ timezone: 'Mars' }, '/timezone'],
    [{ domains: ['https://acme.com'] }, '/domains/0'],
    [{ status: 'deleting' }, '/status'],
    [{ name: ' ' }, '/name'],
    [{ clientId: 'other' }, '/clientId'],
  ] as const) {
    const { status, body: problem } = await admin('PATCH', '/clients/acme', body)
    t.equal(status, 400, pointer)
    t.match(problem.errors, [{ pointer }])
  }
  t.match(await admin('GET', '/clients/acme'), { body: { limit: 7, name: 'Acme' } })
  t.match(await admin('POST', '/clients/acme/keys', { name: '\u0007' }), { status: 400 })
  t.match(await admin('POST', '/clients/acme/keys', { name: ' ' }), { status: 400 })
  t.match(await admin('POST', '/clients/acme/keys', { scopes: ['everything'] }), { status: 400 })
  t.match(await admin('DELETE', '/clients/acme?graceDays=0'), { status: 400 })
})

t.test('suspension, deletion and restoring take effect within a second', async (t) => {
  clock.now += 1
  const { body: made } = await admin('POST', '/clients/acme/keys', {
    kind: 'secret',
    scopes: ['read'],
    name: 'reports',
    days: 30,
  })
  const config = async () => {
    clock.now += 1000
    return (await get('/api/ribbon/config', { 'x-api-key': made.apiKey })).statusCode
  }
  t.equal(await config(), 200)
  await admin('PATCH', '/clients/acme', { status: 'suspended' })
  t.equal(await config(), 401)
  await admin('PATCH', '/clients/acme', { status: 'active' })
  t.equal(await config(), 200)
  t.match(await admin('DELETE', '/clients/acme'), { body: { status: 'deleting', deletesAt: /^2025-11-11T/ } })
  t.equal(await config(), 401)
  t.match((await get(CLIENTS, AS_ADMIN)).json(), [{ clientId: 'acme', status: 'deleting' }])
  t.match(await admin('POST', '/clients/acme/restore'), { body: { status: 'active' } })
  t.equal(await config(), 200)
  const rotated = await admin('POST', `/clients/acme/keys/${made.keyId}/rotate`, {
    overlapHours: 1,
  })
  t.match(rotated, { status: 201, body: { key: { scopes: ['read'], name: 'reports', endsAt: null } } })
  t.equal(await config(), 200, 'for as long as both are to open the API')
  clock.now += 3_600_000
  t.equal(await config(), 401)
  t.equal((await get('/api/ribbon/config', { 'x-api-key': rotated.body.apiKey })).statusCode, 200)
  t.match(await admin('GET', '/clients/acme/keys'), {
    body: { keys: [{ kind: 'full' }, { keyId: made.keyId, lastUsedAt: /Z$/ }, { kind: 'secret' }] },
  })
})

t.test('the audit log says who did what, page by page, and no secret', async (t) => {
  await admin('PATCH', '/clients/client-001', { limit: 1 }, AS_ADMIN)
  const all = await admin('GET', '/audit-log?limit=500')
  t.match(all.body.entries[0], {
    actor: 'admin',
    action: 'client.updated',
    clientId: 'client-001',
    details: { limit: 1 },
    requestId: /./,
  })
  t.ok(all.body.entries.slice(1).every(({ actor }) => actor === 'asha'))
  t.notMatch(JSON.stringify(all.body), 'secret-')
  t.notMatch(JSON.stringify(all.body), /(exotel|newer)-secret/)
  const ids: number[] = []
  for (let before: number | null = 999_999; before !== null;) {
    const page: { body: Answer } = await admin('GET', `/audit-log?limit=3&before=${String(before)}`)
    ids.push(...page.body.entries.map(({ id }) => id))
    before = page.body.nextBefore
  }
  t.strictSame(
    ids,
    all.body.entries.map(({ id }) => id),
  )
  t.match(await admin('GET', '/audit-log?clientId=client-001'), {
    body: { entries: [{ details: { limit: 1 } }], nextBefore: null },
  })
})

t.test('no API key opens the admin API', async (t) => {
  for (const headers of [{ 'x-api-key': 'demo-api-key-789' }, { authorization: 'Bearer demo-api-key-789' }]) {
    t.equal((await get('/api/admin/audit-log', headers)).statusCode, 401)
  }
})
