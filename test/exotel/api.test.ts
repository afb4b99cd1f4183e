import { readFile } from 'node:fs/promises'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { type CallOrder, ExotelApi } from '../../src/exotel/api.js'
import { ExotelFailure, type FailureKind } from '../../src/exotel/failure.js'
import { untilRead, withoutRepeating } from '../../src/exotel/patience.js'
import { exotelTime } from '../../src/exotel/time.js'
import { makeCertificate } from '../helpers/certificate.js'
import { ExotelServer, EXOTEL_API, WRONG_API } from '../helpers/exotel-server.js'
import { scratchFolder } from '../helpers/storage.js'

const CREDENTIALS = { ...EXOTEL_API, subdomain: 'api.exotel.com' }
const QUICK = { connectMs: 1000, answerMs: 300, idleMs: 400, totalMs: 600 }
const ORDER: CallOrder = {
  from: '+919876500001',
  to: '+919876543210',
  callerId: EXOTEL_API.callerId,
  customField: 'ribbon-1',
  statusCallback: null,
}
const AT_ONCE = { attempts: 3, firstWaitMs: 1, longestWaitMs: 5000 }

function apiOf(exotel: ExotelServer, credentials = CREDENTIALS): ExotelApi {
  return new ExotelApi(credentials, { apiUrl: exotel.origin, timing: QUICK })
}

async function failureOf(work: Promise<unknown>): Promise<ExotelFailure> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof ExotelFailure) return error
  throw new Error(`this is no failure of Exotel: ${String(error)}`)
}

t.test('a call is made as Exotel documents it, and told as Exotel tells it', async (t) => {
  const exotel = await ExotelServer.start(t)
  const call = await apiOf(exotel).connect({
    ...ORDER,
    timeLimit: 600,
    record: true,
    statusCallback: 'https://a.example/cb',
  })
  t.match(call, { Sid: /^[\da-f]{32}$/, Status: 'in-progress', Direction: 'outbound-api' })
  t.strictSame(exotel.requests, ['POST /v1/Accounts/acme1/Calls/connect.json'])
  t.strictSame(Object.fromEntries(exotel.forms[0] ?? []), {
    From: ORDER.from,
    To: ORDER.to,
    CallerId: ORDER.callerId,
    CallType: 'trans',
    CustomField: 'ribbon-1',
    TimeLimit: '600',
    Record: 'true',
    StatusCallback: 'https://a.example/cb',
    'StatusCallbackEvents[0]': 'terminal',
    'StatusCallbackEvents[1]': 'answered',
    StatusCallbackContentType: 'application/json',
  })
  await apiOf(exotel).connect(ORDER)
  t.strictSame([...(exotel.forms[1]?.keys() ?? [])], ['From', 'To', 'CallerId', 'CallType', 'CustomField'])
  t.match(await apiOf(exotel).call(call.Sid), { Sid: call.Sid, EndTime: null })
  t.equal(await apiOf(exotel).call('unknown/../x'), null)
})

t.test('each way to fail says what is known of the request', async (t) => {
  const exotel = await ExotelServer.start(t)
  const kindOf = async (work: Promise<unknown>) => (await failureOf(work)).kind
  const answers: readonly (readonly [ExotelServer['next'][number], FailureKind])[] = [
    ['hang', 'unanswered'],
    ['drop', 'unanswered'],
    [{ status: 200, body: '<TwilioResponse/>' }, 'unanswered'],
    [{ status: 200, body: '[]' }, 'unanswered'],
    [{ status: 200, body: '{"Call":null}' }, 'unanswered'],
    [{ status: 200, body: '{"Call":{"Sid":""}}' }, 'unanswered'],
    [{ status: 200, body: `{"Call":"${'x'.repeat(3_000_000)}"}` }, 'unanswered'],
    [{ status: 500, body: 'x'.repeat(3_000_000) }, 'failed'],
    [{ status: 503, message: 'try later' }, 'failed'],
    [{ status: 302, location: 'http://127.0.0.1:1/elsewhere' }, 'failed'],
    [{ status: 429, message: 'Too many requests' }, 'limited'],
    [{ status: 403, message: 'Forbidden' }, 'refused'],
    [{ status: 402, message: 'Payment required' }, 'rejected'],
    [{ status: 400, message: 'Invalid parameter' }, 'rejected'],
  ]
  for (const [behaviour, kind] of answers) {
    exotel.next.push(behaviour)
    t.equal(await kindOf(apiOf(exotel).connect(ORDER)), kind, JSON.stringify(behaviour).slice(0, 80))
  }
  t.equal(exotel.requests.length, answers.length, 'no redirect is followed, and nothing is sent twice')
  t.equal(await kindOf(apiOf(exotel, { ...CREDENTIALS, ...WRONG_API }).connect(ORDER)), 'refused')
  await exotel.stop()
  t.equal(await kindOf(apiOf(exotel).connect(ORDER)), 'unreached')
})

t.test('an answer that goes on for ever ends in time', async (t) => {
  const exotel = await ExotelServer.start(t)
  exotel.recordings.set('/v1/Accounts/acme1/Calls/connect.json', {
    content: Buffer.alloc(0),
    answer: (_request, response) => response.writeHead(200).write('{"Call":'),
  })
  const failure = await failureOf(apiOf(exotel).connect(ORDER))
  t.match(failure, { kind: 'unanswered', status: 200 })
})

t.test('a server whose certificate is not for it is not reached: nothing is sent to it', async (t) => {
  const files = await makeCertificate(await scratchFolder(t), 'exotel')
  const [cert, key] = await Promise.all([readFile(files.cert), readFile(files.key)])
  const server = createTlsServer({ cert, key }, () => t.fail('a request arrived'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const apiUrl = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  t.match(await failureOf(new ExotelApi(CREDENTIALS, { apiUrl }).connect(ORDER)), { kind: 'unreached' })
})

t.test('Exotel’s API is asked at its own hosts, at public addresses', async (t) => {
  t.throws(() => new ExotelApi({ ...CREDENTIALS, subdomain: 'evil.example' }, { apiUrl: null }), /no host of Exotel/)
  const api = new ExotelApi({ ...CREDENTIALS, subdomain: 'no-such-host-of.exotel.in' }, { apiUrl: null, timing: QUICK })
  t.match(await failureOf(api.call('CA1')), { kind: 'unreached' })
})

t.test('no message has a word of the credentials, nor more than a line', async (t) => {
  const exotel = await ExotelServer.start(t)
  const { apiKey, apiToken } = EXOTEL_API
  exotel.next.push({
    status: 400,
    message: `https://${apiKey}:${apiToken}@api:\n${btoa(`${apiKey}:${apiToken}`)} ${'x'.repeat(1000)}`,
  })
  const { message } = await failureOf(apiOf(exotel).connect(ORDER))
  t.match(message, /^https:\/\/…:…@api: … x+$/)
  t.equal(message.length, 300)
  exotel.next.push({ status: 400 })
  t.equal((await failureOf(apiOf(exotel).connect(ORDER))).message, 'an answer of 400')
})

t.test('lists of calls are read from their own address alone', async (t) => {
  const exotel = await ExotelServer.start(t)
  const api = apiOf(exotel)
  const query = new URLSearchParams({ DateCreated: 'gte:2025-10-01 00:00:00;lte:2025-10-02 00:00:00' })
  t.strictSame(await api.calls(query), { calls: [], nextUri: null })
  t.strictSame(await api.calls(`/v1/Accounts/acme1/Calls?${query.toString()}`), { calls: [], nextUri: null })
  const asked = exotel.requests.length
  for (const foreign of [
    'https://evil.example/v1/Accounts/acme1/Calls.json',
    '/v1/Accounts/other/Calls.json?x',
    '//evil.example/x',
  ])
    t.match(await failureOf(api.calls(foreign)), { kind: 'unanswered' }, foreign)
  t.equal(exotel.requests.length, asked)
  for (const body of ['{"Calls":null}', '{"Calls":[1]}']) {
    exotel.next.push({ status: 200, body })
    t.match(await failureOf(api.calls(query)), { kind: 'unanswered' })
  }
  exotel.next.push({ status: 200, body: '{"Calls":[]}' })
  t.strictSame(await api.calls(query), { calls: [], nextUri: null })
})

async function attempts(
  t: Test,
  behaviours: ExotelServer['next'],
  send: (ask: () => Promise<unknown>) => Promise<unknown>,
): Promise<readonly [outcome: string, requests: number]> {
  const exotel = await ExotelServer.start(t)
  exotel.next.push(...behaviours)
  const outcome = await send(() => apiOf(exotel).connect(ORDER)).then(
    () => 'made',
    (error: unknown) => (error as ExotelFailure).kind,
  )
  return [outcome, exotel.requests.length]
}

t.test('what makes a call is sent again only where no call was made', async (t) => {
  const send = (ask: () => Promise<unknown>) => withoutRepeating(ask, AT_ONCE)
  const limited = { status: 429, retryAfter: '0' }
  t.strictSame(await attempts(t, [limited, limited], send), ['made', 3])
  t.strictSame(await attempts(t, [limited, limited, limited], send), ['limited', 3])
  t.strictSame(await attempts(t, [{ status: 429, retryAfter: '6' }], send), ['limited', 1], 'nobody waits that long')
  t.strictSame(await attempts(t, [{ status: 429 }], send), ['limited', 1], 'nor without knowing how long')
  t.strictSame(await attempts(t, [{ status: 429, retryAfter: 'Fri, 31 Dec 1999 23:59:59 GMT' }], send), ['limited', 1])
  for (const [behaviour, kind] of [
    ['hang', 'unanswered'],
    ['drop', 'unanswered'],
    [{ status: 500 }, 'failed'],
    [{ status: 503, retryAfter: '0' }, 'failed'],
    [{ status: 401 }, 'refused'],
    [{ status: 403 }, 'refused'],
    [{ status: 400 }, 'rejected'],
  ] as const)
    t.strictSame(await attempts(t, [behaviour], send), [kind, 1], JSON.stringify(behaviour))
  let tried = 0
  const unreached = withoutRepeating(async () => {
    tried += 1
    if (tried < 3) throw new ExotelFailure('unreached', 'connect ECONNREFUSED')
    return tried
  }, AT_ONCE)
  t.equal(await unreached, 3)
  await t.rejects(
    withoutRepeating(() => Promise.reject(new Error('a fault')), AT_ONCE),
    /a fault/,
  )
})

t.test('what only reads is sent again for whatever may pass, until somebody ends it', async (t) => {
  const send = (ask: () => Promise<unknown>) => untilRead(ask, AT_ONCE)
  t.strictSame(await attempts(t, [{ status: 500 }, 'drop'], send), ['made', 3])
  t.strictSame(await attempts(t, [{ status: 401 }], send), ['refused', 1])
  const exotel = await ExotelServer.start(t)
  const ending = new AbortController()
  exotel.next.push('hang')
  const seen = exotel.arrived()
  const reading = untilRead(() => apiOf(exotel).call('CA1', ending.signal), AT_ONCE, ending.signal)
  await seen
  ending.abort()
  await t.rejects(reading, { name: 'AbortError' })
  const waiting = new AbortController()
  const slow = untilRead(
    () => Promise.reject(new ExotelFailure('unreached', 'nobody answers')),
    { attempts: 2, firstWaitMs: 60_000, longestWaitMs: 60_000 },
    waiting.signal,
  )
  await new Promise(setImmediate)
  waiting.abort()
  await t.rejects(slow, { name: 'AbortError' })
})

t.test('times are written as Exotel reads them: Indian, without an offset', (t) => {
  t.equal(exotelTime(Date.parse('2025-10-12T10:30:00.999Z')), '2025-10-12 16:00:00')
  t.equal(exotelTime(Date.parse('2025-12-31T18:30:00Z')), '2026-01-01 00:00:00')
  t.end()
})
