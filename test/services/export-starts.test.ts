import { mock } from 'node:test'
import t from 'tap'
import { ExportStarts } from '../../src/services/export-starts.js'

const MOST = { client: 2, all: 3 }

/** Whether it has its turn by now. */
async function hasTurn(turn: Promise<unknown>): Promise<boolean> {
  return Promise.race([turn.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))])
}

t.test(
  'so many exports of a client start at a time, and of all together, and the next when one of them is over',
  async (t) => {
    const starts = new ExportStarts(MOST)
    const over = await starts.take('a')
    await starts.take('a')
    const third = starts.take('a')
    t.notOk(await hasTurn(third))
    t.ok(await hasTurn(starts.take('b')), 'who comes later, of another client, does not wait for it')
    const other = starts.take('c')
    t.notOk(await hasTurn(other))
    over?.()
    over?.()
    t.ok(await hasTurn(third), 'in the order in which they came')
    t.notOk(await hasTurn(other), 'a start that is over twice makes room for one')
    const last = await third
    last?.()
    t.ok(await hasTurn(other))
  },
)

t.test('who waits for longer than a second starts no more, and takes nobody’s turn', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  const starts = new ExportStarts({ client: 1, all: 1 })
  const over = await starts.take('a')
  const late = starts.take('a')
  mock.timers.tick(999)
  t.notOk(await hasTurn(late))
  mock.timers.tick(1)
  t.equal(await late, null)
  over?.()
  t.ok(await hasTurn(starts.take('a')))
})

t.test('who waits behind a client that has its share goes when there is room for them', async (t) => {
  const starts = new ExportStarts({ client: 1, all: 2 })
  await starts.take('a')
  const over = await starts.take('b')
  const [behind, other] = [starts.take('a'), starts.take('c')]
  over?.()
  t.ok(await hasTurn(other))
  t.notOk(await hasTurn(behind))
})
