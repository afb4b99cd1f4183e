import pg from 'pg'
import type { Test } from 'tap'
import { TABLE_KEYS } from '../../src/storage/sql/schema/tables.js'

/** A statement as `pg` sent it. */
export interface Statement {
  readonly connection: unknown
  readonly text: string
  readonly values: readonly unknown[]
  /** What it is prepared as. */
  readonly name: string | undefined
}

/** What a process asks beside all requests: it tells others what was recorded, and asks once a second what others have. */
const BESIDE = /pg_notify|^select c\.client_id, s\.last_sequence/

/** Listens to what requests ask of PostgreSQL until the test ends. @returns what was sent since the last call */
export function captureStatements(t: Test): () => Statement[] {
  const query = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown
  const results = t.capture(pg.Client.prototype, 'query', query)
  return () => {
    const sent = results().map(({ receiver, args }) => {
      const [asked] = args as [string | { text: string; values?: unknown[]; name?: string }]
      const { text, values = [], name } = typeof asked === 'string' ? { text: asked } : asked
      return { connection: receiver, text, values, name }
    })
    return sent.filter(({ text }) => !BESIDE.test(text))
  }
}

const TABLES: ReadonlySet<string> = new Set(Object.keys(TABLE_KEYS))

/** The tables that a statement names, as often as it does. */
export function tablesOf({ text }: Statement): string[] {
  const named = [...text.matchAll(/\b(?:from|join|into|update|table) "?(\w+)"?/g)].map(([, table]) => String(table))
  return named.filter((table) => TABLES.has(table))
}

/**
 * The clients that a statement binds, by their number: one a condition on `client`, or the one that it inserts. Rows that are
 * inserted with the client of a state row are bound by the condition on that.
 */
export function clientsOf({ text, values }: Statement): unknown[] {
  const places = [...text.matchAll(/\bclient = \$(\d+)/g)].map(([, place]) => Number(place))
  if (/^insert into \w+ \(client, .* select client_state\.client, .* where client_state\.client = \$1/s.test(text))
    places.push(1)
  if (/^insert into \w+ \(client, [^)]*\)\s+values \(\$1,/.test(text)) places.push(1)
  return places.map((place) => values[place - 1])
}

/** Statements by transaction; one outside of any is its own. */
export function transactionsOf(statements: readonly Statement[]): Statement[][] {
  const transactions: Statement[][] = []
  const open = new Map<unknown, Statement[]>()
  for (const statement of statements) {
    const { connection, text } = statement
    if (/^(begin|start transaction)/.test(text)) {
      const transaction: Statement[] = []
      transactions.push(transaction)
      open.set(connection, transaction)
    } else if (/^(commit|rollback)/.test(text)) open.delete(connection)
    else {
      const transaction = open.get(connection)
      if (transaction === undefined) transactions.push([statement])
      else transaction.push(statement)
    }
  }
  return transactions
}
