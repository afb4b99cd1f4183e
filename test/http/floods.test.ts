import t from 'tap'
import { Floods } from '../../src/http/floods.js'

t.test('ten lines of a kind a second are logged, the others counted, each kind by itself', async (t) => {
  let now = 0
  const sums: [string, number][] = []
  const floods = new Floods<string>(
    (line, count) => sums.push([line, count]),
    () => now,
  )
  const admitted = (kind: string, times: number) =>
    Array.from({ length: times }, () => floods.admits(kind, `line of ${kind}`)).filter(Boolean).length
  t.equal(admitted('a', 25), 10)
  t.equal(admitted('b', 3), 3)
  now = 1_000
  t.equal(admitted('a', 11), 10)
  floods.sum()
  t.strictSame(sums, [['line of a', 16]])
  floods.sum()
  t.equal(sums.length, 1, 'what was said is not said again')
})
