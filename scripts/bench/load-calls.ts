/**
 * The calls of the ingest load: two events each, `connected` and then `callEnded`, over 5,000 customers, in order of time. The
 * two follow each other at once, as they do where many ribbons report: so they are mostly under way together.
 */
import type { LogCallBody } from '../../schemas/log-call.js'
import type { JsonObject } from '../../src/core/json.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import { API_KEY, CLIENT_ID } from './year-calls.js'

const EVENTS_PER_CALL = 2
const CUSTOMERS = 5000
const PHONES = 80_000
const LONGEST_SECONDS = 600
const DOMAIN = 'collections-crm.com'

/** The load's own clock begins an hour ago, and goes on a second every so many events. */
const AGO_MS = 3_600_000
const EVENTS_PER_SECOND = 20

/**
 * Bodies of `log-call`, one after another, for all connections together.
 * @param run 22 digits, unlike any other run's on the same store: they make the names of the calls unique
 */
export function loadBodies(run: string): () => string {
  const begin = Date.now() - AGO_MS
  let index = 0
  return () => {
    const at = begin + Math.floor(index / EVENTS_PER_SECOND) * 1000
    return bodyOf(run, index++, at)
  }
}

/** Bodies of `log-calls`, of so many of those events each. */
export function loadBatches(run: string, size: number): () => string {
  const nextBody = loadBodies(run)
  return () => `{"apiKey":"${API_KEY}","events":[${Array.from({ length: size }, nextBody).join(',')}]}`
}

export function newRun(): string {
  return `${String(Date.now())}${String(process.hrtime.bigint()).slice(-9).padStart(9, '0')}`
}

/** The same calls, as they are stored: spread evenly from an instant until another, in epoch milliseconds. */
export function* storedLoad(calls: number, from: number, to: number): Generator<NewEvent> {
  const events = calls * EVENTS_PER_CALL
  const run = '0'.repeat(22)
  for (let index = 0; index < events; index++) {
    const at = from + Math.floor((to - from) * (index / events))
    const { event, data, timestamp = '' } = JSON.parse(bodyOf(run, index, at)) as LogCallBody
    const occurredAt = Date.parse(timestamp)
    yield {
      clientId: CLIENT_ID,
      event,
      data: data as JsonObject,
      occurredAt,
      receivedAt: occurredAt + 200,
      source: 'ribbon',
      timestamp,
      context: { domain: DOMAIN },
      idempotencyKey: null,
    }
  }
}

function bodyOf(run: string, index: number, at: number): string {
  const call = Math.floor(index / EVENTS_PER_CALL)
  const event = index % EVENTS_PER_CALL === 0 ? 'connected' : 'callEnded'
  const phone = `+9198765${String(10_000 + (call % PHONES))}`
  const customer = `{"customerId":"CUST${String(call % CUSTOMERS)}","name":"John Doe","email":"john@example.com"}`
  const duration = String(index % LONGEST_SECONDS)
  const data = `{"callSid":"CA${run}${String(call)}","phoneNumber":"${phone}","callDirection":"outbound","duration":${duration},"customerData":${customer}}`
  const timestamp = `${new Date(at).toISOString().slice(0, 19)}Z`
  return `{"apiKey":"${API_KEY}","event":"${event}","data":${data},"timestamp":"${timestamp}","domain":"${DOMAIN}"}`
}
