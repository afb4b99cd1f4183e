import { randomUUID } from 'node:crypto'
import t from 'tap'
import { hashApiKey, hintOfApiKey, newApiKey } from '../../src/clients/api-keys.js'
import { LIMITS } from '../../src/core/limits.js'
import type { EventOutcome, LogCallsResponse } from '../../schemas/log-calls.js'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { ENGINES, replacing } from '../helpers/storage.js'

const URL = '/api/ribbon/log-calls'
const KEY = { 'x-api-key': DEMO_KEY }
const LINES = { ...KEY, 'content-type': 'application/x-ndjson' }

const app = await buildTestApp(t)
const { clock, get, inject, post, storage } = app

interface Event {
  readonly [member: string]: unknown
}

const event = (callSid: string, members: object = {}): Event => ({
  event: 'connected',
  data: { callSid, phoneNumber: '+919876543210' },
  timestamp: '2025-10-12T10:30:00Z',
  ...members,
})

/** The answer to a batch that was taken. */
async function logged(events: readonly unknown[], headers: Readonly<Record<string, string>> = KEY, to: TestApp = app) {
  const answer = await to.post(URL, { events }, headers)
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<LogCallsResponse>()
}

async function loggedLines(payload: string | Buffer, headers: Readonly<Record<string, string>> = LINES) {
  const answer = await inject({ method: 'POST', url: URL, payload, headers })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<LogCallsResponse>()
}

const statuses = ({ outcomes }: LogCallsResponse) => outcomes.map(({ status }) => status)
const problems = ({ outcomes }: LogCallsResponse) => outcomes.map(({ problem }) => problem)
const codes = (answer: LogCallsResponse) => problems(answer).map((problem) => problem?.code)
const total = async (name: string, { get }: Pick<TestApp, 'get'> = app) =>
  (await get(`/api/ribbon/call-logs?event=${name}`)).json<{ pagination: { total: number } }>().pagination.total

for (const engine of ENGINES) {
  t.test(
    `on ${engine}, each event of a batch has an outcome of its own, in order, and the good ones are kept`,
    async (t) => {
      const app = await buildTestApp(t, { engine })
      const first = await app.post('/api/ribbon/log-call', event('CA-1'), KEY)
      const sent = [
        event('CA-1'),
        event('CA-2', { event: 'kept' }),
        { event: 'kept', data: 7 },
        event('CA-3', { event: 'kept', eventId: 'own' }),
        event('CA-2', { event: 'kept' }),
        event('CA-4', { event: 'kept', eventId: 'own' }),
        'text',
        event('CA-5', { event: 'kept', timestamp: 'yesterday' }),
      ]
      const answer = await logged(sent, KEY, app)
      t.strictSame(
        { ...answer, outcomes: statuses(answer) },
        {
          success: false,
          created: 2,
          duplicates: 2,
          invalid: 4,
          outcomes: ['duplicate', 'created', 'invalid', 'created', 'duplicate', 'invalid', 'invalid', 'invalid'],
        },
      )
      const { outcomes } = answer
      t.equal(outcomes[0]?.logId, first.json<{ logId: string }>().logId)
      t.equal(outcomes[4]?.logId, outcomes[1]?.logId, 'a repeat within the batch has the first one’s id')
      t.match(problems(answer), [
        undefined,
        undefined,
        { status: 400, code: 'invalid_request', errors: [{ in: 'body', pointer: '/events/2/data' }] },
        undefined,
        undefined,
        { status: 422, code: 'idempotency_conflict', title: 'Idempotency conflict' },
        { detail: '/events/6 must be an object, not a string.', errors: [{ pointer: '/events/6' }] },
        { errors: [{ pointer: '/events/7/timestamp' }] },
      ])
      t.equal(await total('kept', app), 2)
      const again = await logged(sent, KEY, app)
      t.match(again, { created: 0, duplicates: 4, invalid: 4 })
      t.strictSame(
        again.outcomes.map(({ logId }) => logId),
        outcomes.map(({ logId }) => logId),
      )
      t.match(await logged([event('CA-6')], KEY, app), { success: true, created: 1, duplicates: 0, invalid: 0 })
    },
  )
}

t.test('an event is told the same words, in the same shape, as by itself', async (t) => {
  const fresh = event('CA-words')
  const bad: readonly Event[] = [
    { ...fresh, event: undefined },
    { ...fresh, event: '7up' },
    { ...fresh, data: { duration: '180', callSid: 7, customerData: [] } },
    { ...fresh, data: { note: 'x'.repeat(LIMITS.dataLength) } },
    { ...fresh, widget: 'x'.repeat(LIMITS.contextLength) },
    { ...fresh, timestamp: '1760280743' },
    { ...fresh, timestamp: '2099-01-01T00:00:00Z' },
    { ...fresh, eventId: '' },
    { ...fresh, note: 'x'.repeat(LIMITS.bodyBytes) },
  ]
  const batch = problems(await logged(bad))
  for (const [place, body] of bad.entries()) {
    const alone = (await post('/api/ribbon/log-call', body, KEY)).json<NonNullable<EventOutcome['problem']>>()
    const { instance, requestId, ...problem } = alone as typeof alone & { instance: string; requestId: string }
    t.ok(instance && requestId)
    const pointer = `/events/${String(place)}`
    const within = (text: string) =>
      text
        .replace(/^(?=\/)|(?<=\. )(?=\/)/g, pointer)
        .replace('The body is', 'The event is')
        .replace('The body has', `${pointer} has`)
    const errors = problem.errors?.map((error) => ({ ...error, pointer: pointer + error.pointer }))
    t.strictSame(batch[place], { ...problem, detail: within(problem.detail), ...(errors && { errors }) })
  }
})

t.test('what its text says that its value does not hold spoils the one event', async (t) => {
  const good = JSON.stringify(event('CA-altered', { event: 'altered' }))
  const bad = [
    good.replace('{', '{"event":"other",'),
    good.replace('"CA-altered"', '12345678901234567890'),
    good.replace('"callSid"', '"__proto__":{},"callSid"'),
    good.replace('"callSid"', '"constructor":{"prototype":{}},"callSid"'),
  ]
  const payload = `{"events":[${[...bad, good].join(' , ')}]}`
  const answer = await inject({
    method: 'POST',
    url: URL,
    payload,
    headers: { ...KEY, 'content-type': 'application/json' },
  })
  const said = answer.json<LogCallsResponse>()
  t.strictSame(statuses(said), ['invalid', 'invalid', 'invalid', 'invalid', 'created'])
  t.match(problems(said), [
    { errors: [{ pointer: '/events/0/event', message: /is named twice/ }] },
    { errors: [{ pointer: '/events/1/data/callSid', message: /which JavaScript rounds/ }] },
    { code: 'invalid_json', detail: /^The event is not JSON: .* named __proto__/ },
    { code: 'invalid_json', detail: /named prototype/ },
  ])
  t.equal(await total('altered'), 1)
})

t.test('what is wrong with the batch itself refuses all of it', async (t) => {
  const good = event('CA-whole', { event: 'whole' })
  const many = Array.from({ length: LIMITS.batchEvents + 500 }, () => good)
  const json = { 'content-type': 'application/json' }
  for (const [payload, status, code, detail] of [
    ['{"events":[]}', 400, 'invalid_request', /^\/events must /],
    ['{}', 400, 'invalid_request', /^\/events is required/],
    ['{"events":{"0":{}}}', 400, 'invalid_request', /^\/events must be an array/],
    ['[]', 400, 'invalid_request', /^The body must be an object/],
    ['"events"', 400, 'invalid_request', /^The body must be an object/],
    [JSON.stringify({ events: many }), 400, 'invalid_request', /at most 1000 entries, not 1500/],
    [
      JSON.stringify({ events: [good], event: good }),
      400,
      'invalid_request',
      /^\/event is not a member of this request/,
    ],
    [`{"events":[${JSON.stringify(good)}],"events":[]}`, 400, 'invalid_request', /^\/events is named twice/],
    [`{"events":[${JSON.stringify(good)},]}`, 400, 'invalid_json', /a comma stands before the end/],
    [`{"events":[${JSON.stringify(good)}`, 400, 'invalid_json', /it was cut off/],
    [
      `{"events":[${JSON.stringify(good)},\n{"event":"a",}]}`,
      400,
      'invalid_json',
      /in line 2, column 14, after "event",/,
    ],
    [`{"events":[${JSON.stringify(good)}],\n"note":nothing}`, 400, 'invalid_json', /in line 2, column 8/],
    [`{"__proto__":{},"events":[${JSON.stringify(good)}]}`, 400, 'invalid_json', /__proto__/],
    ['', 400, 'invalid_json', /empty/],
    [Buffer.from('{"events":["\xff"]}', 'latin1'), 400, 'invalid_json', /not UTF-8/],
    [' '.repeat(LIMITS.batchBytes + 1), 413, 'payload_too_large', /longer than 4194304 bytes/],
  ] as const) {
    const answer = await inject({ method: 'POST', url: URL, payload, headers: { ...KEY, ...json } })
    t.match(answer.json(), { status, code, detail }, String(payload.slice(0, 60)))
  }
  const bare = await inject({ method: 'POST', url: URL, headers: KEY })
  t.match(bare.json(), { status: 400, detail: /^The body must be an object/ }, 'a request without a body')
  t.equal(await total('whole'), 0)
})

t.test('events are found however the document is written', async (t) => {
  const one = JSON.stringify(event('CA-written', { event: 'written', data: { callSid: 'a]},{["\\"' } }))
  const json = { ...KEY, 'content-type': 'application/json' }
  for (const payload of [
    `\uFEFF { "events" : [ ${one} ] } `,
    `{"apiKey":"${DEMO_KEY}","events"\n:\t[\r\n${one}\r\n]}`,
    `{"\\u0065vents":[${one}]}`,
  ]) {
    const answer = await inject({ method: 'POST', url: URL, payload, headers: json })
    t.match(answer.json(), { success: true, outcomes: [{ logId: /^log-/ }] }, payload)
  }
  t.equal(await total('written'), 1)
})

t.test('lines are events, each by itself: one that is no JSON is invalid alone', async (t) => {
  const good = (name: string) => JSON.stringify(event(`CA-${name}`, { event: 'line' }))
  const text = [
    good('1'),
    '',
    '{"event":',
    ' \t\r',
    `${good('2')}\r`,
    '{"event":"line","data":{"callSid":7.5e999}}',
    good('1'),
    '{"event":"line","event":"line","data":{}}',
    '[]',
  ].join('\n')
  const payload = Buffer.concat([Buffer.from(`${text}\n`), Buffer.from([0x22, 0xff, 0x22])])
  const answer = await loggedLines(payload)
  const expected = ['created', 'invalid', 'created', 'invalid', 'duplicate', 'invalid', 'invalid', 'invalid']
  t.strictSame(statuses(answer), expected)
  t.match(problems(answer), [
    undefined,
    { code: 'invalid_json', detail: /^The event is not JSON: in line 1, column 10/ },
    undefined,
    { errors: [{ pointer: '/data/callSid' }] },
    undefined,
    { errors: [{ pointer: '/event', message: /named twice/ }] },
    { detail: 'The body must be an object, not an array.' },
    { code: 'invalid_json', detail: /^The event is not UTF-8/ },
  ])
  t.equal(await total('line'), 2)
  const send = (payload: string | Buffer, headers: Readonly<Record<string, string>> = LINES) =>
    inject({ method: 'POST', url: URL, payload, headers })
  t.match((await send('\n \n')).json(), { status: 400, code: 'invalid_request' }, 'no line is no batch')
  t.match((await send('{}\n'.repeat(1001))).json(), { status: 400, detail: /at most 1000 entries, not 1001/ })
  const type = 'application/x-ndjson; charset=latin1'
  t.match((await send('{}', { ...LINES, 'content-type': type })).json(), { status: 415 })
  t.match((await send('{}', { 'content-type': LINES['content-type'] })).json(), {
    status: 401,
    code: 'missing_api_key',
  })
  t.match((await send('{}\n'.repeat(2_000_000))).json(), { status: 413 })
})

t.test('a thousand events are taken, of any of the lengths that one may have', async (t) => {
  const events = Array.from({ length: LIMITS.batchEvents }, (_, n) => event(`CA-many-${String(n)}`, { event: 'many' }))
  t.match(await logged(events), { success: true, created: LIMITS.batchEvents })
  t.match(await loggedLines(events.map((one) => JSON.stringify(one)).join('\n')), { duplicates: LIMITS.batchEvents })
  t.equal(await total('many'), LIMITS.batchEvents)
  const long = Array.from({ length: 100 }, (_, n) =>
    event('', { data: { n, note: 'x'.repeat(LIMITS.dataLength - 40) } }),
  )
  t.match(await logged(long), { success: true, created: 100 })
})

t.test('an answer’s words are bounded together, and its outcomes are all there', async (t) => {
  const members = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`${'x'.repeat(90)}${String(n)}`, n]))
  const bad = Array.from({ length: LIMITS.batchEvents }, () => ({ data: { customerData: members, duration: 'a' } }))
  const misspelt = Array.from({ length: 500 }, (_, n) =>
    event(`CA-${String(n)}`, { timestmp: 'x', domian: 'y', evnt: 'z' }),
  )
  for (const [events, status] of [
    [bad, 'invalid'],
    [misspelt, 'created'],
  ] as const) {
    const answer = await logged(events)
    t.strictSame(statuses(answer), Array(events.length).fill(status))
    const words = answer.outcomes.flatMap(({ warnings = [], problem }) => [...warnings, ...(problem?.errors ?? [])])
    const length = words.reduce((sum, { pointer, message }) => sum + pointer.length + message.length, 0)
    t.ok(length > 0 && length <= LIMITS.batchFaultsLength, String(length))
    t.ok(JSON.stringify(answer).length < 400 * events.length)
  }
  const { outcomes } = await logged(bad)
  t.match(outcomes.at(-1)?.problem, { code: 'invalid_request', detail: /send it again by itself/ })
  t.notOk('errors' in (outcomes.at(-1)?.problem ?? {}))
})

t.test('near misses are warnings with the place of the event; strict handling makes them invalid', async (t) => {
  const misspelt = [event('CA-good'), event('', { data: { callsid: 'CA-near' }, event: 'nearMiss' })]
  const strict = await post(URL, { events: misspelt }, { ...KEY, prefer: 'handling=strict' })
  t.equal(strict.headers['preference-applied'], 'handling=strict')
  const message = 'is no known member: did you mean callSid?'
  const pointer = '/events/1/data/callsid'
  t.match(strict.json(), {
    created: 1,
    invalid: 1,
    outcomes: [{}, { problem: { errors: [{ in: 'body', pointer, message }] } }],
  })
  t.equal(await total('nearMiss'), 0)
  const lenient = await logged(misspelt)
  t.strictSame(lenient.outcomes[1]?.warnings, [{ pointer, message }])
  t.match((await loggedLines(JSON.stringify(misspelt[1]))).outcomes, [
    { warnings: [{ pointer: '/data/callsid', message }] },
  ])
})

t.test('a batch with an idempotency key repeats whole, also what names neither call nor time', async (t) => {
  const anonymous = { event: 'anonymous', data: { phoneNumber: '+919812345678' } }
  const headers = { ...KEY, 'idempotency-key': 'batch-1' }
  const events = [anonymous, anonymous, event('CA-key', { event: 'anonymous', eventId: 'its own' })]
  const first = await logged(events, headers)
  t.strictSame(statuses(first), ['created', 'created', 'created'])
  t.match(await logged(events, headers), { created: 0, duplicates: 3 })
  t.match(await logged([events[2], anonymous, events[2]], headers), { duplicates: 3 }, 'an id goes with its event')
  t.strictSame(codes(await logged([anonymous, { ...anonymous, event: 'other' }], headers)), [
    undefined,
    'idempotency_conflict',
  ])
  t.equal(await total('anonymous'), 3)
  const long = { ...KEY, 'idempotency-key': 'k'.repeat(LIMITS.idempotencyKeyLength + 1) }
  t.match((await post(URL, { events }, long)).json(), {
    status: 400,
    errors: [{ in: 'headers', pointer: '/idempotency-key' }],
  })
  t.match(await logged([anonymous, anonymous]), { created: 2 }, 'without a key each is another event')
  const single = { ...KEY, 'idempotency-key': 'batch-1' }
  t.equal((await post('/api/ribbon/log-call', anonymous, single)).statusCode, 200)
  t.equal(await total('anonymous'), 6, 'an event’s own key is none of a batch')
})

t.test('the key stands in the body or the header; an event may repeat it, and have no other', async (t) => {
  const mine = event('CA-mine', { event: 'keyed', apiKey: DEMO_KEY })
  const other = event('CA-other', { event: 'keyed', apiKey: COLLECTIONS_KEY })
  const answer = await post(URL, {
    apiKey: DEMO_KEY,
    events: [mine, other, { ...event('CA-none', { event: 'keyed' }), apiKey: '' }],
  })
  t.match(answer.json(), {
    created: 2,
    invalid: 1,
    outcomes: [{}, { problem: { errors: [{ pointer: '/events/1/apiKey' }] } }],
  })
  t.notMatch((await get('/api/ribbon/call-logs?event=keyed')).body, 'api-key')
  t.match(statuses(await loggedLines(JSON.stringify(mine))), ['duplicate'])
  t.equal((await post(URL, { events: [mine] })).statusCode, 401, 'an event’s key is not the batch’s')
  t.equal((await post(URL, { apiKey: 'unknown', events: [mine] })).statusCode, 401)
  t.match((await post(URL, { apiKey: COLLECTIONS_KEY, events: [mine] }, KEY)).json(), {
    status: 400,
    errors: [{ pointer: '/apiKey' }],
  })
  t.equal((await post(URL, { apiKey: 7, events: [mine] }, KEY)).statusCode, 400)
})

t.test(
  'a publishable key tells only of what just happened, and a session only of its agent, event by event',
  async (t) => {
    const [publishable, secret] = [newApiKey('publishable'), newApiKey('secret')]
    for (const [key, kind] of [
      [publishable, 'publishable'],
      [secret, 'secret'],
    ] as const) {
      const made = { keyHash: hashApiKey(key), hint: hintOfApiKey(key), createdAt: clock.now, kind }
      await storage.createApiKey('client-001', {
        ...made,
        ...(kind === 'secret' && { scopes: ['write', 'manage'] as const }),
      })
    }
    const page = { 'x-api-key': publishable, origin: 'https://localhost' }
    const at = (ms: number) => event(randomUUID(), { timestamp: new Date(clock.now + ms).toISOString() })
    const { pageEventAgeMs, pageEventAheadMs } = LIMITS
    const times = [at(-pageEventAgeMs), at(-pageEventAgeMs - 1), at(pageEventAheadMs), at(pageEventAheadMs + 1)]
    t.strictSame(statuses(await logged(times, page)), ['created', 'invalid', 'created', 'invalid'])
    t.match(await logged(times, { 'x-api-key': secret }), { success: true, created: 2, duplicates: 2 })

    const session = { agentUserId: 'agent-42', domain: 'localhost' }
    const started = await post('/api/ribbon/agent-sessions', session, { 'x-api-key': secret })
    const { token } = started.json<{ token: string }>()
    const agents = [event('CA-a', { event: 'ofAgent' }), event('CA-b', { event: 'ofAgent', agentUserId: 'agent-7' })]
    const answer = await logged(agents, { authorization: `Bearer ${token}`, origin: 'https://localhost' })
    t.strictSame(statuses(answer), ['created', 'invalid'])
    t.match(problems(answer)[1], { errors: [{ pointer: '/events/1/agentUserId' }] })
    const logs = await get('/api/ribbon/call-logs?event=ofAgent', { 'x-api-key': COLLECTIONS_KEY })
    t.match(logs.json(), { logs: [{ agentUserId: 'agent-42' }] })
  },
)

t.test('a page that closes sends its queue as plain text', async (t) => {
  const payload = JSON.stringify({ apiKey: DEMO_KEY, events: [event('CA-beacon', { event: 'beacon' })] })
  const headers = { 'content-type': 'text/plain;charset=UTF-8' }
  t.match((await inject({ method: 'POST', url: URL, payload, headers })).json(), { created: 1 })
  const foreign = await inject({
    method: 'POST',
    url: URL,
    payload: payload.replace(DEMO_KEY, COLLECTIONS_KEY),
    headers: { ...headers, origin: 'https://evil.example' },
  })
  t.match(foreign.json(), { status: 403, code: 'origin_not_allowed' })
})

t.test('a batch is one request of the limit that log-call has', async (t) => {
  const limited = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '2' } })
  const answer = await limited.post(URL, { events: [event('CA-1'), event('CA-2'), event('CA-3')] }, KEY)
  t.match(answer.headers, { ratelimit: /^"ingest";r=1;/ })
  t.equal((await limited.post('/api/ribbon/log-call', event('CA-4'), KEY)).statusCode, 200)
  t.equal((await limited.post(URL, { events: [event('CA-5')] }, KEY)).statusCode, 429)
})

t.test('while the events of a batch are read, the event loop goes round, so that others are served', async (t) => {
  let rounds = 0
  const go = (): NodeJS.Immediate => setImmediate(() => ((rounds += 1), (next = go())))
  let next = go()
  let atStore = 0
  const storing = replacing('recordAll', (events) => {
    atStore = rounds
    return Promise.resolve(events.map(() => ({ status: 'created', logId: 'log-1-a' }) as const))
  })
  const { post } = await buildTestApp(t, { storage: storing })
  const roundsFor = async (length: number): Promise<number> => {
    const events = Array.from({ length }, (_, n) => event(`CA-beside-${String(n)}`))
    const before = rounds
    t.equal((await post(URL, { events }, KEY)).statusCode, 200)
    return atStore - before
  }
  await roundsFor(1)
  const few = await roundsFor(1)
  const many = await roundsFor(LIMITS.batchEvents)
  clearImmediate(next)
  t.ok(many - few >= 50, `${String(few)} rounds for one event, ${String(many)} for ${String(LIMITS.batchEvents)}`)
})

t.test('what the store fails of is its own event’s, and what it is not there for is everybody’s', async (t) => {
  const failed = replacing('recordAll', async (events) => {
    const [first, ...rest] = events.map(() => ({ status: 'created', logId: 'log-1-a' }) as const)
    return [first ?? { status: 'conflict' }, { status: 'failed', error: new Error('poison') }, ...rest.slice(1)]
  })
  const { post } = await buildTestApp(t, { storage: failed })
  const answer = await post(URL, { events: [event('CA-1'), event('CA-2'), event('CA-3')] }, KEY)
  t.match(answer.json(), {
    success: false,
    created: 2,
    invalid: 1,
    outcomes: [{}, { problem: { status: 500, code: 'internal' } }, {}],
  })
  t.notMatch(answer.body, 'poison')
})
