/** What is drawn of the API's answers: of the answers of a server with calls. */
import t from 'tap'
import {
  type Answer,
  bucketsOf,
  comparedOf,
  rankedOf,
  stepOf,
  stretchesOf,
  weekOf,
} from '../../src/dashboard/model/answers.js'
import { readChoice } from '../../src/dashboard/model/choice.js'
import { type Part, questionsOf } from '../../src/dashboard/model/questions.js'
import { rangeOf } from '../../src/dashboard/model/range.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'

const { get, post } = await buildTestApp(t)
const customerData = { customerId: 'CUST001', name: 'John Doe' }
for (const [callSid, event, data] of [
  ['a', 'connected', { callDirection: 'inbound', customerData, agentUserId: 'agent-1' }],
  ['a', 'callEnded', { duration: 45 }],
  ['b', 'dialing', { agentUserId: 'agent-1' }],
  ['b', 'callEnded', { duration: 400 }],
  ['c', 'incoming', {}],
  ['c', 'missed', {}],
] as const) {
  const context = { agentUserId: callSid === 'c' ? undefined : 'agent-1' }
  await post('/api/ribbon/log-call', {
    apiKey: DEMO_KEY,
    event,
    timestamp: '2025-10-12T04:40:00Z',
    data: { callSid, ...data },
    ...context,
  })
}

async function ask(part: Part, search = ''): Promise<Answer> {
  const question = questionsOf(readChoice(search), rangeOf(readChoice(search), '2025-10-12'))[part]
  const parameters = Object.entries(question).map(([name, value]): [string, string] => [name, String(value)])
  const answer = await get(`/api/ribbon/analytics/query?${new URLSearchParams(parameters).toString()}`)
  t.equal(answer.statusCode, 200, answer.body)
  return answer.json<Answer>()
}

t.test('calls over time have no gaps, and go by direction', async (t) => {
  const days = stretchesOf(await ask('series'))
  t.equal(days.length, 7)
  t.same(days.at(-1), { at: '2025-10-12', inbound: 2, outbound: 1 })
  t.same(days[0], { at: '2025-10-06', inbound: 0, outbound: 0 })
  t.same(stretchesOf({ ...(await ask('series')), rows: [{ group: { date: '2025-10-12' }, values: {} }] }), [
    { at: '2025-10-12', inbound: 0, outbound: 0 },
  ])
  const hours = stretchesOf(await ask('series', '?range=today&direction=inbound'))
  t.equal(hours.length, 24)
  t.match(hours[10], { at: /^2025-10-12T10:00:00\+05:30$/, inbound: 2, outbound: 0 })
})

t.test('the week has every weekday and hour, on the client’s clock', async (t) => {
  const { calls, most } = weekOf(await ask('week'))
  t.equal(calls.length, 7)
  t.ok(calls.every((hours) => hours.length === 24))
  t.equal(calls[0]?.[10], 3, 'Sunday, ten past ten')
  t.equal(most, 3)
  t.same(weekOf({ ...(await ask('week')), rows: [] }).most, 0)
  const strange = { group: { dayOfWeek: 9, hourOfDay: 1 }, values: { calls: 1 } }
  t.equal(
    weekOf({ ...(await ask('week')), rows: [strange, { group: { dayOfWeek: 1, hourOfDay: 1 }, values: {} }] }).most,
    0,
  )
})

t.test('steps go from nothing to the most', async (t) => {
  t.same(
    [0, 1, 20, 21, 99, 100].map((value) => stepOf(value, 100)),
    [0, 1, 1, 2, 5, 5],
  )
})

t.test('durations are told the shortest first, those without calls included', async (t) => {
  t.same(
    bucketsOf(await ask('talk')).map(({ bucket, calls }) => [bucket, calls]),
    [
      ['0-30s', 1],
      ['30s-1m', 1],
      ['1m-3m', 0],
      ['3m-5m', 0],
      ['5m+', 1],
    ],
  )
})

t.test('a list has names where there are any, and shares of the most', async (t) => {
  const agents = rankedOf(await ask('agents'), 'agent')
  t.match(agents, [
    { id: 'agent-1', name: null, share: 1, values: { calls: 2 } },
    { id: null, share: 0.5 },
  ])
  t.match(rankedOf(await ask('customers'), 'customer')[1], { id: 'CUST001', name: 'John Doe' })
  const outcomes = rankedOf(await ask('outcomes'), 'status')
  t.same(outcomes.map(({ id }) => id).sort(), ['completed', 'missed'])
  const bare: Answer = { ...(await ask('agents')), rows: [{ group: {}, values: {} }] }
  t.same(rankedOf(bare, 'agent'), [{ id: null, name: null, values: {}, share: 0 }])
})

t.test('filters that were chosen are asked for', async (t) => {
  const calls = async (search: string) => comparedOf(await ask('tiles', search), 'calls').value
  t.equal(await calls(''), 3)
  t.equal(await calls('?agent=agent-1'), 2)
  t.equal(await calls('?direction=outbound'), 1)
  t.equal(await calls('?number=%2B918041234567'), 0)
})

t.test('a figure comes with the one before, and with what changed where that can be said', async (t) => {
  const answer = await ask('tiles')
  t.same(comparedOf(answer, 'calls'), { value: 3, previous: 0, change: null })
  t.same(comparedOf(answer, 'p50Talk'), { value: null, previous: null, change: null }, 'nobody asked')
  const measured = { values: { answerRate: 0.5 }, previous: { answerRate: 0.4 }, difference: { answerRate: 0.1 } }
  t.match(comparedOf({ ...answer, total: measured }, 'answerRate'), { change: 0.1 }, 'of a share the difference')
  t.same(comparedOf({ ...answer, total: { values: {} } }, 'calls'), { value: null, previous: null, change: null })
})
