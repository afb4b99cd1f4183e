import t from 'tap'
import { languageOf, readChoice, writeChoice } from '../../src/dashboard/model/choice.js'

t.test('whatever was chosen is in the address, and comes back from there', async (t) => {
  const unchosen = readChoice('')
  t.match(unchosen, { view: 'overview', range: '7days', direction: '', agent: '', call: '', theme: 'system' })
  t.equal(writeChoice(unchosen), '', 'an address says nothing of what nobody chose')
  const chosen = {
    ...unchosen,
    view: 'calls',
    range: 'custom',
    from: '2025-10-01',
    to: '2025-10-12',
    agent: 'agent 4&2',
    direction: 'inbound',
    phone: '+91 98765',
    theme: 'dark',
  } as const
  t.same(readChoice(writeChoice(chosen)), chosen)
})

t.test('an address that says what nobody can choose is as if it said nothing', async (t) => {
  t.same(readChoice('?view=secrets&range=9days&direction=up&theme=pink&unknown=1'), readChoice(''))
})

t.test('the language is the one chosen, else the first of the browser’s that there is, else English', async (t) => {
  const of = (language: string, ...preferred: string[]) => languageOf({ ...readChoice(''), language }, preferred)
  t.equal(of('hi', 'en-US'), 'hi')
  t.equal(of('', 'ta-IN', 'hi-IN', 'en'), 'hi')
  t.equal(of('tlh', 'de'), 'en')
})
