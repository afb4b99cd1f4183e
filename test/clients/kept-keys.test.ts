import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { addKey, keyFileOf, makeKeyFile, readKeyFile } from '../../src/clients/kept-keys.js'
import { scratchFolder } from '../helpers/storage.js'

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777
}

t.test('a kept key is made for its owner alone, in a folder that is its owner’s, and stays', async (t) => {
  const path = keyFileOf(join(await scratchFolder(t), 'data', 'ribbon.db'))
  t.equal(await readKeyFile(path), null)
  await makeKeyFile(path)
  const made = await readKeyFile(path)
  t.match(made, [{ length: 32 }])
  await makeKeyFile(path)
  t.strictSame(await readKeyFile(path), made)
  t.equal(await modeOf(path), 0o600)
  t.equal(await modeOf(join(path, '..')), 0o700)
})

t.test('processes that start together end up with one key, and leave nothing else behind', async (t) => {
  const folder = await scratchFolder(t)
  const path = join(folder, 'secrets.key')
  const made = await Promise.all(Array.from({ length: 8 }, () => makeKeyFile(path).then(() => readKeyFile(path))))
  t.equal(new Set(made.map((keys) => keys?.[0]?.toString('hex'))).size, 1)
  t.strictSame(await readdir(folder), ['secrets.key'])
})

t.test('a new key goes before the former ones, and the file stays its owner’s', async (t) => {
  const folder = await scratchFolder(t)
  const path = join(folder, 'secrets.key')
  await makeKeyFile(path)
  const [first] = (await readKeyFile(path)) ?? []
  await chmod(path, 0o644)
  await addKey(path)
  t.equal(await modeOf(path), 0o600)
  const keys = await readKeyFile(path)
  t.equal(keys?.length, 2)
  t.strictSame(keys?.[1], first)
  t.strictSame(await readdir(folder), ['secrets.key'])
})

t.test('a file that others may read is closed to them when it is read', async (t) => {
  const path = join(await scratchFolder(t), 'secrets.key')
  await writeFile(path, `${Buffer.alloc(32, 1).toString('base64')}\n`, { mode: 0o644 })
  await readKeyFile(path)
  t.equal(await modeOf(path), 0o600)
})

t.test('a file that holds something else than keys is refused, not replaced', async (t) => {
  const path = join(await scratchFolder(t), 'secrets.key')
  for (const text of ['oops\n', `${Buffer.alloc(32).toString('base64')}\noops\n`, '']) {
    await writeFile(path, text)
    await t.rejects(readKeyFile(path), { message: /does not hold a key of 32 bytes in base64 on each line/ })
    await makeKeyFile(path)
    t.equal(await readFile(path, 'utf8'), text)
  }
})

t.test('a place that cannot be written, or read, is an error', async (t) => {
  const folder = await scratchFolder(t)
  await writeFile(join(folder, 'file'), '')
  await t.rejects(makeKeyFile(join(folder, 'file', 'secrets.key')))
  await mkdir(join(folder, 'secrets.key'))
  await t.rejects(readKeyFile(join(folder, 'secrets.key')), { code: 'EISDIR' })
})
