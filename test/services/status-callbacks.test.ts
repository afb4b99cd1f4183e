import t from 'tap'
import { canBeApiKey, hashApiKey } from '../../src/clients/api-keys.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { endFormerKeys, StatusCallbacks } from '../../src/services/status-callbacks.js'
import { openStorage } from '../../src/storage/open.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { START } from '../helpers/app.js'
import { ENGINES, newClient, replacing, scratchStorage, scratchUrl } from '../helpers/storage.js'

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const ORIGIN = 'https://ribbon.example'
const URL_OF_A_KEY = /^https:\/\/ribbon\.example\/api\/exotel\/(rk_cb_[0-9A-Za-z]{30})\/status-callback$/

function callbacksOf(storage: Storage, clock = { now: START }, keys: readonly Buffer[] = [OLD]): StatusCallbacks {
  return new StatusCallbacks({ storage, clock: () => clock.now, keys: new KeyRing(keys), publicOrigin: ORIGIN })
}

function keyIn(url: string | null): string {
  return String(URL_OF_A_KEY.exec(String(url))?.[1])
}

for (const engine of ENGINES) {
  t.test(`calls at once, in several processes, are reported under one key, made once: ${engine}`, async (t) => {
    const url = await scratchUrl(t, engine)
    const stores: Storage[] = []
    for (let n = 0; n < (engine === 'postgres' ? 3 : 1); n++) stores.push(await openStorage({ url, maxCallAgeMs: 1 }))
    t.teardown(() => Promise.all(stores.map((store) => store.close())))
    const [store] = stores as [Storage]
    await store.createClient(newClient('acme'))
    const processes = Array.from({ length: 12 }, (_, n) => callbacksOf(stores[n % stores.length] as Storage))
    const urls = await Promise.all(processes.map((callbacks) => callbacks.urlFor('acme')))
    t.equal(new Set(urls).size, 1)
    const apiKey = keyIn(urls[0] ?? null)
    t.ok(canBeApiKey(apiKey))
    t.match((await store.apiKeys('acme')).slice(1), [
      {
        keyHash: hashApiKey(apiKey),
        hint: `${apiKey.slice(0, 10)}...`,
        kind: 'callback',
        scopes: [],
        addresses: null,
        name: 'calls that this server makes',
        createdAt: START,
        endsAt: null,
        lastUsedAt: null,
      },
    ])
    t.equal((await store.apiKeys('acme')).length, 2)
    const entries = await store.auditLog({ clientId: 'acme', before: null, limit: 10 })
    t.match(entries, [{ action: 'key.created', actor: 'server', details: { kind: 'callback', endsAt: null } }])
    t.equal(entries.length, 1)
    t.notMatch(JSON.stringify(entries), apiKey)
  })
}

t.test('for a second after a look-up the key is known without one', async (t) => {
  const clock = { now: START }
  let lookUps = 0
  const real = await scratchStorage(t)
  const storage = replacing('clientByKeyHash', (hash) => {
    lookUps += 1
    return real.clientByKeyHash(hash)
  })(real)
  await storage.createClient(newClient('acme'))
  const callbacks = callbacksOf(storage, clock)
  const url = await callbacks.urlFor('acme')
  clock.now += 999
  t.equal(await callbacks.urlFor('acme'), url)
  t.equal(lookUps, 1)
  clock.now += 1
  t.equal(await callbacks.urlFor('acme'), url)
  t.equal(lookUps, 2)
})

t.test('each client has a key of its own, and each secret key makes others', async (t) => {
  const storage = await scratchStorage(t)
  for (const id of ['a', 'b']) await storage.createClient(newClient(id, { apiKeyHash: id }))
  const urls = []
  for (const keys of [[OLD], [NEW, OLD]]) {
    for (const id of ['a', 'b']) urls.push(await callbacksOf(storage, undefined, keys).urlFor(id))
  }
  t.equal(new Set(urls.map(keyIn)).size, 4)
  for (const [n, clientId] of ['a', 'b', 'a', 'b'].entries()) {
    const hash = hashApiKey(keyIn(urls[n] ?? null))
    t.match(await storage.clientByKeyHash(hash), { clientId, key: { endsAt: null } }, 'the former one still opens')
  }
})

t.test('a key that was revoked, or is about to end and has ended, is not made again', async (t) => {
  const clock = { now: START }
  const storage = await scratchStorage(t)
  await storage.createClient(newClient('acme'))
  const callbacks = callbacksOf(storage, clock)
  const url = await callbacks.urlFor('acme')
  const hash = hashApiKey(keyIn(url))
  await storage.revokeApiKey('acme', hash, START + 5000)
  clock.now += 4999
  t.equal(await callbacks.urlFor('acme'), url)
  clock.now += 1000
  for (const process of [callbacks, callbacksOf(storage, clock)]) t.equal(await process.urlFor('acme'), null)
  t.equal((await storage.apiKeys('acme')).length, 2)
})

t.test('keys that former secret keys made end a day after a rotation, and only they', async (t) => {
  const clock = { now: START }
  const storage = await scratchStorage(t)
  for (const id of ['a', 'b', 'c']) await storage.createClient(newClient(id, { apiKeyHash: id }))
  const former = callbacksOf(storage, clock)
  const [ofA, ofB] = [keyIn(await former.urlFor('a')), keyIn(await former.urlFor('b'))]
  await storage.revokeApiKey('b', hashApiKey(ofB), START)
  const current = keyIn(await callbacksOf(storage, clock, [NEW, OLD]).urlFor('a'))
  const by = { actor: 'asha', requestId: null }
  const rotation = { storage, clock: () => clock.now, keys: new KeyRing([NEW, OLD]), by }
  t.equal(await endFormerKeys(rotation), 1)
  clock.now += 1000
  t.equal(await endFormerKeys(rotation), 0, 'and run again leaves them as they are')
  const endOf = async (key: string) => (await storage.clientByKeyHash(hashApiKey(key)))?.key.endsAt
  t.strictSame([await endOf(ofA), await endOf(ofB), await endOf(current)], [START + 86_400_000, START, null])
  t.match((await storage.auditLog({ clientId: 'a', before: null, limit: 1 }))[0], { action: 'key.ended', ...by })
})
