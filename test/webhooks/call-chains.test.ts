import t from 'tap'
import type { CallChange } from '../../src/storage/port/changes.js'
import { CallChains } from '../../src/webhooks/call-chains.js'

const change = {} as CallChange

function waiting(sessionId: string, sequence: number, nextAt = 0) {
  return { sessionId, sequence, attempts: 0, firstAt: null, nextAt, isParked: false, change }
}

t.test('messages of a call come one after the other in the order of their sequences, whenever they were put', (t) => {
  const chains = new CallChains()
  t.equal(chains.take(), null)
  for (const sequence of [3, 1, 2]) chains.put(waiting('a', sequence), 0)
  chains.put(waiting('b', 9), 0)
  t.equal(chains.waiting, 4)
  t.match([chains.take(), chains.take()], [{ sequence: 1 }, { sequence: 9 }])
  t.equal(chains.take(), null, 'each call has one under way')
  chains.put(waiting('a', 1), 0)
  t.equal(chains.waiting, 2, 'one that is under way is not put again')
  chains.put(waiting('a', 2, 50), 0)
  t.equal(chains.waiting, 2, 'one takes the place of that of its sequence')
  chains.end('a', 10)
  t.notOk(chains.hasReady)
  t.ok(chains.isHeld('a', 10))
  chains.awake(50)
  t.match(chains.take(), { sequence: 2 })
  t.strictSame([chains.underWay, chains.waiting], [2, 1])
  t.end()
})

t.test('what is in the store is due when it is, and sooner when told to hurry', (t) => {
  const chains = new CallChains()
  t.equal(chains.nextAt(), null)
  chains.put(waiting('a', 1, 100), 0)
  t.equal(chains.nextAt(), null, 'it is in memory alone')
  t.match(chains.unload('a'), [{ sequence: 1 }])
  t.strictSame([chains.unload('a'), chains.unload('z')], [[], []])
  chains.put({ ...waiting('b', 2, 70), change: null }, 0)
  t.equal(chains.nextAt(), 70)
  chains.hurry(20)
  t.strictSame([chains.nextAt(), chains.hasReady], [20, true])
  t.end()
})
