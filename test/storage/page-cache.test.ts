import t from 'tap'
import { PageCache, type CustomerCounts } from '../../src/storage/sql/read/page-cache.js'

/** Takes 16 bytes a customer. */
function counts(customers: number): CustomerCounts {
  return {
    customers: new Uint32Array(customers),
    calls: new Uint32Array(customers),
    seconds: new Float64Array(customers),
  }
}

t.test('a page that is behind is not believed', (t) => {
  const cache = new PageCache(1000)
  const page = counts(1)
  cache.set('a', 7, page)
  t.equal(cache.get('a', 6), page)
  t.equal(cache.get('a', 7), page)
  t.equal(cache.get('a', 8), undefined)
  t.equal(cache.get('b', 0), undefined)
  t.end()
})

t.test('the least recently used pages make room, so that it never holds more than it may', (t) => {
  const cache = new PageCache(3 * 160)
  for (const key of ['a', 'b', 'c']) cache.set(key, 1, counts(10))
  t.ok(cache.get('a', 1), 'used: now b is the oldest')
  cache.set('d', 1, counts(10))
  t.strictSame(
    ['a', 'b', 'c', 'd'].filter((key) => cache.get(key, 1) !== undefined),
    ['a', 'c', 'd'],
  )
  // One that is set again takes its place once.
  for (let n = 0; n < 5; n += 1) cache.set('d', n, counts(10))
  t.ok(cache.get('a', 1))
  cache.set('big', 1, counts(31))
  t.strictSame(
    ['a', 'c', 'd', 'big'].filter((key) => cache.get(key, 0) !== undefined),
    [],
    'one that alone is too big is not kept',
  )
  cache.set('e', 1, counts(30))
  t.ok(cache.get('e', 1))
  t.end()
})
