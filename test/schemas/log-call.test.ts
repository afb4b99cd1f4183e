import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { LogCallBodySchema, LogCallHeadersSchema } from '../../schemas/log-call.js'
import { faultsOf } from './published.js'

const faults = (body: unknown) => faultsOf(LogCallBodySchema, body)
const withData = (data: Record<string, unknown>) => faults({ event: 'connected', data })

/** What the published ribbon widget posts: the SDK's call object spread, mostly empty, with members of its own. */
const widgetBody = {
  apiKey: 'demo-api-key-789',
  event: 'incoming',
  data: {
    callId: 'a84b4c76e66710',
    remoteId: '',
    remoteDisplayName: '+919876543210',
    callDirection: '',
    callState: 'ringing',
    callDuration: '',
    callStartedTime: '',
    callEstablishedTime: '',
    callEndedTime: '',
    callAnswerTime: '',
    callEndReason: '',
    sessionId: '',
    callFromNumber: '+919876543210',
    callSid: '',
    sipHeaders: {},
    customerData: null,
    timestamp: '2025-10-12T10:30:00.000Z',
  },
  timestamp: '2025-10-12T10:30:00.000Z',
  domain: 'yourcrm.com',
  agentUserId: 'agent-42',
  clientName: 'Demo Client',
}

t.test('what the published widget sends is accepted as it is', async (t) => {
  t.same(faults(widgetBody), [])
  t.same(faults({ ...widgetBody, agentUserId: 42, clientName: null, domain: null, widgetVersion: '3.1' }), [])
  t.same(
    withData({ callDuration: 12, callStartedTime: 1760265000000, sipHeaders: [['X-A', 'b']], anything: { a: [1] } }),
    [],
  )
  t.same(withData({}), [])
})

t.test('what is not known may be an empty string or null', async (t) => {
  for (const absent of ['', null]) {
    t.same(
      withData({ callSid: absent, callId: absent, phoneNumber: absent, callDirection: absent, duration: absent }),
      [],
    )
    t.same(withData({ customerData: { customerId: absent, name: absent } }), [])
  }
})

t.test('a duration is a believable number of seconds', async (t) => {
  for (const duration of [0, 180, 12.5, LIMITS.durationSeconds]) t.same(withData({ duration }), [])
  for (const duration of ['180', -1, LIMITS.durationSeconds + 1, true, [180]]) {
    t.match(withData({ duration }), [/^\/data\/duration /], JSON.stringify(duration))
  }
})

t.test('text that names a call or a customer is exact, bounded and never a number', async (t) => {
  for (const bad of ['a\u0000b', 'a\ud800', '\udc00a', 7]) {
    for (const member of ['callSid', 'callId', 'phoneNumber']) {
      t.match(withData({ [member]: bad }), [new RegExp(`^/data/${member} `)], `${member} ${JSON.stringify(bad)}`)
    }
    t.match(withData({ customerData: { customerId: bad } }), [/^\/data\/customerData\/customerId /])
    t.match(faults({ event: 'connected', data: {}, eventId: bad }), [/^\/eventId /])
    t.match(faults({ event: bad, data: {} }), [/^\/event /])
  }
  t.match(withData({ callSid: 'x'.repeat(LIMITS.callIdLength + 1) }), [/^\/data\/callSid /])
  t.same(withData({ callSid: 'x'.repeat(LIMITS.callIdLength), customerData: { customerId: 'ग्राहक/😀 #1' } }), [])
})

t.test('an agent is named by a text that is bounded, or by a number', async (t) => {
  for (const agentUserId of ['', null, 42, 'x'.repeat(LIMITS.agentUserIdLength)]) {
    t.same(faults({ ...widgetBody, agentUserId }), [])
  }
  for (const agentUserId of ['x'.repeat(LIMITS.agentUserIdLength + 1), true, ['agent-42']]) {
    t.match(faults({ ...widgetBody, agentUserId }), [/^\/agentUserId /])
  }
})

t.test('an event of any name that fits the pattern is accepted', async (t) => {
  for (const event of ['connected', 'wrapup.started', 'x-custom:1', 'A_1']) t.same(faults({ event, data: {} }), [])
  for (const event of ['', '1st', 'call ended', '__proto__', 'e'.repeat(LIMITS.eventNameLength + 1)]) {
    t.match(faults({ event, data: {} }), [/^\/event /], event)
  }
})

t.test('a body that is no event names every fault', async (t) => {
  t.same(faults({}), [" must have required property 'event'", " must have required property 'data'"])
  t.same(faults({ event: 7, data: [], timestamp: 1, eventId: '' }), [
    '/event must be string',
    '/data must be object',
    '/timestamp must be string',
    '/eventId must NOT have fewer than 1 characters',
  ])
})

t.test('an idempotency key is not empty and bounded', async (t) => {
  t.same(faultsOf(LogCallHeadersSchema, { 'idempotency-key': 'k', host: 'x' }), [])
  for (const key of ['', 'k'.repeat(LIMITS.idempotencyKeyLength + 1)]) {
    t.match(faultsOf(LogCallHeadersSchema, { 'idempotency-key': key }), [/^\/idempotency-key /])
  }
})
