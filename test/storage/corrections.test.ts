import t from 'tap'
import { OPEN_RANGE } from '../../src/core/range.js'
import type { JsonObject } from '../../src/core/json.js'
import type { EventSource } from '../../src/core/vocabulary/events.js'
import type { ExportQuery } from '../../src/storage/port/exports.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { AS_JSON, callsIn } from '../helpers/rows.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const ZONE = 'Asia/Kolkata'
const T0 = Date.parse('2025-10-12T10:30:00Z')
const clientId = 'client-a'

/** Everything that is told of the client's calls. */
async function told(storage: Storage) {
  const query = { clientId, range: OPEN_RANGE, zone: ZONE, recent: 10, top: 10 }
  const { summary: total, recent, top } = await storage.detailedReport(query)
  const chunk: ExportQuery = { clientId, range: OPEN_RANGE, after: null, limit: 10, rows: AS_JSON }
  const exported = callsIn((await storage.exportChunk(chunk)).rows)
  const touched = callsIn((await storage.callsTouchedSince(chunk, 0)).rows)
  const history = await storage.customerHistory(clientId, 'CUST1', { calls: 10, events: 10 })
  const { count, calls } = await storage.activeCalls(clientId, 0, 10)
  return {
    total,
    top,
    recent: recent.map(({ sessionId }) => sessionId),
    exported: exported.map(({ sessionId }) => sessionId),
    touched: touched.map(({ sessionId }) => sessionId),
    customers: history?.calls.map(({ sessionId }) => sessionId),
    totals: history?.totals,
    active: [count, calls.length],
    month: await storage.callsInMonth(clientId, { first: '2025-10-01', last: '2025-10-31' }),
  }
}

const CALLS = ['session-CA1', 'session-CA2', 'session-CA3']

for (const engine of ENGINES) {
  t.test(`${engine}: a voided call is in no list and no number, and is what it was when it is restored`, async (t) => {
    const storage = await scratchStorage(t, 4 * 3_600_000, engine)
    await storage.createClient(newClient(clientId))
    const record = (event: string, seconds: number, data: JsonObject, source: EventSource = 'ribbon') =>
      storage.record(newEvent({ clientId, event, data, occurredAt: T0 + seconds * 1000, source }))
    const customerData = { customerId: 'CUST1' }
    for (const [i, callSid] of ['CA1', 'CA2'].entries()) {
      await record('dialing', i, { callSid, phoneNumber: '09876543210', customerData })
      await record('connected', i + 2, { callSid })
      await record('callEnded', i + 62, { callSid, duration: 60 })
    }
    await record('incoming', 3, { callSid: 'CA3', phoneNumber: '09876543210', customerData })
    const before = await told(storage)
    t.match(before, {
      total: { calls: 3, ended: 2, seconds: 120 },
      month: 3,
      active: [1, 1],
      totals: { calls: 3, seconds: 120 },
    })
    t.same([...before.exported].sort(), CALLS)

    for (const [i, callSid] of ['CA1', 'CA3'].entries())
      await record('voided', 100 + i, { callSid, reason: 'test' }, 'operator')
    const without = await told(storage)
    t.match(without, {
      total: { calls: 1, ended: 1, seconds: 60 },
      month: 1,
      active: [0, 0],
      totals: { calls: 1, seconds: 60 },
    })
    for (const list of [without.recent, without.exported, without.touched, without.customers])
      t.same(list, ['session-CA2'])
    t.match(without.top, [{ customerId: 'CUST1', calls: 1, seconds: 60 }])

    await record('callEnded', 300, { callSid: 'CA1', duration: 90 })
    t.same((await told(storage)).total, without.total, 'an event of a voided call does not count')
    for (const [i, callSid] of ['CA1', 'CA3'].entries()) await record('restored', 400 + i, { callSid }, 'operator')
    const after = await told(storage)
    t.match(after, { total: { calls: 3, seconds: 150 }, month: 3, active: [1, 1] })
    t.same([...after.recent].sort(), CALLS)
    t.match(after.top, [{ customerId: 'CUST1', calls: 3, seconds: 150 }])
  })

  t.test(`${engine}: a correction moves the call in every number, and its notes come back as they were`, async (t) => {
    const storage = await scratchStorage(t, 4 * 3_600_000, engine)
    await storage.createClient(newClient(clientId))
    const record = (event: string, seconds: number, data: JsonObject, source: EventSource = 'ribbon') =>
      storage.record(
        newEvent({ clientId, event, data: { callSid: 'CA1', ...data }, occurredAt: T0 + seconds * 1000, source }),
      )
    await record('annotated', 100, { notes: 'नमस्ते "x"', tags: ['b', 'a'], disposition: 'sold' }, 'operator')
    t.match(await told(storage), { total: { calls: 0 }, month: 0, recent: [] }, 'notes make no call')
    await record('incoming', 0, { phoneNumber: '98765 43210', customerData: { customerId: 'CUST1' } })
    await record('callEnded', 30, {})
    t.match(await told(storage), { total: { calls: 1, missed: 1, answered: 0, seconds: 0 } })
    const correction = {
      status: 'completed',
      duration: 200,
      startTime: '2025-09-30T10:00:00Z',
      customerData: { customerId: 'CUST2' },
    }
    await record('corrected', 200, { reason: 'on a mobile', ...correction }, 'operator')
    t.match(await told(storage), {
      total: { calls: 1, missed: 0, answered: 1, seconds: 200 },
      month: 0,
      top: [{ customerId: 'CUST2', calls: 1 }],
    })
    await record('connected', 5, {})
    const { recent } = await storage.report({ clientId, range: OPEN_RANGE, zone: ZONE, recent: 10 })
    t.match(recent, [
      {
        status: 'completed',
        durationSeconds: 200,
        corrected: true,
        notes: 'नमस्ते "x"',
        tags: ['a', 'b'],
        disposition: 'sold',
        phoneNumber: '98765 43210',
        phoneE164: '+919876543210',
        customerId: 'CUST2',
      },
    ])
  })
}
