import assert from 'node:assert/strict'
import t from 'tap'
import { between, seeded } from '../../src/demo/random.js'
import { compareRanked } from '../../src/core/report.js'
import type { JsonObject } from '../../src/core/json.js'
import { OPEN_RANGE } from '../../src/core/range.js'
import type { TopLists } from '../../src/storage/port/reports.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const ZONE = 'Asia/Kolkata'
const FROM = Date.parse('2025-01-10T00:00:00Z')
const DAY = 86_400_000

/** What calls are ranked by: how an event names a value, and where a report has the first ones. */
interface Ranking {
  readonly naming: (id: string, name?: string) => { readonly data: object; readonly context: JsonObject }
  readonly first: (report: TopLists) => { id: string; calls: number; seconds: number }[]
}

const RANKINGS: Readonly<Record<string, Ranking>> = {
  customers: {
    naming: (customerId, name) => ({ data: { customerData: { customerId, ...(name && { name }) } }, context: {} }),
    first: ({ top }) => top.map(({ customerId: id, calls, seconds }) => ({ id, calls, seconds })),
  },
  agents: {
    naming: (agentUserId) => ({ data: {}, context: { agentUserId } }),
    first: ({ topAgents }) => topAgents.map(({ agentUserId: id, calls, seconds }) => ({ id, calls, seconds })),
  },
}

/** Calls a customer, or an agent, gets in all: some stand out, or none does. */
const SPREADS = {
  'a few customers stand out': (customer: number) => Math.max(1, Math.floor(60 / (customer + 1))),
  'all customers are alike, so that only adding up tells': () => 2,
  'fewer customers than places': (customer: number) => (customer < 4 ? customer + 1 : 0),
}

// Opened before the first test: a file whose tests are over takes no more.
const stores = await Promise.all(
  ENGINES.map(async (engine) => [engine, await scratchStorage(t, 4 * 3_600_000, engine)] as const),
)
for (const [engine, storage] of stores) {
  for (const [n, [name, callsOf]] of Object.entries(SPREADS).entries()) {
    t.test(`${engine}: top customers and agents are exact when ${name}`, async (t) => {
      const clientId = `client-${String(n)}`
      await storage.createClient(newClient(clientId, { timezone: ZONE }))
      const calls = Array.from({ length: 900 }, (_, customer) =>
        Array.from({ length: callsOf(customer) }, (_, n) => ({
          customerId: `C${String(customer).padStart(3, '0')}`,
          // Spread over 80 days in a way that no two customers share, with some in the ragged edges.
          occurredAt: FROM + ((customer * 31 + n * 17) % 80) * DAY + ((customer * 7919 + n * 104_729) % 86_400) * 1000,
          duration: (customer * 13 + n * 7) % 300,
        })),
      ).flat()
      await Promise.all(
        calls.map(({ customerId, occurredAt, duration }, n) => {
          const data = { callSid: `CA${String(n)}`, duration, customerData: { customerId, name: `Name ${customerId}` } }
          const context = { agentUserId: agentOf(customerId) }
          return storage.record(newEvent({ clientId, event: 'callEnded', data, context, occurredAt }))
        }),
      )
      const ranges = [
        OPEN_RANGE,
        { from: FROM + 5 * DAY + 1234, to: FROM + 70 * DAY + 777 },
        { from: FROM + 40 * DAY, to: FROM + 41 * DAY },
        { from: FROM + 40 * DAY + 60_000, to: FROM + 40 * DAY + 5_000_000 },
        { from: FROM - 9 * DAY, to: FROM - 5 * DAY },
        { from: FROM - 9 * DAY, to: FROM + 30 * DAY },
      ]
      for (const range of ranges) {
        const [customers, agents] = [new Map<string, Total>(), new Map<string, Total>()]
        for (const { customerId, occurredAt, duration } of calls) {
          const startAt = occurredAt - duration * 1000
          if (startAt < range.from || startAt >= range.to) continue
          addTo(customers, customerId, duration)
          addTo(agents, agentOf(customerId), duration)
        }
        const query = { clientId, range, zone: ZONE, recent: 0, top: 10 }
        const wanted: TopLists = {
          top: firstOf(customers).map(({ id, calls, seconds }) => {
            return { customerId: id, name: `Name ${id}`, phoneNumber: null, calls, seconds }
          }),
          topAgents: firstOf(agents).map(({ id, ...total }) => ({ agentUserId: id, name: null, ...total })),
        }
        t.match(await storage.detailedReport(query), exactly(wanted))
        t.match(await storage.detailedReport({ ...query, zone: 'UTC' }), exactly(wanted), 'in whatever zone')
        while ((await storage.buildPages(clientId, 7)) > 0);
        t.match(await storage.detailedReport(query), exactly(wanted), 'and from pages that were built ahead')
        const [busiest] = wanted.topAgents
        if (busiest === undefined) continue
        const own = await storage.filteredReport({ ...query, agentUserId: busiest.agentUserId })
        t.same(own.topAgents, [busiest], 'the report of one agent has no other')
        t.same(own.summary.calls, busiest.calls)
        const theirs = firstOf(customers, 900).filter(({ id }) => agentOf(id) === busiest.agentUserId)
        t.same(
          RANKINGS['customers']?.first(own),
          theirs.slice(0, 10).map(({ id, calls, seconds }) => ({ id, calls, seconds })),
        )
      }
    })
  }
}

interface Total {
  readonly id: string
  readonly calls: number
  readonly seconds: number
  readonly answered: number
}

function agentOf(customerId: string): string {
  return `agent ${String((Number(customerId.slice(1)) * 7) % 61)}`
}

/** Counts a call that ended: one that reports talk time was answered. */
function addTo(totals: Map<string, Total>, id: string, duration: number): void {
  const { calls, seconds, answered } = totals.get(id) ?? { calls: 0, seconds: 0, answered: 0 }
  totals.set(id, { id, calls: calls + 1, seconds: seconds + duration, answered: answered + (duration > 0 ? 1 : 0) })
}

function firstOf(totals: ReadonlyMap<string, Total>, top = 10): Total[] {
  return [...totals.values()].sort(compareRanked).slice(0, top)
}

/** The lists as they are, and no longer: a pattern matches what has more. */
function exactly({ top, topAgents }: TopLists): object {
  const list = (ranked: readonly object[]) => ({ ...Object.fromEntries(ranked.entries()), length: ranked.length })
  return { top: list(top), topAgents: list(topAgents) }
}

function endOf({ naming }: Ranking, n: number, id: string, day: number, duration = 10, laterMs = 0) {
  const { data, context } = naming(id)
  return newEvent({
    event: 'callEnded',
    data: { ...data, callSid: `CA${String(n)}`, duration },
    context,
    occurredAt: FROM + day * DAY + laterMs,
  })
}

const CALL = endOf.bind(null, RANKINGS['customers'] as Ranking)

const BOTH = Object.entries(RANKINGS).flatMap(([kind, ranking]) => ENGINES.map((engine) => ({ kind, ranking, engine })))
for (const { kind, ranking, engine } of BOTH) {
  t.test(`${engine}: of more than a thousand ${kind} who are alike, the first by id are ranked`, async (t) => {
    const storage = await scratchStorage(t, 4 * 3_600_000, engine)
    await storage.createClient(newClient('client-a', { timezone: ZONE }))
    const ids = Array.from({ length: 1200 }, (_, n) => `C${String((n * 7919) % 1200).padStart(4, '0')}`)
    const calls = [...ids, 'C0900', 'C0901', 'C0901']
    await Promise.all(calls.map((customerId, n) => storage.record(endOf(ranking, n, customerId, n % 3))))
    const query = { clientId: 'client-a', range: OPEN_RANGE, zone: ZONE, recent: 0, top: 5 }
    const first = ranking.first(await storage.detailedReport(query))
    t.same(
      first.map(({ id, calls }) => [id, calls]),
      [
        ['C0901', 3],
        ['C0900', 2],
        ['C0000', 1],
        ['C0001', 1],
        ['C0002', 1],
      ],
    )
  })

  t.test(
    `${engine}: a page of ${kind} that is behind is built again, late events and moved calls included`,
    async (t) => {
      const storage = await scratchStorage(t, 4 * 3_600_000, engine)
      await storage.createClient(newClient('client-a', { timezone: ZONE }))
      const topOf = async (range = OPEN_RANGE) => {
        const report = await storage.detailedReport({ clientId: 'client-a', range, zone: ZONE, recent: 0, top: 3 })
        return ranking.first(report).map(({ id, calls, seconds }) => [id, calls, seconds])
      }
      const months = { from: FROM - 40 * DAY, to: FROM + 50 * DAY }
      for (let n = 0; n < 6; n++) await storage.record(endOf(ranking, n, n < 4 ? 'A' : 'B', n * 9))
      for (const range of [OPEN_RANGE, months]) {
        t.same(await topOf(range), [
          ['A', 4, 40],
          ['B', 2, 20],
        ])
      }
      while ((await storage.buildPages('client-a', 100)) > 0);
      t.equal(await storage.buildPages('client-a', 100), 0, 'what is built is not built again')
      await storage.record(endOf(ranking, 20, 'B', 9))
      await storage.record(endOf(ranking, 21, 'B', 9))
      await storage.record(endOf(ranking, 22, 'B', 10))
      for (const range of [OPEN_RANGE, months]) t.same((await topOf(range))[0], ['B', 5, 50])
      // The same call with another customer, and then with another start: a later event says so.
      await storage.record(endOf(ranking, 22, 'A', 10, 7, 1000))
      for (const range of [OPEN_RANGE, months]) {
        t.same(await topOf(range), [
          ['A', 5, 47],
          ['B', 4, 40],
        ])
      }
      await storage.record(newEvent({ event: 'dialing', data: { callSid: 'CA22' }, occurredAt: FROM + 2 * DAY }))
      t.same(await topOf({ from: FROM + 9.5 * DAY, to: FROM + 11 * DAY }), [], 'it left the day that it was counted in')
      t.same((await topOf())[0], ['A', 5, 47])
      while ((await storage.buildPages('client-a', 100)) > 0);
      t.same((await topOf())[0], ['A', 5, 47], 'and so says what was built ahead of need')
    },
  )

  t.test(
    `${engine}: whatever comes late between reports, and whoever builds pages, the ranking of ${kind} is of all calls`,
    async (t) => {
      const storage = await scratchStorage(t, 4 * 3_600_000, engine)
      await storage.createClient(newClient('client-a', { timezone: ZONE }))
      const random = seeded(7)
      const calls = new Map<number, { customerId: string; day: number; seconds: number }>()
      for (let step = 0; step < 80; step++) {
        const late = Array.from({ length: between(random, 1, 6) }, () => between(random, 0, 75))
        await Promise.all(
          late.map((day, i) => {
            const n = 10 * step + i
            const call = { customerId: `C${String(between(random, 0, 5))}`, day, seconds: between(random, 0, 90) }
            calls.set(n, call)
            return storage.record(endOf(ranking, n, call.customerId, day, call.seconds))
          }),
        )
        // A call leaves the day that it was counted in: an earlier event of it comes late.
        const [moved, call] = [...calls].at(between(random, 0, calls.size - 1)) as [number, { day: number }]
        if (step % 3 === 0 && call.day > 0) {
          call.day = between(random, 0, call.day - 1)
          const data = { callSid: `CA${String(moved)}` }
          await storage.record(newEvent({ event: 'dialing', data, occurredAt: FROM + call.day * DAY }))
        }
        if (step % 7 === 0) while ((await storage.buildPages('client-a', 10)) > 0);
        const [first, last] = step % 2 === 0 ? [0, 75] : [between(random, 0, 20), between(random, 30, 75)]
        const range = { from: FROM + first * DAY - 95_000, to: FROM + last * DAY + 1 }
        const totals = new Map<string, { customerId: string; calls: number; seconds: number }>()
        for (const { customerId, day } of calls.values()) {
          if (day < first || day > last) continue
          const total = totals.get(customerId) ?? { customerId, calls: 0, seconds: 0 }
          totals.set(customerId, { ...total, calls: total.calls + 1 })
        }
        const report = await storage.detailedReport({ clientId: 'client-a', range, zone: ZONE, recent: 0, top: 9 })
        assert.deepEqual(
          new Map(ranking.first(report).map(({ id, calls }) => [id, calls])),
          new Map([...totals.values()].map(({ customerId, calls }) => [customerId, calls])),
          `step ${String(step)}`,
        )
      }
    },
  )

  t.test(
    `${engine}: months of ${kind} that are asked for again, one without calls, and one that many days of change`,
    async (t) => {
      const storage = await scratchStorage(t, 4 * 3_600_000, engine)
      await storage.createClient(newClient('client-a', { timezone: ZONE }))
      const days = [0, 1, 35, 95, 96, 125, 127, 155, 186]
      let calls = 0
      const log = async (day: number) => {
        calls += 1
        await storage.record(endOf(ranking, calls, 'A', day))
      }
      const counted = async () => {
        const query = { clientId: 'client-a', range: OPEN_RANGE, zone: ZONE, recent: 0, top: 3 }
        return ranking.first(await storage.detailedReport(query))[0]?.calls
      }
      for (const day of days) await log(day)
      while ((await storage.buildPages('client-a', 100)) > 0);
      // More often than there are threads that read.
      for (let time = 0; time < 6; time++) t.equal(await counted(), calls)
      for (let day = 10; day < 20; day++) {
        await log(day)
        t.equal(await counted(), calls)
      }
      for (let day = 0; day < 20; day++) await log(day)
      for (let time = 0; time < 6; time++) t.equal(await counted(), calls)
      while ((await storage.buildPages('client-a', 100)) > 0);
      // The only call of a day goes to another one: an earlier event of it comes late.
      const data = { callSid: `CA${String(days.indexOf(127) + 1)}` }
      await storage.record(newEvent({ event: 'dialing', data, occurredAt: FROM + 125 * DAY }))
      for (let time = 0; time < 3; time++) t.equal(await counted(), calls)
      for (const day of [0, 1, 10, 11, 12, 13, 14, 15, 16]) {
        await log(day)
        t.equal(await counted(), calls)
      }
    },
  )
}

for (const engine of ENGINES) {
  t.test(`${engine}: a list over less than a quarter of an hour has the events of it`, async (t) => {
    const storage = await scratchStorage(t, 4 * 3_600_000, engine)
    await storage.createClient(newClient('client-a', { timezone: ZONE }))
    await storage.record(CALL(1, 'A', 1))
    const filters = { clientId: 'client-a', customerId: null, event: null, direction: null, pageSize: 5 }
    const range = { from: FROM + DAY - 60_000, to: FROM + DAY + 60_000 }
    t.equal((await storage.listEvents({ ...filters, range, position: { page: 1 } })).total, 1)
    const within = { from: FROM + DAY, to: FROM + DAY + 60_000 }
    t.equal((await storage.listEvents({ ...filters, range: within, position: { page: 1 } })).events.length, 1)
  })

  t.test(`${engine}: a change of zone sorts every tally into the days of the new one`, async (t) => {
    const storage = await scratchStorage(t, 4 * 3_600_000, engine)
    for (const [clientId, timezone] of [
      ['client-a', ZONE],
      ['client-b', 'America/St_Johns'],
    ] as const) {
      await storage.createClient(newClient(clientId, { timezone }))
      for (let n = 0; n < 90; n++) {
        const at = FROM + n * 5 * 3_600_000
        const data = { callSid: `CA${String(n)}`, duration: n, customerData: { customerId: `C${String(n % 7)}` } }
        await storage.record(newEvent({ clientId, event: n % 2 === 0 ? 'callEnded' : 'dialing', data, occurredAt: at }))
      }
    }
    const ranges = [OPEN_RANGE, { from: FROM + DAY, to: FROM + 5 * DAY }, { from: FROM + 1234, to: FROM + 6 * DAY + 7 }]
    const answers = async (clientId: string) => {
      const all = []
      for (const range of ranges) {
        const { recent, ...report } = await storage.detailedReport({ clientId, range, zone: 'UTC', recent: 5, top: 5 })
        const list = { clientId, range, customerId: null, direction: null, pageSize: 3, position: { page: 4 } }
        const { total } = await storage.listEvents({ ...list, event: null })
        const { events } = await storage.listEvents({ ...list, event: 'callEnded' })
        all.push(
          recent.length,
          report,
          total,
          events.map(({ occurredAt }) => occurredAt),
        )
      }
      return [all, await storage.callsInMonth(clientId, { first: '2025-01-01', last: '2025-01-31' })]
    }
    t.notSame((await storage.clientByKeyHash('hash of client-a'))?.timezone, 'America/St_Johns')
    await answers('client-a')
    await storage.updateClient('client-a', { timezone: 'America/St_Johns' })
    t.equal((await storage.clientByKeyHash('hash of client-a'))?.timezone, 'America/St_Johns')
    t.same(await answers('client-a'), await answers('client-b'))
    await storage.record(CALL(500, 'C1', 3))
    await storage.record({ ...CALL(500, 'C1', 3), clientId: 'client-b' })
    t.same(await answers('client-a'), await answers('client-b'), 'and goes on there')
  })
}
