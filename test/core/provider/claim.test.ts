import t from 'tap'
import type { JsonObject } from '../../../src/core/json.js'
import { callSidOf, claimOf } from '../../../src/core/provider/claim.js'
import type { ProviderEvent } from '../../../src/core/vocabulary/events.js'

const AT = Date.parse('2025-10-12T10:35:00Z')
const ist = (clock: string) => Date.parse(`2025-10-12T${clock}+05:30`)

const claim = (event: ProviderEvent, payload: JsonObject) => claimOf(event, payload, AT)

const STATUS = {
  CallSid: 'c1',
  EventType: 'terminal',
  DateCreated: '2025-10-12 16:00:00',
  DateUpdated: '2025-10-12 16:03:20',
  StartTime: '2025-10-12 16:00:05',
  EndTime: '2025-10-12 16:03:15',
  Status: 'completed',
  Direction: 'outbound-api',
  From: '09812345678',
  To: '09876543210',
  PhoneNumberSid: '08041234567',
  ConversationDuration: '175',
  RecordingUrl: 'https://recordings.exotel.com/exotelrecordings/acme/c1.mp3',
  Legs: [
    { OnCallDuration: '180', Status: 'completed', AnsweredBy: 'NA' },
    { OnCallDuration: '175', Status: 'completed', AnsweredBy: 'Human' },
  ],
}

t.test(
  'a status callback of an outbound call tells both parties, the virtual number and when they talked',
  async (t) => {
    t.match(claim('statusCallback', STATUS), {
      direction: 'outbound',
      phone: '09876543210',
      agentNumber: '09812345678',
      virtualNumber: '08041234567',
      startAt: ist('16:00:05'),
      endAt: ist('16:03:15'),
      answeredAt: ist('16:00:20'),
      answerSeen: false,
      talkSeconds: 175,
      isOver: true,
      answered: true,
      disposition: null,
      recordingUrl: STATUS.RecordingUrl,
    })
  },
)

t.test('of an inbound call the first number is the customer’s, and the virtual number is neither party', async (t) => {
  const inbound = { ...STATUS, Direction: 'inbound', From: '09876543210', To: '08041234567' }
  t.match(claim('statusCallback', inbound), {
    direction: 'inbound',
    phone: '09876543210',
    agentNumber: null,
    virtualNumber: '08041234567',
  })
})

t.test('a call that is completed at the top was answered only if its second leg was', async (t) => {
  const legs = (Status: string | null, OnCallDuration: string) => [STATUS.Legs[0] ?? {}, { Status, OnCallDuration }]
  const cases: [payload: JsonObject, answered: boolean, seconds: number | null][] = [
    [{ Legs: legs('no-answer', '0'), ConversationDuration: '0' }, false, 0],
    [{ Legs: legs('completed', '175') }, true, 175],
    [{ Legs: legs(null, '0'), ConversationDuration: '' }, false, 0],
    [{ Legs: legs(null, '12'), ConversationDuration: '' }, true, 12],
    [{ Legs: [], ConversationDuration: '0' }, false, 0],
    [{ Legs: [], ConversationDuration: '9' }, true, 9],
    [{ Legs: [], ConversationDuration: '' }, true, null],
  ]
  for (const [payload, answered, talkSeconds] of cases) {
    t.match(
      claim('statusCallback', { ...STATUS, ...payload }),
      { answered, talkSeconds, isOver: true },
      JSON.stringify(payload),
    )
  }
})

t.test('busy, failed and cancelled are said of a call, no-answer is the lack of an answer', async (t) => {
  const told = (Status: string) => claim('statusCallback', { ...STATUS, Status, ConversationDuration: '0', Legs: [] })
  t.match(told('busy'), { answered: false, disposition: 'busy' })
  t.match(told('failed'), { answered: false, disposition: 'failed' })
  t.match(told('cancelled'), { answered: false, disposition: 'canceled' })
  t.match(told('no-answer'), { answered: false, disposition: null, isOver: true, talkSeconds: 0 })
  t.match(told('in-progress'), { answered: null, isOver: false, endAt: null })
  t.match(told('something-new'), { answered: null, isOver: false })
})

t.test('an answered event tells when the customer answered, and that the call goes on', async (t) => {
  const answered = { ...STATUS, EventType: 'answered', Status: 'in-progress', DateUpdated: '2025-10-12 16:00:19' }
  t.match(claim('statusCallback', answered), { answeredAt: ist('16:00:19'), answerSeen: true, isOver: false })
  t.match(claim('statusCallback', { ...answered, DateUpdated: '' }), { answeredAt: AT })
})

t.test(
  'an end without a time is the start and the duration, else when it was updated, else when it was reported',
  async (t) => {
    const open = { ...STATUS, EndTime: '0000-00-00 00:00:00' }
    t.match(claim('statusCallback', { ...open, Duration: '100' }), { endAt: ist('16:01:45') })
    t.match(claim('statusCallback', open), { endAt: ist('16:03:20') })
    t.match(claim('statusCallback', { ...open, DateUpdated: '' }), { endAt: AT })
  },
)

t.test('an integration’s callback ends a call only by the outcomes that are known', async (t) => {
  const base = {
    CallSid: 'c1',
    CallState: 'terminal',
    Direction: 'inbound',
    FromNumber: '+919876543210',
    ToNumber: 'sip:agent42',
    VirtualNumber: '08041234567',
    StartTime: '2025-10-12T16:00:00+05:30',
    EndTime: '2025-10-12T16:03:00+05:30',
  }
  const told = (CallStatus: string, more: JsonObject = {}) =>
    claim('integrationCallback', { ...base, CallStatus, ...more })
  t.match(told('completed'), {
    isOver: true,
    answered: true,
    phone: '+919876543210',
    agentNumber: 'sip:agent42',
    virtualNumber: '08041234567',
    endAt: ist('16:03:00'),
    talkSeconds: null,
    endReason: null,
  })
  t.match(told('to_leg_unanswered'), { answered: false, disposition: null, endReason: 'to_leg_unanswered' })
  t.match(told('from_leg_unanswered'), { answered: false, disposition: null })
  t.match(told('from_leg_cancelled'), { answered: false, disposition: 'canceled' })
  t.match(told('free'), { isOver: false, answered: null })
  t.match(told('busy', { CallState: 'active' }), { isOver: false, answered: null })
  t.match(told('completed', { CallState: 'active' }), { isOver: false })
  t.match(told('completed', { EndTime: null, TotalDuration: '90' }), { endAt: ist('16:01:30') })
  t.match(told('completed', { EndTime: null, TotalDuration: 90 }), { endAt: ist('16:01:30') })
  t.match(told('completed', { EndTime: null }), { endAt: AT })
})

t.test('an integration’s recordings are read in each of their shapes', async (t) => {
  const url = 'https://recordings.exotel.com/a.mp3'
  const told = (CallRecordings: JsonObject['x']) =>
    claim('integrationCallback', { CallSid: 'c1', CallRecordings }).recordingUrl
  t.same([told(url), told([url]), told([{ url }]), told({ Url: url })], [url, url, url, url])
  t.same([told(null), told([]), told('javascript:alert(1)'), told(undefined)], [null, null, null, null])
})

const PASSTHRU = {
  CallSid: 'c1',
  CallFrom: '09876543210',
  CallTo: '08041234567',
  Direction: 'incoming',
  Created: 'Sun, 12 Oct 2025 16:00:00',
  StartTime: '2025-10-12 16:00:00',
  EndTime: '1970-01-01 05:30:00',
  CurrentTime: '2025-10-12 16:03:15',
  CallType: 'completed',
  DialCallStatus: 'completed',
  DialCallDuration: '190',
  DialWhomNumber: '09812345678',
  digits: '"1"',
  Legs: [{ OnCallDuration: '175', CauseCode: 'NORMAL_CLEARING' }],
}

t.test('a passthru after the conversation tells how long they talked, and ends the call as it is sent', async (t) => {
  t.match(claim('passthru', PASSTHRU), {
    direction: 'inbound',
    phone: '09876543210',
    virtualNumber: '08041234567',
    agentNumber: '09812345678',
    isOver: true,
    answered: true,
    talkSeconds: 175,
    endAt: ist('16:03:15'),
    answeredAt: ist('16:00:20'),
    endReason: 'NORMAL_CLEARING',
  })
})

t.test('of several agents who were dialled, the one who talked tells for how long', async (t) => {
  const Legs = [{ CauseCode: 'NO_ANSWER' }, { OnCallDuration: '5' }]
  t.match(claim('passthru', { ...PASSTHRU, Legs }), { talkSeconds: 5, answered: true })
})

t.test('what a flow came to decides whether a passthru ends the call, and how', async (t) => {
  const told = (more: JsonObject) => claim('passthru', { ...PASSTHRU, DialCallStatus: 'null', Legs: [], ...more })
  t.match(told({ CallType: '' }), { isOver: false, answered: null })
  t.match(told({ CallType: 'call-attempt' }), { isOver: false, answered: null, endAt: null })
  t.match(told({ CallType: 'call-attempt', EndTime: '2025-10-12 16:00:40' }), { isOver: true, answered: false })
  t.match(told({ CallType: 'incomplete' }), { isOver: true, answered: false, talkSeconds: 0, endReason: 'incomplete' })
  t.match(told({ CallType: 'client-hangup' }), { isOver: true, answered: false, endReason: 'client-hangup' })
  t.match(told({ CallType: 'voicemail' }), { isOver: true, answered: false, endReason: 'voicemail' })
  t.match(told({ CallType: 'completed' }), { isOver: true, answered: true, talkSeconds: null })
  t.match(told({ CallType: '', DialCallStatus: 'busy' }), { answered: false, disposition: 'busy' })
  t.match(told({ CallType: 'incomplete', DialCallStatus: 'no-answer' }), { answered: false, disposition: null })
  t.match(told({ CurrentTime: '' }), { endAt: AT })
})

t.test('of an outbound call’s passthru the first number is the agent’s', async (t) => {
  const outbound = { ...PASSTHRU, Direction: 'outbound-dial', OutgoingPhoneNumber: '08049999999' }
  t.match(claim('passthru', outbound), {
    direction: 'outbound',
    phone: '08041234567',
    agentNumber: '09876543210',
    virtualNumber: '08049999999',
  })
  t.match(claim('passthru', { ...PASSTHRU, Direction: 'sideways' }), {
    direction: null,
    phone: null,
    agentNumber: null,
  })
})

t.test('a popup tells who rings at which agent, and never that the call is over', async (t) => {
  const popup = {
    CallSid: 'c1',
    From: '09876543210',
    To: '08041234567',
    DialWhomNumber: '09812345678',
    Direction: 'outbound-dial',
  }
  for (const Status of ['busy', 'free']) {
    t.match(claim('popup', { ...popup, Status, EventType: 'Dial', Created: '2025-10-12 16:00:00' }), {
      direction: 'inbound',
      phone: '09876543210',
      virtualNumber: '08041234567',
      agentNumber: '09812345678',
      startAt: ist('16:00:00'),
      isOver: false,
      answered: null,
      answeredAt: null,
    })
  }
  t.match(claim('popup', { ...popup, EventType: 'Answered', CurrentTime: '2025-10-12 16:00:12' }), {
    answeredAt: ist('16:00:12'),
  })
  t.match(claim('popup', { ...popup, EventType: 'Answered' }), { answeredAt: AT, answerSeen: true })
})

t.test('details of a call are those of a status callback, its legs by name', async (t) => {
  const details = {
    Sid: 'c1',
    Status: 'completed',
    Direction: 'inbound',
    From: '09876543210',
    To: '08041234567',
    PhoneNumberSid: '08041234567',
    StartTime: '2025-10-12 16:00:00',
    EndTime: '2025-10-12 16:03:00',
    Duration: '180',
  }
  t.match(
    claim('callDetails', {
      ...details,
      Details: { ConversationDuration: 170, Leg1Status: 'completed', Leg2Status: 'completed' },
    }),
    {
      answered: true,
      talkSeconds: 170,
      isOver: true,
    },
  )
  t.match(
    claim('callDetails', {
      ...details,
      Details: { ConversationDuration: 0, Leg1Status: 'completed', Leg2Status: 'no-answer' },
    }),
    {
      answered: false,
      talkSeconds: 0,
    },
  )
  t.match(claim('callDetails', { ...details, Status: 'in-progress', EndTime: null }), { isOver: false })
  t.match(claim('callDetails', { ...details, Details: null }), { answered: null, talkSeconds: null, isOver: true })
  t.match(claim('callDetails', { ...details, Direction: 'outbound-api' }), { answered: true, talkSeconds: null })
})

t.test('a report names its call by Exotel’s id; one that has none names no call', async (t) => {
  t.equal(callSidOf('passthru', { CallSid: 'c1', Sid: 'c2' }), 'c1')
  t.equal(callSidOf('callDetails', { CallSid: 'c1', Sid: 'c2' }), 'c2')
  for (const CallSid of ['', 'null', null, 'x'.repeat(129), 'a\0b']) t.equal(callSidOf('popup', { CallSid }), null)
})
