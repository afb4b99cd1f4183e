import t from 'tap'
import { WritePlaces } from '../../../src/storage/postgres/write-places.js'

const FOR_EVER_MS = 2 ** 31 - 1

t.test('a place goes to the write that has waited longest', async (t) => {
  const places = new WritePlaces(1, FOR_EVER_MS)
  const giveBack = await places.take()
  const going: string[] = []
  const ask = async (name: string): Promise<void> => {
    const leave = await places.take()
    going.push(name)
    leave()
  }
  const asked = [ask('first'), ask('second')]
  t.equal(places.waiting, 2)
  giveBack()
  await Promise.all(asked)
  t.strictSame(going, ['first', 'second'])
  t.equal(places.waiting, 0)
  const leave = await places.take()
  leave()
})

t.test('a write that gets no place in time is refused, and none is given to it', async (t) => {
  const places = new WritePlaces(1, 1)
  const giveBack = await places.take()
  await t.rejects(places.take(), { name: 'StorageUnavailable', message: /in use/, outcomeOpen: false })
  t.equal(places.waiting, 0)
  giveBack()
  const leave = await places.take()
  leave()
})
