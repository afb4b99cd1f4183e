import pg from 'pg'
import type { Test } from 'tap'

/** A statement as `pg` sent it. */
export interface Statement {
  readonly connection: unknown
  readonly text: string
  readonly values: readonly unknown[]
  /** What it is prepared as. */
  readonly name: string | undefined
}

/** Listens to what this process asks of PostgreSQL until the test ends. @returns what was sent since the last call */
export function captureStatements(t: Test): () => Statement[] {
  const query = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown
  const results = t.capture(pg.Client.prototype, 'query', query)
  return () =>
    results().map(({ receiver, args }) => {
      const [asked] = args as [string | { text: string; values?: unknown[]; name?: string }]
      const { text, values = [], name } = typeof asked === 'string' ? { text: asked } : asked
      return { connection: receiver, text, values, name }
    })
}

/** The tables that a statement names, as often as it does. */
export function tablesOf({ text }: Statement): string[] {
  return [...text.matchAll(/\b(?:from|join|into|update) "(\w+)"/g)].map(([, table]) => String(table))
}

/**
 * The clients that a statement binds: one a row that it inserts, else one a condition on `client_id`. Rows that are inserted
 * with the client of a ledger are bound by the condition on that.
 */
export function clientsOf({ text, values }: Statement): unknown[] {
  const insert = /^insert into "\w+" \(([^)]+)\) values ((?:\([^)]+\)(?:, )?)+)/.exec(text)
  const places =
    insert === null
      ? [...text.matchAll(/"client_id" = (\$\d+)/g)].map(([, place]) => String(place))
      : rowsOf(String(insert[2])).map((row) => row[String(insert[1]).split(', ').indexOf('"client_id"')])
  if (/^insert .* select "ledgers"."client_id", .* where "ledgers"."client_id" = \$/s.test(text)) places.push(places[0])
  return places.map((place) => values[Number(place?.slice(1)) - 1])
}

function rowsOf(text: string): string[][] {
  return [...text.matchAll(/\(([^)]+)\)/g)].map(([, row]) => String(row).split(', '))
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
