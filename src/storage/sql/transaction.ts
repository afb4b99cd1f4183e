/** What statements run in, on either engine, and how they are written. */
import tag, { join, raw, type Sql } from 'sql-template-tag'

export type EngineName = 'sqlite' | 'postgres'
export type Value = string | number | null | Uint8Array
/** A list is one parameter of PostgreSQL, an array; no other engine takes one. */
export interface List {
  readonly type: 'bigint' | 'text' | 'bytea'
  readonly values: readonly Value[]
}
export type Parameter = Value | List

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

/** A statement, or a part of one, with its values. `R` is a row of what it answers. */
type Statement<R = unknown> = Sql & { readonly row?: R }

/** Writes a statement: what stands in `${}` becomes a parameter, or is the part of a statement that it is. */
export const sql = tag as <R = unknown>(
  strings: readonly string[],
  ...values: readonly (Parameter | undefined | Statement)[]
) => Statement<R>

/** The name of a table or column, or whatever else is text of a statement and no value. */
export { join, raw }

/** The rows of a statement that is written with the `sql` template: its values become parameters. */
export async function rowsOf<R>(tx: Transaction, statement: Statement<R>): Promise<R[]> {
  const values = statement.values as Value[]
  return tx.engine === 'sqlite' ? tx.all<R>(statement.sql, values) : tx.all<R>(statement.text, values)
}

/** The first row of a statement; undefined when there is none. */
export async function rowOf<R>(tx: Transaction, statement: Statement<R>): Promise<R | undefined> {
  return (await rowsOf(tx, statement))[0]
}

/** Runs a statement that answers nothing. */
export function run(tx: Transaction, statement: Statement): void {
  const values = statement.values as Value[]
  if (tx.engine === 'sqlite') tx.run(statement.sql, values)
  else tx.run(statement.text, values)
}
