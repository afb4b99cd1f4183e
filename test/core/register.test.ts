import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall } from '../../src/core/call.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import { canonicalJson, isObject, type Json, type JsonObject } from '../../src/core/json.js'
import { LIMITS } from '../../src/core/limits.js'
import { BASE_MS, crowdedEvent } from '../helpers/events.js'

const event = crowdedEvent(fc.constant('CA1'))
const events = fc.array(event, { maxLength: 6 })
const facts = fc.array(event, { maxLength: 3 }).map(folded)

/** What the events said of a member, and how long the longest of it is as JSON, its name included. */
interface Claims {
  readonly name: string
  readonly longest: number
  readonly winner: Json
}

/**
 * The definition: members in the order of their names, each counted at the longest value that was sent for it, as many as
 * fit; each with the value of the highest rank, then the latest, then the greatest text.
 */
function oracleCustomer(events: readonly CallEvent[], limit: number): JsonObject | null {
  const said = events
    .filter((event) => factsOf(event) !== null)
    .flatMap(({ data, source, occurredAt }) =>
      Object.entries(isObject(data.customerData) ? data.customerData : {})
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value = null]) => ({ name, value, rank: source === 'provider' ? 1 : 0, at: occurredAt })),
    )
  const claims = [...new Set(said.map(({ name }) => name))].sort().map((name): Claims => {
    const ofName = said.filter((claim) => claim.name === name)
    const [winner] = ofName.sort(
      (a, b) => b.rank - a.rank || b.at - a.at || (canonicalJson(a.value) > canonicalJson(b.value) ? -1 : 1),
    )
    return {
      name,
      longest: Math.max(...ofName.map(({ value }) => `${JSON.stringify(name)}:${JSON.stringify(value)}`.length)),
      winner: winner?.value ?? null,
    }
  })
  const lengthOf = (members: readonly Claims[]): number =>
    // Braces, members, commas.
    2 + members.reduce((sum, { longest }) => sum + longest, 0) + Math.max(0, members.length - 1)
  const fitting = claims.filter((_, index) => lengthOf(claims.slice(0, index + 1)) <= limit)
  return fitting.length === 0 ? null : asStored(Object.fromEntries(fitting.map(({ name, winner }) => [name, winner])))
}

function folded(events: readonly CallEvent[]): CallFacts {
  return events.map((one) => factsOf(one) ?? {}).reduce(join, {})
}

function customerOf(events: readonly CallEvent[]): JsonObject | null {
  return deriveCall(folded(events)).customerData
}

function asStored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}

function assertSame(actual: CallFacts, expected: CallFacts): void {
  assert.deepStrictEqual(actual, expected)
  assert.equal(JSON.stringify(actual), JSON.stringify(expected))
}

function incoming(customerData: JsonObject, at = 0): CallEvent {
  return { event: 'incoming', data: { customerData }, context: {}, occurredAt: BASE_MS + at, source: 'ribbon' }
}

t.test('joining stays commutative, associative and idempotent where members exceed the limit', (t) => {
  fc.assert(
    fc.property(facts, facts, facts, (a, b, c) => {
      assertSame(join(a, b), join(b, a))
      assertSame(join(join(a, b), c), join(a, join(b, c)))
      assertSame(join(a, a), a)
      assertSame(join(join(a, b), b), join(a, b))
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test('every permutation and duplication of events that exceed the limit gives the identical facts', (t) => {
  const arrival = events.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray([...events, ...events], { minLength: events.length }).map((some) => [...some, ...events]),
      fc.shuffledSubarray(events, { minLength: events.length }),
    ),
  )
  fc.assert(
    fc.property(arrival, ([events, repeated, shuffled]) => {
      assertSame(folded(repeated), folded(events))
      assertSame(folded(shuffled), folded(events))
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('a call gathers the members that the definition gathers, the naive way', (t) => {
  fc.assert(
    fc.property(events, (events) => {
      assert.deepStrictEqual(customerOf(events), oracleCustomer(events, LIMITS.callCustomerLength))
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test('the customer data of a call never exceeds the limit', (t) => {
  fc.assert(
    fc.property(events, (events) => {
      assert.ok(JSON.stringify(customerOf(events)).length <= LIMITS.callCustomerLength)
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test('nothing is lost of what fits', (t) => {
  fc.assert(
    fc.property(events, (events) => {
      const everything = oracleCustomer(events, Infinity)
      const longest = events.reduce((sum, { data }) => sum + JSON.stringify(data.customerData ?? null).length, 0)
      if (longest <= LIMITS.callCustomerLength) assert.deepStrictEqual(customerOf(events), everything)
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test(
  'customer data of exactly the limit is kept whole, and one character more pushes the last member out',
  async (t) => {
    const filled = (length: number): JsonObject => {
      const room = length - JSON.stringify({ '2': 'two', a: '', b: 'b' }).length
      return { '2': 'two', a: 'x'.repeat(room), b: 'b' }
    }
    const exact = filled(LIMITS.callCustomerLength)
    t.equal(JSON.stringify(exact).length, LIMITS.callCustomerLength)
    t.same(customerOf([incoming(exact)]), exact)
    t.same(Object.keys(customerOf([incoming(filled(LIMITS.callCustomerLength + 1))]) ?? {}), ['2', 'a'])
  },
)

t.test('names that look like numbers are ordered as texts are', async (t) => {
  const big = 'x'.repeat(LIMITS.callCustomerLength / 2)
  t.same(Object.keys(customerOf([incoming({ '2': big, '10': big })]) ?? {}), ['10'])
  t.same(Object.keys(customerOf([incoming({ '2': big }), incoming({ '10': big })]) ?? {}), ['10'])
})

t.test('a member that was pushed out does not come back with a shorter value', async (t) => {
  const a = incoming({ a: 'x'.repeat(10_000) })
  const b = incoming({ b: 'x'.repeat(6_000), m: 'x'.repeat(1_000) })
  const short = incoming({ m: 'y' }, 1)
  for (const order of [
    [a, b, short],
    [b, short, a],
    [short, a, b],
    [a, short, b],
  ]) {
    t.same(Object.keys(customerOf(order) ?? {}), ['a', 'b'])
  }
})

t.test('a member that is beyond the limit by itself leaves those before it, and none after it', async (t) => {
  const tooLong = 'x'.repeat(LIMITS.callCustomerLength)
  t.same(customerOf([incoming({ a: 1, b: tooLong, c: 3 })]), { a: 1 })
  t.equal(customerOf([incoming({ b: tooLong, c: 3 })]), null)
})

t.test('a number that JSON cannot write claims nothing', async (t) => {
  t.same(customerOf([incoming({ a: NaN, b: Infinity, c: 1 })]), { c: 1 })
})
