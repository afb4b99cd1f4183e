import type { ComponentChildren } from 'preact'

/** A column of a list: what stands above it, and what of a row stands in it. */
export interface Column<Row> {
  readonly heading: string
  /** A `figure` stands to the right; what is `wide` is left out where there is little room. */
  readonly kind?: 'figure' | 'wide' | 'figure wide'
  readonly cell: (row: Row) => ComponentChildren
}

interface ListTableProps<Row> {
  readonly title: string
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Names each row. */
  readonly first: Column<Row>
  readonly others: readonly Column<Row>[]
}

/** What is listed, a line each. */
export function ListTable<Row>({ title, rows, keyOf, first, others }: ListTableProps<Row>) {
  return (
    <table class="list">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          {[first, ...others].map(({ heading, kind }) => (
            <th key={heading} scope="col" class={kind}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row">{first.cell(row)}</th>
            {others.map(({ heading, kind, cell }) => (
              <td key={heading} class={kind}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
