import t from 'tap'
import { Batcher, type Waiting } from '../../src/storage/batcher.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import type { RecordOutcome } from '../../src/storage/port/events.js'

interface Item extends Waiting {
  readonly name: string
}

const item = (name: string, clientId = 'client-a', bytes = 100): Item => ({
  name,
  clientId,
  bytes,
  counted: { source: 'ribbon', name: 'connected' },
})

/** A commit that waits until it is released, and says what it was given. */
function heldCommit() {
  const batches: string[][] = []
  const held: (() => void)[] = []
  return {
    batches,
    release: async () => {
      held.shift()?.()
      await new Promise(setImmediate)
    },
    commit: async (items: readonly Item[]): Promise<readonly RecordOutcome[]> => {
      batches.push(items.map(({ name }) => name))
      await new Promise<void>((resolve) => held.push(resolve))
      return items.map(({ name }) => ({ status: 'created', logId: name }))
    },
  }
}

const laneOf = () => ''

t.test('an idle store commits at once, and what arrives meanwhile shares the next commit', async (t) => {
  const { batches, release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  const answers = ['a', 'b', 'c'].map((name) => batcher.record(item(name)))
  t.same(batches, [['a']])
  await release()
  t.same(await answers[0], { status: 'created', logId: 'a' })
  t.same(batches, [['a'], ['b', 'c']])
  await release()
  t.same(await answers[2], { status: 'created', logId: 'c' })
})

t.test('lanes do not wait for each other', async (t) => {
  const { batches, commit } = heldCommit()
  const batcher = new Batcher<Item>({ commit, laneOf: ({ clientId }) => clientId })
  void batcher.record(item('a'))
  void batcher.record(item('b', 'client-b'))
  t.same(batches, [['a'], ['b']])
})

t.test('a batch takes 32, or half of what waits when that is more, and no more than 256', async (t) => {
  const { batches, release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  for (let n = 0; n < 1 + 1000; n++) void batcher.record(item(String(n)))
  while (batches.flat().length < 1001) await release()
  t.same(
    batches.map(({ length }) => length),
    [1, 256, 256, 244, 122, 61, 32, 29],
  )
  t.same(
    batches.flat(),
    Array.from({ length: 1001 }, (_, n) => String(n)),
    'in the order in which they came',
  )
})

t.test('a batch ends at a megabyte, so that nobody waits long behind large events', async (t) => {
  const { batches, release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  for (let n = 0; n < 1 + 12; n++) void batcher.record(item(String(n), 'client-a', 256 * 1024))
  while (batches.flat().length < 13) await release()
  t.same(
    batches.map(({ length }) => length),
    [1, 4, 4, 4],
  )
})

t.test('clients take turns: one that sends a flood does not keep another waiting', async (t) => {
  const { batches, release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  for (let n = 0; n < 1 + 500; n++) void batcher.record(item('flood'))
  const answers = [1, 2, 3].map((n) => batcher.record(item(`other ${String(n)}`, 'client-b')))
  await release()
  t.same(
    batches[1]?.filter((name) => name !== 'flood'),
    ['other 1', 'other 2', 'other 3'],
  )
  await release()
  t.match(await answers[2], { logId: 'other 3' })
})

t.test('more than may wait is turned away, in number or in bytes, and nothing else', async (t) => {
  for (const [bytes, most] of [
    [10, 10_000],
    [64 * 1024, 512],
  ] as const) {
    const { release, commit } = heldCommit()
    const batcher = new Batcher({ commit, laneOf })
    const first = Array.from({ length: most / 2 }, () => batcher.record(item('a', 'client-a', bytes)))
    await t.rejects(batcher.record(item('a', 'client-a', bytes)), { name: 'StorageBusy', message: /this client/ })
    const others = Array.from({ length: most / 2 }, () => batcher.record(item('b', 'client-b', bytes)))
    await t.rejects(batcher.record(item('c', 'client-c', bytes)), {
      name: 'StorageBusy',
      message: /too many events wait/,
    })
    await release()
    await first[0]
    const third = batcher.record(item('c', 'client-c', bytes))
    const all = Promise.all([...first, ...others, third])
    for (let n = 0; n < most; n++) await release()
    await all
  }
})

t.test('an event that cannot be recorded fails alone', async (t) => {
  const commit = async (items: readonly Item[]): Promise<readonly RecordOutcome[]> => {
    await new Promise(setImmediate)
    if (items.some(({ name }) => name === 'poison')) throw new Error('poison')
    return items.map(({ name }) => ({ status: 'created', logId: name }))
  }
  const batcher = new Batcher({ commit, laneOf })
  const answers = await Promise.allSettled(['a', 'b', 'poison', 'c'].map((name) => batcher.record(item(name))))
  t.same(
    answers.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
})

t.test('while the events of a failed batch are tried one by one, each is tried once', async (t) => {
  const tried: string[] = []
  const commit = async (items: readonly Item[], next: () => void): Promise<readonly RecordOutcome[]> => {
    tried.push(items.map(({ name }) => name).join(' '))
    next()
    await new Promise(setImmediate)
    if (items.some(({ name }) => name === 'poison')) throw new Error('poison')
    return items.map(({ name }) => ({ status: 'created', logId: name }))
  }
  const batcher = new Batcher({ commit, laneOf })
  const answers = await Promise.allSettled(['a', 'b', 'poison', 'c'].map((name) => batcher.record(item(name))))
  t.same(
    answers.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  t.same(tried, ['a', 'b poison c', 'b', 'poison', 'c'])
})

t.test('items of one client that come together are committed together, however many they are', async (t) => {
  const { batches, release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  const many = Array.from({ length: 1000 }, (_, n) => item(`many ${String(n)}`))
  void batcher.record(item('first'))
  const answers = batcher.recordAll(many)
  const other = batcher.record(item('other', 'client-b'))
  t.same(await batcher.recordAll([]), [])
  await release()
  t.equal(batches[1]?.filter((name) => name.startsWith('many')).length, 1000)
  await release()
  t.same(
    (await answers).map((outcome) => outcome.status === 'created' && outcome.logId),
    many.map(({ name }) => name),
  )
  await release()
  t.match(await other, { logId: 'other' }, 'another client waits for no more than one such commit')
  t.equal(batches.length, 3)
})

t.test('of a client’s batches one goes at a time, so that others have their turns', async (t) => {
  const { batches, release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  void batcher.record(item('first'))
  const many = (name: string) => Array.from({ length: 300 }, () => item(name))
  const answers = [batcher.recordAll(many('a')), batcher.recordAll(many('b')), batcher.recordAll(many('c'))]
  const other = batcher.record(item('other', 'client-b'))
  for (let n = 0; n < 5; n++) await release()
  await Promise.all([...answers, other])
  t.same(
    batches.map((names) => [...new Set(names)].join(' ')),
    ['first', 'a', 'other b', 'c'],
  )
})

t.test('an item that cannot be recorded fails alone among those that come together', async (t) => {
  const tried: number[] = []
  const commit = async (items: readonly Item[]): Promise<readonly RecordOutcome[]> => {
    tried.push(items.length)
    await new Promise(setImmediate)
    if (items.some(({ name }) => name === 'poison')) throw new Error('poison')
    return items.map(({ name }) => ({ status: 'created', logId: name }))
  }
  const batcher = new Batcher({ commit, laneOf })
  const names = Array.from({ length: 1000 }, (_, n) => (n === 700 ? 'poison' : `good ${String(n)}`))
  const outcomes = await batcher.recordAll(names.map((name) => item(name)))
  t.same(
    outcomes.map((outcome) => (outcome.status === 'created' ? outcome.logId : outcome.status)),
    names.map((name) => (name === 'poison' ? 'failed' : name)),
  )
  t.ok(tried.length <= 21, `by halves: ${tried.join(' ')}`)
  t.match(await batcher.recordAll([item('poison')]), [{ status: 'failed', error: { message: 'poison' } }])
})

t.test('when the store goes while halves are tried, it is not known what was written', async (t) => {
  let commits = 0
  const commit = async (items: readonly Item[]): Promise<readonly RecordOutcome[]> => {
    commits += 1
    await new Promise(setImmediate)
    if (commits === 3) throw new StorageUnavailable('gone')
    if (items.length > 1) throw new Error('poison')
    return items.map(({ name }) => ({ status: 'created', logId: name }))
  }
  const batcher = new Batcher({ commit, laneOf })
  await t.rejects(batcher.recordAll([item('a'), item('b')]), { name: 'StorageUnavailable', outcomeOpen: true })
})

t.test('each of the items that come together counts among those that may wait', async (t) => {
  const { release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  const many = (length: number, bytes = 10) => Array.from({ length }, () => item('a', 'client-a', bytes))
  const five = Array.from({ length: 5 }, () => batcher.recordAll(many(1000)))
  await t.rejects(batcher.recordAll(many(1)), { name: 'StorageBusy', message: /this client/ })
  for (let n = 0; n < 5; n++) await release()
  await Promise.all(five)
  await t.rejects(batcher.recordAll(many(3, 6 * 1024 * 1024)), { name: 'StorageBusy', message: /this client/ })
  const again = batcher.recordAll(many(1000))
  await release()
  t.equal((await again).length, 1000, 'what is answered counts no more')
})

t.test('a store that cannot be used fails all that wait, without trying each', async (t) => {
  let commits = 0
  const commit = async (): Promise<readonly RecordOutcome[]> => {
    commits += 1
    await new Promise(setImmediate)
    throw new StorageUnavailable('gone')
  }
  const batcher = new Batcher({ commit, laneOf })
  const answers = await Promise.allSettled(['a', 'b', 'c'].map((name) => batcher.record(item(name))))
  t.ok(answers.every(({ status }) => status === 'rejected'))
  t.equal(commits, 2)
})

t.test('closing answers what was accepted and takes no more', async (t) => {
  const { release, commit } = heldCommit()
  const batcher = new Batcher({ commit, laneOf })
  const answer = batcher.record(item('a'))
  const closed = batcher.close()
  await t.rejects(batcher.record(item('b')), StorageUnavailable)
  await release()
  await closed
  t.match(await answer, { logId: 'a' })
})
