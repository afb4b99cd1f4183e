import t from 'tap'
import type { CallDetails, Calls } from '../../schemas/calls.js'
import { sessionIdOf } from '../../src/core/identity.js'
import { LIMITS } from '../../src/core/limits.js'
import { buildTestApp, DEMO_KEY, START } from '../helpers/app.js'
import { place } from '../helpers/calls.js'
import { newEvent } from '../helpers/storage.js'

const test = await buildTestApp(t)
const { clock, get, storage } = test
const MINUTE = 60_000
const CLIENT = 'client-demo'

const PHONE = '+919876543210'
await place(test, DEMO_KEY, [
  { callSid: 'CA1', at: START - 60 * MINUTE, seconds: 60, direction: 'inbound', phoneNumber: PHONE },
  { callSid: 'CA2', at: START - 50 * MINUTE, seconds: 0, direction: 'inbound', phoneNumber: '+14155550100' },
  { callSid: 'CA3', at: START - 40 * MINUTE, seconds: 1000, direction: 'outbound', phoneNumber: '09876543210' },
])
const log = (event: string, callSid: string, minutes: number, data: object = {}) =>
  test.post(
    '/api/ribbon/log-call',
    { event, data: { callSid, ...data }, timestamp: new Date(START + minutes * MINUTE).toISOString(), agentUserId: 7 },
    { 'x-api-key': DEMO_KEY },
  )
await log('connected', 'CA active', -5)
await log('connected', 'CA/lost?é', -300)
const report = {
  CallSid: 'CA3',
  EventType: 'terminal',
  Status: 'completed',
  Direction: 'outbound-api',
  From: '09812345678',
  To: '09876543210',
  PhoneNumberSid: '08041234567',
  StartTime: '2025-10-12 15:25:00',
  EndTime: '2025-10-12 15:45:00',
  ConversationDuration: 990,
  RecordingUrl: 'https://recordings.exotel.com/acme/1.mp3',
}
await storage.record({
  ...newEvent({ event: 'statusCallback', data: report, source: 'provider', occurredAt: START - 20 * MINUTE }),
  clientId: CLIENT,
})

async function list(query = ''): Promise<Calls> {
  const answer = await get(`/api/ribbon/calls${query}`)
  t.equal(answer.statusCode, 200, answer.body)
  return answer.json<Calls>()
}
const idsOf = ({ calls }: Calls) => calls.map(({ sessionId }) => sessionId.slice('session-'.length))

t.test('calls are listed newest first, or oldest first, as each filter asks', async (t) => {
  const all = ['CA active', 'CA3', 'CA2', 'CA1', 'CA/lost?é']
  t.strictSame(idsOf(await list()), all)
  t.strictSame(idsOf(await list('?sort=startTime')), [...all].reverse())
  const found: Record<string, string[]> = {
    'status=missed,expired': ['CA2', 'CA/lost?é'],
    'status=active': ['CA active'],
    'callDirection=inbound': ['CA2', 'CA1'],
    'agentUserId=7': ['CA active', 'CA/lost?é'],
    [`phoneNumber=${PHONE}`]: ['CA3', 'CA1'],
    'phoneNumber=098765%2043210': ['CA3', 'CA1'],
    'phoneNumber=+14155550100': ['CA2'],
    'virtualNumber=%2B918041234567': ['CA3'],
    'minDuration=60&maxDuration=60': ['CA1'],
    'minDuration=900': ['CA3'],
    'hasRecording=true': ['CA3'],
    'hasRecording=false&callDirection=outbound': ['CA active', 'CA/lost?é'],
    'confirmed=true': ['CA3'],
    'endReason=NORMAL': [],
    'customerId=nobody': [],
    'startDate=2025-10-12T09:00:00Z&endDate=2025-10-12T09:50:00Z': ['CA2', 'CA1'],
  }
  for (const [query, ids] of Object.entries(found)) t.strictSame(idsOf(await list(`?${query}`)), ids, query)
})

t.test('a cursor walks through all pages, under the parameters that it was given out for', async (t) => {
  const seen: string[] = []
  let cursor: string | null = ''
  for (let pages = 0; cursor !== null; pages++) {
    const page = await list(`?pageSize=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...idsOf(page))
    cursor = page.pagination.nextCursor
    t.equal(page.pagination.pageSize, 2)
    t.ok(pages < 3)
  }
  t.strictSame(seen, idsOf(await list()))
  const { pagination } = await list('?pageSize=2')
  for (const query of [
    `?pageSize=2&callDirection=inbound&cursor=${String(pagination.nextCursor)}`,
    `?pageSize=2&sort=startTime&cursor=${String(pagination.nextCursor)}`,
    '?cursor=x',
  ]) {
    t.match((await get(`/api/ribbon/calls${query}`)).json(), { status: 400, errors: [{ pointer: '/cursor' }] })
  }
  t.equal((await get(`/api/ribbon/calls?pageSize=3&cursor=${String(pagination.nextCursor)}`)).statusCode, 200)
})

t.test('filters that cannot be meant are refused by name', async (t) => {
  const refused: Record<string, string> = {
    'status=gone': '/status/0',
    'minDuration=9&maxDuration=8': '/minDuration',
    'minDuration=1.5': '/minDuration',
    'hasRecording=perhaps': '/hasRecording',
    'sort=duration': '/sort',
    'startDate=tomorrow': '/startDate',
    'phone=1': '/phone',
  }
  for (const [query, pointer] of Object.entries(refused)) {
    t.match((await get(`/api/ribbon/calls?${query}`)).json(), { status: 400, errors: [{ pointer }] }, query)
  }
})

t.test('a call comes with its events, and with what each side claims where they disagree', async (t) => {
  const answer = await get(`/api/ribbon/calls/${sessionIdOf('CA3')}`)
  t.equal(answer.statusCode, 200)
  const { call, facts, events } = answer.json<CallDetails>()
  t.match(call, { duration: 990, confirmed: true, virtualNumber: '08041234567', hasRecording: true })
  t.match(facts.duration, {
    value: 990,
    source: 'provider',
    basis: 'reported',
    claims: { ribbon: 1000, provider: 990 },
  })
  t.strictSame(facts.phoneNumber, { value: '09876543210', source: 'provider' })
  t.strictSame(
    events.map(({ event, source }) => [event, source]),
    [
      ['connected', 'ribbon'],
      ['callEnded', 'ribbon'],
      ['statusCallback', 'provider'],
    ],
  )
  t.strictSame(events[2]?.data, report)
})

t.test('an id is any text; holds are told as they are, and those of a call that goes on have no end', async (t) => {
  await log('holdtoggle', 'CA active', -4)
  await log('holdtoggle', 'CA active', -3)
  await log('holdtoggle', 'CA active', -2)
  const active = (await get(`/api/ribbon/calls/${encodeURIComponent('session-CA active')}`)).json<CallDetails>()
  t.match(active, { call: { status: 'active' }, facts: { status: { value: 'active' } }, mutes: [] })
  t.strictSame(active.holds, [
    { startTime: '2025-10-12T10:31:00Z', endTime: '2025-10-12T10:32:00Z', seconds: 60 },
    { startTime: '2025-10-12T10:33:00Z' },
  ])
  t.equal(active.events[0]?.agentUserId, '7')
  t.notOk('endTime' in active.facts)
  const lost = (await get(`/api/ribbon/calls/${encodeURIComponent('session-CA/lost?é')}`)).json<CallDetails>()
  t.match(lost, { call: { status: 'expired' }, facts: { status: { value: 'expired' } } })
})

t.test('a call that no event names is found by its session id, too', async (t) => {
  await test.post(
    '/api/ribbon/log-call',
    { event: 'incoming', data: { phoneNumber: '+911111111111' } },
    { 'x-api-key': DEMO_KEY },
  )
  const [call] = (await list('?phoneNumber=%2B911111111111')).calls
  const found = await get(`/api/ribbon/calls/${encodeURIComponent(String(call?.sessionId))}`)
  t.match(found.json(), { call: { phoneNumber: '+911111111111' }, events: [{ event: 'incoming' }] })
})

t.test('a call lists its first events, and says so when it has more', async (t) => {
  const at = (n: number) => START - 30 * MINUTE + n * 1000
  const event = (n: number) =>
    newEvent({ event: n === 0 ? 'connected' : 'note', data: { callSid: 'long', n }, occurredAt: at(n) })
  for (let n = 0; n <= LIMITS.callEvents; n++) await storage.record({ ...event(n), clientId: CLIENT })
  const phone = { callSid: 'with nameless', phoneNumber: '+912222222222' }
  await storage.record({ ...newEvent({ event: 'connected', data: phone, occurredAt: at(0) }), clientId: CLIENT })
  for (let n = 1; n <= LIMITS.callEvents; n++) {
    const data = { phoneNumber: '+912222222222', n }
    await storage.record({ ...newEvent({ event: 'dtmf', data, occurredAt: at(n) }), clientId: CLIENT })
  }
  const details = async (id: string) => (await get(`/api/ribbon/calls/${id}`)).json<CallDetails>()
  const whole = await details('session-long')
  t.strictSame([whole.events.length, whole.truncated], [LIMITS.callEvents, undefined])
  const cut = await details('session-with%20nameless')
  t.strictSame([cut.events.length, cut.truncated], [LIMITS.callEvents, true])
})

t.test(
  'what there is not is not found: unknown ids, calls that only a note names, and calls that were dropped',
  async (t) => {
    await log('note', 'only noted', -1)
    for (const id of ['session-CA404', 'CA1', 'session-', 'session-only%20noted', 'session-ca1']) {
      t.match((await get(`/api/ribbon/calls/${id}`)).json(), { status: 404, code: 'call_not_found' }, id)
    }
    t.equal((await get('/api/ribbon/calls/session-CA1')).statusCode, 200)
    await storage.dropBefore(CLIENT, START - 55 * MINUTE, 1)
    t.match((await get('/api/ribbon/calls/session-CA1')).json(), { status: 404, code: 'call_not_found' })
    t.match((await list()).retainedFrom, '2025-10-12T09:40:00Z')
    t.equal(await storage.callBySession('nobody', 'session-CA1'), null)
    clock.now = START
  },
)

t.test('where Exotel says that nobody answered, and a ribbon that somebody did, both are told', async (t) => {
  const at = START - 45 * MINUTE
  const told = [
    newEvent({ event: 'connected', data: { callSid: 'disputed' }, occurredAt: at }),
    newEvent({
      event: 'statusCallback',
      data: { ...report, CallSid: 'disputed', Status: 'no-answer', RecordingUrl: '', ConversationDuration: 0 },
      source: 'provider',
      occurredAt: at + MINUTE,
    }),
  ]
  for (const event of told) await storage.record({ ...event, clientId: CLIENT })
  const { facts } = (await get('/api/ribbon/calls/session-disputed')).json<CallDetails>()
  t.match(facts.answeredAt, {
    value: null,
    source: 'provider',
    claims: { ribbon: '2025-10-12T09:50:00Z', provider: null },
  })
})

t.test('a file says which calls Exotel confirmed', async (t) => {
  const { body } = await get('/api/ribbon/export/calls?format=csv&columns=sessionId,confirmed')
  t.match(body, /session-CA3,yes\r?\n/)
})
