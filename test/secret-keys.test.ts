import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { sealApiCredentials, sealCredentials } from '../src/clients/credentials.js'
import { KeyRing } from '../src/clients/key-ring.js'
import { loadConfig } from '../src/config.js'
import { checkKeys, givenKeys, secretKeys } from '../src/secret-keys.js'
import { databasePath, openStorage } from '../src/storage/open.js'
import { runRibbon } from './helpers/ribbon.js'
import { ServerProcess, serverEnv } from './helpers/server-process.js'
import { newClient, scratchStorage, scratchUrl } from './helpers/storage.js'

t.setTimeout(400_000)

const CREDENTIALS = { exotelToken: 'token', userId: 'user' }
const CREATE = ['clients', 'create', '--name', 'Acme', '--exotel-user', 'user']
const base64 = (fill: number) => Buffer.alloc(32, fill).toString('base64')

async function scratch(t: Test) {
  const url = await scratchUrl(t, 'sqlite')
  return { env: { DATABASE_URL: url, EXOTEL_TOKEN: 'token' }, file: join(databasePath(url), '..', 'secrets.key') }
}

t.test('the key of the environment is current, and former ones stand behind it', async (t) => {
  const env = { SECRETS_KEY: base64(1), SECRETS_KEYS_FORMER: `${base64(2)},${base64(3)}` }
  t.strictSame(
    givenKeys(loadConfig(env))?.keys.map(({ own }) => own.toString('base64')),
    [1, 2, 3].map(base64),
  )
})

t.test('a key is made for a database without clients, and never for one that has any', async (t) => {
  const { env, file } = await scratch(t)
  const config = loadConfig(env)
  const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
  t.teardown(() => storage.close())
  const made = await secretKeys(config, storage)
  t.equal((await secretKeys(config, storage)).current.id, made.current.id)
  await storage.createClient(newClient('acme', { sealedExotel: await sealCredentials(made, 'acme', CREDENTIALS) }))
  t.equal((await secretKeys(config, storage)).current.id, made.current.id)
  await rm(file)
  const missing = { name: 'ConfigError', message: /secrets\.key is missing, .*: put it back from its backup; .*update/ }
  await t.rejects(secretKeys(config, storage), missing)
  await t.rejects(made.refresh(), missing)
  await t.rejects(readFile(file), { code: 'ENOENT' })
})

t.test('keys that do not open what is stored are refused, however few of the clients they are about', async (t) => {
  const storage = await scratchStorage(t)
  const ring = new KeyRing([Buffer.alloc(32, 1)])
  await t.resolves(checkKeys(ring, storage))
  for (const id of ['a', 'b', 'c']) {
    const sealedExotel = await sealCredentials(ring, id, CREDENTIALS)
    await storage.createClient(newClient(id, { sealedExotel }))
  }
  const other = new KeyRing([Buffer.alloc(32, 2)])
  await t.resolves(checkKeys(ring, storage))
  await t.resolves(checkKeys(new KeyRing([Buffer.alloc(32, 2), Buffer.alloc(32, 1)]), storage))
  await t.rejects(checkKeys(other, storage), {
    name: 'ConfigError',
    message: /^The Exotel credentials of a and of 2 more do not open with the secret keys that are there: give the key/,
  })
  await storage.updateClient('b', { sealedExotel: await sealCredentials(other, 'b', CREDENTIALS) })
  await t.rejects(checkKeys(ring, storage), { message: /^The Exotel credentials of b do not open / })
  await storage.updateClient('b', { sealedExotel: await sealCredentials(ring, 'b', CREDENTIALS) })
  const api = { accountSid: 'a', apiKey: 'k', apiToken: 't', subdomain: 'api.exotel.com', callerId: null }
  await storage.updateClient('c', { sealedExotelApi: await sealApiCredentials(ring, 'c', api) })
  await t.resolves(checkKeys(ring, storage))
  await storage.updateClient('c', { sealedExotelApi: await sealApiCredentials(other, 'c', api) })
  await t.rejects(checkKeys(ring, storage), { message: /^The Exotel credentials of c do not open / })
})

t.test('a server with a wrong key, or none, does not start, and says in one sentence what to do', async (t) => {
  const { SECRETS_KEY: right = '', ...env } = await serverEnv(t, 'sqlite')
  const first = new ServerProcess(t, { ...env, SECRETS_KEY: right })
  await first.ready()
  first.child.kill('SIGTERM')
  await first.exited
  for (const [key, sentence] of [
    [base64(9), /^Cannot start: The Exotel credentials of client-001 and of 2 more do not open [^\n]*\n$/],
    ['', /^Cannot start: \S+secrets\.key is missing, [^\n]*\n$/],
  ] as const) {
    const refused = new ServerProcess(t, { ...env, SECRETS_KEY: key })
    t.match(await refused.exited, { code: 1 })
    t.match(refused.stderr, sentence)
  }
  const again = new ServerProcess(t, { ...env, SECRETS_KEY: base64(9), SECRETS_KEYS_FORMER: right })
  await again.ready()
})

t.test('a command that seals makes no key beside clients, and takes none that does not open them', async (t) => {
  const { env, file } = await scratch(t)
  t.match(await runRibbon([...CREATE, '--id', 'acme'], env), { code: 0 })
  const key = await readFile(file, 'utf8')
  await rm(file)
  for (const args of [CREATE, ['clients', 'update', 'acme', '--exotel-user', 'other']]) {
    t.match(await runRibbon(args, env), { code: 1, stdout: '', stderr: /^\S+secrets\.key is missing, [^\n]*\n$/ })
    await t.rejects(readFile(file), { code: 'ENOENT' })
  }
  await writeFile(file, `${base64(9)}\n`)
  t.match(await runRibbon(CREATE, env), { code: 1, stdout: '', stderr: /^The Exotel credentials of acme do not open / })
  t.match(await runRibbon(['clients', 'list'], env), { code: 0, stdout: /^CLIENT.*\nacme .*\n$/ })

  const anew = ['clients', 'update', 'acme', '--exotel-user', 'other', '--new-exotel-token']
  t.match(await runRibbon(anew, env), { code: 0 }, 'who lost the key gives the credentials anew')
  t.match(await runRibbon(CREATE, env), { code: 0 })
  await writeFile(file, key)
  t.match(await runRibbon(CREATE, env), { code: 1, stderr: /do not open/ })
})
