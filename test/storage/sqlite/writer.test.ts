/** What was acknowledged but not committed yet is in the log, whatever happens to the transaction. */
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import type { NewEvent } from '../../../src/storage/port/events.js'
import type { Storage } from '../../../src/storage/port/storage.js'
import { runMethod, type WriteMethod } from '../../../src/storage/sql/methods.js'
import { storeContext } from '../../../src/storage/sql/session.js'
import { SqliteConnection } from '../../../src/storage/sqlite/connection.js'
import { Writer } from '../../../src/storage/sqlite/writer.js'
import { eventually } from '../../helpers/deadline.js'
import { newClient, newEvent, scratchFolder } from '../../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000

t.setTimeout(400_000)
const EVERYTHING = {
  clientId: 'client-a',
  range: OPEN_RANGE,
  customerId: null,
  event: null,
  direction: null,
  pageSize: 500,
  position: { page: 1 },
}

/** Longer than any test runs: the writer never acts by itself. */
const NEVER_MS = 2 ** 30
const BY_ITSELF_NEVER = { idleMs: NEVER_MS, longestMs: NEVER_MS, retryMs: 1 }

/** The n-th event: every third one of a call, so that each call takes several. */
function event(n: number, members: Partial<NewEvent> = {}): NewEvent {
  const data = { callSid: `CA${String(Math.floor(n / 3))}`, customerData: { customerId: `C${String(n % 2)}` } }
  return newEvent({
    event: ['dialing', 'connected', 'callEnded'][n % 3] as string,
    data,
    occurredAt: 1e12 + n,
    ...members,
  })
}

type Timing = Parameters<typeof Writer.open>[4]

async function openWriter(path: string, troubles: string[] = [], timing: Timing = {}) {
  const connection = new SqliteConnection(path, 'writer')
  const events = { trouble: (trouble: string) => troubles.push(trouble), committed: () => undefined }
  const writer = await Writer.open(connection, `${path}.log`, storeContext(MAX_CALL_AGE_MS, 0), events, timing)
  return { writer, connection }
}

interface Writing {
  readonly path: string
  readonly record: (...events: NewEvent[]) => Promise<unknown>
  readonly write: (method: WriteMethod, ...args: unknown[]) => Promise<unknown>
  readonly writer: Writer
  readonly close: () => Promise<void>
  readonly connection: SqliteConnection
  readonly troubles: string[]
  /** The disk as a crash of the process would leave it now: path of a copy. */
  readonly crashed: () => string
  /** The disk as a cut of the power may leave it: without any commit that no checkpoint has put into the database. */
  readonly powerless: () => string
}

/** A database with one client, and a writer of it. It commits when the test waits, or says so. */
async function writing(t: Test, timing: Timing = {}): Promise<Writing> {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const troubles: string[] = []
  const { writer, connection } = await openWriter(path, troubles, { ...BY_ITSELF_NEVER, ...timing })
  let closed: Promise<void> | null = null
  const close = () => (closed ??= writer.close())
  t.teardown(close)
  const write = (method: WriteMethod, ...args: unknown[]) => writer.write(JSON.stringify([method, args]))
  await write('createClient', newClient('client-a'))
  let images = 0
  const image = (suffixes: readonly string[]): string => {
    images += 1
    const copy = `${path}-${String(images)}`
    for (const suffix of suffixes)
      if (existsSync(`${path}${suffix}`)) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`)
    cpSync(`${path}.log`, `${copy}.log`, { recursive: true, filter: (name) => !/owner/.test(name) })
    return copy
  }
  return {
    path,
    record: (...events) => write('recordBatch', events),
    write,
    writer,
    close,
    connection,
    troubles,
    crashed: () => image(['', '-wal']),
    powerless: () => image(['']),
  }
}

type Read = 'listEvents' | 'callsInMonth' | 'customerHistory' | 'clientByKeyHash'

/** A store that opens on these files, without its threads. */
async function storeAt(path: string) {
  const troubles: string[] = []
  const { writer, connection } = await openWriter(path, troubles, BY_ITSELF_NEVER)
  const write = (method: WriteMethod, ...args: unknown[]) => writer.write(JSON.stringify([method, args]))
  const read = async <M extends Read>(method: M, ...args: Parameters<Storage[M]>) => {
    await writer.commit()
    const session = { ...storeContext(MAX_CALL_AGE_MS, 0), tx: connection, unsettled: new Map() }
    return (await runMethod(session, method, args)) as Awaited<ReturnType<Storage[M]>>
  }
  const times = async () => (await read('listEvents', EVERYTHING)).events.map(({ occurredAt }) => occurredAt - 1e12)
  return { writer, troubles, write, read, times, close: () => writer.close() }
}

const SEPTEMBER = { first: '2001-09-01', last: '2001-09-30' }

/** What a store that opens on these files finds: times of the events, newest first, and what the tallies count. */
async function stored(path: string): Promise<{ times: number[]; total: number; calls: number }> {
  const { read, times, close } = await storeAt(path)
  try {
    const { total } = await read('listEvents', EVERYTHING)
    return { times: await times(), total, calls: await read('callsInMonth', 'client-a', SEPTEMBER) }
  } finally {
    await close()
  }
}

/** A statement of the connection fails as one does on a full disk, until the test says that there is room again. */
function fullDisk(connection: SqliteConnection, method: 'exec' | 'run', start: string): { readonly end: () => void } {
  const real = connection[method].bind(connection) as (...args: unknown[]) => void
  const failing = (...args: unknown[]): void => {
    if (String(args[0]).startsWith(start)) {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    }
    real(...args)
  }
  Object.assign(connection, { [method]: failing })
  return { end: () => Reflect.deleteProperty(connection, method) }
}

const committed = (path: string): unknown => {
  const other = new SQLite(path, { readonly: true })
  try {
    return other.prepare('select count(*) from events').pluck().get()
  } finally {
    other.close()
  }
}

t.test('what was acknowledged and not committed at a crash is there when the store opens', async (t) => {
  const { record, crashed } = await writing(t)
  await record(event(0), event(1))
  await record(event(2), event(3))
  const image = crashed()
  t.strictSame(await stored(image), { times: [3, 2, 1, 0], total: 4, calls: 2 })
  t.strictSame(await stored(image), { times: [3, 2, 1, 0], total: 4, calls: 2 }, 'and once')
})

t.test('a crash at any moment leaves what was acknowledged until then, and no more', async (t) => {
  const { record, writer, crashed, powerless } = await writing(t)
  const images: string[][] = []
  for (let n = 0; n < 8; n++) {
    await record(event(n))
    if (n % 3 === 1) await writer.commit()
    images.push([crashed(), powerless()])
  }
  for (const [n, pair] of images.entries()) {
    const times = Array.from({ length: n + 1 }, (_, older) => n - older)
    for (const image of pair) t.strictSame(await stored(image), { times, total: n + 1, calls: Math.floor(n / 3) + 1 })
  }
})

t.test('a cut of the power that takes every commit since the last checkpoint loses nothing', async (t) => {
  const { record, write, writer, connection, powerless } = await writing(t)
  await record(event(0), event(1))
  await writer.commit()
  await writer.checkpointed({ applied: 2, ...connection.checkpoint('passive') })
  await write('saveCustomer', 'client-a', 'C9', { name: 'Saved' }, 1e12)
  await record(event(2))
  await writer.commit()
  await write('dropBefore', 'client-a', 1e12 - 86_400_000, 10)
  await write('updateClient', 'client-a', { timezone: 'UTC' })
  await record(event(3), event(4))
  const image = powerless()
  t.strictSame(await stored(image), { times: [4, 3, 2, 1, 0], total: 5, calls: 2 })
  const storage = await storeAt(image)
  t.match(await storage.read('customerHistory', 'client-a', 'C9', { calls: 0, events: 0 }), {
    customer: { profile: { name: 'Saved' } },
  })
  t.match(await storage.read('clientByKeyHash', 'hash of client-a'), { timezone: 'UTC' })
  await storage.close()
})

t.test('damage in the log is told, and what is valid behind it is applied', async (t) => {
  const { record, crashed } = await writing(t)
  for (let n = 0; n < 5; n++) await record(event(n * 3))
  const image = crashed()
  const [segment] = readdirSync(`${image}.log`).filter((name) => /^\d+$/.test(name))
  const bytes = readFileSync(join(`${image}.log`, String(segment)))
  // The first record is the client's.
  bytes[3 * 4096 + 200] = 0
  writeFileSync(join(`${image}.log`, String(segment)), bytes)
  const { troubles, times, close } = await storeAt(image)
  t.strictSame(await times(), [12, 9, 3, 0])
  t.match(troubles.join('\n'), /no valid record at byte 12288/)
  t.match(troubles.join('\n'), /are missing/)
  t.ok(readdirSync(`${image}.log`).some((name) => name.startsWith('damaged-')))
  await close()
})

t.test('a write that can never be applied is set aside whole, and the rest goes on', async (t) => {
  const { record, crashed } = await writing(t)
  await record(event(0), event(3), event(6))
  await record(event(9))
  const image = crashed()
  const other = new SQLite(image)
  const trigger = `create trigger refuse before insert on events when new.occurred_at = ${String(1e12 + 3)} begin select raise(abort, 'refused'); end`
  other.exec(trigger)
  other.close()
  const { writer, troubles, write, read, times, close } = await storeAt(image)
  t.strictSame(await times(), [9, 6, 0])
  t.match(troubles, [/set aside \(recordBatch\): refused/])
  const [aside, ...others] = await writer.setAsideWrites(10)
  t.strictSame(others, [])
  t.match(aside, { method: 'recordBatch', error: 'refused' })
  t.match(JSON.parse(String(aside?.args)), [[{ occurredAt: 1e12 + 3, data: { callSid: 'CA1' } }]])
  t.equal(await writer.retrySetAside(Number(aside?.id)), false)
  t.equal((await writer.setAsideWrites(10)).length, 1)
  t.match(await write('recordBatch', [event(12)]), [{ status: 'created' }], 'nobody else is held up')
  await writer.commit()
  const again = new SQLite(image)
  again.exec('drop trigger refuse')
  again.close()
  t.equal(await writer.retrySetAside(Number(aside?.id)), true)
  t.equal(await writer.retrySetAside(Number(aside?.id)), false)
  t.strictSame(await writer.setAsideWrites(10), [])
  t.strictSame(await times(), [12, 9, 6, 3, 0])
  t.equal(await read('callsInMonth', 'client-a', SEPTEMBER), 5)
  await close()
})

t.test('a write whose tallies can never be written is set aside, and nobody waits for it', async (t) => {
  const { record, write, writer, connection, troubles, crashed } = await writing(t)
  await write('createClient', newClient('client-b', { apiKeyHash: 'b' }))
  connection.exec(
    "create trigger refuse before insert on days when new.client = 1 begin select raise(abort, 'refused'); end",
  )
  await record(event(0), event(0, { clientId: 'client-b' }), event(3, { clientId: 'client-b' }))
  await record(event(6, { clientId: 'client-b' }))
  await writer.commit()
  t.equal(writer.behindSince, null)
  t.match(troubles, [/set aside \(recordBatch\): refused/])
  t.match(await record(event(9, { clientId: 'client-b' })), [{ status: 'created' }])
  await writer.commit()
  t.match(await writer.setAsideWrites(10), [{ method: 'recordBatch', error: 'refused' }])
  const image = crashed()
  const storage = await storeAt(image)
  t.equal(await storage.read('callsInMonth', 'client-b', SEPTEMBER), 4)
  t.equal(await storage.read('callsInMonth', 'client-a', SEPTEMBER), 0)
  t.equal(storage.writer.behindSince, null)
  await storage.close()
  connection.exec('drop trigger refuse')
  t.equal(await writer.retrySetAside(1), true)
  t.equal(committed(image.replace(/-1$/, '')), 5)
})

t.test('what a write that was set aside had looked up is forgotten with it', async (t) => {
  const { record, writer, connection } = await writing(t)
  connection.exec("create trigger refuse before insert on days begin select raise(abort, 'refused'); end")
  // A nameless event looks its customer up after it has made the record.
  const data = { phoneNumber: '+911', customerData: { customerId: 'C7' } }
  await record(event(0, { data }))
  await writer.commit()
  connection.exec('drop trigger refuse')
  await record(event(1, { data: { callSid: 'CA9', customerData: { customerId: 'C8' } } }))
  await record(event(2, { data: { callSid: 'CA9', customerData: { customerId: 'C7' } } }))
  await writer.commit()
  const [row] = connection.all<{ customer_id: string }>(
    'select customer_id from calls join customers on customers.number = calls.customer where call_key is not null',
    [],
  )
  t.match(row, { customer_id: 'C7' })
})

t.test('a checkpoint that fails after a commit leaves nothing behind', async (t) => {
  const { record, writer, connection, troubles } = await writing(t)
  await writer.checkpointed({ applied: 0, pages: 1e6, complete: true })
  const checkpoint = t.capture(connection, 'checkpoint', () => {
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' })
  })
  await record(event(0))
  await writer.commit()
  t.equal(checkpoint().length, 1)
  t.equal(writer.behindSince, null)
  t.match(troubles, [/checkpoint failed: disk I\/O error/])
  Reflect.deleteProperty(connection, 'checkpoint')
})

t.test('a checkpoint that another connection makes meanwhile lets go of no record', async (t) => {
  const { connection } = await writing(t)
  t.capture(SQLite.prototype, 'pragma', () => [{ busy: 1, log: -1, checkpointed: -1 }])
  t.strictSame(connection.checkpoint('passive'), { pages: -1, complete: false })
})

t.test('while what was acknowledged cannot be committed, nothing more is acknowledged', async (t) => {
  const { path, record, writer, connection, troubles } = await writing(t)
  await record(event(0))
  t.equal(writer.behindSince, null)
  const disk = fullDisk(connection, 'exec', 'commit')
  await writer.commit()
  t.type(writer.behindSince, 'number')
  await t.rejects(record(event(1)), { name: 'StorageUnavailable', message: /cannot be committed/ })
  await t.rejects(writer.retrySetAside(1), { name: 'StorageUnavailable', message: /cannot be committed/ })
  t.equal(committed(path), 0)
  disk.end()
  await eventually(10_000, 'catching up', () => writer.behindSince === null)
  t.equal(committed(path), 1)
  t.match(await record(event(1)), [{ status: 'created' }])
  t.equal(troubles.length, 1, 'and it is told once')
})

t.test('a batch that fails takes nothing with it that was acknowledged', async (t) => {
  const { record, writer, path, crashed } = await writing(t)
  await record(event(0), event(1))
  await t.rejects(record(event(2), event(3, { clientId: 'nobody' })), { message: /no client/ })
  await writer.commit()
  t.equal(committed(path), 2, 'what was acknowledged can be read at once')
  await record(event(2))
  t.strictSame(await stored(crashed()), { times: [2, 1, 0], total: 3, calls: 1 })
})

t.test('what cannot be committed when its time has come is kept, and committed when it can be', async (t) => {
  const { path, record, writer, connection, crashed, troubles } = await writing(t, { longestMs: 0 })
  const disk = fullDisk(connection, 'exec', 'commit')
  await record(event(0), event(1))
  await eventually(10_000, 'a commit that fails', () => writer.behindSince !== null)
  t.match(troubles, [/cannot be committed: database or disk is full/])
  t.equal(committed(path), 0)
  connection.exec('update log_place set erased = 1')
  t.equal(await writer.forgetErased(), false, 'the log is kept that holds what the database does not')
  t.equal((await stored(crashed())).total, 2, 'also after a crash')
  disk.end()
  await eventually(10_000, 'catching up', () => writer.behindSince === null)
  t.equal(committed(path), 2)
})

t.test(
  'what was erased goes from the logs when nobody reads what was there before, and what follows is kept',
  async (t) => {
    const { path, record, writer, connection, crashed } = await writing(t)
    await record(event(0))
    await writer.commit()
    const other = new SQLite(path, { readonly: true })
    t.teardown(() => other.close())
    other.exec('begin')
    t.equal(committed(path), 1)
    other.prepare('select count(*) from events').get()
    await record(event(1))
    await writer.commit()
    connection.exec('update log_place set erased = 1')
    t.equal(await writer.forgetErased(), false)
    other.exec('rollback')
    t.equal(await writer.forgetErased(), true)
    await record(event(2))
    t.equal((await stored(crashed())).total, 3)
  },
)

t.test('a lost transaction that the full disk keeps from being made again is made later', async (t) => {
  const { path, record, writer, close, connection } = await writing(t, { retryMs: NEVER_MS })
  await record(event(0))
  const disk = fullDisk(connection, 'run', 'insert into events')
  await t.rejects(record(event(1)), { code: 'SQLITE_FULL' })
  await writer.commit()
  t.type(writer.behindSince, 'number')
  disk.end()
  t.equal(committed(path), 0)
  await close()
  t.strictSame(await stored(path), { times: [0], total: 1, calls: 1 })
})

t.test('what the log refuses is answered as refused, and seen by nobody', async (t) => {
  const { path, close } = await writing(t)
  await close()
  const again = await openWriter(path, [], BY_ITSELF_NEVER)
  t.teardown(() => again.writer.close())
  // A device that is always full takes the place of the log's next file.
  symlinkSync('/dev/full', join(`${path}.log`, '000001'))
  const refused = { name: 'StorageUnavailable', message: /ENOSPC/ }
  const send = (method: WriteMethod, ...args: unknown[]) => again.writer.write(JSON.stringify([method, args]))
  await t.rejects(send('recordBatch', [event(0)]), refused)
  await t.rejects(send('recordBatch', [event(1)]), refused, 'one after the other')
  const many = Array.from({ length: 1024 }, (_, n) => event(n))
  await t.rejects(send('recordBatch', many), refused, 'a batch that is committed because it is large')
  const both = [send('createClient', newClient('client-b', { apiKeyHash: 'b' })), send('recordBatch', [event(2)])]
  for (const answer of await Promise.allSettled(both)) t.match(answer, { status: 'rejected', reason: refused })
  await again.writer.commit()
  t.equal(again.writer.behindSince, null)
  t.equal(committed(path), 0)
  t.strictSame(again.connection.all('select client_id from clients', []), [{ client_id: 'client-a' }])
})

t.test('a transaction that cannot be committed holds no read up, and is made again when it can', async (t) => {
  const { path, record, writer, close, connection, troubles } = await writing(t, {
    retryMs: NEVER_MS,
    idleMs: NEVER_MS,
  })
  connection.exec('pragma busy_timeout = 0')
  await record(event(0))
  await t.rejects(record(event(1, { clientId: 'nobody' })))
  const other = new SQLite(path)
  other.exec('begin immediate')
  await writer.commit()
  t.type(writer.behindSince, 'number')
  t.match(troubles[0], /cannot be committed: database is locked/)
  const exec = t.capture(connection, 'exec')
  await writer.commit()
  t.strictSame(exec(), [], 'who reads does not wait for another try')
  Reflect.deleteProperty(connection, 'exec')
  other.exec('rollback')
  other.close()
  await close()
  t.equal(committed(path), 1)
})

t.test('events are committed when no others follow', async (t) => {
  const { path, record } = await writing(t, { idleMs: 1 })
  await record(event(0))
  await eventually(10_000, 'committing', () => committed(path) === 1)
})

t.test('while others follow, events are committed when they are many, or when the first has waited long', async (t) => {
  const many = await writing(t)
  await many.record(...Array.from({ length: 1023 }, (_, n) => event(n)))
  await many.writer.setAsideWrites(1)
  t.equal(committed(many.path), 0)
  await many.record(event(1023))
  await eventually(10_000, 'committing', () => committed(many.path) === 1024)
  const long = await writing(t, { longestMs: 0 })
  await long.record(event(0))
  await eventually(10_000, 'committing', () => committed(long.path) === 1)
})

t.test('a database that does not say where its log goes on is not written to', async (t) => {
  const { path, close } = await writing(t)
  await close()
  const other = new SQLite(path)
  other.exec('delete from log_place')
  other.close()
  await t.rejects(openWriter(path), { message: /does not say where its log goes on/ })
})

t.test('a checkpoint that does not reach the end of the write-ahead log lets go of no record', async (t) => {
  const { record, writer, powerless } = await writing(t)
  await record(event(0))
  await writer.commit()
  await writer.checkpointed({ applied: 2, pages: 9, complete: false })
  t.equal((await stored(powerless())).total, 1)
})

t.test('a store whose last checkpoint fails keeps its log, and says so', async (t) => {
  const { path, record, close, connection, troubles, powerless } = await writing(t)
  await record(event(0))
  t.capture(connection, 'checkpoint', () => {
    throw new Error('disk I/O error')
  })
  await close()
  t.match(troubles, [/last checkpoint failed: disk I\/O error/])
  t.ok(existsSync(join(`${path}.log`, '000001')))
  t.equal((await stored(powerless())).total, 1)
})

t.test('a write of another kind that can never be applied is set aside as well', async (t) => {
  const { write, crashed } = await writing(t)
  await write('saveCustomer', 'client-a', 'C9', { name: 'Saved' }, 1e12)
  const image = crashed()
  const other = new SQLite(image)
  other.exec("create trigger refuse before insert on customers begin select raise(abort, 'refused'); end")
  other.close()
  const { writer } = await openWriter(image)
  t.match(await writer.setAsideWrites(10), [{ method: 'saveCustomer', error: 'refused' }])
  await writer.close()
})

t.test('a write that is tried again and cannot be committed stays set aside, and the rest goes on', async (t) => {
  const { path, record, writer, connection } = await writing(t)
  connection.exec("create trigger refuse before insert on days begin select raise(abort, 'refused'); end")
  await record(event(0))
  await writer.commit()
  connection.exec('drop trigger refuse')
  const disk = fullDisk(connection, 'run', 'delete from set_aside')
  await t.rejects(writer.retrySetAside(1), { code: 'SQLITE_FULL' })
  disk.end()
  t.equal(committed(path), 0)
  t.equal((await writer.setAsideWrites(10)).length, 1)
  await record(event(3))
  t.equal(await writer.retrySetAside(1), true)
  t.equal(committed(path), 2)
})

t.test('pages that cannot be kept take nothing with them that was acknowledged', async (t) => {
  const { path, record, writer } = await writing(t)
  await record(event(0))
  const page = {
    client: 1,
    dimension: 'customer',
    period: '2001-08',
    built_at: 1,
    body: new Uint8Array(3),
    zone: 'Asia/Kolkata',
    erasures: 0,
  }
  await writer.savePages([page])
  await t.rejects(writer.savePages([{ ...page, client: 99 }]))
  await writer.commit()
  t.equal(committed(path), 1)
  // They were read before somebody was erased.
  await writer.savePages([
    { ...page, period: '2001-09', erasures: 7 },
    { ...page, period: '2001-10' },
  ])
  await writer.commit()
  const database = new SQLite(path, { readonly: true })
  t.strictSame(database.prepare('select period from pages').pluck().all(), ['2001-10'])
  database.close()
})

t.test('a second process on the same file writes without the log, on disk when it is answered', async (t) => {
  const { path, record, writer } = await writing(t)
  await record(event(0))
  await writer.commit()
  const other = await storeAt(path)
  t.match(await other.write('recordBatch', [event(1)]), [{ status: 'created' }])
  t.equal(await other.write('createClient', newClient('client-b')), true)
  t.equal(committed(path), 2)
  await record(event(2))
  await writer.commit()
  t.equal((await other.read('listEvents', EVERYTHING)).total, 3, 'and both see what the other wrote')
  t.match(await other.write('recordBatch', [event(1)]), [{ status: 'duplicate' }])
  await other.close()
  await record(event(3))
  await writer.commit()
  t.equal(committed(path), 4)
})
