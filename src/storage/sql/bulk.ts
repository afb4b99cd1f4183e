/**
 * Statements over many rows of one client. Their text is compiled once: compiling costs more than running, and a batch runs
 * a dozen of them. On PostgreSQL a column of the rows, or a list of keys, is one parameter, an array. So the text is the
 * same for any number of rows, and a connection parses and plans it once.
 */
import { CompiledQuery, sql, type OnConflictBuilder, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import { typeOf } from './columns.js'
import type { Database, Db, Engine } from './database.js'

export type Value = string | number | null
export type Row<T extends keyof Database> = { readonly [column in keyof Database[T]]: Database[T][column] & Value }

/** A transaction, and the dialect that its statements are compiled for. */
export interface Transaction {
  readonly db: Db
  readonly dialect: Engine['name']
}

/** The tables of a client's own rows. */
type ClientTable = Exclude<keyof Database, 'clients' | 'api_keys' | 'ledgers'>

const texts = new Map<string, string>()

/** Runs the statement that `build` makes, with other values: its text is kept under `name` and the dialect. */
export async function run<R>(
  { db, dialect }: Transaction,
  name: string,
  build: (db: Db) => CompiledQuery<R>,
  values: (Value | readonly Value[])[],
): Promise<readonly R[]> {
  const key = `${dialect} ${name}`
  let text = texts.get(key)
  if (text === undefined) texts.set(key, (text = build(db).sql))
  const { rows } = await db.executeQuery<R>(CompiledQuery.raw(text, values))
  return rows
}

/**
 * Reads a client's rows that have one of `values` in a column.
 * @param name of the statement
 * @param select what to read of the table, under which further conditions
 */
export async function find<R>(
  tx: Transaction,
  name: string,
  clientId: string,
  column: string,
  values: readonly string[],
  select: (db: Db) => SelectQueryBuilder<Database, never, R>,
): Promise<readonly R[]> {
  if (values.length === 0) return []
  const own = (db: Db, isWanted: RawBuilder<unknown>) =>
    select(db)
      .where(sql<boolean>`${sql.ref('client_id')} = ${clientId}`)
      .where(sql<boolean>`${sql.ref(column)} ${isWanted}`)
  if (tx.dialect === 'sqlite') {
    const query = (db: Db) => own(db, sql`in (${sql.join(values)})`).compile()
    return run(tx, `${name} ${String(values.length)}`, query, [clientId, ...values])
  }
  // One look-up a value: `offset 0` keeps the planner, while it has no statistics of the table, from reading all rows of
  // the client instead and picking the wanted ones.
  const query = (db: Db) => {
    const rows = own(db, sql`= wanted.value`).offset(sql.lit(0))
    const wanted = sql`unnest(${''}::text[]) as wanted (value)`
    return sql<R>`select found.* from ${wanted} cross join lateral (${rows}) as found`.compile(db)
  }
  return run(tx, name, query, [values, clientId])
}

export interface Conflict<T extends ClientTable> {
  readonly key: readonly (keyof Database[T] & string)[]
  /** The stored row's other columns are replaced, the new values added to them, or the row kept as it is. */
  readonly how: 'replace' | 'add' | 'keep'
  /** Columns known to be as they are stored: left alone, which spares the indexes that hold them. */
  readonly same?: readonly (keyof Database[T] & string)[]
}

/** Inserts rows of one client; `conflict` says what happens to a stored row with the same key. */
export async function upsert<T extends ClientTable>(
  tx: Transaction,
  table: T,
  rows: readonly Row<T>[],
  conflict?: Conflict<T>,
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const { client_id, ...others } = first
  const columns = Object.keys(others) as (keyof Row<T> & string)[]
  const kind = conflict === undefined ? 'insert' : `${conflict.how} but ${String(conflict.same)}`
  const insert = (source: RawBuilder<unknown>) => (db: Db) => {
    const into = db.insertInto(table).columns(['client_id', ...columns] as never)
    const query = into.expression(source as never)
    return (conflict === undefined ? query : query.onConflict((on) => resolve(on, table, columns, conflict))).compile()
  }
  if (tx.dialect === 'sqlite') {
    // Of one row, which its connection repeats: that runs many times faster than a statement of many rows.
    const source = sql`values (${sql.join(['', ...columns])})`
    const values = rows.map((row) => [client_id, ...columns.map((column) => row[column])])
    await run(tx, `${kind} ${table}`, insert(source), values)
  } else {
    // The client comes from its ledger, so that on a cluster the statement goes where that is: see ../postgres/citus.ts.
    const names = columns.map((column) => sql.ref(`added.${column}`))
    const lists = columns.map((column) => sql`${''}::${sql.raw(typeOf(column))}[]`)
    const source = sql`select "ledgers"."client_id", ${sql.join(names)}
      from "ledgers" cross join unnest(${sql.join(lists)}) as added (${sql.join(columns.map((column) => sql.ref(column)))})
      where "ledgers"."client_id" = ${''}`
    await run(tx, `${kind} ${table}`, insert(source), [
      ...columns.map((column) => rows.map((row) => row[column])),
      client_id,
    ])
  }
}

function resolve<T extends ClientTable>(
  on: OnConflictBuilder<Database, T>,
  table: T,
  columns: readonly string[],
  { key, how, same = [] }: Conflict<T>,
) {
  const stored = on.columns(key)
  if (how === 'keep') return stored.doNothing()
  const kept: readonly string[] = [...key, ...same]
  const set = columns
    .filter((column) => !kept.includes(column))
    .map((column) => {
      const now = sql.ref(`excluded.${column}`)
      return [column, how === 'add' ? sql`${sql.ref(`${table}.${column}`)} + ${now}` : now]
    })
  return stored.doUpdateSet(Object.fromEntries(set) as never)
}
