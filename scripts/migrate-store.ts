/**
 * Moves a store to another database: `npm run migrate-store -- --from file:./data/ribbon.db --to postgres://…`.
 * The source stays as it is; stop the server that writes it. A run that was interrupted goes on where it stopped. Ends
 * by comparing both stores; exit code 1 when they differ.
 */
import { access, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { loadConfig } from '../src/config.js'
import { databasePath, openStorage } from '../src/storage/open.js'
import { connectPostgres } from '../src/storage/postgres/open.js'
import { copyTable, countRows, differences, isCopyOf, TABLES } from '../src/storage/sql/copy.js'
import type { Engine } from '../src/storage/sql/database.js'
import { migrate } from '../src/storage/sql/migrations.js'
import { openConnection } from '../src/storage/sqlite/connection.js'
import { Progress } from './progress.js'

const USAGE = 'Usage: npm run migrate-store -- --from file:<path>|postgres://… --to file:<path>|postgres://…'
const STORE = /^(file:.|postgres(ql)?:\/\/.)/

try {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
  const { from = '', to = '' } = values
  if (!STORE.test(from) || !STORE.test(to)) throw new Error(USAGE)
  process.exitCode = (await move(from, to)) ? 0 : 1
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function connect(url: string, use: 'source' | 'target'): Promise<Engine> {
  if (!url.startsWith('file:')) return connectPostgres(url)
  const path = databasePath(url)
  const readonly = use === 'source'
  await (readonly ? access(path) : mkdir(dirname(path), { recursive: true }))
  // Opened as a server does it, a store takes in what a crash has left in its journal.
  if (readonly) await (await openStorage({ url, maxCallAgeMs: loadConfig(process.env).maxCallAgeMs })).close()
  const engine = openConnection({ path, readonly })
  if (!readonly) await migrate(engine)
  return engine
}

/** @returns whether both are the same in the end */
async function move(from: string, to: string): Promise<boolean> {
  const source = await connect(from, 'source')
  try {
    const target = await connect(to, 'target')
    try {
      await copy(source, target)
      return await compare(source, target)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function copy(source: Engine, target: Engine): Promise<void> {
  const snapshot = await source.openSnapshot()
  try {
    if (!(await isCopyOf(snapshot.db, target.db))) {
      throw new Error('The target has clients that the source does not have: give it an empty database.')
    }
    for (const table of TABLES) {
      const [all, already] = await Promise.all([countRows(snapshot.db, table), countRows(target.db, table)])
      const progress = new Progress(table, all, already)
      await copyTable(snapshot.db, target, table, (rows) => {
        progress.add(rows)
      })
      progress.end()
    }
  } finally {
    await snapshot.close()
  }
}

/** Takes the source as it is now: what was written to it meanwhile is missing in the copy. */
async function compare(source: Engine, target: Engine): Promise<boolean> {
  const found = await differences(source, target)
  for (const sentence of found) console.error(`Not the same: ${sentence}.`)
  if (found.length > 0) console.error('The copy cannot be used: empty the target, and copy again.')
  else console.log('Every row and all analytics are the same. Start the server on the new store.')
  return found.length === 0
}
