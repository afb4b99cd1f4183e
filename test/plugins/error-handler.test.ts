import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { FastifyError, FastifyRequest } from 'fastify'
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { createLogger } from '../../src/http/logger.js'
import { apiErrorOf } from '../../src/plugins/error-handler.js'
import { StorageBusy, StorageDamaged, StorageUnavailable } from '../../src/storage/errors.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'

interface Problem {
  readonly type: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly instance: string
  readonly requestId: string
  readonly errors?: readonly { readonly in: string; readonly pointer: string; readonly message: string }[]
}

const EVENT = { event: 'connected', data: { callSid: 'CA1' } }

/** Sends text on a bare socket and returns all that comes back. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const { app, get, inject, post, storage: store } = await buildTestApp(t)
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

t.test('a request that does not fit the contract hears about every fault at once', async (t) => {
  const response = await post('/api/ribbon/log-call', {
    apiKey: DEMO_KEY,
    event: '7up',
    data: { callSid: 7, duration: '180', customerData: { customerId: 1 } },
    timestamp: 5,
  })
  const problem = response.json<Problem>()
  t.equal(response.statusCode, 400)
  t.match(response.headers['content-type'], /^application\/problem\+json\b/)
  t.equal(problem.code, 'invalid_request')
  t.equal(problem.instance, '/api/ribbon/log-call')
  t.equal(problem.requestId, response.headers['x-request-id'])
  t.strictSame(problem.errors?.map((fault) => `${fault.in} ${fault.pointer}`).sort(), [
    'body /data/callSid',
    'body /data/customerData/customerId',
    'body /data/duration',
    'body /event',
    'body /timestamp',
  ])
  t.match(problem.detail, /And 2 more\.$/)
  t.equal(problem.type, '/docs/errors#invalid_request')
})

t.test('what is missing and what is not known is named', async (t) => {
  const headers = { 'x-api-key': DEMO_KEY }
  const missing = (await post('/api/ribbon/init', {}, headers)).json<Problem>()
  t.strictSame(missing.errors, [{ in: 'body', pointer: '/domain', message: 'is required, such as "yourcrm.com"' }])
  const unknown = (await post('/api/ribbon/init', { domain: 'a.example', 'do~ma/in': 1 }, headers)).json<Problem>()
  t.strictSame(unknown.errors, [
    {
      in: 'body',
      pointer: '/do~0ma~1in',
      message: 'is not a member of this request: did you mean domain?',
    },
  ])
})

t.test('a body that is no object is a fault of the whole body', async (t) => {
  const response = await post('/api/ribbon/init', [], { 'x-api-key': DEMO_KEY })
  t.match(response.json(), {
    detail: 'The body must be an object, not an array.',
    errors: [{ in: 'body', pointer: '' }],
  })
})

t.test('a body that is no JSON, or that would poison a prototype, is a 400 that says so', async (t) => {
  for (const payload of ['', '{', '{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}']) {
    const response = await inject({
      method: 'POST',
      url: '/api/ribbon/log-call',
      headers: { 'content-type': 'application/json', 'x-api-key': DEMO_KEY },
      payload,
    })
    t.equal(response.statusCode, 400, payload)
    t.equal(response.json<Problem>().code, 'invalid_json')
  }
})

t.test('a body that is not declared to be JSON is a 415', async (t) => {
  for (const [type, what] of [
    [undefined, 'The body has no Content-Type'],
    ['text/plain;charset=UTF-8', 'The Content-Type is "text/plain;charset=UTF-8"'],
    ['application/x-www-form-urlencoded', 'The Content-Type is "application/x-www-form-urlencoded"'],
    ['json', 'The Content-Type is "json"'],
  ]) {
    const response = await inject({
      method: 'POST',
      url: '/api/ribbon/init',
      headers: { 'x-api-key': DEMO_KEY, 'content-length': '2', ...(type !== undefined && { 'content-type': type }) },
      payload: '{}',
    })
    t.equal(response.statusCode, 415)
    const detail = `${String(what)}: send JSON, with Content-Type: application/json.`
    t.match(response.json<Problem>(), { code: 'unsupported_media_type', detail })
  }
})

t.test('a body beyond the limit is a 413', async (t) => {
  const response = await post('/api/ribbon/log-call', { ...EVENT, note: 'x'.repeat(LIMITS.bodyBytes) })
  t.equal(response.statusCode, 413)
  t.equal(response.json<Problem>().code, 'payload_too_large')
})

t.test('a body that lies about its length is a 400', async (t) => {
  const response = await inject({
    method: 'POST',
    url: '/api/ribbon/log-call',
    headers: { 'content-type': 'application/json', 'content-length': '5' },
    payload: '{}',
  })
  t.match(response.json<Problem>(), { status: 400, code: 'invalid_request', detail: /Content-Length/ })
})

t.test('a request that breaks off while it is read is a 400, not a fault of the server', async (t) => {
  const broken = Object.assign(new Error('aborted'), { statusCode: 400 }) as unknown as FastifyError
  t.match(apiErrorOf(broken, {} as FastifyRequest), { code: 'invalid_request', cause: broken })
})

t.test('a path that does not exist is a 404, and its query is not repeated', async (t) => {
  const response = await get('/api/ribbon/nothing?X-API-Key=secret')
  t.equal(response.statusCode, 404)
  t.equal(response.json<Problem>().code, 'not_found')
  t.notOk(response.body.includes('secret'))
})

t.test('a method that a path does not have is a 405 that lists those it has', async (t) => {
  const post = await inject({ method: 'POST', url: '/api/ribbon/active-calls' })
  t.equal(post.statusCode, 405)
  t.equal(post.headers.allow, 'GET, HEAD, OPTIONS')
  const options = await inject({ method: 'OPTIONS', url: '/api/ribbon/customer/CUST001' })
  t.equal(options.statusCode, 405)
  t.equal((await inject({ method: 'DELETE', url: '/api/ribbon/customer' })).headers.allow, 'OPTIONS, POST')
})

t.test('a path that cannot be decoded or is too long is a 400', async (t) => {
  t.match((await get('/api/ribbon/customer/%ff')).json<Problem>(), { status: 400, code: 'invalid_request' })
  const long = await get(`/api/ribbon/customer/${'x'.repeat(2000)}`)
  t.match(long.json<Problem>(), { status: 400, requestId: long.headers['x-request-id'] })
})

t.test('the longest customer id fits into a path, however it is encoded', async (t) => {
  const response = await get(`/api/ribbon/customer/${encodeURIComponent('ௐ'.repeat(LIMITS.customerIdLength))}`)
  t.match(response.json<Problem>(), { status: 404, code: 'customer_not_found' })
})

t.test('a fault of the server keeps its reason to itself and its log', async (t) => {
  const lines: string[] = []
  const { get } = await buildTestApp(t, {
    store,
    storage: replacing('activeCalls', () => Promise.reject(new Error('disk /secret/path is on fire'))),
    logger: createLogger('error', { write: (line) => lines.push(line) }),
  })
  const response = await get('/api/ribbon/active-calls')
  t.equal(response.statusCode, 500)
  t.notOk(response.body.includes('fire'))
  t.match(response.json<Problem>(), { code: 'internal' })
  t.equal(lines.length, 1)
  t.match(JSON.parse(String(lines[0])), {
    requestId: response.json<Problem>().requestId,
    err: { message: /fire/, stack: String },
  })
})

t.test('a store that is busy or away is a 503 with a time to try again', async (t) => {
  for (const [error, code] of [
    [new StorageBusy(), 'overloaded'],
    [new StorageUnavailable('gone'), 'unavailable'],
    [new StorageUnavailable('gone', { outcomeOpen: true }), 'outcome_open'],
  ] as const) {
    const { post } = await buildTestApp(t, { store, storage: replacing('record', () => Promise.reject(error)) })
    const response = await post('/api/ribbon/log-call', { apiKey: DEMO_KEY, ...EVENT })
    t.equal(response.statusCode, 503)
    t.equal(response.headers['retry-after'], '1')
    t.equal(response.json<Problem>().code, code)
  }
})

t.test('a store that is damaged is a 503 that says who can help, and not to try again at once', async (t) => {
  const { get } = await buildTestApp(t, {
    store,
    storage: replacing('activeCalls', () => Promise.reject(new StorageDamaged('SQLITE_CORRUPT: page 7'))),
  })
  const response = await get('/api/ribbon/active-calls')
  t.match(response.json<Problem>(), { status: 503, code: 'unavailable', detail: /has to restore it/ })
  t.equal(response.headers['retry-after'], '60')
  t.notMatch(response.body, 'page 7')
})

t.test('a store that does not answer makes the server not ready, and still alive', async (t) => {
  const { get } = await buildTestApp(t, {
    store,
    storage: replacing('ping', () => Promise.reject(new StorageUnavailable('gone'))),
  })
  t.equal((await get('/health/ready', {})).statusCode, 503)
  t.match((await get('/health', {})).json(), { status: 'healthy' })
})

t.test('a caller’s request id is taken over when it is harmless', async (t) => {
  t.equal((await get('/health', { 'x-request-id': 'trace-1:a.b_c' })).headers['x-request-id'], 'trace-1:a.b_c')
  for (const id of ['', 'two words', 'x'.repeat(65), '<script>']) {
    t.not((await get('/health', { 'x-request-id': id })).headers['x-request-id'], id)
  }
})

t.test('what is not HTTP is answered with a problem, and the connection closed', async (t) => {
  const answer = await exchange(port, 'nonsense\r\n\r\n')
  t.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/)
  t.match(answer, /content-type: application\/problem\+json/)
  t.match(answer, /"code":"invalid_request"/)
})

t.test('whatever the parser refuses is answered with a whole problem, never with a bare close', async (t) => {
  const get = (headers: string, path = '/health') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
  const post = (rest: string) => `POST /api/ribbon/init HTTP/1.1\r\nHost: a\r\n${rest}`
  const chunked = (rest: string) => post(`Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${rest}`)
  for (const [what, request, status, reason] of [
    ['a method that is none', 'FOO /health HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'Invalid method encountered'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'Invalid method encountered'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'PRI'],
    ['a NUL in the path', get('', '/health\0'), 400, 'Invalid char in url path'],
    ['a NUL in a header', get('X: a\0b\r\n'), 400, 'Invalid header value char'],
    ['a space in the name of a header', get('X y: a\r\n'), 400, 'Invalid header token'],
    ['a header over two lines', get('X: a\r\n b\r\n'), 400, 'whitespace'],
    ['two lengths', post('Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'), 400, 'Duplicate Content-Length'],
    [
      'a length and chunks',
      post('Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
      400,
      'Transfer-Encoding',
    ],
    ['a chunk of no size', chunked('zz\r\n'), 400, 'chunk size'],
    ['a chunk with a long extension', chunked(`1;${'x'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`), 413, 'extensions'],
    ['a proxy’s CONNECT', 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n', 405, 'no proxy'],
  ] as const) {
    const answer = await exchange(port, request)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    t.ok(head.startsWith(`HTTP/1.1 ${String(status)} `), what)
    t.match(head, /content-type: application\/problem\+json\r\n/)
    t.match(head, /x-content-type-options: nosniff\r\n/)
    const problem = JSON.parse(body) as Problem
    t.match(problem, { status, detail: new RegExp(reason) }, what)
    t.ok(head.includes(`x-request-id: ${problem.requestId}\r\n`))
  }
})

t.test('a request names one host, and a host', async (t) => {
  const get = (...hosts: string[]) =>
    exchange(port, `GET /health HTTP/1.1\r\n${hosts.map((name) => `${name}\r\n`).join('')}Connection: close\r\n\r\n`)
  for (const [hosts, reason] of [
    [[], 'The request has no Host header: send one.'],
    [['Host: a', 'Host: b'], 'The request has more than one Host header: send one.'],
    [['Host: a', 'HOST: a'], 'The request has more than one Host header: send one.'],
    [['Host: a b/c?'], 'The Host header is not a host with its port: correct it.'],
    [['Host: a, b@c'], 'The Host header is not a host with its port: correct it.'],
  ] as const) {
    const [head = '', body = ''] = (await get(...hosts)).split('\r\n\r\n')
    t.match(head, /^HTTP\/1\.1 400 .*application\/problem\+json/s, hosts.join())
    t.match(JSON.parse(body), { code: 'invalid_request', detail: reason, instance: '/health' })
  }
  for (const name of ['Host: a', 'Host:', 'host: [::1]:3000', 'Host: xn--bcher-kva.example:80'])
    t.match(await get(name), /^HTTP\/1\.1 200 /, name)
  t.match(await exchange(port, 'GET /health HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /, 'HTTP/1.0 has no Host')
})

t.test('an expectation that nobody knows is not held against a request', async (t) => {
  const body = JSON.stringify({ apiKey: DEMO_KEY, ...EVENT })
  const head = `Content-Type: application/json\r\nContent-Length: ${String(body.length)}\r\nExpect: 200-ok\r\n`
  const sent = `POST /api/ribbon/log-call HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${head}\r\n${body}`
  t.match(await exchange(port, sent), /^HTTP\/1\.1 200 .*"success":true/s)
})

t.test('headers beyond the limit are a 431', async (t) => {
  t.match(
    await exchange(port, `GET /health HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
    /^HTTP\/1\.1 431 .*headers_too_large/s,
  )
})

t.test('a connection that is reset is let go without an answer', async (t) => {
  const written: unknown[] = []
  const socket = {
    writable: true,
    write: (text: string) => written.push(text),
    destroy: () => written.push('destroyed'),
  }
  app.server.emit('clientError', Object.assign(new Error('reset'), { code: 'ECONNRESET' }), socket)
  app.server.emit('clientError', new Error('late'), { ...socket, writable: false })
  t.strictSame(written, ['destroyed', 'destroyed'])
})
