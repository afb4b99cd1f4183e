import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { NumberSet } from '../../src/services/number-set.js'

t.test('it tells numbers that are new as a set of JavaScript does', (t) => {
  // Around the ends of its parts, and beyond 32 bits, where shifting would go wrong.
  const number = fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 32_760, max: 32_775 }),
    fc.integer({ min: 2 ** 40, max: 2 ** 40 + 20 }),
    fc.maxSafeNat(),
  )
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), (numbers) => {
      const set = new NumberSet()
      const expected = new Set<number>()
      for (const n of numbers) {
        assert.equal(set.add(n), !expected.has(n))
        expected.add(n)
      }
    }),
  )
  t.end()
})
