import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { digestInErased, erasedCallKey, erasedEvent, withoutPerson } from '../../src/core/erasure.js'
import { factsOf, join, shownData } from '../../src/core/facts.js'
import { callEvent } from '../helpers/events.js'

const event = callEvent(fc.constant('CA1'))
const facts = event.map((one) => factsOf(one) ?? {})

t.test('erasing before events are folded comes to the same as erasing after', (t) => {
  fc.assert(
    fc.property(facts, facts, (a, b) => {
      assert.deepEqual(withoutPerson(join(a, b)), join(withoutPerson(a), withoutPerson(b)))
    }),
    { numRuns: 1000 },
  )
  t.end()
})

t.test('an erased event claims what it claimed of its call, names nobody, and can be erased again', (t) => {
  fc.assert(
    fc.property(event, (one) => {
      const erased = { ...one, ...erasedEvent(one) }
      const claimed = factsOf(one)
      assert.deepEqual(factsOf(erased), claimed === null ? null : withoutPerson(claimed))
      assert.deepEqual({ ...erased, ...erasedEvent(erased) }, erased)
      assert.doesNotMatch(JSON.stringify([erased.data, erased.context]), /9876543210|1234567890|CUST|Doe|Smith|CA1/)
      assert.deepEqual(shownData(erased.data), {})
    }),
    { numRuns: 1000 },
  )
  t.strictSame(shownData({ a: 1 }), { a: 1 }, 'data as it was sent is shown')
  t.end()
})

t.test('a reason stays that is a word of the vocabulary, and one that may be a number goes', (t) => {
  t.strictSame(withoutPerson({ endReason: ['Busy here', 1, 2] }), { endReason: ['Busy here', 1, 2] })
  t.strictSame(withoutPerson({ endReason: ['no answer from 9876543210', 1, 2] }), {})
  t.end()
})

t.test('the name of an erased call leads to it, and other names are what they are', (t) => {
  const digest = Buffer.from('0123456789abcdef01234567', 'hex')
  t.equal(erasedCallKey(digest), 'erased-0123456789abcdef01234567')
  t.strictSame(digestInErased(erasedCallKey(digest)), digest)
  for (const name of ['erased-', 'erased-0123', 'CA1']) t.equal(digestInErased(name), null)
  t.end()
})
