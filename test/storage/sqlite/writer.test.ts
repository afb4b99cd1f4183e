/** What was acknowledged but not committed yet is in the log, whatever happens to the transaction. */
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openStorage } from '../../../src/storage/open.js'
import type { NewEvent, Storage } from '../../../src/storage/port.js'
import type { WriteMethod } from '../../../src/storage/sql/methods.js'
import { storeContext } from '../../../src/storage/sql/session.js'
import { SqliteConnection } from '../../../src/storage/sqlite/connection.js'
import { Writer } from '../../../src/storage/sqlite/writer.js'
import { eventually } from '../../helpers/deadline.js'
import { newClient, newEvent, scratchFolder } from '../../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000

t.setTimeout(120_000)
const EVERYTHING = {
  clientId: 'client-a',
  range: OPEN_RANGE,
  customerId: null,
  event: null,
  direction: null,
  pageSize: 500,
  position: { page: 1 },
}

/** So that no timer runs meanwhile. */
function sleepWithoutGivingWay(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

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

function openAt(path: string, troubles: string[] = []): Promise<Storage> {
  return openStorage({
    url: `file:${path}`,
    maxCallAgeMs: MAX_CALL_AGE_MS,
    onTrouble: (trouble) => troubles.push(trouble),
  })
}

interface Writing {
  readonly path: string
  readonly record: (...events: NewEvent[]) => Promise<unknown>
  readonly write: (method: WriteMethod, ...args: unknown[]) => Promise<unknown>
  readonly writer: Writer
  readonly connection: SqliteConnection
  readonly troubles: string[]
  /** The disk as a crash of the process would leave it now: path of a copy. */
  readonly crashed: () => string
  /** The disk as a cut of the power may leave it: without any commit that no checkpoint has put into the database. */
  readonly powerless: () => string
}

/** A database with one client, and a writer of it. It commits when the test waits, or says so. */
async function writing(t: Test): Promise<Writing> {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const connection = new SqliteConnection(path, 'writer')
  const troubles: string[] = []
  const writer = await Writer.open(connection, `${path}.log`, storeContext(MAX_CALL_AGE_MS, 0), {
    trouble: (trouble) => troubles.push(trouble),
    committed: () => undefined,
  })
  t.teardown(() => writer.close())
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
    connection,
    troubles,
    crashed: () => image(['', '-wal']),
    powerless: () => image(['']),
  }
}

/** Times of the events, newest first, and what the tallies count. */
async function stored(path: string): Promise<{ times: number[]; total: number; calls: number }> {
  const storage = await openAt(path)
  try {
    const { events, total } = await storage.listEvents(EVERYTHING)
    const calls = await storage.callsInMonth('client-a', { first: '2001-09-01', last: '2001-09-30' })
    return { times: events.map(({ occurredAt }) => occurredAt - 1e12), total, calls }
  } finally {
    await storage.close()
  }
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
  const { path, record, crashed } = await writing(t)
  await record(event(0), event(1))
  await record(event(2), event(3))
  t.equal(committed(path), 0)
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
  const { pages, copied } = connection.checkpoint('passive')
  await writer.checkpointed({ applied: 2, pages, copied })
  await write('saveCustomer', 'client-a', 'C9', { name: 'Saved' }, 1e12)
  await record(event(2))
  await writer.commit()
  await write('dropBefore', 'client-a', 1e12 - 86_400_000, 10)
  await write('changeTimezone', 'client-a', 'UTC')
  await record(event(3), event(4))
  const image = powerless()
  t.strictSame(await stored(image), { times: [4, 3, 2, 1, 0], total: 5, calls: 2 })
  const storage = await openAt(image)
  t.match(await storage.customerHistory('client-a', 'C9', { calls: 0, events: 0 }), {
    customer: { profile: { name: 'Saved' } },
  })
  t.match(await storage.clientByKeyHash('hash of client-a'), { timezone: 'UTC' })
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
  const troubles: string[] = []
  const storage = await openAt(image, troubles)
  const { events } = await storage.listEvents(EVERYTHING)
  t.strictSame(
    events.map(({ occurredAt }) => occurredAt - 1e12),
    [12, 9, 3, 0],
  )
  t.match(troubles.join('\n'), /no valid record at byte 12288/)
  t.match(troubles.join('\n'), /are missing/)
  t.ok(readdirSync(`${image}.log`).some((name) => name.startsWith('damaged-')))
  await storage.close()
})

t.test('a write that can never be applied is set aside whole, and the rest goes on', async (t) => {
  const { record, writer, crashed } = await writing(t)
  await record(event(0), event(3), event(6))
  await record(event(9))
  const image = crashed()
  const other = new SQLite(image)
  const trigger = `create trigger refuse before insert on events when new.occurred_at = ${String(1e12 + 3)} begin select raise(abort, 'refused'); end`
  other.exec(trigger)
  other.close()
  const troubles: string[] = []
  const storage = await openAt(image, troubles)
  const times = async () => (await storage.listEvents(EVERYTHING)).events.map(({ occurredAt }) => occurredAt - 1e12)
  t.strictSame(await times(), [9, 6, 0])
  t.match(troubles, [/set aside \(recordBatch\): refused/])
  const [aside, ...others] = await storage.setAsideWrites(10)
  t.strictSame(others, [])
  t.match(aside, { method: 'recordBatch', error: 'refused' })
  t.match(JSON.parse(String(aside?.args)), [[{ occurredAt: 1e12 + 3, data: { callSid: 'CA1' } }]])
  t.equal(await storage.retrySetAside(Number(aside?.id)), false)
  t.equal((await storage.setAsideWrites(10)).length, 1)
  t.match(await storage.record(event(12)), { status: 'created' }, 'nobody else is held up')
  const again = new SQLite(image)
  again.exec('drop trigger refuse')
  again.close()
  t.equal(await storage.retrySetAside(Number(aside?.id)), true)
  t.equal(await storage.retrySetAside(Number(aside?.id)), false)
  t.strictSame(await storage.setAsideWrites(10), [])
  t.strictSame(await times(), [12, 9, 6, 3, 0])
  t.equal(await storage.callsInMonth('client-a', { first: '2001-09-01', last: '2001-09-30' }), 5)
  await storage.close()
  await writer.commit()
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

t.test('while nothing can be committed, what is acknowledged is kept, and it is said since when', async (t) => {
  const { path, record, writer, connection, troubles, crashed } = await writing(t)
  await record(event(0))
  await writer.commit()
  t.equal(writer.behindSince, null)
  // As a full disk does: the database cannot grow.
  connection.exec('pragma max_page_count = 1')
  await record(...Array.from({ length: 300 }, (_, n) => event(3 + n))).catch(() => undefined)
  await writer.commit()
  const before = Date.now()
  const outcome = await record(event(1)).then(
    () => 'acknowledged',
    (error: unknown) => (error as { code: string }).code,
  )
  t.ok(outcome === 'acknowledged' || outcome === 'SQLITE_FULL')
  t.equal(committed(path), 1)
  await writer.commit()
  connection.exec('pragma max_page_count = 1000000')
  await eventually(5000, 'catching up', () => writer.behindSince === null)
  await record(event(2))
  await writer.commit()
  t.ok(Date.now() >= before)
  const { times } = await stored(crashed())
  t.equal(times.includes(1), outcome === 'acknowledged')
  t.ok(times.includes(2))
  t.ok(troubles.length <= 3)
})

t.test('a transaction that cannot be committed holds no read up, and is made again when it can', async (t) => {
  const { path, record, writer, troubles } = await writing(t)
  await record(event(0))
  await t.rejects(record(event(1, { clientId: 'nobody' })))
  const other = new SQLite(path)
  other.exec('begin immediate')
  const behind = writer.commit()
  await behind
  t.type(writer.behindSince, 'number')
  t.match(troubles[0], /cannot be committed: database is locked/)
  const start = performance.now()
  await writer.commit()
  t.ok(performance.now() - start < 1000, 'who reads is not made to wait for another try')
  other.exec('rollback')
  other.close()
  await eventually(15_000, 'catching up', () => writer.behindSince === null)
  t.equal(committed(path), 1)
})

t.test('events are committed when no others follow, and when they are many', async (t) => {
  const { path, record } = await writing(t)
  await record(event(0))
  t.equal(committed(path), 0)
  await eventually(1000, 'committing', () => committed(path) === 1)
  await record(...Array.from({ length: 1024 }, (_, n) => event(n + 1)))
  await eventually(1000, 'committing', () => committed(path) === 1025)
})

t.test('while others follow, events are committed every tenth of a second', async (t) => {
  const { path, record } = await writing(t)
  const start = performance.now()
  let n = 0
  while (committed(path) === 0) {
    await record(event(n++))
    sleepWithoutGivingWay(10)
  }
  t.ok(performance.now() - start >= 100)
  t.ok(n < 1024)
})

t.test('a second process on the same file writes without the log, on disk when it is answered', async (t) => {
  const { path, record, writer } = await writing(t)
  await record(event(0))
  await writer.commit()
  const other = await openAt(path)
  t.match(await other.record(event(1)), { status: 'created' })
  t.equal(await other.createClient(newClient('client-b')), true)
  t.equal(committed(path), 2)
  await record(event(2))
  await writer.commit()
  t.equal((await other.listEvents(EVERYTHING)).total, 3, 'and both see what the other wrote')
  t.match(await other.record(event(1)), { status: 'duplicate' })
  await other.close()
  await record(event(3))
  await writer.commit()
  t.equal(committed(path), 4)
})
