import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { statusAt, type Call } from '../../src/core/call.js'
import { OPEN_RANGE } from '../../src/core/range.js'
import { numberKey } from '../../src/core/phone-number.js'
import { LIMITS } from '../../src/core/limits.js'
import { CALL_STATUSES } from '../../src/core/vocabulary/calls.js'
import { ANY_CALL as ANY, type CallFilters, type CallQuery } from '../../src/storage/port/calls.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { seeded } from '../helpers/seeded.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-12T10:30:00Z')
const MINUTE = 60_000
const TIME = { now: NOW, maxCallAgeMs: 4 * 60 * MINUTE }
const CLIENT = 'client-a'

const PHONES = ['+919876543210', '09876543211', '98765 43212', 'extension 7', '']
const VIRTUAL = ['08041234567', '+918041234568', '0804-123-4567']
const TAGS = ['vip', 'late', 'a"b', 'x,y', '_', '%', 'no vip', '\\n']
const ONE_OF = {
  disposition: ['sold', 'SOLD', 'nobody'],
  tag: ['vip', 'VIP', 'a"b', 'a', '"', ',', '_', '%'],
  customerId: ['C0', 'C1', 'C2', 'nobody'],
  agentUserId: ['agent-0', 'agent-1', 'nobody'],
  phoneNumber: ['9876543210', '+91 98765 43211', '09876543212', 'extension 7', '1'],
  virtualNumber: ['+918041234567', '080-4123-4568', '1'],
  endReason: ['NORMAL', 'BUSY', 'NO_ANSWER', 'nothing'],
}

/** Exotel writes Indian time without an offset. */
function indian(ms: number): string {
  return new Date(ms + 330 * MINUTE).toISOString().slice(0, 19).replace('T', ' ')
}

/** Calls of every kind, several of them at one instant: told by ribbons, by the provider or by both, some of them never ended. */
function someCalls(count: number): NewEvent[] {
  const random = seeded(7)
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const events: NewEvent[] = []
  for (let n = 0; n < count; n++) {
    const at = NOW - Math.floor(random() * 80) * 10 * MINUTE
    const seconds = one([0, 12, 60, 899, 900, 5000])
    const told = { callSid: `CA${String(n)}`, phoneNumber: one(PHONES), callDirection: one(['inbound', 'outbound']) }
    const data = { ...told, ...(random() < 0.7 && { customerData: { customerId: one(['C0', 'C1', 'C2']) } }) }
    const context = random() < 0.7 ? { agentUserId: one(['agent-0', 'agent-1']) } : {}
    const byRibbon = random() < 0.8
    if (byRibbon)
      events.push(newEvent({ event: one(['connected', 'incoming', 'dialing']), data, context, occurredAt: at }))
    if (byRibbon && random() < 0.6) {
      const end = { duration: seconds, callEndReason: one(['', 'NORMAL', 'BUSY', 'rejected']) }
      events.push(newEvent({ event: 'callEnded', data: { ...data, ...end }, context, occurredAt: at + seconds * 1000 }))
    }
    if (byRibbon && random() < 0.6) continue
    const report = {
      CallSid: `CA${String(n)}`,
      EventType: 'terminal',
      Status: one(['completed', 'busy', 'failed', 'no-answer', 'in-progress']),
      Direction: one(['inbound', 'outbound-api']),
      From: one(PHONES),
      To: '09812345678',
      PhoneNumberSid: one(VIRTUAL),
      StartTime: indian(at),
      EndTime: indian(at + seconds * 1000),
      ConversationDuration: seconds,
      ...(random() < 0.5 && { RecordingUrl: 'https://recordings.exotel.com/acme/1.mp3' }),
      Legs: [{ Status: 'completed' }, { Status: one(['completed', 'busy']), CauseCode: one(['BUSY', 'NO_ANSWER']) }],
    }
    const note = { callSid: report.CallSid, tags: [one(TAGS), one(TAGS)], disposition: one(['sold', 'lost', null]) }
    if (random() < 0.4) events.push(newEvent({ event: 'annotated', data: note, source: 'operator', occurredAt: at }))
    if (random() < 0.1) events.push(newEvent({ event: 'voided', data: note, source: 'operator', occurredAt: at }))
    events.push(newEvent({ event: 'statusCallback', data: report, source: 'provider', occurredAt: at + 5_000_000 }))
  }
  return events
}

/** Every call, as lists have it. */
async function allCalls(storage: Storage): Promise<readonly Call[]> {
  return (await storage.report({ clientId: CLIENT, range: OPEN_RANGE, zone: 'UTC', recent: 100_000 })).recent
}

/** By the definition of each filter, one call after another. */
function matches(call: Call, filters: CallFilters): boolean {
  const is = <T>(asked: T | null, value: T | null): boolean => asked === null || asked === value
  const isNumber = (asked: string | null, value: string | null): boolean =>
    asked === null || (value !== null && numberKey(asked, 'IN') === numberKey(value, 'IN'))
  const seconds = call.durationSeconds
  return (
    (filters.statuses === null || filters.statuses.includes(statusAt(call, TIME.now, TIME.maxCallAgeMs))) &&
    is(filters.direction, call.direction) &&
    is(filters.customerId, call.customerId) &&
    is(filters.agentUserId, call.agentUserId) &&
    isNumber(filters.phoneNumber, call.phoneNumber) &&
    isNumber(filters.virtualNumber, call.virtualNumber) &&
    is(filters.endReason, call.endReason) &&
    is(filters.disposition, call.disposition) &&
    (filters.tag === null || call.tags.includes(filters.tag)) &&
    (filters.minSeconds === null || (seconds !== null && seconds >= filters.minSeconds)) &&
    (filters.maxSeconds === null || (seconds !== null && seconds <= filters.maxSeconds)) &&
    is(filters.hasRecording, call.recordingUrl !== null) &&
    is(filters.confirmed, call.confirmed)
  )
}

/** All pages of a search. */
async function walk(storage: Storage, query: Omit<CallQuery, 'after'>): Promise<{ calls: Call[]; pages: number }> {
  const calls: Call[] = []
  let after: CallQuery['after'] = null
  for (let pages = 1; ; pages++) {
    const page = await storage.listCalls({ ...query, after })
    assert.ok(page.calls.length <= query.pageSize)
    calls.push(...page.calls)
    if (page.next === null) return { calls, pages }
    after = page.next
  }
}

const sessionIds = (calls: readonly Call[]) => calls.map(({ sessionId }) => sessionId)
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 2 })
const anyFilters: fc.Arbitrary<CallFilters> = fc.record({
  statuses: maybe(fc.subarray([...CALL_STATUSES], { minLength: 1 })),
  direction: maybe(fc.constantFrom('inbound' as const, 'outbound' as const)),
  customerId: maybe(fc.constantFrom(...ONE_OF.customerId)),
  agentUserId: maybe(fc.constantFrom(...ONE_OF.agentUserId)),
  phoneNumber: maybe(fc.constantFrom(...ONE_OF.phoneNumber)),
  virtualNumber: maybe(fc.constantFrom(...ONE_OF.virtualNumber)),
  endReason: maybe(fc.constantFrom(...ONE_OF.endReason)),
  disposition: maybe(fc.constantFrom(...ONE_OF.disposition)),
  tag: maybe(fc.constantFrom(...ONE_OF.tag)),
  minSeconds: maybe(fc.constantFrom(0, 12, 900, 2000)),
  maxSeconds: maybe(fc.constantFrom(0, 60, 899, 10_000)),
  hasRecording: maybe(fc.boolean()),
  confirmed: maybe(fc.boolean()),
})
/** Each filter by itself with each of its values, and random ones of several together. */
const singles: CallFilters[] = [
  ANY,
  ...CALL_STATUSES.map((status) => ({ ...ANY, statuses: [status] })),
  ...Object.entries(ONE_OF).flatMap(([name, values]) => values.map((value) => ({ ...ANY, [name]: value }))),
  ...(['inbound', 'outbound'] as const).map((direction) => ({ ...ANY, direction })),
  ...[0, 12, 900, 901].flatMap((seconds) => [
    { ...ANY, minSeconds: seconds },
    { ...ANY, maxSeconds: seconds },
  ]),
  ...[true, false].flatMap((is) => [
    { ...ANY, hasRecording: is },
    { ...ANY, confirmed: is },
  ]),
]
const anyRange = fc.record({
  from: fc.constantFrom(OPEN_RANGE.from, NOW - 500 * MINUTE, NOW - 100 * MINUTE),
  to: fc.constantFrom(OPEN_RANGE.to, NOW - 60 * MINUTE, NOW - 500 * MINUTE),
})

for (const engine of ENGINES) {
  t.test(`${engine}: whatever calls are asked by, the list has those that match, once and in order`, async (t) => {
    const storage = await scratchStorage(t, TIME.maxCallAgeMs, engine)
    for (const id of [CLIENT, 'client-b']) await storage.createClient(newClient(id))
    const events = someCalls(400)
    await Promise.all(
      [...events, ...events.map((event) => ({ ...event, clientId: 'client-b' }))].map((event) => storage.record(event)),
    )
    const all = await allCalls(storage)
    const seen = new Set(all.map((call) => statusAt(call, TIME.now, TIME.maxCallAgeMs)))
    t.strictSame([...seen].sort(), CALL_STATUSES.filter((status) => status !== 'canceled').sort(), 'of every kind')

    const check = async (filters: CallFilters, range: CallQuery['range'], oldestFirst: boolean, pageSize: number) => {
      const wanted = all.filter(
        (call) => matches(call, filters) && call.startAt >= range.from && call.startAt < range.to,
      )
      const { calls } = await walk(storage, { clientId: CLIENT, range, filters, time: TIME, oldestFirst, pageSize })
      assert.deepEqual(sessionIds(calls), sessionIds(oldestFirst ? [...wanted].reverse() : wanted))
      assert.deepEqual(new Set(calls.map(({ clientId }) => clientId)).has('client-b'), false)
      return wanted.length
    }
    for (const filters of singles) {
      const found = await check(filters, OPEN_RANGE, false, 50)
      t.equal(await check(filters, OPEN_RANGE, true, 7), found, JSON.stringify(filters))
    }
    const oldest = all.at(-1) as Call
    await check(ANY, { from: oldest.startAt, to: OPEN_RANGE.to }, true, 1)
    await fc.assert(
      fc.asyncProperty(
        anyFilters,
        anyRange,
        fc.boolean(),
        fc.constantFrom(1, 3, 50),
        async (filters, range, oldest, size) => {
          await check(filters, range, oldest, size)
        },
      ),
      { numRuns: 300, seed: 1 },
    )
    const nobody = {
      clientId: 'nobody',
      range: OPEN_RANGE,
      filters: ANY,
      time: TIME,
      oldestFirst: false,
      pageSize: 5,
      after: null,
    }
    t.strictSame(await storage.listCalls(nobody), { calls: [], cut: false, next: null, retainedFrom: null })
  })

  t.test(`${engine}: a page looks at so many calls and no more, and the next one goes on from there`, async (t) => {
    const storage = await scratchStorage(t, TIME.maxCallAgeMs, engine)
    await storage.createClient(newClient(CLIENT))
    const count = LIMITS.lookedAtCalls + 100
    const record = (n: number) => {
      const data = { callSid: `CA${String(n)}`, duration: n === 3 ? 77 : 5 }
      return storage.record(newEvent({ event: 'callEnded', data, occurredAt: NOW - (count - n) * 1000 }))
    }
    // As many at once as may wait.
    for (let n = 0; n < count; n += 100) await Promise.all(Array.from({ length: 100 }, (_, i) => record(n + i)))
    const filters = { ...ANY, minSeconds: 70, statuses: ['completed' as const] }
    const query = { clientId: CLIENT, range: OPEN_RANGE, filters, time: TIME, oldestFirst: false, pageSize: 5 }
    const first = await storage.listCalls({ ...query, after: null })
    t.strictSame(first.calls, [])
    t.ok(first.next !== null)
    const second = await storage.listCalls({ ...query, after: first.next })
    t.strictSame([sessionIds(second.calls), second.next], [['session-CA3'], null])
  })

  t.test(`${engine}: a page is as long as an answer may be, and the next one has the rest`, async (t) => {
    const storage = await scratchStorage(t, TIME.maxCallAgeMs, engine)
    await storage.createClient(newClient(CLIENT))
    const note = 'x'.repeat(LIMITS.callCustomerLength - 100)
    const count = Math.ceil(LIMITS.answerLength / note.length)
    const record = (n: number) => {
      const data = { callSid: `CA${String(n)}`, customerData: { note } }
      return storage.record(newEvent({ event: 'connected', data, occurredAt: NOW - n * 1000 }))
    }
    await Promise.all(Array.from({ length: count }, (_, n) => record(n)))
    const query = { clientId: CLIENT, range: OPEN_RANGE, filters: ANY, time: TIME, oldestFirst: false, pageSize: 500 }
    const page = await storage.listCalls({ ...query, after: null })
    t.ok(page.cut && page.calls.length > 0 && page.calls.length < count)
    t.equal((await walk(storage, query)).calls.length, count)
  })

  t.test(`${engine}: calls that were dropped are in no list`, async (t) => {
    const storage = await scratchStorage(t, TIME.maxCallAgeMs, engine)
    await storage.createClient(newClient(CLIENT, { retentionMonths: 1 }))
    await Promise.all(someCalls(60).map((event) => storage.record(event)))
    const instant = NOW - 400 * MINUTE
    while ((await storage.dropBefore(CLIENT, instant, 25)) > 0);
    const kept = (await allCalls(storage)).length
    const query = { clientId: CLIENT, range: OPEN_RANGE, time: TIME, oldestFirst: true, pageSize: 5 }
    for (const filters of singles) {
      const { calls } = await walk(storage, { ...query, filters })
      t.ok(calls.length <= kept && calls.every(({ startAt }) => startAt >= instant), JSON.stringify(filters))
    }
    t.equal((await storage.listCalls({ ...query, filters: ANY, after: null })).retainedFrom, instant)
  })
}
