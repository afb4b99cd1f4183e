import fc from 'fast-check'
import assert from 'node:assert/strict'
import t from 'tap'
import type { Call } from '../../src/core/call.js'
import type { CallEvent } from '../../src/core/facts.js'
import { customerIdOf, directionOf } from '../../src/core/identity.js'
import { canonicalJson } from '../../src/core/json.js'
import { OPEN_RANGE, type TimeRange } from '../../src/core/range.js'
import type { Report } from '../../src/core/report.js'
import type { EventQuery, NewEvent, StoredEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { BASE_MS, eventStream, mixedStream } from '../helpers/events.js'
import { oracle, oracleMembers, UNNAMED, type OracleReport } from '../helpers/oracle.js'
import { toldOf } from '../helpers/told.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const DAY_ZONE = 'Asia/Kolkata'
const QUARTER_MS = 900_000
const MAX_CALL_AGE_MS = 4 * 3_600_000

const instant = fc.oneof(
  fc.integer({ min: -3 * 96, max: 43 * 96 }).map((slots) => BASE_MS + slots * QUARTER_MS),
  fc.integer({ min: -3 * 96 * QUARTER_MS, max: 43 * 96 * QUARTER_MS }).map((ms) => BASE_MS + ms),
)
const range: fc.Arbitrary<TimeRange> = fc.oneof(
  fc.constant(OPEN_RANGE),
  fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
)
const filters = fc.record({
  range,
  customerId: fc.constantFrom(null, null, 'CUST001', 'é', 'nobody'),
  agentUserId: fc.constantFrom(null, null, 'agent-1', '42', 'nobody'),
  event: fc.constantFrom(null, null, 'connected', 'networkQuality'),
  direction: fc.constantFrom(null, null, 'inbound' as const, 'outbound' as const),
  pageSize: fc.integer({ min: 1, max: 7 }),
})

/** How events come: all at once, one after the other, or in batches of so many. */
const manner = fc.oneof(fc.constantFrom('at once' as const, 'apart' as const), fc.integer({ min: 1, max: 20 }))

/** Records events, some of them twice, in this order. */
async function record(
  storage: Storage,
  events: readonly NewEvent[],
  { repeats, how }: { repeats: readonly number[]; how: typeof manner extends fc.Arbitrary<infer How> ? How : never },
) {
  const all = [...events, ...repeats.flatMap((n) => events[n % events.length] ?? [])]
  if (how === 'at once') await Promise.all(all.map((event) => storage.record(event)))
  else if (how === 'apart') for (const event of all) await storage.record(event)
  else for (let at = 0; at < all.length; at += how) await storage.recordAll(all.slice(at, at + how))
}

async function* pagesByNumber(storage: Storage, query: Omit<EventQuery, 'position'>) {
  for (let page = 1; ; page++) {
    const answer = await storage.listEvents({ ...query, position: { page } })
    yield answer
    if (answer.next === null) return
  }
}

async function* pagesByCursor(storage: Storage, query: Omit<EventQuery, 'position'>) {
  let answer = await storage.listEvents({ ...query, position: { page: 1 } })
  yield answer
  while (answer.next !== null) {
    answer = await storage.listEvents({ ...query, position: { after: answer.next } })
    yield answer
  }
}

function agentIn({ context }: CallEvent): string | null {
  const { agentUserId } = context
  return typeof agentUserId === 'number' ? String(agentUserId) : typeof agentUserId === 'string' ? agentUserId : null
}

/** The events that a filter means, found by looking at each. */
function expected(events: readonly CallEvent[], query: Omit<EventQuery, 'position'>): CallEvent[] {
  const directions = new Map<CallEvent, string>()
  for (const { call, events: theirs } of oracleMembers(events, MAX_CALL_AGE_MS)) {
    for (const event of theirs) directions.set(event, call.direction)
  }
  const directionOfEvent = (event: CallEvent) => directionOf(event.data) ?? directions.get(event) ?? null
  return events.filter(
    (event) =>
      event.occurredAt >= query.range.from &&
      event.occurredAt < query.range.to &&
      (query.customerId === null || customerIdOf(event.data) === query.customerId) &&
      (query.agentUserId == null || agentIn(event) === query.agentUserId) &&
      (query.event === null || event.event === query.event) &&
      (query.direction === null || directionOfEvent(event) === query.direction),
  )
}

function fingerprint(events: readonly (StoredEvent | CallEvent)[]): string[] {
  return events.map(({ event, occurredAt, data }) => JSON.stringify([occurredAt, event, data])).sort()
}

/** A call that no event names has an id of its own making, which the oracle does not know. */
function comparable(call: Omit<Call, 'clientId' | 'status' | 'phoneE164'> & { readonly status: string }): string {
  const sessionId = /^session-\d{10}-[0-9a-z]{10}$/.test(call.sessionId) ? `session-${UNNAMED}` : call.sessionId
  return JSON.stringify([
    sessionId,
    call.startAt,
    call.answeredAt,
    call.endAt,
    call.ringSeconds,
    call.durationSeconds,
    call.direction,
    call.status,
    call.answered,
    call.phoneNumber,
    call.agentUserId,
    call.domain,
    call.agentNumber,
    call.virtualNumber,
    call.endReason,
    call.recordingUrl,
    call.confirmed,
    call.customerAnsweredAt,
    call.customerId,
    canonicalJson(call.customerData),
  ])
}

const STREAMS = { 'events that name their call': eventStream, 'events of which some name no call': mixedStream }

for (const engine of ENGINES) {
  for (const [kind, stream] of Object.entries(STREAMS)) {
    t.test(`${engine}: the store and the oracle agree on ${kind}`, async (t) => {
      const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
      let runs = 0
      const property = fc.asyncProperty(
        stream,
        fc.array(fc.nat(), { maxLength: 10 }),
        manner,
        filters,
        fc.constantFrom(DAY_ZONE, DAY_ZONE, 'America/St_Johns', 'UTC'),
        async (stream, repeats, how, filter, zone) => {
          const clientId = `client-${String((runs += 1))}`
          await storage.createClient(newClient(clientId, { apiKeyHash: clientId, timezone: DAY_ZONE }))
          // Equal events are one event, to the oracle too.
          const unique = [...new Map(stream.map((event) => [JSON.stringify(event), event])).values()]
          const events = unique.map((event) => newEvent({ ...event, clientId }))
          await record(storage, events, { repeats, how })
          await compareReports(storage, clientId, unique, filter, zone)
          await compareLists(storage, clientId, unique, filter)
        },
      )
      await fc.assert(property, { numRuns: Number(process.env['ORACLE_RUNS'] ?? 30) })
    })
  }
}

type Filter = typeof filters extends fc.Arbitrary<infer F> ? F : never

async function compareReports(
  storage: Storage,
  clientId: string,
  events: readonly CallEvent[],
  { range, customerId, agentUserId }: Filter,
  zone: string,
): Promise<void> {
  const mine = oracle(events, { now: 0, zone, range, maxCallAgeMs: MAX_CALL_AGE_MS })
  const query = { clientId, range, zone, recent: 500 }
  const report = await storage.detailedReport({ ...query, top: 10 })
  assertReports(report, mine)
  assert.deepEqual(
    report.top.map(({ customerId, calls, seconds }) => ({ customerId, calls, seconds })),
    mine.topCustomers,
  )
  assert.deepEqual(
    report.topAgents.map(({ agentUserId, calls, seconds, answered }) => ({ agentUserId, calls, seconds, answered })),
    mine.topAgents,
  )
  // The oracle's clock stands at the beginning of time: nothing has expired.
  assert.deepEqual(report.recent.map(comparable).sort(), mine.calls.map(comparable).sort())
  if (customerId === null && agentUserId === null) return
  const only = { ...(customerId !== null && { customerId }), ...(agentUserId !== null && { agentUserId }) }
  const theirs = oracle(events, { now: 0, zone, range, maxCallAgeMs: MAX_CALL_AGE_MS, ...only })
  const own = await storage.filteredReport({ ...query, customerId, agentUserId, top: 10 })
  assertReports(own, theirs)
  assert.equal(own.recent.length, theirs.calls.length)
  assert.deepEqual(
    own.top.map(({ customerId, calls, seconds }) => ({ customerId, calls, seconds })),
    theirs.topCustomers,
  )
}

function assertReports(report: Report, expected: OracleReport): void {
  const { summary, byDate, byHour, byWeekday } = report
  const told = { ...toldOf(summary), callsByDate: byDate, callsByHour: byHour, callsByDayOfWeek: byWeekday }
  assert.deepEqual({ ...expected, ...told }, expected)
}

async function compareLists(
  storage: Storage,
  clientId: string,
  events: readonly CallEvent[],
  filter: Filter,
): Promise<void> {
  const listed = { clientId, ...filter }
  const wanted = fingerprint(expected(events, listed))
  for (const pages of [pagesByNumber, pagesByCursor]) {
    const got: StoredEvent[] = []
    for await (const page of pages(storage, listed)) {
      assert.equal(page.total, wanted.length)
      got.push(...page.events)
    }
    assert.deepEqual(fingerprint(got), wanted)
    assert.ok(got.every((event, i) => i === 0 || (got[i - 1]?.occurredAt ?? 0) >= event.occurredAt))
  }
  const beyond = await storage.listEvents({ ...listed, position: { page: 1_000_000 } })
  assert.deepEqual(beyond, { events: [], total: wanted.length, next: null, retainedFrom: null })
}
