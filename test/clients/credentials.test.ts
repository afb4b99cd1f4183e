import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { keptSecretsKey, openCredentials, sealCredentials } from '../../src/clients/credentials.js'
import { scratchFolder } from '../helpers/storage.js'

const key = Buffer.alloc(32, 1)
const credentials = { exotelToken: 'token', userId: 'user' }

t.test('sealed credentials open for the client they were sealed for', async (t) => {
  const sealed = sealCredentials(key, 'client-demo', credentials)
  t.strictSame(openCredentials(key, 'client-demo', sealed), credentials)
  t.notOk(sealed.includes('token'))
})

t.test('sealing twice gives two texts', async (t) => {
  t.not(sealCredentials(key, 'client-demo', credentials), sealCredentials(key, 'client-demo', credentials))
})

t.test('another client, another key and an altered text open nothing, and say so without the secret', async (t) => {
  const sealed = sealCredentials(key, 'client-demo', credentials)
  const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
  for (const open of [
    () => openCredentials(key, 'client-001', sealed),
    () => openCredentials(Buffer.alloc(32, 2), 'client-demo', sealed),
    () => openCredentials(Buffer.alloc(0), 'client-demo', sealed),
    () => openCredentials(key, 'client-demo', altered),
    () => openCredentials(key, 'client-demo', 'v1.'),
  ]) {
    t.throws(open, { message: /do not open with this SECRETS_KEY/ })
  }
})

t.test('a kept key is made once, for its owner alone, and stays', async (t) => {
  const folder = await scratchFolder(t)
  const database = join(folder, 'data', 'ribbon.db')
  const first = await keptSecretsKey(database)
  t.equal(first.length, 32)
  t.strictSame(await keptSecretsKey(database), first)
  t.equal((await stat(join(folder, 'data', 'secrets.key'))).mode & 0o777, 0o600)
})

t.test('processes that start together end up with one key, and leave nothing else behind', async (t) => {
  const folder = await scratchFolder(t)
  const keys = await Promise.all(Array.from({ length: 8 }, () => keptSecretsKey(join(folder, 'ribbon.db'))))
  t.equal(new Set(keys.map((one) => one.toString('hex'))).size, 1)
  t.strictSame(await readdir(folder), ['secrets.key'])
})

t.test('a key file that holds no key is refused, not replaced', async (t) => {
  const folder = await scratchFolder(t)
  await writeFile(join(folder, 'secrets.key'), 'oops\n')
  await t.rejects(keptSecretsKey(join(folder, 'ribbon.db')), { message: /does not hold a key of 32 bytes/ })
  t.equal(await readFile(join(folder, 'secrets.key'), 'utf8'), 'oops\n')
})

t.test('a folder that cannot be written is an error', async (t) => {
  const folder = await scratchFolder(t)
  await writeFile(join(folder, 'file'), '')
  await t.rejects(keptSecretsKey(join(folder, 'file', 'ribbon.db')))
})
