/** `GET /analytics/query`, of calls that are few enough to count by hand. */
import t from 'tap'
import { AnswerSchema, type AnalyticsAnswer } from '../../schemas/analytics-answer.js'
import { measureOf } from '../../src/core/analytics/measures.js'
import { GROUPINGS, METRICS, TIME_GRAINS, type Metric } from '../../src/core/analytics/vocabulary.js'
import type { JsonObject } from '../../src/core/json.js'
import { CALLBACK_ROOT } from '../../src/core/vocabulary/callbacks.js'
import { DEMO_CALLBACK_KEY } from '../../src/core/vocabulary/demo.js'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY, MARKETING_KEY } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'

const test = await buildTestApp(t)
const { get, inject, post } = test

const JOHN = { customerId: 'CUST001', name: 'John Doe' }
const JANE = { customerId: 'CUST002', name: '=Jane' }
const NUMBER = '+91987654321'

interface SaidCall {
  readonly sid: string
  /** On the clock of Kolkata. */
  readonly start: string
  /** Seconds after the start; null of what was not, or has yet to be. */
  readonly answered: number | null
  readonly ended: number | null
  readonly direction: 'inbound' | 'outbound'
  readonly rejected?: boolean
  readonly data?: JsonObject
  readonly agentUserId?: string
  readonly domain?: string
}

async function log(call: SaidCall): Promise<void> {
  const { sid, start, answered, ended, direction, rejected = false, data = {}, agentUserId, domain } = call
  const startAt = Date.parse(`${start}+05:30`)
  const say = async (event: string, seconds: number, more: JsonObject = {}) => {
    const answer = await post(
      '/api/ribbon/log-call',
      {
        event,
        timestamp: new Date(startAt + seconds * 1000).toISOString(),
        data: { callSid: sid, callDirection: direction, ...data, ...more },
        ...(agentUserId !== undefined && { agentUserId }),
        ...(domain !== undefined && { domain }),
      },
      { 'x-api-key': DEMO_KEY },
    )
    if (answer.statusCode !== 200) throw new Error(answer.body)
  }
  await say(direction === 'inbound' ? 'incoming' : 'dialing', 0)
  if (answered !== null) await say('connected', answered)
  if (ended === null) return
  if (answered !== null) await say('callEnded', ended, { duration: ended - answered })
  else await say(rejected ? 'rejected' : 'missed', ended)
}

const asha = { agentUserId: 'agent-42' }
const ofJohn = { customerData: JOHN, phoneNumber: `${NUMBER}0` }
/** A week of seven calls, from Monday, the sixth of October 2025, and two of the week before. */
const CALLS: readonly SaidCall[] = [
  { sid: 'P', start: '2025-10-01T10:00:00', answered: 5, ended: 65, direction: 'outbound', data: ofJohn, ...asha },
  { sid: 'Q', start: '2025-10-02T10:00:00', answered: 5, ended: 65, direction: 'outbound', ...asha },
  {
    sid: 'A',
    start: '2025-10-06T10:00:00',
    ...{ answered: 10, ended: 70, direction: 'inbound', ...asha },
    data: ofJohn,
  },
  {
    sid: 'B',
    start: '2025-10-07T11:00:00',
    ...{ answered: 30, ended: 210, direction: 'inbound', ...asha },
    data: { customerData: JANE, phoneNumber: `${NUMBER}1`, callEndReason: 'NORMAL, all went well' },
  },
  { sid: 'C', start: '2025-10-08T23:50:00', answered: null, ended: 40, direction: 'inbound', data: ofJohn, ...asha },
  {
    sid: 'D',
    start: '2025-10-08T12:00:00',
    ...{ answered: null, ended: 3, direction: 'inbound' },
    data: { phoneNumber: `${NUMBER}2` },
  },
  {
    sid: 'E',
    start: '2025-10-09T12:00:00',
    ...{ answered: 20, ended: 40, direction: 'outbound', agentUserId: 'agent-7', domain: 'Sales.YourCRM.com' },
    data: ofJohn,
  },
  {
    sid: 'F',
    start: '2025-10-09T12:00:10',
    ...{ answered: null, ended: 15, direction: 'outbound', rejected: true, agentUserId: '__proto__' },
    domain: 'yourcrm.com',
    data: { phoneNumber: `${NUMBER}3` },
  },
  {
    sid: 'G',
    start: '2025-10-12T16:00:00',
    answered: null,
    ended: null,
    direction: 'outbound',
    data: { phoneNumber: `${NUMBER}4` },
  },
]
for (const call of CALLS) await log(call)
await inject({
  method: 'PATCH',
  url: '/api/ribbon/agents/agent-42',
  headers: { 'x-api-key': DEMO_KEY },
  payload: { name: 'Asha Rao' },
})

const WEEK = 'startDate=2025-10-06&endDate=2025-10-12'

async function ask(query: string, apiKey = DEMO_KEY): Promise<AnalyticsAnswer> {
  const answer = await get(`/api/ribbon/analytics/query?${query}`, { 'x-api-key': apiKey })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json()
}

async function fault(query: string): Promise<object> {
  return (await get(`/api/ribbon/analytics/query?${query}`)).json()
}

/** What one metric is, by what its groups are told by. */
function valuesOf({ rows }: AnalyticsAnswer, metric: Metric): [unknown, number | null | undefined][] {
  return rows.map(({ group, values }) => [Object.values(group)[0], values[metric]])
}

t.test('every metric of a week is what its definition says', async (t) => {
  const values = {
    calls: 7,
    inbound: 4,
    outbound: 3,
    answered: 3,
    missed: 2,
    unanswered: 3,
    rejected: 1,
    answerRate: 0.5,
    talkSeconds: 260,
    avgTalkSeconds: 86.7,
    ringSeconds: 118,
    avgRingSeconds: 19.7,
    // Of A, B and C, which were offered, A was answered in time; D was given up at once.
    serviceLevel: 0.3333,
    // Of 60 and 180 s: at most 2.5 % off.
    p50Talk: 61,
    p75Talk: 177,
    p90Talk: 177,
    p95Talk: 177,
    p99Talk: 177,
    p50Ring: 15,
    p75Ring: 30,
    p90Ring: 40,
    p95Ring: 40,
    p99Ring: 40,
    uniqueCustomers: 2,
    uniqueNumbers: 5,
    // E and F.
    peakConcurrent: 2,
    // Of C and D: E is answered twelve hours, nine minutes and twenty seconds after C, and nobody speaks with D's number.
    missedCallers: 2,
    wonBack: 1,
    lost: 1,
    openMissed: 0,
    wonBackRate: 0.5,
    medianSecondsToCallBack: 44_035,
    // John calls again, two days after A.
    repeatCallers: 0,
    firstContactResolution: 1,
  }
  const answer = await ask(`${WEEK}&metrics=${METRICS.join(',')}`)
  t.strictSame(answer.total, { values })
  t.strictSame(answer.rows, [{ group: {}, values }], 'without groups, one row has all')
  t.match(answer, {
    definitions: 1,
    dateRange: { startDate: '2025-10-06', endDate: '2025-10-12' },
    range: { from: '2025-10-05T18:30:00Z', to: '2025-10-12T18:30:00Z' },
    timezone: 'Asia/Kolkata',
    serviceLevelSeconds: 20,
    abandonSeconds: 5,
    omittedGroups: 0,
  })
  const percentiles = answer.metrics.filter(({ exact }) => !exact)
  t.strictSame(new Set(percentiles.map(({ errorPercent }) => errorPercent)), new Set([2.5]))
  t.strictSame(
    percentiles.map(({ metric }) => metric),
    METRICS.filter((metric) => /^p\d|^median/.test(metric)),
  )
})

t.test('without parameters it tells the usual metrics of all calls', async (t) => {
  const answer = await ask('')
  t.strictSame(answer.total, { values: { calls: 9, answered: 5, missed: 2, talkSeconds: 380 } })
  t.match(answer, { range: { from: null, to: null }, groupBy: [] })
})

t.test('sums over groups are those of all calls, by anything and by any two things', async (t) => {
  const sums = METRICS.filter((metric) => measureOf(metric).adds)
  const isTime = (by: string) => TIME_GRAINS.some((grain) => grain === by)
  const pairs = GROUPINGS.flatMap((one, at) => GROUPINGS.slice(at + 1).map((other) => [one, other]))
  for (const groupBy of [...GROUPINGS.map((by) => [by]), ...pairs.filter((pair) => !pair.every(isTime))]) {
    const { rows, total } = await ask(`metrics=${sums.join(',')}&groupBy=${groupBy.join(',')}`)
    for (const metric of sums) {
      const sum = rows.reduce((all, { values }) => all + (values[metric] ?? NaN), 0)
      t.equal(sum, total.values[metric], `${metric} by ${groupBy.join(',')}`)
    }
    for (const { group } of rows) t.hasProps(group, groupBy)
  }
})

t.test('groups are told in the words of the contract', async (t) => {
  const told: Readonly<Record<string, readonly unknown[]>> = {
    hour: ['2025-10-06T10:00:00+05:30', '2025-10-07T11:00:00+05:30', '2025-10-08T12:00:00+05:30'],
    date: ['2025-10-06', '2025-10-07', '2025-10-08', '2025-10-09', '2025-10-12'],
    week: ['2025-10-06'],
    month: ['2025-10'],
    quarter: ['2025-Q4'],
    hourOfDay: [10, 11, 12, 16, 23],
    dayOfWeek: [0, 1, 2, 3, 4],
    direction: ['inbound', 'outbound'],
    status: ['active', 'completed', 'missed', 'rejected'],
    businessHours: [null],
    durationBucket: ['0-30s', '1m-3m', '3m-5m', null],
    customer: ['CUST001', 'CUST002', null],
    agent: ['__proto__', 'agent-42', 'agent-7', null],
    phoneNumber: [0, 1, 2, 3, 4].map((digit) => `${NUMBER}${String(digit)}`),
    virtualNumber: [null],
    endReason: ['NORMAL, all went well', null],
    domain: ['sales.yourcrm.com', 'yourcrm.com', null],
  }
  for (const by of GROUPINGS) {
    const { rows } = await ask(`${WEEK}&metrics=calls&groupBy=${by}&sort=group`)
    const keys = rows.map(({ group }) => group[by])
    t.strictSame(by === 'hour' ? keys.slice(0, 3) : keys, told[by], by)
  }
  const { rows } = await ask(`${WEEK}&metrics=calls&groupBy=dayOfWeek,hourOfDay&sort=group`)
  t.strictSame(rows.at(0)?.group, { dayOfWeek: 0, hourOfDay: 16 }, 'the heat map')
})

t.test('ids of customers and agents have their names beside them', async (t) => {
  const answer = await ask(`${WEEK}&metrics=calls&groupBy=customer,agent&sort=group`)
  t.strictSame(
    answer.rows.map(({ group }) => group),
    [
      { customer: 'CUST001', customerName: 'John Doe', agent: 'agent-42', agentName: 'Asha Rao' },
      { customer: 'CUST001', customerName: 'John Doe', agent: 'agent-7', agentName: null },
      { customer: 'CUST002', customerName: '=Jane', agent: 'agent-42', agentName: 'Asha Rao' },
      { customer: null, customerName: null, agent: '__proto__', agentName: null },
      { customer: null, customerName: null, agent: null, agentName: null },
    ],
  )
})

t.test('each filter leaves the calls that have one of its values', async (t) => {
  const calls: Readonly<Record<string, number>> = {
    'callDirection=inbound': 4,
    'callDirection=inbound,outbound': 7,
    'status=missed,%20rejected': 3,
    'status=missed&status=rejected': 3,
    'durationBucket=1m-3m,3m-5m': 2,
    'customerId=CUST001': 3,
    'customerId=CUST001&customerId=CUST002&customerId=': 4,
    'customerId=CUST404': 0,
    'agentUserId=agent-7&agentUserId=__proto__': 2,
    [`phoneNumber=%2B919876543210`]: 3,
    'phoneNumber=+919876543210&phoneNumber=09876543212': 4,
    'virtualNumber=08041234567': 0,
    'endReason=NORMAL%2C%20all%20went%20well': 1,
    'endReason=NORMAL': 0,
    'domain=SALES.yourcrm.com': 1,
    'domain=sales.yourcrm.com&domain=yourcrm.com': 2,
    'customerId=CUST001&callDirection=inbound&status=missed': 1,
    'customerId=&agentUserId=undefined&status=null': 7,
  }
  for (const [filter, count] of Object.entries(calls)) {
    const { total } = await ask(`${WEEK}&metrics=calls&${filter}`)
    t.equal(total.values.calls, count, filter)
  }
})

t.test('days, hours and ranges are those of the zone that is asked for', async (t) => {
  const utc = await ask(`${WEEK}&timezone=UTC&metrics=calls&groupBy=date&sort=group`)
  t.strictSame(valuesOf(utc, 'calls'), [
    ['2025-10-06', 1],
    ['2025-10-07', 1],
    ['2025-10-08', 2],
    ['2025-10-09', 2],
    ['2025-10-12', 1],
  ])
  t.equal(utc.timezone, 'UTC')
  const apia = 'startDate=2011-12-30&endDate=2011-12-30&timezone=Pacific/Apia'
  for (const compareTo of ['previous', 'previousMonth', 'previousYear']) {
    t.match(await ask(`${apia}&metrics=calls&compareTo=${compareTo}`), {
      total: { values: { calls: 0 }, previous: { calls: 0 } },
    })
  }
  t.match(await ask(`${apia}&metrics=calls&compareTo=previous`), {
    comparedRange: { from: '2011-12-30T10:00:00Z', to: '2011-12-30T10:00:00Z' },
  })
})

t.test('groups come by time, else by the first metric, or as they are asked for', async (t) => {
  const by = async (query: string) => valuesOf(await ask(`${WEEK}&metrics=calls,avgTalkSeconds&${query}`), 'calls')
  const dates = ['2025-10-06', '2025-10-07', '2025-10-08', '2025-10-09', '2025-10-12']
  t.strictSame(
    (await by('groupBy=date')).map(([date]) => date),
    dates,
  )
  t.strictSame(
    (await by('groupBy=date&sort=-group')).map(([date]) => date),
    [...dates].reverse(),
  )
  t.strictSame(await by('groupBy=direction'), [
    ['inbound', 4],
    ['outbound', 3],
  ])
  t.strictSame(await by('groupBy=direction&sort=calls'), [
    ['outbound', 3],
    ['inbound', 4],
  ])
  t.strictSame(
    (await by('groupBy=agent&sort=-avgTalkSeconds')).map(([agent]) => agent),
    ['agent-42', 'agent-7', '__proto__', null],
    'what is not defined comes last',
  )
})

t.test('groups beyond the limit are told by their number, or all together', async (t) => {
  const query = `${WEEK}&metrics=calls,avgTalkSeconds,peakConcurrent&groupBy=agent&limit=1`
  const left = await ask(query)
  t.strictSame(valuesOf(left, 'calls'), [['agent-42', 3]])
  t.equal(left.omittedGroups, 3)
  t.notOk('other' in left)
  const other = { groups: 3, values: { calls: 4, avgTalkSeconds: 20, peakConcurrent: null } }
  t.strictSame((await ask(`${query}&other=true`)).other, other)
  t.match(await ask(`${query}&other=true&compareTo=previous`), {
    other: { previous: { calls: 0 }, change: { calls: null } },
  })
  const all = await ask(`${query.replace('limit=1', 'limit=4')}&other=true`)
  t.equal(all.omittedGroups, 0)
  t.notOk('other' in all, 'nothing is beyond')
})

t.test('a series has no gaps where it is filled', async (t) => {
  const dates = await ask(`${WEEK}&metrics=calls,answerRate&groupBy=date&fill=zero`)
  t.strictSame(
    dates.rows.map(({ values }) => [values.calls, values.answerRate]),
    [
      [1, 1],
      [1, 1],
      [2, 0],
      [2, 0.5],
      [0, null],
      [0, null],
      [1, null],
    ],
  )
  const heat = await ask(`${WEEK}&metrics=calls&groupBy=dayOfWeek,hourOfDay&fill=zero`)
  t.equal(heat.rows.length, 7 * 24)
  t.equal((await ask('metrics=calls&groupBy=hourOfDay,direction&fill=zero')).rows.length, 24 * 2, 'a cycle has an end')
  t.equal((await ask(`${WEEK}&metrics=calls&groupBy=agent,date&fill=zero`)).rows.length, 4 * 7)
})

t.test('a range is compared with the one before, as long or of the same dates', async (t) => {
  const [example] = AnswerSchema.examples as [AnalyticsAnswer]
  const asked = 'groupBy=agent&agentUserId=agent-42&metrics=calls,answerRate,p90Talk&compareTo=previous'
  t.strictSame(await ask(`${WEEK}&${asked}`), example, 'the answer of the documentation is true')

  const dates = await ask(`${WEEK}&metrics=calls&groupBy=date&fill=zero&compareTo=previous`)
  t.strictSame(
    dates.rows.map(({ previous }) => previous?.calls),
    [0, 0, 1, 1, 0, 0, 0],
    'each day with the one in its place',
  )
  t.strictSame(dates.rows[2], {
    group: { date: '2025-10-08' },
    values: { calls: 2 },
    previous: { calls: 1 },
    difference: { calls: 1 },
    change: { calls: 1 },
  })
  const month = await ask('startDate=2025-10-01&endDate=2025-10-31&metrics=calls,serviceLevel&compareTo=previousMonth')
  t.strictSame(month.comparedRange, { from: '2025-08-31T18:30:00Z', to: '2025-09-30T18:30:00Z' })
  t.strictSame(month.total, {
    values: { calls: 9, serviceLevel: 0.3333 },
    previous: { calls: 0, serviceLevel: null },
    difference: { calls: 9, serviceLevel: null },
    change: { calls: null, serviceLevel: null },
  })
  // The third to the ninth of October lie in two weeks: of the week that the asked one has no counterpart for, the total alone tells.
  const weeks = await ask('startDate=2025-11-03&endDate=2025-11-09&groupBy=week&metrics=calls&compareTo=previousMonth')
  t.match(weeks.total, { values: { calls: 0 }, previous: { calls: 6 } })
  t.strictSame(weeks.rows, [])
  const year = await ask(`startDate=2026-10-06&endDate=2026-10-12&metrics=calls,answerRate&compareTo=previousYear`)
  t.strictSame(year.total, {
    values: { calls: 0, answerRate: null },
    previous: { calls: 7, answerRate: 0.5 },
    difference: { calls: -7, answerRate: null },
    change: { calls: -1, answerRate: null },
  })
})

t.test('the service level goes by its thresholds', async (t) => {
  const level = async (query: string) => (await ask(`${WEEK}&metrics=serviceLevel&${query}`)).total.values.serviceLevel
  t.equal(await level('serviceLevelSeconds=30'), 0.6667)
  t.equal(await level('abandonSeconds=0'), 0.25)
  t.equal(await level('abandonSeconds=60'), 0.5)
  t.equal(await level('callDirection=outbound'), null)
})

t.test('what cannot be answered is refused by the name of the parameter, with what may have been meant', async (t) => {
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['metrics=callz', '/metrics/0', /must be calls, .*, not "callz": did you mean calls\?/],
    ['metrics=calls,calls', '/metrics', /names "calls" twice/],
    ['groupBy=moth', '/groupBy/0', /did you mean month\?/],
    ['groupBy=agent,agent', '/groupBy', /names "agent" twice/],
    ['groupBy=agent,customer,date', '/groupBy', /must have at most 2 entries, not 3/],
    ['groupBy=date,month', '/groupBy', /names date and month: one stretch of time at the most/],
    ['groupby=agent', '/groupby', /did you mean groupBy\?/],
    ['direction=inbound', '/direction', /is not a parameter of this operation, which takes metrics, groupBy, /],
    ['callDirection=inbond', '/callDirection/0', /did you mean inbound\?/],
    ['status=mised', '/status/0', /did you mean missed\?/],
    ['durationBucket=1m', '/durationBucket/0', /must be 0-30s, /],
    [`customerId=${'x'.repeat(129)}`, '/customerId/0', /must be at most 128 characters long, not 129/],
    ['sort=cals', '/sort', /did you mean calls\?/],
    [
      'sort=-inbound',
      '/sort',
      /is "-inbound", which is not asked for: name inbound in metrics, or sort by calls, answered, missed, talkSeconds or group/,
    ],
    ['limit=10001', '/limit', /must be at most 10000, not 10001/],
    ['other=yes', '/other', /must be true or false/],
    ['other=true&format=csv', '/other', /is for JSON alone/],
    ['fill=none', '/fill', /must be zero/],
    ['fill=zero&groupBy=date&startDate=2025-10-01', '/fill', /needs startDate and endDate: it tells every date/],
    [
      'compareTo=previousWeek&startDate=2025-10-01&endDate=2025-10-02',
      '/compareTo',
      /must be previous, previousMonth or previousYear/,
    ],
    ['compareTo=previous&endDate=2025-10-01', '/compareTo', /needs startDate and endDate/],
    ['serviceLevelSeconds=25', '/serviceLevelSeconds', /must be 10, 15, 20, 30, 45 or 60, not 25/],
    ['serviceLevelSeconds=soon', '/serviceLevelSeconds', /must be /],
    ['abandonSeconds=61', '/abandonSeconds', /must be at most 60, not 61/],
    ['abandonSeconds=-1', '/abandonSeconds', /must be at least 0, not -1/],
    ['format=xml', '/format', /must be json or csv/],
    ['startDate=2025-10-02&endDate=2025-10-01', '/startDate', /which is after endDate/],
    ['timezone=Asia/Kolkatta', '/timezone', /did you mean Asia\/Kolkata\?/],
  ]
  for (const [query, pointer, message] of faults) {
    t.match(await fault(query), { status: 400, errors: [{ in: 'query', pointer, message }] }, query)
  }
  const many = Array.from({ length: 101 }, (_, at) => `customerId=${String(at)}`).join('&')
  t.match(await fault(many), {
    errors: [{ pointer: '/customerId', message: /must have at most 100 entries, not 101/ }],
  })
})

t.test('a question that costs too much is refused with ways to ask for less', async (t) => {
  const century = 'startDate=2000-01-01&endDate=2099-12-31&fill=zero'
  const refused: Readonly<Record<string, string>> = {
    'groupBy=hour': 'ask for a shorter range, or by date in place of hour.',
    'groupBy=date,hourOfDay': 'ask for a shorter range, or by week in place of date, or by date or hourOfDay alone.',
  }
  for (const [query, way] of Object.entries(refused)) {
    t.match(
      await fault(`${century}&${query}`),
      { status: 422, code: 'question_too_large', detail: `This question has more than 200000 groups: ${way}` },
      query,
    )
  }
  for (const [what, by, detail] of [
    ['calls', 'date,agent', 'This question reads more than 12000000 calls: ask for a shorter range.'],
    ['groups', 'quarter', 'This question has more than 200000 groups: ask for a shorter range.'],
    [
      'groups',
      'phoneNumber,agent',
      'This question has more than 200000 groups: ask for a shorter range, or by phoneNumber or agent alone.',
    ],
  ] as const) {
    const storage = replacing('askCalls', () => Promise.resolve({ status: 'too-large', what }))
    const { get } = await buildTestApp(t, { store: test.storage, storage })
    t.match((await get(`/api/ribbon/analytics/query?groupBy=${by}`)).json(), { status: 422, detail })
  }
})

t.test('a file has the rows of the answer, and nothing that a spreadsheet would run', async (t) => {
  const csv = (query: string) => get(`/api/ribbon/analytics/query?format=csv&${query}`)
  const file = await csv(`${WEEK}&groupBy=customer,direction&metrics=calls,answerRate&sort=group`)
  t.equal(file.headers['content-type'], 'text/csv; charset=utf-8')
  t.equal(
    file.headers['content-disposition'],
    'attachment; filename="call-analytics-client-demo-2025-10-06-2025-10-12.csv"',
  )
  t.equal(file.headers['omitted-groups'], undefined)
  t.equal(
    file.body,
    [
      'customer,customerName,direction,calls,answerRate',
      'CUST001,John Doe,inbound,2,0.5',
      'CUST001,John Doe,outbound,1,1',
      "CUST002,'=Jane,inbound,1,1",
      ',,inbound,1,0',
      ',,outbound,2,0',
      '',
    ].join('\r\n'),
  )
  const compared = await csv(`${WEEK}&groupBy=agent&metrics=calls&compareTo=previous&limit=1`)
  t.equal(
    compared.body,
    'agent,agentName,calls,calls previous,calls difference,calls change\r\nagent-42,Asha Rao,3,2,1,0.5\r\n',
  )
  t.equal(compared.headers['omitted-groups'], '3')
  const numbers = await csv(`${WEEK}&groupBy=phoneNumber&metrics=calls&phoneNumber=9876543210`)
  t.equal(numbers.body, `phoneNumber,calls\r\n${NUMBER}0,3\r\n`)
  t.equal(
    (await csv('metrics=calls')).headers['content-disposition'],
    'attachment; filename="call-analytics-client-demo.csv"',
  )
})

t.test('an answer that has not changed need not be sent again, as JSON or as a file', async (t) => {
  for (const format of ['json', 'csv']) {
    const url = `/api/ribbon/analytics/query?groupBy=agent&format=${format}`
    const { headers } = await get(url)
    const again = await get(url, { 'x-api-key': DEMO_KEY, 'if-none-match': String(headers['etag']) })
    t.equal(again.statusCode, 304, format)
    const head = await inject({ method: 'HEAD', url, headers: { 'x-api-key': DEMO_KEY } })
    t.equal(head.headers['etag'], headers['etag'])
  }
})

t.test('a client without calls has zeros, and nothing of another', async (t) => {
  const empty = await ask(
    `${WEEK}&metrics=calls,answerRate,peakConcurrent,uniqueNumbers&compareTo=previous`,
    MARKETING_KEY,
  )
  const zeros = { calls: 0, answerRate: null, peakConcurrent: 0, uniqueNumbers: 0 }
  t.match(empty, { rows: [{ group: {}, values: zeros }], total: { values: zeros, previous: zeros } })
  for (const by of ['customer', 'agent', 'phoneNumber', 'date']) {
    t.strictSame((await ask(`groupBy=${by}`, MARKETING_KEY)).rows, [], by)
  }
  t.equal((await ask('metrics=calls&customerId=CUST001', COLLECTIONS_KEY)).total.values.calls, 0)
})

t.test('calls are told apart by the number of Exotel that was called, however it is written', async (t) => {
  for (const [CallSid, PhoneNumberSid] of [
    ['V1', '08041234567'],
    ['V2', '+918041234567'],
    ['V3', '08041234568'],
  ]) {
    const report = { CallSid, PhoneNumberSid, Status: 'no-answer', Direction: 'inbound', From: '09876543210' }
    await post(`${CALLBACK_ROOT}/${DEMO_CALLBACK_KEY}/status-callback`, report)
  }
  const asked = async (query: string) =>
    valuesOf(await ask(`startDate=2025-10-12&callDirection=inbound&metrics=missed&${query}`), 'missed')
  t.strictSame(await asked('groupBy=virtualNumber'), [
    ['+918041234567', 2],
    ['+918041234568', 1],
  ])
  t.strictSame(await asked('groupBy=phoneNumber&virtualNumber=080%204123%204567'), [[`${NUMBER}0`, 2]])
})

t.test('a call that changes changes the answer at once', async (t) => {
  const at = '2025-09-15T04:30:00Z'
  const say = (event: string, data: object = {}) =>
    post('/api/ribbon/log-call', { apiKey: DEMO_KEY, event, timestamp: at, data: { callSid: 'late', ...data } })
  const total = async () => (await ask('startDate=2025-09-15&endDate=2025-09-15&metrics=calls,answered')).total.values
  await say('connected')
  t.strictSame(await total(), { calls: 1, answered: 0 })
  t.strictSame(await total(), { calls: 1, answered: 0 })
  await say('callEnded', { duration: 60 })
  t.strictSame(await total(), { calls: 1, answered: 1 })
})

t.test('calls that are no longer kept are still counted, and the answer says from when on they are kept', async (t) => {
  const kept = '2025-10-07T18:30:00Z'
  const before = await ask('metrics=calls,talkSeconds&groupBy=agent')
  await test.storage.dropBefore('client-demo', Date.parse(kept), 500)
  const after = await ask('metrics=calls,talkSeconds&groupBy=agent')
  t.strictSame(after, { ...before, retainedFrom: kept })
  t.notOk('retainedFrom' in (await ask('startDate=2025-10-08')))
  const file = await get('/api/ribbon/analytics/query?format=csv')
  t.equal(file.headers['retained-from'], kept)
})
