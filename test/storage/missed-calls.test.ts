import fc from 'fast-check'
import assert from 'node:assert/strict'
import t from 'tap'
import { MISSED_STATES, type MissedState } from '../../src/core/analytics/follow-ups.js'
import type { ScheduleVersion } from '../../src/core/analytics/schedule.js'
import { WEEKDAYS } from '../../src/core/analytics/vocabulary.js'
import type { Call } from '../../src/core/call.js'
import { numberKey } from '../../src/core/phone-number.js'
import { OPEN_RANGE, type TimeRange } from '../../src/core/range.js'
import { LIMITS } from '../../src/core/limits.js'
import { WINDOW_UNITS } from '../../src/core/vocabulary/clients.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { MissedCaller, MissedCallsQuery } from '../../src/storage/port/missed-calls.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { naiveUntil } from '../helpers/naive-analytics.js'
import { seeded } from '../helpers/seeded.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-12T10:30:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const CLIENT = 'client-a'

/** The first three are one number. */
const PHONES = ['+919876543210', '09876543210', '98765 43210', '+919876543211', '9876543212', '+14155550100', 'sip-7']
const VIRTUAL = ['08041234567', '+918041234568']
const AGENTS = ['agent-0', 'agent-1', 'agent-2']
const SAVED: readonly (readonly [id: string, name: string | null, phone: string, at: number])[] = [
  ['S0', 'Asha Rao', '098765 43210', 1],
  ['S1', 'Later', '+919876543210', 5],
  ['S2', 'Earlier', '9876543210', 3],
  ['S3', null, '9876543212', 2],
]

/** In the middle of the calls, hours change for others; a while before, there were none. */
const HOURS: readonly ScheduleVersion[] = [
  {
    appliesFrom: '2025-09-25',
    schedule: {
      weekly: [{ days: ['monday', 'tuesday', 'thursday', 'friday'], from: '09:30', to: '17:45' }],
      dates: [{ date: '2025-10-02', hours: [] }],
    },
  },
  { appliesFrom: '2025-10-08', schedule: { weekly: [{ days: WEEKDAYS, from: '00:00', to: '06:00' }] } },
]

/** Exotel writes Indian time without an offset. */
function indian(ms: number): string {
  return new Date(ms + 330 * MINUTE).toISOString().slice(0, 19).replace('T', ' ')
}

/** Calls of twenty days, several of them at one instant, told by ribbons or by Exotel, late, twice, and some voided afterwards. */
function someEvents(count: number): NewEvent[] {
  const random = seeded(11)
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const events: NewEvent[] = []
  for (let n = 0; n < count; n++) {
    const at = NOW - Math.floor(random() * 20 * 12) * 2 * HOUR
    const seconds = one([0, 0, 0, 30, 900, 5000])
    const callSid = `CA${String(n)}`
    const context = random() < 0.7 ? { agentUserId: one(AGENTS) } : {}
    const customerData =
      random() < 0.3 ? { customerData: { customerId: one(['C0', 'C1']), name: one(['Ram', '']) } } : {}
    if (random() < 0.6) {
      const direction = one(['inbound', 'inbound', 'outbound'])
      const data = { callSid, phoneNumber: one(PHONES), callDirection: direction, ...customerData }
      const begin = seconds === 0 ? 'incoming' : 'connected'
      if (random() < 0.9) events.push(newEvent({ event: begin, data, context, occurredAt: at }))
      const end = seconds === 0 ? one(['missed', 'rejected']) : 'callEnded'
      const endedAt = at + (seconds === 0 ? one([0, 20_000, 3 * HOUR]) : seconds * 1000)
      if (random() < 0.9) {
        events.push(newEvent({ event: end, data: { ...data, duration: seconds }, context, occurredAt: endedAt }))
      }
    } else {
      const report = {
        ...{ CallSid: callSid, EventType: 'terminal', Status: seconds === 0 ? 'no-answer' : 'completed' },
        ...{ Direction: 'inbound', From: one(PHONES.slice(0, 6)), To: '09812345678', PhoneNumberSid: one(VIRTUAL) },
        ...{ StartTime: indian(at), EndTime: indian(at + 60_000 + seconds * 1000), ConversationDuration: seconds },
      }
      const data = newEvent({ event: 'statusCallback', data: report, source: 'provider', occurredAt: at + 5_000_000 })
      events.push({ ...data, context })
    }
    if (random() < 0.05) {
      events.push(newEvent({ event: 'voided', data: { callSid }, source: 'operator', occurredAt: NOW }))
    }
  }
  const order = new Map(events.map((event) => [event, random()]))
  const late = [...events].sort((a, b) => (order.get(a) as number) - (order.get(b) as number))
  return [...late, ...late.filter(() => random() < 0.2)]
}

/** Every call that counts, oldest first. */
async function allCalls(storage: Storage): Promise<Call[]> {
  const report = await storage.report({ clientId: CLIENT, range: OPEN_RANGE, zone: 'UTC', recent: 100_000 })
  return [...report.recent].reverse()
}

type Asked = Omit<MissedCallsQuery, 'after' | 'pageSize' | 'clientId' | 'mostCalls'>

function keyOf({ phoneNumber }: Call): string | null {
  return phoneNumber === null ? null : numberKey(phoneNumber, 'IN')
}

/** What a caller comes to, as a text. */
interface Told {
  readonly number: string
  readonly misses: number
  readonly firstAt: number
  readonly lastAt: number
  readonly lastSession: string
  readonly state: MissedState
  readonly wonBackBy: string | null
  readonly customer: string | null
  readonly name: string | null
  readonly agent: string | null
  readonly agentName: string | null
}

function toldOf(caller: MissedCaller): Told {
  const { lastMiss, customer, lastAgent } = caller
  return {
    number: String(keyOf(lastMiss)),
    misses: caller.misses,
    firstAt: caller.firstMissedAt,
    lastAt: lastMiss.startAt,
    lastSession: lastMiss.sessionId,
    state: caller.state,
    wonBackBy: caller.wonBackBy?.sessionId ?? null,
    customer: customer?.customerId ?? null,
    name: customer?.name ?? null,
    agent: lastAgent?.agentUserId ?? null,
    agentName: lastAgent?.name ?? null,
  }
}

/** By the definitions, one call after another. @param calls oldest first */
function expected(calls: readonly Call[], asked: Asked, zone: string): Told[] {
  const rows: Told[] = []
  for (const number of new Set(calls.map(keyOf).filter((key) => key !== null))) {
    const own = calls.filter((call) => keyOf(call) === number)
    const isMiss = ({ direction, endAt, answered }: Call) => direction === 'inbound' && endAt !== null && !answered
    const missed = own.filter(
      (call) =>
        isMiss(call) &&
        call.startAt >= asked.range.from &&
        call.startAt < asked.range.to &&
        (asked.agentUserId === null || call.agentUserId === asked.agentUserId) &&
        (asked.virtualNumber === null ||
          numberKey(String(call.virtualNumber), 'IN') === numberKey(asked.virtualNumber, 'IN')),
    )
    const [first, last] = [missed.at(0), missed.at(-1)]
    if (first === undefined || last === undefined) continue
    const answer = own.slice(own.indexOf(last) + 1).find(({ answered }) => answered)
    const until = naiveUntil(Number(last.endAt), asked, { zone, versions: HOURS })
    const isWonBack = answer !== undefined && answer.startAt <= until
    const state = isWonBack ? 'wonBack' : asked.now > until ? 'lost' : 'open'
    if (!asked.states.includes(state)) continue
    const saved = SAVED.filter(([, , phone]) => numberKey(phone, 'IN') === number).sort((a, b) => b[3] - a[3])[0]
    const customer = saved?.[0] ?? own.findLast(({ customerId }) => customerId !== null)?.customerId ?? null
    const agent = own.findLast((call) => call.answered && call.agentUserId !== null)?.agentUserId ?? null
    rows.push({
      ...{ number, misses: missed.length, firstAt: first.startAt, lastAt: last.startAt, state },
      lastSession: last.sessionId,
      wonBackBy: isWonBack ? answer.sessionId : null,
      ...{ customer, name: saved?.[1] ?? null, agent, agentName: agent === 'agent-1' ? 'Asha' : null },
    })
  }
  return rows.sort((a, b) => b.lastAt - a.lastAt || (a.number < b.number ? -1 : 1))
}

async function walk(storage: Storage, asked: Asked, pageSize: number): Promise<Told[]> {
  const rows: Told[] = []
  let after: MissedCallsQuery['after'] = null
  do {
    const query = { ...asked, clientId: CLIENT, pageSize, after, mostCalls: LIMITS.askedCalls }
    const page = await storage.missedCalls(query)
    assert.ok(page.status === 'listed')
    assert.ok(page.callers.length <= pageSize && (page.next === null || page.callers.length === pageSize))
    rows.push(...page.callers.map(toldOf))
    after = page.next
  } while (after !== null)
  return rows
}

const instant = fc.integer({ min: -21 * 48, max: 48 }).map((halfHours) => NOW + halfHours * 30 * MINUTE)
const range: fc.Arbitrary<TimeRange> = fc.oneof(
  fc.constant(OPEN_RANGE),
  fc.constant({ from: NOW - 7 * DAY, to: OPEN_RANGE.to }),
  fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
)
const asked: fc.Arbitrary<Asked> = fc.record({
  range,
  now: fc.oneof(fc.constant(NOW), instant),
  windowHours: fc.constantFrom(1, 5, 24, 72, 336),
  windowIn: fc.constantFrom(...WINDOW_UNITS),
  states: fc.oneof(
    fc.constant(['open'] as const),
    fc.subarray([...MISSED_STATES], { minLength: 1 }),
    fc.constant(MISSED_STATES),
  ),
  virtualNumber: fc.constantFrom(null, null, null, '+91 80 4123 4567', '08041234568', '1'),
  agentUserId: fc.constantFrom(null, null, null, 'agent-0', 'agent-1', 'nobody'),
})

for (const engine of ENGINES) {
  t.test(
    `${engine}: who is to be called back is what the definitions say of any calls, in any order, again and again`,
    async (t) => {
      const storage = await scratchStorage(t, 4 * HOUR, engine)
      for (const id of [CLIENT, 'client-b']) await storage.createClient(newClient(id))
      for (const [id, name, phone, at] of SAVED) {
        await storage.saveCustomer(CLIENT, id, { phone, ...(name !== null && { name }) }, at)
      }
      await storage.saveAgent(CLIENT, 'agent-1', { name: 'Asha' }, NOW)
      const events = someEvents(220)
      for (const version of HOURS) await storage.setBusinessHours(CLIENT, version)
      let zone = newClient(CLIENT).timezone
      const check = async (runs: number) => {
        const calls = await allCalls(storage)
        let listed = 0
        const property = fc.asyncProperty(asked, fc.constantFrom(1, 2, 3, 100), async (query, pageSize) => {
          const found = await walk(storage, query, pageSize)
          // Names that calls gave are told by `contactsOf`, which has tests of its own.
          const plain = found.map((row) => ({ ...row, name: String(row.customer).startsWith('S') ? row.name : null }))
          assert.deepEqual(plain, expected(calls, query, zone))
          listed += plain.length
        })
        await fc.assert(property, { numRuns: runs })
        return listed
      }
      const half = events.length / 2
      await Promise.all(events.slice(0, half).map((event) => storage.record(event)))
      t.ok((await check(40)) > 10, 'half of the events')
      while ((await storage.buildPages(CLIENT, 100)) > 0);
      await Promise.all(events.slice(half).map((event) => storage.record(event)))
      t.ok((await check(120)) > 10, 'all of them')
      zone = 'America/St_Johns'
      await storage.updateClient(CLIENT, { timezone: zone })
      t.ok((await check(40)) > 10, 'days of another zone')
      const instant = NOW - 5 * DAY - 3 * HOUR
      while ((await storage.dropBefore(CLIENT, instant, 30)) > 0) await check(5)
      t.ok((await check(60)) > 10, 'what is kept while calls are dropped, and after that')
    },
  )

  t.test(`${engine}: of calls that began at one instant, those recorded later come later`, async (t) => {
    const storage = await scratchStorage(t, 4 * HOUR, engine)
    await storage.createClient(newClient(CLIENT))
    const at = (callSid: string, event: string, phoneNumber = PHONES[0]) =>
      storage.record(newEvent({ event, data: { callSid, phoneNumber, callDirection: 'inbound' }, occurredAt: NOW }))
    for (const [callSid, event] of [
      ['before', 'connected'],
      ['first', 'missed'],
      ['last', 'missed'],
      ['after', 'connected'],
      ['later', 'connected'],
    ] as const) {
      await at(callSid, event)
    }
    for (const callSid of ['other', 'another']) await at(callSid, 'missed', callSid)
    const query = {
      range: OPEN_RANGE,
      now: NOW,
      windowHours: 24,
      windowIn: 'clock' as const,
      virtualNumber: null,
      agentUserId: null,
    }
    const rows = await walk(storage, { ...query, states: MISSED_STATES }, 1)
    t.match(rows, [
      { lastSession: 'session-last', misses: 2, state: 'wonBack', wonBackBy: 'session-after' },
      { lastSession: 'session-another', state: 'open' },
      { lastSession: 'session-other', state: 'open' },
    ])
  })

  t.test(`${engine}: more calls than may be read are too many, and those of no client are none`, async (t) => {
    const storage = await scratchStorage(t, 4 * HOUR, engine)
    await storage.createClient(newClient(CLIENT))
    const miss = (n: number, daysAgo: number) => {
      const data = { callSid: `CA${String(n)}`, phoneNumber: `+9198765432${String(10 + n)}` }
      return storage.record(newEvent({ event: 'missed', data, occurredAt: NOW - daysAgo * DAY }))
    }
    for (let n = 0; n < 10; n++) await miss(n, n)
    const query = {
      range: OPEN_RANGE,
      now: NOW,
      windowHours: 24,
      windowIn: 'clock' as const,
      virtualNumber: null,
      agentUserId: null,
      after: null,
    }
    const list = (states: readonly MissedState[], mostCalls: number, pageSize = 3, clientId = CLIENT) =>
      storage.missedCalls({ ...query, clientId, states, mostCalls, pageSize })
    const sizeOf = async (...args: Parameters<typeof list>) => {
      const answer = await list(...args)
      return answer.status === 'listed' ? answer.callers.length : answer.status
    }
    t.equal(await sizeOf(['open'], 4), 2, 'open calls are looked for where calls can be open')
    t.equal(await sizeOf(['lost'], 9), 3, 'reading ends where the page is full')
    t.equal(await sizeOf(['lost'], 9, 8), 'too-large')
    t.equal(await sizeOf(['lost'], 10, 8), 8)
    t.equal(await sizeOf(['wonBack'], 9), 'too-large')
    t.strictSame(await list(['open'], 9, 3, 'nobody'), {
      status: 'listed',
      callers: [],
      next: null,
      retainedFrom: null,
    })
  })
}
