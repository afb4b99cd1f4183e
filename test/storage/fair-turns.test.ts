import t from 'tap'
import { FairTurns, type ReadNeed } from '../../src/storage/fair-turns.js'

const settled = () => new Promise(setImmediate)

/** Turns whose takers hold them until the test lets go. */
function setUp(all: number, long: number) {
  const clock = { now: 0 }
  const turns = new FairTurns({ all, long }, () => clock.now)
  const going: string[] = []
  const releases = new Map<string, () => void>()
  const ask = async (name: string, need: ReadNeed = 'read', clientId = name.slice(0, 1)) => {
    const release = await turns.take(need, clientId)
    going.push(name)
    releases.set(name, release)
  }
  const end = async (name: string) => {
    releases.get(name)?.()
    await settled()
  }
  return { clock, turns, going, ask, end }
}

t.test('clients take turns, however much one of them asked before', async (t) => {
  const { going, ask, end } = setUp(2, 1)
  for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) void ask(name)
  await settled()
  t.strictSame(going, ['a1', 'b1'], 'a client takes half of the places, and the rest is for the others')
  await end('b1')
  t.equal(going.at(-1), 'b2')
  await end('a1')
  t.equal(going.at(-1), 'a2')
  await end('a2')
  t.equal(going.at(-1), 'c1', 'who had a turn goes behind those that wait')
  await end('c1')
  t.equal(going.at(-1), 'a3')
})

t.test('look-ups go first, then short reads, then scans, then parts of exports', async (t) => {
  const { going, ask, end } = setUp(2, 1)
  const asked: [string, ReadNeed][] = [
    ['a1', 'read'],
    ['b1', 'read'],
    ['c-export', 'export'],
    ['d-scan', 'scan'],
    ['e-read', 'read'],
    ['f-look-up', 'look-up'],
  ]
  for (const [name, need] of asked) void ask(name, need)
  await settled()
  for (const name of ['a1', 'f-look-up', 'e-read', 'd-scan']) await end(name)
  t.strictSame(going, ['a1', 'b1', 'f-look-up', 'e-read', 'd-scan', 'c-export'])
})

t.test('what may take long leaves places to what does not, look-ups of a busy client included', async (t) => {
  const { going, ask, end } = setUp(4, 1)
  void ask('a-scan', 'scan')
  void ask('b-export', 'export')
  void ask('c-scan', 'scan')
  void ask('a-read')
  void ask('a-late')
  void ask('a-look-up', 'look-up')
  await settled()
  t.strictSame(going, ['a-scan', 'a-read', 'a-look-up'])
  await end('a-scan')
  t.strictSame(going.slice(3), ['a-late', 'c-scan'])
})

t.test('a client that asks too much is refused, others are not, and all together wait in a bounded line', async (t) => {
  const { turns, ask } = setUp(1, 0)
  await ask('a')
  const waiting = (clientId: string) => void turns.take('read', clientId)
  for (let n = 0; n < 250; n += 1) waiting('a')
  await t.rejects(turns.take('read', 'a'), { name: 'StorageBusy', message: 'too many reads of this client wait' })
  for (let n = 250; n < 2_000; n += 1) waiting(`other ${String(n)}`)
  await t.rejects(turns.take('read', 'b'), { name: 'StorageBusy', message: 'too many reads wait' })
  for (let n = 0; n < 300; n += 1) void turns.take('look-up', '')
})

t.test('a read that waited too long is refused, and the next one served; an export waits on', async (t) => {
  const { clock, turns, going, ask, end } = setUp(2, 1)
  await ask('a', 'export')
  await ask('b')
  const late = turns.take('read', 'c')
  void ask('d-export', 'export')
  clock.now = 5_000
  void ask('e')
  clock.now = 10_001
  const refused = t.rejects(late, { name: 'StorageBusy', message: 'the read waited too long' })
  await end('b')
  await refused
  t.equal(going.at(-1), 'e')
  await end('a')
  t.equal(going.at(-1), 'd-export')
})
