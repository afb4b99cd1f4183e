import t from 'tap'
import { deriveCall, statusAt, type DerivedCall } from '../../src/core/call.js'
import { factsOf, join, type CallFacts } from '../../src/core/facts.js'
import type { JsonObject } from '../../src/core/json.js'
import { LIMITS } from '../../src/core/limits.js'
import type { EventSource } from '../../src/core/vocabulary/events.js'

const AT = Date.parse('2025-10-12T10:30:00Z')

/** Events as `[name, seconds after 10:30, data, source, context]`. */
type Told = readonly [event: string, seconds: number, data?: JsonObject, source?: EventSource, context?: JsonObject]

function call(...events: readonly Told[]): DerivedCall {
  const facts = events.map(
    ([event, seconds, data = {}, source = 'ribbon', context = {}]) =>
      factsOf({ event, data, context, occurredAt: AT + seconds * 1000, source }) ?? {},
  )
  return deriveCall(facts.reduce<CallFacts>(join, {}))
}

t.test('an answered call that ended is completed and lasts from answer to end', (t) => {
  t.match(call(['dialing', 0], ['connected', 12], ['callEnded', 192.9]), {
    startAt: AT,
    answeredAt: AT + 12_000,
    endAt: AT + 192_900,
    ringSeconds: 12,
    durationSeconds: 180,
    direction: 'outbound',
    status: 'completed',
    answered: true,
  })
  t.end()
})

t.test('status', async (t) => {
  const cases: [name: string, events: Told[], status: string][] = [
    [
      'nothing ended it',
      [
        ['incoming', 0],
        ['connected', 3, { duration: 180 }],
      ],
      'active',
    ],
    [
      'inbound, never answered',
      [
        ['incoming', 0],
        ['callEnded', 20],
      ],
      'missed',
    ],
    ['reported as missed', [['missed', 0]], 'missed'],
    [
      'outbound, never answered',
      [
        ['dialing', 0],
        ['callEnded', 20],
      ],
      'no-answer',
    ],
    [
      'talk time reported without an answer',
      [
        ['dialing', 0],
        ['callEnded', 20, { duration: 5 }],
      ],
      'completed',
    ],
    [
      'no talk time reported',
      [
        ['dialing', 0],
        ['callEnded', 20, { duration: 0 }],
      ],
      'no-answer',
    ],
    [
      'rejected by event',
      [
        ['incoming', 0],
        ['rejected', 2],
      ],
      'rejected',
    ],
    [
      'busy by the provider',
      [
        ['dialing', 0],
        ['callEnded', 2, { status: 'BUSY' }],
      ],
      'busy',
    ],
    [
      'cancelled in either spelling',
      [
        ['dialing', 0],
        ['callEnded', 2, { callEndReason: 'Cancelled' }],
      ],
      'canceled',
    ],
    [
      'a reason that is no disposition',
      [
        ['connected', 0],
        ['callEnded', 2, { callEndReason: 'Bye' }],
      ],
      'completed',
    ],
    [
      'a disposition before the end says nothing',
      [
        ['dialing', 0, { status: 'busy' }],
        ['callEnded', 2],
      ],
      'no-answer',
    ],
    [
      'a provider over the ribbon, though earlier',
      [
        ['callEnded', 2, { status: 'busy' }, 'provider'],
        ['callEnded', 9, { status: 'failed' }],
      ],
      'busy',
    ],
  ]
  for (const [name, events, status] of cases) t.equal(call(...events).status, status, name)
})

t.test('duration', async (t) => {
  const cases: [name: string, events: Told[], seconds: number | null][] = [
    ['none while active', [['connected', 0, { duration: 180 }]], null],
    [
      'what the end reports',
      [
        ['connected', 0],
        ['callEnded', 60, { duration: 42 }],
      ],
      42,
    ],
    [
      'an answer outranks what was reported during the call',
      [
        ['connected', 0, { duration: 9 }],
        ['callEnded', 60],
      ],
      60,
    ],
    [
      'what was reported during the call, when nothing answered',
      [
        ['dtmf', 0, { duration: 9 }],
        ['callEnded', 60],
      ],
      9,
    ],
    ['digits, as the SDK sends them', [['callEnded', 60, { duration: '', callDuration: '61.9' }]], 61],
    [
      'blank text is no zero',
      [
        ['connected', 0],
        ['callEnded', 60, { duration: ' ' }],
      ],
      60,
    ],
    [
      'absurd reports are not believed',
      [
        ['connected', 0],
        ['callEnded', 60, { duration: 86_401, callDuration: -1 }],
      ],
      60,
    ],
    [
      '0 for a call that nobody answered',
      [
        ['incoming', 0],
        ['callEnded', 60],
      ],
      0,
    ],
    [
      '0 when the answer was stamped after the end',
      [
        ['callEnded', 0],
        ['connected', 5],
      ],
      0,
    ],
    [
      'the latest end rules',
      [
        ['callEnded', 60, { duration: 1 }],
        ['callEnded', 61, { duration: 2 }],
      ],
      2,
    ],
  ]
  for (const [name, events, seconds] of cases) t.equal(call(...events).durationSeconds, seconds, name)
})

t.test('start', async (t) => {
  const later = new Date(AT + 30_000).toISOString()
  const cases: [name: string, events: Told[], seconds: number][] = [
    [
      'the earliest event of the call',
      [
        ['connected', 9],
        ['incoming', 4],
        ['callEnded', 20],
      ],
      4,
    ],
    ['an explicit start, as text', [['connected', 40, { callStartedTime: later }]], 30],
    ['an explicit start, in milliseconds', [['connected', 40, { startTime: AT + 30_000 }]], 30],
    ['an explicit start, in digits', [['connected', 40, { startTime: String(AT + 30_000) }]], 30],
    ['the next member when the first is empty', [['connected', 40, { callStartedTime: '', startTime: later }]], 30],
    ['not seconds, which are another unit', [['connected', 40, { startTime: AT / 1000 }]], 40],
    ['not a time without an offset', [['connected', 40, { startTime: '2025-10-12 10:30:00' }]], 40],
    ['not a value of another type', [['connected', 40, { startTime: true }]], 40],
    ['the answer, when nothing earlier is known', [['callEnded', 90, { callEstablishedTime: later }]], 30],
    ['the reported duration before the end', [['callEnded', 90, { duration: 60 }]], 30],
    ['the end of a call of which nothing else is known', [['missed', 90]], 90],
    [
      'never after the end',
      [
        ['incoming', 95],
        ['callEnded', 90],
      ],
      90,
    ],
    [
      'a provider outranks an earlier ribbon',
      [
        ['incoming', 0],
        ['incoming', 7, {}, 'provider'],
      ],
      7,
    ],
  ]
  for (const [name, events, seconds] of cases) t.equal(call(...events).startAt, AT + seconds * 1000, name)
})

t.test('a start by one authority bounds an answer by another', async (t) => {
  t.equal(call(['connected', 0], ['incoming', 7, {}, 'provider']).answeredAt, AT + 7000)
})

t.test('the end is the one told in the data, else the event itself', async (t) => {
  t.equal(call(['callEnded', 90, { callEndedTime: AT + 80_000 }]).endAt, AT + 80_000)
  t.equal(call(['callEnded', 90, { callEndedTime: 'never', endTime: '' }]).endAt, AT + 90_000)
  t.equal(call(['connected', 90, { callEndedTime: AT + 80_000 }]).endAt, null)
})

t.test('no instant of a call lies beyond those that events may name', async (t) => {
  const occurredAt = Date.parse('2099-12-31T23:59:59Z')
  const data = { endTime: occurredAt + 60_000 }
  const facts = factsOf({ event: 'callEnded', data, context: {}, occurredAt, source: 'ribbon' })
  t.equal(deriveCall(facts ?? {}).endAt, occurredAt)
})

t.test('direction', async (t) => {
  const cases: [name: string, events: Told[], direction: string][] = [
    [
      'ringing is inbound',
      [
        ['incoming', 0],
        ['connected', 1],
      ],
      'inbound',
    ],
    ['a missed call is inbound', [['missed', 0]], 'inbound'],
    [
      "a dialled call rings the agent's own leg first",
      [
        ['incoming', 0],
        ['dialing', 1],
      ],
      'outbound',
    ],
    [
      'the data outranks the names',
      [
        ['incoming', 0, { callDirection: 'outgoing' }],
        ['connected', 1],
      ],
      'outbound',
    ],
    ['the data outranks dialling', [['dialing', 0, { direction: 'Inbound' }]], 'inbound'],
    [
      'the latest word',
      [
        ['incoming', 0, { direction: 'outbound' }],
        ['dtmf', 1, { direction: 'inbound' }],
      ],
      'inbound',
    ],
    [
      'outbound when words tie',
      [
        ['dtmf', 0, { direction: 'outbound' }],
        ['dtmf', 0, { direction: 'inbound' }],
      ],
      'outbound',
    ],
    ['nothing said', [['connected', 0, { callDirection: '' }]], 'outbound'],
  ]
  for (const [name, events, direction] of cases) t.equal(call(...events).direction, direction, name)
})

t.test('a later event that knows less never wipes what an earlier one knew', async (t) => {
  const known = {
    phoneNumber: '+919876543210',
    callDirection: 'inbound',
    customerData: { customerId: 'CUST001', name: 'John' },
  }
  const ended = call(
    ['incoming', 0, known],
    ['connected', 1, { phoneNumber: '', callDirection: '', customerData: null }],
    ['callEnded', 9, { customerData: { customerId: '', name: null, city: 'Pune' } }],
  )
  t.match(ended, { phoneNumber: '+919876543210', direction: 'inbound', customerId: 'CUST001' })
  t.same(ended.customerData, { city: 'Pune', customerId: 'CUST001', name: 'John' })
})

t.test('the explicit number outranks the SIP peer, and the first of a kind stays', async (t) => {
  t.equal(call(['incoming', 0, { remoteId: 'sip:+1@x' }], ['connected', 1, { phoneNumber: '+2' }]).phoneNumber, '+2')
  t.equal(call(['incoming', 0, { phoneNumber: '+1' }], ['connected', 1, { phoneNumber: '+2' }]).phoneNumber, '+1')
})

t.test('a call rings from its start to its answer, or to its end when nobody answers', async (t) => {
  const cases: [name: string, events: Told[], seconds: number | null][] = [
    [
      'answered',
      [
        ['incoming', 0],
        ['connected', 7.9],
        ['callEnded', 60],
      ],
      7,
    ],
    [
      'answered and not ended',
      [
        ['dialing', 0],
        ['connected', 7],
      ],
      7,
    ],
    [
      'never answered',
      [
        ['incoming', 0],
        ['missed', 20],
      ],
      20,
    ],
    [
      'given up within a second',
      [
        ['dialing', 0],
        ['callEnded', 0.4],
      ],
      0,
    ],
    ['by the start that the answer tells', [['connected', 40, { callStartedTime: AT + 30_000 }]], 10],
    ['not known while it rings', [['incoming', 0]], null],
    [
      'not known of a call that begins with its answer',
      [
        ['connected', 0],
        ['callEnded', 60],
      ],
      null,
    ],
    ['not known of a call that is only reported as missed', [['missed', 20]], null],
    [
      'not known of a call whose end reports talk time, and nothing when it was answered',
      [['callEnded', 20, { duration: 5 }]],
      null,
    ],
    [
      'not known of one that rang before that either',
      [
        ['incoming', 0],
        ['callEnded', 20, { duration: 5 }],
      ],
      null,
    ],
  ]
  for (const [name, events, seconds] of cases) t.equal(call(...events).ringSeconds, seconds, name)
})

t.test('the agent of a call is who answered it, else who took part in it last', async (t) => {
  const by = (agentUserId: string | number | null) => ({ agentUserId })
  const told = (
    event: string,
    seconds: number,
    agent: string | number | null,
    source: EventSource = 'ribbon',
  ): Told => [event, seconds, {}, source, by(agent)]
  const cases: [name: string, events: Told[], agent: string | null][] = [
    ['who rang last, while nobody has answered', [told('incoming', 0, 'a'), told('incoming', 1, 'b')], 'b'],
    [
      'who answered, whoever else is told later that it is over',
      [told('connected', 2, 'a'), told('missed', 3, 'b')],
      'a',
    ],
    ['who answered last, when the call was passed on', [told('connected', 2, 'a'), told('connected', 9, 'b')], 'b'],
    ['an answer that names nobody wipes nothing', [told('incoming', 0, 'a'), told('connected', 2, null)], 'a'],
    ['an empty name is none', [told('incoming', 0, 'a'), told('incoming', 2, '')], 'a'],
    ['the provider before the ribbon', [told('incoming', 0, 'a', 'provider'), told('connected', 2, 'b')], 'a'],
    ['a number is a name', [told('incoming', 0, 42)], '42'],
    ['one that is too long names nobody', [told('incoming', 0, 'a'.repeat(LIMITS.agentUserIdLength + 1))], null],
    ['nobody says', [['incoming', 0]], null],
  ]
  for (const [name, events, agent] of cases) t.equal(call(...events).agentUserId, agent, name)
})

t.test('a call without a customer says so', async (t) => {
  t.match(call(['incoming', 0, { customerData: {} }]), { customerId: null, customerData: null, phoneNumber: null })
})

t.test('facts that claim nothing are an active call that began at the epoch', async (t) => {
  t.match(deriveCall({}), { startAt: 0, endAt: null, status: 'active', durationSeconds: null })
})

t.test('an active call reads as expired from the maximum age on, an ended one never', async (t) => {
  t.equal(statusAt({ status: 'active', startAt: 1000 }, 1999, 1000), 'active')
  t.equal(statusAt({ status: 'active', startAt: 1000 }, 2000, 1000), 'expired')
  t.equal(statusAt({ status: 'missed', startAt: 1000 }, 9000, 1000), 'missed')
})

t.test(
  'the domain of a call is that of the page that answered it, else of the last that spoke, in lower case',
  async (t) => {
    const told = (event: string, seconds: number, domain: string | number | null): Told => {
      return [event, seconds, {}, 'ribbon', { domain }]
    }
    const cases: [name: string, events: Told[], domain: string | null][] = [
      ['who answered', [told('connected', 2, 'a.example'), told('missed', 3, 'b.example')], 'a.example'],
      ['who spoke last', [told('incoming', 0, 'a.example'), told('missed', 3, 'b.example')], 'b.example'],
      ['capital letters', [told('incoming', 0, 'YourCRM.com')], 'yourcrm.com'],
      ['no text', [told('incoming', 0, 7), told('missed', 1, null)], null],
      ['too long', [told('incoming', 0, 'a'.repeat(LIMITS.domainLength + 1))], null],
    ]
    for (const [name, events, domain] of cases) t.equal(call(...events).domain, domain, name)
  },
)
