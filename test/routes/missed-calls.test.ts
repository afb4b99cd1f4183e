import t from 'tap'
import type { MissedCalls } from '../../schemas/missed-calls.js'
import { callbackPath } from '../../src/core/vocabulary/callbacks.js'
import { DEMO_CALLBACK_KEY } from '../../src/core/vocabulary/demo.js'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY, START } from '../helpers/app.js'
import { place } from '../helpers/calls.js'

const test = await buildTestApp(t)
const { clock, get, inject, post, storage } = test
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WITH_KEY = { 'x-api-key': DEMO_KEY }

const iso = (at: number) => new Date(at).toISOString().replace('.000', '')

/** Somebody calls, waits and gives up. */
async function miss(
  callSid: string,
  at: number,
  phoneNumber: string,
  members: { waited?: number; agent?: string } = {},
) {
  const { waited = 0, agent } = members
  for (const [event, later] of [
    ['incoming', 0],
    ['missed', waited],
  ] as const) {
    const timestamp = iso(at + later * 1000)
    const body = { event, timestamp, data: { callSid, phoneNumber }, ...(agent && { agentUserId: agent }) }
    await post('/api/ribbon/log-call', body, WITH_KEY)
  }
}

await post('/api/ribbon/customer', { customerData: { customerId: 'C1', name: 'Priya', phone: '9876543210' } }, WITH_KEY)
await inject({ method: 'PATCH', url: '/api/ribbon/agents/agent-1', headers: WITH_KEY, payload: { name: 'Asha' } })
const talk = { phoneNumber: '09876543210', seconds: 60, direction: 'outbound' } as const
await place(test, DEMO_KEY, [{ callSid: 'CA-before', at: START - 3 * DAY, ...talk }])
const data = { callSid: 'CA-before' }
await post(
  '/api/ribbon/log-call',
  { event: 'connected', timestamp: iso(START - 3 * DAY), data, agentUserId: 'agent-1' },
  WITH_KEY,
)
await miss('CA1', START - 2 * HOUR, '+919876543210')
await miss('CA2', START - HOUR, '098765 43210', { waited: 25, agent: 'agent-2' })
await miss('CA3', START - 3 * HOUR, 'sip-7')
await miss('CA4', START - 5 * HOUR, '9876543211')
const customerData = { customerId: 'C2' }
await place(test, DEMO_KEY, [
  { callSid: 'CA5', at: START - 4 * HOUR, ...talk, phoneNumber: '9876543211', customerData },
])
await miss('CA6', START - 3 * DAY, '9876543212')
await miss('CA7', START - 9 * DAY, '9876543213')
const report = { CallSid: 'CA10', EventType: 'terminal', Status: 'no-answer', Direction: 'inbound', From: '9876543220' }
const times = { StartTime: '2025-10-11 10:00:00', EndTime: '2025-10-11 10:00:40', PhoneNumberSid: '08041234567' }
await post(callbackPath('statusCallback', DEMO_CALLBACK_KEY), { ...report, ...times, To: '09812345678' })

const list = async (query = '') => (await get(`/api/ribbon/missed-calls${query}`)).json<MissedCalls>()
const sessions = ({ missedCalls }: MissedCalls) =>
  missedCalls.map(({ sessionId }) => sessionId.slice('session-'.length))
const ALL = 'state=open,wonBack,lost'

t.test('those to call back come once a number, with whose it is and who spoke with them last', async (t) => {
  t.strictSame(await list(), {
    missedCalls: [
      {
        phoneNumber: '098765 43210',
        phoneE164: '+919876543210',
        customer: { customerId: 'C1', name: 'Priya' },
        misses: 2,
        firstMissedAt: iso(START - 2 * HOUR),
        lastMissedAt: iso(START - HOUR),
        sessionId: 'session-CA2',
        waitedSeconds: 25,
        state: 'open',
        lastAgent: { agentUserId: 'agent-1', name: 'Asha' },
      },
      {
        phoneNumber: 'sip-7',
        misses: 1,
        firstMissedAt: iso(START - 3 * HOUR),
        lastMissedAt: iso(START - 3 * HOUR),
        sessionId: 'session-CA3',
        state: 'open',
      },
    ],
    windowHours: 24,
    windowIn: 'clock',
    pagination: { pageSize: 50, nextCursor: null },
  })
})

t.test('what was won back says when and by which call, and what no one returned in time is lost', async (t) => {
  const [wonBack] = (await list('?state=wonBack')).missedCalls
  t.match(wonBack, {
    sessionId: 'session-CA4',
    state: 'wonBack',
    wonBackAt: iso(START - 4 * HOUR),
    wonBackBy: 'session-CA5',
    customer: { customerId: 'C2' },
  })
  t.notOk(wonBack?.customer?.name)
  t.notOk(wonBack?.lastAgent)
  t.strictSame(sessions(await list('?state=lost')), ['CA10', 'CA6'])
})

t.test('filters leave the missed calls that are asked about, of the last seven days unless told', async (t) => {
  for (const [query, expected] of [
    [ALL, ['CA2', 'CA3', 'CA4', 'CA10', 'CA6']],
    [`${ALL}&agentUserId=agent-2`, ['CA2']],
    [`${ALL}&virtualNumber=+918041234567`, ['CA10']],
    [`${ALL}&startDate=2025-10-01`, ['CA2', 'CA3', 'CA4', 'CA10', 'CA6', 'CA7']],
    [`${ALL}&endDate=2025-10-09`, ['CA6', 'CA7']],
    [`${ALL}&endDate=2001-01-01`, []],
    [`${ALL}&endDate=2000-01-01`, []],
    [`${ALL}&startDate=2025-10-01&endDate=2025-10-04`, ['CA7']],
  ] as const) {
    t.strictSame(sessions(await list(`?${query}`)), expected, query)
  }
  for (const [query, pointer] of [
    ['state=gone', '/state/0'],
    ['startDate=soon', '/startDate'],
    ['pageSize=101', '/pageSize'],
    ['cursor=x', '/cursor'],
  ] as const) {
    t.match((await get(`/api/ribbon/missed-calls?${query}`)).json(), { status: 400, errors: [{ pointer }] })
  }
})

t.test('a cursor walks through all pages of one list, and of no other', async (t) => {
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    // Time goes on between pages.
    clock.now += 1000
    const page: MissedCalls = await list(`?${ALL}&pageSize=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...sessions(page))
    cursor = page.pagination.nextCursor
  }
  t.strictSame(seen, ['CA2', 'CA3', 'CA4', 'CA10', 'CA6'])
  const { nextCursor } = (await list(`?${ALL}&pageSize=1`)).pagination
  for (const query of ['state=open', `${ALL}&agentUserId=agent-2`, `${ALL}&startDate=2025-10-01`]) {
    const refused = await get(`/api/ribbon/missed-calls?${query}&cursor=${String(nextCursor)}`)
    t.match(refused.json(), { status: 400, errors: [{ pointer: '/cursor' }] })
  }
})

t.test('a cursor may stand at the longest number there is', async (t) => {
  const longest = 'ग्र'.repeat(21)
  await miss('CA8', START - 6 * DAY, longest)
  await miss('CA9', START - 6 * DAY - MINUTE, '9876543219')
  const asked = '?state=lost&endDate=2025-10-06&pageSize=1'
  const { missedCalls, pagination } = await list(asked)
  t.match(missedCalls, [{ phoneNumber: longest }])
  t.strictSame(sessions(await list(`${asked}&cursor=${String(pagination.nextCursor)}`)), ['CA9'])
})

t.test('the client’s own window decides what can still be won back', async (t) => {
  const authorization = `Bearer ${ADMIN_TOKEN}`
  const set = (missedCallWindowHours: number) =>
    inject({
      ...{ method: 'PATCH', url: '/api/admin/clients/client-demo', headers: { authorization } },
      payload: { missedCallWindowHours },
    })
  t.match((await set(96)).json(), { missedCallWindowHours: 96 })
  clock.now += 2000
  t.strictSame(sessions(await list()), ['CA2', 'CA3', 'CA10', 'CA6'])
  await set(2)
  clock.now += 2000
  t.match(await list('?state=lost'), { windowHours: 2, missedCalls: [{ sessionId: 'session-CA3' }, {}, {}, {}] })
  t.equal((await set(337)).statusCode, 400)
})

t.test(
  'the window may be of business hours alone: what was missed after them can be won back on the next day',
  async (t) => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
    const url = '/api/admin/clients/client-demo'
    const set = (missedCallWindowIn: string) =>
      inject({ method: 'PATCH', url, headers, payload: { missedCallWindowHours: 2, missedCallWindowIn } })
    const openIn = async (missedCallWindowIn: string) => {
      t.match((await set(missedCallWindowIn)).json(), { missedCallWindowIn })
      clock.now += 2000
      const answer = await list()
      t.match(answer, { windowHours: 2, windowIn: missedCallWindowIn })
      return sessions(answer)
    }
    t.strictSame(await openIn('clock'), ['CA2'])
    t.strictSame(await openIn('businessHours'), ['CA2'], 'none are set')
    const schedule = { weekly: [{ days: ['monday'], from: '09:00', to: '18:00' }] }
    await inject({
      ...{ method: 'PUT', url: `${url}/business-hours`, headers },
      payload: { appliesFrom: 'beginning', schedule },
    })
    // The last Monday was the sixth of October, before all but the oldest of them.
    const open = await openIn('businessHours')
    t.ok(open.length > 2, open.join())
    const { json } = await get('/api/ribbon/analytics/query?metrics=openMissed')
    t.match(json(), { missedCallWindowHours: 2, missedCallWindowIn: 'businessHours' })
    t.notOk('missedCallWindowHours' in (await get('/api/ribbon/analytics/query?metrics=missed')).json())
    await set('clock')
  },
)

t.test('a range that reaches further back than what is kept says so', async (t) => {
  while ((await storage.dropBefore('client-demo', START - 4 * DAY, 100)) > 0);
  const page = await list(`?${ALL}`)
  t.match(page, { retainedFrom: iso(START - 4 * DAY) })
  t.strictSame(sessions(page), ['CA2', 'CA3', 'CA4', 'CA10', 'CA6'])
})
