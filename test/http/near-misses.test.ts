import t from 'tap'
import { factsOf } from '../../src/core/facts.js'
import { callKeyOf, customerIdOf, phoneOf } from '../../src/core/identity.js'
import type { JsonObject } from '../../src/core/json.js'
import { LIMITS } from '../../src/core/limits.js'
import { KNOWN_EVENTS } from '../../src/core/vocabulary/events.js'
import { nearMissesOf } from '../../src/http/near-misses.js'

const found = (body: object) =>
  nearMissesOf({ event: 'connected', data: {}, ...body }).map(({ pointer, message }) => `${pointer} ${message}`)

t.test('near misses of known names are told, each with the name that was meant', async (t) => {
  t.strictSame(found({ event: 'callended' }), [
    '/event is "callended", which is no known event: did you mean callEnded?',
  ])
  t.strictSame(
    found({
      data: { callsid: 'CA1', PhoneNumber: '+91', customerData: { CustomerID: 'CUST001' } },
      event_id: 'e1',
    }),
    [
      '/event_id is no known member: did you mean eventId?',
      '/data/callsid is no known member: did you mean callSid?',
      '/data/PhoneNumber is no known member: did you mean phoneNumber?',
      '/data/customerData/CustomerID is no known member: did you mean customerId?',
    ],
  )
})

t.test('a direction that is none is told, near to one or not', async (t) => {
  t.strictSame(found({ data: { callDirection: 'inbund' } }), [
    '/data/callDirection is "inbund", which is no direction: did you mean inbound?',
  ])
  t.strictSame(found({ data: { callDirection: 'sideways' } }), [
    '/data/callDirection is "sideways", which is no direction: write inbound or outbound',
  ])
  for (const callDirection of ['', null, 'Inbound', 'outgoing', 'outbound-api']) {
    t.strictSame(found({ data: { callDirection } }), [])
  }
})

t.test('a duration that is none is told', async (t) => {
  for (const text of ['0x10', '1e3', ' 12 ', '+5', '3:20']) {
    t.strictSame(found({ data: { callDuration: text } }), [
      `/data/callDuration is "${text}", which is no number of seconds: write digits, such as 180`,
    ])
  }
  for (const callDuration of ['', null, 180, '180', '61.9']) t.strictSame(found({ data: { callDuration } }), [])
})

t.test('names of one’s own are free: in the event, at the top, in the data and of the customer', async (t) => {
  for (const event of ['wrapup.started', 'disconnected', 'agentJoined', ...KNOWN_EVENTS])
    t.strictSame(found({ event }), [])
  t.strictSame(
    found({
      widgetVersion: '3',
      data: {
        queue: 'sales',
        callDate: 'x',
        callerId: 'y',
        customerData: { segment: 'gold', phone: '+91', company: 'Acme' },
      },
    }),
    [],
  )
  t.strictSame(found({ data: { customerData: null } }), [])
})

t.test('a near miss beside the name itself is a name of its own, unless the name itself says nothing', async (t) => {
  t.strictSame(found({ data: { callSid: 'CA1', callsid: 'x' } }), [])
  for (const callSid of ['', null]) {
    t.strictSame(found({ data: { callSid, callsid: 'CA1' } }), [
      '/data/callsid is no known member: did you mean callSid?',
    ])
  }
})

t.test('every member of data that a call is told from is known', async (t) => {
  const read = new Set<string>()
  const data = new Proxy<JsonObject>(
    {},
    {
      get: (_target, name) => {
        read.add(String(name))
        return undefined
      },
    },
  )
  for (const event of KNOWN_EVENTS) factsOf({ event, data, context: {}, occurredAt: 0, source: 'ribbon' })
  callKeyOf(data)
  customerIdOf(data)
  phoneOf(data)
  t.ok(read.size > 10)
  // Were one of them unknown, a letter less or more of another could pass for it.
  for (const name of read) t.strictSame(found({ data: { [name]: '1', callDirection: 'inbound' } }), [], name)
  for (const name of read) {
    t.match(
      found({ data: { [`${name.slice(0, 1)}_${name.slice(1)}`]: '1' } }),
      [new RegExp(`did you mean ${name}\\?`)],
      name,
    )
  }
})

t.test('as many unknown members are compared as an answer names, and no more', async (t) => {
  const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`own${String(i)}`, i]))
  t.equal(found({ data: { ...members(LIMITS.faults - 1), callsid: 'CA1' } }).length, 1)
  t.equal(found({ data: { ...members(LIMITS.faults), callsid: 'CA1' } }).length, 0)
})
