import fc from 'fast-check'
import t from 'tap'
import type { CallEvent } from '../../src/core/facts.js'
import { customerIdOf, directionOf, sessionIdOf, callKeyOf } from '../../src/core/identity.js'
import { OPEN_RANGE, planRange, type TimeRange } from '../../src/core/range.js'
import { avgDuration } from '../../src/core/report.js'
import type { EventQuery, NewEvent, StoredEvent, Storage } from '../../src/storage/port.js'
import { DURATION_BUCKETS } from '../../src/core/vocabulary.js'
import { BASE_MS, eventStream } from '../helpers/events.js'
import { oracle, oracleCalls } from '../helpers/oracle.js'
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
  event: fc.constantFrom(null, null, 'connected', 'networkQuality'),
  direction: fc.constantFrom(null, null, 'inbound' as const, 'outbound' as const),
  pageSize: fc.integer({ min: 1, max: 7 }),
})

/** Records events as they come, some of them twice, all at once or one after the other. */
async function record(storage: Storage, events: readonly NewEvent[], repeats: readonly number[], together: boolean) {
  const all = [...events, ...repeats.flatMap((n) => events[n % events.length] ?? [])]
  if (together) await Promise.all(all.map((event) => storage.record(event)))
  else for (const event of all) await storage.record(event)
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

/** The events that a filter means, found by looking at each. */
function expected(events: readonly CallEvent[], query: Omit<EventQuery, 'position'>): CallEvent[] {
  const directions = new Map(oracleCalls(events).map((call) => [call.sessionId, call.direction]))
  const directionOfEvent = ({ data }: CallEvent) =>
    directionOf(data) ?? directions.get(sessionIdOf(callKeyOf(data) ?? '')) ?? null
  return events.filter(
    (event) =>
      event.occurredAt >= query.range.from &&
      event.occurredAt < query.range.to &&
      (query.customerId === null || customerIdOf(event.data) === query.customerId) &&
      (query.event === null || event.event === query.event) &&
      (query.direction === null || directionOfEvent(event) === query.direction),
  )
}

function fingerprint(events: readonly (StoredEvent | CallEvent)[]): string[] {
  return events.map(({ event, occurredAt, data }) => JSON.stringify([occurredAt, event, data])).sort()
}

for (const engine of ENGINES) {
  t.test(engine, async (t) => {
    const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
    let runs = 0
    const property = fc.asyncProperty(
      eventStream,
      fc.array(fc.nat(), { maxLength: 10 }),
      fc.boolean(),
      filters,
      fc.constantFrom(DAY_ZONE, DAY_ZONE, 'America/St_Johns', 'UTC'),
      async (stream, repeats, together, filter, zone) => {
        const clientId = `client-${String((runs += 1))}`
        await storage.createClient(newClient(clientId, { apiKeyHash: clientId, timezone: DAY_ZONE }))
        // Equal events are one event, to the oracle too.
        const unique = [...new Map(stream.map((event) => [JSON.stringify(event), event])).values()]
        const events = unique.map((event) => newEvent({ ...event, clientId, context: { source: event.source } }))
        await record(storage, events, repeats, together)

        const { range, customerId } = filter
        const mine = oracle(unique, { now: 0, zone, range, maxCallAgeMs: Infinity })
        const plan = planRange(range, zone, DAY_ZONE)
        const query = { clientId, range, plan, recent: 500, top: 10, month: null }
        const report = await storage.report({ ...query, customerId: null })
        t.same(report.byDate, mine.callsByDate)
        t.same(report.byHour, mine.callsByHour)
        t.same(report.byWeekday, mine.callsByDayOfWeek)
        t.match(report.summary, {
          calls: mine.totalCalls,
          ended: mine.endedCalls,
          answered: mine.answeredCalls,
          missed: mine.missedCalls,
          inbound: mine.inboundCalls,
          outbound: mine.outboundCalls,
          seconds: mine.totalDuration,
        })
        t.equal(avgDuration(report.summary), mine.avgDuration)
        for (const { name, counter } of DURATION_BUCKETS) {
          t.equal(report.summary[counter], mine.durationBuckets[name], name)
        }
        t.same(
          report.top.map(({ customerId, calls, seconds }) => ({ customerId, calls, seconds })),
          mine.topCustomers,
        )
        const byId = (a: { sessionId: string }, b: { sessionId: string }) => (a.sessionId < b.sessionId ? -1 : 1)
        t.same([...report.recent].sort(byId), mine.calls.map((call) => ({ clientId, ...call })).sort(byId))

        if (customerId !== null) {
          const theirs = mine.calls.filter((call) => call.customerId === customerId)
          const own = await storage.report({ ...query, customerId, top: 0 })
          t.equal(own.summary.calls, theirs.length)
          t.equal(
            own.byDate.reduce((sum, [, calls]) => sum + calls, 0),
            theirs.length,
          )
          t.equal(own.recent.length, theirs.length)
        }

        const listed = { clientId, ...filter }
        const wanted = fingerprint(expected(unique, listed))
        for (const pages of [pagesByNumber, pagesByCursor]) {
          const got: StoredEvent[] = []
          for await (const page of pages(storage, listed)) {
            t.equal(page.total, wanted.length)
            got.push(...page.events)
          }
          t.same(fingerprint(got), wanted)
          t.ok(got.every((event, i) => i === 0 || (got[i - 1]?.occurredAt ?? 0) >= event.occurredAt))
        }
        const beyond = await storage.listEvents({ ...listed, position: { page: 1_000_000 } })
        t.same(beyond, { events: [], total: wanted.length, next: null, retainedFrom: null })
      },
    )
    await t.resolves(
      fc.assert(property, { numRuns: Number(process.env['ORACLE_RUNS'] ?? 60) }),
      'the store and the oracle agree',
    )
  })
}
