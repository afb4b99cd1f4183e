import t from 'tap'
import { compareRanked } from '../../src/core/report.js'
import { OPEN_RANGE, planRange } from '../../src/core/range.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const ZONE = 'Asia/Kolkata'
const FROM = Date.parse('2025-01-10T00:00:00Z')
const DAY = 86_400_000

/** Calls a customer gets in all: some stand out, or none does. */
const SPREADS = {
  'a few customers stand out': (customer: number) => Math.max(1, Math.floor(60 / (customer + 1))),
  'all customers are alike, so that only adding up tells': () => 2,
  'fewer customers than places': (customer: number) => (customer < 4 ? customer + 1 : 0),
}

for (const engine of ENGINES) {
  for (const [name, callsOf] of Object.entries(SPREADS)) {
    t.test(`${engine}: top customers are exact when ${name}`, async (t) => {
      const storage = await scratchStorage(t, 4 * 3_600_000, engine)
      await storage.createClient(newClient('client-a', { timezone: ZONE }))
      const calls = Array.from({ length: 900 }, (_, customer) =>
        Array.from({ length: callsOf(customer) }, (_, n) => ({
          customerId: `C${String(customer).padStart(3, '0')}`,
          // Spread over 80 days in a way that no two customers share, with some in the ragged edges.
          occurredAt: FROM + ((customer * 31 + n * 17) % 80) * DAY + ((customer * 7919 + n * 104_729) % 86_400) * 1000,
          duration: (customer * 13 + n * 7) % 300,
        })),
      ).flat()
      await Promise.all(
        calls.map(({ customerId, occurredAt, duration }, n) => {
          const data = { callSid: `CA${String(n)}`, duration, customerData: { customerId, name: `Name ${customerId}` } }
          return storage.record(newEvent({ event: 'callEnded', data, occurredAt }))
        }),
      )
      const ranges = [
        OPEN_RANGE,
        { from: FROM + 5 * DAY + 1234, to: FROM + 70 * DAY + 777 },
        { from: FROM + 40 * DAY, to: FROM + 41 * DAY },
        { from: FROM + 40 * DAY + 60_000, to: FROM + 40 * DAY + 5_000_000 },
        { from: FROM - 9 * DAY, to: FROM - 5 * DAY },
        { from: FROM - 9 * DAY, to: FROM + 30 * DAY },
      ]
      for (const range of ranges) {
        const totals = new Map<string, { customerId: string; calls: number; seconds: number }>()
        for (const { customerId, occurredAt, duration } of calls) {
          const startAt = occurredAt - duration * 1000
          if (startAt < range.from || startAt >= range.to) continue
          const before = totals.get(customerId) ?? { customerId, calls: 0, seconds: 0 }
          totals.set(customerId, { customerId, calls: before.calls + 1, seconds: before.seconds + duration })
        }
        const { top } = await storage.report({
          clientId: 'client-a',
          customerId: null,
          range,
          plan: planRange(range, ZONE, ZONE),
          recent: 0,
          top: 10,
          month: null,
        })
        const wanted = [...totals.values()].sort(compareRanked).slice(0, 10)
        t.same(
          top,
          wanted.map((total) => ({ ...total, name: `Name ${total.customerId}`, phoneNumber: null })),
        )
      }
    })
  }
}
