import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { deriveCall } from '../../src/core/call.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import { CALL_FLOWS, FLOW_CALL, FLOW_START, type CallFlow } from '../../src/docs/call-flows.js'

function browserEvents({ browser }: CallFlow): CallEvent[] {
  return browser.map(([at, event, data = {}, agentUserId]) => ({
    event,
    source: 'ribbon',
    occurredAt: FLOW_START + at * 1000,
    data: { ...data, callSid: FLOW_CALL },
    context: agentUserId === undefined ? {} : { agentUserId },
  }))
}

function reports({ provider }: CallFlow): CallEvent[] {
  return provider.map(([at, event, payload]) => ({
    event,
    source: 'provider',
    occurredAt: FLOW_START + at * 1000,
    data: { ...payload, CallSid: FLOW_CALL },
    context: {},
  }))
}

function outcomeOf(events: readonly CallEvent[]) {
  const call = deriveCall(events.map((event) => factsOf(event) ?? {}).reduce<CallFacts>(join, {}))
  const { direction, status, durationSeconds: talkSeconds, ringSeconds, agentUserId, endReason } = call
  return { outcome: { direction, status, talkSeconds, ringSeconds, agentUserId, endReason }, call }
}

/** In any order, and some of them again. */
function arrivals(events: readonly CallEvent[]): fc.Arbitrary<CallEvent[]> {
  const all = events.length
  const repeats = fc.array(fc.nat(Math.max(0, all - 1)), { maxLength: 3 })
  return repeats.chain((again) => {
    const sent = [...events, ...again.flatMap((i) => events[i] ?? [])]
    return fc.shuffledSubarray(sent, { minLength: sent.length, maxLength: sent.length })
  })
}

for (const flow of CALL_FLOWS) {
  t.test(`${flow.name}: one outcome, whatever the order in which browser and Exotel report it`, async (t) => {
    const events = [...browserEvents(flow), ...reports(flow)]
    fc.assert(
      fc.property(arrivals(events), (arrived) => {
        assert.deepStrictEqual(outcomeOf(arrived).outcome, flow.outcome)
      }),
      { numRuns: 200 },
    )
    const { call } = outcomeOf(events)
    t.equal(call.confirmed, true)
    t.equal(call.phoneNumber, '09876543210')
  })

  t.test(`${flow.name}: Exotel's reports alone tell the outcome when the browser's are lost`, async (t) => {
    const { outcome } = outcomeOf(reports(flow))
    t.same(outcome, { ...flow.outcome, ...flow.providerAlone })
  })
}

t.test('every flow has a name of its own', async (t) => {
  t.equal(new Set(CALL_FLOWS.map(({ name }) => name)).size, CALL_FLOWS.length)
})
