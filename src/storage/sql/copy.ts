/** Copying a whole store into another, of either engine. */
import { sql } from 'kysely'
import { OPEN_RANGE, planRange } from '../../core/range.js'
import type { Row, Value } from './bulk.js'
import { TABLE_KEYS, type Database, type Db, type Engine } from './database.js'
import { SqlStorage } from './sql-storage.js'

export type TableName = keyof Database

/** Rows in one statement. Small enough for the widest table's values to fit one statement. */
const CHUNK_ROWS = 500

export const TABLES = Object.keys(TABLE_KEYS) as TableName[]

export async function countRows(db: Db, table: TableName): Promise<number> {
  const { rows } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow()
  return rows
}

/**
 * Copies a table in the order of its key, a chunk a transaction, going on after the last row that is there already: a copy
 * that was interrupted is taken up where it stopped. Nothing else may write to the target.
 * @param copied is told how many rows came over with each chunk
 */
export async function copyTable(from: Db, to: Engine, table: TableName, copied: (rows: number) => void): Promise<void> {
  let after = await lastKey(to.db, table)
  for (;;) {
    const rows = await rowsAfter(from, table, after)
    const last = rows.at(-1)
    if (last === undefined) return
    await to.db.insertInto(table).values(rows).execute()
    copied(rows.length)
    after = keyOf(table, last)
  }
}

function keyOf(table: TableName, row: Readonly<Record<string, unknown>>): Value[] {
  return TABLE_KEYS[table].map((column) => row[column] as Value)
}

function keyColumns(table: TableName) {
  return sql.join(TABLE_KEYS[table].map((column) => sql.ref(column)))
}

async function lastKey(db: Db, table: TableName): Promise<Value[] | null> {
  const newestFirst = sql.join(TABLE_KEYS[table].map((column) => sql`${sql.ref(column)} desc`))
  const { rows } = await sql<Record<string, unknown>>`
    select ${keyColumns(table)} from ${sql.table(table)} order by ${newestFirst} limit 1`.execute(db)
  const [last] = rows
  return last === undefined ? null : keyOf(table, last)
}

async function rowsAfter(db: Db, table: TableName, after: Value[] | null): Promise<Row<TableName>[]> {
  const later = after === null ? sql`` : sql`where (${keyColumns(table)}) > (${sql.join(after)})`
  const { rows } = await sql<Row<TableName>>`
    select * from ${sql.table(table)} ${later} order by ${keyColumns(table)} limit ${CHUNK_ROWS}`.execute(db)
  return rows
}

/**
 * Whether every client of `to` is one of `from`: then it is empty, or a copy that was begun. A store that served before
 * has clients of its own, if only the demo clients that it was made with.
 */
export async function isCopyOf(from: Db, to: Db): Promise<boolean> {
  const [here, there] = await Promise.all([clientRows(from), clientRows(to)])
  const known = new Set(here)
  return there.every((row) => known.has(row))
}

async function clientRows(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('clients').selectAll().execute()
  return rows.map((row) => JSON.stringify(row))
}

/**
 * Compares two stores: each row of every table, and what each client's analytics say.
 * @returns what differs, a sentence each; nothing when the copy is whole
 */
export async function differences(from: Engine, to: Engine): Promise<string[]> {
  const found: string[] = []
  for (const table of TABLES) {
    const [here, there] = await Promise.all([countRows(from.db, table), countRows(to.db, table)])
    if (here !== there) found.push(`${table} has ${String(here)} rows here and ${String(there)} there`)
    else if (!(await hasSameRows(from.db, to.db, table))) found.push(`${table} has rows that differ`)
  }
  const source = new SqlStorage(from, { maxCallAgeMs: 0 })
  const target = new SqlStorage(to, { maxCallAgeMs: 0 })
  for (const { clientId, timezone } of await source.allClients()) {
    const query = {
      clientId,
      customerId: null,
      range: OPEN_RANGE,
      plan: planRange(OPEN_RANGE, timezone, timezone),
      recent: 100,
      top: 10,
      month: null,
    }
    const [here, there] = await Promise.all([source.report(query), target.report(query)])
    if (JSON.stringify(here) !== JSON.stringify(there)) found.push(`the analytics of ${clientId} differ`)
  }
  return found
}

/** Of two tables with as many rows. */
async function hasSameRows(from: Db, to: Db, table: TableName): Promise<boolean> {
  let after: Value[] | null = null
  for (;;) {
    const here: Row<TableName>[] = await rowsAfter(from, table, after)
    if (JSON.stringify(here) !== JSON.stringify(await rowsAfter(to, table, after))) return false
    const last = here.at(-1)
    if (last === undefined) return true
    after = keyOf(table, last)
  }
}
