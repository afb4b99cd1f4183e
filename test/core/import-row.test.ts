import t from 'tap'
import { deriveCall } from '../../src/core/call.js'
import { parseInstant } from '../../src/core/calendar.js'
import { factsOf } from '../../src/core/facts.js'
import { eventOfRow, mappingOf, type Mapping } from '../../src/core/import-row.js'
import { EXPORT_COLUMNS } from '../../src/core/vocabulary/exports.js'

const ZONE = 'Asia/Kolkata'
const MAPPING = mappingOf([
  'Call Sid',
  'Phone',
  'Direction',
  'Start',
  'Answered At',
  'End',
  'Duration',
  'Status',
  'Agent',
  'Customer ID',
  'Name',
])
const ROW = { 'Call Sid': 'CA1', Phone: '09876543210', Start: '2025-10-12 16:00:00' }

/** The call that a row comes to. */
function callOf(row: Record<string, string>, mapping: Mapping = MAPPING) {
  const event = eventOfRow({ ...ROW, ...row }, mapping, ZONE)
  if ('fault' in event) throw new Error(event.fault)
  const { timestamp, agentUserId, ...rest } = event
  const context = agentUserId === undefined ? {} : { agentUserId }
  return deriveCall(
    factsOf({ ...rest, source: 'ribbon', context, occurredAt: Number(parseInstant(timestamp, null)) }) ?? {},
  )
}

function faultOf(row: Record<string, string>): string {
  const event = eventOfRow({ ...ROW, ...row }, MAPPING, ZONE)
  return 'fault' in event ? event.fault : ''
}

t.test('the headings of the API’s own export are all found', async (t) => {
  const headings = Object.values(EXPORT_COLUMNS).map(({ heading }) => heading)
  t.match(mappingOf(headings), {
    callSid: 'Session ID',
    phoneNumber: 'Phone Number',
    callDirection: 'Direction',
    startTime: 'Start Time',
    answeredAt: 'Answered At',
    endTime: 'End Time',
    duration: 'Duration (s)',
    status: 'Status',
    customerId: 'Customer ID',
    customerName: 'Customer Name',
    agentUserId: 'Agent',
  })
})

t.test('what is told of the columns goes before what is guessed', async (t) => {
  t.match(mappingOf(['Sid', 'Begin', 'Start'], { startTime: 'Begin' }), { callSid: 'Sid', startTime: 'Begin' })
  t.same(mappingOf(['x']), {})
})

t.test('a row is a call with its times, in the zone of the file unless they have an offset', async (t) => {
  const start = Date.parse('2025-10-12T10:30:00Z')
  t.match(
    callOf({
      Direction: 'outbound',
      End: '2025-10-12T10:33:12Z',
      Duration: '3:00',
      Status: 'completed',
      Agent: 'a1',
      'Customer ID': 'C1',
      Name: 'Asha',
    }),
    {
      startAt: start,
      answeredAt: start + 12_000,
      endAt: start + 192_000,
      durationSeconds: 180,
      status: 'completed',
      direction: 'outbound',
      phoneNumber: '09876543210',
      agentUserId: 'a1',
      customerId: 'C1',
      customerData: { name: 'Asha' },
    },
  )
  t.match(callOf({ 'Answered At': '2025-10-12 16:00:05', End: '2025-10-12 16:01:00', Duration: '55' }), {
    answeredAt: start + 5000,
  })
  t.match(callOf({ Duration: '1:02:03' }), { durationSeconds: 3723, answered: true })
  t.match(callOf({ Duration: '60.4' }), { durationSeconds: 60, endAt: start + 60_000 })
})

t.test('each outcome comes out as the same outcome', async (t) => {
  const cases: [row: Record<string, string>, status: string, direction?: string][] = [
    [{ Status: 'Answered', Direction: 'inbound' }, 'completed'],
    [{ Status: 'missed' }, 'missed', 'inbound'],
    [{ Status: 'missed', Duration: '30' }, 'missed', 'inbound'],
    [{ Status: 'no-answer' }, 'no-answer', 'outbound'],
    [{ Status: 'unanswered', Direction: 'inbound' }, 'missed', 'inbound'],
    [{ Status: 'busy' }, 'busy'],
    [{ Status: 'Cancelled' }, 'canceled'],
    [{ Status: 'failed' }, 'failed'],
    [{ Status: 'rejected' }, 'rejected'],
    [{ Status: 'active' }, 'active', 'outbound'],
    [{ Status: 'expired', Direction: 'inbound' }, 'active', 'inbound'],
    [{ Duration: '0', Direction: 'inbound' }, 'missed'],
    [{ Duration: '12' }, 'completed'],
  ]
  for (const [row, status, direction] of cases) {
    t.match(callOf(row), { status, ...(direction !== undefined && { direction }) }, JSON.stringify(row))
  }
})

t.test('a row of which only the end is known has that, and an open one when it was answered', async (t) => {
  const end = Date.parse('2025-10-12T10:33:00Z')
  const only = { Start: '', End: '2025-10-12 16:03:00' }
  t.match(callOf({ ...only, Duration: '60', Status: 'completed' }), { startAt: end - 60_000, endAt: end })
  t.match(callOf({ ...only, Status: 'active' }), { startAt: end, status: 'active' })
  t.match(callOf({ Status: 'active', 'Answered At': '2025-10-12 16:00:05' }), {
    answeredAt: end - 175_000,
    endAt: null,
  })
})

t.test('what a spreadsheet puts around a text is no part of it', async (t) => {
  t.match(callOf({ Phone: '="09876543210"', Name: "'=1+1", Agent: '-' }), {
    phoneNumber: '09876543210',
    customerData: { name: '=1+1' },
    agentUserId: null,
  })
})

t.test('a row that cannot be read says everything that is wrong with it', async (t) => {
  t.match(faultOf({ 'Call Sid': '' }), /^callSid is missing/)
  t.match(faultOf({ Start: '', End: '' }), 'startTime and endTime are missing')
  const all = faultOf({ Start: '12/10/2025', Duration: 'long', Direction: 'sideways', Status: 'ok' })
  for (const member of [
    'startTime is "12/10/2025"',
    'duration is "long"',
    'callDirection is "sideways"',
    'status is "ok"',
  ])
    t.match(all, member)
  t.match(faultOf({ Duration: '30:00:00' }), /duration/)
})
