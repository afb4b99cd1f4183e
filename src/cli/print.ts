/** What commands print: for people in columns, with `--json` for programs. */
import stringWidth from 'string-width'
import type { Surroundings } from './surroundings.js'

type Cell = string | number | null | readonly string[]

/** A list as a table with a heading for each column, or as one JSON array of the items as they are. */
export function printList<T extends object>(
  here: Surroundings,
  items: readonly T[],
  columns: Readonly<Record<string, (item: T) => Cell>>,
  { json, empty }: { readonly json?: true | undefined; readonly empty: string },
): void {
  if (json === true) printJson(here, items)
  else if (items.length === 0) here.console.log(empty)
  else {
    const rows = items.map((item) => Object.values(columns).map((cellOf) => textOf(cellOf(item))))
    printColumns(here, [Object.keys(columns), ...rows])
  }
}

/** One thing as a line a member, or as one JSON object. */
export function printRecord(here: Surroundings, record: object, json: true | undefined): void {
  if (json === true) printJson(here, record)
  else
    printColumns(
      here,
      Object.entries(record).map(([name, value]) => [name, textOf(value as Cell)]),
    )
}

export function printJson({ console }: Surroundings, value: unknown): void {
  console.log(JSON.stringify(value, null, 2))
}

function printColumns({ console }: Surroundings, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] as readonly string[]).map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] as string))),
  )
  for (const row of rows) {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] as number) - stringWidth(cell)))
    console.log(cells.join('  ').trimEnd())
  }
}

/** Nothing that stands in a database may steer the terminal. */
function textOf(value: Cell): string {
  if (value === null) return '-'
  const text = typeof value === 'object' ? value.join(' ') : String(value)
  return text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1)) || '-'
}
