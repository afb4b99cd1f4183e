import t from 'tap'
import { preferred } from '../../src/http/accept.js'

const TYPES = { json: 'application/json', html: 'text/html', text: 'text/plain' }

t.test('what a caller prefers is what its header says, most specific range first', (t) => {
  const cases: readonly (readonly [accept: string | undefined, expected: string])[] = [
    [undefined, 'json'],
    ['*/*', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/plain', 'text'],
    ['Text/HTML; charset=utf-8; q=0.4, text/plain; Q=0.5', 'text'],
    ['text/*', 'html'],
    ['text/*;q=0.9, text/html;q=0.1, application/*;q=0.5', 'text'],
    ['application/json;q=0, */*;q=0.1', 'html'],
    ['image/png', 'json'],
    ['', 'json'],
    ['text/html;q=much', 'json'],
  ]
  for (const [accept, expected] of cases) t.equal(preferred(accept, TYPES, 'json'), expected, String(accept))
  t.end()
})
