/** A process remembers the tallies that it wrote last: whatever others write in between, none is lost and none counted twice. */
import pg from 'pg'
import t from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openStorage } from '../../../src/storage/open.js'
import type { NewEvent } from '../../../src/storage/port/events.js'
import type { Storage } from '../../../src/storage/port/storage.js'
import { scratchDatabase } from '../../helpers/postgres.js'
import { captureStatements } from '../../helpers/statements.js'
import { newClient, newEvent } from '../../helpers/storage.js'

const ZONE = 'Asia/Kolkata'
const OTHER_ZONE = 'America/St_Johns'
const FROM = Date.parse('2025-01-10T00:00:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

t.setTimeout(400_000)

const url = await scratchDatabase(t)
const here = await openStorage({ url, maxCallAgeMs: 4 * 60 * MINUTE })
t.teardown(() => here.close())
const there = await openStorage({ url, maxCallAgeMs: 4 * 60 * MINUTE })
t.teardown(() => there.close())

let clients = 0

async function addClient(): Promise<string> {
  const clientId = `client-${String((clients += 1)).padStart(2, '0')}`
  await here.createClient(newClient(clientId, { timezone: ZONE }))
  return clientId
}

/** A call that at first goes one way, and later the other: so its tallies change. */
function eventsOfCall(n: number, at: number): NewEvent[] {
  const data = { callSid: `CA${String(n)}`, customerData: { customerId: `C${String(n % 3)}` } }
  return [
    newEvent({ event: 'incoming', data, occurredAt: at }),
    newEvent({ event: 'connected', data: { ...data, callDirection: 'outbound' }, occurredAt: at + MINUTE }),
    newEvent({ event: 'callEnded', data: { ...data, duration: n }, occurredAt: at + 20 * MINUTE }),
  ]
}

async function record(storage: Storage, clientId: string, events: readonly NewEvent[]): Promise<void> {
  for (const event of events) await storage.record({ ...event, clientId })
}

/** All that tallies tell: reports, and the totals of lists of events. */
async function tallied(storage: Storage, clientId: string): Promise<unknown[]> {
  const list = { clientId, range: OPEN_RANGE, customerId: null, pageSize: 1, position: { page: 1 } }
  const directions = [null, 'inbound', 'outbound'] as const
  const lists = [null, 'incoming', 'connected', 'callEnded'].flatMap((event) =>
    directions.map((direction) => storage.listEvents({ ...list, event, direction })),
  )
  const before = `client-${String(Number(clientId.slice(-2)) - 1).padStart(2, '0')}`
  const [allTime] = await storage.allClientTotals({ after: before, limit: 1 }, '2025-01')
  return [
    await storage.detailedReport({ clientId, range: OPEN_RANGE, zone: ZONE, recent: 0, top: 5 }),
    (await Promise.all(lists)).map(({ total }) => total),
    { ...allTime, clientId: '' },
  ]
}

/** What is told of these events when one storage alone has recorded them, one after the other. */
async function talliedAlone(events: readonly NewEvent[]): Promise<unknown[]> {
  const clientId = await addClient()
  await record(here, clientId, events)
  return tallied(here, clientId)
}

t.test('two storages that record for one client in turns tell what one alone does', async (t) => {
  const events = Array.from({ length: 8 }, (_, n) => eventsOfCall(n, FROM + n * 40 * MINUTE)).flat()
  const clientId = await addClient()
  for (const [n, event] of events.entries()) {
    // Now and then one of them records twice in a row: what it remembers is then right.
    await record(n % 3 === 0 ? here : there, clientId, [event])
  }
  const alone = await talliedAlone(events)
  for (const storage of [here, there]) t.strictSame(await tallied(storage, clientId), alone)
  t.match(alone[0], { summary: { calls: 8, outbound: 8 } })
})

t.test('a storage that records twice in a row reads no tallies that it wrote itself', async (t) => {
  const clientId = await addClient()
  const [first, second] = eventsOfCall(1, FROM) as [NewEvent, NewEvent]
  await record(here, clientId, [first, second])
  const statements = captureStatements(t)
  const readsOfTallies = () =>
    statements().filter(({ text }) => text.startsWith('select') && /from (event_)?days\b/.test(text)).length
  const next = (seconds: number) => ({ ...second, occurredAt: second.occurredAt + seconds, timestamp: String(seconds) })
  await record(here, clientId, [next(1)])
  t.equal(readsOfTallies(), 0)
  await record(there, clientId, [next(2)])
  t.not(readsOfTallies(), 0, 'another one reads them')
  await record(here, clientId, [next(3)])
  t.not(readsOfTallies(), 0, 'and then so does the first')
})

t.test('a change of zone by another storage is seen by one that remembers days of the old zone', async (t) => {
  const events = Array.from({ length: 4 }, (_, n) => eventsOfCall(n, FROM + n * 6 * 60 * MINUTE)).flat()
  const clientId = await addClient()
  await record(here, clientId, events.slice(0, 6))
  await there.updateClient(clientId, { timezone: OTHER_ZONE })
  const changed = await tallied(there, clientId)
  await there.updateClient(clientId, { timezone: OTHER_ZONE })
  t.strictSame(await tallied(there, clientId), changed, 'the zone that it has already changes nothing')
  await record(here, clientId, events.slice(6))
  const other = await addClient()
  await here.updateClient(other, { timezone: OTHER_ZONE })
  await record(here, other, events)
  t.strictSame(await tallied(here, clientId), await tallied(here, other))
})

t.test('a transaction that changes very many days is not remembered, and the next one counts on', async (t) => {
  const events = Array.from({ length: 120 }, (_, n) => eventsOfCall(n, FROM + n * DAY).slice(0, 1)).flat()
  const clientId = await addClient()
  await Promise.all(events.map((event) => here.record({ ...event, clientId })))
  const more = eventsOfCall(500, FROM + 5 * DAY)
  await record(here, clientId, more)
  t.strictSame(await tallied(here, clientId), await talliedAlone([...events, ...more]))
})

t.test('a transaction that fails leaves no tallies in mind that were never stored', async (t) => {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  t.teardown(() => admin.end())
  const clientId = await addClient()
  const [first, second, third] = eventsOfCall(1, FROM) as [NewEvent, NewEvent, NewEvent]
  await record(here, clientId, [first])
  // The state is written after the tallies: these are in mind already when it is refused.
  await admin.query('alter table client_state add constraint refused check (last_sequence <> 2) not valid')
  await t.rejects(record(here, clientId, [second]), { message: /refused/ })
  await admin.query('alter table client_state drop constraint refused')
  await record(here, clientId, [second, third])
  t.strictSame(await tallied(here, clientId), await talliedAlone([first, second, third]))
})
