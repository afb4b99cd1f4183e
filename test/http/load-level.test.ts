import t from 'tap'
import { LoadLevel } from '../../src/http/load-level.js'

function after(...late: readonly number[]) {
  const level = new LoadLevel()
  for (const ms of late) level.note(ms)
  return (['exports', 'reads', 'writes', 'unknown', 'ingest', 'admin'] as const).filter((work) => level.refuses(work))
}

t.test('exports are refused first, then all but ingest and administrators', async (t) => {
  t.strictSame(after(150, 150, 150, 150), ['exports'])
  t.strictSame(after(900, 900, 900, 900), ['exports', 'reads', 'writes', 'unknown'])
})

t.test('one long step is no overload, and an overload is over at once', async (t) => {
  t.strictSame(after(900, 900, 900), [])
  t.strictSame(after(900, 900, 900, 900, 10), [])
})
