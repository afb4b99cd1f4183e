/** Whether a file is a whole database of this server, and what it holds. */
import { StorageDamaged } from '../errors.js'
import { rowOf, rowsOf, sql } from '../sql/transaction.js'
import { unknownMigrations } from '../sql/schema/migrate.js'
import { DAMAGE, SqliteConnection } from './connection.js'

export interface Holding {
  readonly clients: number
  readonly events: number
  /** When the newest event was recorded; null where there are none. */
  readonly newestAt: number | null
  /** The last record of its log that it holds. */
  readonly logNumber: number
  /** The sequence of the last event of each client, by the client's number. */
  readonly sequences: ReadonlyMap<number, number>
}

/**
 * Reads all of a database file that no process uses. Nothing is left beside it.
 * @throws StorageDamaged when it is no whole database; Error when it is none of this server, or of a newer version of it
 */
export async function verifyFile(path: string): Promise<Holding> {
  try {
    return await read(path)
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    throw DAMAGE.test(String(code)) ? new StorageDamaged(`${path} is damaged: ${message}`, { cause: error }) : error
  }
}

async function read(path: string): Promise<Holding> {
  // Read and write: one that only reads would leave files beside it.
  const connection = new SqliteConnection(path, 'checkpointer')
  try {
    if (!(await isOurs(connection))) throw new Error(`${path} is no database of this server.`)
    const unknown = await unknownMigrations(connection)
    if (unknown.length > 0) {
      throw new Error(
        `${path} was written by a newer version of this server (it has ${unknown.join(', ')}): use that one.`,
      )
    }
    const faults = connection.faults()
    if (faults.length > 0) throw new StorageDamaged(`${path} is damaged: ${faults.join('; ')}`)
    return await holdingOf(connection)
  } finally {
    connection.close()
  }
}

async function isOurs(connection: SqliteConnection): Promise<boolean> {
  const tables = await rowsOf(
    connection,
    sql`select 1 from sqlite_schema where type = 'table' and name in ('ribbon_schema', 'log_place', 'client_state')`,
  )
  return tables.length === 3
}

async function holdingOf(connection: SqliteConnection): Promise<Holding> {
  const [counted] = (await rowsOf(
    connection,
    sql<{ clients: number; events: number; newestAt: number | null }>`
      select (select count(*) from clients where status <> 'deleted') as clients,
        (select count(*) from events) as events,
        (select max(e.received_at) from client_state s join events e on e.client = s.client and e.sequence = s.last_sequence)
          as "newestAt"`,
  )) as [{ clients: number; events: number; newestAt: number | null }]
  const place = await rowOf(connection, sql<{ number: number }>`select number from log_place`)
  return { ...counted, logNumber: Number(place?.number), sequences: await sequencesIn(connection) }
}

export async function sequencesIn(connection: SqliteConnection): Promise<ReadonlyMap<number, number>> {
  const rows = await rowsOf(
    connection,
    sql<{ client: number; sequence: number }>`select client, last_sequence as sequence from client_state`,
  )
  return new Map(rows.map(({ client, sequence }) => [client, sequence]))
}
