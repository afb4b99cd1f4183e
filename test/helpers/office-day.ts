import { COLLECTIONS_KEY, DEMO_KEY, type TestApp } from './app.js'
import { JOHN, JOHNS_NUMBER, place, type SampleCall } from './calls.js'

/** When the history below is looked at. */
export const NOON = Date.parse('2025-10-12T12:00:00Z')

const johns = { phoneNumber: JOHNS_NUMBER, customerData: JOHN }
const HISTORY: readonly SampleCall[] = [
  { callSid: 'today-1', at: Date.parse('2025-10-12T10:30:00Z'), seconds: 180, direction: 'outbound', ...johns },
  { callSid: 'today-2', at: Date.parse('2025-10-12T09:00:00Z'), seconds: 60, direction: 'inbound' },
  { callSid: 'this-month', at: Date.parse('2025-10-05T05:00:00Z'), seconds: 240, direction: 'outbound', ...johns },
  { callSid: 'last-month', at: Date.parse('2025-09-20T05:00:00Z'), seconds: 0, direction: 'inbound' },
]

/** Four ended calls and one in progress: small enough to count by hand, under two clients alike. */
export async function placeOfficeDay(test: TestApp): Promise<void> {
  test.clock.now = NOON
  for (const key of [DEMO_KEY, COLLECTIONS_KEY]) {
    await place(test, key, HISTORY)
    const data = { callSid: 'in-progress', callDirection: 'outbound' }
    const body = { event: 'connected', data, timestamp: '2025-10-12T11:50:00Z' }
    await test.post('/api/ribbon/log-call', body, { 'x-api-key': key })
  }
}
