import t, { type Test } from 'tap'
import { hashApiKey } from '../../src/clients/api-keys.js'
import { LIMITS } from '../../src/core/limits.js'
import { KEY_SCOPES } from '../../src/core/vocabulary/keys.js'
import { KeyAccounts } from '../../src/services/key-accounts.js'
import { START } from '../helpers/app.js'
import { newClient, scratchStorage } from '../helpers/storage.js'

const SECRET = {
  kind: 'secret',
  scopes: ['read' as const],
  addresses: null,
  name: 'reports',
  days: null,
} as const
const body = { ...SECRET, scopes: [...SECRET.scopes] }
const AT_ONCE = { overlapHours: 0, days: null }

async function accounts(t: Test) {
  const storage = await scratchStorage(t, 1)
  await storage.createClient(newClient('acme'))
  const clock = { now: START }
  const keys = new KeyAccounts({
    storage,
    clock: () => clock.now,
    publicOrigin: null,
    by: { actor: 'asha', requestId: null },
  })
  const found = async (made: { keyId: string }) => (await keys.list('acme')).find(({ keyId }) => keyId === made.keyId)
  return { storage, clock, keys, found }
}

t.test('a key is rotated: another like it, and the old one ends after the overlap', async (t) => {
  const { keys, storage, found } = await accounts(t)
  const first = await keys.create('acme', { ...body, days: 1 })
  const own = { kind: 'secret', scopes: ['read'], name: 'reports' }
  const second = await keys.rotate('acme', first.keyId, { overlapHours: 1, days: 2 })
  const hint = `${first.apiKey.slice(0, 11)}...`
  t.match(first.key, { ...own, apiKey: hint, endsAt: '2025-10-13T10:35:00Z' })
  t.match(await found(first), { ...own, apiKey: hint, endsAt: '2025-10-12T11:35:00Z' })
  t.match(await found(second), { ...own, endsAt: '2025-10-14T10:35:00Z' })
  t.match(await keys.revoke('acme', first.keyId), { endsAt: '2025-10-12T10:35:00Z' }, 'one about to end can be revoked')
  t.match(await keys.revoke('acme', first.keyId), { endsAt: '2025-10-12T10:35:00Z' }, 'and twice')
  await t.rejects(keys.rotate('acme', first.keyId, AT_ONCE), { code: 'key_not_found' }, 'what has ended is not rotated')
  const page = await keys.create('acme', { kind: 'publishable', addresses: null, name: null, days: null })
  const another = await keys.rotate('acme', page.keyId, AT_ONCE)
  t.match(await found(page), { kind: 'publishable', scopes: null, endsAt: '2025-10-12T10:35:00Z' })
  t.match(await found(another), { kind: 'publishable', endsAt: null, lastUsedAt: null })
  await storage.touchApiKey('acme', hashApiKey(another.apiKey), START)
  t.match(await found(another), { lastUsedAt: '2025-10-12T10:35:00Z' })
})

t.test('a secret key may do everything unless told, and another kind has no scopes', async (t) => {
  const { keys } = await accounts(t)
  t.strictSame((await keys.create('acme', { kind: 'secret', addresses: null, name: null, days: null })).key.scopes, [
    ...KEY_SCOPES,
  ])
  const page = { ...body, kind: 'publishable' } as const
  t.equal((await keys.create('acme', page)).key.scopes, null)
})

t.test('a client has so many keys that open the API and no more, whatever has ended', async (t) => {
  const { keys, clock } = await accounts(t)
  const made = []
  for (let n = 1; n < LIMITS.clientKeys; n++) made.push(await keys.create('acme', body))
  await t.rejects(keys.create('acme', body), { code: 'too_many_keys' })
  await keys.revoke('acme', String(made[0]?.keyId))
  await keys.create('acme', { ...body, days: 1 })
  await t.rejects(keys.create('acme', body), { code: 'too_many_keys' })
  clock.now += 86_400_000
  t.ok(await keys.create('acme', body))
})

t.test('each change of a key is in the audit log, without the key', async (t) => {
  const { keys, storage } = await accounts(t)
  const { keyId, apiKey } = await keys.create('acme', body)
  await keys.revoke('acme', keyId)
  const entries = await storage.auditLog({ clientId: 'acme', before: null, limit: 10 })
  const by = { at: START, actor: 'asha', requestId: null, clientId: 'acme' }
  t.strictSame(entries, [
    { id: 2, ...by, action: 'key.ended', details: { keyId, endsAt: '2025-10-12T10:35:00Z' } },
    {
      id: 1,
      ...by,
      action: 'key.created',
      details: { keyId, kind: 'secret', scopes: ['read'], name: 'reports', endsAt: null },
    },
  ])
  t.notMatch(JSON.stringify(entries), apiKey)
})

t.test('keys of a client that there is not, and keys that it has not, are said to be none', async (t) => {
  const { keys } = await accounts(t)
  await t.rejects(keys.list('nobody'), { code: 'client_not_found' })
  await t.rejects(keys.create('nobody', body), { code: 'client_not_found' })
  await t.rejects(keys.revoke('nobody', 'x'), { code: 'client_not_found' })
  await t.rejects(keys.revoke('acme', '0123456789ab'), { code: 'key_not_found' })
  await t.rejects(keys.rotate('acme', '0123456789ab', AT_ONCE), { code: 'key_not_found' })
})
