import t from 'tap'
import { Readers } from '../../../src/storage/sqlite/readers.js'
import type { StorageThread } from '../../../src/storage/sqlite/thread.js'

interface Asked {
  readonly thread: number
  readonly method: string
  readonly client: unknown
  readonly answer: (value: unknown) => void
  readonly fail: (error: Error) => void
}

/** Readers over threads that answer when the test says so. */
async function setUp(count: number) {
  const asked: Asked[] = []
  const threads = Array.from({ length: count }, (_, thread) => ({
    isRunning: true,
    close: () => Promise.resolve(),
    request: (_kind: string, body: string) =>
      new Promise((answer, fail) => {
        const [method, [client]] = JSON.parse(body) as [string, unknown[]]
        asked.push({ thread, method, client, answer, fail })
      }),
  }))
  let started = 0
  const start = async () => {
    started += 1
    if (failing.now) throw new Error('none can be started')
    return threads[started - 1] as unknown as StorageThread
  }
  const failing = { now: false }
  const readers = await Readers.open({ most: count, start })
  return { readers, threads, asked, failing, started: () => started }
}

const settled = () => new Promise(setImmediate)

t.test('a read goes to whoever is free, look-ups first and scans last', async (t) => {
  const { readers, asked } = await setUp(1)
  const all = (['ping', 'filteredReport', 'callsInMonth', 'clientByKeyHash'] as const).map((method) =>
    readers.call(method, []),
  )
  await settled()
  for (let n = 0; n < 3; n += 1) {
    t.equal(asked.length, n + 1, 'a thread answers one at a time')
    asked[n]?.answer(n)
    await settled()
  }
  t.strictSame(
    asked.map(({ method }) => method),
    ['ping', 'clientByKeyHash', 'callsInMonth'],
    'where there is one thread, scans find none that they may take',
  )
  t.strictSame(await Promise.all([all[0], all[3], all[2]]), [0, 1, 2])
})

t.test('a read goes to the first thread that is free, which remembers what was read lately', async (t) => {
  const { readers, asked } = await setUp(3)
  const [one, other] = [readers.call('callsInMonth', []), readers.call('callsInMonth', [])]
  await settled()
  for (const { answer } of [...asked].reverse()) answer('done')
  await Promise.all([one, other])
  for (let n = 0; n < 2; n++) {
    const again = readers.call('callsInMonth', [])
    await settled()
    asked.at(-1)?.answer('done')
    await again
  }
  t.strictSame(
    asked.map(({ thread }) => thread),
    [0, 1, 0, 0],
  )
})

t.test('reads that take long leave a thread, and go on when one of them is done, however it ends', async (t) => {
  const { readers, asked } = await setUp(3)
  const scans = [1, 2, 3].map((n) => readers.call('filteredReport', [{ clientId: String(n) }]))
  await settled()
  t.equal(asked.length, 2)
  const read = readers.call('callsInMonth', [])
  await settled()
  t.equal(asked.length, 3)
  asked[0]?.fail(new Error('gone'))
  await t.rejects(scans[0] as Promise<unknown>, { message: 'gone' })
  await settled()
  t.equal(asked.length, 4)
  for (const { answer } of asked) answer('done')
  t.strictSame(await Promise.all([scans[1], scans[2], read]), ['done', 'done', 'done'])
})

t.test('threads are started when all others are busy, and one that cannot be is tried again', async (t) => {
  const { readers, asked, failing, started } = await setUp(3)
  const first = readers.call('ping', [])
  await settled()
  asked[0]?.answer('done')
  await first
  void readers.call('ping', [])
  await settled()
  t.equal(started(), 1)
  failing.now = true
  await t.rejects(readers.call('ping', []), { message: 'none can be started' })
  failing.now = false
  void readers.call('ping', [])
  await settled()
  t.equal(started(), 3)
  t.strictSame(
    asked.map(({ thread }) => thread),
    [0, 0, 2],
  )
})

t.test('nobody starts a thread once all are closed', async (t) => {
  const { readers, started } = await setUp(2)
  await readers.close()
  await t.rejects(readers.call('ping', []), { message: 'the store is closed' })
  t.equal(started(), 1)
})

t.test('a thread that is being replaced is asked only when there is no other', async (t) => {
  const { readers, threads, asked } = await setUp(2)
  const both = [readers.call('ping', []), readers.call('ping', [])]
  await settled()
  for (const { answer } of asked.splice(0)) answer('done')
  await Promise.all(both)
  ;(threads[0] as { isRunning: boolean }).isRunning = false
  void readers.call('ping', [])
  void readers.call('ping', [])
  await settled()
  t.strictSame(
    asked.map(({ thread }) => thread),
    [1, 0],
  )
})

t.test('one client’s reads leave a thread to another’s', async (t) => {
  const { readers, asked } = await setUp(2)
  for (const clientId of ['a', 'a', 'b']) void readers.call('callsInMonth', [clientId])
  void readers.call('report', [{ clientId: 'a' }])
  await settled()
  t.strictSame(
    asked.map(({ thread, client }) => [thread, client]),
    [
      [0, 'a'],
      [1, 'b'],
    ],
  )
})
