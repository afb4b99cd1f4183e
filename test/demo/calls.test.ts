import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { DEMO_OFFICES, demoEvents, type DemoOffice, type DemoPeriod } from '../../src/demo/calls.js'
import { deriveCall, type DerivedCall } from '../../src/core/call.js'
import { localSlot, monthOf, weekdayOf } from '../../src/core/calendar.js'
import { factsOf, join, type CallFacts } from '../../src/core/facts.js'
import { KNOWN_EVENTS } from '../../src/core/vocabulary/events.js'
import { DEMO_CLIENTS } from '../../src/clients/demo-clients.js'
import type { NewEvent } from '../../src/storage/port/events.js'

/** A Friday afternoon in India. */
const PERIOD: DemoPeriod = { now: Date.parse('2025-10-10T16:30:00+05:30'), days: 90, seed: 7 }
const DAY_MS = 24 * 60 * 60 * 1000

function callsOf(events: readonly NewEvent[]): DerivedCall[] {
  const calls = new Map<string, CallFacts>()
  for (const event of events) {
    const callSid = event.data['callSid'] as string
    const facts = factsOf(event) ?? {}
    calls.set(callSid, join(calls.get(callSid) ?? {}, facts))
  }
  return [...calls.values()].map(deriveCall)
}

const all = DEMO_OFFICES.map((office) => ({ office, events: demoEvents(office, PERIOD) }))
const [, collections] = all as [unknown, { office: DemoOffice; events: NewEvent[] }]

t.test('the same seed makes the same calls, another seed makes others', async (t) => {
  t.ok(isDeepStrictEqual(demoEvents(collections.office, PERIOD), collections.events))
  t.notOk(isDeepStrictEqual(demoEvents(collections.office, { ...PERIOD, seed: 8 }), collections.events))
})

t.test('the offices are those of the demo clients', async (t) => {
  t.same(DEMO_OFFICES.map(({ clientId }) => clientId).sort(), DEMO_CLIENTS.map(({ clientId }) => clientId).sort())
})

t.test('no client uses up a month, so that init answers for all of them', async (t) => {
  for (const { office, events } of all) {
    const limit = Number(DEMO_CLIENTS.find(({ clientId }) => clientId === office.clientId)?.monthlyLimit)
    const perMonth = new Map<string, number>()
    for (const { startAt } of callsOf(events)) {
      const month = monthOf(localSlot('Asia/Kolkata', startAt).date)
      perMonth.set(month, (perMonth.get(month) ?? 0) + 1)
    }
    t.ok(perMonth.size >= 3, 'there are calls in each month')
    t.ok(Math.max(...perMonth.values()) <= limit * 0.9, 'and room for more')
  }
})

t.test(
  'nothing happens after now, or before the first day, and events come in the order of their arrival',
  async (t) => {
    for (const { events } of all) {
      t.ok(events.every(({ occurredAt, receivedAt }) => occurredAt <= receivedAt && receivedAt <= PERIOD.now))
      t.ok(events.every(({ occurredAt }) => occurredAt > PERIOD.now - PERIOD.days * DAY_MS))
      t.ok(events.every(({ occurredAt, timestamp }) => Date.parse(String(timestamp)) === occurredAt))
      t.ok(events.every(({ receivedAt }, index) => receivedAt >= (events[index - 1]?.receivedAt ?? 0)))
    }
  },
)

t.test('calls keep Indian office hours: busy weekdays, a lunch dip, few on Saturday, none on Sunday', async (t) => {
  const ended = callsOf(collections.events).filter(({ status }) => status !== 'active')
  const where = ended.map(({ startAt }) => localSlot('Asia/Kolkata', startAt))
  const atHour = (hour: number) => where.filter((at) => at.hour === hour).length
  const onWeekday = (weekday: number) => where.filter(({ date }) => weekdayOf(date) === weekday).length
  t.ok(where.filter(({ hour }) => hour >= 9 && hour < 19).length > 0.95 * where.length)
  t.ok(atHour(13) < 0.7 * Math.min(atHour(12), atHour(15)))
  t.ok(onWeekday(6) > 0 && onWeekday(6) < 0.5 * Math.min(...[1, 2, 3, 4, 5].map(onWeekday)))
  t.equal(onWeekday(0), 0)
})

t.test(
  'there is something of everything: both directions, every outcome, every length, calls in progress',
  async (t) => {
    const calls = callsOf(collections.events)
    const statuses = new Set(calls.map(({ status }) => status))
    t.same([...statuses].sort(), ['active', 'busy', 'completed', 'failed', 'missed', 'no-answer', 'rejected'])
    t.same([...new Set(calls.map(({ direction }) => direction))].sort(), ['inbound', 'outbound'])
    t.equal(calls.filter(({ status }) => status === 'active').length, collections.office.activeCalls)
    const durations = calls.filter(({ status }) => status === 'completed').map((call) => Number(call.durationSeconds))
    for (const [from, to] of [
      [0, 30],
      [30, 60],
      [60, 180],
      [180, 300],
      [300, 3600],
    ] as const) {
      t.ok(
        durations.some((seconds) => seconds >= from && seconds < to),
        `some of ${String(from)} to ${String(to)} s`,
      )
    }
    t.ok(
      calls.some(({ customerId }) => customerId === null),
      'strangers call too',
    )
  },
)

t.test('events are those of ribbons, each of a call, with the talk time that its clock shows', async (t) => {
  for (const { events } of all) {
    t.ok(events.every(({ event, source }) => source === 'ribbon' && KNOWN_EVENTS.some((known) => known === event)))
  }
  const completed = callsOf(collections.events).filter(({ status }) => status === 'completed')
  t.ok(completed.every((call) => Number(call.endAt) - Number(call.answeredAt) === Number(call.durationSeconds) * 1000))
})

t.test('an office that has no calls yet is empty, whatever the hour', async (t) => {
  const office = { ...collections.office, callsPerWeekday: 0, activeCalls: 0 }
  const sunday = Date.parse('2025-10-12T00:10:00+05:30')
  t.same(demoEvents(office, { ...PERIOD, now: sunday, days: 1 }), [])
})
