import t from 'tap'
import { FreshCache } from '../../src/clients/fresh-cache.js'

function setUp(maxEntries = 10) {
  const clock = { now: 0 }
  let loads = 0
  const cache = new FreshCache<number>({ clock: () => clock.now, maxAgeMs: () => 100, maxEntries })
  return { cache, clock, load: async () => ++loads, loads: () => loads }
}

t.test('an answer is loaded once while it is fresh', async (t) => {
  const { cache, clock, load } = setUp()
  t.equal(await cache.get('a', load), 1)
  clock.now = 99
  t.equal(await cache.get('a', load), 1)
  clock.now = 100
  t.equal(await cache.get('a', load), 2)
})

t.test('callers that ask at once share one load', async (t) => {
  const { cache, load, loads } = setUp()
  await Promise.all([cache.get('a', load), cache.get('a', load), cache.get('a', load)])
  t.equal(loads(), 1)
})

t.test('a failed load is forgotten', async (t) => {
  const { cache, load } = setUp()
  await t.rejects(cache.get('a', () => Promise.reject(new Error('away'))))
  t.equal(await cache.get('a', load), 1)
})

t.test('a load that fails after its place was taken leaves the new one alone', async (t) => {
  const { cache, load, loads } = setUp(1)
  let reject: (error: Error) => void = () => undefined
  const slow = cache.get('a', () => new Promise((_, fail) => (reject = fail)))
  await cache.get('b', load)
  await cache.get('a', load)
  reject(new Error('away'))
  await t.rejects(slow)
  await cache.get('a', load)
  t.equal(loads(), 2)
})

t.test('it never holds more than its maximum, and lets the oldest go first', async (t) => {
  const { cache, load, loads } = setUp(2)
  for (const key of ['a', 'b', 'c', 'b', 'c']) await cache.get(key, load)
  t.equal(loads(), 3)
  await cache.get('a', load)
  t.equal(loads(), 4)
})
