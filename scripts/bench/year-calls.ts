/** A year of calls, as stores that are measured have them. */
import { DEMO_API_KEY, DEMO_CLIENTS } from '../../src/clients/demo-clients.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import { demoCustomers, type DemoCustomer } from '../../src/demo/customers.js'
import { datesUntil, dayWeight, startsOn } from '../../src/demo/office-hours.js'
import { between, seeded, talkSeconds, zipf, type Random } from '../../src/demo/random.js'

export { DEMO_API_KEY as API_KEY }

export const CLIENT_ID = String(DEMO_CLIENTS.find(({ apiKey }) => apiKey === DEMO_API_KEY)?.clientId)
const SEED = 1
const YEAR_DAYS = 365

/** How calls are spread over customers: some have very many, as Zipf's law has it, or all have about as many. */
export const SPREADS = ['skewed', 'even-20000', 'even-200000'] as const
export type Spread = (typeof SPREADS)[number]

const CUSTOMERS: Readonly<Record<Spread, number>> = { skewed: 20_000, 'even-20000': 20_000, 'even-200000': 200_000 }

/** Beside the others there are customers of so many calls each, over the whole year, whatever the volume. */
export const RARE_CUSTOMERS = Array.from({ length: 20 }, (_, index) => `RARE${String(index + 1)}`)
const RARE_CALLS = 9

/**
 * A year of calls until yesterday, oldest first, in office hours. Each is one event, `callEnded` with its talk time, so
 * that there are as many events as calls.
 */
export function* yearOfCalls(calls: number, now: number, spread: Spread): Generator<NewEvent> {
  const random = seeded(SEED)
  const nextCustomer = customersOf(random, calls, spread)
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
      const { phoneNumber, customerData } = nextCustomer()
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

/** The customers of the calls, one after another. */
function customersOf(random: Random, calls: number, spread: Spread): () => DemoCustomer {
  const count = CUSTOMERS[spread]
  const customers = demoCustomers(random, count)
  const drawn = spread === 'skewed' ? zipf(random, count) : () => between(random, 0, count - 1)
  const every = Math.max(Math.floor(calls / (RARE_CUSTOMERS.length * RARE_CALLS)), 1)
  let call = 0
  return () => {
    const customer = customers[drawn()] as DemoCustomer
    const turn = call++ / every
    if (!Number.isInteger(turn) || turn >= RARE_CUSTOMERS.length * RARE_CALLS) return customer
    const customerId = RARE_CUSTOMERS[turn % RARE_CUSTOMERS.length] as string
    return { ...customer, customerData: { ...customer.customerData, customerId } }
  }
}
