import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { assignNameless, byTime, type Assignment, type NamedCall, type NamelessEvent } from '../../src/core/nameless.js'
import { LIMITS } from '../../src/core/limits.js'

const MINUTE = 60_000
const MAX_AGE = 5 * MINUTE

/**
 * The definition, naively. An event belongs to the named call of its number that began latest among those begun by its time,
 * less than the maximum call age ago, and whose own named events do not end it more than a minute before. Events that no
 * named call takes make calls of their own, in order of time: the first known one begins a call, the following ones join it
 * within the maximum age of that first event, up to and including one that ends it.
 * @param events in order of time
 */
function oracle(events: readonly NamelessEvent[], calls: readonly NamedCall[], maxAgeMs: number): Assignment[] {
  const own: { first: number; events: NamelessEvent[] }[] = []
  return events.map((event, index) => {
    const taking = calls
      .filter(({ startAt }) => startAt <= event.occurredAt)
      .sort((a, b) => (a.startAt === b.startAt ? (a.key < b.key ? -1 : 1) : b.startAt - a.startAt))
      .slice(0, LIMITS.callsOfNumber)
      .filter(({ startAt }) => event.occurredAt < startAt + maxAgeMs)
      .find(({ endAt }) => endAt === null || event.occurredAt - endAt <= MINUTE)
    if (taking !== undefined) return { call: taking.key }
    const begun = own.at(-1)
    const joins =
      begun !== undefined &&
      !begun.events.some(({ terminal }) => terminal) &&
      begun.events.length < LIMITS.callEvents &&
      event.occurredAt < (begun.events[0]?.occurredAt ?? 0) + maxAgeMs
    if (joins) begun.events.push(event)
    else if (event.known) own.push({ first: index, events: [event] })
    else return null
    return { first: own.at(-1)?.first ?? -1 }
  })
}

/** Times that meet the bounds, and miss them by a millisecond. */
const instant = fc
  .tuple(fc.nat(16), fc.constantFrom(0, 0, 0, 1, -1))
  .map(([halfMinutes, odd]) => (halfMinutes * MINUTE) / 2 + odd)
const events = fc
  .array(fc.tuple(instant, fc.constantFrom('known', 'known', 'unknown', 'terminal')), { maxLength: 12 })
  .map((told) => told.map(([at, kind], index) => event(`e${String(index).padStart(2, '0')}`, at, kind)).sort(byTime))
const calls = fc.array(fc.tuple(instant, fc.option(instant)), { maxLength: 5 }).map((told) =>
  told.map(([startAt, length], index): NamedCall => ({
    key: `c${String(index)}`,
    startAt,
    endAt: length === null ? null : startAt + Math.max(0, length),
  })),
)
const maxAge = fc.constantFrom(MINUTE, 2 * MINUTE, MAX_AGE, 60 * MINUTE)

function event(key: string, occurredAt: number, kind: 'known' | 'unknown' | 'terminal' = 'known'): NamelessEvent {
  return { key, occurredAt, known: kind !== 'unknown', terminal: kind === 'terminal' }
}

function call(key: string, startAt: number, endAt: number | null = null): NamedCall {
  return { key, startAt, endAt }
}

/** The call of one event at an instant. */
function callAt(at: number, ...calls: NamedCall[]): string | null {
  const [assignment] = assignNameless([event('e', at)], calls, MAX_AGE)
  return assignment && 'call' in assignment ? assignment.call : null
}

/** The index of the event that began the call of each event; null for an event without one. */
function begunBy(events: readonly NamelessEvent[], calls: readonly NamedCall[] = []): (number | string | null)[] {
  return assignNameless([...events].sort(byTime), calls, MAX_AGE).map((assignment) =>
    assignment === null ? null : 'call' in assignment ? assignment.call : assignment.first,
  )
}

t.test('every event gets the call that the definition gives it, the naive way', (t) => {
  fc.assert(
    fc.property(events, calls, maxAge, (events, calls, maxAge) => {
      assert.deepEqual(assignNameless(events, calls, maxAge), oracle(events, calls, maxAge))
    }),
    { numRuns: 5000 },
  )
  t.end()
})

t.test('the order in which events and calls turn up changes no assignment', (t) => {
  const arrival = fc
    .tuple(events, calls)
    .chain(([events, calls]) =>
      fc.tuple(
        fc.constant([events, calls] as const),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.shuffledSubarray(calls, { minLength: calls.length }),
      ),
    )
  fc.assert(
    fc.property(arrival, maxAge, ([[events, calls], arrived, listed], maxAge) => {
      const sorted = [...arrived].sort(byTime)
      assert.deepEqual(sorted, events)
      assert.deepEqual(assignNameless(sorted, listed, maxAge), assignNameless(events, calls, maxAge))
    }),
    { numRuns: 2000 },
  )
  t.end()
})

t.test('events sort by time, at one instant the end last, else by key', async (t) => {
  const sorted = [
    event('b', 1, 'terminal'),
    event('a', 2),
    event('c', 2, 'unknown'),
    event('A', 2, 'terminal'),
    event('b', 2, 'terminal'),
    event('a', 3),
  ]
  t.same([...sorted].reverse().sort(byTime), sorted)
})

t.test('a call takes events from its start on until it reaches the maximum age', async (t) => {
  const begun = call('c', 1000)
  t.equal(callAt(999, begun), null)
  t.equal(callAt(1000, begun), 'c')
  t.equal(callAt(1000 + MAX_AGE - 1, begun), 'c')
  t.equal(callAt(1000 + MAX_AGE, begun), null)
})

t.test('a call takes events up to a minute after its end', async (t) => {
  const ended = call('c', 0, 1000)
  t.equal(callAt(1000 + 60_000, ended), 'c')
  t.equal(callAt(1000 + 60_001, ended), null)
})

t.test('of the calls that could take an event, the one that began latest does', async (t) => {
  t.equal(callAt(2000, call('early', 0), call('late', 1000), call('later', 2001)), 'late')
  t.equal(callAt(2 * MINUTE, call('open', 0), call('over', 1000, 2000)), 'open')
  t.equal(callAt(2 * MINUTE, call('over', 0, 1000), call('over too', 1000, 2000)), null)
})

t.test('of two calls that began at one instant the same one takes an event, however they are listed', async (t) => {
  const [a, b] = [call('a', 0), call('b', 0)]
  t.equal(callAt(1, a, b), callAt(1, b, a))
  t.equal(callAt(2 * MINUTE, call('a', 0, 0), b), 'b')
})

t.test('the first known event begins a call, and later ones join it up to and including its end', async (t) => {
  t.same(
    begunBy([
      event('a', 0, 'unknown'),
      event('b', 1),
      event('c', 2, 'unknown'),
      event('d', 3),
      event('e', 4, 'terminal'),
      event('f', 5, 'unknown'),
      event('g', 6, 'terminal'),
      event('h', 7),
    ]),
    [null, 1, 1, 1, 1, null, 6, 7],
  )
})

t.test('at one instant the end of a call comes after the events that it ends', async (t) => {
  t.same(begunBy([event('a', 1, 'terminal'), event('b', 1), event('c', 1, 'unknown'), event('d', 2)]), [0, 0, 0, 3])
})

t.test('the maximum age of such a call counts from its first event', async (t) => {
  const joined = [event('a', 1000), event('b', 1000 + MAX_AGE - 1)]
  t.same(begunBy(joined), [0, 0])
  t.same(begunBy([...joined, event('c', 1000 + MAX_AGE)]), [0, 0, 2])
  t.same(begunBy([...joined, event('c', 1000 + MAX_AGE, 'unknown')]), [0, 0, null])
})

t.test('an event that a named call takes neither joins nor ends a call of the others', async (t) => {
  const named = call('named', 1000, 1000)
  const after = 1000 + MINUTE + 1
  t.same(begunBy([event('a', 0), event('b', 1000, 'terminal'), event('c', after)], [named]), [0, 'named', 0])
})

t.test('a call that turns up late takes its events over, and the rest begin other calls', async (t) => {
  const told = [event('a', 0), event('b', 1000), event('c', 2000, 'terminal'), event('d', 3000)]
  t.same(begunBy(told), [0, 0, 0, 3])
  t.same(begunBy(told, [call('late', 500)]), [0, 'late', 'late', 'late'])
  t.same(begunBy(told, [call('late', 0)]), ['late', 'late', 'late', 'late'])
})

t.test(
  'an event is looked for among the newest calls of its number that had begun, as many as the limit says',
  async (t) => {
    const at = 3 * MINUTE
    const over = (count: number): NamedCall[] =>
      Array.from({ length: count }, (_, index) => call(`over${String(index)}`, 1 + index, 2 + index))
    const later = Array.from({ length: LIMITS.callsOfNumber }, (_, index) => call(`later${String(index)}`, at + 1))
    const open = call('open', 0)
    t.equal(callAt(at, open, ...over(LIMITS.callsOfNumber - 1), ...later), 'open')
    t.equal(callAt(at, open, ...over(LIMITS.callsOfNumber), ...later), null)
    for (const count of [LIMITS.callsOfNumber - 1, LIMITS.callsOfNumber]) {
      const [told, calls] = [[event('e', at)], [open, ...over(count), ...later]]
      assert.deepEqual(assignNameless(told, calls, MAX_AGE), oracle(told, calls, MAX_AGE))
    }
  },
)

t.test('a call of such events holds as many as the limit says, and the next known one begins another', async (t) => {
  const told = Array.from({ length: LIMITS.callEvents * 2 + 1 }, (_, index) =>
    event(String(index).padStart(5, '0'), index),
  )
  const firsts = begunBy(told)
  t.same(new Set(firsts.slice(0, LIMITS.callEvents)), new Set([0]))
  t.same(new Set(firsts.slice(LIMITS.callEvents, -1)), new Set([LIMITS.callEvents]))
  t.equal(firsts.at(-1), LIMITS.callEvents * 2)
  const unknown = event('unknown', LIMITS.callEvents - 1 + 0.5, 'unknown')
  t.equal(begunBy([...told.slice(0, LIMITS.callEvents), unknown]).at(-1), null)
  assert.deepEqual(assignNameless(told, [], MAX_AGE), oracle(told, [], MAX_AGE))
})

t.test('events that name no call are nobody’s where there are none to join', async (t) => {
  t.same(begunBy([]), [])
  t.same(begunBy([event('a', 0, 'unknown'), event('b', 1, 'unknown')]), [null, null])
})
