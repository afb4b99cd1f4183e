/** What statements run in, on either engine, and how they are written. */
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type RawBuilder } from 'kysely'

export type EngineName = 'sqlite' | 'postgres'
export type Value = string | number | null | Uint8Array
/** A list is one parameter of PostgreSQL, an array; no other engine takes one. */
export type Parameter = Value | readonly Value[]

/** A transaction on the embedded store. The driver never waits, so neither does whoever calls it. */
export interface SqliteTransaction {
  readonly engine: 'sqlite'
  all<R>(text: string, parameters: readonly Value[]): R[]
  run(text: string, parameters: readonly Value[]): void
}

/**
 * A transaction on a server. `run` sends a statement without waiting for the ones before it. Its error surfaces when the next
 * awaited statement fails; the last of these is the commit.
 */
export interface PostgresTransaction {
  readonly engine: 'postgres'
  all<R>(text: string, parameters: readonly Parameter[]): Promise<R[]>
  run(text: string, parameters: readonly Parameter[]): void
}

export type Transaction = SqliteTransaction | PostgresTransaction

/** Never run: they only write the statements of the `sql` template in the words of their engine. */
const writers = {
  sqlite: new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
}

/** The rows of a statement that is written with the `sql` template: its values become parameters. */
export async function rowsOf<R>(tx: Transaction, statement: RawBuilder<R>): Promise<R[]> {
  const { sql: text, parameters } = statement.compile(writers[tx.engine])
  return tx.engine === 'sqlite'
    ? tx.all<R>(text, parameters as Value[])
    : tx.all<R>(text, parameters as readonly Parameter[])
}

/** The first row of a statement; undefined when there is none. */
export async function rowOf<R>(tx: Transaction, statement: RawBuilder<R>): Promise<R | undefined> {
  return (await rowsOf(tx, statement))[0]
}

/** Runs a statement that answers nothing. */
export function run(tx: Transaction, statement: RawBuilder<unknown>): void {
  const { sql: text, parameters } = statement.compile(writers[tx.engine])
  if (tx.engine === 'sqlite') tx.run(text, parameters as Value[])
  else tx.run(text, parameters as readonly Parameter[])
}

export { sql }
