import t from 'tap'
import { ChangeFeed } from '../../src/services/change-feed.js'
import type { LastSequence } from '../../src/storage/port/changes.js'
import { eventually } from '../helpers/deadline.js'

/** A store that tells when a test says so, and counts how often it is asked. */
function store() {
  const listeners = new Set<(clientId: string) => void>()
  const told = { asked: 0, fails: false, last: [] as LastSequence[] }
  return {
    told,
    tell: (clientId: string) => {
      for (const listener of listeners) listener(clientId)
    },
    listening: () => listeners.size,
    feed: new ChangeFeed({
      onRecorded: (listener) => {
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
        }
      },
      allLastSequences: () => {
        told.asked += 1
        return told.fails ? Promise.reject(new Error('gone')) : Promise.resolve(told.last)
      },
    }),
  }
}

t.test('who follows is woken at once, and for a burst once more', async (t) => {
  const { feed, tell } = store()
  let woken = 0
  const stop = feed.follow('a', () => (woken += 1))
  tell('b')
  t.equal(woken, 0, 'another client is nobody’s')
  for (let n = 0; n < 100; n += 1) tell('a')
  t.equal(woken, 1)
  await eventually(5_000, 'the second wake-up', () => woken === 2)
  stop()
})

t.test('what nobody told of is found by asking, whatever fails in between', async (t) => {
  const { feed, told } = store()
  let woken = 0
  told.fails = true
  const stop = feed.follow('a', () => (woken += 1))
  await eventually(5_000, 'asking in vain', () => told.asked > 0)
  told.fails = false
  told.last = [
    { clientId: 'a', sequence: 1 },
    { clientId: 'gone', sequence: 1 },
  ]
  await eventually(5_000, 'a wake-up', () => woken === 1)
  const { asked } = told
  await eventually(5_000, 'asking again', () => told.asked > asked)
  t.equal(woken, 1, 'nothing has changed since')
  stop()
})

t.test('who stops between two wake-ups is woken no more', async (t) => {
  const { feed, tell } = store()
  const woken = { a: 0, b: 0 }
  const stopA = feed.follow('a', () => (woken.a += 1))
  const stopB = feed.follow('b', () => (woken.b += 1))
  for (const clientId of ['a', 'a', 'b']) tell(clientId)
  stopA()
  await eventually(5_000, 'the other', () => woken.b === 1)
  t.equal(woken.a, 1)
  stopB()
})

t.test('it listens while somebody follows, and no longer', async (t) => {
  const { feed, tell, listening } = store()
  let woken = 0
  const wake = () => (woken += 1)
  const stops = [feed.follow('a', wake), feed.follow('a', wake), feed.follow('b', wake)]
  t.equal(listening(), 1)
  tell('a')
  t.equal(woken, 2, 'each who follows is woken')
  tell('b')
  for (const stop of stops) stop()
  t.equal(listening(), 0)
  feed.follow('c', wake)()
  t.equal(listening(), 0)
})
