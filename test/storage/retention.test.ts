import assert from 'node:assert/strict'
import fc from 'fast-check'
import pg from 'pg'
import t, { type Test } from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { OPEN_RANGE } from '../../src/core/range.js'
import type { EventQuery, NewEvent, StoredEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { BASE_MS, eventStream } from '../helpers/events.js'
import { oracleCalls } from '../helpers/oracle.js'
import { scratchDatabase } from '../helpers/postgres.js'
import { AS_JSON, callsIn } from '../helpers/rows.js'
import { captureStatements, clientsOf, tablesOf } from '../helpers/statements.js'
import { ENGINES, newClient, newEvent, scratchStorage, type EngineName } from '../helpers/storage.js'

const ZONE = 'Asia/Kolkata'
const MAX_CALL_AGE_MS = 4 * 3_600_000
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** The start of October in Kolkata: a slot begins there, and no UTC day does. */
const OCTOBER = Date.parse('2025-09-30T18:30:00Z')

const statements = captureStatements(t)

/** Those of the scenario that runs. */
let clients = { a: 'client-a', b: 'client-b' }

const stores = new Map<EngineName, Promise<Storage>>()
let scenarios = 0

/** On one store of each engine, which all scenarios share, with clients that are new. */
function onBoth(name: string, scenario: (t: Test, storage: Storage, engine: EngineName) => Promise<void>): void {
  const number = String((scenarios += 1))
  t.test(name, async (t) => {
    for (const engine of ENGINES) {
      await t.test(engine, async (t) => {
        const storage = await storeOf(engine)
        clients = { a: `client-a${number}`, b: `client-b${number}` }
        for (const id of [clients.a, clients.b]) await storage.createClient(newClient(id))
        await scenario(t, storage, engine)
      })
    }
  })
}

function storeOf(engine: EngineName): Promise<Storage> {
  const store = stores.get(engine) ?? scratchStorage(t, MAX_CALL_AGE_MS, engine)
  stores.set(engine, store)
  return store
}

/** A call's two events; every third call has no customer, and every fourth is still going on. */
function eventsOfCall(n: number, at: number): NewEvent[] {
  const customer = n % 3 === 0 ? {} : { customerData: { customerId: `C${String(n % 4)}`, name: `Name ${String(n)}` } }
  const data = { callSid: `CA${String(n)}`, phoneNumber: `+9198${String(n)}`, ...customer }
  const context = { agentUserId: `agent-${String(n % 2)}` }
  const outbound = { ...data, callDirection: 'outbound' }
  const answered = newEvent({ event: 'connected', data: outbound, context, occurredAt: at })
  const ended = newEvent({ event: 'callEnded', data, occurredAt: at + 3 * MINUTE })
  return n % 4 === 0 ? [answered] : [answered, ended]
}

/** Sixty calls, one every 17 hours, around the start of October. */
const EVENTS = Array.from({ length: 60 }, (_, n) =>
  eventsOfCall(n, OCTOBER + (n - 40) * 17 * 60 * MINUTE - MINUTE),
).flat()
const KEPT = EVENTS.filter(({ occurredAt }) => occurredAt >= OCTOBER)

async function recordAll(storage: Storage, events: readonly NewEvent[], clientId = clients.a): Promise<void> {
  await Promise.all(events.map((event) => storage.record({ ...event, clientId })))
}

async function dropAll(storage: Storage, limit = 500, instant = OCTOBER, clientId = clients.a): Promise<number[]> {
  const batches: number[] = []
  for (;;) {
    const dropped = await storage.dropBefore(clientId, instant, limit)
    if (dropped === 0) return batches
    batches.push(dropped)
  }
}

/** Totals of one client, in the list of all. */
async function totalsOf(storage: Storage, clientId = clients.a) {
  const all = await storage.allClientTotals({ after: '', limit: 1000 }, '2025-09')
  return all.find((totals) => totals.clientId === clientId)
}

/** Everything that is read from tallies of calls, and from what is kept of each. */
async function analytics(storage: Storage, clientId = clients.a) {
  const asked = { clientId, range: OPEN_RANGE, recent: 0 }
  const reports = []
  for (const zone of [ZONE, 'America/St_Johns']) {
    reports.push({ ...(await storage.detailedReport({ ...asked, zone, top: 10 })), retainedFrom: null })
    for (const customerId of ['C1', 'CUST001']) {
      const { summary, byDate } = await storage.filteredReport({ ...asked, zone, customerId })
      reports.push({ summary, byDate })
    }
  }
  reports.push(await storage.callsInMonth(clientId, { first: '2025-09-01', last: '2025-09-30' }))
  const histories = []
  for (const id of ['C1', 'C2', 'CUST001']) {
    const history = await storage.customerHistory(clientId, id, { calls: 0, events: 0 })
    histories.push([history?.customer.profile, history?.totals])
  }
  return { reports, histories, totals: await totalsOf(storage, clientId) }
}

function eventQuery(members: Partial<EventQuery> = {}): EventQuery {
  return {
    clientId: clients.a,
    range: OPEN_RANGE,
    customerId: null,
    event: null,
    direction: null,
    pageSize: 15,
    position: { page: 1 },
    ...members,
  }
}

/** Every event that pages by number and by cursor list, newest first; fails when a total is not their number. */
async function listed(storage: Storage, query: EventQuery = eventQuery()): Promise<readonly StoredEvent[]> {
  const byNumber: StoredEvent[] = []
  const byCursor: StoredEvent[] = []
  const totals = new Set<number>()
  for (let page = 1, more = true; more; page++) {
    const { events, total, next } = await storage.listEvents({ ...query, position: { page } })
    byNumber.push(...events)
    totals.add(total)
    more = next !== null
  }
  let answer = await storage.listEvents(query)
  for (;;) {
    byCursor.push(...answer.events)
    if (answer.next === null) break
    answer = await storage.listEvents({ ...query, position: { after: answer.next } })
  }
  assert.deepEqual(byCursor, byNumber)
  assert.deepEqual([...totals], [byNumber.length])
  return byNumber
}

async function exported(storage: Storage, clientId = clients.a): Promise<string[]> {
  const { rows } = await storage.exportChunk({ clientId, range: OPEN_RANGE, after: null, limit: 10_000, rows: AS_JSON })
  return callsIn(rows).map(({ sessionId }) => sessionId)
}

const fingerprint = (events: readonly Pick<NewEvent, 'event' | 'occurredAt' | 'data'>[]) =>
  events.map(({ event, occurredAt, data }) => JSON.stringify([occurredAt, event, data])).sort()

onBoth('what is dropped vanishes from every list at once, and analytics stay whole', async (t, storage) => {
  await recordAll(storage, EVENTS)
  await recordAll(storage, EVENTS, clients.b)
  const [before, theirs] = [await analytics(storage), await analytics(storage, clients.b)]
  t.equal(await storage.retainedFrom(clients.a), null)
  const sizes: number[] = []
  for (;;) {
    const dropped = await storage.dropBefore(clients.a, OCTOBER, 10)
    if (dropped === 0) break
    sizes.push(dropped)
    if (sizes.length % 5 !== 1) continue
    t.equal(await storage.retainedFrom(clients.a), OCTOBER)
    t.same(await analytics(storage), before)
    t.same(fingerprint(await listed(storage)), fingerprint(KEPT))
    for (const filter of [{ customerId: 'C1' }, { event: 'callEnded' }, { direction: 'outbound' as const }]) {
      await listed(storage, eventQuery(filter))
    }
    t.equal((await exported(storage)).length, 19, 'the call that began a minute before October is gone')
    const { recent, retainedFrom } = await storage.report({
      clientId: clients.a,
      range: OPEN_RANGE,
      zone: ZONE,
      recent: 100,
    })
    t.strictSame([recent.length, retainedFrom], [19, OCTOBER])
    const history = await storage.customerHistory(clients.a, 'C1', { calls: 100, events: 100 })
    t.ok(history?.calls.every(({ startAt }) => startAt >= OCTOBER))
    t.ok(history?.events.every(({ occurredAt }) => occurredAt >= OCTOBER))
    t.equal(history?.retainedFrom, OCTOBER)
  }
  t.ok(sizes.length > 10 && sizes.every((size) => size <= 10))
  t.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    EVENTS.length - KEPT.length + 41,
    'the old events and calls are what went',
  )
  t.same(await analytics(storage, clients.b), theirs)
  t.equal(await storage.retainedFrom(clients.b), null)
  t.equal((await exported(storage, clients.b)).length, 60)
})

onBoth('events of a customer are counted to the millisecond around the start of what is kept', async (t, storage) => {
  const at = (ms: number) =>
    newEvent({ event: 'note', data: { at: ms, customerData: { customerId: 'C1' } }, occurredAt: OCTOBER + ms })
  const all = [-8 * 60 * MINUTE, -1, 0, 1, 90 * MINUTE, DAY].map(at)
  await recordAll(storage, all)
  await dropAll(storage)
  for (const customerId of ['C1', null]) {
    t.same(fingerprint(await listed(storage, eventQuery({ customerId }))), fingerprint(all.slice(2)))
  }
  t.same(await listed(storage, eventQuery({ range: { from: OCTOBER - DAY, to: OCTOBER } })), [])
  // The day that was cut takes late events of both its halves.
  await recordAll(storage, [at(-2), at(2)])
  t.equal((await listed(storage, eventQuery({ customerId: 'C1' }))).length, 5)
})

onBoth('after a change of zone a late event is dropped without the rest of its day', async (t, storage) => {
  const at = (ms: number) => newEvent({ event: 'note', data: { at: ms }, occurredAt: OCTOBER + ms })
  await recordAll(storage, [at(-60 * MINUTE), at(60 * MINUTE)])
  await dropAll(storage)
  await storage.updateClient(clients.a, { timezone: 'UTC' })
  await recordAll(storage, [at(-2 * 60 * MINUTE)])
  t.same(fingerprint(await listed(storage)), fingerprint([at(60 * MINUTE)]))
  t.ok((await dropAll(storage, 500, Date.parse('2025-09-01T00:00:00Z'))).length > 0)
  for (const query of [eventQuery(), eventQuery({ event: 'note' })]) {
    t.same(fingerprint(await listed(storage, query)), fingerprint([at(60 * MINUTE)]))
  }
})

onBoth('a repeat of a dropped event, and a late one of a dropped call, change no analytics', async (t, storage) => {
  await recordAll(storage, EVENTS)
  const before = await analytics(storage)
  await dropAll(storage)
  await recordAll(storage, EVENTS)
  t.same(await analytics(storage), before)
  const late = (event: string, data: object, occurredAt: number) =>
    recordAll(storage, [newEvent({ event, data: { callSid: 'CA0', ...data }, occurredAt })])
  await late('callEnded', { duration: 60 }, OCTOBER + 30 * DAY)
  await late('dialing', { customerData: { customerId: 'C1', name: 'Late' } }, OCTOBER - 100 * DAY)
  t.same(await analytics(storage), before)
  t.equal((await exported(storage)).length, 19)
  t.equal((await listed(storage)).length, KEPT.length + 1, 'what is kept of them is listed')
  t.ok((await dropAll(storage)).length > 0, 'and what is not is dropped again')
  t.same(await analytics(storage), before)
})

onBoth('an old call that never was here is counted, and goes with the next sweep', async (t, storage) => {
  await recordAll(storage, EVENTS)
  await dropAll(storage)
  const before = await totalsOf(storage)
  await recordAll(storage, eventsOfCall(1001, OCTOBER - 2 * DAY))
  const counted = await totalsOf(storage)
  t.equal(counted?.calls, (before?.calls ?? 0) + 1)
  t.equal((await exported(storage)).length, 19)
  t.strictSame(await dropAll(storage), [3])
  t.same(await totalsOf(storage), counted)
})

onBoth('an event that names no call begins none in what was dropped, and does so after it', async (t, storage) => {
  const nameless = (occurredAt: number) => newEvent({ event: 'dialing', data: { phoneNumber: '+911' }, occurredAt })
  await recordAll(storage, [nameless(OCTOBER - DAY)])
  const before = await analytics(storage)
  await dropAll(storage)
  await recordAll(storage, [nameless(OCTOBER - DAY)])
  t.same(await analytics(storage), before)
  await recordAll(storage, [nameless(OCTOBER)])
  t.equal((await exported(storage)).length, 1)
})

onBoth('a call that never ended is dropped like any other', async (t, storage) => {
  await recordAll(storage, eventsOfCall(0, OCTOBER - 1))
  t.equal((await storage.activeCalls(clients.a, 0, 10)).count, 1)
  t.strictSame(await dropAll(storage, 1), [1, 1])
  t.same(await storage.activeCalls(clients.a, 0, 10), { calls: [], count: 0, cut: false, sequence: 1 })
})

onBoth('nothing is said to be dropped before something is, and never less than was', async (t, storage) => {
  await recordAll(storage, eventsOfCall(1, OCTOBER))
  t.strictSame(await dropAll(storage), [])
  t.equal(await storage.retainedFrom(clients.a), null)
  await recordAll(storage, eventsOfCall(2, OCTOBER - DAY))
  await dropAll(storage)
  await recordAll(storage, eventsOfCall(3, OCTOBER - DAY))
  t.strictSame(await dropAll(storage, 500, OCTOBER - 30 * DAY), [3], 'a longer retention brings nothing back')
  t.equal(await storage.retainedFrom(clients.a), OCTOBER)
  await dropAll(storage, 500, OCTOBER + DAY)
  t.equal(await storage.retainedFrom(clients.a), OCTOBER + DAY)
  t.equal(await storage.dropBefore('nobody', OCTOBER, 10), 0)
  t.equal(await storage.retainedFrom('nobody'), null)
})

onBoth('a customer known from dropped calls alone keeps the name and number they told', async (t, storage) => {
  const call = (n: number, customerData: object, at: number) =>
    newEvent({
      event: 'dialing',
      data: {
        callSid: `CA${String(n)}`,
        phoneNumber: `+91${String(n)}`,
        customerData: { customerId: 'C1', ...customerData },
      },
      occurredAt: at,
    })
  const profile = async () =>
    (await storage.customerHistory(clients.a, 'C1', { calls: 0, events: 0 }))?.customer.profile
  await recordAll(storage, [
    call(1, { name: 'First', email: 'first@crm.in', phone: '+1' }, OCTOBER - 3 * DAY),
    call(2, { name: 'Second', company: 'Acme' }, OCTOBER - 2 * DAY),
    call(3, { company: 'Kept' }, OCTOBER),
  ])
  const told = { name: 'Second', email: 'first@crm.in', phone: '+1', company: 'Kept' }
  t.same(await profile(), told)
  await dropAll(storage, 1)
  t.same(await profile(), told)
  await storage.saveCustomer(clients.a, 'C1', { email: null }, OCTOBER)
  const { email, ...saved } = told
  t.same(await profile(), saved, `and a patch that removes ${email} removes it`)
  await dropAll(storage, 500, OCTOBER + DAY)
  t.same(await profile(), saved)
})

onBoth(
  'pieces of a quarter hour that was dropped are empty, whether their calls are gone yet or not',
  async (t, storage) => {
    await recordAll(storage, EVENTS)
    const range = { from: OCTOBER - MINUTE, to: OCTOBER - 7 }
    const counted = async (customerId: string | null) => {
      const query = { clientId: clients.a, range, zone: ZONE, recent: 9 }
      const { summary, recent } = await (customerId === null
        ? storage.report(query)
        : storage.filteredReport({ ...query, customerId }))
      return [summary.calls, recent.length]
    }
    t.same(
      [await counted(null), await counted('C0')],
      [
        [1, 1],
        [1, 1],
      ],
    )
    await storage.dropBefore(clients.a, OCTOBER, 1)
    t.same(
      [await counted(null), await counted('C0')],
      [
        [0, 0],
        [0, 0],
      ],
    )
  },
)

onBoth('recording goes on while older events are dropped, and neither loses anything', async (t, storage) => {
  await recordAll(storage, EVENTS)
  const fresh = Array.from({ length: 200 }, (_, n) => eventsOfCall(2000 + n, OCTOBER + n * MINUTE)).flat()
  await Promise.all([recordAll(storage, fresh), dropAll(storage, 3), dropAll(storage, 3), recordAll(storage, KEPT)])
  const totals = await totalsOf(storage)
  t.equal(totals?.calls, 260)
  t.equal((await exported(storage)).length, 219)
  t.same(fingerprint(await listed(storage)), fingerprint([...KEPT, ...fresh]))
})

t.test('every statement of dropping names its client, and of what was dropped only counts are left', async (t) => {
  const url = await scratchDatabase(t)
  const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  t.teardown(() => storage.close())
  clients = { a: 'client-a', b: 'client-b' }
  await storage.createClient(newClient(clients.a))
  await recordAll(storage, EVENTS)
  statements()
  await dropAll(storage, 50)
  await recordAll(storage, EVENTS)
  await dropAll(storage)
  const sent = statements().filter((statement) => tablesOf(statement).some((table) => table !== 'clients'))
  t.ok(sent.some(({ text }) => text.startsWith('delete from events')))
  for (const statement of sent) {
    const clients = clientsOf(statement)
    t.ok(clients.length > 0 && clients.every((client) => client === 1), statement.text)
  }

  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  const said = 'coalesce(call_key, phone, customer_data, facts::text) is not null'
  for (const [rows, count] of [
    [`events where occurred_at < ${String(OCTOBER)}`, 0],
    [`event_days where local_date < '2025-10-01'`, 0],
    [`calls where start_at < ${String(OCTOBER)} and ${said}`, 0],
    [`calls where start_at < ${String(OCTOBER)} and start_at % 900000 <> 0`, 0],
    [`calls where start_at < ${String(OCTOBER)} and customer is not null`, 27],
    [`calls where start_at < ${String(OCTOBER)} and agent is not null`, 41],
    [`calls where start_at < ${String(OCTOBER)}`, 41],
    [`calls where start_at >= ${String(OCTOBER)} and ${said}`, 19],
  ] as const) {
    const counted = await client.query<{ count: number }>(`select count(*)::int as count from ${rows}`)
    t.equal(counted.rows[0]?.count, count, rows)
  }
})

for (const engine of ENGINES) {
  t.test(`${engine}: analytics after dropping, and after any repeats, are those before`, async () => {
    const storage = await storeOf(engine)
    let runs = 0
    const property = fc.asyncProperty(
      eventStream,
      fc.integer({ min: -2 * 96, max: 42 * 96 }),
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      fc.nat({ max: 3 }),
      async (stream, slots, limit, repeats, batches) => {
        const clientId = `random-${String((runs += 1))}`
        await storage.createClient(newClient(clientId, { apiKeyHash: clientId }))
        const unique = [...new Map(stream.map((event) => [JSON.stringify(event), event])).values()]
        const events = unique.map((event) => newEvent({ ...event, clientId }))
        const instant = BASE_MS + slots * 15 * MINUTE
        const analyticsOf = () => analytics(storage, clientId)
        await recordAll(storage, events, clientId)
        const before = await analyticsOf()
        for (let n = 0; n < batches; n++) await storage.dropBefore(clientId, instant, limit)
        const again = repeats.flatMap((n) => events[n % events.length] ?? [])
        await recordAll(storage, again, clientId)
        assert.deepEqual(await analyticsOf(), before)
        await dropAll(storage, limit, instant, clientId)
        await recordAll(storage, [...again].reverse(), clientId)
        assert.deepEqual(await analyticsOf(), before)

        const retainedFrom = (await storage.retainedFrom(clientId)) ?? 0
        const kept = unique.filter(({ occurredAt }) => occurredAt >= retainedFrom)
        assert.deepEqual(fingerprint(await listed(storage, eventQuery({ clientId }))), fingerprint(kept))
        const calls = oracleCalls(unique).filter(({ startAt }) => startAt >= retainedFrom)
        assert.deepEqual((await exported(storage, clientId)).sort(), calls.map(({ sessionId }) => sessionId).sort())
      },
    )
    await fc.assert(property, { numRuns: Number(process.env['ORACLE_RUNS'] ?? 25) })
  })
}
