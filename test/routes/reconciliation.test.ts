import t, { type Test } from 'tap'
import type { Reconciliation } from '../../schemas/reconciliation.js'
import { LIMITS } from '../../src/core/limits.js'
import { exotelTime } from '../../src/exotel/time.js'
import { emptyReport } from '../../src/services/reconciler.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import { ADMIN_TOKEN, COLLECTIONS_KEY, DEMO_KEY, START, type TestAppOptions } from '../helpers/app.js'
import { type Behaviour, exotelApp, giveExotelApi, WRONG_API } from '../helpers/exotel-server.js'
import { IMPATIENT, latestReconciliation, reconciled, startReconciliation } from '../helpers/reconciliation.js'
import { newEvent, replacing } from '../helpers/storage.js'

const DAY = { from: '2025-10-12', to: '2025-10-12' }
/** Six in the morning in India. */
const MORNING = Date.parse('2025-10-12T00:30:00Z')
const TALKED = { Details: { ConversationDuration: 45, Leg1Status: 'completed', Leg2Status: 'completed' } }
const MISSED = { Details: { ConversationDuration: 0, Leg1Status: 'completed', Leg2Status: 'no-answer' } }
const SMALL = { exotelPatience: IMPATIENT }

async function started(t: Test, options: TestAppOptions = {}) {
  const test = await exotelApp(t, { ...SMALL, ...options })
  const log = (event: string, at: number, data: object) =>
    test.post('/api/ribbon/log-call', { apiKey: DEMO_KEY, event, data, timestamp: new Date(at).toISOString() })
  const call = async (sid: string) =>
    (await test.get(`/api/ribbon/calls/session-${sid}`)).json<{ call: Record<string, unknown>; events: unknown[] }>()
  const events = async () =>
    (await test.get('/api/ribbon/call-logs')).json<{ pagination: { total: number } }>().pagination.total
  return { ...test, log, call, events }
}

t.test('what was missed is taken in and reported, and the second time nothing is left to find', async (t) => {
  const test = await started(t)
  const { exotel, log, call, events } = test
  exotel.pageSize = 2
  const unheard = exotel.add(MORNING, 0, TALKED)
  const unended = exotel.add(MORNING + 1000, 0, MISSED)
  const misjudged = exotel.add(MORNING + 2000, 0, { ...MISSED, Status: 'busy' })
  const known = exotel.add(MORNING + 3000, 0, TALKED)
  await log('connected', MORNING + 1000, { callSid: unended, callDirection: 'outbound' })
  await log('connected', MORNING + 2000, { callSid: misjudged, callDirection: 'outbound' })
  await log('callEnded', MORNING + 40_000, { callSid: misjudged, duration: 37 })
  await test.storage.record(
    newEvent({
      clientId: 'client-demo',
      source: 'provider',
      event: 'statusCallback',
      occurredAt: MORNING + 63_000,
      data: {
        CallSid: known,
        EventType: 'terminal',
        Status: 'completed',
        ConversationDuration: '45',
        Direction: 'outbound-api',
        To: '0XXXXX20000',
        PhoneNumberSid: '08047112233',
        StartTime: exotelTime(MORNING + 3000),
      },
    }),
  )
  const run = await reconciled(test, DAY)
  t.match(run, {
    state: 'finished',
    startedBy: 'admin',
    startedAt: '2025-10-12T10:35:00Z',
    finishedAt: '2025-10-12T10:35:00Z',
    from: '2025-10-11T18:30:00Z',
    to: '2025-10-12T10:35:00Z',
    doneTo: '2025-10-12T10:35:00Z',
    calls: 4,
    missing: 1,
    changed: 2,
    unknown: 0,
    pending: 0,
    unusable: 0,
    error: null,
  })
  t.match(run.differences, [
    { callSid: unheard, kind: 'missing', changes: [{ member: 'status', before: null, after: 'completed' }] },
    { callSid: unended, kind: 'changed', changes: [{ member: 'status', before: 'active', after: 'no-answer' }] },
    {
      sessionId: `session-${misjudged}`,
      kind: 'changed',
      changes: [{ member: 'status', before: 'completed', after: 'busy' }],
    },
  ])
  t.match(await call(unheard), { call: { status: 'completed', confirmed: true, duration: 45 } })
  t.match(await call(unended), { call: { status: 'no-answer', confirmed: true } })
  t.match(await call(misjudged), { call: { status: 'busy', confirmed: true } })
  t.strictSame(
    exotel.requests.filter((request) => request.includes('/Calls/')).length,
    2,
    'Exotel is asked for single calls where its list leaves their verdict open',
  )
  const before = await events()
  t.match(await reconciled(test, DAY), { calls: 4, missing: 0, changed: 0, differences: [] })
  t.equal(await events(), before, 'and nothing is written')
})

t.test('Exotel is asked again where it is slow or says how long to wait, and what it refuses is told', async (t) => {
  const test = await started(t, {
    exotelTiming: { connectMs: 2000, answerMs: 500, idleMs: 1000, totalMs: 2000 },
  })
  const { exotel } = test
  exotel.pageSize = 1
  for (const at of [0, 1000]) exotel.add(MORNING + at, 0, TALKED)
  exotel.next.push({ status: 429, retryAfter: '0' }, 'hang')
  t.match(await reconciled(test, DAY), { state: 'finished', missing: 2 })
  const failing = async (...behaviours: Behaviour[]) => {
    exotel.next.push(...behaviours)
    return reconciled(test, DAY)
  }
  t.match(await failing({ status: 500 }, { status: 500 }, { status: 503, message: 'Down' }), {
    state: 'failed',
    doneTo: '2025-10-11T18:30:00Z',
    error: 'Exotel’s records could not be read to the end: Down',
  })
  await giveExotelApi(test, 'client-demo', WRONG_API)
  exotel.echoes = true
  const refused = await reconciled(test, DAY)
  t.match(refused, { state: 'failed', error: /^Exotel does not take the API credentials of this client: Basic …/ })
  t.notMatch(JSON.stringify(refused), WRONG_API.apiToken)
})

t.test('a range of which Exotel has no records is refused in words', async (t) => {
  const test = await started(t)
  for (const [range, pointer, message] of [
    [{ from: '2025-10-13', to: '2025-10-14' }, '/from', 'is "2025-10-13", which is in the future'],
    [{ from: '2025-10-12', to: '2025-10-11' }, '/from', 'is "2025-10-12", which is after to, "2025-10-11"'],
    [
      { from: '2025-04-12', to: '2025-10-11' },
      '/from',
      'is "2025-04-12", and Exotel keeps its lists of calls for six months: write 2025-04-12T10:35:00Z or later',
    ],
    [
      { to: '2025-04-12' },
      '/to',
      'is "2025-04-12", and Exotel keeps its lists of calls for six months: write 2025-04-12T10:35:00Z or later',
    ],
    [{ from: 'monday', to: '2025-10-11' }, '/from', /^is "monday", .* write a date such as/],
    [{ from: '2025-10-11', to: 'monday' }, '/to', /^is "monday", .* write a date such as/],
  ] as const) {
    const answer = await startReconciliation(test, range)
    t.match(answer.json(), { status: 400, code: 'invalid_request', errors: [{ in: 'body', pointer, message }] })
  }
  t.match((await startReconciliation(test, DAY, 'nobody')).json(), { status: 404, code: 'client_not_found' })
  t.match((await latestReconciliation(test, 'nobody')).json(), { status: 404, code: 'client_not_found' })
  t.match((await startReconciliation(test, DAY, 'client-001')).json(), { status: 409, code: 'exotel_not_set_up' })
  t.match((await latestReconciliation(test)).json(), { status: 404, code: 'reconciliation_not_found' })
  t.strictSame(test.exotel.requests, [])
})

t.test('without bounds it is the last day that is reconciled', async (t) => {
  const test = await started(t)
  t.match(await reconciled(test, {}), { from: '2025-10-11T10:35:00Z', to: '2025-10-12T10:35:00Z' })
  t.match(await reconciled(test, { to: '2025-10-11' }), { from: '2025-10-10T18:30:00Z', to: '2025-10-11T18:30:00Z' })
  t.match(await reconciled(test, { from: '2025-10-12' }), { from: '2025-10-11T18:30:00Z', to: '2025-10-12T10:35:00Z' })
})

t.test('months are read a day at a time, whatever Exotel takes at once', async (t) => {
  const test = await started(t)
  test.exotel.now = START
  const sids = [170, 60, 1].map((days) => test.exotel.add(START - days * 86_400_000, 0, TALKED))
  const run = await reconciled(test, { from: '2025-04-13', to: '2025-10-12' })
  t.match(run, { state: 'finished', calls: 3, missing: 3 })
  t.strictSame(
    run.differences.map(({ callSid }) => callSid),
    sids,
  )
})

t.test('a call that has just ended is left until Exotel says when, and settled by the next run', async (t) => {
  const test = await started(t)
  const sid = test.exotel.add(START - 300_000, 2, TALKED)
  const busy = test.exotel.add(START - 200_000, 1, { Status: 'busy' })
  const goesOn = test.exotel.add(START - 100_000, 0, { Status: 'in-progress', EndTime: null })
  t.match(await reconciled(test, DAY), { calls: 3, pending: 3, missing: 0 })
  t.match(await reconciled(test, DAY), { calls: 3, pending: 2, missing: 1, differences: [{ callSid: busy }] })
  t.match(await reconciled(test, DAY), { calls: 3, pending: 1, missing: 1, differences: [{ callSid: sid }] })
  Object.assign(test.exotel.calls.get(goesOn) ?? {}, { Status: 'completed', ...TALKED })
  test.clock.now += 3_600_000
  t.match(await reconciled(test, DAY), { pending: 0, missing: 1 }, 'an end that does not come is not waited for')
  t.match(await test.call(sid), { call: { confirmed: true, duration: 45 } })
})

t.test('a call that Exotel lists and does not know by itself is left, and so is one that cannot be kept', async (t) => {
  const test = await started(t)
  const call = { Sid: 'gone', Status: 'completed', DateCreated: exotelTime(MORNING), EndTime: exotelTime(MORNING) }
  const listed = [
    call,
    { ...call, Sid: null },
    { ...call, Sid: 'long', Status: 'busy', Note: 'x'.repeat(40_000) },
    call,
  ]
  test.exotel.next.push({ status: 200, body: JSON.stringify({ Calls: listed }) })
  t.match(await reconciled(test, DAY), { calls: 2, pending: 1, unusable: 2, missing: 0 })
  t.equal(await test.events(), 0)
})

t.test('calls that Exotel does not list are asked for, and those that it does not know are told', async (t) => {
  const test = await started(t)
  const { exotel, log } = test
  const late = exotel.add(START - 86_400_000, 0, TALKED)
  await log('connected', MORNING, { callSid: late })
  await log('connected', MORNING, { callSid: 'invented' })
  await log('connected', MORNING, { callId: 'of-the-ribbon' })
  await log('connected', START - 60_000, { callSid: 'just-now' })
  const { differences, ...run } = await reconciled(test, { from: '2025-10-12T05:00:00+05:30', to: '2025-10-12' })
  t.match(run, { calls: 0, missing: 0, changed: 1, unknown: 1 })
  t.match(
    differences.map(({ callSid, kind, changes }) => [callSid, kind, changes.length > 0]).sort(),
    [
      [late, 'changed', true],
      ['invented', 'unknown', false],
    ].sort(),
  )
  t.match(
    await test.call('invented'),
    { call: { status: 'expired', confirmed: undefined }, events: { length: 1 } },
    'and they stay as they are',
  )
})

t.test('a call that is dropped while it is looked for is left', async (t) => {
  const test = await started(t, { storage: replacing('callBySession', () => Promise.resolve(null)) })
  await test.log('connected', MORNING, { callSid: 'dropped' })
  t.match(await reconciled(test, DAY), { state: 'finished', unknown: 0 })
  t.strictSame(test.exotel.requests.length, 1)
})

t.test('no run asks for more calls than it may, nor lists more than it may', async (t) => {
  const test = await started(t)
  const many = Array.from({ length: LIMITS.unlistedCalls + 1 }, (_, i) => i)
  await test.storage.recordAll(
    many.map((i) =>
      newEvent({
        clientId: 'client-demo',
        event: 'connected',
        data: { callSid: `invented-${String(i)}` },
        occurredAt: MORNING + i * 1000,
      }),
    ),
  )
  t.match(await reconciled(test, DAY), { unknown: LIMITS.unlistedCalls })
  for (const i of many) test.exotel.add(MORNING + i * 1000, 0, { Status: 'busy' })
  const run = await reconciled(test, DAY)
  t.match(run, { missing: LIMITS.listedDifferences + 1, unknown: LIMITS.unlistedCalls })
  t.equal(run.differences.length, LIMITS.listedDifferences)
})

t.test('a call that was corrected stays so, and Exotel’s record is kept beside that', async (t) => {
  const test = await started(t)
  const sid = test.exotel.add(MORNING, 0, { ...TALKED, To: '0XXXXX20000' })
  await test.log('connected', MORNING, { callSid: sid, callDirection: 'outbound' })
  await test.log('callEnded', MORNING + 30_000, { callSid: sid, duration: 27 })
  const correct = (body: object) =>
    test.post(`/api/ribbon/calls/session-${sid}/corrections`, body, { 'x-api-key': DEMO_KEY })
  t.equal((await correct({ reason: 'a mailbox', status: 'no-answer' })).statusCode, 200)
  await reconciled(test, DAY)
  t.match(await test.call(sid), { call: { status: 'no-answer' } })
  const before = await test.events()
  t.equal(before, 4, 'two of the ribbon, the correction, and Exotel’s own')
  t.match(await reconciled(test, DAY), { changed: 0 })
  t.equal(await test.events(), before)
})

t.test('what changes nothing that anybody sees is kept, and not told', async (t) => {
  const test = await started(t)
  const sid = test.exotel.add(MORNING, 0, { Status: 'no-answer', PhoneNumberSid: null, From: null, To: null })
  const at = MORNING + 60_000
  await test.storage.recordAll([
    newEvent({ clientId: 'client-demo', event: 'dialing', data: { callSid: sid }, occurredAt: MORNING }),
    newEvent({
      clientId: 'client-demo',
      event: 'corrected',
      source: 'operator',
      data: { callSid: sid, status: 'no-answer', endTime: '2025-10-12T00:31:00Z', duration: 0, reason: 'x' },
      occurredAt: at,
    }),
  ])
  t.match(await test.call(sid), { call: { status: 'no-answer' } })
  t.match(await reconciled(test, DAY), { calls: 1, changed: 0, missing: 0 })
  t.equal(await test.events(), 3)
})

t.test('a call of very many events is no difference for those that are not read', async (t) => {
  const test = await started(t)
  const sid = test.exotel.add(MORNING, 0, { Status: 'busy' })
  await test.storage.recordAll(
    Array.from({ length: LIMITS.callEvents }, (_, digit) =>
      newEvent({ clientId: 'client-demo', event: 'dtmf', data: { callSid: sid, digit }, occurredAt: MORNING + digit }),
    ),
  )
  t.match(await reconciled(test, DAY), { changed: 1 })
  t.match(await reconciled(test, DAY), { calls: 1, changed: 0 })
})

t.test('a recording that Exotel tells of late is taken in, of a call whose end is known', async (t) => {
  const test = await started(t)
  const sid = test.exotel.add(MORNING, 0, TALKED)
  await reconciled(test, DAY)
  Object.assign(test.exotel.calls.get(sid) ?? {}, { RecordingUrl: 'https://recordings.exotel.com/a.mp3' })
  t.match((await reconciled(test, DAY)).differences, [
    { kind: 'changed', changes: [{ member: 'recordingUrl', before: null, after: /a\.mp3$/ }] },
  ])
  t.match(await reconciled(test, DAY), { changed: 0 })
})

t.test('what became of a call that this server was asked to make is known by Exotel’s record of it', async (t) => {
  const test = await started(t)
  const place = () =>
    test.post(
      '/api/ribbon/calls',
      { from: '+919876500001', to: '+919876543210' },
      { 'x-api-key': DEMO_KEY, 'idempotency-key': 'one' },
    )
  test.exotel.next.push('drop')
  t.equal((await place()).statusCode, 504)
  const [made] = test.exotel.calls.values()
  const times = { DateCreated: exotelTime(MORNING), DateUpdated: exotelTime(MORNING), StartTime: exotelTime(MORNING) }
  Object.assign(made ?? {}, { ...times, created: MORNING, Status: 'in-progress' })
  t.match(await reconciled(test, DAY), { calls: 1, pending: 1 })
  t.match((await place()).json(), { callSid: made?.Sid })
  Object.assign(made ?? {}, { Status: 'busy', EndTime: exotelTime(MORNING) })
  t.match(await reconciled(test, DAY), { missing: 1 })
  t.match(await reconciled(test, DAY), { missing: 0, changed: 0 })
})

t.test('calls of which the client keeps nothing any more do not come back', async (t) => {
  const test = await started(t)
  const dayStart = Date.parse('2025-10-11T18:30:00Z')
  await test.log('connected', dayStart - 3_600_000, { callSid: 'dropped' })
  t.equal(await test.storage.dropBefore('client-demo', dayStart, 10), 2)
  test.exotel.add(dayStart - 1000, 0, TALKED)
  const kept = test.exotel.add(dayStart, 0, TALKED)
  t.match(await reconciled(test, { from: '2025-10-10', to: '2025-10-12' }), {
    calls: 1,
    differences: [{ callSid: kept }],
  })
  t.match(await reconciled(test, { from: '2025-10-10', to: '2025-10-10' }), { state: 'finished', calls: 0 })
})

t.test('one of a client goes on at a time, and each client’s is its own', async (t) => {
  const test = await started(t)
  await giveExotelApi(test, 'client-001')
  const sid = test.exotel.add(MORNING, 0, TALKED)
  const arrived = test.exotel.arrived()
  test.exotel.next.push('hang')
  t.equal((await startReconciliation(test, DAY)).statusCode, 202)
  await arrived
  t.match((await startReconciliation(test, DAY)).json(), { status: 409, code: 'reconciliation_running' })
  t.match((await latestReconciliation(test, 'client-001')).json(), { code: 'reconciliation_not_found' })
  t.match(await reconciled(test, DAY, 'client-001'), { missing: 1 })
  t.match((await latestReconciliation(test)).json(), { state: 'running', finishedAt: null, calls: 0 })
  const own = await test.get(`/api/ribbon/calls/session-${sid}`, { 'x-api-key': COLLECTIONS_KEY })
  t.equal(own.statusCode, 200)
  t.equal((await test.get(`/api/ribbon/calls/session-${sid}`)).statusCode, 404, 'what one took in is none of another’s')
})

t.test('of many that start one at once one does', async (t) => {
  const test = await started(t)
  const answers = await Promise.all(Array.from({ length: 10 }, () => startReconciliation(test, DAY)))
  const statuses = answers.map(({ statusCode }) => statusCode)
  t.ok(statuses.includes(202))
  t.ok(statuses.every((status) => status === 202 || status === 409))
  const { entries } = (
    await test.get('/api/admin/audit-log?clientId=client-demo', { authorization: `Bearer ${ADMIN_TOKEN}` })
  ).json<{ entries: { action: string; details: object }[] }>()
  const runs = entries.filter(({ action }) => action === 'reconciliation.started')
  t.equal(runs.length, statuses.filter((status) => status === 202).length, 'each is in the audit log')
  t.match(runs[0], { actor: 'admin', details: { from: '2025-10-11T18:30:00Z', to: '2025-10-12T10:35:00Z' } })
})

t.test('a server that ends stops its runs, and another may start them at once', async (t) => {
  const test = await started(t)
  test.exotel.add(MORNING, 0, TALKED)
  const arrived = test.exotel.arrived()
  test.exotel.next.push('hang')
  await startReconciliation(test, DAY)
  await arrived
  await test.app.close()
  const next = await exotelApp(t, { ...SMALL, store: test.storage })
  t.match((await latestReconciliation(next)).json(), {
    state: 'stopped',
    error: 'The server that did it was shut down.',
  })
  t.match(await reconciled(next, DAY), { state: 'finished' })
})

t.test('a run whose server is gone without a word gives way after ten minutes', async (t) => {
  const test = await started(t)
  const report = JSON.stringify(emptyReport({ from: START, to: START }))
  const claim = { runId: 'killed', startedBy: 'server', silentFrom: 0, ownFrom: 0, report }
  await test.storage.claimReconciliation('client-demo', { ...claim, now: START })
  test.clock.now += LIMITS.reconciliationSilenceMs
  t.match((await startReconciliation(test, DAY)).json(), { code: 'reconciliation_running' })
  test.clock.now += 1
  t.match((await latestReconciliation(test)).json(), { state: 'stopped', finishedAt: '2025-10-12T10:35:00Z' })
  t.match(await reconciled(test, DAY), { state: 'finished' })
})

t.test('what is not in the audit log is not done, and may be tried again', async (t) => {
  const away = replacing('audit', () => Promise.reject(new StorageUnavailable('gone')))
  const test = await started(t, { storage: away })
  t.equal((await startReconciliation(test, DAY)).statusCode, 503)
  t.match((await latestReconciliation(test)).json<Reconciliation>(), { state: 'stopped' })
  t.equal((await startReconciliation(test, DAY)).statusCode, 503, 'none is in its way')
  t.strictSame(test.exotel.requests, [])
})
