import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall, hasBegun } from '../../src/core/call.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import type { JsonObject } from '../../src/core/json.js'
import type { EventSource } from '../../src/core/vocabulary/events.js'

const AT = Date.parse('2025-10-12T10:30:00Z')

function told(
  source: EventSource,
  event: string,
  seconds: number,
  data: JsonObject = {},
  context: JsonObject = {},
): CallEvent {
  return { source, event, occurredAt: AT + seconds * 1000, data: { callSid: 'CA1', CallSid: 'CA1', ...data }, context }
}
const noted = (event: string, seconds: number, data: JsonObject = {}, context: JsonObject = {}) =>
  told('operator', event, seconds, data, context)

function call(...events: readonly CallEvent[]) {
  return deriveCall(events.map((event) => factsOf(event) ?? {}).reduce<CallFacts>(join, {}))
}

const MISSED = [
  told('ribbon', 'incoming', 0, { phoneNumber: '09876543210' }, { agentUserId: 'agent-1' }),
  told('ribbon', 'rejected', 5),
  told('provider', 'statusCallback', 20, {
    Status: 'completed',
    Direction: 'inbound',
    From: '09876543210',
    ConversationDuration: '0',
  }),
]

t.test('a correction goes before what ribbons and Exotel say, whenever it comes', async (t) => {
  const corrected = noted(
    'corrected',
    3600,
    {
      reason: 'the agent answered on another phone',
      status: 'completed',
      duration: 42,
      startTime: '2025-10-12T10:29:50Z',
      endTime: '2025-10-12T10:31:00Z',
      callDirection: 'inbound',
      phoneNumber: '09876500000',
      customerData: { customerId: 'CUST9' },
    },
    { agentUserId: 'agent-9' },
  )
  for (const events of [
    [...MISSED, corrected],
    [corrected, ...MISSED],
  ]) {
    t.match(call(...events), {
      status: 'completed',
      answered: true,
      durationSeconds: 42,
      startAt: AT - 10_000,
      endAt: AT + 60_000,
      phoneNumber: '09876500000',
      agentUserId: 'agent-9',
      customerId: 'CUST9',
      corrected: true,
      confirmed: false,
    })
  }
})

t.test('a correction of the outcome replaces every word about it', async (t) => {
  t.equal(call(...MISSED).status, 'rejected')
  t.match(call(...MISSED, noted('corrected', 60, { status: 'missed' })), { status: 'missed', answered: false })
  t.match(call(...MISSED, noted('corrected', 60, { status: 'busy' })), { status: 'busy', answered: false })
  const both = [noted('corrected', 60, { status: 'completed' }), noted('corrected', 90, { status: 'missed' })]
  t.match(call(...MISSED, ...both), { status: 'missed' })
  t.match(call(...MISSED, noted('corrected', 60, { phoneNumber: '1' })), { status: 'rejected', corrected: false })
})

t.test('notes, tags and a disposition are the last that were written; null takes one back', async (t) => {
  const first = noted('annotated', 60, { notes: 'call back', tags: ['vip', 'late', 'vip'], disposition: 'callback' })
  t.match(call(...MISSED, first), {
    notes: 'call back',
    tags: ['late', 'vip'],
    disposition: 'callback',
    corrected: false,
  })
  t.match(call(...MISSED, first, noted('annotated', 90, { notes: null, tags: [] })), {
    notes: null,
    tags: [],
    disposition: 'callback',
  })
  t.match(call(...MISSED, noted('annotated', 90, { tags: 'vip', disposition: 7 })), { tags: [], disposition: '7' })
})

t.test('a voided call is voided until it is restored', async (t) => {
  const voided = noted('voided', 60, { reason: 'a test' })
  t.equal(call(...MISSED, voided).voided, true)
  t.equal(call(...MISSED, voided, noted('restored', 90)).voided, false)
  t.equal(call(...MISSED, noted('restored', 30), voided).voided, true)
})

t.test('what people note does not make a call', async (t) => {
  for (const event of [
    noted('annotated', 0, { notes: 'x' }),
    noted('voided', 0),
    noted('corrected', 0, { status: 'missed' }),
  ]) {
    t.equal(hasBegun(factsOf(event) ?? {}), false)
  }
  t.equal(factsOf(told('operator', 'something', 0)), null)
  t.equal(factsOf(told('ribbon', 'voided', 0)), null, 'a ribbon cannot void a call')
})

t.test('one outcome, in whatever order and however often people, ribbons and Exotel say it', async (t) => {
  const events = [
    ...MISSED,
    noted('annotated', 60, { notes: 'a', tags: ['x'] }),
    noted('annotated', 60, { notes: 'b' }),
    noted('corrected', 70, { status: 'completed', duration: 10 }),
    noted('corrected', 80, { duration: 20 }),
    noted('voided', 90),
    noted('restored', 95),
  ]
  const expected = call(...events)
  const arrival = fc.array(fc.constantFrom(...events), { maxLength: 4 }).chain((again) => {
    const sent = [...events, ...again]
    return fc.shuffledSubarray(sent, { minLength: sent.length, maxLength: sent.length })
  })
  fc.assert(
    fc.property(arrival, (arrived) => {
      assert.deepStrictEqual(call(...arrived), expected)
    }),
  )
  t.match(expected, { notes: 'b', durationSeconds: 20, voided: false, corrected: true })
})
