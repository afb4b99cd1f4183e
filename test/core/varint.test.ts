import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { ByteReader, ByteWriter } from '../../src/core/varint.js'

/** Where one more bit makes a byte more, where 31 bits end, and the largest number that is exact. */
const EDGES = [
  ...Array.from({ length: 53 }, (_, bits) => 2 ** bits).flatMap((power) => [power - 1, power, power + 1]),
  Number.MAX_SAFE_INTEGER,
]
const whole = fc.oneof(fc.constantFrom(...EDGES), fc.nat(300), fc.maxSafeNat())
/** Twice the number has to be exact. */
const signed = fc
  .oneof(
    fc.constantFrom(...EDGES.filter((edge) => edge < 2 ** 52)).chain((edge) => fc.constantFrom(edge, -edge)),
    fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }),
  )
  .map((value) => value + 0)

t.test('every whole number from 0 to 2^53 - 1 comes back as it was, however many are written', (t) => {
  fc.assert(
    fc.property(fc.array(whole, { maxLength: 60 }), fc.nat(20), (values, size) => {
      const bytes = written(values, size)
      const reader = new ByteReader(bytes)
      assert.deepEqual(
        values.map(() => reader.varint()),
        values,
      )
      assert.equal(reader.at, bytes.length)
    }),
    { numRuns: 1000 },
  )
  for (const edge of EDGES) t.equal(new ByteReader(written([edge])).varint(), edge)
  t.end()
})

t.test('numbers read in bulk are those read one by one', (t) => {
  fc.assert(
    fc.property(fc.array(whole, { maxLength: 60 }), whole, whole, (values, before, after) => {
      const reader = new ByteReader(written([before, ...values, after]))
      assert.equal(reader.varint(), before)
      const into = new Float64Array(values.length)
      reader.varints(into, values.length)
      assert.deepEqual([...into], values)
      assert.equal(reader.varint(), after)
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('whole numbers of either sign come back as they were', (t) => {
  fc.assert(
    fc.property(fc.array(signed, { maxLength: 60 }), (values) => {
      const writer = new ByteWriter()
      for (const value of values) writer.signed(value)
      const reader = new ByteReader(writer.bytes())
      assert.deepEqual(
        values.map(() => reader.signed()),
        values,
      )
    }),
    { numRuns: 1000 },
  )
  for (const extreme of [-(2 ** 52), 2 ** 52 - 1]) {
    const writer = new ByteWriter()
    writer.signed(extreme)
    t.equal(new ByteReader(writer.bytes()).signed(), extreme)
  }
  t.end()
})

t.test('a number takes a byte for every seven bits, and small ones of either sign take one', (t) => {
  fc.assert(
    fc.property(whole, (value) => {
      assert.equal(written([value]).length, Math.max(1, Math.ceil(value.toString(2).length / 7)))
    }),
    { numRuns: 500 },
  )
  for (const small of [0, 1, -1, 63, -64]) {
    const writer = new ByteWriter()
    writer.signed(small)
    t.equal(writer.length, 1)
  }
  t.end()
})

t.test('bytes among numbers are kept as they are, and can be skipped', (t) => {
  fc.assert(
    fc.property(whole, fc.uint8Array({ maxLength: 700 }), whole, (before, bytes, after) => {
      const writer = new ByteWriter(0)
      writer.varint(before)
      const from = writer.length
      writer.append(bytes)
      writer.varint(after)
      const all = writer.bytes()
      assert.deepEqual(all.slice(from, from + bytes.length), bytes)
      const reader = new ByteReader(all)
      assert.equal(reader.varint(), before)
      reader.skip(bytes.length)
      assert.equal(reader.varint(), after)
      assert.equal(new ByteReader(all, from + bytes.length).varint(), after)
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('bytes that were taken stay as they are when more are written', async (t) => {
  const writer = new ByteWriter()
  writer.varint(1)
  const taken = writer.bytes()
  writer.varint(2)
  t.same([...taken], [1])
  t.same([...writer.bytes()], [1, 2])
})

function written(values: readonly number[], size?: number): Uint8Array {
  const writer = new ByteWriter(size)
  for (const value of values) writer.varint(value)
  return writer.bytes()
}
