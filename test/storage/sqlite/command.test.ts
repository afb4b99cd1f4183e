import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openForCommand, openStorage } from '../../../src/storage/open.js'
import { openSqliteForCommand } from '../../../src/storage/sqlite/command.js'
import { StorageThread } from '../../../src/storage/sqlite/thread.js'
import { newClient, newEvent, scratchFolder } from '../../helpers/storage.js'

const OPTIONS = { maxCallAgeMs: 4 * 3_600_000 }
const T0 = Date.UTC(2025, 9, 12)

async function scratchPath(t: Test): Promise<string> {
  return join(await scratchFolder(t), 'data', 'ribbon.db')
}

t.test('a command makes a database, writes to it and reads from it, and leaves no log behind', async (t) => {
  const path = await scratchPath(t)
  const storage = await openForCommand({ url: `file:${path}`, ...OPTIONS })
  t.equal(await storage.createClient(newClient('client-a')), true)
  t.equal(await storage.createClient(newClient('client-a', { apiKeyHash: 'other' })), false)
  t.match(await storage.allClients({ after: '', limit: 9 }), [{ clientId: 'client-a' }])
  t.match(await storage.detailedReport({ clientId: 'client-a', range: OPEN_RANGE, zone: 'UTC', recent: 1, top: 1 }), {
    recent: [],
  })
  await t.rejects(storage.updateClient('client-a', { name: null as unknown as string }), /NOT NULL/)
  t.equal(await storage.updateClient('client-a', { name: 'Another' }), true, 'what failed is undone, and it goes on')
  await storage.ping()
  await storage.close()
  t.notOk(existsSync(`${path}.log`))
  const server = await openStorage({ url: `file:${path}`, ...OPTIONS })
  t.teardown(() => server.close())
  t.match(await server.client('client-a'), { name: 'Another', apiKeyHint: 'client-a' })
})

t.test('what a crash left in the log is applied first; the log of a server that runs is left alone', async (t) => {
  const path = await scratchPath(t)
  await (await openForCommand({ url: `file:${path}`, ...OPTIONS })).close()
  const thread = await StorageThread.start({ path, role: 'writer', ...OPTIONS }, { trouble: () => undefined })
  const send = (...command: unknown[]) => thread.request('method', JSON.stringify(command))
  await send('createClient', [newClient('client-a')])
  const event = newEvent({ event: 'dialing', data: { callSid: 'CA1' }, occurredAt: T0 })
  await send('recordBatch', [[event]])
  const crashed = join(await scratchFolder(t), 'ribbon.db')
  await cp(dirname(path), dirname(crashed), { recursive: true, filter: (name) => !/-(wal|shm)$/.test(name) })

  const beside = await openSqliteForCommand(path, OPTIONS)
  t.equal(await beside.createClient(newClient('client-b', { apiKeyHash: 'b' })), true)
  await beside.close()
  t.match(await send('recordBatch', [[event]]), [{ status: 'duplicate' }], 'the server goes on')
  await thread.close()

  const alone = await openSqliteForCommand(crashed, OPTIONS)
  t.teardown(() => alone.close())
  const { events } = await alone.listEvents({
    clientId: 'client-a',
    range: OPEN_RANGE,
    customerId: null,
    event: null,
    direction: null,
    pageSize: 9,
    position: { page: 1 },
  })
  t.match(events, [{ event: 'dialing' }])
})

t.test('a database that stays busy is said so when patience ends; nothing was written', async (t) => {
  const path = await scratchPath(t)
  const storage = await openSqliteForCommand(path, OPTIONS, 20)
  t.teardown(() => storage.close())
  const other = new SQLite(path)
  t.teardown(() => other.close())
  other.exec('begin immediate')
  await t.rejects(storage.createClient(newClient('client-a')), {
    name: 'StorageUnavailable',
    message: /^The database is busy: /,
  })
  other.exec('rollback')
  t.equal(await storage.createClient(newClient('client-a')), true)
})

t.test('a file that is no database is said in one sentence that names it', async (t) => {
  const folder = await scratchFolder(t)
  const sentence = /^The database .* cannot be opened \(.*\): check that DATABASE_URL [^.]*$/
  for (const open of [openForCommand, openStorage]) {
    const opening: Promise<unknown> = open({ url: `file:${folder}`, ...OPTIONS })
    await t.rejects(opening, { name: 'StorageUnavailable', message: sentence })
  }
})
