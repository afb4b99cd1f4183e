import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall } from '../../src/core/call.js'
import { decodeFacts, encodeFacts, type Spoken } from '../../src/core/facts-codec.js'
import { factsOf, join, type CallFacts } from '../../src/core/facts.js'
import { LIMITS } from '../../src/core/limits.js'
import { BASE_MS, callEvent, crowdedEvent } from '../helpers/events.js'

const callSid = fc.constant('CA1')
const event = fc.oneof(callEvent(callSid), crowdedEvent(callSid))
/** The facts of some events, joined; of none too. */
const facts = fc
  .array(event, { maxLength: 5 })
  .map((events) => events.map((one) => factsOf(one) ?? {}).reduce(join, {}))

/** What the call's own columns say, once a store has written and read them. */
function columnsOf(facts: CallFacts): Spoken {
  const { phoneNumber: phone, agentUserId: agent, recordingUrl: recording, customerData, ...call } = deriveCall(facts)
  const { virtualNumber, agentNumber, endReason, notes, disposition: dispositionCode, domain } = call
  const tags = call.tags.length === 0 ? null : `\n${call.tags.join('\n')}\n`
  const numbers = { phone, virtualNumber, agentNumber }
  const spoken = { ...numbers, agent, endReason, recording, notes, tags, dispositionCode, domain }
  return { ...spoken, customerData: JSON.parse(JSON.stringify(customerData)) as Spoken['customerData'] }
}

function stored(facts: CallFacts): CallFacts {
  return decodeFacts(encodeFacts(facts, false), columnsOf(facts))
}

function assertSame(actual: CallFacts, expected: CallFacts): void {
  assert.deepStrictEqual(actual, expected)
  // The order of members counts as well: equal facts are equal in every byte.
  assert.equal(JSON.stringify(actual), JSON.stringify(expected))
}

t.test("facts come back from their bytes and the call's own columns as they were", (t) => {
  fc.assert(
    fc.property(facts, (facts) => {
      assertSame(stored(facts), facts)
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test('the order in which a store gives the members back does not matter', (t) => {
  fc.assert(
    fc.property(facts, (facts) => {
      const columns = columnsOf(facts)
      const turned = columns.customerData && Object.fromEntries(Object.entries(columns.customerData).reverse())
      assertSame(decodeFacts(encodeFacts(facts, false), { ...columns, customerData: turned }), facts)
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('whole facts come back as they were, whatever stands beside them', (t) => {
  fc.assert(
    fc.property(facts, facts, (facts, others) => {
      const bytes = encodeFacts(facts, true)
      assertSame(decodeFacts(bytes, columnsOf({})), facts)
      assertSame(decodeFacts(bytes, columnsOf(others)), facts)
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test('facts that went through storage join to what the facts themselves join to', (t) => {
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      assertSame(join(stored(a), stored(b)), stored(join(a, b)))
      assertSame(stored(join(stored(a), stored(b))), join(a, b))
    }),
    { numRuns: 600 },
  )
  t.end()
})

t.test('equal facts have equal bytes, whichever order their events came in', (t) => {
  fc.assert(
    fc.property(facts, facts, fc.boolean(), (a, b, whole) => {
      assert.deepEqual(encodeFacts(join(a, b), whole), encodeFacts(join(b, a), whole))
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('an empty customer, and none, are told apart', async (t) => {
  t.same(stored({}), {})
  t.same(stored({ customer: {} }), { customer: {} })
})

t.test('a member that was longer before still counts as long when its facts come back', async (t) => {
  const claimed = (name: string, occurredAt: number): CallFacts =>
    factsOf({ event: 'incoming', data: { customerData: { name } }, context: {}, occurredAt, source: 'ribbon' }) ?? {}
  const facts = join(claimed('x'.repeat(9_000), BASE_MS), claimed('y', BASE_MS + 1))
  t.same(stored(facts).customer?.['name'], ['y', 0, BASE_MS + 1, '"name":"",'.length + 9_000])
})

t.test('what was beyond the limit stays out after its facts come back', async (t) => {
  const claimed = (customerData: Record<string, string>): CallFacts =>
    factsOf({ event: 'incoming', data: { customerData }, context: {}, occurredAt: BASE_MS, source: 'ribbon' }) ?? {}
  const facts = stored(claimed({ a: 'x', b: 'x'.repeat(LIMITS.callCustomerLength) }))
  t.same(deriveCall(facts).customerData, { a: 'x' })
  t.same(deriveCall(stored(join(facts, claimed({ b: 'y', c: 'y' })))).customerData, { a: 'x' })
})

t.test('a call keeps its facts in a fraction of the bytes of their JSON', async (t) => {
  const data = {
    phoneNumber: '+919876543210',
    callDirection: 'inbound',
    customerData: { customerId: 'C', name: 'Jane' },
  }
  const names = ['incoming', 'connected', 'callEnded'] as const
  const facts = names
    .map(
      (event, at) => factsOf({ event, data, context: {}, occurredAt: BASE_MS + at * 60_000, source: 'ribbon' }) ?? {},
    )
    .reduce(join, {})
  t.ok(encodeFacts(facts, false).length * 5 < JSON.stringify(facts).length)
})
