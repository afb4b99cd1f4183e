import t from 'tap'
import { prefersStrict } from '../../src/http/prefer.js'

t.test('strict handling is asked for as RFC 7240 has it', async (t) => {
  for (const prefer of [
    'handling=strict',
    'Handling=STRICT',
    'handling = "strict"',
    'respond-async, wait=100, handling=strict; note="a, b"',
    'note="a, b"; x=1 , handling=strict',
    'handling=strict, handling=lenient',
  ]) {
    t.ok(prefersStrict(prefer), prefer)
  }
})

t.test('whatever else is preferred, nothing is refused for it', async (t) => {
  for (const prefer of [
    undefined,
    '',
    'handling',
    'handling=lenient',
    'handling=lenient, handling=strict',
    'return=minimal',
    'note="x, handling=strict"',
    'handling=stricter',
  ]) {
    t.notOk(prefersStrict(prefer), String(prefer))
  }
})
