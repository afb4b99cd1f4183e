/** What Exotel reports, in every way it can send it, on both engines. */
import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import type { Call } from '../../schemas/call.js'
import type { NewKey } from '../../schemas/api-key.js'
import { callbackExample, formExample, type CallbackSummary } from '../../schemas/exotel-callbacks.js'
import { LIMITS } from '../../src/core/limits.js'
import { CALLBACK_EVENTS, type CallbackEvent, callbackPath } from '../../src/core/vocabulary/callbacks.js'
import { DEMO_CALLBACK_KEY } from '../../src/core/vocabulary/demo.js'
import { StorageBusy } from '../../src/storage/errors.js'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { hostileValue } from '../helpers/hostile.js'
import { ENGINES, replacing } from '../helpers/storage.js'

t.setTimeout(400_000)

const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }
const at = (event: CallbackEvent) => callbackPath(event, DEMO_CALLBACK_KEY)

interface Log {
  readonly logId: string
  readonly event: string
  readonly data: Record<string, unknown>
  readonly timestamp: string
}
const logsOf = async ({ get }: TestApp) =>
  (await get('/api/ribbon/call-logs?pageSize=500')).json<{ logs: Log[] }>().logs
const callsOf = async ({ get }: TestApp) =>
  (await get('/api/ribbon/export/calls?format=json')).json<{ calls: Call[] }>().calls
const summaryOf = async ({ get }: TestApp) =>
  (await get('/api/admin/clients/client-demo/callbacks', AS_ADMIN)).json<CallbackSummary>()

type Ask = (app: TestApp, event: CallbackEvent, callSid: string) => Promise<LightMyRequestResponse>

const fieldsOf = (event: CallbackEvent, callSid: string) => ({ ...formExample(event), CallSid: callSid })

const POSTED: Readonly<Record<string, Ask>> = {
  JSON: ({ post }, event, callSid) => post(at(event), { ...callbackExample(event), CallSid: callSid }),
  'a form': ({ inject }, event, callSid) =>
    inject({
      method: 'POST',
      url: at(event),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fieldsOf(event, callSid)).toString(),
    }),
  'a form in parts': ({ inject }, event, callSid) => inject(inParts(at(event), fieldsOf(event, callSid))),
}
const IN_QUERY: Readonly<Record<string, Ask>> = {
  'a query': ({ inject }, event, callSid) =>
    inject({ url: `${at(event)}?${new URLSearchParams(fieldsOf(event, callSid)).toString()}` }),
}
const WAYS: Readonly<Record<CallbackEvent, Readonly<Record<string, Ask>>>> = {
  statusCallback: POSTED,
  integrationCallback: POSTED,
  passthru: IN_QUERY,
  popup: { ...POSTED, ...IN_QUERY },
}

function inParts(url: string, fields: Readonly<Record<string, string>>, more = '') {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    method: 'POST' as const,
    url,
    headers: { 'content-type': 'multipart/form-data; boundary=B' },
    payload: `${parts.join('')}${more}--B--\r\n`,
  }
}

const STATUS_OF: Readonly<Record<CallbackEvent, Call['status']>> = {
  statusCallback: 'completed',
  integrationCallback: 'completed',
  passthru: 'completed',
  popup: 'active',
}

for (const engine of ENGINES) {
  t.test(
    `each callback becomes a call, in whichever way it comes, and comes back as it was sent: ${engine}`,
    async (t) => {
      const app = await buildTestApp(t, { engine })
      const logIds = new Set<string>()
      for (const event of CALLBACK_EVENTS) {
        for (const [way, ask] of Object.entries(WAYS[event])) {
          const callSid = `${event} ${way}`
          const answer = await ask(app, event, callSid)
          t.match(answer.json(), { success: true, logId: /^log-/ }, callSid)
          t.equal(answer.headers['cache-control'], 'no-store')
          logIds.add(answer.json<{ logId: string }>().logId)
          const call = (await callsOf(app)).find(({ sessionId }) => sessionId === `session-${callSid}`)
          t.match(call, { status: STATUS_OF[event], phoneE164: '+919876543210' }, callSid)
          const log = (await logsOf(app)).find(({ data }) => data['CallSid'] === callSid)
          const sent = { ...callbackExample(event), CallSid: callSid }
          t.strictSame(log?.event, event)
          if (way === 'JSON') t.strictSame(log?.data, sent)
          else t.strictSame(log?.data, texts(sent), 'forms hold texts, nested as they were')
        }
      }
      t.equal(logIds.size, 11)
      t.same((await summaryOf(app)).oddities, [], 'what is documented is not odd')
    },
  )

  t.test(`a callback that comes three times at once is one event and one call, and says so: ${engine}`, async (t) => {
    const app = await buildTestApp(t, { engine })
    const before = (await callsOf(app)).length
    const many = Array.from({ length: 60 }, (_, n) => `CA${String(n % 20)}`)
    const answers = await Promise.all(
      many.map((CallSid) => app.post(at('statusCallback'), { ...callbackExample('statusCallback'), CallSid })),
    )
    t.ok(answers.every(({ statusCode }) => statusCode === 200))
    const logIds = answers.map((answer) => answer.json<{ logId: string }>().logId)
    t.equal(new Set(logIds).size, 20)
    t.strictSame(logIds.slice(0, 20), logIds.slice(20, 40))
    t.equal((await logsOf(app)).length, 20)
    t.equal((await callsOf(app)).length, before + 20)
    t.match((await summaryOf(app)).callbacks[0], { event: 'statusCallback', received: 60, repeated: 40 })
  })

  t.test(`whatever a callback holds, it is kept and never a fault: ${engine}`, async (t) => {
    const app = await buildTestApp(t, { engine })
    const names = fc.oneof(
      fc.constantFrom(
        'CallSid',
        'Status',
        'EventType',
        'Legs',
        'StartTime',
        'EndTime',
        'CallType',
        'From',
        '__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
    const payloads = fc.oneof(fc.dictionary(names, hostileValue, { maxKeys: 8 }), hostileValue)
    await fc.assert(
      fc.asyncProperty(payloads, fc.constantFrom(...CALLBACK_EVENTS), fc.boolean(), async (payload, event, isForm) => {
        const text = JSON.stringify(payload)
        const isQuery = event === 'passthru'
        const fields =
          isForm || isQuery
            ? `${encodeURIComponent(text.slice(0, 500).toWellFormed())}&CallSid=x&Legs[0]=${encodeURIComponent(text.slice(0, 500).toWellFormed())}`
            : ''
        const answer = await app.inject(
          isQuery
            ? { url: `${at(event)}?${fields}` }
            : {
                method: 'POST',
                url: at(event),
                headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
                payload: isForm ? fields : text,
              },
        )
        const isTooLong = !isForm && text.length > LIMITS.dataLength
        if (answer.statusCode !== (isTooLong ? 413 : 200)) throw new Error(answer.body)
      }),
      { numRuns: 300 },
    )
    await summaryOf(app)
    t.equal(({} as { x?: unknown }).x, undefined)
  })
}

/** As a form holds a value. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, texts(inner)]))
}

const app = await buildTestApp(t)
const { inject, post, clock } = app
const JSON_TYPE = { 'content-type': 'application/json' }

t.test('what cannot be read at all is refused with a reason, and what is too long is refused', async (t) => {
  const send = async (headers: Record<string, string>, payload: string) =>
    (await inject({ method: 'POST', url: at('statusCallback'), headers, payload })).json<object>()
  t.match(await send(JSON_TYPE, '{"CallSid":'), { status: 400, code: 'invalid_json', detail: /cut off/ })
  t.match(await send(JSON_TYPE, ''), { status: 400, code: 'invalid_json' })
  const parts = { 'content-type': 'multipart/form-data; boundary=B' }
  for (const payload of ['nonsense', '--B\r\nContent-Disposition: form-data; name="CallSid"\r\n\r\nc']) {
    t.match(await send(parts, payload), { status: 400, detail: /not the multipart form/ })
  }
  t.match(await send({ 'content-type': 'multipart/form-data' }, '--B--'), { status: 400 })
  t.match(await send({ 'content-type': 'text/xml' }, '<x/>'), { status: 415 })
  const long = 'x'.repeat(LIMITS.dataLength)
  t.match(await send(JSON_TYPE, JSON.stringify({ long })), { status: 413, detail: /longer than 32768 characters/ })
  t.match(await send(JSON_TYPE, JSON.stringify({ long: long + long })), { status: 413 })
  t.match((await inject(inParts(at('statusCallback'), { long: long + long }))).json(), { status: 413 })
})

t.test('a form that does not say how long it is ends where the limit does', async (t) => {
  const origin = await app.app.listen({ port: 0 })
  const piece = `--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n${'x'.repeat(10_000)}\r\n`
  const file = `--B\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n${'x'.repeat(100_000)}\r\n--B--\r\n`
  for (const text of [piece.repeat(10), file]) {
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode(text))
        stream.close()
      },
    })
    const answer = await fetch(origin + at('statusCallback'), {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=B' },
      body,
      duplex: 'half',
    })
    t.match(await answer.json(), { status: 413, code: 'payload_too_large' })
  }
})

t.test('files are passed over, fields of JSON and names that poison are taken for what they are', async (t) => {
  const twice = '--B\r\nContent-Disposition: form-data; name="Twice"\r\n\r\n1\r\n'
  const more = [
    twice,
    twice,
    '--B\r\nContent-Disposition: form-data; name="f"; filename="f.wav"\r\n\r\nRIFF\r\n',
    '--B\r\nContent-Disposition: form-data; name="Legs"\r\nContent-Type: application/json\r\n\r\n[{"OnCallDuration":7}]\r\n',
  ].join('')
  const answer = await inject(inParts(at('statusCallback'), { CallSid: 'parts', Status: 'completed' }, more))
  const { logId } = answer.json<{ logId: string }>()
  const log = (await logsOf(app)).find((one) => one.logId === logId)
  t.strictSame(log?.data, { CallSid: 'parts', Status: 'completed', Twice: ['1', '1'], Legs: '[{"OnCallDuration":7}]' })

  const poison = '{"CallSid":"poison","__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'
  t.match((await inject({ method: 'POST', url: at('statusCallback'), headers: JSON_TYPE, payload: poison })).json(), {
    success: true,
  })
  t.match((await inject({ url: `${at('passthru')}?CallSid=poison&__proto__[x]=1&a[__proto__][x]=1` })).json(), {
    success: true,
  })
  t.match((await inject(inParts(at('statusCallback'), { '__proto__[x]': '1', toString: '2' }))).json(), {
    success: true,
  })
  t.equal(({} as { x?: unknown }).x, undefined)
})

t.test('a call that is over happened when it ended, unless that cannot be; others when they are told of', async (t) => {
  const told = async (members: object) => {
    const { logId } = (await post(at('statusCallback'), { Status: 'completed', ...members })).json<{ logId: string }>()
    return (await logsOf(app)).find((log) => log.logId === logId)?.timestamp
  }
  t.equal(await told({ CallSid: 't1', EndTime: '2025-10-12 15:00:00' }), '2025-10-12T09:30:00Z')
  const now = '2025-10-12T10:35:00Z'
  t.equal(await told({ CallSid: 't2', EndTime: '1970-01-01 05:30:00' }), now)
  t.equal(await told({ CallSid: 't3', EndTime: '2090-01-01 00:00:00' }), now)
  t.equal(await told({ CallSid: 't4', Status: 'in-progress', EndTime: '2025-10-12 15:00:00' }), now)
  t.equal(
    await told({ CallSid: 't5', Status: 'completed', StartTime: '2000-01-01 05:30:00', Duration: '0' }),
    '2000-01-01T00:00:00Z',
  )
})

t.test('what is odd is counted by what it is, once for all repeats, with a log id to look at', async (t) => {
  const app = await buildTestApp(t)
  const odd = { Status: 'ringing-out', StartTime: 'soon', Extra: 1, Legs: [{ Status: 'odd', More: 1 }] }
  const first = (await app.post(at('statusCallback'), odd)).json<{ logId: string }>()
  await app.post(at('statusCallback'), odd)
  app.clock.now += 1000
  const second = (await app.post(at('statusCallback'), { CallSid: 'x', Extra: 2 })).json<{ logId: string }>()
  const { callbacks, oddities } = await summaryOf(app)
  t.match(callbacks, [
    {
      event: 'statusCallback',
      received: 3,
      repeated: 1,
      firstAt: '2025-10-12T10:35:00Z',
      lastAt: '2025-10-12T10:35:01Z',
      lastLogId: second.logId,
    },
    { event: 'integrationCallback', received: 0, repeated: 0, firstAt: null, lastAt: null, lastLogId: null },
    { event: 'passthru', received: 0 },
    { event: 'popup', received: 0 },
  ])
  const once = { event: 'statusCallback', times: 1, logId: first.logId }
  t.match(
    oddities.sort((a, b) => (a.what < b.what ? -1 : 1)),
    [
      { ...once, kind: 'missing-callsid', what: 'CallSid' },
      {
        kind: 'unknown-member',
        what: 'Extra',
        times: 2,
        firstAt: '2025-10-12T10:35:00Z',
        lastAt: '2025-10-12T10:35:01Z',
        logId: second.logId,
      },
      { ...once, kind: 'unknown-member', what: 'Legs.More' },
      { ...once, kind: 'unknown-value', what: 'Legs.Status=odd' },
      { ...once, kind: 'unusable-time', what: 'StartTime' },
      { ...once, kind: 'unknown-value', what: 'Status=ringing-out' },
    ],
  )
  const other = await app.get('/api/admin/clients/client-001/callbacks', AS_ADMIN)
  t.match(other.json(), { callbacks: [{ received: 0 }], oddities: [] }, 'of this client alone')
})

t.test('a key may be bound to addresses, and says where it goes', async (t) => {
  const env = { TRUST_PROXY: '127.0.0.1', PUBLIC_ORIGIN: 'https://api.example.com' }
  const { post, inject } = await buildTestApp(t, { env })
  const body = { kind: 'callback', addresses: ['203.0.113.0/24', '2001:db8::1'], name: 'Exotel' }
  const made = (await post('/api/admin/clients/client-demo/keys', body, AS_ADMIN)).json<NewKey>()
  t.match(made, { apiKey: /^rk_cb_/, key: { kind: 'callback', scopes: null, addresses: body.addresses } })
  t.strictSame(Object.keys(made.callbackUrls ?? {}), [...CALLBACK_EVENTS])
  const url = String(made.callbackUrls?.popup)
  t.equal(url, `https://api.example.com/api/exotel/${made.apiKey}/popup`)
  const from = async (address: string) =>
    (await inject({ url: new URL(url).pathname, headers: { 'x-forwarded-for': address } })).json<object>()
  t.match(await from('203.0.113.9'), { success: true })
  t.match(await from('2001:db8::1'), { success: true })
  t.match(await from('::ffff:203.0.113.9'), { success: true })
  for (const address of ['203.0.114.9', '2001:db8::2'])
    t.match(await from(address), { status: 403, code: 'address_not_allowed' }, address)
  const rotated = await post(`/api/admin/clients/client-demo/keys/${made.keyId}/rotate`, {}, AS_ADMIN)
  t.match(rotated.json(), { key: { addresses: body.addresses }, callbackUrls: { popup: /rk_cb_/ } })
  for (const [wrong, message] of [
    [{ ...body, addresses: ['203.0.113.0/33'] }, /must be an IP address/],
    [{ kind: 'secret', addresses: ['203.0.113.1'] }, /is for keys of kind callback alone/],
  ] as const) {
    const refused = await post('/api/admin/clients/client-demo/keys', wrong, AS_ADMIN)
    t.match(refused.json(), { status: 400, errors: [{ message }] })
  }
})

t.test('no answer repeats the key of its path', async (t) => {
  const key = 'rk_cb_012345678901234567890123456789'
  for (const url of [
    `/api/exotel/${key}/popup`,
    `/api/exotel/${key}/passthruu`,
    `/api/exotel/${key}`,
    `/api/exotle/${key}/popup`,
    `/${key}`,
    `/api/exotel/${key}/%ff`,
  ]) {
    const answer = await inject({ url })
    t.ok(answer.statusCode >= 400, url)
    t.notMatch(answer.body + JSON.stringify(answer.headers), key)
    t.equal(answer.headers['referrer-policy'], 'no-referrer')
  }
  t.match((await inject({ method: 'PUT', url: at('popup') })).json(), { status: 405, instance: '/api/exotel/*/popup' })
})

t.test('while too many events wait, a callback is told to come back', async (t) => {
  const busy = await buildTestApp(t, { storage: replacing('record', () => Promise.reject(new StorageBusy())) })
  const answer = await busy.post(at('statusCallback'), { CallSid: 'x' })
  t.match(answer.json(), { status: 503, code: 'overloaded' })
  t.equal(answer.headers['retry-after'], '1')
})

t.test('bursts pass that would be too much for any other key', async (t) => {
  const { post, get } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '2', RATE_LIMIT_ADDRESS_MAX: '3' } })
  const statuses = []
  for (let n = 0; n <= 2 * LIMITS.callbackTimes; n++) {
    statuses.push((await post(at('statusCallback'), { CallSid: String(n) })).statusCode)
  }
  t.strictSame(statuses, [...Array.from({ length: 2 * LIMITS.callbackTimes }, () => 200), 429])
  const config = await get('/api/ribbon/config', { 'x-api-key': DEMO_KEY })
  t.equal(config.statusCode, 200, 'and they use up nothing of what other keys have')
})

t.test('whoever guesses keys is refused after some failures', async (t) => {
  const { get } = await buildTestApp(t, { env: { RATE_LIMIT_MAX: '1000' } })
  const guess = async (n: number) => (await get(`/api/exotel/guess-${String(n)}/popup`, {})).statusCode
  for (let n = 0; n < LIMITS.authenticationFailures; n++) t.equal(await guess(n), 401)
  t.equal(await guess(0), 429)
  t.equal((await get(at('popup'), {})).statusCode, 200)
})

t.test('what was counted is written when the server ends', async (t) => {
  const own = await buildTestApp(t)
  await own.post(at('popup'), { CallSid: 'last' })
  await own.app.close()
  t.match(await own.storage.callbackNotes('client-demo'), [
    { event: 'popup', kind: 'received', times: 1, firstAt: clock.now },
  ])
})
