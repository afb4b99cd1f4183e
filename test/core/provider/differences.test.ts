import t from 'tap'
import type { CallEvent } from '../../../src/core/facts.js'
import type { JsonObject } from '../../../src/core/json.js'
import {
  changesBy,
  hasVerdict,
  isSettled,
  isYetToEnd,
  withoutOperators,
  withoutVerdict,
} from '../../../src/core/provider/differences.js'
import { callFlows } from '../../../src/docs/call-flows.js'
import { BASE_MS } from '../../helpers/events.js'
import { realCall } from '../../helpers/real-calls.js'

const NOW = BASE_MS + 7_200_000

const reportOf = (data: JsonObject): CallEvent => ({
  event: 'callDetails',
  source: 'provider',
  data,
  occurredAt: BASE_MS + 600_000,
  context: {},
})
const membersOf = (data: JsonObject, known: readonly CallEvent[]) =>
  changesBy(reportOf(data), known, 'IN').map(({ member }) => member)

/** A call of 175 seconds, as Exotel's API tells it. */
const DETAILS = realCall('CA1', BASE_MS, 0).details
const CALLBACK: CallEvent = {
  ...reportOf({
    CallSid: 'CA1',
    EventType: 'terminal',
    Status: 'completed',
    Direction: 'outbound-api',
    From: '09812345678',
    To: '+91 98765 43210',
    PhoneNumberSid: '+918041234567',
    StartTime: '2025-10-12 16:00:01',
    EndTime: '2025-10-12 16:03:09',
    ConversationDuration: '175',
  }),
  event: 'statusCallback',
}

t.test('a call that is not known is told as a whole', (t) => {
  t.strictSame(changesBy(reportOf(DETAILS), [], 'IN'), [
    { member: 'status', before: null, after: 'completed' },
    { member: 'answered', before: null, after: true },
    { member: 'confirmed', before: null, after: true },
    { member: 'durationSeconds', before: null, after: 175 },
    { member: 'direction', before: null, after: 'outbound' },
    { member: 'phoneNumber', before: null, after: '09876543210' },
    { member: 'virtualNumber', before: null, after: '08041234567' },
  ])
  t.end()
})

t.test('nothing is missed of a call whose callbacks came, whatever seconds and spellings they tell', (t) => {
  t.strictSame(membersOf(DETAILS, [CALLBACK]), [])
  t.strictSame(membersOf(DETAILS, [reportOf(DETAILS)]), [], 'nor of one whose record was taken in before')
  for (const kind of callFlows(BASE_MS).keys()) {
    const { reports, browser, details, flow } = realCall('CA1', BASE_MS, kind)
    const told = membersOf(details, [...browser, ...reports])
    t.strictSame(
      told.filter((member) => !['virtualNumber', 'phoneNumber'].includes(member)),
      [],
      flow.name,
    )
  }
  t.end()
})

t.test('what is missed is told, with what was believed instead', (t) => {
  const connected: CallEvent = {
    event: 'connected',
    source: 'ribbon',
    data: { callSid: 'CA1', callDirection: 'outbound', phoneNumber: '+919876543210' },
    occurredAt: BASE_MS + 3000,
    context: {},
  }
  t.match(changesBy(reportOf(DETAILS), [connected], 'IN'), [
    { member: 'status', before: 'active', after: 'completed' },
    { member: 'confirmed', before: false, after: true },
    { member: 'durationSeconds', before: null, after: 175 },
    { member: 'virtualNumber', before: null },
  ])
  t.strictSame(membersOf({ ...DETAILS, RecordingUrl: 'https://recordings.exotel.com/a.mp3' }, [CALLBACK]), [
    'recordingUrl',
  ])
  t.strictSame(membersOf({ ...DETAILS, To: '09800000001' }, [CALLBACK]), ['phoneNumber'])
  t.strictSame(membersOf({ Nothing: 'of a call' }, [CALLBACK]), [])
  t.end()
})

t.test('what people said of a call is no word of Exotel’s on how it ended', (t) => {
  const corrected: CallEvent = {
    event: 'corrected',
    source: 'operator',
    data: { callSid: 'CA1', status: 'missed', reason: 'x' },
    occurredAt: BASE_MS + 900_000,
    context: {},
  }
  t.equal(isSettled([]), false)
  t.equal(isSettled([corrected]), false)
  t.equal(isSettled([CALLBACK, corrected]), true)
  const integration: CallEvent = {
    ...CALLBACK,
    event: 'integrationCallback',
    data: { CallSid: 'CA1', CallState: 'terminal', CallStatus: 'completed' },
  }
  const ended: CallEvent = { ...corrected, event: 'callEnded', source: 'ribbon', data: { callSid: 'CA1', duration: 9 } }
  t.equal(isSettled([integration]), false, 'nor is a verdict without a talk time all that there is to know')
  t.equal(isSettled([integration, ended]), false, 'nor with a ribbon’s')
  t.strictSame(withoutOperators([CALLBACK, corrected]), [CALLBACK])
  t.strictSame(withoutOperators([{ event: 'note', source: 'ribbon', data: {}, occurredAt: 1, context: {} }]).length, 1)
  t.equal(isSettled([{ event: 'note', source: 'ribbon', data: {}, occurredAt: 1, context: {} }]), false)
  t.end()
})

t.test('a call is yet to end while it goes on, and while Exotel has just ended it without saying when', (t) => {
  const open = { ...DETAILS, EndTime: null }
  t.equal(isYetToEnd(DETAILS, NOW), false)
  t.equal(isYetToEnd({ ...DETAILS, Status: 'in-progress' }, NOW), true)
  t.equal(isYetToEnd(open, BASE_MS + 3_599_000), true)
  t.equal(isYetToEnd(open, BASE_MS + 3_600_000), false, 'an end that does not come in an hour is not waited for')
  t.equal(isYetToEnd({ ...open, DateUpdated: '2025-10-12 17:30:00' }, NOW), true)
  t.equal(isYetToEnd({ Sid: 'CA1', Status: 'failed' }, NOW), false)
  t.end()
})

t.test('`completed` alone is no verdict', (t) => {
  const listed = { ...DETAILS, Details: undefined }
  t.equal(hasVerdict(listed), false)
  t.equal(hasVerdict(DETAILS), true)
  t.equal(hasVerdict({ ...listed, Status: 'busy' }), true)
  t.equal(hasVerdict({ ...listed, ConversationDuration: 0 }), true)
  t.equal(hasVerdict({ ...listed, Details: { Leg2Status: 'no-answer' } }), true)
  t.equal(hasVerdict({ ...listed, Legs: [{ Status: 'completed' }, { Status: 'failed' }] }), true)
  t.equal(hasVerdict({ ...listed, Legs: [{ Status: 'completed' }] }), false)
  t.strictSame(membersOf(withoutVerdict(DETAILS), []).includes('answered'), true)
  t.strictSame(membersOf(withoutVerdict({ ...listed, To: '09876543210' }), [CALLBACK]), [])
  t.end()
})
