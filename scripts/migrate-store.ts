/**
 * Moves a store to another database: `npm run migrate-store -- --from file:./data/ribbon.db --to postgres://…`.
 * The source stays as it is; stop the server that writes it. A run that was interrupted goes on where it stopped. Ends
 * by comparing both stores; exit code 1 when they differ.
 */
import { access } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { loadConfig } from '../src/config.js'
import { databasePath, openStorage } from '../src/storage/open.js'
import { PostgresDatabase } from '../src/storage/postgres/open.js'
import { copyTable, countRows, differences, isCopyOf, TABLES } from '../src/storage/sql/copy.js'
import type { Transaction } from '../src/storage/sql/transaction.js'
import { SqliteConnection } from '../src/storage/sqlite/connection.js'
import { Progress } from './progress.js'

const USAGE = 'Usage: npm run migrate-store -- --from file:<path>|postgres://… --to file:<path>|postgres://…'
const STORE = /^(file:.|postgres(ql)?:\/\/.)/

/** One end of the copy. */
interface Side {
  /** Runs work in a transaction that sees one moment. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

try {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
  const { from = '', to = '' } = values
  if (!STORE.test(from) || !STORE.test(to)) throw new Error(USAGE)
  process.exitCode = (await move(from, to)) ? 0 : 1
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function connect(url: string, use: 'source' | 'target'): Promise<Side> {
  const { maxCallAgeMs } = loadConfig(process.env)
  if (!url.startsWith('file:')) {
    const database = await PostgresDatabase.connect(url, maxCallAgeMs)
    return {
      run: (work) =>
        database.transaction('begin isolation level repeatable read', (tx) => {
          // The other side may be slow.
          tx.run('set local idle_in_transaction_session_timeout = 0', [])
          tx.run('set local statement_timeout = 0', [])
          return work(tx)
        }),
      close: () => database.close(),
    }
  }
  const path = databasePath(url)
  if (use === 'source') await access(path)
  // Opened as a server does it, a store takes in what a crash has left in its log, and a new one gets its schema.
  await (await openStorage({ url, maxCallAgeMs })).close()
  const connection = new SqliteConnection(path, use === 'source' ? 'reader' : 'writer')
  // Nothing of what is written here is in a log.
  if (use === 'target') connection.durable = true
  return {
    run: async (work) => {
      connection.exec('begin')
      try {
        const result = await work(connection)
        connection.exec('commit')
        return result
      } catch (error) {
        connection.rollback()
        throw error
      }
    },
    close: () => {
      if (use === 'target') connection.checkpoint('truncate')
      connection.close()
      return Promise.resolve()
    },
  }
}

/** @returns whether both are the same in the end */
async function move(from: string, to: string): Promise<boolean> {
  const source = await connect(from, 'source')
  try {
    const target = await connect(to, 'target')
    try {
      await source.run((tx) => copy(tx, target))
      return await compare(source, target)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function copy(from: Transaction, target: Side): Promise<void> {
  if (!(await target.run((to) => isCopyOf(from, to)))) {
    throw new Error('The target has clients that the source does not have: give it an empty database.')
  }
  for (const table of TABLES) {
    const [all, already] = [await countRows(from, table), await target.run((to) => countRows(to, table))]
    const progress = new Progress(table, all, already)
    await copyTable(
      from,
      (work) => target.run(work),
      table,
      (rows) => {
        progress.add(rows)
      },
    )
    progress.end()
  }
}

/** Takes the source as it is now: what was written to it meanwhile is missing in the copy. */
async function compare(source: Side, target: Side): Promise<boolean> {
  const found = await source.run((from) => target.run((to) => differences(from, to)))
  for (const sentence of found) console.error(`Not the same: ${sentence}.`)
  if (found.length > 0) console.error('The copy cannot be used: empty the target, and copy again.')
  else console.log('Every row and all analytics are the same. Start the server on the new store.')
  return found.length === 0
}
