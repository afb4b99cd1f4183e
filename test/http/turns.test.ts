import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { IN_A_TURN, Turns } from '../../src/http/turns.js'

t.test('what a turn has room for is done at once, and the rest a little at a time, in order', async (t) => {
  const turns = new Turns()
  const done: number[] = []
  const all = Array.from({ length: 3 * IN_A_TURN }, (_, i) => i)
  for (const i of all) turns.take('posts', () => done.push(i))
  t.strictSame(done, all.slice(0, IN_A_TURN))
  for (const turn of [2, 3]) {
    await nextTurn()
    t.strictSame(done, all.slice(0, turn * IN_A_TURN))
  }
  await nextTurn()
  turns.take('posts', () => done.push(-1))
  t.equal(done.at(-1), -1, 'and when nobody waits any more the next is done at once')
})

t.test('kinds take turns, so that who sends a flood holds up nobody else', async (t) => {
  const turns = new Turns()
  const done: string[] = []
  for (let i = 0; i < 10 * IN_A_TURN; i++) turns.take('posts', () => done.push('post'))
  turns.take('reads', () => done.push('read'))
  turns.take('reads', () => done.push('read'))
  t.notOk(done.includes('read'), 'nobody goes before who has waited')
  await nextTurn()
  t.equal(done.slice(IN_A_TURN).filter((kind) => kind === 'read').length, 2)
  t.equal(done.length, 2 * IN_A_TURN, 'and a turn is as long as any')
})

t.test('a step may take another one', async (t) => {
  const turns = new Turns()
  const done: string[] = []
  for (let i = 0; i <= IN_A_TURN; i++) {
    turns.take('posts', () => {
      if (i === IN_A_TURN) turns.take('reads', () => done.push('read'))
    })
  }
  await nextTurn()
  t.strictSame(done, ['read'])
})
