/** Moving a store into another database, of either engine. */
import { access } from 'node:fs/promises'
import { databasePath, isServer, openStorage, type StorageOptions } from './open.js'
import { PostgresDatabase } from './postgres/open.js'
import { copyTable, countRows, differences, isCopyOf, type TableName, TABLES } from './sql/copy.js'
import type { Transaction } from './sql/transaction.js'
import { SqliteConnection } from './sqlite/connection.js'

/** Hears how far the copy of a table is. */
interface TableProgress {
  add(rows: number): void
  end(): void
}

interface Move extends StorageOptions {
  readonly from: string
  readonly to: string
  /** @param already rows that an earlier run has copied */
  readonly onTable: (table: TableName, rows: number, already: number) => TableProgress
}

/** One end of the copy. */
interface Side {
  /** Runs work in a transaction that sees one moment. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Copies a store into an empty database, and compares both. The source stays as it is; nobody may write to it meanwhile. A run
 * that was interrupted goes on where it stopped.
 * @returns what differs in the end, a sentence each; nothing when the copy is whole
 */
export async function moveStore({ from, to, onTable, ...options }: Move): Promise<readonly string[]> {
  const source = await connect(from, 'source', options)
  try {
    const target = await connect(to, 'target', options)
    try {
      await source.run((tx) => copy(tx, target, onTable))
      // Takes the source as it is now: what was written to it meanwhile is missing in the copy.
      return await source.run((here) => target.run((there) => differences(here, there)))
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function connect(url: string, use: 'source' | 'target', options: StorageOptions): Promise<Side> {
  return isServer(url) ? connectServer(url, options) : connectFile(url, use, options)
}

async function connectServer(url: string, { maxCallAgeMs }: StorageOptions): Promise<Side> {
  const database = await PostgresDatabase.connect(url, maxCallAgeMs)
  return {
    run: (work) =>
      database.transaction('snapshot', (tx) => {
        // The other side may be slow.
        tx.run('set local idle_in_transaction_session_timeout = 0', [])
        tx.mayTakeLong()
        return work(tx)
      }),
    close: () => database.close(),
  }
}

async function connectFile(url: string, use: 'source' | 'target', options: StorageOptions): Promise<Side> {
  const path = databasePath(url)
  if (use === 'source') await access(path)
  // Opened as a server does it, a store takes in what a crash has left in its log, and a new one gets its schema.
  await (await openStorage({ url, ...options })).close()
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

async function copy(from: Transaction, target: Side, onTable: Move['onTable']): Promise<void> {
  if (!(await target.run((to) => isCopyOf(from, to)))) {
    throw new Error('The target has clients that the source does not have: give it an empty database.')
  }
  for (const table of TABLES) {
    const [all, already] = [await countRows(from, table), await target.run((to) => countRows(to, table))]
    const progress = onTable(table, all, already)
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
