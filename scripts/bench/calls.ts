/** Calls to measure with: as ribbons send them, and as a year of them is stored. */
import { DEMO_API_KEY, DEMO_CLIENTS } from '../../src/services/demo-clients.js'
import type { NewEvent } from '../../src/storage/port.js'
import { demoCustomers, type DemoCustomer } from '../demo-customers.js'
import { datesUntil, dayWeight, startsOn } from '../office-hours.js'
import { between, seeded, talkSeconds, zipf } from '../random.js'

export { DEMO_API_KEY as API_KEY }

const CLIENT_ID = String(DEMO_CLIENTS.find(({ apiKey }) => apiKey === DEMO_API_KEY)?.clientId)
const SEED = 1
const RIBBON_CUSTOMERS = 2000
const STORED_CUSTOMERS = 20_000
const YEAR_DAYS = 365

const ribbonCustomers = demoCustomers(seeded(SEED), RIBBON_CUSTOMERS)

/**
 * Bodies of log-call, one after another, as one ribbon sends them: dialing, connected, callEnded, then the next call.
 * @param name of the ribbon, unlike any other's: it makes the calls' ids unique
 */
export function ribbonBodies(name: string, seed: number): () => string {
  const random = seeded(seed)
  let calls = 0
  let step = 0
  let call = ''
  let startAt = 0
  let duration = 0
  const body = (event: string, at: number, more: string): string =>
    `{"apiKey":"${DEMO_API_KEY}","event":"${event}","data":{${call}${more}},"timestamp":"${new Date(at).toISOString()}","domain":"yourcrm.com"}`
  return () => {
    step = (step % 3) + 1
    if (step === 2) return body('connected', startAt + 9000, '')
    if (step === 3) return body('callEnded', startAt + 9000 + duration * 1000, `,"duration":${String(duration)}`)
    calls += 1
    duration = talkSeconds(random)
    startAt = Date.now() - 9000 - duration * 1000
    const { phoneNumber, customerData } = ribbonCustomers[between(random, 0, RIBBON_CUSTOMERS - 1)] as DemoCustomer
    const { customerId, name: customerName, email } = customerData
    const customer = JSON.stringify({ customerId, name: customerName, email })
    call = `"callSid":"${name}${calls.toString(16).padStart(8, '0')}","phoneNumber":"${phoneNumber}","callDirection":"outbound","customerData":${customer}`
    return body('dialing', startAt, '')
  }
}

/** Events of each call below. */
export const EVENTS_PER_CALL = 1

/**
 * A year of calls until yesterday, oldest first, in office hours. Each is one event, `callEnded` with its talk time, so
 * that there are as many events as calls. Customers are as unequal as Zipf's law has it.
 */
export function* yearOfCalls(calls: number, now: number): Generator<NewEvent> {
  const random = seeded(SEED)
  const customers = demoCustomers(random, STORED_CUSTOMERS)
  const customerOf = zipf(random, STORED_CUSTOMERS)
  // Today may be too young for its share of calls.
  const dates = datesUntil(now, YEAR_DAYS).slice(0, -1)
  const weight = dates.reduce((sum, date) => sum + dayWeight(date), 0)
  let due = 0
  let made = 0
  for (const [index, date] of dates.entries()) {
    due += (calls * dayWeight(date)) / weight
    const last = index === dates.length - 1
    for (const startAt of startsOn(random, date, (last ? calls : Math.floor(due)) - made)) {
      made += 1
      const { phoneNumber, customerData } = customers[customerOf()] as DemoCustomer
      const duration = talkSeconds(random)
      const data = {
        callSid: `${made.toString(16).padStart(8, '0')}${between(random, 0, 0xffffffff).toString(16).padStart(8, '0')}`,
        phoneNumber,
        callDirection: random() < 0.35 ? 'inbound' : 'outbound',
        duration,
        customerData,
      }
      const occurredAt = startAt + duration * 1000
      yield {
        clientId: CLIENT_ID,
        event: 'callEnded',
        data,
        occurredAt,
        receivedAt: occurredAt + 200,
        source: 'ribbon',
        timestamp: new Date(occurredAt).toISOString(),
        context: { domain: 'yourcrm.com' },
        idempotencyKey: null,
      }
    }
  }
}
