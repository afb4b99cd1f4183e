/** The production store: a PostgreSQL server, shared by any number of processes. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { GroupedStorage, type CallMethod, type Runner } from '../grouped-storage.js'
import type { Storage } from '../port.js'
import type { Database, Engine } from '../sql/database.js'
import { migrate } from '../sql/migrations.js'
import { SqlStorage, type SqlStorageOptions } from '../sql/sql-storage.js'
import { placeTables } from './citus.js'
import { failureOf, refuseOldServer } from './failures.js'
import { pipelined } from './pipeline.js'

/** Connections of one process. */
export const POOL_SIZE = 10
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 30_000

/** `bigint` and the `numeric` of its sums are counts and instants, which numbers hold; JSON stays the text it is. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.JSON, String],
])

/** As its type has it, a parser takes only the ids of an enumeration and returns `any`. */
const defaultParserOf = pg.types.getTypeParser as (oid: number) => (text: string) => unknown

function parserOf(oid: number): (text: string) => unknown {
  return PARSERS.get(oid) ?? defaultParserOf(oid)
}

/** Opens the store on the server that `url` names. Throws as `connectPostgres` does. */
export async function openPostgres(url: string, options: SqlStorageOptions): Promise<Storage> {
  const runner = new PooledRunner(new SqlStorage(await connectPostgres(url), options))
  return new GroupedStorage(runner, [runner], (event) => event.clientId)
}

/**
 * Connects to the server that `url` names and brings its schema up to date.
 * @throws StorageUnavailable when it cannot be reached, is too old or refuses the login; the message says which
 */
export async function connectPostgres(url: string): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'exotel-call-ribbon-api',
    keepAlive: true,
    pipeline: true,
    types: { getTypeParser: parserOf },
  })
  // A connection that breaks leaves the pool by itself, and whoever was using it is told by its statement. Without a
  // listener either would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const engine = engineOver(pool)
  try {
    await checkServer(pool)
    await migrate(engine)
    await placeTables(engine.db)
  } catch (error) {
    await engine.close()
    throw failureOf(error)
  }
  return engine
}

function engineOver(pool: pg.Pool): Engine {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: pipelined(pool) }) })
  return {
    name: 'postgres',
    db,
    async openSnapshot() {
      const transaction = await db
        .startTransaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute()
      return {
        db: transaction,
        close: async () => {
          await transaction.rollback().execute()
        },
      }
    },
    close: () => db.destroy(),
  }
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: string }>(`select current_setting('server_version_num') as version`)
  refuseOldServer(Number(rows[0]?.version))
}

class PooledRunner implements Runner {
  readonly #storage: SqlStorage
  #closed: Promise<void> | null = null

  constructor(storage: SqlStorage) {
    this.#storage = storage
  }

  call<M extends CallMethod>(method: M, ...args: Parameters<SqlStorage[M]>): ReturnType<SqlStorage[M]> {
    const run = this.#storage[method].bind(this.#storage) as unknown as (...args: unknown[]) => Promise<unknown>
    const answer = run(...args).catch((error: unknown) => {
      throw failureOf(error)
    })
    return answer as ReturnType<SqlStorage[M]>
  }

  async *exportCalls(...args: Parameters<SqlStorage['exportCalls']>) {
    try {
      yield* this.#storage.exportCalls(...args)
    } catch (error) {
      throw failureOf(error)
    }
  }

  /** Reader and writer are one, so it is closed twice. */
  close(): Promise<void> {
    return (this.#closed ??= this.#storage.close())
  }
}
