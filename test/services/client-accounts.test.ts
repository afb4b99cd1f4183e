import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import { openApiCredentials, openCredentials } from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { ClientAccounts } from '../../src/services/client-accounts.js'
import { START } from '../helpers/app.js'
import { scratchStorage } from '../helpers/storage.js'

const BODY = {
  clientId: 'acme',
  name: 'Acme',
  domains: ['ACME.com', 'acme.com', '*.acme.in'],
  plan: 'trial' as const,
  limit: 10,
  region: 'IN',
  features: ['call' as const],
  retentionMonths: null,
  missedCallWindowHours: 24,
  missedCallWindowIn: 'clock' as const,
  requireAgentSessions: false,
  exotelToken: 'token',
  userId: 'user',
}

async function accounts(t: Test) {
  const storage = await scratchStorage(t, 1)
  const key = { now: new KeyRing([randomBytes(32)]) }
  const clock = { now: START }
  const by = { actor: 'asha', requestId: 'r1' }
  const parts = { by, clock: () => clock.now, secretKeys: async () => key.now, defaultTimezone: 'Asia/Kolkata' }
  const credentials = async () => {
    return openCredentials(key.now, 'acme', String((await storage.client('acme'))?.sealedExotel))
  }
  return { storage, clock, key, parts, credentials, service: new ClientAccounts({ storage, ...parts }) }
}

t.test('a client is kept as it is said: domains once each, the server’s zone where none is named', async (t) => {
  const { service } = await accounts(t)
  const created = await service.create(BODY)
  t.match(created.client, {
    domains: ['acme.com', '*.acme.in'],
    timezone: 'Asia/Kolkata',
    limit: 10,
    status: 'active',
  })
  t.same(await service.find('acme'), created.client)
  t.match(created, { keyId: /^[0-9a-f]{12}$/, apiKey: /^rk_full_/ })
  await t.rejects(service.create(BODY), { code: 'client_exists' })
})

t.test('each change is in the audit log, with who made it and what it was, and no secret', async (t) => {
  const { service, storage } = await accounts(t)
  const { keyId } = await service.create(BODY)
  await service.update('acme', { limit: 20, domains: ['acme.in'], exotelToken: 'another-secret', status: 'suspended' })
  await service.update('acme', { userId: 'second' })
  await t.rejects(service.update('acme', { timezone: 'Mars' }))
  await t.rejects(service.update('acme', { region: 'XX' }), { code: 'invalid_request' })
  const entries = await storage.auditLog({ clientId: null, before: null, limit: 10 })
  const by = { at: START, actor: 'asha', requestId: 'r1', clientId: 'acme' }
  t.strictSame(entries, [
    { id: 3, ...by, action: 'client.updated', details: { exotel: 'changed' } },
    {
      id: 2,
      ...by,
      action: 'client.updated',
      details: { limit: 20, domains: ['acme.in'], status: 'suspended', exotel: 'changed' },
    },
    {
      id: 1,
      ...by,
      action: 'client.created',
      details: {
        name: 'Acme',
        plan: 'trial',
        limit: 10,
        features: ['call'],
        domains: ['acme.com', '*.acme.in'],
        timezone: 'Asia/Kolkata',
        region: 'IN',
        retentionMonths: null,
        missedCallWindowHours: 24,
        missedCallWindowIn: 'clock' as const,
        requireAgentSessions: false,
        keyId,
      },
    },
  ])
})

t.test('a client that is deleted can be restored until its time has come', async (t) => {
  const { service, clock } = await accounts(t)
  await service.create(BODY)
  await service.update('acme', { status: 'suspended' })
  t.match(await service.delete('acme', 2), { status: 'deleting', deletesAt: '2025-10-14T10:35:00Z' })
  clock.now += 2 * 86_400_000 - 1
  t.match(await service.restore('acme'), { status: 'suspended', deletesAt: null })
  t.match(await service.restore('acme'), { status: 'suspended' }, 'one that is not being deleted stays as it is')
  await service.delete('acme', 1)
  clock.now += 86_400_000
  await t.rejects(service.restore('acme'), { code: 'client_not_found' })
})

t.test('a client that there is not is said to be none', async (t) => {
  const { service } = await accounts(t)
  const refused = { code: 'client_not_found', message: 'There is no client acme.' }
  await t.rejects(service.find('acme'), refused)
  await t.rejects(service.update('acme', { limit: 1 }), refused)
  await t.rejects(service.delete('acme', 1), refused)
  await t.rejects(service.restore('acme'), refused)
})

t.test('what is not changed of the credentials stays; both can be set anew when their key was lost', async (t) => {
  const { service, key, credentials } = await accounts(t)
  await service.create(BODY)
  await service.update('acme', { exotelToken: 'another' })
  t.same(await credentials(), { exotelToken: 'another', userId: 'user' })
  await service.update('acme', { userId: 'another' })
  t.same(await credentials(), { exotelToken: 'another', userId: 'another' })
  key.now = new KeyRing([randomBytes(32)])
  await t.rejects(service.update('acme', { userId: 'third' }), /do not open/)
  await service.update('acme', { exotelToken: 'new', userId: 'new' })
  t.same(await credentials(), { exotelToken: 'new', userId: 'new' })
})

t.test('all faults are named at once, and nothing is changed', async (t) => {
  const { service } = await accounts(t)
  await service.create(BODY)
  const faults = [{ pointer: '/timezone' }, { pointer: '/region' }, { pointer: '/domains/1' }]
  const wrong = { timezone: 'Mars', region: 'XX', domains: ['a.example', 'a.example/path'], limit: 11 }
  await t.rejects(service.update('acme', wrong), { code: 'invalid_request', faults })
  t.match(await service.find('acme'), { limit: 10 })
})

const API = { accountSid: 'acme1', apiKey: 'key-1', apiToken: 'token-1', subdomain: 'API.in.exotel.com' }

t.test('what opens Exotel’s API is set as a whole, taken away, told nobody and named in the audit log', async (t) => {
  const { service, storage, key } = await accounts(t)
  const opened = async () => {
    const sealed = (await storage.client('acme'))?.sealedExotelApi ?? null
    return sealed && openApiCredentials(key.now, 'acme', sealed)
  }
  const { client } = await service.create({ ...BODY, exotelApi: { ...API, callerId: '08047112233' } })
  t.equal(client.hasExotelApi, true)
  t.notMatch(JSON.stringify(client), /token-1|key-1|acme1/)
  t.strictSame(await opened(), { ...API, subdomain: 'api.in.exotel.com', callerId: '08047112233' })
  await service.update('acme', { exotelApi: { ...API, apiToken: 'token-2' } })
  t.strictSame(await opened(), { ...API, subdomain: 'api.in.exotel.com', apiToken: 'token-2', callerId: null })
  await service.update('acme', { limit: 1 })
  t.ok(await opened(), 'what is not named stays')
  t.equal((await service.update('acme', { exotelApi: null })).hasExotelApi, false)
  t.equal(await opened(), null)
  for (const subdomain of [
    'evil.example',
    'exotel.com',
    'api.exotel.com@evil.example',
    'api.exotel.com/v1',
    '127.0.0.1',
  ])
    await t.rejects(
      service.update('acme', { exotelApi: { ...API, subdomain } }),
      /\/exotelApi\/subdomain must be a host/,
    )
  const entries = await storage.auditLog({ clientId: null, before: null, limit: 10 })
  t.strictSame(
    entries.map(({ details }) => details['exotelApi']),
    ['removed', undefined, 'set', 'set'],
  )
  t.notMatch(JSON.stringify(entries), /token-|key-1/)
})
