import t from 'tap'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'
import { JOHN, JOHNS_NUMBER, place, type SampleCall } from '../helpers/calls.js'

/** The start of October in Kolkata. */
const OCTOBER = '2025-09-30T18:30:00Z'

const johns = { phoneNumber: JOHNS_NUMBER, customerData: JOHN, direction: 'outbound' as const }
const CALLS: readonly SampleCall[] = [
  { callSid: 'august', at: Date.parse('2025-08-20T05:00:00Z'), seconds: 60, ...johns },
  { callSid: 'september', at: Date.parse('2025-09-20T05:00:00Z'), seconds: 120, ...johns },
  { callSid: 'october', at: Date.parse('2025-10-05T05:00:00Z'), seconds: 180, ...johns },
]

// A call a month under two clients, of which the demo client keeps October alone.
const test = await buildTestApp(t)
for (const key of [DEMO_KEY, COLLECTIONS_KEY]) await place(test, key, CALLS)
await test.storage.dropBefore('client-demo', Date.parse(OCTOBER), 500)

async function ask(path: string, key = DEMO_KEY): Promise<Record<string, unknown>> {
  return (await test.get(`/api/ribbon/${path}`, { 'x-api-key': key })).json()
}

const LISTS = [
  'call-logs',
  'analytics',
  'analytics/detailed',
  'analytics/query',
  'customer/CUST001',
  'customer/CUST001/calls',
  'export/calls',
]

t.test('answers that would have listed what was dropped say from when on it is kept', async (t) => {
  for (const path of LISTS) {
    t.equal((await ask(path))['retainedFrom'], OCTOBER, path)
    t.notOk('retainedFrom' in (await ask(path, COLLECTIONS_KEY)), `${path} of a client that drops nothing`)
  }
  for (const path of LISTS.filter((path) => !path.startsWith('customer'))) {
    t.equal((await ask(`${path}?startDate=2025-09-30`))['retainedFrom'], OCTOBER, path)
    t.notOk('retainedFrom' in (await ask(`${path}?startDate=2025-10-01`)), `${path} of what is kept`)
  }
})

t.test('lists hold what is kept, and totals all there was', async (t) => {
  const call = { sessionId: 'session-october' }
  const logs = await ask('call-logs')
  t.match(logs['pagination'], { total: 2, totalPages: 1 })
  t.equal((logs['logs'] as unknown[]).length, 2)
  t.match(await ask('analytics'), {
    summary: { totalCalls: 3, totalDuration: 360 },
    callsByDate: { '2025-10-05': 1, '2025-09-20': 1, '2025-08-20': 1 },
    usage: { callsThisMonth: 1 },
  })
  for (const path of ['analytics', 'analytics?customerId=CUST001']) {
    const { summary, recentCalls } = await ask(path)
    t.match(summary, { totalCalls: 3 })
    t.match(recentCalls, [call])
    t.equal((recentCalls as unknown[]).length, 1)
  }
  const detailed = await ask('analytics/detailed')
  t.match(detailed['topCustomers'], [{ customerId: 'CUST001', customerName: 'John Doe', callCount: 3 }])
  t.equal((detailed['recentActivity'] as unknown[]).length, 1)
  t.match(await ask('customer/CUST001'), { callHistory: [call], totalCalls: 3, totalDuration: 360 })
  const history = await ask('customer/CUST001/calls')
  t.match(history, { calls: [call], totalCalls: 3 })
  t.equal((history['events'] as unknown[]).length, 2)
  t.equal(((await ask('export/calls'))['calls'] as unknown[]).length, 1)
})

t.test('a CSV of what was dropped says so in a header, to HEAD too', async (t) => {
  for (const method of ['GET', 'HEAD'] as const) {
    const csv = (query: string, key = DEMO_KEY) =>
      test.inject({ method, url: `/api/ribbon/export/calls?format=csv${query}`, headers: { 'x-api-key': key } })
    const { headers, body } = await csv('')
    t.equal(headers['retained-from'], OCTOBER)
    if (method === 'GET') t.equal(body.trim().split('\r\n').length, 2)
    t.equal((await csv('&startDate=2025-10-01')).headers['retained-from'], undefined)
    t.equal((await csv('', COLLECTIONS_KEY)).headers['retained-from'], undefined)
  }
})

t.test('a repeat of what was dropped is acknowledged, and counted once', async (t) => {
  const before = await ask('analytics')
  await place(test, DEMO_KEY, CALLS)
  t.same(await ask('analytics'), before)
  t.match((await ask('call-logs'))['pagination'], { total: 2 })
})
