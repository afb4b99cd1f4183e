/**
 * Moves a store to another database: `npm run migrate-store -- --from file:./data/ribbon.db --to postgres://…`.
 * The source is only read; stop the server that writes it. A run that was interrupted goes on where it stopped. Ends
 * by comparing both stores; exit code 1 when they differ.
 */
import { parseArgs } from 'node:util'
import { databasePath } from '../src/storage/open.js'
import { connectPostgres } from '../src/storage/postgres/open.js'
import { copyTable, countRows, differences, TABLES } from '../src/storage/sql/copy.js'
import type { Engine } from '../src/storage/sql/database.js'
import { migrate } from '../src/storage/sql/migrations.js'
import { openConnection } from '../src/storage/sqlite/connection.js'
import { Progress } from './progress.js'

const USAGE = 'Usage: npm run migrate-store -- --from file:<path>|postgres://… --to file:<path>|postgres://…'

try {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
  if (values.from === undefined || values.to === undefined) throw new Error(USAGE)
  process.exitCode = (await move(values.from, values.to)) ? 0 : 1
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function connect(url: string, readonly: boolean): Promise<Engine> {
  if (!url.startsWith('file:')) return connectPostgres(url)
  const engine = openConnection({ path: databasePath(url), readonly })
  if (!readonly) await migrate(engine)
  return engine
}

async function move(from: string, to: string): Promise<boolean> {
  const source = await connect(from, true)
  const target = await connect(to, false)
  const snapshot = await source.openSnapshot()
  try {
    for (const table of TABLES) {
      const [all, already] = await Promise.all([countRows(snapshot.db, table), countRows(target.db, table)])
      const progress = new Progress(table, all, already)
      await copyTable(snapshot.db, target, table, (rows) => {
        progress.add(rows)
      })
      progress.end()
    }
    const found = await differences({ ...source, db: snapshot.db }, target)
    for (const sentence of found) console.error(`Not the same: ${sentence}.`)
    if (found.length === 0) console.log('Every row and all analytics are the same. Start the server on the new store.')
    return found.length === 0
  } finally {
    await snapshot.close()
    await source.close()
    await target.close()
  }
}
