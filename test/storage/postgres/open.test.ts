import { mock } from 'node:test'
import pg from 'pg'
import t from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openStorage } from '../../../src/storage/open.js'
import { POOL_SIZE } from '../../../src/storage/postgres/open.js'
import { eventually } from '../../helpers/deadline.js'
import { scratchDatabase } from '../../helpers/postgres.js'
import { captureStatements } from '../../helpers/statements.js'
import { newClient, newEvent } from '../../helpers/storage.js'

const DAY = 24 * 3_600_000
const FROM = Date.parse('2025-01-10T00:00:00Z')

const url = await scratchDatabase(t)
const storage = await openStorage({ url, maxCallAgeMs: 4 * 3_600_000 })
t.teardown(() => storage.close())
await storage.createClient(newClient('client-a'))
for (let day = 0; day < 5; day++) {
  const data = { callSid: `CA${String(day)}`, customerData: { customerId: 'C1' } }
  await storage.record(newEvent({ event: 'connected', data, occurredAt: FROM + day * DAY }))
}

t.test('reads that cost with what they read share a few connections, and all are answered', async (t) => {
  const statements = captureStatements(t)
  const sums = await Promise.all(Array.from({ length: 12 }, () => storage.allClientsSum()))
  t.same(new Set(sums.map(({ calls }) => calls)), new Set([5]))
  const connections = new Set(statements().map(({ connection }) => connection))
  t.equal(connections.size, 3)
  t.same(await storage.allClientsSum(), sums[0], 'and the places are free again')
})

t.test('reads are answered while more writes wait than there are connections', async (t) => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  t.teardown(() => admin.end())
  const clients = Array.from({ length: POOL_SIZE + 2 }, (_, i) => `client-${String(i)}`)
  for (const clientId of clients) await storage.createClient(newClient(clientId))
  const record = (clientId: string, callSid: string) =>
    storage.record(newEvent({ clientId, event: 'connected', data: { callSid }, occurredAt: FROM }))
  // As commits do whose standby is gone, and as a lock does that somebody forgot.
  await admin.query('begin; lock table client_state in exclusive mode')
  const writes = Promise.allSettled(clients.map((clientId) => record(clientId, 'CA1')))
  t.equal(storage.figures().queue.items, clients.length)
  await eventually(10_000, 'writes that wait for a connection', () => Number(storage.figures().pool?.waiting) > 0)
  t.equal((await storage.allClientsSum()).calls, 5)
  await storage.ping()
  await admin.query('commit')
  // Those that waited too long were refused.
  await writes
  for (const clientId of clients) t.match(await record(clientId, 'CA2'), { status: 'created' })
  t.equal(storage.figures().pool?.waiting, 0)
})

t.test('a question that takes too long is told so', async (t) => {
  let now = 0
  const clock = mock.method(performance, 'now', () => (now += 20_000))
  const answer = await storage.askCalls({
    ...{ clientId: 'client-a', range: OPEN_RANGE, zone: 'UTC', now: FROM, comparedTo: null, filters: {} },
    ...{ metrics: ['calls'], groupBy: [], sort: null, limit: 1, fill: false },
    ...{ serviceLevelSeconds: 20, abandonSeconds: 5, windowHours: 24, windowIn: 'clock' as const },
  })
  clock.mock.restore()
  t.same(answer, { status: 'too-large', what: 'time' })
})

t.test('a read that takes too long is given up, and the next one is served', async (t) => {
  let now = 0
  const clock = mock.method(performance, 'now', () => (now += 6000))
  const build = storage.buildPages('client-a', 9)
  await t.rejects(build, { name: 'StorageUnavailable', message: 'the read takes too long' })
  clock.mock.restore()
  t.equal(await storage.buildPages('client-a', 9), 8, 'of the days that are over, and as many columns of their calls')
})

t.test('pages that cannot be kept are built again, and nobody hears of it', async (t) => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  t.teardown(() => admin.end())
  const other = await openStorage({ url, maxCallAgeMs: 4 * 3_600_000 })
  t.teardown(() => other.close())
  await admin.query('alter table pages add constraint refused check (false) not valid')
  await storage.record(
    newEvent({ event: 'connected', data: { callSid: 'CA9', customerData: { customerId: 'C2' } }, occurredAt: FROM }),
  )
  const query = {
    clientId: 'client-a',
    range: { from: FROM - DAY, to: FROM + 9 * DAY },
    zone: 'UTC',
    recent: 0,
    top: 5,
  }
  for (const store of [storage, other]) {
    const { top } = await store.detailedReport(query)
    t.same(
      top.map(({ customerId, calls }) => [customerId, calls]),
      [
        ['C1', 5],
        ['C2', 1],
      ],
    )
  }
})

t.test('what is acknowledged is committed: nothing is set aside, and nothing is behind', async (t) => {
  t.same(await storage.setAsideWrites(10), [])
  t.equal(await storage.retrySetAside(1), false)
  t.same(storage.status(), { behindSince: null })
})

t.test('a vacuum that its server ends is said to be unavailable, and the next one is done', async (t) => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  t.teardown(() => admin.end())
  await admin.query('begin; lock table events in access exclusive mode')
  const vacuum = storage.forgetErased()
  const ended = t.rejects(vacuum, { name: 'StorageUnavailable' })
  await eventually(10_000, 'the vacuum waits for the lock', async () => {
    // What a transaction has seen of the others stays as it was.
    await admin.query('select pg_stat_clear_snapshot()')
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'vacuum %' and wait_event_type = 'Lock'`,
    )
    return rowCount === 1
  })
  await ended
  await admin.query('commit')
  t.equal(await storage.forgetErased(), true)
})
