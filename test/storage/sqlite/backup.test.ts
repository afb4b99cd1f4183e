import { mkdir, readdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { openSqliteForCommand } from '../../../src/storage/sqlite/command.js'
import { backUp } from '../../../src/storage/sqlite/backup.js'
import { Log } from '../../../src/storage/sqlite/log.js'
import { own } from '../../../src/storage/sqlite/log-owner.js'
import { newClient, scratchFolder } from '../../helpers/storage.js'

const OPTIONS = { maxCallAgeMs: 1 }

/** A database of one client, and its log as a server keeps it. */
async function store(t: Test) {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const storage = await openSqliteForCommand(path, OPTIONS)
  await storage.createClient(newClient('client-a'))
  await storage.close()
  const database = new SQLite(path)
  t.teardown(() => database.close())
  const { mark, number } = database.prepare('select mark, number from log_place').get() as {
    mark: string
    number: number
  }
  const owner = own(`${path}.log`)
  t.teardown(() => owner?.close())
  const { log } = Log.open(`${path}.log`, mark, number)
  t.teardown(() => {
    log.close(false)
  })
  return { path, target: join(dirname(path), 'copy.db'), database, log, mark }
}

const clientsIn = (path: string) => {
  const copy = new SQLite(path, { readonly: true })
  try {
    return copy.prepare('select client_id from clients').pluck().all()
  } finally {
    copy.close()
  }
}

t.test('what is only in the log is waited for', async (t) => {
  const { path, target, database, log } = await store(t)
  await log.append('"acknowledged"')
  const copied = backUp(path, target, OPTIONS)
  await new Promise((resolve) => setImmediate(resolve))
  database.exec(`update clients set client_id = 'committed'; update log_place set number = ${String(log.number)}`)
  t.ok((await copied).bytes > 0)
  t.same(
    (await readdir(dirname(path))).filter((name) => name.startsWith('copy')),
    ['copy.db'],
  )
  t.same(clientsIn(target), ['committed'])
})

t.test('a server that cannot commit what it acknowledged is not backed up, and no file is left', async (t) => {
  const { path, target, log } = await store(t)
  await log.append('"acknowledged"')
  await t.rejects(backUp(path, target, { ...OPTIONS, commitMs: 20 }), {
    name: 'StorageUnavailable',
    message: /^The server cannot commit/,
  })
  t.same(
    (await readdir(dirname(path))).filter((name) => name.startsWith('copy')),
    [],
  )
})

t.test('the last number of a log is that of its last whole record, whichever files come and go', async (t) => {
  const { path, log, mark } = await store(t)
  const folder = `${path}.log`
  t.equal(Log.lastNumber(join(folder, 'nowhere'), mark), 0)
  for (const text of ['"a"', '"b"']) await log.append(text)
  await symlink(join(folder, 'gone'), join(folder, '000009'))
  t.equal(Log.lastNumber(folder, mark), log.number)
  t.equal(Log.lastNumber(folder, 'the mark of another'), 0)
  await mkdir(join(folder, '000010'))
  t.throws(() => Log.lastNumber(folder, mark), { code: 'EISDIR' })
})
