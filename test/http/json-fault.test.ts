import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { jsonFault } from '../../src/http/json-fault.js'

const TEXT = 'text stands without double quotes'
const STRING = 'a text begins'

t.test('a text that is no JSON is refused with its place, the reason and what to write', async (t) => {
  for (const [text, place, reason] of [
    ["{'a':1}", 'line 1, column 2', TEXT],
    ['{a:1}', 'line 1, column 2', TEXT],
    ['{\n  "event": connected\n}', 'line 2, column 12, after "event"', TEXT],
    ['{"a":1}x', 'line 1, column 8, after "a"', TEXT],
    ['{"a":1,}', 'line 1, column 8, after "a"', 'a comma stands before the end: take it out'],
    ['{"a":[1,]}', 'line 1, column 9, after "a"', 'a comma stands before the end: take it out'],
    ['{"a":1,,"b":2}', 'line 1, column 8, after "a"', 'the name of a member is missing'],
    ['{,"a":1}', 'line 1, column 2', 'a value is missing'],
    ['{"a" 1}', 'line 1, column 6, after "a"', 'a colon is missing'],
    ['{"a":1\r\n"b":2}', 'line 2, column 1, after "a"', 'a comma is missing'],
    ['{"a":1}}', 'line 1, column 8, after "a"', 'something follows the end'],
    ['{"a":', 'line 1, column 6, after "a"', 'it was cut off'],
    ['{"a":1', 'line 1, column 7, after "a"', 'it was cut off'],
    ['[1', 'line 1, column 3', 'it was cut off'],
    ['{"a":"b', 'line 1, column 6, after "a"', `${STRING} that does not end in its line`],
    ['{"a":"b\nc"}', 'line 1, column 6, after "a"', 'write a line break in it as \\n'],
    ['{"a":"\\x"}', 'line 1, column 6, after "a"', `${STRING} in which a backslash escapes nothing: write it as \\\\`],
    ['{"a":"\t"}', 'line 1, column 6, after "a"', 'write a tab as \\t'],
    ['{"a":"\\u12"}', 'line 1, column 6, after "a"', 'four hexadecimal digits'],
    ['{"a":1.}', 'line 1, column 6, after "a"', 'a number is malformed'],
    ['{"a":.5}', 'line 1, column 6, after "a"', 'a number is malformed'],
    ['{"a":1 // one\n}', 'line 1, column 8, after "a"', 'there is a comment'],
    ['{"a":None}', 'line 1, column 6, after "a"', 'None is no word of JSON: write null'],
    ['{"a":True}', 'line 1, column 6, after "a"', 'True is no word of JSON: write true'],
    ['event=connected', 'line 1, column 1', 'it begins with something else than {'],
    ['\uFEFF{"a":1,}', 'line 1, column 8, after "a"', 'a comma stands before the end'],
    ['{"__proto__":1}', 'line 1, column 2', 'a member is named __proto__'],
    ['{"constructor":{"prototype":1}}', 'line 1, column 17, after "constructor"', 'a member is named prototype'],
    ['['.repeat(60_000), 'line 1, column 102', `it is nested more than ${String(LIMITS.nestingDepth)} levels deep`],
  ] as const) {
    const sentence = jsonFault(text)
    t.ok(sentence.startsWith(`The body is not JSON: in ${place}, `) && sentence.includes(reason), sentence)
  }
})

t.test('a body with nothing in it, and an object that nobody made JSON of, are called what they are', async (t) => {
  for (const text of ['', ' \n']) t.equal(jsonFault(text), 'The body is empty: send a JSON object.')
  t.equal(jsonFault('[object Object]'), 'The body is the text [object Object]: pass the object through JSON.stringify.')
})

t.test('a text with a fault that is not of its syntax is refused without a place', async (t) => {
  t.equal(jsonFault('{"prototype":{"a":[[1]]}}'), 'The body is not JSON that can be kept.')
})

/** JSON with a piece cut out, put in or put elsewhere. */
const broken = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.nat(5),
    fc.constantFrom('', ',', '}', ']', '"', "'", '\\', '1', 'x', ':', '\n'),
  )
  .map(([text, at, length, piece]) => {
    const start = at % (text.length + 1)
    return text.slice(0, start) + piece + text.slice(start + length)
  })
  .filter((text) => {
    try {
      JSON.parse(text)
      return false
    } catch {
      return text.trim() !== ''
    }
  })

t.test('whatever the parser refuses, a place in the text and a reason are found', async () => {
  fc.assert(
    fc.property(broken, (text) => {
      const [, line, column] = /^The body is not JSON: in line (\d+), column (\d+),/.exec(jsonFault(text)) ?? []
      assert.ok(Number(line) >= 1 && Number(line) <= text.split(/\r\n|\r|\n/).length, jsonFault(text))
      assert.ok(Number(column) >= 1 && Number(column) <= text.length + 1)
      assert.doesNotMatch(jsonFault(text), /undefined/)
    }),
    { numRuns: 2000 },
  )
})

t.test('a key is never repeated, wherever quotes are missing', async (t) => {
  const key = 'demo-api-key-789'
  for (const text of [
    `{"apiKey": ${key}}`,
    `{"apiKey: "${key}", "event": "x"}`,
    `{apiKey": "${key}", "event": "x"}`,
    `{"apiKey": "${key}, "event": "x"}`,
    `{"apiKey": "${key}"; "event": "x"}`,
    `{'apiKey': '${key}'}`,
    `apiKey=${key}&event=connected`,
    `{"apiKey" "${key}"}`,
  ]) {
    t.notMatch(jsonFault(text), /demo|789/, text)
  }
})
