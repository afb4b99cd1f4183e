/** What was acknowledged but not committed yet is in the journal, whatever happens to the transaction. */
import { copyFile, open, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openStorage } from '../../../src/storage/open.js'
import type { NewEvent, Storage } from '../../../src/storage/port.js'
import { Journal } from '../../../src/storage/sqlite/journal.js'
import { RemoteStorage } from '../../../src/storage/sqlite/remote.js'
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

/** A database with one client, and a writer of it that a test can end as a crash would. */
async function crashing(t: Test): Promise<{ path: string; writer: RemoteStorage }> {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const writer = await RemoteStorage.start({ path, readonly: false, maxCallAgeMs: MAX_CALL_AGE_MS })
  t.teardown(() => writer.terminate())
  await writer.call('createClient', newClient('client-a'))
  return { path, writer }
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

t.test('what was acknowledged and not committed when the writer died is there when the store opens', async (t) => {
  const { path, writer } = await crashing(t)
  await writer.call('recordBatch', [event(0), event(1)])
  await writer.call('recordBatch', [event(2), event(3)])
  t.equal(committed(path), 0)
  await writer.terminate()
  t.strictSame(await stored(path), { times: [3, 2, 1, 0], total: 4, calls: 2 })
  t.strictSame(await stored(path), { times: [3, 2, 1, 0], total: 4, calls: 2 }, 'and once')
})

t.test('events that nothing tells from a repeat are made again as often as they came', async (t) => {
  const { path, writer } = await crashing(t)
  const nameless = event(0, { data: {}, timestamp: null })
  for (let n = 0; n < 3; n++) await writer.call('recordBatch', [nameless])
  await writer.commit()
  await writer.call('recordBatch', [nameless])
  await writer.terminate()
  t.match(await stored(path), { total: 4 })
})

t.test('a record that was cut short or damaged was not acknowledged, and is not taken for one', async (t) => {
  const { path, writer } = await crashing(t)
  const journal = `${path}.journal`
  await writer.call('recordBatch', [event(0)])
  const { size: whole } = await stat(journal)
  await writer.call('recordBatch', [event(1)])
  await writer.terminate()
  const { size } = await stat(journal)

  const damaged = `${path}-damaged`
  for (const suffix of ['', '.journal']) await copyFile(`${path}${suffix}`, `${damaged}${suffix}`)
  const file = await open(`${damaged}.journal`, 'r+')
  await file.write('x', whole + 50)
  await file.close()
  t.match(await stored(damaged), { times: [0] })

  const cut = await open(journal, 'r+')
  await cut.truncate(size - 1)
  await cut.close()
  t.match(await stored(path), { times: [0] })
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
  const { path, writer } = await crashing(t)
  await writer.call('recordBatch', [event(0), event(1)])
  await t.rejects(writer.call('recordBatch', [event(2), event(3, { clientId: 'nobody' })]), { message: /no ledger/ })
  await writer.call('recordBatch', [event(2)])
  await writer.terminate()
  t.strictSame(await stored(path), { times: [2, 1, 0], total: 3, calls: 1 })
})

t.test('a transaction that cannot be committed is refused to readers, and made again when it can', async (t) => {
  const { path, writer } = await crashing(t)
  const other = new SQLite(path)
  other.exec(`create trigger refuse before insert on calls begin select raise(fail, 'refused'); end`)
  await writer.call('recordBatch', [event(0), event(1)])
  await t.rejects(writer.commit(), { message: /refused/ })
  await t.rejects(writer.call('ping'), { message: /refused/ })
  await t.rejects(writer.call('recordBatch', [event(2)]), { message: /refused/ }, 'nothing is added to what is lost')
  other.exec('drop trigger refuse')
  other.close()
  await writer.commit()
  t.equal(committed(path), 2)
  await writer.close()
  t.strictSame(await stored(path), { times: [1, 0], total: 2, calls: 1 })
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

t.test('events that nobody reads are committed after a while, and many at once', async (t) => {
  const { path, writer } = await crashing(t)
  await writer.call('recordBatch', [event(0)])
  while (committed(path) === 0) await wait(50)
  t.equal(committed(path), 1)
  const many = Array.from({ length: 4096 }, (_, n) => event(n + 1))
  await writer.call('recordBatch', many)
  t.equal(committed(path), 4097)
})

t.test('a store that closes while another process holds the database keeps its journal', async (t) => {
  const { path, writer } = await crashing(t)
  await writer.call('recordBatch', [event(0)])
  await t.rejects(writer.call('recordBatch', [event(1, { clientId: 'nobody' })]))
  const other = new SQLite(path)
  other.exec('begin immediate')
  await writer.close()
  other.exec('rollback')
  other.close()
  t.match(await stored(path), { times: [0] })
})
