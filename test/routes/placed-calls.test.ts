/** Making calls: each once, whatever becomes of the requests. */
import t, { type Test } from 'tap'
import { callbackExample } from '../../schemas/exotel-callbacks.js'
import { noteMadeCall } from '../../src/services/call-placing.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import { ADMIN_TOKEN, COLLECTIONS_KEY, type TestApp, type TestAppOptions, buildTestApp } from '../helpers/app.js'
import { type Behaviour, ExotelServer, EXOTEL_API, giveExotelApi, WRONG_API } from '../helpers/exotel-server.js'
import { replacing } from '../helpers/storage.js'

const CALLS = '/api/ribbon/calls'
const CLIENT = 'client-001'
const CALL = { from: '+919876500001', to: '+919876543210' }
const TIMING = { connectMs: 2000, answerMs: 300, idleMs: 400, totalMs: 600 }

interface Calling extends TestApp {
  readonly exotel: ExotelServer
  readonly place: (key: string, call?: object) => ReturnType<TestApp['post']>
}

async function calling(t: Test, options: TestAppOptions = {}, api: object | null = EXOTEL_API): Promise<Calling> {
  const exotel = await ExotelServer.start(t)
  const test = await buildTestApp(t, { exotelTiming: TIMING, ...options, env: { ...exotel.env, ...options.env } })
  await giveExotelApi(test, CLIENT, api)
  const place = (key: string, call: object = CALL) =>
    test.post(CALLS, call, { 'x-api-key': COLLECTIONS_KEY, 'idempotency-key': key })
  return { ...test, exotel, place }
}

t.test('a call is made as it was asked for, and has the session id that its events will have', async (t) => {
  const { exotel, place } = await calling(t)
  const answer = await place('one', {
    ...CALL,
    callerId: '02248900000',
    customField: 'ticket-1',
    timeLimit: 60,
    record: false,
  })
  t.equal(answer.statusCode, 201)
  const [sid = ''] = exotel.calls.keys()
  t.strictSame(answer.json(), { callSid: sid, sessionId: `session-${sid}`, status: 'in-progress' })
  const form = Object.fromEntries(exotel.forms[0] ?? [])
  t.match(form, { From: CALL.from, To: CALL.to, CallerId: '02248900000', TimeLimit: '60', Record: 'false' })
  t.match(form['CustomField'], /^ticket-1 ribbon:[\w-]{22}$/)
  exotel.next.push({ status: 200, body: '{"Call":{"Sid":"CA2"}}' })
  t.match((await place('told little')).json(), { callSid: 'CA2', status: 'queued' })
  await place('two', { ...CALL, customField: '' })
  t.match(Object.fromEntries(exotel.forms[1] ?? []), {
    CallerId: EXOTEL_API.callerId,
    CustomField: /^ribbon:[\w-]{22}$/,
  })
})

t.test('the same request again gets the first one’s answer; another call under its key is refused', async (t) => {
  const { exotel, clock, place, storage } = await calling(t)
  const first = await place('one')
  // A server that has looked the client up believes it for a second.
  clock.now += 2000
  await storage.updateClient(CLIENT, { sealedExotelApi: null, monthlyLimit: 0 })
  for (const call of [CALL, { ...CALL, apiKey: COLLECTIONS_KEY }]) {
    const again = await place('one', call)
    t.equal(again.statusCode, 201)
    t.strictSame(again.json(), first.json())
  }
  t.match((await place('one', { ...CALL, record: true })).json(), { status: 422, code: 'idempotency_conflict' })
  t.equal(exotel.calls.size, 1)
})

t.test('of requests at once one dials, and the others hear that it is on its way', async (t) => {
  const { clock, exotel, place } = await calling(t)
  exotel.next.push('hang')
  const arrived = exotel.arrived()
  const first = place('one')
  await arrived
  const second = await place('one')
  t.match(second.json(), { status: 409, code: 'call_in_progress' })
  t.equal(second.headers['retry-after'], '5')
  t.match((await first).json(), { status: 504, code: 'call_outcome_unknown' })
  clock.now += 1000
  t.match((await place('one')).json(), { status: 504 })
  t.equal(exotel.calls.size, 1)
})

const OPEN: readonly Behaviour[] = [
  'hang',
  'drop',
  { status: 500, message: 'Internal error' },
  { status: 502 },
  { status: 200, body: 'not json' },
]
t.test('a call that may be made is not dialled again, and heals', async (t) => {
  const { exotel, place: placeAs, storage } = await calling(t)
  for (const behaviour of OPEN) {
    const place = () => placeAs(JSON.stringify(behaviour))
    exotel.requests.length = exotel.forms.length = 0
    exotel.next.push(behaviour)
    const first = await place()
    t.match(first.json(), { status: 504, code: 'call_outcome_unknown' })
    const dialled = exotel.requests.length
    t.equal(dialled, 1)
    t.match((await place()).json(), { status: 504, code: 'call_outcome_unknown' })
    t.equal(exotel.requests.length, dialled)
    const [, marker = ''] = /ends with (ribbon:[\w-]{22})\./.exec(first.json<{ detail: string }>().detail) ?? []
    const sent = exotel.forms[0]?.get('CustomField')
    if (sent !== undefined) t.equal(marker, sent, 'what it is found by is what Exotel was told')

    for (const other of [
      { CallSid: 'CA9', CustomField: 'ticket-1', Status: 'completed' },
      { CallSid: 'CA9', Status: 'completed' },
      { CustomField: marker },
      { CallSid: 'CA9', CustomField: `${marker} x` },
      { CallSid: 'CA9', CustomField: 'ribbon:AAAAAAAAAAAAAAAAAAAAAA' },
    ])
      t.equal(await noteMadeCall(storage, CLIENT, other), false, JSON.stringify(other))
    t.equal(await noteMadeCall(storage, 'client-002', { CallSid: 'CA9', CustomField: marker }), false)
    t.equal(await noteMadeCall(storage, CLIENT, { Sid: 'CA7', CustomField: `ticket ${marker}` }), true)
    const healed = await place()
    t.equal(healed.statusCode, 201)
    t.strictSame(healed.json(), { callSid: 'CA7', sessionId: 'session-CA7', status: 'queued' })
    t.equal(exotel.requests.length, dialled)
  }
})

const NOT_MADE: readonly (readonly [Behaviour, object])[] = [
  [
    { status: 429, retryAfter: '42' },
    { status: 503, code: 'exotel_limited' },
  ],
  [{ status: 429 }, { status: 503, code: 'exotel_limited' }],
  [
    { status: 401, message: 'Authentication failed' },
    { status: 409, code: 'exotel_refused' },
  ],
  [
    { status: 403, message: 'Forbidden' },
    { status: 409, code: 'exotel_refused', detail: /\(Forbidden\)/ },
  ],
  [
    { status: 402, message: 'Out of credit' },
    { status: 422, code: 'call_rejected', detail: /Out of credit/ },
  ],
]
t.test('a call that is not made leaves its key free', async (t) => {
  const { exotel, place } = await calling(t)
  for (const [behaviour, problem] of NOT_MADE) {
    exotel.calls.clear()
    exotel.next.push(behaviour)
    const key = JSON.stringify(behaviour)
    const refused = await place(key)
    t.match(refused.json(), problem)
    if (refused.statusCode === 503) {
      const { retryAfter = '60' } = behaviour as { readonly retryAfter?: string }
      t.equal(refused.headers['retry-after'], retryAfter)
    }
    t.equal(exotel.calls.size, 0)
    t.equal((await place(key, { ...CALL, record: true })).statusCode, 201)
    t.equal(exotel.calls.size, 1)
  }
})

t.test('a call is sent again by itself only where nothing was dialled and Exotel says when', async (t) => {
  const { exotel, place } = await calling(t)
  exotel.next.push({ status: 429, retryAfter: '0' })
  t.equal((await place('one')).statusCode, 201)
  t.equal(exotel.requests.length, 2)
  t.equal(exotel.calls.size, 1)
  await exotel.stop()
  const unreached = await place('two')
  t.match(unreached.json(), { status: 502, code: 'exotel_unavailable' })
  t.equal(unreached.headers['retry-after'], '5')
})

t.test('a process that ends while it dials leaves a call that nobody dials again', async (t) => {
  const { clock, exotel, place } = await calling(t, {
    // What became of the call is never written: the process is gone.
    storage: replacing('settleCall', () => Promise.reject(new StorageUnavailable('gone'))),
  })
  t.equal((await place('one')).statusCode, 201, 'while it lives it says what it knows')
  t.match((await place('one')).json(), { code: 'call_in_progress' })
  clock.now += 119_999
  t.match((await place('one')).json(), { code: 'call_in_progress' })
  clock.now += 1
  t.match((await place('one')).json(), { code: 'call_outcome_unknown' })
  t.equal(exotel.calls.size, 1)
})

t.test('a key is remembered for thirty days', async (t) => {
  const { clock, exotel, place } = await calling(t)
  await place('one')
  clock.now += 30 * 86_400_000
  t.equal((await place('one')).statusCode, 201)
  t.equal(exotel.calls.size, 1)
  clock.now += 1
  t.equal((await place('one')).statusCode, 201)
  t.equal(exotel.calls.size, 2)
})

t.test('without a key that says what a repeat is nothing is dialled, and the answer says why', async (t) => {
  const { exotel, post } = await calling(t)
  const answer = await post(CALLS, CALL, { 'x-api-key': COLLECTIONS_KEY })
  t.match(answer.json(), {
    status: 400,
    errors: [
      {
        in: 'headers',
        pointer: '/idempotency-key',
        message: /^is required, such as "[^"]+": without one .* dial again$/,
      },
    ],
  })
  t.equal(exotel.requests.length, 0)
})

t.test('what cannot be dialled is refused by name', async (t) => {
  const { exotel, place } = await calling(t)
  for (const [members, pointer] of [
    [{ to: '' }, '/to'],
    [{ to: 'nobody' }, '/to'],
    [{ to: '+91987&CallerId=1' }, '/to'],
    [{ from: '+'.repeat(65) }, '/from'],
    [{ callerId: 'x' }, '/callerId'],
    [{ timeLimit: 14_401 }, '/timeLimit'],
    [{ timeLimit: 9 }, '/timeLimit'],
    [{ customField: 'x'.repeat(97) }, '/customField'],
    [{ record: 'true' }, '/record'],
    [{ statusCallback: 'https://evil.example' }, '/statusCallback'],
  ] as const)
    t.match((await place('one', { ...CALL, ...members })).json(), { status: 400, errors: [{ pointer }] }, pointer)
  t.equal(exotel.requests.length, 0)
  for (const from of ['sip:asha@acme.sip.exotel.com', '09876500001', '+91 98765 00001'])
    t.equal((await place(from, { ...CALL, from })).statusCode, 201, from)
})

t.test('a client without credentials, without a number or without calls left makes none', async (t) => {
  const none = await calling(t, {}, null)
  t.match((await none.place('one')).json(), { status: 409, code: 'exotel_not_set_up' })
  const { accountSid, apiKey, apiToken } = EXOTEL_API
  const withoutNumber = { accountSid, apiKey, apiToken }
  const nameless = await calling(t, {}, withoutNumber)
  t.match((await nameless.place('one')).json(), { status: 400, errors: [{ in: 'body', pointer: '/callerId' }] })
  t.equal((await nameless.place('one', { ...CALL, callerId: '08047112233' })).statusCode, 201)
  const wrong = await calling(t, {}, WRONG_API)
  t.match((await wrong.place('one')).json(), { status: 409, code: 'exotel_refused', detail: /Authentication failed/ })
  const usedUp = await calling(t, { storage: replacing('callsInMonth', () => Promise.resolve(1_000_000)) })
  const refused = await usedUp.place('one')
  t.match(refused.json(), { status: 429, code: 'quota_exceeded' })
  t.ok(Number(refused.headers['retry-after']) > 0)
  for (const { exotel } of [none, usedUp]) t.equal(exotel.requests.length, 0)
})

t.test('credentials that do not open are a fault of the server, and nothing is dialled', async (t) => {
  const { clock, exotel, place, storage } = await calling(t)
  clock.now += 2000
  await storage.updateClient(CLIENT, { sealedExotelApi: 'v2.0123456789ab.AAAA' })
  t.match((await place('one')).json(), { status: 500, code: 'internal' })
  t.equal(exotel.requests.length, 0)
})

t.test('without another server it is Exotel’s own that is asked, where the client’s account is', async (t) => {
  const test = await buildTestApp(t, { exotelTiming: TIMING })
  await giveExotelApi(test, CLIENT, { ...EXOTEL_API, subdomain: 'No-Such-Host.exotel.in' })
  const answer = await test.post(CALLS, CALL, { 'x-api-key': COLLECTIONS_KEY, 'idempotency-key': 'one' })
  t.match(answer.json(), { status: 502, code: 'exotel_unavailable' })
})

/** Where Exotel was told to report a call. */
function reportedTo({ forms }: ExotelServer, call: number): string | null {
  return forms[call]?.get('StatusCallback') ?? null
}

t.test('Exotel is told where to report each call, and its report confirms and heals the call', async (t) => {
  const test = await calling(t, { env: { PUBLIC_ORIGIN: 'https://ribbon.example' } })
  const { clock, exotel, get, place, post } = test
  exotel.next.push('hang')
  t.match((await place('one')).json(), { status: 504, code: 'call_outcome_unknown' })
  const form = Object.fromEntries(exotel.forms[0] ?? [])
  t.match(form, {
    StatusCallback: /^https:\/\/ribbon\.example\/api\/exotel\/rk_cb_\w{30}\/status-callback$/,
    'StatusCallbackEvents[0]': 'terminal',
    'StatusCallbackEvents[1]': 'answered',
    StatusCallbackContentType: 'application/json',
  })
  clock.now += 4 * 60_000
  const [callSid = ''] = exotel.calls.keys()
  const report = { ...callbackExample('statusCallback'), CallSid: callSid, CustomField: form['CustomField'] }
  const { pathname } = new URL(String(form['StatusCallback']))
  t.match((await post(pathname, report)).json(), { success: true })
  const sessionId = `session-${callSid}`
  const call = (await get(`${CALLS}/${sessionId}`, { 'x-api-key': COLLECTIONS_KEY })).json<object>()
  t.match(call, { call: { sessionId, status: 'completed', callDirection: 'outbound', confirmed: true } })
  t.strictSame((await place('one')).json(), { callSid, sessionId, status: 'completed' })
  t.equal(exotel.calls.size, 1)
})

t.test('calls are reported nowhere by a server that does not know what it is called', async (t) => {
  const { exotel, place, storage } = await calling(t)
  await place('one')
  t.equal(reportedTo(exotel, 0), null)
  t.equal((await storage.apiKeys(CLIENT)).length, 1, 'and no key is made for it')
})

t.test('whoever runs the server sees the key of its calls, and can revoke it', async (t) => {
  const test = await calling(t, { env: { PUBLIC_ORIGIN: 'https://ribbon.example' } })
  const { clock, exotel, inject, place, post } = test
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const url = `/api/admin/clients/${CLIENT}/keys`
  clock.now += 1
  await place('one')
  const address = String(reportedTo(exotel, 0))
  const keys = (await inject({ url, headers })).json<{ keys: readonly { keyId: string }[] }>().keys
  t.match(keys[1], { kind: 'callback', name: 'calls that this server makes', addresses: null, endsAt: null })
  await inject({ method: 'DELETE', url: `${url}/${String(keys[1]?.keyId)}`, headers })
  clock.now += 1000
  t.match((await post(new URL(address).pathname, {})).json(), { status: 401 })
  t.equal((await place('two')).statusCode, 201)
  t.equal(reportedTo(exotel, 1), null)
  t.equal((await inject({ url, headers })).json<{ keys: readonly object[] }>().keys.length, 2)
})

t.test('what Exotel says of a call that it does not make is told without the address of its reports', async (t) => {
  const { exotel, place } = await calling(t, { env: { PUBLIC_ORIGIN: 'https://ribbon.example' } })
  exotel.echoes = true
  const refused = await place('one', { ...CALL, to: 'sip:nobody@acme.example' })
  t.match(refused.json(), { code: 'call_rejected', detail: /ribbon\.example\/api\/exotel\/…/ })
  t.notMatch(refused.body, 'rk_cb_')
})
