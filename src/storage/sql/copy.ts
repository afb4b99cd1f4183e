/** Copying a whole store into another, of either engine. */
import { OPEN_RANGE } from '../../core/range.js'
import { detailedReport } from './read/report.js'
import { TABLE_KEYS, type ClientRow, type Tables } from './schema/tables.js'
import { storeContext, type Session } from './session.js'
import { join, raw, rowOf, rowsOf, run, sql, type Transaction, type Value } from './transaction.js'

export type TableName = keyof Tables
type AnyRow = Readonly<Record<string, Value>>

/** Rows in one statement. Small enough for the widest table's values to fit one statement. */
const CHUNK_ROWS = 500

/** All that are copied. Pages are not: they are built again. */
export const TABLES = (Object.keys(TABLE_KEYS) as TableName[]).filter((table) => table !== 'pages')

export async function countRows(tx: Transaction, table: TableName): Promise<number> {
  const [counted] = (await rowsOf(tx, sql<{ rows: number }>`select count(*) as rows from ${raw(table)}`)) as [
    { rows: number },
  ]
  return counted.rows
}

/**
 * Copies a table in the order of its key, a chunk a transaction, going on after the last row that is there already: a copy
 * that was interrupted is taken up where it stopped. Nothing else may write to the target.
 * @param inTarget runs work in a transaction of the target
 * @param copied is told how many rows came over with each chunk
 */
export async function copyTable(
  from: Transaction,
  inTarget: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
  table: TableName,
  copied: (rows: number) => void,
): Promise<void> {
  let after = await inTarget((to) => lastKey(to, table))
  for (;;) {
    const rows = await rowsAfter(from, table, after)
    const last = rows.at(-1)
    if (last === undefined) return
    await inTarget(async (to) => {
      insertRows(to, table, rows)
    })
    copied(rows.length)
    after = keyOf(table, last)
  }
}

function insertRows(to: Transaction, table: TableName, rows: readonly AnyRow[]): void {
  const columns = Object.keys(rows[0] as AnyRow)
  const values = rows.map((row) => sql`(${join(columns.map((column) => row[column]))})`)
  const names = join(columns.map((column) => raw(column)))
  run(to, sql`insert into ${raw(table)} (${names}) values ${join(values)}`)
}

function keyOf(table: TableName, row: AnyRow): Value[] {
  return TABLE_KEYS[table].map((column) => row[column] as Value)
}

function keyColumns(table: TableName) {
  return join(TABLE_KEYS[table].map((column) => raw(column)))
}

async function lastKey(tx: Transaction, table: TableName): Promise<Value[] | null> {
  const newestFirst = join(TABLE_KEYS[table].map((column) => sql`${raw(column)} desc`))
  const last = await rowOf(
    tx,
    sql<AnyRow>`select ${keyColumns(table)} from ${raw(table)} order by ${newestFirst} limit 1`,
  )
  return last === undefined ? null : keyOf(table, last)
}

function rowsAfter(tx: Transaction, table: TableName, after: Value[] | null): Promise<AnyRow[]> {
  const later = after === null ? sql`` : sql`where (${keyColumns(table)}) > (${join(after)})`
  return rowsOf(tx, sql<AnyRow>`select * from ${raw(table)} ${later} order by ${keyColumns(table)} limit ${CHUNK_ROWS}`)
}

/**
 * Whether every client of `to` is one of `from`: then it is empty, or a copy that was begun. A store that served before
 * has clients of its own, if only the demo clients that it was made with.
 */
export async function isCopyOf(from: Transaction, to: Transaction): Promise<boolean> {
  const [here, there] = await Promise.all([clientRows(from), clientRows(to)])
  const known = new Set(here.map((row) => JSON.stringify(row)))
  return there.every((row) => known.has(JSON.stringify(row)))
}

function clientRows(tx: Transaction): Promise<ClientRow[]> {
  return rowsOf(tx, sql<ClientRow>`select * from clients order by client`)
}

/**
 * Compares two stores: each row of every table, and what each client's analytics say.
 * @returns what differs, a sentence each; nothing when the copy is whole
 */
export async function differences(from: Transaction, to: Transaction): Promise<string[]> {
  const found: string[] = []
  for (const table of TABLES) {
    const [here, there] = await Promise.all([countRows(from, table), countRows(to, table)])
    if (here !== there) found.push(`${table} has ${String(here)} rows here and ${String(there)} there`)
    else if (!(await hasSameRows(from, to, table))) found.push(`${table} has rows that differ`)
  }
  for (const { client_id: clientId, timezone: zone } of await clientRows(from)) {
    const query = { clientId, range: OPEN_RANGE, zone, recent: 100, top: 10 }
    // A copy in which rows are missing may have no report at all.
    const [here, there] = await Promise.all(
      [from, to].map((tx) => detailedReport(sessionOf(tx), query).then(JSON.stringify, () => null)),
    )
    if (here === null || here !== there) found.push(`the analytics of ${clientId} differ`)
  }
  return found
}

/** Of two tables with as many rows. */
async function hasSameRows(from: Transaction, to: Transaction, table: TableName): Promise<boolean> {
  let after: Value[] | null = null
  for (;;) {
    const here: AnyRow[] = await rowsAfter(from, table, after)
    if (JSON.stringify(here) !== JSON.stringify(await rowsAfter(to, table, after))) return false
    const last = here.at(-1)
    if (last === undefined) return true
    after = keyOf(table, last)
  }
}

function sessionOf(tx: Transaction): Session {
  return {
    ...storeContext(0, 0),
    tx,
    unsettled: new Map(),
  }
}
