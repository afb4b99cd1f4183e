import t from 'tap'
import { KeyRing } from '../../src/clients/key-ring.js'

t.test('each purpose has a key of its own, the same in every process, and none tells of another', async (t) => {
  const keyOf = () => new KeyRing([Buffer.alloc(32, 1)]).current
  const derived = (['credentials', 'cursors', 'agent-sessions', 'status-callbacks'] as const).map((purpose) =>
    keyOf().derived(purpose),
  )
  const all = [keyOf().own, ...derived]
  t.equal(new Set(all.map((key) => key.toString('hex'))).size, 5)
  t.ok(all.every(({ length }) => length === 32))
  t.strictSame(keyOf().derived('cursors'), derived[1])
  const key = keyOf()
  t.equal(key.derived('cursors'), key.derived('cursors'), 'and is derived once')
})

t.test('a key’s id names it and holds nothing of it', async (t) => {
  const [one, other] = new KeyRing([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]).keys
  t.match(one?.id, /^[0-9a-f]{12}$/)
  t.not(one?.id, other?.id)
  t.notOk(one?.own.toString('hex').includes(one.id))
})
