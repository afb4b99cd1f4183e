import { DEMO_KEY, type TestApp } from './app.js'
import { newEvent } from './storage.js'

/** The day below, in the zone of the client, and the one after, when a report of it is asked for. */
export const REPORT_DAY = '2025-10-11'

/** What an HTML page must not take for its own: as long as a name is that is not cut. */
export const HOSTILE_NAME = `<script>alert(1)</script>&"é'`

const local = (date: string, time: string) => Date.parse(`${date}T${time}+05:30`)

interface DayCall {
  readonly callSid: string
  readonly at: number
  readonly direction: 'inbound' | 'outbound'
  readonly ringSeconds: number
  /** Null for one that nobody answered. */
  readonly talkSeconds: number | null
  readonly phoneNumber: string
  readonly agentUserId?: string
  readonly customerData?: Readonly<Record<string, string>>
}

const john = { customerId: 'C1', name: HOSTILE_NAME }
const CALLS: readonly DayCall[] = [
  {
    ...{ callSid: 'A1', at: local(REPORT_DAY, '09:10'), direction: 'inbound', ringSeconds: 10, talkSeconds: 60 },
    ...{ phoneNumber: '+919876500001', agentUserId: 'asha', customerData: john },
  },
  {
    ...{ callSid: 'A2', at: local(REPORT_DAY, '09:20'), direction: 'outbound', ringSeconds: 8, talkSeconds: 120 },
    ...{ phoneNumber: '+919876500001', agentUserId: 'asha', customerData: john },
  },
  {
    ...{ callSid: 'A3', at: local(REPORT_DAY, '11:00'), direction: 'inbound', ringSeconds: 25, talkSeconds: null },
    ...{ phoneNumber: '+919876500002' },
  },
  {
    ...{ callSid: 'A4', at: local(REPORT_DAY, '12:00'), direction: 'outbound', ringSeconds: 12, talkSeconds: 30 },
    ...{ phoneNumber: '+919876500002', agentUserId: 'ravi' },
  },
  {
    ...{ callSid: 'A5', at: local(REPORT_DAY, '16:30'), direction: 'inbound', ringSeconds: 40, talkSeconds: null },
    ...{ phoneNumber: '+919876500003' },
  },
  {
    ...{ callSid: 'A6', at: local(REPORT_DAY, '17:00'), direction: 'inbound', ringSeconds: 3, talkSeconds: null },
    ...{ phoneNumber: '+919876500003' },
  },
  {
    ...{ callSid: 'B1', at: local('2025-10-10', '10:00'), direction: 'outbound', ringSeconds: 5, talkSeconds: 60 },
    ...{ phoneNumber: '+919876500004' },
  },
]

/** Exotel's report of a call, which alone tells of a virtual number. */
const REPORT = {
  CallSid: 'A4',
  EventType: 'terminal',
  Status: 'completed',
  Direction: 'outbound-api',
  From: '09812345678',
  To: '09876500002',
  PhoneNumberSid: '08041234567',
  StartTime: '2025-10-11 12:00:00',
  EndTime: '2025-10-11 12:00:42',
  ConversationDuration: 30,
}

/**
 * Six calls of one day, and one of the day before: small enough to count by hand. Of the missed ones one is won back, and two of
 * one number are open until 24 hours after them.
 */
export async function placeReportDay({ post, inject, storage }: TestApp): Promise<void> {
  for (const { callSid, at, direction, ringSeconds, talkSeconds, phoneNumber, ...known } of CALLS) {
    const { agentUserId, customerData } = known
    const data = { callSid, callDirection: direction, phoneNumber, ...(customerData && { customerData }) }
    const log = (event: string, seconds: number, more = {}) =>
      post(
        '/api/ribbon/log-call',
        {
          event,
          data: { ...data, ...more },
          timestamp: new Date(at + seconds * 1000).toISOString(),
          ...(agentUserId !== undefined && { agentUserId }),
        },
        { 'x-api-key': DEMO_KEY },
      )
    await log(direction === 'inbound' ? 'incoming' : 'dialing', 0)
    if (talkSeconds === null) await log('missed', ringSeconds)
    else {
      await log('connected', ringSeconds)
      await log('callEnded', ringSeconds + talkSeconds, { duration: talkSeconds })
    }
  }
  await storage.record({
    ...newEvent({
      event: 'statusCallback',
      data: REPORT,
      source: 'provider',
      occurredAt: local(REPORT_DAY, '12:00:42'),
    }),
    clientId: 'client-demo',
  })
  const asha = { name: 'Asha Rao' }
  await inject({
    method: 'PATCH',
    url: '/api/ribbon/agents/asha',
    headers: { 'x-api-key': DEMO_KEY },
    payload: asha,
  })
}
