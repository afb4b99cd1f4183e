import { Writable } from 'node:stream'
import t from 'tap'
import { Progress } from '../../src/cli/progress.js'

/** What is written while work goes on, on a terminal or not. */
function written(isTTY: boolean): string[] {
  const texts: string[] = []
  const output = Object.assign(new Writable(), { isTTY, write: (text: string) => texts.push(text) > 0 })
  const progress = new Progress(output, 'copying', 4, 1)
  progress.add(1)
  progress.add(2)
  progress.end()
  new Progress(output, 'nothing', 0, 0).end()
  return texts
}

t.test('a terminal sees one line that is written over; whatever else reads it gets a last line', async (t) => {
  const half = `\rcopying            [${'#'.repeat(15)}${'.'.repeat(15)}] 2 of 4`
  const full = new RegExp(`^copying            \\[#{30}\\] 4 of 4 in \\d+\\.\\d s\\n$`)
  const [first, last, nothing] = written(true)
  t.equal(first, half)
  t.match(String(last).slice(1), full)
  t.equal(String(last).charAt(0), '\r')
  t.match(nothing, /^\rnothing {12}\[#{30}\] 0 of 0 in/)
  const plain = written(false)
  t.equal(plain.length, 2)
  t.match(plain[0], full)
})
