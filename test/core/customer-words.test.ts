import t from 'tap'
import { beginWith, withWords, wordsOf } from '../../src/core/customer-words.js'
import { LIMITS } from '../../src/core/limits.js'

t.test('a name is found by its words, whatever their case, form and script', async (t) => {
  t.strictSame(wordsOf('  John  O’Brien-Doe JOHN '), ['brien', 'doe', 'john', 'o'])
  t.strictSame(wordsOf('प्रिया शर्मा'), ['प्रिया', 'शर्मा'].sort())
  t.strictSame(wordsOf('Ｊｏｈｎ ﬁ'), ['fi', 'john'], 'forms of one letter are one')
  t.strictSame(wordsOf('Cafe\u0301'), wordsOf('CAFÉ'))
  t.strictSame(wordsOf(' .,- '), [])
})

t.test('words are so long and so many, and no character is cut in two', async (t) => {
  t.strictSame(wordsOf('𝒳'.repeat(40)), ['x'.repeat(LIMITS.nameWordLength)])
  t.strictSame(wordsOf('𠮷'.repeat(40)), ['𠮷'.repeat(LIMITS.nameWordLength)])
  const many = Array.from({ length: 100 }, (_, n) => `word${String(n)}`)
  t.equal(wordsOf(many.join(' ')).length, LIMITS.nameWords)
  t.equal(withWords(many, ['more']).length, LIMITS.customerWords)
  t.strictSame(withWords(['b'], ['a', 'b']), ['a', 'b'])
})

t.test('each word asked for begins a word of the name', async (t) => {
  const words = wordsOf('Asha Rao')
  t.ok(beginWith(words, ['as', 'ra']))
  t.notOk(beginWith(words, ['as', 'x']))
  t.notOk(beginWith(words, ['sha']))
})
