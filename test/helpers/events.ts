import fc from 'fast-check'
import type { CallEvent } from '../../src/core/facts.js'
import type { Json, JsonObject } from '../../src/core/json.js'
import { type EventSource, KNOWN_EVENTS } from '../../src/core/vocabulary/events.js'

/** Where random calls begin: 2025-10-12T10:30:00Z. */
export const BASE_MS = 1_760_265_000_000

const instantText = fc.integer({ min: -40, max: 40 }).chain((steps) => {
  const ms = BASE_MS + steps * 7_000
  return fc.constantFrom<(string | number)[]>(
    '',
    new Date(ms).toISOString(),
    ms,
    String(ms),
    'soon',
    '2025-10-12 10:30:00',
    5,
  )
})
const directionWord = fc.constantFrom('', 'inbound', 'outbound', 'Incoming', 'outgoing', 'OUTBOUND-API', 'sideways')
const durationWord = fc.constantFrom<(string | number)[]>(0, 12, 45.9, 180, 299, 4000, '', '37', 'long', -5, 1e9)
const statusWord = fc.constantFrom('', 'busy', 'Canceled', 'cancelled', 'FAILED', 'rejected', 'completed')
/** An agent as a ribbon names it: some CRMs send numbers. */
const agentUserId = fc.constantFrom<(string | number | null)[]>('', null, 'agent-1', 'agent-2', 42)
const domain = fc.constantFrom<(string | number | null)[]>('', null, 'a.example', 'A.Example', 'b.example', 7)
const phone = fc.constantFrom('', '+919876543210', '+911234567890', 'sip:+14155550100@voip.example')
const customer = fc.record(
  {
    customerId: fc.constantFrom('', 'CUST001', 'CUST002', 'CUST003', 'é', 'Z'),
    name: fc.constantFrom<(string | null)[]>('', null, 'John Doe', 'Jane Doe'),
    tags: fc.constantFrom<string[][]>([], ['vip'], ['vip', 'late']),
    customFields: fc.constantFrom<JsonObject[]>({ a: 1, b: 2 }, { b: 2, a: 1 }, { a: { d: [1], c: null } }),
    constructor: fc.constantFrom('', 'Smith & Sons'),
  },
  { requiredKeys: [] },
)
const members = {
  phoneNumber: phone,
  remoteId: phone,
  callFromNumber: phone,
  callDirection: directionWord,
  direction: directionWord,
  duration: durationWord,
  callDuration: durationWord,
  callStartedTime: instantText,
  startTime: instantText,
  callEstablishedTime: instantText,
  callAnswerTime: instantText,
  callEndedTime: instantText,
  endTime: instantText,
  status: statusWord,
  callEndReason: statusWord,
  customerData: fc.option(customer, { freq: 4 }),
}

/** Events about one call, with many ties: the same few instants, sources and words. */
export function callEvent(
  callSid: fc.Arbitrary<string>,
  begins: fc.Arbitrary<number> = fc.constant(0),
): fc.Arbitrary<CallEvent> {
  return fc
    .record({
      event: fc.constantFrom(...KNOWN_EVENTS, 'networkQuality'),
      source: fc.constantFrom<EventSource[]>('ribbon', 'provider'),
      steps: fc.integer({ min: 0, max: 20 }),
      begins,
      callSid,
      data: fc.record(members, { requiredKeys: [] }),
      context: fc.record({ agentUserId, domain }, { requiredKeys: [] }),
    })
    .map(({ event, source, steps, begins, callSid, data, context }) => ({
      event,
      source,
      context,
      occurredAt: BASE_MS + begins + steps * 7_000,
      data: { ...data, callSid },
    }))
}

/** Events of a handful of calls over some weeks, as they might arrive: in no order. */
export const eventStream: fc.Arbitrary<CallEvent[]> = fc.array(
  callEvent(
    fc.integer({ min: 1, max: 12 }).map((call) => `CA${String(call)}`),
    fc.integer({ min: 0, max: 40 * 96 }).map((slots) => slots * 900_000 - 3_000),
  ),
  { maxLength: 40 },
)

/**
 * Events of a few calls that overlap, with numbers in common, some of which name no call. Those are apart by a millisecond
 * at least, so that the order of time tells all of them apart.
 */
export const mixedStream: fc.Arbitrary<CallEvent[]> = fc
  .array(
    fc.tuple(
      callEvent(
        fc.integer({ min: 1, max: 5 }).map((call) => `CA${String(call)}`),
        fc.integer({ min: 0, max: 24 }).map((quarters) => quarters * 900_000),
      ),
      fc.boolean(),
      fc.constantFrom('+919876543210', '+911234567890', ''),
    ),
    { maxLength: 30 },
  )
  .map((events) =>
    events.map(([event, isNamed, phoneNumber], i) => {
      const data = { ...event.data, ...(phoneNumber !== '' && { phoneNumber }) }
      return isNamed
        ? { ...event, data }
        : { ...event, occurredAt: event.occurredAt + i + 1, data: { ...data, callSid: '' } }
    }),
  )

/** What fills the customer data of a call quickly: some texts that are long in a store, and as JSON longer still. */
const memberText = fc.tuple(fc.constantFrom('x', '"', 'é'), fc.nat(9)).map(([unit, size]) => unit.repeat(size * 1_100))
const memberName = fc.constantFrom(
  '10',
  '2',
  '',
  'Z',
  'a',
  'customerId',
  'name',
  '__proto__',
  'é',
  '\ud800',
  '9'.repeat(3_000),
)
const memberValue = fc.oneof(
  { weight: 3, arbitrary: memberText },
  fc.constantFrom<Json[]>(null, 0, -0, 12.5, true, 'CUST001', [], { b: { '10': 1, '2': -0 }, a: [null, '\ud800'] }),
)

/** Events about one call whose customer data, taken together, may or may not fit a call: see `LIMITS.callCustomerLength`. */
export function crowdedEvent(callSid: fc.Arbitrary<string>): fc.Arbitrary<CallEvent> {
  const customerData = fc
    .array(fc.tuple(memberName, memberValue), { maxLength: 6 })
    .map((members): JsonObject => Object.fromEntries(members))
  return fc
    .tuple(callEvent(callSid), fc.option(customerData, { freq: 6, nil: undefined }))
    .map(([event, customerData]) =>
      customerData === undefined ? event : { ...event, data: { ...event.data, customerData } },
    )
}
