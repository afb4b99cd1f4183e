import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import t from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openStorage, databasePath } from '../../../src/storage/open.js'
import { openConnection } from '../../../src/storage/sqlite/connection.js'
import { RemoteStorage } from '../../../src/storage/sqlite/remote.js'
import { newClient, newEvent, scratchFolder } from '../../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000

t.test('a file that is no database, or a folder, is refused with a sentence', async (t) => {
  const folder = await scratchFolder(t)
  await writeFile(join(folder, 'text.db'), 'this is no database, but it is long enough to look like one'.repeat(20))
  const open = (path: string) => openStorage({ url: `file:${path}`, maxCallAgeMs: MAX_CALL_AGE_MS })
  await t.rejects(open(join(folder, 'text.db')), { message: /SQLITE_NOTADB/ })
  await mkdir(join(folder, 'folder.db'))
  await t.rejects(open(join(folder, 'folder.db')), { name: 'StorageUnavailable', message: /SQLITE_CANTOPEN/ })
})

t.test('a database with tables of another program is left as it is', async (t) => {
  const path = join(await scratchFolder(t), 'other.db')
  const other = new SQLite(path)
  other.exec('create table clients (name text)')
  await t.rejects(openStorage({ url: `file:${path}`, maxCallAgeMs: MAX_CALL_AGE_MS }), { message: /already exists/ })
  t.strictSame(other.prepare("select name from sqlite_schema where name in ('clients', 'events')").pluck().all(), [
    'clients',
  ])
  other.close()
})

t.test('statements are kept prepared, but not without end', async (t) => {
  const engine = openConnection({ path: join(await scratchFolder(t), 'ribbon.db'), readonly: false })
  for (let n = 0; n < 1100; n++) {
    const { rows } = await sql<{ n: number }>`select ${sql.lit(n)} as n`.execute(engine.db)
    if (rows[0]?.n !== n) t.fail(`statement ${String(n)} answers ${String(rows[0]?.n)}`)
  }
  await engine.close()
})

t.test('a file URL is a path, relative to the working folder without slashes', async (t) => {
  t.equal(databasePath('file:./data/x.db'), join(process.cwd(), 'data/x.db'))
  t.equal(databasePath('file:///var/x%20y.db'), '/var/x y.db')
})

t.test('a store that another process holds is unavailable, and what was acknowledged stays', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const storage = await openStorage({ url: `file:${path}`, maxCallAgeMs: MAX_CALL_AGE_MS })
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  const event = (n: number) => newEvent({ event: 'dialing', data: { callSid: `CA${String(n)}` }, occurredAt: 1e12 + n })
  await storage.record(event(1))
  const other = new SQLite(path)
  other.exec('begin immediate')
  await t.rejects(Promise.all([storage.record(event(2)), storage.record(event(3))]), { name: 'StorageUnavailable' })
  other.exec('rollback')
  other.close()
  t.match(await storage.record(event(2)), { status: 'created' })
  const page = await storage.listEvents({
    clientId: 'client-a',
    range: OPEN_RANGE,
    customerId: null,
    event: null,
    direction: null,
    pageSize: 9,
    position: { page: 1 },
  })
  t.equal(page.total, 2)
})

t.test('a storage thread that dies takes its requests with it, not the truth', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const settings = { path, readonly: false, maxCallAgeMs: MAX_CALL_AGE_MS }
  const remote = await RemoteStorage.start(settings)
  const pending = remote.call('ping')
  const gone = t.rejects(Promise.all([pending, remote.call('ping'), remote.terminate()]), {
    name: 'StorageUnavailable',
  })
  await gone
  await t.rejects(remote.call('ping'), { name: 'StorageUnavailable' })
  await remote.close()
})

t.test('a reader cannot write', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const settings = { path, maxCallAgeMs: MAX_CALL_AGE_MS }
  const writer = await RemoteStorage.start({ ...settings, readonly: false })
  const reader = await RemoteStorage.start({ ...settings, readonly: true })
  await t.rejects(reader.call('createClient', newClient('client-a')), { message: /SQLITE_READONLY/ })
  await chmod(path, 0o600)
  await reader.close()
  await writer.close()
})
