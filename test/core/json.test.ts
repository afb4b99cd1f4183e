import fc from 'fast-check'
import t from 'tap'
import { canonicalJson, isObject, storageFault, type Json } from '../../src/core/json.js'

t.test('values that differ only in the order of their members have one text', (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => canonicalJson(value as Json) === canonicalJson(reversed(value as Json))),
    { numRuns: 200 },
  )
  t.end()
})

t.test('the canonical text parses back to the value', (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      return JSON.stringify(JSON.parse(text)) === text
    }),
    { numRuns: 200 },
  )
  t.end()
})

t.test('canonical text sorts by code unit at every level and leaves absent members out', (t) => {
  t.equal(canonicalJson({ b: [{ z: 1, a: 'é' }], a: null, c: undefined }), '{"a":null,"b":[{"a":"é","z":1}]}')
  t.equal(canonicalJson(JSON.parse('{"__proto__":1,"a":2}') as Json), '{"__proto__":1,"a":2}')
  t.equal(canonicalJson(undefined), 'null')
  t.end()
})

t.test('only objects are objects', (t) => {
  t.ok(isObject({}))
  for (const other of [null, [], 'text', 1, true, undefined]) t.notOk(isObject(other))
  t.end()
})

t.test('a value that cannot be kept exactly is named by its pointer', (t) => {
  t.equal(storageFault({ a: [1, 'x', null, { b: -0.5 }] }, 4), undefined)
  t.equal(storageFault('text', 0), undefined)
  t.same(storageFault({ 'a/b~c': { n: [0, Infinity] } }, 9), {
    pointer: '/a~1b~0c/n/1',
    fault: 'is a number too large to keep',
  })
  t.same(storageFault({ a: { b: {} } }, 2), { pointer: '/a/b', fault: 'is nested too deeply' })
  t.equal(storageFault({ a: { b: {} } }, 3), undefined)
  t.end()
})

function reversed(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(reversed)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member as Json)]),
  )
}
