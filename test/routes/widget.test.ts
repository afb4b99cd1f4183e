/** Calls as the published ribbon widget reports them: the SDK's call object, mostly empty. */
import t from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'

const test = await buildTestApp(t)

/** The widget spreads the SDK's call object, and adds members of its own. */
async function widget(event: string, time: string, call: object): Promise<void> {
  const timestamp = `2025-10-12T${time}.000Z`
  const response = await test.post('/api/ribbon/log-call', {
    apiKey: DEMO_KEY,
    event,
    data: {
      callId: '',
      remoteId: '',
      remoteDisplayName: '',
      callDirection: '',
      callState: '',
      callDuration: '',
      callStartedTime: '',
      callEstablishedTime: '',
      callEndedTime: '',
      callAnswerTime: '',
      callEndReason: '',
      sessionId: '',
      callFromNumber: '',
      callSid: '',
      sipHeaders: {},
      customerData: null,
      timestamp,
      ...call,
    },
    timestamp,
    domain: 'yourcrm.com',
    agentUserId: 'agent-42',
    clientName: 'Demo Client',
  })
  if (response.statusCode !== 200) throw new Error(`${event} was refused: ${response.body}`)
}

/** The one call of this id, as analytics show it. */
async function callOf(id: string): Promise<Record<string, unknown>> {
  const { recentCalls } = (await test.get('/api/ribbon/analytics')).json<{ recentCalls: Record<string, unknown>[] }>()
  const [call, ...others] = recentCalls.filter(({ sessionId }) => sessionId === `session-${id}`)
  if (call === undefined || others.length > 0) throw new Error(`${id} is not one call`)
  return call
}

t.test('an answered inbound call is one call, although most of what it says is empty', async (t) => {
  const call = { callId: 'in-1', callFromNumber: '+919876543210', remoteDisplayName: '+919876543210' }
  await widget('incoming', '09:00:00', { ...call, callState: 'ringing' })
  await widget('connected', '09:00:10', { ...call, callState: 'connected' })
  await widget('holdtoggle', '09:00:30', { callId: 'in-1' })
  await widget('mutetoggle', '09:00:40', { callId: 'in-1' })
  await widget('callEnded', '09:02:10', { callId: 'in-1', callDuration: '120', callEndReason: 'NORMAL' })
  t.match(await callOf('in-1'), {
    startTime: '2025-10-12T09:00:00Z',
    endTime: '2025-10-12T09:02:10Z',
    duration: 120,
    phoneNumber: '+919876543210',
    callDirection: 'inbound',
    status: 'completed',
  })
})

t.test('an inbound call that nobody answers is missed', async (t) => {
  await widget('incoming', '09:10:00', { callId: 'in-2', callFromNumber: '+919876543210' })
  await widget('callEnded', '09:10:25', { callId: 'in-2' })
  t.match(await callOf('in-2'), { callDirection: 'inbound', status: 'missed', duration: 0 })
})

t.test('a dialled call is outbound, although the agent’s own leg arrives as incoming first', async (t) => {
  await widget('incoming', '09:20:00', { callId: 'out-1', remoteId: 'sip:+919876543210@exotel.com' })
  t.match(await callOf('out-1'), { callDirection: 'inbound', status: 'active' })
  await widget('dialing', '09:20:01', { callId: 'out-1', remoteId: 'sip:+919876543210@exotel.com' })
  t.match(await callOf('out-1'), { callDirection: 'outbound', status: 'active' })
  await widget('connected', '09:20:12', { callId: 'out-1' })
  await widget('callEnded', '09:21:12', { callId: 'out-1' })
  t.match(await callOf('out-1'), {
    callDirection: 'outbound',
    status: 'completed',
    duration: 60,
    phoneNumber: '+919876543210',
  })
})

t.test('an explicit direction goes before what the event’s name suggests', async (t) => {
  await widget('incoming', '09:30:00', { callId: 'out-2', callDirection: 'outbound' })
  await widget('callEnded', '09:30:20', { callId: 'out-2' })
  t.match(await callOf('out-2'), { callDirection: 'outbound', status: 'no-answer' })
})

t.test('what an event does not know wipes nothing that an earlier one knew', async (t) => {
  const customerData = { customerId: 'CUST001', name: 'John Doe' }
  await widget('incoming', '09:40:00', { callSid: 'CA-known', callFromNumber: '+919876543210', customerData })
  await widget('callEnded', '09:40:30', { callSid: 'CA-known', customerData: null })
  t.match(await callOf('CA-known'), { phoneNumber: '+919876543210', customerData, status: 'missed' })
})

t.test('an event that names no call joins the active call of its number', async (t) => {
  await widget('incoming', '09:50:00', { callSid: 'CA-number', callFromNumber: '+914440001111' })
  await widget('connected', '09:50:05', { callFromNumber: '+914440001111' })
  await widget('callEnded', '09:51:05', { callFromNumber: '+914440001111' })
  t.match(await callOf('CA-number'), { status: 'completed', duration: 60, endTime: '2025-10-12T09:51:05Z' })
})

t.test('each of these calls is counted once', async (t) => {
  const { summary } = (await test.get('/api/ribbon/analytics')).json<{ summary: object }>()
  t.match(summary, { totalCalls: 6, inboundCalls: 4, outboundCalls: 2, missedCalls: 2, answeredCalls: 3 })
})
