/** One SQLite connection, as an engine that the queries run on. Only for use inside a worker thread: it blocks. */
import SQLite, { type Database as Connection, type Statement } from 'better-sqlite3'
import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely'
import type { Database, Engine } from '../sql/database.js'

export interface ConnectionOptions {
  readonly path: string
  readonly readonly: boolean
}

/** How long to wait for another process that holds the database. */
const BUSY_TIMEOUT_MS = 5_000

/** Pages kept in memory by a connection, and by one that reads everything once, where keeping them gains nothing. */
const CACHE_KIB = 32 * 1024
const SCAN_CACHE_KIB = 2 * 1024

/** Statements kept prepared. Look-ups differ by their number of keys, so there are a few hundred. */
const PREPARED_STATEMENTS = 1000

/**
 * Pages of write-ahead log (4 KiB each) after which a commit also copies them into the database. A page that many commits
 * wrote is copied once, so a long log costs less.
 */
const CHECKPOINT_PAGES = 16_000

export function openConnection(options: ConnectionOptions): Engine {
  const db = kyselyOver(connect(options))
  return {
    name: 'sqlite',
    db,
    async openSnapshot() {
      const own = kyselyOver(connect({ ...options, readonly: true }, SCAN_CACHE_KIB))
      const transaction = await own.startTransaction().execute()
      return {
        db: transaction,
        async close() {
          await transaction.rollback().execute()
          await own.destroy()
        },
      }
    },
    close: () => db.destroy(),
  }
}

function connect({ path, readonly }: ConnectionOptions, cacheKib = CACHE_KIB): Connection {
  const connection = new SQLite(path, { readonly, timeout: BUSY_TIMEOUT_MS })
  if (!readonly) {
    connection.pragma('journal_mode = WAL')
    // The driver's default in WAL mode is NORMAL, which loses acknowledged commits when power fails.
    connection.pragma('synchronous = FULL')
    connection.pragma(`wal_autocheckpoint = ${String(CHECKPOINT_PAGES)}`)
  }
  connection.pragma(`cache_size = ${String(-cacheKib)}`)
  connection.pragma('temp_store = MEMORY')
  return connection
}

function kyselyOver(connection: Connection): Kysely<Database> {
  const prepared = new Map<string, SqliteStatement>()
  const prepare = (text: string): SqliteStatement => {
    let statement = prepared.get(text)
    if (statement === undefined) {
      statement = repeating(connection.prepare(text))
      const [oldest] = prepared.keys()
      if (prepared.size >= PREPARED_STATEMENTS && oldest !== undefined) prepared.delete(oldest)
      prepared.set(text, statement)
    }
    return statement
  }
  const database = { prepare, close: () => void connection.close() }
  return new Kysely<Database>({ dialect: new SqliteDialect({ database }) })
}

/** A statement that is run once, or once for each of the rows that it is given the values of. */
function repeating(statement: Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (values) => statement.all(...values),
    iterate: statement.iterate.bind(statement),
    run: (values) => {
      if (!Array.isArray(values[0])) return statement.run(...values)
      let changes = 0
      for (const row of values) changes += statement.run(row).changes
      return { changes, lastInsertRowid: 0 }
    },
  }
}
