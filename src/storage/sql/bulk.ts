/**
 * Statements over many rows. Their text depends only on the dialect and the number of rows, so each is compiled once:
 * compiling costs more than running, and a batch runs a dozen of them.
 */
import { CompiledQuery, sql, type Compilable } from 'kysely'
import type { Database, Db, Engine } from './database.js'

export type Value = string | number | null
export type Row<T extends keyof Database> = { readonly [column in keyof Database[T]]: Database[T][column] & Value }

/** A transaction, and the dialect that its statements are compiled for. */
export interface Transaction {
  readonly db: Db
  readonly dialect: Engine['name']
}

const texts = new Map<string, string>()

/** Runs the statement that `build` makes, with other values: its text is kept under `name` and the dialect. */
export async function run<R>(
  { db, dialect }: Transaction,
  name: string,
  build: () => Compilable<R>,
  values: Value[],
): Promise<readonly R[]> {
  const key = `${dialect} ${name}`
  let text = texts.get(key)
  if (text === undefined) texts.set(key, (text = build().compile().sql))
  const { rows } = await db.executeQuery<R>(CompiledQuery.raw(text, values))
  return rows
}

/** `n` placeholders for a list that `run` gives its values. */
export function placeholders(n: number): string[] {
  return new Array<string>(n).fill('')
}

export interface Conflict<T extends keyof Database> {
  readonly key: readonly (keyof Database[T] & string)[]
  /** The stored row's other columns are replaced, the new values added to them, or the row kept as it is. */
  readonly how: 'replace' | 'add' | 'keep'
  /** Columns known to be as they are stored: left alone, which spares the indexes that hold them. */
  readonly same?: readonly (keyof Database[T] & string)[]
}

/** Inserts rows; `conflict` says what happens to a stored row with the same key. */
export async function upsert<T extends keyof Database>(
  tx: Transaction,
  table: T,
  rows: readonly Row<T>[],
  conflict?: Conflict<T>,
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first) as (keyof Row<T> & string)[]
  // SQLite runs a statement of one row many times faster than one of many rows: its connection repeats it.
  const shape = tx.dialect === 'sqlite' ? rows.slice(0, 1) : rows
  const build = (): Compilable => {
    let insert = tx.db.insertInto(table).values(shape as never)
    if (conflict !== undefined) {
      const kept: readonly string[] = [...conflict.key, ...(conflict.same ?? [])]
      const changed = columns.filter((column) => !kept.includes(column))
      const set = changed.map((column) => [
        column,
        conflict.how === 'add'
          ? sql`${sql.ref(`${table}.${column}`)} + ${sql.ref(`excluded.${column}`)}`
          : sql.ref(`excluded.${column}`),
      ])
      insert = insert.onConflict((on) => {
        const stored = on.columns(conflict.key)
        return conflict.how === 'keep' ? stored.doNothing() : stored.doUpdateSet(Object.fromEntries(set) as never)
      })
    }
    return insert
  }
  const values: Value[] = []
  for (const row of rows) for (const column of columns) values.push(row[column])
  const kind = conflict === undefined ? 'insert' : `${conflict.how} but ${String(conflict.same)}`
  await run(tx, `${kind} ${table} ${String(shape.length)}`, build, values)
}
