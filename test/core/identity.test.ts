import t from 'tap'
import {
  callKeyOf,
  customerIdOf,
  customerNameOf,
  directionOf,
  eventContent,
  gradedPhoneOf,
  phoneOf,
  sessionIdOf,
} from '../../src/core/identity.js'
import type { Json } from '../../src/core/json.js'
import { LIMITS } from '../../src/core/limits.js'

/** Texts that one store or the other cannot keep, or not compare as the other does. */
const UNKEEPABLE = ['\0', 'CA\0', 'CA\ud800', '\udc00CA', '\udc00\ud800', 'CA\udfff1']

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

t.test('a text that no store can compare names no call: the next member does, or none', async (t) => {
  for (const text of [...UNKEEPABLE, 'x'.repeat(LIMITS.callIdLength + 1)]) {
    t.equal(callKeyOf({ callSid: text }), null)
    t.equal(callKeyOf({ callId: text }), null)
    t.equal(callKeyOf({ callSid: text, callId: 'x' }), 'x')
    t.equal(callKeyOf({ callSid: 'CA1', callId: text }), 'CA1')
  }
})

t.test('a text that no store can compare names no number: a weaker member does, or none', async (t) => {
  for (const text of [...UNKEEPABLE, '9'.repeat(LIMITS.phoneNumberLength + 1)]) {
    for (const member of ['phoneNumber', 'remoteId', 'callFromNumber']) {
      t.equal(phoneOf({ [member]: text }), null)
      t.equal(phoneOf({ [member]: `sip:${text}@example.com` }), null)
    }
    t.same(gradedPhoneOf({ phoneNumber: text, remoteId: 'r', callFromNumber: 'c' }), { phone: 'r', grade: 1 })
    t.same(gradedPhoneOf({ phoneNumber: text, remoteId: text, callFromNumber: 'c' }), { phone: 'c', grade: 0 })
  }
})

t.test('a text that no store can compare names no customer', async (t) => {
  for (const customerId of [...UNKEEPABLE, 'x'.repeat(LIMITS.customerIdLength + 1)]) {
    t.equal(customerNameOf(customerId), null)
    t.equal(customerIdOf({ customerData: { customerId } }), null)
  }
})

t.test('a name may be as long as its limit, counted in UTF-16 code units, and in any script', async (t) => {
  const [callId, phone, customerId] = [LIMITS.callIdLength, LIMITS.phoneNumberLength, LIMITS.customerIdLength]
  for (const unit of ['x', 'é', '\u{1f4de}']) {
    const text = (length: number): string => unit.repeat(length / unit.length)
    t.equal(callKeyOf({ callSid: text(callId) }), text(callId))
    t.equal(callKeyOf({ callSid: `${text(callId)}y` }), null)
    t.equal(phoneOf({ phoneNumber: text(phone) }), text(phone))
    t.equal(phoneOf({ phoneNumber: `${text(phone)}y` }), null)
    t.equal(customerNameOf(text(customerId)), text(customerId))
    t.equal(customerNameOf(`${text(customerId)}y`), null)
  }
})

t.test('only the user of a SIP address counts against the limit of a number', async (t) => {
  const domain = `${'x'.repeat(LIMITS.phoneNumberLength)}.example`
  t.equal(phoneOf({ remoteId: `sip:+911@${domain}` }), '+911')
  t.equal(phoneOf({ remoteId: `sip:+911@\0${domain}` }), '+911')
})

t.test('events whose callSid names nothing are told apart by it all the same', async (t) => {
  const event = { event: 'connected', timestamp: null }
  t.not(
    eventContent({ ...event, data: { callSid: '\ud800' } }),
    eventContent({ ...event, data: { callSid: '\ud801' } }),
  )
})
