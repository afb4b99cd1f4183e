/** Events that are recorded together: `recordAll` of the port, on both engines. */
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../src/core/range.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import type { JsonObject } from '../../src/core/json.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { SqliteConnection } from '../../src/storage/sqlite/connection.js'
import { Log } from '../../src/storage/sqlite/log.js'
import { rowOf, sql } from '../../src/storage/sql/transaction.js'
import { captureStatements } from '../helpers/statements.js'
import { ENGINES, newClient, newEvent, scratchStorage, scratchUrl } from '../helpers/storage.js'

const T0 = Date.parse('2025-10-12T10:30:00Z')
const MAX_CALL_AGE_MS = 4 * 3_600_000

/**
 * Two events each of many calls, in no order.
 * @param nameless of how many calls one is not named
 */
function eventsOf(clientId: string, count: number, nameless = Infinity): NewEvent[] {
  return Array.from({ length: count }, (_, n) => {
    const index = (n * 7) % count
    const call = index >> 1
    const data: JsonObject = {
      ...(call % nameless !== nameless - 1 && { callSid: `CA${String(call)}` }),
      phoneNumber: `+91987654${String(1000 + call)}`,
      customerData: { customerId: `C${String(call % 50)}`, name: 'John Doe' },
    }
    const [event, seconds] = index % 2 === 0 ? (['connected', 0] as const) : (['callEnded', 30] as const)
    return newEvent({ clientId, event, data, occurredAt: T0 + call * 60_000 + seconds * 1000 })
  })
}

async function viewsOf(storage: Storage, clientId: string) {
  const range = { clientId, range: OPEN_RANGE, zone: 'Asia/Kolkata', recent: 500, top: 10 }
  const filters = { customerId: null, event: null, direction: null, pageSize: 500, position: { page: 1 } }
  const report = await storage.detailedReport(range)
  const withoutClient = (call: object) => ({ ...call, clientId: '' })
  return [{ ...report, recent: report.recent.map(withoutClient) }, await storage.listEvents({ ...range, ...filters })]
}

for (const engine of ENGINES) {
  t.test(`${engine}: hundreds of events together are what they are one by one`, async (t) => {
    const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
    for (const id of ['apart', 'together']) await storage.createClient(newClient(id))
    const [apart, together] = ['apart', 'together'].map((id) => eventsOf(id, 400, 10)) as [NewEvent[], NewEvent[]]
    const one = []
    for (const event of apart) one.push(await storage.record(event))
    t.same(await storage.recordAll(together), one)
    t.same(await viewsOf(storage, 'together'), await viewsOf(storage, 'apart'))
    const repeated = (await storage.recordAll([...together].reverse())).map(({ status }) => status)
    t.same([...new Set(repeated)], ['duplicate'])
  })

  t.test(`${engine}: a repeat within a batch is a duplicate, another event under its key a conflict`, async (t) => {
    const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
    await storage.createClient(newClient('client-a'))
    const event = newEvent({ event: 'dtmf', data: { callSid: 'CA1' }, occurredAt: T0 })
    const keyed = { ...event, event: 'mutetoggle', idempotencyKey: 'key' }
    const outcomes = await storage.recordAll([event, keyed, event, keyed, { ...keyed, event: 'holdtoggle' }])
    t.match(
      outcomes.map(({ status }) => status),
      ['created', 'created', 'duplicate', 'duplicate', 'conflict'],
    )
    t.same(outcomes[2], { ...outcomes[0], status: 'duplicate' })
    t.same(await storage.recordAll([]), [])
  })

  t.test(`${engine}: an event that no store can take fails alone, and the others are recorded`, async (t) => {
    const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
    await storage.createClient(newClient('client-a'))
    const events = eventsOf('client-a', 100)
    const poisonous = { ...(events[70] as NewEvent), data: null as unknown as JsonObject }
    const outcomes = await storage.recordAll(events.with(70, poisonous))
    t.same(
      outcomes.map(({ status }) => status),
      Array.from({ length: 100 }, (_, n) => (n === 70 ? 'failed' : 'created')),
    )
    await t.rejects(storage.record(poisonous), { message: /null/ })
    t.match(await storage.recordAll(events.slice(69, 72)), [
      { status: 'duplicate' },
      { status: 'created' },
      { status: 'duplicate' },
    ])
  })
}

/** The number of the last record of the log beside a database that a store has open. */
async function lastRecord(t: Test, path: string): Promise<number> {
  const connection = new SqliteConnection(path, 'reader')
  t.teardown(() => {
    connection.close()
  })
  const place = await rowOf(connection, sql<{ mark: string }>`select mark from log_place`)
  return Log.lastNumber(`${path}.log`, String(place?.mark))
}

t.test('sqlite: a batch is one record of the log, and is on disk as one', async (t) => {
  const url = await scratchUrl(t, 'sqlite')
  const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  const before = await lastRecord(t, databasePath(url))
  await storage.recordAll(eventsOf('client-a', 1000))
  t.equal((await lastRecord(t, databasePath(url))) - before, 1)
})

t.test('postgres: a batch is one transaction', async (t) => {
  const statements = captureStatements(t)
  const storage = await scratchStorage(t, MAX_CALL_AGE_MS, 'postgres')
  await storage.createClient(newClient('client-a'))
  statements()
  await storage.recordAll(eventsOf('client-a', 1000))
  const sent = statements().map(({ text }) => text)
  t.same(
    sent.filter((text) => /^(begin|commit|rollback)/.test(text)),
    ['begin', 'commit'],
  )
  t.ok(sent.length < 40, `${String(sent.length)} statements`)
})
