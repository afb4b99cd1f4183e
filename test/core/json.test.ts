import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { canonicalJson, isLongerThan, isObject, storageFault, type Json } from '../../src/core/json.js'

/** Texts with everything that JSON escapes, halves of surrogate pairs among it, and names that objects treat specially. */
const text = fc.oneof(
  fc.string(),
  fc.array(fc.integer({ min: 0, max: 0xdfff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    '',
    '__proto__',
    'toJSON',
    '10',
    '2',
    '01',
    '-1',
    '"',
    '\\',
    '\u2028',
    '\x7f',
    '\ud800',
    '\udc00\ud800',
  ),
  fc.constantFrom(199, 200, 201).map((length) => 'x'.repeat(length)),
)
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, NaN, Infinity, -Infinity, 1e21, 1e-7, 5e-324))

/** JSON values, and what stands for none: members that are undefined, numbers that JSON cannot write. */
const value = fc.letrec<{ value: Json; scalar: Json; list: Json; object: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie('scalar'), tie('list'), tie('object')),
  scalar: fc.oneof(text, number, fc.boolean(), fc.constant(null)),
  list: fc.array(tie('value'), { maxLength: 5 }),
  object: fc
    .array(fc.tuple(text, fc.option(tie('value'), { freq: 8, nil: undefined })), { maxLength: 6 })
    .map((members) => Object.fromEntries(members)),
})).value

/** Outside of what `text` makes, before every name: objects keep names of this kind in the order they are given. */
const NAME = '\ue000'

/** The definition: what the platform writes of the value whose members are sorted by name, at every level. */
function oracleText(value: Json): string {
  return JSON.stringify(sorted(value)).replaceAll(`"${NAME}`, '"')
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [`${NAME}${name}`, member === undefined ? undefined : sorted(member)]),
  )
}

t.test('the canonical text is what the platform writes of the value with its members sorted', (t) => {
  fc.assert(
    fc.property(value, (value) => {
      assert.equal(canonicalJson(value), oracleText(value))
    }),
    { numRuns: 3000 },
  )
  t.end()
})

t.test('values that differ only in the order of their members have one text', (t) => {
  fc.assert(
    fc.property(value, (value) => {
      assert.equal(canonicalJson(reversed(value)), canonicalJson(value))
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('the canonical text parses back to the value as JSON keeps it, and that has the same text', (t) => {
  fc.assert(
    fc.property(value, (value) => {
      const parsed = JSON.parse(canonicalJson(value)) as Json
      assert.deepStrictEqual(parsed, JSON.parse(JSON.stringify(value)))
      assert.equal(canonicalJson(parsed), canonicalJson(value))
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('a value is longer than a length exactly when its JSON is', (t) => {
  fc.assert(
    fc.property(value, fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -300, max: 300 })), (value, by) => {
      const { length } = JSON.stringify(value)
      assert.equal(isLongerThan(value, length + by), by < 0)
    }),
    { numRuns: 3000 },
  )
  // Every character as an escape, and the longest number, take all the room that is reckoned with.
  for (const value of [
    '\0'.repeat(40),
    { ['\u0001'.repeat(9)]: ['\ud800'] },
    -Number.MIN_VALUE,
    -1.2345678901234567e-300,
  ]) {
    const { length } = JSON.stringify(value)
    t.notOk(isLongerThan(value, length))
    t.ok(isLongerThan(value, length - 1))
  }
  t.end()
})

t.test('canonical text sorts by code unit at every level and leaves absent members out', (t) => {
  t.equal(canonicalJson({ b: [{ z: 1, a: 'é' }], a: null, c: undefined }), '{"a":null,"b":[{"a":"é","z":1}]}')
  t.equal(canonicalJson(JSON.parse('{"__proto__":1,"a":2}') as Json), '{"__proto__":1,"a":2}')
  t.equal(canonicalJson({ '2': 1, '10': 2, '': 3 }), '{"":3,"10":2,"2":1}')
  t.equal(canonicalJson([-0, NaN, Infinity, '\ud800', '\u2028"']), '[0,null,null,"\\ud800","\u2028\\""]')
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
      .map(([name, member]) => [name, member === undefined ? undefined : reversed(member)]),
  )
}
