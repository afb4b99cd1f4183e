import type { JsonObject } from '../../src/core/json.js'
import type { TestApp } from './app.js'

/** A call as a test wants it to be found. */
export interface SampleCall {
  readonly callSid: string
  /** When it was answered, or when it rang if nobody answered: epoch milliseconds. */
  readonly at: number
  /** Talk time; 0 is an inbound call that nobody answered. */
  readonly seconds: number
  readonly direction: 'inbound' | 'outbound'
  readonly phoneNumber?: string
  readonly customerData?: JsonObject
}

/** The customer and the number of every example in the API's documentation. */
export const JOHN = { customerId: 'CUST001', name: 'John Doe' }
export const JOHNS_NUMBER = '+919876543210'

/** The first and the last event of a call, as bodies of `log-call` without their key. */
function eventsOf({ callSid, at, seconds, direction, ...known }: SampleCall): [JsonObject, JsonObject] {
  const data = { callSid, callDirection: direction, ...known }
  const endedAt = at + seconds * 1000
  return [
    { event: seconds === 0 ? 'incoming' : 'connected', data, timestamp: new Date(at).toISOString() },
    {
      event: seconds === 0 ? 'missed' : 'callEnded',
      data: { ...data, duration: seconds },
      timestamp: new Date(endedAt).toISOString(),
    },
  ]
}

/** Logs every event of these calls. @throws Error when one is refused */
export async function place({ post }: TestApp, apiKey: string, calls: readonly SampleCall[]): Promise<void> {
  const answers = await Promise.all(
    calls.flatMap(eventsOf).map((body) => post('/api/ribbon/log-call', body, { 'x-api-key': apiKey })),
  )
  const refused = answers.find(({ statusCode }) => statusCode !== 200)
  if (refused !== undefined) throw new Error(`an event was refused: ${refused.body}`)
}
