import t from 'tap'
import type { ChangedCall } from '../../schemas/call-notes.js'
import type { CallDetails, Calls } from '../../schemas/calls.js'
import { buildTestApp, DEMO_KEY, START } from '../helpers/app.js'
import { hashApiKey, newApiKey } from '../../src/clients/api-keys.js'
import { place } from '../helpers/calls.js'

const test = await buildTestApp(t)
const { clock, get, post, inject } = test
const MINUTE = 60_000
const KEY = { 'x-api-key': DEMO_KEY }

await place(test, DEMO_KEY, [
  { callSid: 'CA1', at: START - 60 * MINUTE, seconds: 0, direction: 'inbound', phoneNumber: '+919876543210' },
  { callSid: 'CA2', at: START - 50 * MINUTE, seconds: 60, direction: 'inbound', phoneNumber: '+919876543210' },
])

const note = (callSid: string, payload: object) =>
  inject({ method: 'PATCH', url: `/api/ribbon/calls/session-${callSid}`, headers: KEY, payload })
const correct = (callSid: string, payload: object) =>
  post(`/api/ribbon/calls/session-${callSid}/corrections`, payload, KEY)
const list = async (query: string) =>
  (await get(`/api/ribbon/calls?${query}`)).json<Calls>().calls.map(({ sessionId }) => sessionId)
const summary = async () => (await get('/api/ribbon/analytics')).json<{ summary: Record<string, number> }>().summary
/** The words of the problem's faults. */
const faults = (answer: Awaited<ReturnType<typeof correct>>) => {
  t.equal(answer.statusCode, 400)
  return answer
    .json<{ errors: { pointer: string; message: string }[] }>()
    .errors.map((e) => `${e.pointer} ${e.message}`)
}

t.test('notes, tags and a disposition merge, are listed, exported and found', async (t) => {
  const first = await note('CA1', { notes: 'ring back', tags: ['vip', 'late'], disposition: 'callback' })
  t.equal(first.statusCode, 200)
  t.match(first.json<ChangedCall>(), {
    success: true,
    call: { notes: 'ring back', tags: ['late', 'vip'], disposition: 'callback' },
  })
  clock.now += 1000
  const { call } = (await note('CA1', { tags: ['vip'], notes: null })).json<ChangedCall>()
  t.match(call, { tags: ['vip'], disposition: 'callback' })
  t.equal(call.notes, undefined)
  t.same(await list('tag=vip'), ['session-CA1'])
  t.same(await list('tag=late'), [])
  t.same(await list('disposition=callback'), ['session-CA1'])
  const csv = await get('/api/ribbon/export/calls?format=csv&columns=sessionId,notes,tags,disposition,confirmed')
  t.match(csv.body, /session-CA1,,vip,callback,\r?\n/)
  const { events } = (await get('/api/ribbon/calls/session-CA1')).json<CallDetails>()
  t.match(
    events.filter(({ source }) => source === 'operator'),
    [
      { event: 'annotated', data: { notes: 'ring back', by: /./ } },
      { event: 'annotated', data: { notes: null, tags: ['vip'] } },
    ],
  )
})

t.test('a note says what is wrong with it', async (t) => {
  for (const payload of [
    {},
    { colour: 'red' },
    { tags: ['', 'x'] },
    { tags: ['a\nb'] },
    { tags: 'vip' },
    { notes: 'x'.repeat(5000) },
  ]) {
    faults(await note('CA1', payload))
  }
  t.equal((await note('CA404', { notes: 'x' })).statusCode, 404)
})

t.test('a correction moves the numbers, says who and why, and takes nothing away', async (t) => {
  t.match(await summary(), { missedCalls: 1, answeredCalls: 1, totalDuration: 60 })
  clock.now += 1000
  const end = new Date(START - 58 * MINUTE).toISOString()
  const answer = await correct('CA1', {
    reason: 'on a mobile',
    status: 'completed',
    duration: 42,
    endTime: end,
    customerId: 'C9',
    agentUserId: 'a9',
  })
  t.equal(answer.statusCode, 200)
  t.match(answer.json<ChangedCall>().call, {
    status: 'completed',
    duration: 42,
    corrected: true,
    agentUserId: 'a9',
    customerData: { customerId: 'C9' },
  })
  t.match(await summary(), { missedCalls: 0, answeredCalls: 2, totalDuration: 102 })
  const { events, facts } = (await get('/api/ribbon/calls/session-CA1')).json<CallDetails>()
  t.match(events.at(-1), { event: 'corrected', source: 'operator', data: { reason: 'on a mobile', duration: 42 } })
  t.match(facts, { duration: { value: 42, source: 'operator' }, status: { value: 'completed', source: 'operator' } })
  t.ok(
    events.some(({ event }) => event === 'callEnded' || event === 'missed'),
    'the original is kept',
  )
})

t.test('a voided call counts in nothing, is found by its id, and can be restored', async (t) => {
  clock.now += 1000
  t.match((await correct('CA2', { reason: 'a test call', voided: true })).json(), { call: { voided: true } })
  t.match(await summary(), { totalCalls: 1, totalDuration: 42 })
  t.same(await list(''), ['session-CA1'])
  t.match((await get('/api/ribbon/calls/session-CA2')).json(), { call: { voided: true } })
  clock.now += 1000
  const { call } = (await correct('CA2', { reason: 'it was none', voided: false })).json<ChangedCall>()
  t.equal(call.voided, undefined)
  t.match(await summary(), { totalCalls: 2, totalDuration: 102 })
})

t.test('a correction that cannot be is refused, with why', async (t) => {
  t.match(faults(await correct('CA2', { reason: 'x' })), [/says nothing but the reason/])
  t.match(faults(await correct('CA2', { duration: 5 })), [/reason/])
  t.match(faults(await correct('CA2', { reason: 'x', startTime: 'soon' })), [/\/startTime is "soon"/])
  t.match(faults(await correct('CA2', { reason: 'x', startTime: '1999-01-01T00:00:00Z' })), [/between 2000/])
  t.match(faults(await correct('CA2', { reason: 'x', startTime: '2025-10-13T00:00:00Z' })), [/before it began/])
  t.match(faults(await correct('CA2', { reason: 'x', startTime: '2025-10-01T00:00:00Z' })), [/longer than a day/])
  t.match(faults(await correct('CA2', { reason: 'x', duration: 80_000 })), [/\/duration is longer than the call/])
  t.match(faults(await correct('CA2', { reason: 'x', status: 'active' })), [/\/status/])
  t.equal((await correct('CA404', { reason: 'x', duration: 1 })).statusCode, 404)
})

t.test('a correction names who made it, and may move the call', async (t) => {
  clock.now += 1000
  const apiKey = newApiKey('secret')
  const key = {
    keyHash: hashApiKey(apiKey),
    hint: 'x',
    kind: 'secret',
    scopes: ['manage'],
    name: 'Asha',
    createdAt: 1,
  } as const
  await test.storage.createApiKey('client-demo', key)
  const startTime = new Date(START - 51 * MINUTE).toISOString()
  const url = '/api/ribbon/calls/session-CA2/corrections'
  const answer = await post(url, { reason: 'the clock was wrong', startTime }, { 'x-api-key': apiKey })
  t.match(answer.json<ChangedCall>().call.startTime, startTime.slice(0, 19))
  const { events } = (await get('/api/ribbon/calls/session-CA2')).json<CallDetails>()
  t.match(events.at(-1), { data: { by: 'Asha' } })
})

t.test('a call without an end can be given one', async (t) => {
  await post(
    '/api/ribbon/log-call',
    { event: 'connected', data: { callSid: 'CA3' }, timestamp: '2025-10-12T10:00:00Z' },
    KEY,
  )
  t.match((await correct('CA3', { reason: 'a typing error', phoneNumber: '09876500000' })).json<ChangedCall>().call, {
    status: 'active',
    phoneE164: '+919876500000',
  })
  clock.now += 1000
  const { call } = (
    await correct('CA3', { reason: 'tab closed', duration: 90_00 / 100, endTime: '2025-10-12T10:01:30Z' })
  ).json<ChangedCall>()
  t.match(call, { status: 'completed', duration: 90, endTime: '2025-10-12T10:01:30Z' })
})
