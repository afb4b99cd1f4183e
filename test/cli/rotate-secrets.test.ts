import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import {
  isSealedWithCurrent,
  openApiCredentials,
  openCredentials,
  openWebhookSecrets,
  sealApiCredentials,
  sealCredentials,
  sealWebhookSecrets,
} from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { needsResealing, resealAll } from '../../src/clients/reseal.js'
import { loadConfig } from '../../src/config.js'
import { secretKeys } from '../../src/secret-keys.js'
import { StatusCallbacks } from '../../src/services/status-callbacks.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import { lockFile } from '../../src/storage/sqlite/log-owner.js'
import { runRibbon, startRibbon } from '../helpers/ribbon.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { ENGINES, newClient, replacing, scratchStorage, scratchUrl } from '../helpers/storage.js'

t.setTimeout(400_000)

const CREDENTIALS = { exotelToken: 'token', userId: 'user' }
const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const ROTATE = ['rotate-secrets']
const CREATE = ['clients', 'create', '--name', 'Acme', '--exotel-user', 'user', '--id']

async function initOf(url: string, apiKey: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ apiKey, domain: 'localhost' })
  return (await fetch(`${url}/api/ribbon/init`, { method: 'POST', headers, body })).json()
}

/** An embedded database with one client, whose key is kept beside it. */
async function kept(t: Test) {
  const env = { DATABASE_URL: await scratchUrl(t, 'sqlite'), EXOTEL_TOKEN: 'token' }
  t.match(await runRibbon([...CREATE, 'acme'], env), { code: 0 })
  const file = join(databasePath(env.DATABASE_URL), '..', 'secrets.key')
  const lines = async () => (await readFile(file, 'utf8')).trim().split('\n')
  const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
  t.teardown(() => storage.close())
  const sealed = async (clientId: string) => String((await storage.client(clientId))?.sealedExotel)
  return { env, file, lines, storage, sealed, ring: () => secretKeys(loadConfig(env), storage) }
}

t.test('beside a running server a new key is made, and the server goes on with it', async (t) => {
  const env = await serverEnv(t, 'sqlite')
  const own = { ...env, SECRETS_KEY: '', EXOTEL_TOKEN: 'token' }
  const server = new ServerProcess(t, own)
  const url = await server.ready()
  const file = join(databasePath(String(env['DATABASE_URL'])), '..', 'secrets.key')
  const [first] = (await readFile(file, 'utf8')).split('\n')
  const rotated = await startRibbon(t, ROTATE, own).outcome
  t.match(rotated, {
    code: 0,
    stdout: /^Sealed the Exotel credentials of 3 clients with the key [0-9a-f]{12}\.\nThe former key stays/,
  })
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  t.equal(lines.length, 2)
  t.equal(lines[1], first)
  t.equal((await stat(file)).mode & 0o777, 0o600)

  await writeFile(file, `${String(lines[0])}\n`)
  t.match(await initOf(url, 'demo-api-key-789'), { exotelToken: 'demo-exotel-token' })
  t.match(await startRibbon(t, [...CREATE, 'acme'], own).outcome, { code: 0 })
  server.child.kill('SIGTERM')
  await server.exited
  const again = new ServerProcess(t, own)
  t.match(await initOf(await again.ready(), 'collections-crm-api-key-123'), { exotelToken: 'collections-exotel-token' })
})

t.test('a run that was interrupted is finished by the next, with the key that it made', async (t) => {
  const { env, file, lines, storage, sealed, ring } = await kept(t)
  const before = await sealed('acme')
  await writeFile(file, `${NEW.toString('base64')}\n${(await lines()).join('\n')}\n`)
  const [former] = (await ring()).keys.slice(1)
  const callbacks = new StatusCallbacks({
    storage,
    clock: Date.now,
    keys: new KeyRing([former?.own ?? NEW]),
    publicOrigin: 'https://ribbon.example',
  })
  await callbacks.urlFor('acme')
  t.match(await runRibbon(ROTATE, env), {
    code: 0,
    stdout:
      /^Sealed the Exotel credentials of 1 client with .*\nCallback keys of calls that were made with a former key: 1 end in a day\.\n/,
  })
  const [rotated, ended] = await storage.auditLog({ clientId: null, before: null, limit: 2 })
  const actor = /^command line \(user \d+\)$/
  t.match(rotated, { action: 'secrets.rotated', actor, clientId: null, requestId: null })
  t.strictSame(rotated?.details, { resealed: 1, closed: 0, endedKeys: 1 })
  t.match(ended, { action: 'key.ended', actor, clientId: 'acme' })
  t.match((await runRibbon(['audit-log'], env)).stdout, / secrets\.rotated +- +\{/)
  t.equal((await lines()).length, 2)
  t.not(await sealed('acme'), before)
  t.strictSame(await openCredentials(new KeyRing([NEW]), 'acme', await sealed('acme')), CREDENTIALS)

  t.match(await runRibbon(ROTATE, env), { code: 0 })
  t.equal((await lines()).length, 3, 'a run after that makes another')
  t.ok(isSealedWithCurrent(await ring(), await sealed('acme')))
  await storage.ping()
})

t.test('of two that rotate at once one is refused, so that no key is lost', async (t) => {
  const { env, file, lines } = await kept(t)
  const lock = lockFile(`${file}.lock`)
  t.match(await runRibbon(ROTATE, env), {
    code: 1,
    stdout: '',
    stderr: 'Another ribbon rotate-secrets makes a new key just now: let it end.\n',
  })
  t.equal((await lines()).length, 1)
  lock?.close()
  t.match(await runRibbon(ROTATE, env), { code: 0 })
})

for (const engine of ENGINES) {
  t.test(`with SECRETS_KEY its key is the new one, and clients that nothing opens are named: ${engine}`, async (t) => {
    const env = {
      DATABASE_URL: await scratchUrl(t, engine),
      SECRETS_KEY: NEW.toString('base64'),
      SECRETS_KEYS_FORMER: OLD.toString('base64'),
    }
    const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
    t.teardown(() => storage.close())
    const sealedExotel = await sealCredentials(new KeyRing([OLD]), 'a', CREDENTIALS)
    for (const id of ['a', 'b']) await storage.createClient(newClient(id, { sealedExotel }))
    t.match(await runRibbon(ROTATE, env), {
      code: 1,
      stdout: /^Sealed the Exotel credentials of 1 client with/,
      stderr: /^The credentials of b do not open with the secret keys that are there, and stay as they are: [^\n]*\n$/,
    })
    t.equal((await storage.client('b'))?.sealedExotel, sealedExotel)
    const resealed = String((await storage.client('a'))?.sealedExotel)
    t.strictSame(await openCredentials(new KeyRing([NEW]), 'a', resealed), CREDENTIALS)
    await storage.updateClient('b', { sealedExotel: await sealCredentials(new KeyRing([OLD]), 'b', CREDENTIALS) })
    t.match(await runRibbon(ROTATE, env), { code: 0, stdout: /1 client .*\nA key in SECRETS_KEYS_FORMER still opens/ })
  })
}

t.test(
  'credentials that are changed during a rotation stay as they were changed, and are sealed anew, too',
  async (t) => {
    const storage = await scratchStorage(t)
    const [old, rotated] = [new KeyRing([OLD]), new KeyRing([NEW, OLD])]
    await storage.createClient(newClient('acme', { sealedExotel: await sealCredentials(old, 'acme', CREDENTIALS) }))
    const changed = { exotelToken: 'changed', userId: 'changed' }
    let isFirst = true
    const busy = replacing('resealClient', async (...args) => {
      if (isFirst) await storage.updateClient('acme', { sealedExotel: await sealCredentials(old, 'acme', changed) })
      isFirst = false
      return storage.resealClient(...args)
    })(storage)
    t.strictSame(await resealAll(busy, rotated), { resealed: 1, closed: [] })
    const sealed = String((await storage.client('acme'))?.sealedExotel)
    t.ok(isSealedWithCurrent(rotated, sealed))
    t.strictSame(await openCredentials(rotated, 'acme', sealed), changed)
  },
)

t.test('what opens Exotel’s API is sealed anew with the rest, and named where it does not open', async (t) => {
  const storage = await scratchStorage(t)
  const [old, rotated, lost] = [new KeyRing([OLD]), new KeyRing([NEW, OLD]), new KeyRing([Buffer.alloc(32, 9)])]
  const api = { accountSid: 'a', apiKey: 'k', apiToken: 't', subdomain: 'api.exotel.com', callerId: null }
  for (const [id, ring] of [
    ['a', old],
    ['b', lost],
  ] as const) {
    const sealedExotel = await sealCredentials(rotated, id, CREDENTIALS)
    await storage.createClient(
      newClient(id, { sealedExotel, sealedExotelApi: await sealApiCredentials(ring, id, api) }),
    )
  }
  t.equal(await needsResealing(storage, rotated), true)
  t.strictSame(await resealAll(storage, rotated), { resealed: 1, closed: ['b'] })
  const sealed = String((await storage.client('a'))?.sealedExotelApi)
  t.ok(isSealedWithCurrent(rotated, sealed))
  t.strictSame(await openApiCredentials(new KeyRing([NEW]), 'a', sealed), api)
  await storage.updateClient('b', { sealedExotelApi: null })
  t.equal(await needsResealing(storage, rotated), false)
})

t.test('secrets of webhooks are sealed anew with the rest, and named where they do not open', async (t) => {
  const storage = await scratchStorage(t)
  const [old, rotated, lost] = [new KeyRing([OLD]), new KeyRing([NEW, OLD]), new KeyRing([Buffer.alloc(32, 9)])]
  const secrets = [{ secret: 'whsec_x', endsAt: null }]
  const endpointId = 'we_00000000000000aa'
  for (const [clientId, ring] of [
    ['a', old],
    ['b', lost],
  ] as const) {
    await storage.createClient(
      newClient(clientId, { sealedExotel: await sealCredentials(rotated, clientId, CREDENTIALS) }),
    )
    const sealedSecrets = await sealWebhookSecrets(ring, { clientId, endpointId }, secrets)
    const webhook = { endpointId, url: 'https://x.example/', eventTypes: ['call.ended'], sealedSecrets } as const
    await storage.createWebhook(clientId, { ...webhook, createdAt: 1 })
  }
  t.equal(await needsResealing(storage, rotated), true)
  t.strictSame(await resealAll(storage, rotated), { resealed: 1, closed: ['b'] })
  const [resealed] = await storage.webhooks('a')
  const sealed = String(resealed?.sealedSecrets)
  t.ok(isSealedWithCurrent(rotated, sealed))
  t.strictSame(await openWebhookSecrets(new KeyRing([NEW]), { clientId: 'a', endpointId }, sealed), secrets)
  await storage.deleteWebhook('b', endpointId)
  t.equal(await needsResealing(storage, rotated), false)
})
