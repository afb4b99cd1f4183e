import { existsSync, renameSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { StorageUnavailable } from '../../../src/storage/errors.js'
import { openStorage, databasePath } from '../../../src/storage/open.js'
import { SqliteConnection } from '../../../src/storage/sqlite/connection.js'
import { Readers } from '../../../src/storage/sqlite/readers.js'
import { StorageThread } from '../../../src/storage/sqlite/thread.js'
import { eventually } from '../../helpers/deadline.js'
import { newClient, newEvent, scratchFolder } from '../../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000
const EVERYTHING = {
  clientId: 'client-a',
  range: OPEN_RANGE,
  customerId: null,
  event: null,
  direction: null,
  pageSize: 9,
  position: { page: 1 },
}
const event = (n: number) => newEvent({ event: 'dialing', data: { callSid: `CA${String(n)}` }, occurredAt: 1e12 + n })
const open = (path: string) => openStorage({ url: `file:${path}`, maxCallAgeMs: MAX_CALL_AGE_MS })

t.setTimeout(400_000)

t.test('a file that is no database, or a folder, is refused with a sentence', async (t) => {
  const folder = await scratchFolder(t)
  await writeFile(join(folder, 'text.db'), 'this is no database, but it is long enough to look like one'.repeat(20))
  await t.rejects(open(join(folder, 'text.db')), { message: /SQLITE_NOTADB/ })
  await mkdir(join(folder, 'folder.db'))
  await t.rejects(open(join(folder, 'folder.db')), { name: 'StorageUnavailable', message: /SQLITE_CANTOPEN/ })
})

t.test('a store that cannot be opened leaves no thread behind that tries again', async (t) => {
  const path = join(await scratchFolder(t), 'text.db')
  await writeFile(path, 'this is no database, but it is long enough to look like one'.repeat(20))
  const troubles: string[] = []
  const emit = Reflect.get(Worker.prototype, 'emit') as (...args: unknown[]) => unknown
  const emitted = t.capture(Worker.prototype, 'emit', emit)
  const opened = openStorage({
    url: `file:${path}`,
    maxCallAgeMs: MAX_CALL_AGE_MS,
    onTrouble: (trouble) => troubles.push(trouble),
  })
  await t.rejects(opened, { message: /SQLITE_NOTADB/ })
  t.ok(
    emitted().some(({ args: [name] }) => name === 'exit'),
    'the thread has ended',
  )
  t.strictSame(troubles, [])
})

t.test('a database with tables of another program is left as it is', async (t) => {
  const path = join(await scratchFolder(t), 'other.db')
  const other = new SQLite(path)
  other.exec('create table clients (name text)')
  await t.rejects(open(path), { message: /already exists/ })
  t.strictSame(
    other.prepare("select name from sqlite_schema where name in ('clients', 'events', 'ribbon_schema')").pluck().all(),
    ['clients'],
  )
  other.close()
})

t.test('stores that start together on an empty file share one schema', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const stores = await Promise.all([1, 2, 3].map(() => open(path)))
  for (const store of stores) {
    await store.ping()
    await store.close()
  }
  const again = await open(path)
  t.equal(await again.createClient(newClient('client-a')), true)
  await again.close()
})

t.test('statements are kept prepared, but not without end', async (t) => {
  const connection = new SqliteConnection(join(await scratchFolder(t), 'ribbon.db'), 'writer')
  for (let n = 0; n < 600; n++) {
    const [row] = connection.all<{ n: number }>(`select ${String(n)} as n`, [])
    if (row?.n !== n) t.fail(`statement ${String(n)} answers ${String(row?.n)}`)
  }
  connection.close()
})

t.test('a file URL is a path, relative to the working folder without slashes', async (t) => {
  t.equal(databasePath('file:./data/x.db'), join(process.cwd(), 'data/x.db'))
  t.equal(databasePath('file:///var/x%20y.db'), '/var/x y.db')
})

t.test(
  'while another process holds the store, writes wait or fail, and reads answer from what was committed',
  async (t) => {
    const path = join(await scratchFolder(t), 'ribbon.db')
    const storage = await open(path)
    t.teardown(() => storage.close())
    await storage.createClient(newClient('client-a'))
    await storage.record(event(1))
    t.equal((await storage.listEvents(EVERYTHING)).total, 1)
    const other = new SQLite(path)
    other.exec('begin immediate')
    const refused = t.rejects(storage.record(event(2)), { name: 'StorageUnavailable' })
    // Asked while the writer waits for the lock: it does not have to.
    let isRefused = false
    void refused.then(() => (isRefused = true))
    t.equal((await storage.listEvents(EVERYTHING)).total, 1)
    t.match(await storage.clientByKeyHash('hash of client-a'), { clientId: 'client-a' })
    await storage.ping()
    t.notOk(isRefused, 'who reads has not waited for it')
    t.equal(storage.status().behindSince, null, 'nothing that was acknowledged is missing')
    await refused
    other.exec('rollback')
    other.close()
    t.match(await storage.record(event(2)), { status: 'created' })
    t.equal((await storage.listEvents(EVERYTHING)).total, 2)
  },
)

t.test('a storage thread that dies fails its requests, not the process, and another takes its place', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const troubles: string[] = []
  let ready = 0
  const post = Reflect.get(Worker.prototype, 'postMessage') as (...args: unknown[]) => unknown
  const posted = t.capture(Worker.prototype, 'postMessage', post)
  const thread = await StorageThread.start(
    { path, role: 'writer', maxCallAgeMs: MAX_CALL_AGE_MS },
    { trouble: (trouble) => troubles.push(trouble), ready: () => (ready += 1) },
  )
  const write = (method: string, ...args: unknown[]) => thread.request('method', JSON.stringify([method, args]))
  await write('createClient', newClient('client-a'))
  await write('recordBatch', [event(1)])
  // So many that they are not written by the time that the thread is ended.
  const many = Array.from({ length: 3000 }, (_, n) => event(1000 + n))
  const pending = write('recordBatch', [event(2), ...many])
  const [first] = posted()
  const gone = t.rejects(pending, { name: 'StorageUnavailable', outcomeOpen: true })
  await (first?.receiver as Worker).terminate()
  await gone
  t.match(troubles[0], /A storage thread \(writer\) ended.* Another takes its place/)
  await t.rejects(write('recordBatch', [event(2)]), { name: 'StorageUnavailable' })
  await eventually(20_000, 'another writer', () => ready === 1)
  const outcomes = await write('recordBatch', [event(1), event(2), event(3)])
  t.match(outcomes, [{ status: 'duplicate' }, { status: /created|duplicate/ }, { status: 'created' }])
  await thread.close()
})

t.test('a reader cannot write', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  await (await open(path)).close()
  const reader = await StorageThread.start(
    { path, role: 'reader', maxCallAgeMs: MAX_CALL_AGE_MS },
    { trouble: () => undefined },
  )
  const body = JSON.stringify(['createClient', [newClient('client-a')]])
  await t.rejects(reader.request('method', body), { message: /SQLITE_READONLY/ })
  await reader.close()
  await t.rejects(reader.request('method', body), { name: 'StorageUnavailable' })
  await reader.close()
})

/** @returns finds the worker that was last asked for something of a kind */
function workers(t: Test): (kind: string) => Worker {
  const post = Reflect.get(Worker.prototype, 'postMessage') as (...args: unknown[]) => unknown
  const posted = t.capture(Worker.prototype, 'postMessage', post)
  const seen: ReturnType<typeof posted> = []
  return (kind) => {
    seen.push(...posted())
    return seen.findLast(({ args }) => String(args[0]).includes(`"kind":"${kind}"`))?.receiver as Worker
  }
}

t.test('a store whose writer has died says so, and answers reads from what was committed', async (t) => {
  const workerOf = workers(t)
  const storage = await open(join(await scratchFolder(t), 'ribbon.db'))
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  await storage.record(event(1))
  t.equal((await storage.listEvents(EVERYTHING)).total, 1)
  await storage.record(event(2))
  await workerOf('commit').terminate()
  await t.rejects(storage.ping(), { name: 'StorageUnavailable', message: /thread is gone/ })
  t.ok((await storage.listEvents(EVERYTHING)).total >= 1)
  t.type(storage.status().behindSince, 'number')
  await t.rejects(storage.record(event(3)), { name: 'StorageUnavailable' })
  const isBack = () =>
    storage.ping().then(
      () => true,
      () => false,
    )
  await eventually(20_000, 'another writer', isBack)
  t.match(await storage.record(event(3)), { status: 'created' })
  t.equal((await storage.listEvents(EVERYTHING)).total, 3, 'and nothing that was acknowledged is missing')
  t.equal(storage.status().behindSince, null)
})

t.test('while what was acknowledged cannot be committed, reads answer from what was', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const storage = await open(path)
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  const other = new SQLite(path)
  other.exec("create trigger refuse before update on log_place begin select raise(abort, 'refused'); end")
  await storage.record(event(1))
  t.equal((await storage.listEvents(EVERYTHING)).total, 0)
  t.type(storage.status().behindSince, 'number', 'and it is said since when')
  t.equal((await storage.listEvents(EVERYTHING)).total, 0)
  await t.rejects(storage.record(event(2)), {
    name: 'StorageUnavailable',
    message: 'what was acknowledged before cannot be committed',
    outcomeOpen: false,
  })
  other.exec('drop trigger refuse')
  other.close()
  await eventually(20_000, 'catching up', async () => (await storage.listEvents(EVERYTHING)).total === 1)
})

t.test('a full disk on which a store cannot be opened is given the room that was kept', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  await (await open(path)).close()
  const start = Reflect.get(StorageThread, 'start') as (...args: unknown[]) => unknown
  const room: number[] = []
  t.capture(StorageThread, 'start', function (this: unknown, ...args: unknown[]) {
    room.push(statSync(`${path}.reserve`).size)
    if (room.at(-1) === 0) return start.apply(this, args)
    return Promise.reject(new StorageUnavailable('SQLITE_FULL: database or disk is full'))
  })
  const storage = await open(path)
  t.strictSame(room.slice(0, 2), [256 * 1024, 0])
  await storage.ping()
  await storage.close()
  t.equal(statSync(`${path}.reserve`).size, 256 * 1024, 'and room is kept again')
})

t.test('a checkpoint that fails is told, and the next commit asks for another', async (t) => {
  const request = Reflect.get(StorageThread.prototype, 'request') as (...args: unknown[]) => unknown
  let checkpoints = 0
  t.capture(StorageThread.prototype, 'request', function (this: StorageThread, ...args: unknown[]) {
    if (args[0] === 'checkpoint' && (checkpoints += 1) === 1) return Promise.reject(new Error('disk I/O error'))
    return request.apply(this, args)
  })
  const troubles: string[] = []
  const storage = await openStorage({
    url: `file:${join(await scratchFolder(t), 'ribbon.db')}`,
    maxCallAgeMs: MAX_CALL_AGE_MS,
    onTrouble: (trouble) => troubles.push(trouble),
  })
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  await eventually(20_000, 'a checkpoint', () => troubles.length > 0)
  t.strictSame(troubles, ['A checkpoint failed: disk I/O error'])
  await storage.record(event(1))
  await eventually(20_000, 'another checkpoint', () => checkpoints === 2)
})

t.test('events that come while two batches are under way are recorded with the next', async (t) => {
  const storage = await open(join(await scratchFolder(t), 'ribbon.db'))
  await storage.createClient(newClient('client-a'))
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, n) => storage.record(event(n))))
  t.ok(outcomes.every(({ status }) => status === 'created'))
  await t.rejects(storage.record({ ...event(1), clientId: 'nobody' }), { message: 'there is no client nobody' })
  t.equal((await storage.listEvents(EVERYTHING)).total, 100)
  await storage.record(event(100))
  await storage.close()
  await t.rejects(storage.listEvents(EVERYTHING), { name: 'StorageUnavailable', message: 'the store is closed' })
})

t.test('a read that takes too long is ended; pages that one has built are kept for the next', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const storage = await open(path)
  await storage.createClient(newClient('client-a'))
  for (let n = 0; n < 4; n += 1) {
    const data = { callSid: `CA${String(n)}`, duration: 9, customerData: { customerId: 'C1' } }
    await storage.record(newEvent({ event: 'callEnded', data, occurredAt: 1e12 + n * 20 * 86_400_000 }))
  }
  await storage.close()
  const settings = { path, maxCallAgeMs: MAX_CALL_AGE_MS }
  const trouble = () => undefined
  const writer = await StorageThread.start({ ...settings, role: 'writer' }, { trouble })
  const built = new Set<string>()
  const startReader = (readMs: number) =>
    StorageThread.start(
      { ...settings, role: 'reader', readMs },
      {
        trouble,
        built: (pages) => {
          for (const { dimension, period } of pages) built.add(`${dimension} ${period}`)
          writer.keep(pages)
        },
      },
    )
  const body = JSON.stringify(['buildPages', ['client-a', 100]])
  const hasty = await startReader(-1)
  await t.rejects(hasty.request('method', body), { name: 'StorageUnavailable', message: 'the read takes too long' })
  const asked = {
    ...{ clientId: 'client-a', range: OPEN_RANGE, zone: 'UTC', now: 1e12, comparedTo: null, filters: {} },
    ...{ metrics: ['peakConcurrent'], groupBy: [], sort: null, limit: 1, fill: false },
    ...{ serviceLevelSeconds: 20, abandonSeconds: 5, windowHours: 24, windowIn: 'clock' },
  }
  const answer = await hasty.request('method', JSON.stringify(['askCalls', [asked]]))
  t.same(answer, { status: 'too-large', what: 'time' }, 'a question is told so')
  await hasty.close()
  t.equal(built.size, 0)
  const patient = await startReader(3_600_000)
  await patient.request('method', body)
  await patient.close()
  t.ok(built.size > 0)
  await writer.request('commit')
  const other = new SQLite(path, { readonly: true })
  t.same(other.prepare(`select dimension || ' ' || period from pages order by 1`).pluck().all(), [...built].sort())
  other.close()
  await writer.close()
})

t.test('a store keeps the pages that its readers build', async (t) => {
  const storage = await open(join(await scratchFolder(t), 'ribbon.db'))
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  for (let n = 0; n < 3; n += 1) {
    const data = { callSid: `CA${String(n)}`, duration: 9, customerData: { customerId: 'C1' } }
    await storage.record(newEvent({ event: 'callEnded', data, occurredAt: 1e12 + n * 86_400_000 }))
  }
  t.ok((await storage.buildPages('client-a', 100)) > 0)
  await eventually(20_000, 'keeping them', async () => (await storage.buildPages('client-a', 100)) === 0)
})

t.test('a write that was set aside can be looked at and tried again while the store is open', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const storage = await open(path)
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  const other = new SQLite(path)
  other.exec("create trigger refuse before insert on days begin select raise(abort, 'refused'); end")
  t.match(await storage.record(event(1)), { status: 'created' })
  t.equal((await storage.listEvents(EVERYTHING)).total, 0)
  const [aside] = await storage.setAsideWrites(10)
  t.match(aside, { method: 'recordBatch', error: 'refused' })
  other.exec('drop trigger refuse')
  other.close()
  t.equal(await storage.retrySetAside(Number(aside?.id)), true)
  t.strictSame(await storage.setAsideWrites(10), [])
  t.equal((await storage.listEvents(EVERYTHING)).total, 1)
})

t.test('a thread that dies is replaced until one starts, but not when it has been closed', async (t) => {
  const workerOf = workers(t)
  const path = join(await scratchFolder(t), 'ribbon.db')
  await (await open(path)).close()
  const start = async () => {
    const troubles: string[] = []
    let ready = 0
    const thread = await StorageThread.start(
      { path, role: 'reader', maxCallAgeMs: MAX_CALL_AGE_MS },
      { trouble: (trouble) => troubles.push(trouble), ready: () => (ready += 1) },
    )
    const ping = () => thread.request('method', '["ping",[]]')
    await ping()
    return { thread, worker: workerOf('method'), ping, troubles, ready: () => ready }
  }
  const closed = await start()
  const replaced = await start()
  renameSync(path, `${path}.away`)
  await closed.worker.terminate()
  await closed.thread.close()
  await replaced.worker.terminate()
  await eventually(20_000, 'a start that fails', () => replaced.troubles.length > 1)
  t.match(replaced.troubles[1], /ended: SQLITE_CANTOPEN/)
  renameSync(`${path}.away`, path)
  await eventually(20_000, 'another reader', () => replaced.ready() === 1)
  await replaced.ping()
  await replaced.thread.close()
  t.equal(closed.ready(), 0)
  t.equal(closed.troubles.length, 1)
})

t.test('reads that take long leave a thread to look-ups, and to reads that do not', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const storage = await open(path)
  await storage.createClient(newClient('client-a'))
  await storage.close()
  const scans = { running: 0, most: 0 }
  const start = async () => {
    const settings = { path, role: 'reader', maxCallAgeMs: MAX_CALL_AGE_MS } as const
    const thread = await StorageThread.start(settings, { trouble: () => undefined })
    const request = thread.request.bind(thread)
    thread.request = async (kind, body) => {
      const scan = String(body).includes('filteredReport') ? 1 : 0
      scans.most = Math.max(scans.most, (scans.running += scan))
      return request(kind, body).finally(() => (scans.running -= scan))
    }
    return thread
  }
  const readers = await Readers.open({ most: 2, start })
  const query = { clientId: 'client-a', customerId: 'C1', range: OPEN_RANGE, zone: 'UTC', recent: 1 }
  const month = { first: '2025-01-01', last: '2025-01-31' }
  const all = [
    ...Array.from({ length: 240 }, () => readers.call('filteredReport', [query])),
    readers.call('callsInMonth', ['client-a', month]),
    readers.call('ping', []),
  ]
  t.equal((await Promise.all(all)).length, 242)
  t.equal(scans.most, 1, 'however many wait, the other thread is free')
  await readers.close()
})

t.test('room is kept on the disk, so that a full one can be read', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  await (await open(path)).close()
  t.equal(statSync(`${path}.reserve`).size, 256 * 1024)
  await rm(`${path}.reserve`)
  await (await open(path)).close()
  t.ok(existsSync(`${path}.reserve`))
})

// A thread whose disk failed under it sometimes leaves its port open, and the process would wait for it for ever.
t.teardown(() => {
  setTimeout(() => process.exit(), 10_000).unref()
})
