import t from 'tap'
import type { DailyReport } from '../../schemas/daily-report.js'
import { REPORT_TYPES } from '../../schemas/daily-report.js'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { HOSTILE_NAME, placeReportDay, REPORT_DAY } from '../helpers/report-day.js'

const test = await buildTestApp(t)
await placeReportDay(test)
const { get, clock, inject } = test

const ask = (query = '', headers = {}) =>
  get(`/api/ribbon/reports/daily${query}`, { 'x-api-key': DEMO_KEY, ...headers })
const report = async (query = '') => (await ask(query)).json<DailyReport>()

const FIGURES = {
  ...{ calls: 6, inbound: 4, outbound: 2, answered: 3, missed: 3 },
  ...{ answerRate: 0.5, talkSeconds: 210, avgTalkSeconds: 70, serviceLevel: 0.3333 },
}
const NONE = {
  ...{ calls: 0, inbound: 0, outbound: 0, answered: 0, missed: 0 },
  ...{ answerRate: null, talkSeconds: 0, avgTalkSeconds: null, serviceLevel: null },
}

t.test(
  'yesterday is told in the client’s zone, against the day before and the same weekday a week before',
  async (t) => {
    const answer = await report()
    t.match(answer, { clientName: 'Demo Client', date: REPORT_DAY, timezone: 'Asia/Kolkata', isOver: true })
    t.strictSame(answer.figures, FIGURES)
    t.match(answer.dayBefore, { date: '2025-10-10', figures: { calls: 1, outbound: 1, answered: 1, talkSeconds: 60 } })
    t.match(answer.dayBefore.changes, {
      calls: { difference: 5, change: 5 },
      inbound: { difference: 4, change: null },
      answerRate: { difference: -0.5, change: -0.5 },
      avgTalkSeconds: { difference: 10, change: 0.1667 },
      serviceLevel: { difference: null, change: null },
    })
    t.strictSame(answer.weekBefore.figures, NONE)
    t.equal(answer.weekBefore.date, '2025-10-04')
    t.notOk('retainedFrom' in answer)
  },
)

t.test('hours, outcomes, percentiles and those with the most calls are those of the day', async (t) => {
  const answer = await report()
  t.strictSame(
    answer.hours.filter(({ calls }) => calls > 0),
    [
      { hour: 9, calls: 2, inbound: 1, outbound: 1 },
      { hour: 11, calls: 1, inbound: 1, outbound: 0 },
      { hour: 12, calls: 1, inbound: 0, outbound: 1 },
      { hour: 16, calls: 1, inbound: 1, outbound: 0 },
      { hour: 17, calls: 1, inbound: 1, outbound: 0 },
    ],
  )
  t.equal(answer.busiestHour, 9)
  t.strictSame(answer.outcomes, [
    { status: 'completed', calls: 3, share: 0.5 },
    { status: 'missed', calls: 3, share: 0.5 },
  ])
  // Of a minute the nearest that a percentile tells.
  t.match(answer.percentiles, { talk: { p50: 61 }, ring: { p50: 10 } })
  t.strictSame(answer.serviceLevel, { serviceLevel: 0.3333, serviceLevelSeconds: 20, abandonSeconds: 5 })
  t.match(answer.agents, [
    { agentUserId: 'asha', agentName: 'Asha Rao', calls: 2, answered: 2, talkSeconds: 180 },
    { agentUserId: 'ravi', agentName: null, calls: 1 },
  ])
  t.match(answer.customers, [{ customerId: 'C1', customerName: /script/, calls: 2 }])
  t.match(answer.virtualNumbers, [{ virtualNumber: '+918041234567', calls: 1, outbound: 1 }])
  t.equal(answer.customers.length, 1, 'calls without a customer are no customer')
})

t.test('missed calls are open until the window is over, and then lost', async (t) => {
  const { missedCalls } = await report()
  const open = { missed: 3, wonBack: 1, lost: 0, openMissed: 2, wonBackRate: 1, windowHours: 24, windowIn: 'clock' }
  t.strictSame(missedCalls, { ...open, numbers: [{ phoneNumber: '+919876500003', openMissed: 2 }] })
  clock.now += 2 * 3_600_000
  const { missedCalls: later } = await report(`?date=${REPORT_DAY}`)
  t.match(later, { wonBack: 1, lost: 2, openMissed: 0, wonBackRate: 0.3333, numbers: [] })
})

t.test('a day without calls, and one that goes on, are told as such', async (t) => {
  t.match(await report('?date=2025-10-12'), { date: '2025-10-12', isOver: false, figures: NONE, busiestHour: null })
  t.match(await report('?date=2025-10-11'), { isOver: true })
})

t.test('a date that cannot be meant is refused by name', async (t) => {
  for (const [date, detail] of [
    ['yesterday', 'date is "yesterday", which is no date: write one such as 2025-10-11.'],
    ['2025-02-30', 'date is "2025-02-30", which is no date: write one such as 2025-10-11.'],
    ['2025-10-11T10:00:00Z', /^date is "2025-10-11T10:00:00Z", which is no date/],
    ['1999-12-31', 'date is "1999-12-31", which is not between 2000-01-01 and 2099-12-31.'],
  ] as const) {
    t.match((await ask(`?date=${date}`)).json(), { status: 400, detail, errors: [{ pointer: '/date' }] })
  }
  t.match((await ask('?format=pdf')).json(), { status: 400, errors: [{ pointer: '/format' }] })
})

t.test('the form is what is asked for, else what Accept prefers, else JSON', async (t) => {
  const typeOf = async (query: string, accept?: string) =>
    String((await ask(query, accept === undefined ? {} : { accept })).headers['content-type'])
  t.match(await typeOf(''), REPORT_TYPES.json)
  t.match(await typeOf('', 'text/html,*/*;q=0.8'), REPORT_TYPES.html)
  t.match(await typeOf('', 'text/plain'), REPORT_TYPES.text)
  t.match(await typeOf('?format=text', 'text/html'), REPORT_TYPES.text)
  t.match(await typeOf('?format=json', 'text/html'), REPORT_TYPES.json)
  t.match((await ask()).headers.vary, /\bAccept\b.*|X-API-Key/)
  t.match(String((await ask()).headers.vary).split(', '), ['X-API-Key', 'Origin', 'Accept'])
})

t.test('each form has a validator of its own, which holds as long as the report is the same', async (t) => {
  const etags = new Set<string>()
  for (const format of Object.keys(REPORT_TYPES)) {
    const { headers } = await ask(`?format=${format}`)
    const etag = String(headers.etag)
    etags.add(etag)
    clock.now += 1000
    t.equal((await ask(`?format=${format}`, { 'if-none-match': etag })).statusCode, 304, format)
  }
  t.equal(etags.size, 3)
})

t.test('the page is sent with a policy of its own, and names are text in it', async (t) => {
  const page = await ask('?format=html')
  t.match(page.headers, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': /^default-src 'none'; style-src 'sha256-/,
    'x-content-type-options': 'nosniff',
  })
  t.match(page.body, '&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;é&#39;')
  t.notMatch(page.body, '<script')
  const text = await ask('?format=text')
  t.match(text.headers, { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" })
  t.match(text.body, HOSTILE_NAME)
})

t.test('a day in the zone of another client begins when it begins there', async (t) => {
  const changed = await inject({
    method: 'PATCH',
    url: '/api/admin/clients/client-demo',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    payload: { timezone: 'Pacific/Auckland' },
  })
  t.equal(changed.statusCode, 200, changed.body)
  clock.now += 2000
  const answer = await report(`?date=${REPORT_DAY}`)
  // 16:30 in India is midnight in Auckland, which is 13 hours ahead of UTC, less half an hour.
  t.match(answer, { timezone: 'Pacific/Auckland', figures: { calls: 4 } })
})

t.test('an id that objects know by themselves is an agent like any other', async (t) => {
  const headers = { 'x-api-key': DEMO_KEY }
  for (const agentUserId of ['__proto__', 'constructor']) {
    const data = { callSid: `P-${agentUserId}`, phoneNumber: '+919876500009' }
    const body = { event: 'connected', data, timestamp: '2025-10-05T04:00:00Z', agentUserId }
    t.equal((await test.post('/api/ribbon/log-call', body, headers)).statusCode, 200)
    const url = `/api/ribbon/agents/${agentUserId}`
    await inject({ method: 'PATCH', url, headers, payload: { name: `Named ${agentUserId}` } })
  }
  const { agents } = await report('?date=2025-10-05')
  t.strictSame(agents.map(({ agentName }) => agentName).sort(), ['Named __proto__', 'Named constructor'])
})
