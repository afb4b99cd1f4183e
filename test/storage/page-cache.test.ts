import t from 'tap'
import { ByteCache } from '../../src/storage/sql/read/page-cache.js'

t.test('the least recently used values make room, so that it never holds more than it may', (t) => {
  const cache = new ByteCache<{ readonly bytes: number }>(30, ({ bytes }) => bytes)
  const kept = (...keys: string[]) => keys.filter((key) => cache.get(key) !== undefined)
  for (const key of ['a', 'b', 'c']) cache.set(key, { bytes: 10 })
  t.ok(cache.get('a'), 'used: now b is the oldest')
  cache.set('d', { bytes: 10 })
  t.strictSame(kept('a', 'b', 'c', 'd'), ['a', 'c', 'd'])
  // One that is set again takes its place once.
  for (let n = 0; n < 5; n += 1) cache.set('d', { bytes: 10 })
  t.ok(cache.get('a'))
  cache.set('big', { bytes: 31 })
  t.strictSame(kept('a', 'c', 'd', 'big'), [], 'one that alone is too big is not kept')
  cache.set('e', { bytes: 30 })
  t.ok(cache.get('e'))
  t.end()
})
