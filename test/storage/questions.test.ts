import assert from 'node:assert/strict'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { Schedule, ScheduleVersion } from '../../src/core/analytics/schedule.js'
import {
  BEGINNING,
  METRICS,
  CALL_DIMENSIONS,
  GROUPINGS,
  TIME_GRAINS,
  WEEKDAYS,
  type Grouping,
} from '../../src/core/analytics/vocabulary.js'
import { addDays, localSlot, startOfDay } from '../../src/core/calendar.js'
import type { CallEvent } from '../../src/core/facts.js'
import { callNameOf } from '../../src/core/event-identity.js'
import { OPEN_RANGE, type TimeRange } from '../../src/core/range.js'
import { DEFAULT_REGION } from '../../src/core/defaults.js'
import { CALL_STATUSES, DIRECTIONS, DURATION_BUCKETS } from '../../src/core/vocabulary/calls.js'
import { WINDOW_UNITS } from '../../src/core/vocabulary/clients.js'
import { CALL_FLOWS } from '../../src/docs/call-flows.js'
import { openForCommand, openStorage } from '../../src/storage/open.js'
import type { CallsAnswer, CallsQuestion } from '../../src/storage/port/questions.js'
import { BASE_MS, eventStream } from '../helpers/events.js'
import {
  naiveAnswer,
  naiveCalls,
  naiveDropped,
  type NaiveCall,
  type NaiveHours,
  type NaiveRow,
} from '../helpers/naive-analytics.js'
import { realCall } from '../helpers/real-calls.js'
import { ENGINES, newClient, newEvent, scratchUrl, type EngineName } from '../helpers/storage.js'

const RUNS = Number(process.env['QUESTION_RUNS'] ?? 25)
const MAX_CALL_AGE_MS = 4 * 3_600_000
const QUARTER_MS = 900_000
const DAY_MS = 86_400_000
const DAYS = 40
const ZONES = ['Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC']

/** Days in which clocks change: New York and Lord Howe in spring, in autumn, and at the turn of the year, when none do. */
const BEGINNINGS = ['2025-03-03T00:00:00Z', '2025-09-28T00:00:00Z', '2025-12-10T00:00:00Z'].map((text) =>
  Date.parse(text),
)

/** What calls of these tests have in common, so that they fall into the same groups. */
const CUSTOMERS = ['CUST001', 'é', '__proto__', null]
const AGENTS = ['agent-1', '42', '__proto__', null]
const NUMBERS = ['09876543210', '+91 98765 43210', '+911234567890', 'sip-user', null]
const VIRTUAL = ['08041234567', '+918041234568', null]
const DOMAINS = ['a.example', 'b.example', null]
const REASONS = ['busy', 'hung up', 'rejected', null]

const seconds = fc.oneof(
  fc.integer({ min: 0, max: 60 }),
  fc.constantFrom(19, 20, 21, 39, 40, 41, 90, 400, 7000, 86_400),
)

/** The events of a call as a ribbon tells it, with what Exotel says of the virtual number. */
const ownCall = fc
  .record({
    quarters: fc.integer({ min: 0, max: DAYS * 96 }),
    /** Of the quarter hour: calls are close to each other and to the borders of days and hours. */
    ms: fc.constantFrom(-1, 0, 1, 1000, 30_000, 899_999),
    ring: seconds,
    talk: seconds,
    begins: fc.constantFrom('incoming', 'dialing'),
    ends: fc.constantFrom('callEnded', 'callEnded', 'callEnded', 'missed', 'rejected', null),
    isAnswered: fc.boolean(),
    customerId: fc.constantFrom(...CUSTOMERS),
    agentUserId: fc.constantFrom(...AGENTS),
    phoneNumber: fc.constantFrom(...NUMBERS),
    virtual: fc.constantFrom(...VIRTUAL),
    reason: fc.constantFrom(...REASONS),
    domains: fc.tuple(fc.constantFrom(...DOMAINS), fc.constantFrom(...DOMAINS)),
  })
  .map((call) => (callSid: string, base: number): CallEvent[] => {
    const { quarters, ms, ring, talk, begins, ends, isAnswered, customerId, agentUserId, reason, domains } = call
    const at = base + quarters * QUARTER_MS + ms
    const told = (event: string, after: number, data: CallEvent['data'] = {}): CallEvent => ({
      event,
      source: 'ribbon',
      occurredAt: at + after * 1000,
      data: { callSid, ...data },
      context: {
        ...(agentUserId !== null && { agentUserId }),
        // The call may be reported by one page as it begins and ends, and by another as it is answered.
        domain: domains[event === 'connected' ? 1 : 0],
      },
    })
    const named = {
      ...(call.phoneNumber !== null && { phoneNumber: call.phoneNumber }),
      ...(customerId !== null && { customerData: { customerId } }),
    }
    const popup: CallEvent = {
      event: 'popup',
      source: 'provider',
      occurredAt: at,
      data: { CallSid: callSid, PhoneNumberSid: call.virtual },
      context: {},
    }
    return [
      told(begins, 0, named),
      ...(isAnswered ? [told('connected', ring)] : []),
      ...(ends === null
        ? []
        : [told(ends, ring + (isAnswered ? talk : 0), reason === null ? {} : { callEndReason: reason })]),
      ...(call.virtual === null ? [] : [popup]),
    ]
  })

const flowCall = fc
  .tuple(fc.nat(CALL_FLOWS.length - 1), fc.integer({ min: 0, max: DAYS * 96 }))
  .map(([kind, quarters]) => (callSid: string, base: number): CallEvent[] => {
    const { browser, reports } = realCall(callSid, base + quarters * QUARTER_MS, kind)
    return [...browser, ...reports]
  })

const oneCall = fc.oneof({ weight: 3, arbitrary: ownCall }, { weight: 1, arbitrary: flowCall })

/** Events of some calls around an instant, in no order. */
const stream = fc
  .tuple(fc.constantFrom(...BEGINNINGS), fc.array(oneCall, { minLength: 1, maxLength: 25 }), fc.boolean(), eventStream)
  .chain(([base, calls, isOdd, odd]) => {
    const events = calls.flatMap((events, i) => events(`Q${i}`, base))
    // Those are told around an instant of their own.
    const all = isOdd ? [...odd, ...calls.flatMap((events, i) => events(`Q${i}`, BASE_MS))] : events
    return fc.record({
      base: fc.constant(isOdd ? BASE_MS : base),
      events: fc.shuffledSubarray(all, { minLength: all.length }),
    })
  })

/** Moments of the days of a stream: whole days, whole quarter hours, or any millisecond. */
const moment = fc.record({
  kind: fc.constantFrom('day' as const, 'day' as const, 'quarter' as const, 'millisecond' as const),
  ms: fc.integer({ min: -3 * DAY_MS, max: (DAYS + 3) * DAY_MS }),
})
type Moment = typeof moment extends fc.Arbitrary<infer M> ? M : never
const span = fc.record({ isOpen: fc.nat(5).map((n) => n === 0), one: moment, other: moment })

const sampled = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1, maxLength: 2 })
const FILTERS = {
  direction: sampled(DIRECTIONS),
  status: sampled(CALL_STATUSES),
  durationBucket: sampled([null, ...DURATION_BUCKETS.map(({ name }) => name)]),
  customer: sampled([...CUSTOMERS, 'nobody']),
  agent: sampled([...AGENTS, 'nobody']),
  phoneNumber: sampled([...NUMBERS, '9876543210']),
  virtualNumber: sampled([...VIRTUAL, '080 4123 4567']),
  endReason: sampled(REASONS),
  domain: sampled(DOMAINS),
  businessHours: sampled([null, 'in', 'out']),
} satisfies Record<(typeof CALL_DIMENSIONS)[number], fc.Arbitrary<unknown[]>>

const isTime = (by: Grouping) => !CALL_DIMENSIONS.some((dimension) => dimension === by)
const groupBy = fc
  .subarray([...GROUPINGS], { maxLength: 2 })
  .chain((by) => fc.shuffledSubarray(by, { minLength: by.length }))
  .filter((by) => by.filter((one) => TIME_GRAINS.some((grain) => grain === one)).length < 2)

const question = fc.record({
  metrics: fc.shuffledSubarray([...METRICS], { minLength: 1 }),
  groupBy,
  filters: fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record(FILTERS, { requiredKeys: [] }) },
  ),
  span,
  compared: fc.option(span),
  zone: fc.option(fc.constantFrom(...ZONES)),
  sort: fc.option(fc.record({ by: fc.nat(40), descending: fc.boolean() })),
  limit: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(10_000)),
  fill: fc.boolean(),
  windowHours: fc.constantFrom(1, 24, 60),
  windowIn: fc.constantFrom(...WINDOW_UNITS),
  serviceLevelSeconds: fc.constantFrom(0, 10, 20, 39, 60),
  abandonSeconds: fc.constantFrom(0, 5, 20),
})
type RandomQuestion = typeof question extends fc.Arbitrary<infer Q> ? Q : never

/** Whole quarter hours: the offsets of all zones are such, too. */
const openTime = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 0]) => {
    const clock = (quarters: number) => {
      return [Math.floor(quarters / 4), (quarters % 4) * 15].map((n) => String(n).padStart(2, '0')).join(':')
    }
    return { from: clock(Math.min(a, b)), to: clock(Math.max(a, b)) }
  })
/** A week with hours, holidays among the days of the stream, and from which of those days on it applies. */
const hours = fc.record({
  from: fc.option(fc.nat(DAYS)),
  schedule: fc.option(
    fc.record({
      weekly: fc.array(
        fc.tuple(openTime, fc.subarray([...WEEKDAYS])).map(([time, days]) => ({ ...time, days })),
        { maxLength: 3 },
      ),
      dates: fc.uniqueArray(fc.record({ day: fc.nat(DAYS), hours: fc.array(openTime, { maxLength: 2 }) }), {
        maxLength: 3,
        selector: ({ day }) => day,
      }),
    }),
    { freq: 5 },
  ),
})
type RandomHours = typeof hours extends fc.Arbitrary<infer H> ? H : never

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), which: fc.nat(2), hours: fc.constantFrom(0, 1, 5, 48) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('record' as const), count: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('voided', 'restored', 'corrected'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pages' as const), limit: fc.integer({ min: 1, max: 50 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hours' as const), hours }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('zone' as const), zone: fc.constantFrom(...ZONES) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('drop' as const),
      day: fc.integer({ min: -1, max: DAYS }),
      limit: fc.integer({ min: 1, max: 30 }),
    }),
  },
)

const plan = fc.record({
  zone: fc.constantFrom(...ZONES),
  stream,
  /** The last is the first, but for the zone: answers that are remembered may not be taken for others. */
  questions: fc
    .tuple(question, question, fc.constantFrom(...ZONES))
    .map(([first, second, zone]) => [first, second, { ...first, zone }]),
  hours: fc.array(hours, { maxLength: 2 }),
  steps: fc.array(step, { minLength: 2, maxLength: 12 }),
  /** So long after one of the events: some calls go on, and expire while questions are asked. */
  now: fc.record({ event: fc.nat(), hours: fc.integer({ min: 0, max: 30 }) }),
})

/** A store, and another one on the same database. */
async function twoStores(t: Test, engine: EngineName) {
  const url = await scratchUrl(t, engine)
  const one = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  t.teardown(() => one.close())
  // One server alone can have an embedded database; commands may look into it.
  const open = engine === 'sqlite' ? openForCommand : openStorage
  const other = await open({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  t.teardown(() => other.close())
  return [one, other] as const
}

function rangeOf(
  { isOpen, one, other }: typeof span extends fc.Arbitrary<infer S> ? S : never,
  base: number,
  zone: string,
) {
  if (isOpen) return OPEN_RANGE
  const at = ({ kind, ms }: Moment) => {
    if (kind === 'day') return startOfDay(zone, localSlot(zone, base + ms).date)
    return base + (kind === 'quarter' ? Math.floor(ms / QUARTER_MS) * QUARTER_MS : ms)
  }
  const [a, b] = [at(one), at(other)]
  return { from: Math.min(a, b), to: Math.max(a, b) }
}

const isOpen = (range: TimeRange | null) => range === OPEN_RANGE

type Stores = Awaited<ReturnType<typeof twoStores>>

class Run {
  readonly #stores: Stores
  readonly #clientId: string
  readonly #base: number
  readonly #questions: readonly RandomQuestion[]
  readonly #events: readonly CallEvent[]
  readonly #known: CallEvent[] = []
  /** As they were counted when they were dropped. */
  readonly #dropped = new Map<string, NaiveCall>()
  #recorded = 0
  #versions: readonly ScheduleVersion[] = []
  #now: number
  #zone: string

  constructor(stores: Stores, clientId: string, { zone, stream, questions, now }: PlanOf) {
    this.#stores = stores
    this.#clientId = clientId
    this.#base = stream.base
    this.#questions = questions
    this.#events = stream.events
    const event = stream.events[now.event % stream.events.length]
    this.#now = (event?.occurredAt ?? stream.base) + now.hours * 3_600_000
    this.#zone = zone
  }

  async take(step: StepOf): Promise<void> {
    const [store] = this.#stores
    switch (step.kind) {
      case 'ask':
        this.#now += step.hours * 3_600_000
        return this.#ask(step.which)
      case 'record':
        return this.record(step.count)
      case 'repeat':
        return this.#record(this.#known.slice(step.which % (this.#known.length + 1)).slice(0, 5))
      case 'pages':
        await store.buildPages(this.#clientId, step.limit)
        return
      case 'hours':
        return this.set(step.hours)
      case 'zone':
        this.#zone = step.zone
        await store.updateClient(this.#clientId, { timezone: step.zone })
        return
      case 'drop':
        return this.#drop(step.day, step.limit)
      default:
        return this.#tell(step.kind, step.which)
    }
  }

  async set({ from, schedule }: RandomHours): Promise<void> {
    const dateOf = (day: number) => addDays(new Date(this.#base).toISOString().slice(0, 10), day)
    const [store] = this.#stores
    const own: Schedule | null = schedule && {
      weekly: schedule.weekly,
      dates: schedule.dates.map(({ day, hours }) => ({ date: dateOf(day), hours })),
    }
    await store.setBusinessHours(this.#clientId, {
      appliesFrom: from === null ? BEGINNING : dateOf(from),
      schedule: own,
    })
    this.#versions = await store.businessHours(this.#clientId)
  }

  async record(count: number): Promise<void> {
    await this.#record(this.#events.slice(this.#recorded, (this.#recorded += count)))
  }

  async askAll(): Promise<void> {
    for (const which of this.#questions.keys()) await this.#ask(which)
  }

  async #record(events: readonly CallEvent[]): Promise<void> {
    this.#known.push(...events)
    const news = events.map((event) => newEvent({ ...event, clientId: this.#clientId }))
    await Promise.all(news.map((event) => this.#stores[0].record(event)))
  }

  /** What somebody says of one of the calls. */
  async #tell(event: string, which: number): Promise<void> {
    const about = this.#known[which % (this.#known.length || 1)]
    if (about === undefined) return
    const corrections = [
      { duration: 17, status: 'completed' },
      { startTime: new Date(this.#base + (which % DAYS) * DAY_MS).toISOString() },
      { callDirection: 'inbound', status: 'rejected', customerData: { customerId: 'CUST001' } },
    ]
    const data = { callSid: callNameOf(about), ...(event === 'corrected' ? corrections[which % 3] : {}) }
    const occurredAt = this.#base + DAYS * DAY_MS + this.#known.length
    await this.#record([{ event, source: 'operator', data, context: {}, occurredAt }])
  }

  async #drop(day: number, limit: number): Promise<void> {
    const [store] = this.#stores
    const instant = startOfDay(this.#zone, localSlot(this.#zone, this.#base + day * DAY_MS).date)
    const before = this.#calls(await store.retainedFrom(this.#clientId))
    let isFirst = true
    while ((await store.dropBefore(this.#clientId, instant, limit)) > 0) {
      const retainedFrom = await store.retainedFrom(this.#clientId)
      if (isFirst) {
        for (const [name, call] of before) {
          // Those that began before what was kept already are dropped as well: from then on nothing changes them.
          if (call.startAt < (retainedFrom ?? 0) && !this.#dropped.has(name))
            this.#dropped.set(name, naiveDropped(call))
        }
      }
      isFirst = false
      await this.#ask(day & 1)
    }
  }

  #calls(retainedFrom: number | null): Map<string, NaiveCall> {
    const all = naiveCalls(this.#known, DEFAULT_REGION)
    for (const [name, call] of all) if (call.startAt < (retainedFrom ?? 0)) all.set(name, naiveDropped(call))
    for (const [name, call] of this.#dropped) all.set(name, call)
    return all
  }

  async #ask(which: number): Promise<void> {
    const asked = this.#question(this.#questions[which % this.#questions.length] as RandomQuestion)
    const [one, other] = this.#stores
    const answer = await one.askCalls(asked)
    assert.deepEqual(await other.askCalls(asked), answer, 'another store on the same database')
    assert.ok(answer.status === 'answered')
    const retainedFrom = await one.retainedFrom(this.#clientId)
    assert.equal(answer.retainedFrom, retainedFrom)
    const hours = { zone: this.#zone, versions: this.#versions }
    compare(answer, asked, [...this.#calls(retainedFrom).values()], hours)
  }

  #question({ span, compared, zone, sort, ...asked }: RandomQuestion): CallsQuestion {
    const own = zone ?? this.#zone
    const range = rangeOf(span, this.#base, own)
    const comparedTo = compared === null ? null : rangeOf(compared, this.#base, own)
    const by = (sort === null ? undefined : asked.metrics[sort.by]) ?? 'group'
    // A century of hours has too many places.
    const isEndless = asked.groupBy.some((by) => isTime(by)) && (isOpen(range) || isOpen(comparedTo))
    return {
      ...asked,
      ...{ clientId: this.#clientId, zone: own, now: this.#now, range },
      sort: sort === null ? null : { by, descending: sort.descending },
      fill: asked.fill && !isEndless,
      comparedTo: isEndless ? null : comparedTo,
    }
  }
}
type PlanOf = typeof plan extends fc.Arbitrary<infer P> ? P : never
type StepOf = typeof step extends fc.Arbitrary<infer S> ? S : never

type Answered = Extract<CallsAnswer, { status: 'answered' }>

function compare(answer: Answered, asked: CallsQuestion, calls: readonly NaiveCall[], hours: NaiveHours): void {
  const naive = naiveAnswer(calls, asked, DEFAULT_REGION, MAX_CALL_AGE_MS, hours)
  const told = (
    row: Omit<NaiveRow, 'keys'>,
    measured: Pick<Answered['total'], 'values' | 'previous'>,
    name: string,
  ) => {
    const all: [NaiveRow['previous'], readonly (number | null)[] | null, string][] = [
      [row.values, measured.values, 'now'],
      [row.previous, measured.previous, 'before'],
    ]
    for (const [expected, values, when] of all) {
      assert.equal(values?.length, expected?.length, name)
      for (const [i, { value, within }] of (expected ?? []).entries()) {
        const got = values?.[i] as number | null
        const isRight = got === null || value === null ? got === value : Math.abs(got - value) <= within
        assert.ok(isRight, `${asked.metrics[i] as string} ${when} of ${name}: ${got} for ${value}`)
      }
    }
  }
  told(naive.total, answer.total, 'all')
  const rows = new Map(naive.rows.map((row) => [JSON.stringify(row.keys), row]))
  for (const { keys, ...measured } of answer.rows) {
    const name = JSON.stringify(keys)
    const row = rows.get(name)
    assert.ok(row !== undefined, `there is no ${name}, or it came twice`)
    rows.delete(name)
    told(row, measured, name)
  }
  assert.equal(answer.rows.length, Math.min(naive.rows.length, asked.limit))
  for (const [i, { keys }] of answer.rows.entries()) {
    const before = answer.rows[i - 1]
    if (before !== undefined) assert.ok(naive.compare(before.keys, keys) <= 0, `${before.keys.join()} ${keys.join()}`)
  }
  const beyond = [...rows.values()].map(({ keys }) => keys)
  const last = answer.rows.at(-1)
  if (last !== undefined) {
    for (const keys of beyond) assert.ok(naive.compare(last.keys, keys) <= 0, keys.join())
  }
  assert.equal(answer.other?.groups ?? 0, beyond.length)
  if (answer.other !== null) told(naive.together(beyond), answer.other, 'others')
  for (const dimension of ['customer', 'agent'] as const) {
    const place = asked.groupBy.indexOf(dimension)
    const ids = place === -1 ? [] : answer.rows.map(({ keys }) => keys[place]).filter((key) => key !== null)
    assert.deepEqual(Object.keys(answer[`${dimension}s`]).sort(), [...new Set(ids)].sort())
  }
}

for (const engine of ENGINES) {
  t.test(
    `${engine}: answers to questions are what counting call by call finds, whatever happened before`,
    async (t) => {
      const stores = await twoStores(t, engine)
      let runs = 0
      const property = fc.asyncProperty(plan, async (plan) => {
        const clientId = `client-${String((runs += 1))}`
        await stores[0].createClient(newClient(clientId, { apiKeyHash: clientId, timezone: plan.zone }))
        const run = new Run(stores, clientId, plan)
        for (const hours of plan.hours) await run.set(hours)
        await run.record(Math.ceil(plan.stream.events.length / 2))
        for (const step of plan.steps) await run.take(step)
        await run.record(Infinity)
        await run.askAll()
      })
      await fc.assert(property, { numRuns: RUNS })
    },
  )
}
