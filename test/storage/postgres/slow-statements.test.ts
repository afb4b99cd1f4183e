import pg from 'pg'
import t from 'tap'
import type { SlowStatement } from '../../../src/storage/figures.js'
import { SlowStatements } from '../../../src/storage/postgres/slow-statements.js'
import { scratchDatabase } from '../../helpers/postgres.js'

t.test('a slow statement is told with its plan, and one that has none with the reason, to nobody’s harm', async (t) => {
  const pool = new pg.Pool({ connectionString: await scratchDatabase(t) })
  const told: SlowStatement[] = []
  const slow = new SlowStatements(pool, { slowMs: -1, onSlow: (statement) => told.push(statement) })
  const client = await pool.connect()
  for (const text of ['select 1 where 1 = $1', 'select 2 from nowhere', 'select 3', 'begin']) {
    const answer = Promise.resolve()
    slow.time(client, text, answer)
    await answer
  }
  await new Promise(setImmediate)
  await slow.settled()
  t.match(
    told.map(({ sql, plan }) => [sql, plan[0]]),
    [
      ['select 1 where 1 = $1', /Result/],
      ['select 2 from nowhere', /^no plan: .*nowhere/],
      ['select 3', /Result/],
      ['begin', undefined],
    ],
  )
  client.release()
  await pool.end()
})
