/** What was acknowledged but not committed yet is in the journal, whatever happens to the transaction. */
import { copyFileSync, statSync } from 'node:fs'
import { open, rm, symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openStorage } from '../../../src/storage/open.js'
import type { NewEvent, Storage } from '../../../src/storage/port.js'
import { migrate } from '../../../src/storage/sql/migrations.js'
import { SqlStorage } from '../../../src/storage/sql/sql-storage.js'
import { openConnection } from '../../../src/storage/sqlite/connection.js'
import { Journal } from '../../../src/storage/sqlite/journal.js'
import { JournaledWriter } from '../../../src/storage/sqlite/journaled-writer.js'
import { eventually } from '../../helpers/deadline.js'
import { newClient, newEvent, scratchFolder } from '../../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000
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

function openAt(path: string): Promise<Storage> {
  return openStorage({ url: `file:${path}`, maxCallAgeMs: MAX_CALL_AGE_MS })
}

interface Writing {
  readonly path: string
  readonly record: (...events: NewEvent[]) => Promise<unknown>
  readonly writer: JournaledWriter
  /** The disk as a crash would leave it now: path of a copy of the database. */
  readonly crashed: () => string
}

/** A database with one client, and a writer of it. It commits when the test waits, or says so. */
async function writing(t: Test): Promise<Writing> {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const engine = openConnection({ path, readonly: false })
  await migrate(engine)
  await new SqlStorage(engine, { maxCallAgeMs: MAX_CALL_AGE_MS }).createClient(newClient('client-a'))
  const writer = await JournaledWriter.open(engine, `${path}.journal`, MAX_CALL_AGE_MS)
  t.teardown(async () => {
    await writer.close()
    await engine.close()
  })
  let crashes = 0
  const crashed = (): string => {
    crashes += 1
    const image = `${path}-${String(crashes)}`
    for (const suffix of ['', '-wal', '.journal']) copyFileSync(`${path}${suffix}`, `${image}${suffix}`)
    return image
  }
  return { path, record: (...events) => writer.record(JSON.stringify(events)), writer, crashed }
}

/** Sequence numbers, newest event first, and what the tallies count. */
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
  const { record, writer, crashed } = await writing(t)
  const images: string[] = []
  for (let n = 0; n < 8; n++) {
    await record(event(n))
    if (n % 3 === 1) await writer.commit()
    images.push(crashed())
  }
  for (const [n, image] of images.entries()) {
    const times = Array.from({ length: n + 1 }, (_, older) => n - older)
    t.strictSame(await stored(image), { times, total: n + 1, calls: Math.floor(n / 3) + 1 })
  }
})

t.test('events that nothing tells from a repeat are made again as often as they came', async (t) => {
  const { record, writer, crashed } = await writing(t)
  const nameless = event(0, { data: {}, timestamp: null })
  for (let n = 0; n < 3; n++) await record(nameless)
  await writer.commit()
  await record(nameless)
  t.match(await stored(crashed()), { total: 4 })
})

t.test('a record that was cut short or damaged was not acknowledged, and is not taken for one', async (t) => {
  const { path, record, crashed } = await writing(t)
  await record(event(0))
  const { size: whole } = statSync(`${path}.journal`)
  await record(event(1))
  const [damaged, cut] = [crashed(), crashed()]

  const file = await open(`${damaged}.journal`, 'r+')
  await file.write('x', whole + 50)
  await file.close()
  t.match(await stored(damaged), { times: [0] })

  await truncate(`${cut}.journal`, statSync(`${cut}.journal`).size - 1)
  t.match(await stored(cut), { times: [0] })
})

t.test('what is left of earlier transactions, and of another database, is not taken for new', async (t) => {
  const path = join(await scratchFolder(t), 'a.journal')
  const journal = await Journal.open(path)
  const read = (mark: string, number: number): string[] => [...journal.readFrom({ mark, number })]
  t.strictSame(read('a', 7), [])
  for (const text of ['one', 'two', 'three']) journal.append(text)
  t.strictSame(read('a', 7), ['one', 'two', 'three'])
  t.equal(journal.number, 10)
  t.strictSame(read('a', 10), [], 'all is committed')
  t.equal(journal.bytes, 0)
  journal.append('ONE')
  t.strictSame(read('a', 10), ['ONE'], 'the first was written over, the others belong to it no more')
  t.strictSame(read('b', 10), [], 'the journal of another database')
  t.strictSame(read('a', 9), [])
  journal.close()
})

t.test('a batch that fails takes nothing with it that was acknowledged', async (t) => {
  const { record, crashed } = await writing(t)
  await record(event(0), event(1))
  await t.rejects(record(event(2), event(3, { clientId: 'nobody' })), { message: /no ledger/ })
  await record(event(2))
  t.strictSame(await stored(crashed()), { times: [2, 1, 0], total: 3, calls: 1 })
})

t.test('a transaction that cannot be committed is refused to readers, and made again when it can', async (t) => {
  const { path, record, writer, crashed } = await writing(t)
  const other = new SQLite(path)
  other.exec(`create trigger refuse before insert on calls begin select raise(fail, 'refused'); end`)
  await record(event(0), event(1))
  await wait(50)
  t.equal(committed(path), 0)
  await t.rejects(writer.commit(), { message: /refused/ })
  await t.rejects(record(event(2)), { message: /refused/ }, 'nothing is added to what is lost')
  other.exec('drop trigger refuse')
  other.close()
  await writer.commit()
  t.equal(committed(path), 2)
  t.strictSame(await stored(crashed()), { times: [1, 0], total: 2, calls: 1 })
})

t.test('events that cannot be journaled are refused, and the store goes on when they can', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  await symlink('/dev/full', `${path}.journal`)
  const full = await openAt(path)
  await full.createClient(newClient('client-a'))
  await t.rejects(full.record(event(0)), { name: 'StorageUnavailable', message: /ENOSPC/ })
  await full.close()
  await rm(`${path}.journal`)
  const storage = await openAt(path)
  t.match(await storage.record(event(0)), { status: 'created' })
  await storage.close()
})

t.test('events are committed when no others follow, and when they are many', async (t) => {
  const { path, record } = await writing(t)
  await record(event(0))
  t.equal(committed(path), 0)
  await eventually(1000, 'committing', () => Promise.resolve(committed(path) === 1))
  await record(...Array.from({ length: 1024 }, (_, n) => event(n + 1)))
  t.equal(committed(path), 1025)
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

t.test('what cannot be committed because another process holds the database is kept', async (t) => {
  const { path, record, writer, crashed } = await writing(t)
  await record(event(0))
  await t.rejects(record(event(1, { clientId: 'nobody' })))
  const other = new SQLite(path)
  other.exec('begin immediate')
  await t.rejects(writer.commit(), { message: /locked/ })
  const image = crashed()
  other.close()
  t.match(await stored(image), { times: [0] })
})
