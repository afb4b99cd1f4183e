import { Ajv } from 'ajv'
import type { FastifySchemaValidationError } from 'fastify'
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { AJV_OPTIONS, faultsOf } from '../../src/http/validation.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'

const { get, inject, post } = await buildTestApp(t)

t.test('a parameter that is empty, undefined or null is absent', async (t) => {
  const plain = await get('/api/ribbon/analytics/detailed')
  for (const value of ['', 'undefined', 'null']) {
    const response = await get(
      `/api/ribbon/analytics/detailed?startDate=${value}&endDate=${value}&limit=${value}&other=${value}`,
    )
    t.equal(response.statusCode, 200)
    t.equal(response.body, plain.body)
  }
})

t.test('numbers are plain decimal integers', async (t) => {
  t.match((await get('/api/ribbon/call-logs?pageSize=20&page=2')).json(), { pagination: { page: 2, pageSize: 20 } })
  for (const value of ['abc', '1.5', '1e2', '0x10', '%2B5', ' 5', '9999999999999999', 'true', '0', '-1', '501']) {
    const response = await get(`/api/ribbon/call-logs?pageSize=${value}`)
    t.equal(response.statusCode, 400, value)
    t.match(response.json(), { errors: [{ in: 'query', pointer: '/pageSize' }] })
  }
})

t.test('a list is split at commas, or given entry by entry; truth is true or false', async (t) => {
  const csv = async (query: string) => get(`/api/ribbon/export/calls?format=csv&${query}`)
  const header = 'Status,Agent\r\n'
  for (const query of [
    'columns=status,agentUserId',
    'columns=status,%20agentUserId',
    'columns=status&columns=agentUserId',
  ]) {
    t.equal((await csv(query)).body, header, query)
  }
  t.equal((await csv('columns=status,agentUserId&excel=true')).body, `\uFEFF${header}`)
  t.equal((await csv('columns=status,agentUserId&excel=false')).body, header)
  t.equal((await csv('columns=&times=&excel=')).body, (await csv('')).body, 'nothing given is the default')
  const faults = async (query: string) => (await csv(query)).json<{ errors: unknown[] }>().errors
  const message = /^must be sessionId, customerName, .* or logIds, not "statsu": did you mean status\?$/
  t.match(await faults('columns=agentUserId,statsu'), [{ in: 'query', pointer: '/columns/1', message }])
  t.match(await faults('columns=status,status'), [{ pointer: '/columns', message: 'names "status" twice' }])
  t.match(await faults('excel=yes'), [{ pointer: '/excel', message: 'must be true or false, not "yes"' }])
  t.match(await faults('excel=true&excel=true'), [
    { pointer: '/excel', message: 'is given more than once: give it once' },
  ])
})

t.test('numbers that are text stay text', async (t) => {
  t.equal((await get('/api/ribbon/analytics?customerId=123')).statusCode, 200)
})

t.test('unknown, repeated and misspelt parameters are refused by name, all at once', async (t) => {
  const response = await get('/api/ribbon/call-logs?pagesize=20&callDirection=sideways&page=1&page=2&event=7up')
  t.equal(response.statusCode, 400)
  const { errors, detail } = response.json<{ errors: { pointer: string; message: string }[]; detail: string }>()
  const messages = Object.fromEntries(errors.map(({ pointer, message }) => [pointer, message]))
  t.match(messages, {
    '/pagesize': 'is not a parameter of this operation: did you mean pageSize?',
    '/callDirection': 'must be inbound or outbound, not "sideways"',
    '/page': 'is given more than once: give it once',
    '/event': 'must begin with a letter and go on with letters, digits, _ . : and - alone',
  })
  t.match(detail, /^pagesize is not a parameter of this operation: did you mean pageSize\? .* And 1 more\.$/)
})

/** What is said of a value that does not fit a schema, as `pointer message`. */
function saidOf(schema: object, value: unknown, part: 'body' | 'querystring' = 'body'): string[] {
  const validate = new Ajv({ ...AJV_OPTIONS, strict: false }).compile(schema)
  validate(value)
  const { faults } = faultsOf(validate.errors as FastifySchemaValidationError[], part)
  return faults.map(({ pointer, message }) => `${pointer} ${message}`)
}

t.test('each fault is said in words of people, with what is instead and the way out', async (t) => {
  const member = (schema: object, value: unknown, part?: 'querystring') =>
    String(saidOf({ type: 'object', properties: { a: schema } }, { a: value }, part)).slice('/a '.length)

  for (const [type, sentence] of [
    ['object', 'must be an object, not a string'],
    ['array', 'must be an array, not a string'],
    ['boolean', 'must be true or false, not a string'],
    [['number', 'null'], 'must be a number or null, not a string'],
  ] as const) {
    t.equal(member({ type }, 'x'), sentence)
  }
  for (const [value, kind] of [
    [null, 'null'],
    [[], 'an array'],
    [{}, 'an object'],
    [true, 'true or false'],
    [1.5, 'a number'],
  ] as const) {
    t.equal(member({ type: 'string' }, value), `must be a string, not ${kind}`)
  }
  t.equal(member({ type: 'number' }, '180'), 'must be a number, not a string: write 180 without quotes')
  t.equal(member({ type: 'integer' }, 'ten', 'querystring'), 'must be a whole number, not "ten"')
  const seconds = { anyOf: [{ type: ['number', 'null'] }, { type: 'string', enum: [''] }] }
  t.equal(member(seconds, '-1.5'), 'must be a number, null or "", not a string: write -1.5 without quotes')
  t.equal(member(seconds, []), 'must be a number, null or "", not an array')

  t.equal(member({ enum: ['json', 'csv'] }, 'jsn', 'querystring'), 'must be json or csv, not "jsn": did you mean json?')
  t.equal(member({ enum: ['json', 'csv'] }, { toString: 1 }), 'must be json or csv, not an object')
  t.equal(member({ minimum: 1 }, 0), 'must be at least 1, not 0')
  t.equal(member({ maximum: 500 }, 501), 'must be at most 500, not 501')
  t.equal(member({ minLength: 1 }, ''), 'must not be empty')
  t.equal(member({ maxLength: 2 }, '😀😀😀'), 'must be at most 2 characters long, not 3')
  t.equal(member({ maxItems: 1 }, [1, 2]), 'must have at most 1 entries, not 2')
  t.equal(member({ maxProperties: 1 }, { b: 1, c: 2 }), 'must have at most 1 members, not 2')
  t.equal(member({ pattern: '^x$' }, 'y'), 'must match ^x$')
  t.equal(member({ multipleOf: 2 }, 3), 'must be multiple of 2')
})

t.test('what is missing is named, with what it may have been called or how it looks', async (t) => {
  const properties = { event: { examples: ['connected'] }, data: {} }
  const schema = { type: 'object', properties, required: ['event', 'data'] }
  t.strictSame(saidOf(schema, {}), ['/event is required, such as "connected"', '/data is required'])
  t.strictSame(saidOf(schema, { Event: 'x', data: 1 }), ['/event is required: did you mean it by "Event"?'])
  t.strictSame(saidOf({ ...schema, required: ['date'] }, { data: 1 }), ['/date is required'])
})

t.test('what is too much is named, with what there is', async (t) => {
  const closed = (properties: object) => ({ type: 'object', properties, additionalProperties: false })
  t.strictSame(saidOf(closed({}), { 'a~/b': 1 }, 'querystring'), [
    '/a~0~1b is not a parameter of this operation, which takes none',
  ])
  t.strictSame(saidOf(closed({ domain: {}, apiKey: {} }), { page: 1, domian: 1 }), [
    '/page is not a member of this request, which takes domain and apiKey',
    '/domian is not a member of this request: did you mean domain?',
  ])
})

t.test(
  'an answer names so many faults and no more, each of a bounded length, and says how many there are',
  async (t) => {
    const members = Array.from(
      { length: LIMITS.faults + 50 },
      (_, i) => [`${String(i)}-${'x'.repeat(i === 0 ? 300 : 1)}`, i] as const,
    )
    const response = await post('/api/ribbon/init', {
      apiKey: DEMO_KEY,
      domain: 'a.example',
      ...Object.fromEntries(members),
    })
    const { errors, detail } = response.json<{ errors: { pointer: string }[]; detail: string }>()
    t.equal(errors.length, LIMITS.faults)
    t.equal(errors[0]?.pointer, `/0-${'x'.repeat(98)}…`)
    t.match(detail, /And 147 more\.$/)
    t.ok(response.body.length < 2 * LIMITS.faultsLength)
  },
)

t.test('an answer is never a hundred times its request, however many faults fit into it', async (t) => {
  const headers = { 'x-api-key': DEMO_KEY }
  const nested = (inside: string) => `${`{"${'n'.repeat(99)}":`.repeat(99)}${inside}${'}'.repeat(99)}`
  for (const [what, request] of [
    ['entries of a list', { url: `/api/ribbon/export/calls?columns=${'a,'.repeat(60)}`, headers }],
    ['empty entries', { url: `/api/ribbon/export/calls?columns=${','.repeat(100)}`, headers }],
    [
      'parameters',
      { url: `/api/ribbon/call-logs?${Array.from({ length: 200 }, (_, i) => `${String(i)}=1`).join('&')}`, headers },
    ],
    [
      'deep members',
      {
        method: 'POST',
        url: '/api/ribbon/log-call',
        payload: `{"event":"x","data":${nested(`[${'9007199254740993,'.repeat(999)}1]`)}}`,
      },
    ],
    ['tags', { method: 'POST', url: '/api/ribbon/customer', payload: `{"tags":[${'1,'.repeat(30_000)}1]}` }],
  ] as const) {
    const sent = 'payload' in request ? request.payload.length : request.url.length + DEMO_KEY.length
    const answer = await inject({ ...request, headers: { ...headers, 'content-type': 'application/json' } })
    t.equal(answer.statusCode, 400, what)
    t.ok(answer.body.length < 100 * sent && answer.body.length < 64 * 1024, `${what}: ${String(answer.body.length)}`)
  }
})

t.test('operations without parameters take none', async (t) => {
  for (const url of ['/api/ribbon/config', '/api/ribbon/active-calls', '/api/ribbon/customer/CUST001']) {
    t.equal((await get(`${url}?status=active`)).statusCode, 400)
  }
})

t.test('bodies are not coerced', async (t) => {
  for (const [data, pointer] of [
    [{ duration: '180' }, '/data/duration'],
    [{ duration: true }, '/data/duration'],
    [{ duration: -1 }, '/data/duration'],
    [{ callSid: 5 }, '/data/callSid'],
  ] as const) {
    const response = await post('/api/ribbon/log-call', { apiKey: 'demo-api-key-789', event: 'connected', data })
    t.match(response.json(), { status: 400, errors: [{ in: 'body', pointer }] })
  }
})
