import t from 'tap'
import { BoundedMap } from '../../src/storage/sql/bounded-map.js'

t.test('it never holds more than it may, and always what was set last', async (t) => {
  const map = new BoundedMap<number, string>(3)
  for (let key = 0; key < 10; key++) {
    map.set(key, String(key))
    t.ok(map.size <= 3)
    t.equal(map.get(key), String(key))
  }
})

t.test('a new value of a key that it holds takes no room', async (t) => {
  const map = new BoundedMap<number, string>(2)
  map.set(1, 'one').set(2, 'two').set(2, 'again')
  t.strictSame(
    [...map],
    [
      [1, 'one'],
      [2, 'again'],
    ],
  )
})
