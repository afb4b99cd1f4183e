import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import { hashApiKey } from '../../src/clients/api-keys.js'
import { openCredentials } from '../../src/clients/credentials.js'
import { ClientAccounts } from '../../src/services/client-accounts.js'
import { START } from '../helpers/app.js'
import { replacing, scratchStorage } from '../helpers/storage.js'

const BODY = {
  clientId: 'acme',
  name: 'Acme',
  domains: ['ACME.com', 'acme.com', '*.acme.in'],
  plan: 'trial' as const,
  limit: 10,
  features: ['call' as const],
  retentionMonths: null,
  exotelToken: 'token',
  userId: 'user',
}

async function accounts(t: Test) {
  const storage = await scratchStorage(t, 1)
  const key = { now: randomBytes(32) }
  const parts = { clock: () => START, secretsKey: async () => key.now, defaultTimezone: 'Asia/Kolkata' }
  const credentials = async () => {
    return openCredentials(key.now, 'acme', String((await storage.client('acme'))?.sealedExotel))
  }
  return { storage, key, parts, credentials, service: new ClientAccounts({ storage, ...parts }) }
}

t.test('a client is kept as it is said: domains once each, the server’s zone where none is named', async (t) => {
  const { service } = await accounts(t)
  const created = await service.create(BODY)
  t.match(created?.client, {
    domains: ['acme.com', '*.acme.in'],
    timezone: 'Asia/Kolkata',
    limit: 10,
    status: 'active',
  })
  t.same(await service.find('acme'), created?.client)
  t.match(await service.keys('acme'), [{ keyId: created?.keyId, apiKey: created?.client.apiKey, endsAt: null }])
  t.equal(await service.create(BODY), null)
})

const AT_ONCE = { overlapMs: 0, lastsMs: null }

t.test('a key is rotated: another like it, and the old one ends after the overlap', async (t) => {
  const { service, storage } = await accounts(t)
  await service.create(BODY)
  const own = { kind: 'secret', scopes: ['read'], name: 'reports' } as const
  const found = async (made: { keyId: string } | null) =>
    (await service.keys('acme'))?.find(({ keyId }) => keyId === made?.keyId)
  const first = await service.createKey('acme', { ...own, lastsMs: 90_000 })
  const second = await service.rotateKey('acme', String(first?.keyId), { overlapMs: 60_000, lastsMs: 3_600_000 })
  const hint = `${String(first?.apiKey).slice(0, 11)}...`
  t.match(await found(first), { ...own, apiKey: hint, endsAt: '2025-10-12T10:36:00Z' })
  t.match(await found(second), { ...own, endsAt: '2025-10-12T11:35:00Z' })
  t.ok(await service.revokeKey('acme', String(first?.keyId)), 'a key that is about to end can be revoked')
  t.notOk(await service.revokeKey('acme', String(first?.keyId)))
  t.equal(await service.rotateKey('acme', String(first?.keyId), AT_ONCE), null, 'what has ended is not rotated')
  t.equal(await service.rotateKey('acme', 'unknown', AT_ONCE), null)
  const page = await service.createKey('acme', { kind: 'publishable', scopes: [], name: null, lastsMs: null })
  const another = await service.rotateKey('acme', String(page?.keyId), AT_ONCE)
  t.match(await found(page), { kind: 'publishable', endsAt: '2025-10-12T10:35:00Z' })
  t.match(await found(another), { kind: 'publishable', endsAt: null, lastUsedAt: null })
  await storage.touchApiKey('acme', hashApiKey(String(another?.apiKey)), START)
  t.match(await found(another), { lastUsedAt: '2025-10-12T10:35:00Z' })
})

t.test('what is not changed of the credentials stays; both can be set anew when their key was lost', async (t) => {
  const { service, key, credentials } = await accounts(t)
  await service.create(BODY)
  await service.update('acme', { exotelToken: 'another' })
  t.same(await credentials(), { exotelToken: 'another', userId: 'user' })
  await service.update('acme', { userId: 'another' })
  t.same(await credentials(), { exotelToken: 'another', userId: 'another' })
  key.now = randomBytes(32)
  await t.rejects(service.update('acme', { userId: 'third' }), /do not open/)
  await service.update('acme', { exotelToken: 'new', userId: 'new' })
  t.same(await credentials(), { exotelToken: 'new', userId: 'new' })
})

t.test('all faults are named at once, and nothing is changed', async (t) => {
  const { service } = await accounts(t)
  await service.create(BODY)
  const faults = [{ pointer: '/name' }, { pointer: '/timezone' }, { pointer: '/domains/1' }]
  const wrong = { name: '\n', timezone: 'Mars', domains: ['a.example', 'a.example/path'], limit: 11 }
  await t.rejects(service.update('acme', wrong), { code: 'invalid_request', faults })
  t.match(await service.find('acme'), { limit: 10 })
})

t.test('a client that vanishes while it is changed is none', async (t) => {
  const { storage, parts, service } = await accounts(t)
  await service.create(BODY)
  const losing = new ClientAccounts({ ...parts, storage: replacing('updateClient', async () => false)(storage) })
  t.equal(await losing.update('acme', { limit: 1 }), null)
})
