import t from 'tap'
import type { DetailedAnalytics } from '../../schemas/analytics.js'
import { SECTION_NAMES } from '../../schemas/report-sections.js'
import { buildTestApp } from '../helpers/app.js'
import { placeReportDay, REPORT_DAY } from '../helpers/report-day.js'
import { replacing } from '../helpers/storage.js'

const test = await buildTestApp(t)
await placeReportDay(test)

const DAY = `startDate=${REPORT_DAY}&endDate=${REPORT_DAY}`
const detailed = async (query: string) =>
  (await test.get(`/api/ribbon/analytics/detailed?${query}`)).json<DetailedAnalytics>()

t.test('without sections the report is as it was, and no question is asked of calls', async (t) => {
  const refusing = await buildTestApp(t, {
    store: test.storage,
    storage: replacing('askCalls', () => Promise.reject(new Error('asked'))),
  })
  const answer = (await refusing.get(`/api/ribbon/analytics/detailed?${DAY}`)).json<object>()
  t.strictSame(
    Object.keys(answer).filter((name) => SECTION_NAMES.some((section) => section === name)),
    [],
  )
})

t.test('each section is there alone when it is asked for alone', async (t) => {
  for (const section of SECTION_NAMES) {
    const answer = await detailed(`${DAY}&sections=${section}`)
    t.strictSame(
      SECTION_NAMES.filter((name) => name in answer),
      [section],
    )
  }
})

t.test('all sections tell of the same calls as the rest of the report', async (t) => {
  const answer = await detailed(`${DAY}&sections=${SECTION_NAMES.join(',')}`)
  t.match(answer.summary, { totalCalls: 6, answeredCalls: 3, missedCalls: 3 })
  t.match(answer.agents, [
    { agentUserId: 'asha', agentName: 'Asha Rao', calls: 2, inbound: 1, outbound: 1, talkSeconds: 180 },
    { agentUserId: 'ravi', agentName: null, calls: 1 },
  ])
  t.match(answer.virtualNumbers, [{ virtualNumber: '+918041234567', calls: 1 }])
  t.strictSame(answer.outcomes, [
    { status: 'completed', calls: 3, share: 0.5 },
    { status: 'missed', calls: 3, share: 0.5 },
  ])
  // Of a minute the nearest that a percentile tells.
  t.match(answer.percentiles, { talk: { p50: 61 }, ring: { p50: 10 } })
  t.match(answer.serviceLevel, { serviceLevel: 0.3333 })
  t.match(answer.openMissed, { missed: 3, wonBack: 1, lost: 0, openMissed: 2, windowHours: 24 })
  const saturday = answer.heatMap?.[6]
  t.strictSame(
    [9, 11, 12, 16, 17].map((hour) => saturday?.[hour]),
    [2, 1, 1, 1, 1],
  )
  t.equal(answer.heatMap?.flat().length, 7 * 24)
  t.equal(
    answer.heatMap?.flat().reduce((sum, calls) => sum + calls, 0),
    6,
  )
  t.match(answer.change, {
    from: '2025-10-09T18:30:00Z',
    to: '2025-10-10T18:30:00Z',
    figures: { calls: 6 },
    previous: { calls: 1 },
    changes: { calls: { difference: 5, change: 5 }, inbound: { difference: 4, change: null } },
  })
})

t.test('sections are of one agent where the report is', async (t) => {
  const answer = await detailed(`${DAY}&agentUserId=asha&sections=${SECTION_NAMES.join(',')}`)
  t.match(answer.summary, { totalCalls: 2 })
  t.match(answer, {
    agents: [{ agentUserId: 'asha', calls: 2 }],
    virtualNumbers: [],
    outcomes: [{ status: 'completed', calls: 2, share: 1 }],
    openMissed: { missed: 0 },
    change: { figures: { calls: 2 }, previous: { calls: 0 } },
  })
})

t.test('sections need no bounds, and are of the zone that is asked for', async (t) => {
  const answer = await detailed('sections=outcomes,heatMap&timezone=UTC')
  t.match(answer.outcomes, [
    { status: 'completed', calls: 4 },
    { status: 'missed', calls: 3 },
  ])
  t.equal(answer.heatMap?.[6]?.[3], 2, '09:10 in India is 03:40 in UTC')
})

t.test('a change without both bounds, and a section that there is not, are refused by name', async (t) => {
  const refused = async (query: string) =>
    (await test.get(`/api/ribbon/analytics/detailed?${query}`)).json<{
      status: number
      errors: { pointer: string }[]
    }>()
  t.match(await refused('sections=change'), {
    status: 400,
    errors: [{ pointer: '/startDate' }, { pointer: '/endDate' }],
  })
  t.match(await refused('sections=change&startDate=2025-10-11'), { errors: [{ pointer: '/endDate' }] })
  t.match(await refused('sections=heatmap'), {
    status: 400,
    detail: /did you mean heatMap\?$/,
    errors: [{ pointer: '/sections/0' }],
  })
})

t.test('a section that would cost too much is refused, and says what to do', async (t) => {
  const refusing = await buildTestApp(t, {
    store: test.storage,
    storage: replacing('askCalls', () => Promise.resolve({ status: 'too-large', what: 'calls' })),
  })
  t.match((await refusing.get(`/api/ribbon/analytics/detailed?${DAY}&sections=heatMap`)).json(), {
    status: 422,
    code: 'question_too_large',
    detail: /ask for a shorter range/,
  })
})
