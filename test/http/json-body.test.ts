import { Buffer } from 'node:buffer'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { alterations } from '../../src/http/json-alterations.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'

interface Problem {
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
}

const { get, inject } = await buildTestApp(t)

/** Sends bytes as they are. */
const send = (payload: string | Buffer, contentType = 'application/json', url = '/api/ribbon/log-call') =>
  inject({ method: 'POST', url, payload, headers: { 'content-type': contentType, 'x-api-key': DEMO_KEY } })

const event = (more: string) => `{"event":"connected","data":{"callSid":"CA1"${more}}}`

t.test('a body that is not UTF-8 is refused, whatever its bytes would be read as', async (t) => {
  const name = Buffer.from(event(',"customerData":{"name":"?"}'))
  const at = name.indexOf('?')
  for (const [bytes, what] of [
    [[0xe9], 'é in Latin-1'],
    [[0xc3], 'half a character'],
    [[0xed, 0xa0, 0x80], 'half of a surrogate pair'],
    [[0xc0, 0xaf], 'a character at more than its length'],
    [[0xff], 'no character'],
  ] as const) {
    const body = Buffer.concat([name.subarray(0, at), Buffer.from(bytes), name.subarray(at + 1)])
    for (const type of ['application/json', 'text/plain;charset=UTF-8']) {
      const { code, detail } = (await send(body, type)).json<Problem>()
      t.equal(code, 'invalid_json', what)
      t.equal(detail, 'The body is not UTF-8: JSON is sent in UTF-8, encode it so.')
    }
  }
  t.equal((await send(Buffer.from(`\uFEFF${event('')}`))).statusCode, 200, 'a byte order mark is let pass')
})

t.test('a charset that is not UTF-8 is a 415, however it is written', async (t) => {
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; CHARSET=Utf8 ; version=1',
    'text/plain; charset=UTF-8',
    'text/plain',
  ]) {
    t.equal((await send(event(''), type)).statusCode, 200, type)
  }
  for (const [type, charset] of [
    ['application/json; charset=iso-8859-1', 'iso-8859-1'],
    ['application/json; charset="UTF-16"', 'UTF-16'],
    ['application/json; version=1; charset=utf-8; charset=latin1', 'latin1'],
    ['application/json; charset=utf-8859', 'utf-8859'],
    ['text/plain; charset=windows-1252', 'windows-1252'],
  ] as const) {
    const answer = await send(event(''), type)
    const detail = `The Content-Type says charset="${charset}": send JSON in UTF-8, with Content-Type: application/json.`
    t.equal(answer.statusCode, 415, type)
    t.match(answer.json(), { code: 'unsupported_media_type', detail })
  }
})

t.test(
  'a member that is named twice in one object is refused where it stands, for no reader knows which is meant',
  async (t) => {
    for (const [more, pointer] of [
      [',"callSid":"CA2"', '/data/callSid'],
      [',"callSid" \n :"CA2"', '/data/callSid'],
      [',"call\\u0053id":"CA2"', '/data/callSid'],
      [',"customerData":{"a":1,"b":[{"c":1,"c":1}]}', '/data/customerData/b/0/c'],
      ['},"data":{', '/data'],
      [',"":1,"":2', '/data/'],
      [',"a/b":1,"a/b":2,"a/b":3', '/data/a~1b'],
    ] as const) {
      const problem = (await send(event(more))).json<Problem>()
      t.match(problem, {
        code: 'invalid_request',
        errors: [{ in: 'body', pointer, message: 'is named twice: name it once' }],
      })
      t.equal(problem.errors?.length, 1)
    }
    const twice = await send('{"domain":"a.example","apiKey":"a","apiKey":"b"}', 'application/json', '/api/ribbon/init')
    t.match(twice.json(), { errors: [{ pointer: '/apiKey' }] }, 'of every operation')
  },
)

t.test('a whole number that JavaScript would round is refused where it stands, and kept as text', async (t) => {
  for (const digits of ['9007199254740992', '9007199254740993', '-9007199254740993', '1'.repeat(400)]) {
    const problem = (await send(event(`,"id":[1,${digits}]`))).json<Problem>()
    t.equal(problem.code, 'invalid_request', digits)
    t.match(problem.errors, [
      { in: 'body', pointer: '/data/id/1', message: /^is a whole number beyond 9007199254740991/ },
    ])
    t.equal((await send(event(`,"id":"${digits}"`))).statusCode, 200)
  }
  for (const number of ['9007199254740991', '-9007199254740991', '1e300', '0.1', '12345678901234567.5', '-0']) {
    t.equal((await send(event(`,"id":${number}`))).statusCode, 200, number)
  }
})

t.test('what only looks like a name or a number is taken, and comes back as it was sent', async (t) => {
  const data = { callSid: 'CA-looks', ':a': ':b', 'c":': '":"d":1,"d":', e: [':', '9007199254740993', {}], f: '\\":' }
  t.equal((await send(JSON.stringify({ event: 'looks', data }, null, 2))).statusCode, 200)
  t.strictSame(
    (await get('/api/ribbon/call-logs?event=looks')).json<{ logs: { data: object }[] }>().logs[0]?.data,
    data,
  )
})

t.test('an answer names so many members and no more, and a body nested for ever is not walked', async (t) => {
  const many = Array.from({ length: LIMITS.faults + 5 }, (_, i) => `"${String(i)}":1,"${String(i)}":2`)
  t.equal(alterations(`{${many.join()}}`).length, LIMITS.faults)
  for (const deep of [
    `${'['.repeat(30_000)}":"${']'.repeat(30_000)}`,
    `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  ]) {
    t.strictSame(alterations(deep), [{ in: 'body', pointer: '', message: 'is nested more than 100 levels deep' }])
    t.equal((await send(`{"event":"deep","data":{"a":${deep}}}`)).statusCode, 400)
  }
})

t.test('JSON as JavaScript writes it is never refused, and a member more in any object of it always', async () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(8), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const rounded = /(?<![\d."])-?\d{16,}(?![\d.e])/.test(text)
      if (!rounded) assert.deepEqual(alterations(text), [])
      const names = [...text.matchAll(/\{\s*("(?:[^"\\]|\\.)*")\s*:/g)]
      for (const { 1: name, index } of names) {
        const twice = `${text.slice(0, index + 1)}${String(name)}:0,${text.slice(index + 1)}`
        if (isJson(twice)) assert.ok(alterations(twice).length > 0, twice)
      }
    }),
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
