import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t from 'tap'
import type { SlowStatement } from '../../../src/storage/figures.js'
import { SqliteConnection } from '../../../src/storage/sqlite/connection.js'
import { scratchFolder } from '../../helpers/storage.js'

t.test('a slow statement is told with the steps of its plan, each below the one that it is part of', async (t) => {
  const connection = new SqliteConnection(join(await scratchFolder(t), 'ribbon.db'), 'writer')
  t.teardown(() => {
    connection.close()
  })
  const told: SlowStatement[] = []
  connection.watch(-1, (statement) => told.push(statement))
  connection.all('select a from (select 1 as a union select ?) order by a', [2])
  t.match(told[0]?.plan.join('\n'), /^[A-Z][^]*\n {2}/)
})

t.test('a slow statement whose plan the disk does not give has its answer, and is told without', async (t) => {
  const connection = new SqliteConnection(join(await scratchFolder(t), 'ribbon.db'), 'writer')
  t.teardown(() => {
    connection.close()
  })
  const prepare = Reflect.get(SQLite.prototype, 'prepare') as (this: unknown, text: string) => SQLite.Statement
  t.intercept(SQLite.prototype, 'prepare', {
    value(this: unknown, text: string) {
      if (text.startsWith('explain')) throw new Error('disk I/O error')
      return prepare.call(this, text)
    },
  })
  const told: SlowStatement[] = []
  connection.watch(-1, (statement) => told.push(statement))
  t.strictSame(connection.all('select 1 as one', []), [{ one: 1 }])
  t.match(told, [{ sql: 'select 1 as one', plan: ['no plan: disk I/O error'] }])
})
