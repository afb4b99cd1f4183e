import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall, hasBegun, type DerivedCall } from '../../src/core/call.js'
import { callNameOf } from '../../src/core/event-identity.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import { OPEN_RANGE } from '../../src/core/range.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { judged, lossyDay, realStream, recordAll } from '../helpers/real-calls.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const ZONE = 'Asia/Kolkata'

/** The join oracle: every call as all its events together make it. */
function folded(events: readonly CallEvent[]): Map<string, DerivedCall> {
  const facts = new Map<string, CallFacts>()
  for (const event of events) {
    const name = callNameOf(event)
    const claimed = factsOf(event)
    if (name !== null && claimed !== null) facts.set(name, join(facts.get(name) ?? {}, claimed))
  }
  return new Map([...facts].filter(([, own]) => hasBegun(own)).map(([name, own]) => [name, deriveCall(own)]))
}

/** The naive oracle of reports: counts calls one by one, by the definitions. */
function counted(calls: Iterable<DerivedCall>) {
  const all = [...calls]
  const ended = all.filter(({ endAt }) => endAt !== null)
  const answered = ended.filter((call) => call.answered)
  const count = (list: readonly DerivedCall[], direction: string) =>
    list.filter((call) => call.direction === direction).length
  return {
    calls: all.length,
    inbound: count(all, 'inbound'),
    outbound: count(all, 'outbound'),
    ended: ended.length,
    answered: answered.length,
    missed: count(
      ended.filter((call) => !call.answered),
      'inbound',
    ),
    confirmed: ended.filter((call) => call.confirmed).length,
    seconds: ended.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0),
  }
}

async function allCalls(storage: Storage, clientId: string) {
  const { recent } = await storage.report({ clientId, range: OPEN_RANGE, zone: ZONE, recent: 500 })
  return new Map(recent.map((call) => [call.sessionId.replace('session-', ''), call]))
}

for (const engine of ENGINES) {
  t.test(
    `${engine}: whatever browser and Exotel report, lose, repeat and reorder, calls equal the join and reports their count`,
    async (t) => {
      const storage = await scratchStorage(t, 4 * 3_600_000, engine)
      let runs = 0
      const property = fc.asyncProperty(
        realStream,
        fc.array(fc.nat(), { maxLength: 5 }),
        fc.boolean(),
        async (events, again, together) => {
          const clientId = `client-${String((runs += 1))}`
          await storage.createClient(newClient(clientId, { apiKeyHash: clientId }))
          const sent = [...events, ...again.flatMap((i) => events[i % events.length] ?? [])]
          const news = sent.map((event) => newEvent({ ...event, clientId }))
          if (together) await Promise.all(news.map((event) => storage.record(event)))
          else for (const event of news) await storage.record(event)
          const expected = folded(events)
          const calls = await allCalls(storage, clientId)
          assert.deepEqual([...calls.keys()].sort(), [...expected.keys()].sort())
          for (const [name, call] of expected) {
            const stored: Partial<Record<string, unknown>> = calls.get(name) as never
            for (const [fact, value] of Object.entries(call)) assert.deepEqual(stored[fact], value, `${name} ${fact}`)
          }
          const { summary } = await storage.report({ clientId, range: OPEN_RANGE, zone: ZONE, recent: 0 })
          for (const [counter, value] of Object.entries(counted(expected.values()))) {
            assert.equal(summary[counter as 'calls'], value, counter)
          }
        },
      )
      await fc.assert(property, { numRuns: RUNS })
      t.ok(runs >= RUNS)
    },
  )
}

const RUNS = 200

t.test(
  'a day of which reports are lost on both sides is right after reconciliation, and no call is invented',
  async (t) => {
    const storage = await scratchStorage(t)
    const clientId = 'client-day'
    await storage.createClient(newClient(clientId))
    const { calls, arrived } = lossyDay()
    await recordAll(
      storage,
      arrived.map((event) => newEvent({ ...event, clientId })),
    )
    const details = calls.map(({ details, startAt }) =>
      newEvent({ clientId, event: 'callDetails', source: 'provider', data: details, occurredAt: startAt + 3_600_000 }),
    )
    await recordAll(storage, details)
    const { stored, wrong } = await judged(storage, clientId, calls)
    t.equal(stored, calls.length, 'none is lost, none invented')
    t.same(wrong, [])
  },
)
