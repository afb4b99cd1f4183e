import t from 'tap'
import { StorageBusy, StorageUnavailable } from '../../src/storage/errors.js'
import { GroupCommit } from '../../src/storage/group-commit.js'
import type { NewEvent, RecordOutcome } from '../../src/storage/port.js'
import { newEvent } from '../helpers/storage.js'

const event = (name: string, clientId = 'client-a') => newEvent({ clientId, event: name, data: {}, occurredAt: 0 })

/** A commit that waits until it is released, and says what it was given. */
function heldCommit() {
  const batches: string[][] = []
  const held: (() => void)[] = []
  return {
    batches,
    release: () => held.shift()?.(),
    commit: async (events: readonly NewEvent[]): Promise<readonly RecordOutcome[]> => {
      batches.push(events.map(({ event }) => event))
      await new Promise<void>((resolve) => held.push(resolve))
      return events.map(({ event }) => ({ status: 'created', logId: event }))
    },
  }
}

t.test('an idle store commits at once, and what arrives meanwhile shares the next commit', async (t) => {
  const { batches, release, commit } = heldCommit()
  const group = new GroupCommit({ commit, laneOf: () => '', maxBatch: 3, maxQueued: 100 })
  const answers = ['a', 'b', 'c', 'd', 'e'].map((name) => group.record(event(name)))
  t.same(batches, [['a']])
  release()
  t.same(await answers[0], { status: 'created', logId: 'a' })
  await new Promise(setImmediate)
  t.same(batches, [['a'], ['b', 'c', 'd']])
  release()
  await new Promise(setImmediate)
  release()
  t.same(await answers[4], { status: 'created', logId: 'e' })
  t.same(batches.at(-1), ['e'])
})

t.test('lanes do not wait for each other', async (t) => {
  const { batches, commit } = heldCommit()
  const group = new GroupCommit({ commit, laneOf: ({ clientId }) => clientId, maxBatch: 3, maxQueued: 100 })
  void group.record(event('a'))
  void group.record(event('b', 'client-b'))
  t.same(batches, [['a'], ['b']])
})

t.test('more events than may wait are turned away, and no other', async (t) => {
  const { release, commit } = heldCommit()
  const group = new GroupCommit({ commit, laneOf: () => '', maxBatch: 9, maxQueued: 2 })
  const first = group.record(event('a'))
  const second = group.record(event('b'))
  await t.rejects(group.record(event('c')), StorageBusy)
  release()
  await first
  await new Promise(setImmediate)
  const third = group.record(event('d'))
  release()
  await second
  await new Promise(setImmediate)
  release()
  t.match(await third, { logId: 'd' })
})

t.test('an event that cannot be recorded fails alone', async (t) => {
  const commit = async (events: readonly NewEvent[]): Promise<readonly RecordOutcome[]> => {
    await new Promise(setImmediate)
    if (events.some(({ event }) => event === 'poison')) throw new Error('poison')
    return events.map(({ event }) => ({ status: 'created', logId: event }))
  }
  const group = new GroupCommit({ commit, laneOf: () => '', maxBatch: 9, maxQueued: 9 })
  const answers = await Promise.allSettled(['a', 'b', 'poison', 'c'].map((name) => group.record(event(name))))
  t.same(
    answers.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
})

t.test('a store that cannot be used fails all that wait, without trying each', async (t) => {
  let commits = 0
  const commit = async (): Promise<readonly RecordOutcome[]> => {
    commits += 1
    await new Promise(setImmediate)
    throw new StorageUnavailable('gone')
  }
  const group = new GroupCommit({ commit, laneOf: () => '', maxBatch: 9, maxQueued: 9 })
  const answers = await Promise.allSettled(['a', 'b', 'c'].map((name) => group.record(event(name))))
  t.ok(answers.every(({ status }) => status === 'rejected'))
  t.equal(commits, 2)
})

t.test('closing answers what was accepted and takes no more', async (t) => {
  const { release, commit } = heldCommit()
  const group = new GroupCommit({ commit, laneOf: () => '', maxBatch: 9, maxQueued: 9 })
  const answer = group.record(event('a'))
  const closed = group.close()
  await t.rejects(group.record(event('b')), StorageUnavailable)
  release()
  await closed
  t.match(await answer, { logId: 'a' })
})
