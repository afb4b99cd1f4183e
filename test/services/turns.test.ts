import t from 'tap'
import { Turns } from '../../src/services/turns.js'

t.test('no more run at once than may, and those that wait come in their order, whoever fails', async (t) => {
  const turns = new Turns(2)
  const started: number[] = []
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const run = (n: number) =>
    turns.take(async () => {
      started.push(n)
      most = Math.max(most, (running += 1))
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
      if (n === 1) throw new Error('the second fails')
      return n
    })
  const all = Promise.allSettled([0, 1, 2, 3, 4].map(run))
  for (let n = 0; n < 5; n += 1) {
    t.strictSame(started, [0, 1, 2, 3, 4].slice(0, n + 2))
    ends[n]?.()
    await new Promise(setImmediate)
  }
  const outcomes = await all
  t.equal(most, 2)
  t.strictSame(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed')),
    [0, 'failed', 2, 3, 4],
  )
  t.equal(await turns.take(async () => 5), 5, 'a turn that failed is given back')
})
