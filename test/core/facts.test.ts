import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall } from '../../src/core/call.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import type { JsonObject } from '../../src/core/json.js'
import { KNOWN_EVENTS } from '../../src/core/vocabulary/events.js'
import { BASE_MS, callEvent } from '../helpers/events.js'
import { oracleCalls } from '../helpers/oracle.js'

const event = callEvent(fc.constant('CA1'))
const facts = event.map((one) => factsOf(one) ?? {})

t.test('joining is commutative', (t) => {
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      assertSame(join(a, b), join(b, a))
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('joining is associative', (t) => {
  fc.assert(
    fc.property(facts, facts, facts, (a, b, c) => {
      assertSame(join(join(a, b), c), join(a, join(b, c)))
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('joining is idempotent, and so is joining what was joined before', (t) => {
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      assertSame(join(a, a), a)
      assertSame(join(join(a, b), b), join(a, b))
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('facts that went through JSON join as they did before', (t) => {
  const stored = (kept: CallFacts): CallFacts => JSON.parse(JSON.stringify(kept)) as CallFacts
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      assertSame(join(stored(a), stored(b)), join(a, b))
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('every permutation and duplication of an event set, folded in any grouping, gives the identical call', (t) => {
  const set = fc.array(event, { minLength: 1, maxLength: 6 })
  const arrival = set.chain((events) =>
    fc.record({
      events: fc.constant(events),
      arrived: fc
        .array(fc.nat(events.length - 1), { maxLength: 6 })
        .chain((repeats) => shuffled([...events, ...repeats.flatMap((index) => events[index] ?? [])])),
      grouping: fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
    }),
  )
  fc.assert(
    fc.property(arrival, ({ events, arrived, grouping }) => {
      assertSame(foldAsTree(arrived, grouping), foldInOrder(events))
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('a call folded event by event is the call that the naive oracle tells', (t) => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), (events) => {
      const known = events.filter((one) => factsOf(one) !== null)
      fc.pre(known.length > 0)
      const derived = deriveCall(foldInOrder(events))
      assert.deepStrictEqual({ ...derived, sessionId: 'session-CA1' }, oracleCalls(known)[0])
    }),
    { numRuns: 2000 },
  )
  t.end()
})

const endDuration = (data: JsonObject) =>
  factsOf({ event: 'callEnded', data, context: {}, occurredAt: BASE_MS, source: 'ribbon' })?.endDuration?.[0]

t.test('a duration of -0 is 0', async (t) => {
  t.ok(Object.is(endDuration({ duration: -0 }), 0))
})

t.test('a duration that is text is decimal digits, and no other way to write a number', async (t) => {
  for (const [text, seconds] of [
    ['0', 0],
    ['061', 61],
    ['180', 180],
    ['61.9', 61],
  ] as const) {
    t.equal(endDuration({ callDuration: text }), seconds, text)
  }
  const others = [
    '0x10',
    '0b11',
    '0o17',
    '1e3',
    ' 12 ',
    '12\n',
    '+5',
    '-0',
    '.5',
    '5.',
    '1_000',
    '1,000',
    '١٢',
    'Infinity',
  ]
  for (const text of [...others, '9'.repeat(17)]) t.equal(endDuration({ callDuration: text }), undefined, text)
})

t.test('an event whose name is not known changes no call', (t) => {
  for (const name of ['networkQuality', '', 'Connected', 'constructor', '__proto__']) {
    t.equal(factsOf({ event: name, data: { duration: 9 }, context: {}, occurredAt: BASE_MS, source: 'ribbon' }), null)
  }
  for (const name of KNOWN_EVENTS)
    t.not(factsOf({ event: name, data: {}, context: {}, occurredAt: BASE_MS, source: 'ribbon' }), null)
  t.end()
})

/** Equal in every byte, so in the order of their members as well. */
function assertSame(actual: CallFacts, expected: CallFacts): void {
  assert.deepStrictEqual(actual, expected)
  assert.equal(JSON.stringify(actual), JSON.stringify(expected))
}

function foldInOrder(events: readonly CallEvent[]): CallFacts {
  return events.map((one) => factsOf(one) ?? {}).reduce(join, {})
}

function foldAsTree(events: readonly CallEvent[], grouping: readonly number[]): CallFacts {
  const trees = events.map((one) => factsOf(one) ?? {})
  for (let step = 0; trees.length > 1; step++) {
    const at = (grouping[step % grouping.length] ?? 0) % (trees.length - 1)
    const [left = {}, right = {}] = trees.splice(at, 2)
    trees.splice(at, 0, join(left, right))
  }
  return trees[0] ?? {}
}

function shuffled<Item>(items: Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length })
}
