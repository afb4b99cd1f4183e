import t from 'tap'
import { callKeyOf, customerIdOf, directionOf, eventContent, phoneOf, sessionIdOf } from '../../src/core/identity.js'
import type { Json } from '../../src/core/json.js'

t.test('a call is named by callSid, else callId; the empty text of SDKs names nothing', async (t) => {
  t.equal(callKeyOf({ callSid: 'CA1', callId: 'x' }), 'CA1')
  t.equal(callKeyOf({ callSid: '', callId: 'x' }), 'x')
  t.equal(callKeyOf({ callSid: null, callId: 42 }), '42')
  t.equal(callKeyOf({ callSid: '', callId: {} }), null)
  t.equal(sessionIdOf('CA1'), 'session-CA1')
})

t.test('events with equal content have equal text, and any difference shows', async (t) => {
  const event = { event: 'connected', data: { callSid: 'CA1', a: 1 }, timestamp: '2025-10-12T10:30:00Z' }
  t.equal(eventContent(event), eventContent({ ...event, data: { a: 1, callSid: 'CA1' } }))
  t.equal(eventContent(event), '["CA1","connected","2025-10-12T10:30:00Z",{"a":1,"callSid":"CA1"}]')
  const others = [{ event: 'incoming' }, { timestamp: null }, { data: { callSid: 'CA1', a: 2 } }]
  for (const other of others) t.not(eventContent({ ...event, ...other }), eventContent(event))
})

t.test('the phone number is phoneNumber, else the SIP peer, else the caller', async (t) => {
  t.equal(phoneOf({ phoneNumber: '+91', remoteId: 'r', callFromNumber: 'c' }), '+91')
  t.equal(phoneOf({ phoneNumber: '', remoteId: 'r', callFromNumber: 'c' }), 'r')
  t.equal(phoneOf({ callFromNumber: 'c' }), 'c')
  t.equal(phoneOf({ phoneNumber: 919876543210 }), '919876543210')
  t.equal(phoneOf({ phoneNumber: '', remoteId: '' }), null)
  t.equal(phoneOf({ remoteId: 'sip:+919876543210@example.com;transport=tls' }), '+919876543210')
  t.equal(phoneOf({ remoteId: '"John" <SIPS:1001@example.com>' }), '1001')
  t.equal(phoneOf({ remoteId: 'sip:' }), 'sip:')
})

t.test('a direction is what the data says in any case and spelling, else unsaid', async (t) => {
  const cases: [Json, string | null][] = [
    ['inbound', 'inbound'],
    ['Incoming', 'inbound'],
    ['OUTBOUND', 'outbound'],
    ['outgoing', 'outbound'],
    ['outbound-api', 'outbound'],
    ['outbound-dial', 'outbound'],
    ['', null],
    ['constructor', null],
    [1, null],
  ]
  for (const [word, direction] of cases) {
    t.equal(directionOf({ callDirection: word }), direction)
    t.equal(directionOf({ callDirection: 'sideways', direction: word }), direction)
  }
  t.equal(directionOf({ callDirection: 'inbound', direction: 'outbound' }), 'inbound')
})

t.test('only customerData names a customer', async (t) => {
  t.equal(customerIdOf({ customerData: { customerId: 'CUST001' } }), 'CUST001')
  t.equal(customerIdOf({ customerData: { customerId: 7 } }), '7')
  for (const customerData of [null, '', [], {}, { customerId: '' }, { customerId: null }, { customerId: true }]) {
    t.equal(customerIdOf({ customerId: 'CUST001', customerData }), null)
  }
})
