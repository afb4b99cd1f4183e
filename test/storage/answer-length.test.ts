import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { withinAnswer } from '../../src/storage/sql/read/calls.js'

const lengthOf = (length: number) => length

t.test('an answer ends before the row with which it would be too long', async (t) => {
  const half = LIMITS.answerLength / 2
  t.match(withinAnswer([half, half], lengthOf), { fitting: [half, half], cut: false })
  t.match(withinAnswer([half, half, 1], lengthOf), { fitting: [half, half], cut: true })
})

t.test('a first row that alone is too long is answered alone, so that a reader comes past it', async (t) => {
  const long = LIMITS.answerLength + 1
  t.match(withinAnswer([long, 1], lengthOf), { fitting: [long], cut: true })
  t.strictSame(withinAnswer([long, 1], lengthOf, 1).fitting, [], 'after others it begins the next answer')
})
