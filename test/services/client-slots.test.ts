import t from 'tap'
import { ClientSlots } from '../../src/services/client-slots.js'

const MOST = { client: 2, all: 3 }

t.test('a client has so many exports open and no more, and leaves room for the others', async (t) => {
  const slots = new ClientSlots(MOST)
  t.ok(slots.take('a'))
  t.ok(slots.take('a'))
  t.equal(slots.take('a'), null)
  t.ok(slots.take('b'))
})

t.test('all clients together have so many exports open and no more', async (t) => {
  const slots = new ClientSlots(MOST)
  for (const client of ['a', 'b', 'c']) t.ok(slots.take(client))
  t.equal(slots.take('d'), null)
})

t.test('a place that is given back is free for the next, and counts once however often it is given back', async (t) => {
  const slots = new ClientSlots(MOST)
  const give = slots.take('a')
  slots.take('a')
  give?.()
  give?.()
  t.ok(slots.take('a'))
  t.equal(slots.take('a'), null)
  t.ok(slots.take('b'))
  t.equal(slots.take('b'), null, 'three are open')
})
