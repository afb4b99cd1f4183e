/** Changes with their entries in the audit log, and the end of a client: on both engines. */
import t from 'tap'
import type { AuditEntry } from '../../src/storage/port/audit-log.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { openStorage } from '../../src/storage/open.js'
import { ENGINES, newClient, newEvent, scratchStorage, scratchUrl } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-12T10:30:00Z')
const entry = (members: Partial<AuditEntry> = {}): AuditEntry => ({
  at: NOW,
  actor: 'admin',
  action: 'client.updated',
  clientId: 'client-a',
  details: { name: 'New' },
  requestId: 'r1',
  ...members,
})
const ALL = { clientId: null, before: null, limit: 100 }

for (const engine of ENGINES) {
  t.test(`a change and its entry are made together, or neither is: ${engine}`, async (t) => {
    const storage = await scratchStorage(t, 1, engine)
    const created = entry({ action: 'client.created', requestId: null })
    t.equal(await storage.administer(['createClient', newClient('client-a')], created), true)
    t.equal(await storage.administer(['createClient', newClient('client-a')], created), false)
    t.equal(await storage.administer(['updateClient', 'client-a', { name: 'New' }], entry()), true)
    t.equal(await storage.administer(['updateClient', 'nobody', { name: 'New' }], entry({ clientId: 'nobody' })), false)
    const key = { keyHash: 'k', hint: 'k', createdAt: NOW }
    const made = entry({ action: 'key.created', details: { keyId: 'k' } })
    t.equal(await storage.administer(['createApiKey', 'client-a', key], made), true)
    t.equal(
      await storage.administer(['createApiKey', 'client-a', { ...key, hint: 'x' }], made),
      false,
      'it is there once',
    )
    t.equal(await storage.administer(['revokeApiKey', 'client-a', 'k', NOW], entry({ action: 'key.ended' })), true)
    t.equal(await storage.administer(['revokeApiKey', 'client-a', 'k', NOW], entry({ action: 'key.ended' })), false)

    const entries = await storage.auditLog(ALL)
    t.strictSame(
      entries.map(({ id, action }) => [id, action]),
      [
        [4, 'key.ended'],
        [3, 'key.created'],
        [2, 'client.updated'],
        [1, 'client.created'],
      ],
    )
    t.strictSame(entries[2], { id: 2, ...entry() })
    t.strictSame(await storage.auditLog({ ...ALL, before: 2 }), [{ id: 1, ...created }])
    t.strictSame(await storage.auditLog({ ...ALL, before: 4, limit: 1 }), [{ id: 3, ...made }])
    t.strictSame(await storage.auditLog({ ...ALL, clientId: 'client-b' }), [])
    t.equal((await storage.client('client-a'))?.name, 'New')
    const ofAll = entry({ action: 'secrets.rotated', clientId: null })
    await storage.audit(ofAll)
    t.strictSame(await storage.auditLog({ ...ALL, limit: 1 }), [{ id: 5, ...ofAll }], 'one about all clients')
  })

  t.test(`actions at once, of several processes, have ids without gaps: ${engine}`, async (t) => {
    const url = await scratchUrl(t, engine)
    const stores: Storage[] = []
    for (let n = 0; n < (engine === 'postgres' ? 3 : 1); n++) stores.push(await openStorage({ url, maxCallAgeMs: 1 }))
    t.teardown(() => Promise.all(stores.map((store) => store.close())))
    await stores[0]?.createClient(newClient('client-a'))
    const limits = Array.from({ length: 30 }, (_, n) => n)
    await Promise.all(
      limits.map((monthlyLimit) => {
        const store = stores[monthlyLimit % stores.length] as Storage
        return store.administer(['updateClient', 'client-a', { monthlyLimit }], entry())
      }),
    )
    const ids = (await stores[0]?.auditLog(ALL))?.map(({ id }) => id)
    t.strictSame(ids, limits.map((n) => n + 1).reverse())
  })

  t.test(
    `a deleted client goes in parts when its time has come, with all that it has, and nobody else’s: ${engine}`,
    async (t) => {
      const storage = await scratchStorage(t, 3_600_000, engine)
      for (const clientId of ['client-a', 'client-b']) {
        await storage.createClient(newClient(clientId, { apiKeyHash: clientId }))
        for (let n = 0; n < 6; n++) {
          const data = {
            callSid: `CA${String(n)}`,
            customerData: { customerId: `C${String(n)}` },
            callDirection: 'inbound',
          }
          await storage.record({ ...newEvent({ event: 'incoming', data, occurredAt: NOW - n * 86_400_000 }), clientId })
        }
        await storage.saveCustomer(clientId, 'C1', { name: 'Jane' }, NOW)
        await storage.buildPages(clientId, 10)
      }
      const gone = entry({ action: 'client.deleted', actor: 'server', details: {} })
      const remove = (limit: number, at = NOW) => storage.deleteClient('client-a', limit, { ...gone, at })
      t.equal(await remove(5), 0, 'one that is not being deleted stays')
      await storage.updateClient('client-a', { deletesAt: NOW })
      t.match(await storage.client('client-a'), { status: 'deleting', deletesAt: NOW })
      t.equal((await storage.clientByKeyHash('client-a'))?.status, 'deleting')
      t.equal(await remove(5, NOW - 1), 0, 'and so does one whose time has not come')
      await storage.updateClient('client-a', { deletesAt: null, status: 'suspended' })
      t.match(await storage.client('client-a'), { status: 'suspended', deletesAt: null }, 'it can be taken back')
      await storage.updateClient('client-a', { deletesAt: NOW, status: 'active' })

      const parts: number[] = []
      for (let removed = -1; removed !== 0;) parts.push((removed = await remove(5)))
      t.ok(parts.length > 4, `${String(parts)}: a few rows at a time`)
      t.equal(await storage.client('client-a'), null)
      t.equal(await storage.clientByKeyHash('client-a'), null)
      t.strictSame(await storage.apiKeys('client-a'), [])
      t.strictSame(
        (await storage.allClients({ after: '', limit: 10 })).map(({ clientId }) => clientId),
        ['client-b'],
      )
      t.match(await storage.allClientTotals({ after: '', limit: 10 }, '2000-01'), [{ clientId: 'client-b', calls: 6 }])
      t.same(await storage.allClientsSum(), { clients: 1, calls: 6 })
      t.equal(await storage.createClient(newClient('client-a', { apiKeyHash: 'again' })), false, 'its id stays taken')
      t.equal(await storage.updateClient('client-a', { name: 'Back', status: 'active', deletesAt: null }), false)
      t.equal(await storage.createApiKey('client-a', { keyHash: 'new', hint: 'new', createdAt: NOW }), false)
      t.equal(await storage.client('client-a'), null)
      t.strictSame(await storage.auditLog({ ...ALL, clientId: 'client-a' }), [{ id: 1, ...gone }])
      t.match(await storage.client('client-b'), { name: 'Client client-b', apiKeyHint: 'client-b', status: 'active' })
      t.equal((await storage.customerHistory('client-b', 'C1', { calls: 9, events: 9 }))?.calls.length, 1)
    },
  )
}
