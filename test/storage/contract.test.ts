import t, { type Test } from 'tap'
import type { Call as PublishedCall } from '../../schemas/call.js'
import { formatInstant } from '../../src/core/calendar.js'
import { OPEN_RANGE, type TimeRange } from '../../src/core/range.js'
import { LIMITS } from '../../src/core/limits.js'
import { ZERO } from '../../src/core/tally.js'
import type { EventQuery, NewEvent } from '../../src/storage/port/events.js'
import type { CallRow, ExportQuery } from '../../src/storage/port/exports.js'
import type { ReportQuery } from '../../src/storage/port/reports.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { AS_JSON, callsIn } from '../helpers/rows.js'
import { ENGINES, type EngineName, newClient, newEvent as eventOf, scratchStorage } from '../helpers/storage.js'

const ZONE = 'Asia/Kolkata'
const MAX_CALL_AGE_MS = 4 * 3_600_000
const T0 = Date.parse('2025-10-12T10:30:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const MONTH = { first: '2025-10-01', last: '2025-10-31' }

/** Those of the scenario that runs. */
let clients = { a: '', b: '' }

function newEvent(members: Parameters<typeof eventOf>[0]): NewEvent {
  return eventOf({ clientId: clients.a, ...members })
}

function reportQuery(members: Partial<ReportQuery> = {}) {
  return { clientId: clients.a, range: OPEN_RANGE, zone: ZONE, recent: 100, top: 10, ...members }
}

/** Everything that reports say of a client. */
async function reported(storage: Storage, members: Partial<ReportQuery> = {}) {
  const report = await storage.detailedReport(reportQuery(members))
  return { ...report, monthCalls: await storage.callsInMonth(clients.a, MONTH) }
}

function eventQuery(members: Partial<EventQuery> = {}): EventQuery {
  return {
    clientId: clients.a,
    range: OPEN_RANGE,
    customerId: null,
    event: null,
    direction: null,
    pageSize: 50,
    position: { page: 1 },
    ...members,
  }
}

function exportQuery(members: Partial<ExportQuery> = {}): ExportQuery {
  return { clientId: clients.a, range: OPEN_RANGE, after: null, limit: 500, rows: AS_JSON, ...members }
}

async function exportAll(storage: Storage, range: TimeRange = OPEN_RANGE, limit = 500) {
  const calls: PublishedCall[] = []
  for (let after: ExportQuery['after'] = null; ;) {
    const chunk = await storage.exportChunk(exportQuery({ range, after, limit }))
    if (chunk.after === null) return calls
    calls.push(...callsIn(chunk.rows))
    after = chunk.after
  }
}

async function logIdOf(storage: Storage, event: NewEvent): Promise<string> {
  const outcome = await storage.record(event)
  return outcome.status === 'conflict' ? 'conflict' : outcome.logId
}

/** Runs a scenario on a store of each engine; what the scenarios return must be equal to the byte. */
function onEach(
  name: string,
  open: (t: Test, engine: EngineName) => Promise<Storage>,
  scenario: (t: Test, storage: Storage) => Promise<unknown>,
): void {
  t.test(name, async (t) => {
    const answers: string[] = []
    for (const engine of ENGINES) {
      await t.test(engine, async (t) => {
        const storage = await open(t, engine)
        for (const id of [clients.a, clients.b]) await storage.createClient(newClient(id))
        answers.push(JSON.stringify(await scenario(t, storage)))
      })
    }
    t.equal(answers[1], answers[0], 'both engines answer the same bytes')
  })
}

const stores = new Map<EngineName, Promise<Storage>>()
let scenarios = 0

/** On stores that all scenarios share, with clients that are new. */
function onBoth(name: string, scenario: (t: Test, storage: Storage) => Promise<unknown>): void {
  const number = String((scenarios += 1))
  const open = (_t: Test, engine: EngineName) => {
    clients = { a: `client-a${number}`, b: `client-b${number}` }
    const store = stores.get(engine) ?? scratchStorage(t, MAX_CALL_AGE_MS, engine)
    stores.set(engine, store)
    return store
  }
  onEach(name, open, scenario)
}

/** On new stores: for scenarios about all clients, or about the store itself. */
function onNew(name: string, scenario: (t: Test, storage: Storage) => Promise<unknown>): void {
  const open = (t: Test, engine: EngineName) => {
    clients = { a: 'client-a', b: 'client-b' }
    return scratchStorage(t, MAX_CALL_AGE_MS, engine)
  }
  onEach(name, open, scenario)
}

onBoth('a recorded call is in every view of it', async (t, storage) => {
  const data = { callSid: 'CA1', phoneNumber: '+919876543210', customerData: { customerId: 'C1', name: 'John' } }
  await storage.record(newEvent({ event: 'connected', data: { ...data, callDirection: 'outbound' }, occurredAt: T0 }))
  t.match(await storage.activeCalls(clients.a, T0 - 1, 10), { count: 1, calls: [{ sessionId: 'session-CA1' }] })
  await storage.record(newEvent({ event: 'callEnded', data, occurredAt: T0 + 3 * MINUTE }))
  const report = await reported(storage)
  t.match(report, {
    summary: { calls: 1, ended: 1, answered: 1, seconds: 180, under5m: 1 },
    byDate: [['2025-10-12', 1]],
    recent: [{ sessionId: 'session-CA1', durationSeconds: 180, direction: 'outbound', status: 'completed' }],
    top: [{ customerId: 'C1', name: 'John', phoneNumber: '+919876543210', calls: 1, seconds: 180 }],
    monthCalls: 1,
  })
  t.equal(report.byHour[16], 1, '10:30 UTC is the sixteenth hour in Kolkata')
  const history = await storage.customerHistory(clients.a, 'C1', { calls: 5, events: 5 })
  t.match(history, {
    customer: { profile: { name: 'John', phone: '+919876543210' } },
    totals: { calls: 1, seconds: 180 },
    events: [{ event: 'connected' }, { event: 'callEnded' }],
  })
  t.match(await storage.activeCalls(clients.a, 0, 10), { count: 0, calls: [] })
  return [report, history, await exportAll(storage), await storage.listEvents(eventQuery())]
})

onBoth('every list of calls says when one was answered, how long it rang and whose it was', async (t, storage) => {
  const say = (event: string, seconds: number, agentUserId: string, data = {}) => {
    const known = { phoneNumber: '+919876543210', customerData: { customerId: 'C1' }, ...data }
    return storage.record(newEvent({ event, data: known, context: { agentUserId }, occurredAt: T0 + seconds * 1000 }))
  }
  const told = { startAt: T0, answeredAt: T0 + 9000, ringSeconds: 9, agentUserId: 'agent-1' }
  await say('incoming', 0, 'agent-2', { callSid: 'CA1' })
  await say('connected', 9, 'agent-1')
  await say('incoming', 10, 'agent-2', { callSid: 'CA1' })
  const active = await storage.activeCalls(clients.a, T0, 10)
  t.match(active.calls, [told], 'the event that answers may name no call')
  await say('callEnded', 60, 'agent-2', { callSid: 'CA1' })
  const lists = [
    (await reported(storage)).recent,
    (await storage.customerHistory(clients.a, 'C1', { calls: 5, events: 5 }))?.calls,
  ]
  for (const calls of lists) t.match(calls, [{ ...told, durationSeconds: 51 }])
  const [row] = await exportAll(storage)
  t.match(row, { answeredAt: formatInstant(T0 + 9000), ringSeconds: 9, agentUserId: 'agent-1', duration: 51 })
  return [active, lists]
})

onBoth('a repeat answers with the first log id and changes nothing', async (t, storage) => {
  const event = newEvent({ event: 'connected', data: { callSid: 'CA1', n: 1 }, occurredAt: T0 })
  const first = await storage.record(event)
  const before = [await reported(storage), await storage.listEvents(eventQuery())]
  const together = await Promise.all([1, 2, 3].map((n) => storage.record({ ...event, receivedAt: T0 + n * DAY })))
  t.match(first, { status: 'created', logId: /^log-1760265000-[0-9a-z]+$/ })
  for (const again of together) t.same(again, { ...first, status: 'duplicate' })
  t.same([await reported(storage), await storage.listEvents(eventQuery())], before)
  return together
})

onBoth('an idempotency key stands for one event: with other content it is a conflict', async (t, storage) => {
  const event = newEvent({ event: 'dtmf', data: { callSid: 'CA1' }, occurredAt: T0, idempotencyKey: 'k' })
  const logId = await logIdOf(storage, event)
  t.equal(await logIdOf(storage, { ...event, receivedAt: T0 + DAY }), logId)
  t.equal(await logIdOf(storage, { ...event, data: { callSid: 'CA2' } }), 'conflict')
  t.not(await logIdOf(storage, { ...event, clientId: clients.b }), 'conflict', 'keys are per client')
  t.equal((await storage.listEvents(eventQuery())).total, 1)
})

onBoth('an event that names a call but no time is the same when it is repeated', async (t, storage) => {
  const event = newEvent({ event: 'connected', data: { callSid: 'CA1' }, occurredAt: T0, timestamp: null })
  t.equal(await logIdOf(storage, event), await logIdOf(storage, { ...event, occurredAt: T0 + 5 }))
})

onBoth('an event that names no call joins the newest of its number that is going on', async (t, storage) => {
  const phoneNumber = '+911111111111'
  const named = (callSid: string, at: number) =>
    newEvent({ event: 'connected', data: { callSid, phoneNumber }, occurredAt: at })
  const nameless = (event: string, at: number) => newEvent({ event, data: { phoneNumber }, occurredAt: at })
  await storage.record(named('OLD', T0))
  await storage.record(named('NEW', T0 + MINUTE))
  await storage.record(nameless('callEnded', T0 + 2 * MINUTE))
  t.match((await reported(storage)).recent, [
    { sessionId: 'session-NEW', status: 'completed', durationSeconds: 60 },
    { sessionId: 'session-OLD', status: 'active' },
  ])
  await storage.record(nameless('callEnded', T0 + MAX_CALL_AGE_MS + MINUTE))
  t.equal((await reported(storage)).recent.length, 3, 'a call too old to be active is not joined')
  const own = [nameless('dialing', T0 + DAY), nameless('connected', T0 + DAY + 1), nameless('note', T0 + DAY + 2)]
  await Promise.all(own.map((event) => storage.record(event)))
  const { recent } = await reported(storage)
  t.equal(recent.length, 4, 'one call of their own for those that found none')
  t.match(recent[0]?.sessionId, /^session-\d+-[0-9a-z]{10}$/)
  await storage.record(newEvent({ event: 'note', data: { phoneNumber: '+920' }, occurredAt: T0 }))
  t.equal((await reported(storage)).recent.length, 4, 'an unknown event starts no call')
  return recent
})

onBoth('an end of yesterday that names a number alone ends no call of today', async (t, storage) => {
  const phoneNumber = '+911111111111'
  await storage.record(newEvent({ event: 'connected', data: { callSid: 'TODAY', phoneNumber }, occurredAt: T0 }))
  await storage.record(newEvent({ event: 'callEnded', data: { phoneNumber }, occurredAt: T0 - DAY }))
  const { recent } = await reported(storage)
  t.match(recent, [
    { sessionId: 'session-TODAY', status: 'active', startAt: T0 },
    { status: 'no-answer', startAt: T0 - DAY },
  ])
  return recent
})

onBoth('a call that turns up late takes the events of its number that named none', async (t, storage) => {
  const phoneNumber = '+911111111111'
  const say = (event: string, seconds: number, data = {}) =>
    storage.record(newEvent({ event, data: { phoneNumber, ...data }, occurredAt: T0 + seconds * 1000 }))
  await say('connected', 10)
  await say('dtmf', 20, { digit: 1 })
  await say('callEnded', 70)
  t.match((await reported(storage)).summary, { calls: 1, ended: 1, seconds: 60, outbound: 1 })
  await say('incoming', 0, { callSid: 'CA1' })
  const report = await reported(storage)
  t.match(report.summary, { calls: 1, ended: 1, seconds: 60, inbound: 1, outbound: 0 })
  t.match(report.recent, [{ sessionId: 'session-CA1', status: 'completed', startAt: T0, direction: 'inbound' }])
  t.equal((await storage.listEvents(eventQuery({ direction: 'inbound' }))).total, 4, 'and with them its direction')
  await say('callEnded', 15, { callSid: 'CA1' })
  t.match((await reported(storage)).summary, { calls: 1 }, 'its own end lies less than a minute before theirs')
  await say('rejected', -100, { callSid: 'CA1' })
  return [report, await reported(storage)]
})

onBoth('events that say no direction take their call’s, also when it changes later', async (t, storage) => {
  const say = (event: string, at: number, data = {}) =>
    storage.record(newEvent({ event, data: { callSid: 'CA1', ...data }, occurredAt: at }))
  const totals = async () => {
    const of = async (direction: 'inbound' | 'outbound') => (await storage.listEvents(eventQuery({ direction }))).total
    return [await of('inbound'), await of('outbound')]
  }
  await say('quality', T0 - 1)
  t.same(await totals(), [0, 0], 'nobody knows yet')
  await say('incoming', T0)
  t.same(await totals(), [2, 0])
  await say('quality', T0 + 2, { callDirection: 'inbound' })
  await say('dialing', T0 + 1)
  t.same(await totals(), [1, 3], 'what an event says itself stays')
  const { events } = await storage.listEvents(eventQuery({ direction: 'outbound' }))
  t.same(
    events.map(({ event }) => event),
    ['dialing', 'incoming', 'quality'],
  )
})

onBoth('a direction that an event says itself stays, also when its call begins with another', async (t, storage) => {
  const say = (event: string, occurredAt: number, data = {}) =>
    storage.record(newEvent({ event, data: { callSid: 'CA1', ...data }, occurredAt }))
  await say('quality', T0 - 1, { callDirection: 'outbound' })
  await say('incoming', T0)
  t.match((await reported(storage)).summary, { calls: 1, inbound: 1 })
  for (const direction of ['inbound', 'outbound'] as const) {
    t.equal((await storage.listEvents(eventQuery({ direction }))).total, 1, direction)
  }
})

onBoth('a late event of one unnamed call leaves the later ones of its number as they are', async (t, storage) => {
  const say = (event: string, minutes: number, note: string) => {
    const data = { phoneNumber: '+911111111111', customerData: { [note]: true } }
    return storage.record(newEvent({ event, data, occurredAt: T0 + minutes * MINUTE }))
  }
  for (const minutes of [0, 30, 60]) {
    await say('dialing', minutes, 'began')
    await say('callEnded', minutes + 10, 'ended')
  }
  const [, ...before] = [...(await reported(storage)).recent].reverse()
  await say('connected', 5, 'late')
  const [first, ...after] = [...(await reported(storage)).recent].reverse()
  t.match(first, { startAt: T0, durationSeconds: 300, customerData: { began: true, ended: true, late: true } })
  t.same(after, before)
  t.same(
    after.map(({ customerData }) => customerData),
    [
      { began: true, ended: true },
      { began: true, ended: true },
    ],
  )
})

onBoth('events of one instant are listed in the order in which they were recorded', async (t, storage) => {
  const data = { callSid: 'CA1', customerData: { customerId: 'C1' } }
  const names = ['incoming', 'note', 'connected', 'mutetoggle']
  for (const event of names) await storage.record(newEvent({ event, data, occurredAt: T0 }))
  const history = await storage.customerHistory(clients.a, 'C1', { calls: 9, events: 9 })
  t.same(
    history?.events.map(({ event }) => event),
    names,
  )
  const { events } = await storage.listEvents(eventQuery())
  t.same(
    events.map(({ event }) => event),
    [...names].reverse(),
    'here the newest are the first',
  )
})

onBoth('a call lists so many events, and a repeat of one beyond them changes nothing', async (t, storage) => {
  const events = Array.from({ length: LIMITS.callEvents + 3 }, (_, n) =>
    newEvent({ event: 'dtmf', data: { callSid: 'CA1', n, customerData: { customerId: 'C1' } }, occurredAt: T0 + n }),
  )
  const first = await Promise.all(events.map((event) => storage.record(event)))
  const last = first.at(-1)
  t.match(last, { status: 'created' })
  t.same(await storage.record(events.at(-1) as NewEvent), { ...last, status: 'duplicate' })
  t.same(await storage.record(events[0] as NewEvent), { ...first[0], status: 'duplicate' })
  t.equal((await storage.listEvents(eventQuery())).total, LIMITS.callEvents + 3)
  const history = await storage.customerHistory(clients.a, 'C1', { calls: 9, events: LIMITS.callEvents + 9 })
  t.equal(history?.events.length ?? 0, LIMITS.callEvents)
})

onBoth('a page or a cursor beyond the last event is empty, and the total stays', async (t, storage) => {
  const data = { callSid: 'CA1', customerData: { customerId: 'C1' } }
  for (let n = 0; n < 5; n++)
    await storage.record(newEvent({ event: 'note', data: { ...data, n }, occurredAt: T0 + n }))
  const beyond = { events: [], total: 5, next: null }
  const places = [{ page: 4 }, { after: { occurredAt: T0 - DAY, sequence: 1 } }]
  for (const position of places) {
    for (const customerId of [null, 'C1']) {
      t.match(await storage.listEvents(eventQuery({ customerId, pageSize: 2, position })), beyond)
    }
    t.match(await storage.listEvents(eventQuery({ event: 'note', pageSize: 2, position })), beyond)
  }
})

onBoth('a filter finds the events of pieces of a quarter hour at both ends of a range', async (t, storage) => {
  const seconds = [0, 100, 899, 900, 1800, 2700, 2750, 3000]
  for (const second of seconds) {
    const data = { callSid: 'CA1', second }
    await storage.record(
      newEvent({ event: second % 200 === 0 ? 'note' : 'dtmf', data, occurredAt: T0 + second * 1000 }),
    )
  }
  const range = { from: T0 + 50_000, to: T0 + 2_751_000 }
  for (const event of [null, 'note', 'dtmf']) {
    const wanted = seconds
      .filter((second) => second >= 50 && second < 2751)
      .filter((second) => event === null || (event === 'note') === (second % 200 === 0))
      .reverse()
    for (let page = 1; page <= wanted.length + 1; page++) {
      const { events, total } = await storage.listEvents(eventQuery({ event, range, pageSize: 1, position: { page } }))
      t.same([total, events.map(({ data }) => data['second'])], [wanted.length, wanted.slice(page - 1, page)])
    }
    const all = await storage.listEvents(eventQuery({ event, range }))
    t.same(
      all.events.map(({ data }) => data['second']),
      wanted,
    )
  }
})

onBoth('who follows changes gets past events that change no call', async (t, storage) => {
  await storage.record(newEvent({ event: 'note', data: { phoneNumber: '+911' }, occurredAt: T0 }))
  t.same(await storage.changesSince(clients.a, 0, 9), { changes: [], sequence: 1, lastSequence: 1 })
})

onBoth('two clients with the same ids never meet', async (t, storage) => {
  const data = { callSid: 'CA1', phoneNumber: '+911', customerData: { customerId: 'C1', name: 'Theirs' } }
  await storage.record(newEvent({ clientId: clients.b, event: 'connected', data, occurredAt: T0 }))
  await storage.saveCustomer(clients.b, 'C2', { name: 'Theirs too' }, T0)
  t.match(await reported(storage), { summary: ZERO, byDate: [], recent: [], top: [], monthCalls: 0 })
  t.same(await storage.listEvents(eventQuery()), { events: [], total: 0, next: null, retainedFrom: null })
  t.same(await storage.activeCalls(clients.a, 0, 10), { calls: [], count: 0, cut: false, sequence: 0 })
  t.same(await exportAll(storage), [])
  t.equal(await storage.customerHistory(clients.a, 'C1', { calls: 1, events: 1 }), null)
  t.equal(await storage.customerHistory(clients.a, 'C2', { calls: 1, events: 1 }), null)
  await storage.record(newEvent({ event: 'callEnded', data: { callSid: 'CA1' }, occurredAt: T0 + 1 }))
  t.match(await storage.activeCalls(clients.b, 0, 10), { count: 1 })
})

onBoth('a saved profile is what was saved, whatever calls tell before or after', async (t, storage) => {
  const call = (name: string, at: number) =>
    storage.record(
      newEvent({ event: 'dialing', data: { callSid: name, customerData: { customerId: 'C1', name } }, occurredAt: at }),
    )
  const profile = async () => (await storage.customerHistory(clients.a, 'C1', { calls: 0, events: 0 }))?.customer
  await call('first', T0)
  await call('second', T0 + 1)
  t.match(await profile(), { profile: { name: 'second' }, createdAt: T0, updatedAt: T0 + 1 })
  await call('second', T0 + 1)
  await storage.saveCustomer(clients.a, 'C1', { email: 'a@b.in', customFields: { a: 1, b: { c: 1, d: 2 } } }, T0 + 5)
  await storage.saveCustomer(clients.a, 'C1', { name: null, customFields: { a: null, b: { d: 3 } } }, T0 + 9)
  await call('third', T0 + 20)
  t.same(await profile(), {
    customerId: 'C1',
    profile: { email: 'a@b.in', customFields: { b: { c: 1, d: 3 } } },
    createdAt: T0,
    updatedAt: T0 + 9,
  })
  await storage.saveCustomer(clients.a, 'Ç 2/é?', { name: 'New' }, T0)
  t.match(await storage.customerHistory(clients.a, 'Ç 2/é?', { calls: 5, events: 5 }), {
    calls: [],
    events: [],
    totals: { calls: 0 },
  })
  return profile()
})

onBoth('patches of one customer at the same time all take effect', async (t, storage) => {
  const names = Array.from({ length: 20 }, (_, n) => `field${String(n)}`)
  await Promise.all(names.map((name) => storage.saveCustomer(clients.a, 'C1', { customFields: { [name]: name } }, T0)))
  const history = await storage.customerHistory(clients.a, 'C1', { calls: 0, events: 0 })
  t.same(Object.keys(history?.customer.profile['customFields'] ?? {}).sort(), names.sort())
})

const ODD = {
  nul: 'a\u0000b',
  loneSurrogates: '\ud800x\udc00',
  astral: '😀𝒳',
  accents: 'é vs e\u0301',
  huge: 1.7976931348623157e308,
  tiny: 5e-324,
  minus: -0.1,
  integer: 9007199254740991,
  deep: JSON.parse(`${'['.repeat(99)}1${']'.repeat(99)}`) as never,
  '': { ' ': null, constructor: 1 },
  order: { z: 1, a: 2 },
}

onBoth('odd values come back deep-equal', async (t, storage) => {
  const event = newEvent({
    event: 'connected',
    data: { callSid: 'CA1', odd: ODD, customerData: { customerId: 'C1', name: ODD.nul, odd: ODD.loneSurrogates } },
    occurredAt: T0,
    context: { odd: ODD },
  })
  await storage.record(event)
  const { events } = await storage.listEvents(eventQuery())
  t.same(events[0]?.data, event.data)
  t.same(events[0]?.context, event.context)
  await storage.saveCustomer(clients.a, 'C2', { customFields: ODD }, T0)
  const history = await storage.customerHistory(clients.a, 'C2', { calls: 0, events: 0 })
  t.same(history?.customer.profile['customFields'], { ...ODD, '': { constructor: 1 } }, 'a null in a patch removes')
  return [events, history, await reported(storage)]
})

onBoth('active calls are counted exactly beyond what is listed', async (t, storage) => {
  for (let n = 0; n < 5; n++) {
    await storage.record(newEvent({ event: 'dialing', data: { callSid: `CA${String(n)}` }, occurredAt: T0 + n }))
  }
  const { calls, count } = await storage.activeCalls(clients.a, T0 + 1, 2)
  t.equal(count, 4)
  t.same(
    calls.map(({ sessionId }) => sessionId),
    ['session-CA4', 'session-CA3'],
  )
})

onBoth('an export is oldest first, complete over chunks, and inside its range', async (t, storage) => {
  const at = (n: number) => T0 + Math.floor(n / 3) * 1000
  await Promise.all(
    Array.from({ length: 1234 }, (_, n) =>
      storage.record(newEvent({ event: 'dialing', data: { callSid: `CA${String(n)}` }, occurredAt: at(n) })),
    ),
  )
  const all = await exportAll(storage)
  t.equal(new Set(all.map(({ sessionId }) => sessionId)).size, 1234)
  t.ok(all.every((call, i) => i === 0 || (all[i - 1]?.startTime ?? '') <= call.startTime))
  t.same(await exportAll(storage, OPEN_RANGE, 7), all, 'whatever the length of a chunk')
  t.equal((await exportAll(storage, { from: at(300), to: at(600) })).length, 300)
  const exact = await exportAll(storage, { from: at(0), to: at(1500 - 1) })
  t.equal(exact.length, 1234)
  t.same(await exportAll(storage, { from: at(0), to: at(0) }), [])
  return all
})

onBoth('an export whose place was dropped meanwhile goes on where the kept calls begin', async (t, storage) => {
  for (let n = 0; n < 6; n++) {
    await storage.record(newEvent({ event: 'dialing', data: { callSid: `CA${String(n)}` }, occurredAt: T0 + n * DAY }))
  }
  const chunk = (after: ExportQuery['after']) => storage.exportChunk(exportQuery({ after, limit: 2 }))
  const { after } = await chunk(null)
  const midnight = Date.parse('2025-10-14T18:30:00Z')
  while ((await storage.dropBefore(clients.a, midnight, 100)) > 0);
  const { rows, retainedFrom } = await chunk(after)
  const calls = callsIn(rows)
  t.equal(retainedFrom, midnight)
  t.same(
    calls.map(({ sessionId }) => sessionId),
    ['session-CA3', 'session-CA4'],
  )
  return calls
})

onBoth(
  'a file names the events of each call, oldest first, and none of a call that has too many',
  async (t, storage) => {
    const say = (callSid: string, event: string, at: number, idempotencyKey: string | null = null) =>
      logIdOf(storage, newEvent({ event, data: { callSid }, occurredAt: T0 + at, idempotencyKey }))
    const ended = await say('CA1', 'callEnded', 9000)
    const answered = await say('CA1', 'connected', 1000)
    await say('CA1', 'connected', 1000)
    const other = await say('CA2', 'missed', 2000)
    for (let n = 0; n <= LIMITS.callLogIds; n += 1) await say('CA3', 'holdtoggle', 3000, `key ${String(n)}`)
    const csv = { columns: ['sessionId', 'logIds'], times: 'utc', excel: false, zone: ZONE } as const
    const asked = exportQuery({ rows: { ...AS_JSON, csv } })
    const { rows } = await storage.exportChunk(asked)
    t.same(
      rows.map(({ text }) => text),
      [`session-CA1,${answered} ${ended}`, `session-CA2,${other}`, 'session-CA3,'],
    )
    t.same((await storage.callsTouchedSince(asked, 0)).rows, rows)
    return rows
  },
)

onBoth('calls that events touch while an export is read are found by what has changed since', async (t, storage) => {
  const say = (event: string, callSid: string, occurredAt: number) =>
    storage.record(newEvent({ event, data: { callSid }, occurredAt }))
  for (let n = 0; n < 5; n++) await say('connected', `CA${String(n)}`, T0 + n * 1000)
  const { sequence } = await storage.exportChunk(exportQuery())
  await say('dialing', 'CA4', T0 - 1000)
  await say('callEnded', 'CA2', T0 + 9000)
  await say('quality', 'CA3', T0 + 9000)
  const two = exportQuery({ limit: 2 })
  const idsIn = (rows: readonly CallRow[]) => callsIn(rows).map(({ sessionId }) => sessionId)
  const touched = await storage.callsTouchedSince(two, sequence)
  t.same([idsIn(touched.rows).sort(), touched.more], [['session-CA2', 'session-CA4'], true])
  const rest = await storage.callsTouchedSince(two, touched.sequence)
  t.same([idsIn(rest.rows), rest.more], [['session-CA3'], false])
  const early = exportQuery({ range: { from: T0, to: T0 + 2001 } })
  t.same(idsIn((await storage.callsTouchedSince(early, sequence)).rows), ['session-CA2'])
  t.same(
    await storage.callsTouchedSince(two, rest.sequence),
    { rows: [], sequence: rest.sequence, more: false },
    'after the last event nothing has changed',
  )
  return [touched, rest]
})

onBoth('what has changed since can be followed in the order of commits, without a gap', async (t, storage) => {
  const all = Array.from({ length: 60 }, (_, n) =>
    newEvent({ event: 'dialing', data: { callSid: `CA${String(n % 20)}`, n }, occurredAt: T0 - n * 1000 }),
  )
  const recorded = await Promise.all([...all, ...all].map((event) => storage.record(event)))
  await storage.record({ ...(all[0] as NewEvent), clientId: clients.b })
  const seen = []
  for (let sequence = 0; ;) {
    const next = await storage.changesSince(clients.a, sequence, 7)
    t.equal(next.lastSequence, 60)
    if (next.sequence === sequence) break
    seen.push(...next.changes)
    sequence = next.sequence
  }
  t.same(
    seen.map(({ sequence }) => sequence),
    Array.from({ length: 60 }, (_, n) => n + 1),
    'repeats take no number',
  )
  t.same(
    seen.map(({ event }) => event.logId),
    recorded.slice(0, 60).map((outcome) => (outcome.status === 'conflict' ? '' : outcome.logId)),
  )
  t.match(seen[3], { type: 'call.started', call: { sessionId: 'session-CA3' }, event: { event: 'dialing' } })
  t.match(seen[23], { type: 'call.updated', call: { sessionId: 'session-CA3', startAt: T0 - 23_000 } })
  return seen
})

onBoth('a call without its client fails alone, and the rest of its batch is recorded', async (t, storage) => {
  const good = newEvent({ event: 'dialing', data: { callSid: 'CA1' }, occurredAt: T0 })
  const lost = { ...good, clientId: 'nobody' }
  const [a, b, c] = await Promise.allSettled([storage.record(good), storage.record(lost), storage.record(lost)])
  t.match([a.status, b.status, c.status], ['fulfilled', 'rejected', 'rejected'])
  t.equal((await storage.listEvents(eventQuery())).total, 1)
})

onBoth('a client that nobody knows has nothing, and nothing can be written for it', async (t, storage) => {
  const nobody = 'nobody'
  t.match(await storage.report(reportQuery({ clientId: nobody })), { recent: [], summary: ZERO })
  t.match(await storage.detailedReport(reportQuery({ clientId: nobody })), { recent: [], summary: ZERO, top: [] })
  t.match(await storage.filteredReport({ ...reportQuery({ clientId: nobody }), customerId: 'C1' }), { summary: ZERO })
  t.equal(await storage.callsInMonth(nobody, MONTH), 0)
  t.equal(await storage.retainedFrom(nobody), null)
  t.same(await storage.activeCalls(nobody, 0, 10), { calls: [], count: 0, cut: false, sequence: 0 })
  const theirs = exportQuery({ clientId: nobody })
  t.match(await storage.exportChunk(theirs), { rows: [], after: null })
  t.match(await storage.callsTouchedSince(theirs, 0), { rows: [], more: false })
  t.same(await storage.changesSince(nobody, 0, 9), { changes: [], sequence: 0, lastSequence: 0 })
  t.match(await storage.listEvents(eventQuery({ clientId: nobody })), { events: [], total: 0, next: null })
  t.equal(await storage.customerHistory(nobody, 'C1', { calls: 1, events: 1 }), null)
  t.equal(await storage.buildPages(nobody, 9), 0)
  t.equal(await storage.buildPages(clients.a, 9), 0, 'nor has one that never had a call')
  t.equal(await storage.dropBefore(nobody, T0, 9), 0)
  await t.rejects(storage.saveCustomer(nobody, 'C1', {}, T0))
  t.equal(await storage.client(nobody), null)
  t.equal(await storage.updateClient(nobody, { timezone: 'UTC', name: 'Nobody' }), false)
  t.equal(await storage.resealClient(nobody, 'sealed', 'anew'), false)
  t.same(await storage.apiKeys(nobody), [])
  t.equal(await storage.createApiKey(nobody, { keyHash: 'k', hint: 'k', createdAt: T0 }), false)
  t.equal(await storage.revokeApiKey(nobody, 'k', T0), false)
  t.same(await storage.allClientTotals({ after: '~', limit: 9 }, '2025-09'), [], 'and beyond the last client is none')
})

onBoth('a list that is as long as an answer may be ends there, and says so', async (t, storage) => {
  const note = 'x'.repeat(15_000)
  const events = Array.from({ length: 300 }, (_, n) =>
    newEvent({ event: 'connected', data: { callSid: `CA${String(n)}`, customerData: { note } }, occurredAt: T0 + n }),
  )
  await Promise.all(events.map((event) => storage.record(event)))
  const active = await storage.activeCalls(clients.a, T0, 1000)
  t.match({ count: active.count, cut: active.cut }, { count: 300, cut: true })
  t.ok(active.calls.length > 100 && JSON.stringify(active.calls).length <= LIMITS.answerLength)
  const { recent, recentCut } = await storage.report(reportQuery({ recent: 300 }))
  t.equal(recentCut, true)
  t.equal(recent[0]?.startAt, T0 + 299, 'the newest are listed')
  const page = await storage.listEvents(eventQuery({ pageSize: 300 }))
  t.ok(page.events.length < 300 && page.total === 300 && page.next !== null)
  t.equal((await exportAll(storage)).length, 300, 'an export goes on where the answer ended')
  return [active.calls.length, page.events.length]
})

onBoth('a customer’s record that would be longer than it may be is not written', async (t, storage) => {
  t.equal(await storage.saveCustomer(clients.a, 'C1', { name: 'John' }, T0), true)
  t.equal(await storage.saveCustomer(clients.a, 'C1', { note: 'x'.repeat(LIMITS.customerLength) }, T0 + 1), false)
  const history = await storage.customerHistory(clients.a, 'C1', { calls: 1, events: 1 })
  t.match(history?.customer, { profile: { name: 'John' }, updatedAt: T0 })
})

onBoth('an event that names neither a call nor a number is a call of its own, once', async (t, storage) => {
  const event = newEvent({ event: 'connected', data: {}, occurredAt: T0, idempotencyKey: 'own' })
  for (const occurredAt of [T0, T0]) await storage.record({ ...event, occurredAt })
  await storage.record({ ...event, idempotencyKey: 'another' })
  t.match(await storage.activeCalls(clients.a, 0, 10), { count: 2 })
})

onBoth('a customer’s report reads all of very many calls', async (t, storage) => {
  const events = Array.from({ length: 2100 }, (_, n) => {
    const data = { callSid: `CA${String(n)}`, duration: 0, customerData: { customerId: 'C1' } }
    return newEvent({ event: 'callEnded', data, occurredAt: T0 + (n % 7) })
  })
  await Promise.all(events.map((event) => storage.record(event)))
  const { summary } = await storage.filteredReport({ ...reportQuery({ recent: 0 }), customerId: 'C1' })
  t.match(summary, { calls: 2100, ended: 2100 })
})

onNew('a key finds its client; a client is created once', async (t, storage) => {
  t.equal(await storage.createClient(newClient('client-a', { name: 'Another', apiKeyHash: 'another' })), false)
  t.match(await storage.clientByKeyHash('hash of client-a'), { clientId: 'client-a', name: 'Client client-a' })
  t.equal(await storage.clientByKeyHash('another'), null)
  t.equal(await storage.clientByKeyHash(''), null)
  const both = [{ clientId: 'client-a', apiKeyHint: 'client-a' }, { clientId: 'client-b' }]
  t.match(await storage.allClients({ after: '', limit: 9 }), both)
  t.match(await storage.allClients({ after: '', limit: 1 }), both.slice(0, 1))
  t.match(await storage.allClients({ after: 'client-a', limit: 9 }), both.slice(1))
})

onNew('what is changed of a client is changed, whole or not at all, and all else stays', async (t, storage) => {
  const before = await storage.client('client-a')
  t.match(before, { clientId: 'client-a', createdAt: 1, apiKeyHint: 'client-a', retentionMonths: null })
  await storage.record(newEvent({ event: 'callEnded', data: { callSid: 'CA1', duration: 9 }, occurredAt: T0 }))
  const { allowedDomains, ...others } = {
    name: 'New name',
    plan: 'enterprise' as const,
    monthlyLimit: 7,
    features: ['hold' as const],
    allowedDomains: ['a.example'],
    timezone: 'America/St_Johns',
    retentionMonths: 3,
    missedCallWindowHours: 48,
    missedCallWindowIn: 'businessHours' as const,
    sealedExotel: 'sealed anew',
    status: 'suspended' as const,
  }
  t.equal(await storage.updateClient('client-a', others), true)
  t.same(await storage.client('client-a'), { ...before, ...others })
  t.equal(await storage.updateClient('client-a', { allowedDomains, retentionMonths: null }), true)
  t.same(await storage.client('client-a'), { ...before, ...others, allowedDomains, retentionMonths: null })
  t.equal(await storage.updateClient('client-a', {}), true)
  t.match(await storage.clientByKeyHash('hash of client-a'), { name: 'New name', status: 'suspended' })
  t.match(await reported(storage), { summary: { calls: 1 } })
})

onNew('credentials are sealed anew if nobody changed them meanwhile', async (t, storage) => {
  t.equal(await storage.resealClient('client-a', 'sealed', 'anew'), true)
  t.equal(await storage.resealClient('client-a', 'sealed', 'late'), false)
  t.equal((await storage.client('client-a'))?.sealedExotel, 'anew')
  t.equal((await storage.client('client-b'))?.sealedExotel, 'sealed')
})

onNew(
  'a client has any number of keys: each finds it, and says what it is for and when it ends',
  async (t, storage) => {
    const first = { keyHash: 'hash of client-a', hint: 'client-a', createdAt: 1 }
    const plain = {
      kind: 'full',
      scopes: [],
      name: null,
      endsAt: null,
      lastUsedAt: null,
      addresses: null,
      maskNumbers: false,
    }
    const second = { keyHash: 'second', hint: 'sec...', createdAt: T0 }
    const third = {
      keyHash: 'third',
      hint: 'th...',
      createdAt: T0 + 1,
      kind: 'secret',
      scopes: ['read', 'export'],
      name: 'ज़ोया’s',
      endsAt: T0 + 5,
    } as const
    t.equal(await storage.createApiKey('client-a', second), true)
    t.equal(await storage.createApiKey('client-a', third), true)
    t.equal(await storage.createApiKey('client-a', { ...third, name: 'other' }), false, 'it has that key')
    t.match(await storage.clientByKeyHash('third'), { clientId: 'client-a', key: { ...third, lastUsedAt: null } })
    t.equal(await storage.revokeApiKey('client-b', 'second', T0), false, 'a key is its own client’s')
    t.equal(await storage.revokeApiKey('client-a', first.keyHash, T0 + 9), true)
    t.equal(await storage.revokeApiKey('client-a', first.keyHash, T0 + 1), true, 'it ends earlier')
    t.equal(await storage.revokeApiKey('client-a', first.keyHash, T0 + 2), false, 'and never later')
    t.match(await storage.clientByKeyHash(first.keyHash), { clientId: 'client-a', key: { endsAt: T0 + 1 } })
    t.match(await storage.client('client-a'), { apiKeyHint: 'sec...' }, 'the oldest that has no end')
    await storage.touchApiKey('client-a', 'second', T0 + 7)
    await storage.touchApiKey('client-b', 'third', T0 + 7)
    t.same(await storage.apiKeys('client-a'), [
      { ...plain, ...first, endsAt: T0 + 1 },
      { ...plain, ...second, lastUsedAt: T0 + 7 },
      { ...third, lastUsedAt: null, addresses: null, maskNumbers: false },
    ])
  },
)

onNew('totals of all clients come by month', async (t, storage) => {
  for (const [n, occurredAt] of [T0, T0 + 1, T0 - 30 * DAY, T0 - 60 * DAY].entries()) {
    const data = { callSid: `CA${String(n)}`, duration: 10 }
    await storage.record(newEvent({ event: 'callEnded', data, occurredAt }))
  }
  const totals = await storage.allClientTotals({ after: '', limit: 9 }, '2025-09')
  t.same(totals, [
    { clientId: 'client-a', calls: 4, seconds: 40, callsByMonth: { '2025-09': 1, '2025-10': 2 } },
    { clientId: 'client-b', calls: 0, seconds: 0, callsByMonth: {} },
  ])
  t.same(await storage.allClientTotals({ after: 'client-a', limit: 1 }, '2025-09'), totals.slice(1))
  t.same(await storage.allClientsSum(), { clients: 2, calls: 4 })
  t.equal(await storage.callsInMonth('client-a', { first: '2025-10-01', last: '2025-10-31' }), 2)
  t.equal(await storage.callsInMonth('client-b', { first: '2025-10-01', last: '2025-10-31' }), 0)
})

onNew('a closed store says that it is unavailable', async (t, storage) => {
  await storage.ping()
  const pending = storage.record(newEvent({ event: 'dialing', data: { callSid: 'CA1' }, occurredAt: T0 }))
  await storage.close()
  t.match(await pending, { status: 'created' }, 'what was accepted is committed')
  const late = storage.record(newEvent({ event: 'dialing', data: { callSid: 'CA2' }, occurredAt: T0 }))
  await t.rejects(late, { name: 'StorageUnavailable' })
  await t.rejects(reported(storage), { name: 'StorageUnavailable' })
  await t.rejects(storage.ping(), { name: 'StorageUnavailable' })
  await t.rejects(exportAll(storage), { name: 'StorageUnavailable' })
  await storage.close()
})
