import { rankedOf, type Answer, type Ranked } from '../../model/answers.js'
import { useShared } from '../context.js'

interface Column {
  readonly title: string
  readonly of: (row: Ranked) => string
}

interface RankingProps {
  readonly answer: Answer
  readonly by: 'agent' | 'customer' | 'virtualNumber' | 'status'
  readonly title: string
  readonly columns: readonly Column[]
  /** What a row is called; its name, else its id, unless told. */
  readonly nameOf?: (id: string) => string
}

/** The first groups by calls, each with a bar as long as its share of the most. */
export function Ranking({ answer, by, title, columns, nameOf }: RankingProps) {
  const { texts } = useShared()
  const rows = rankedOf(answer, by)
  return (
    <table class="ranking">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          {columns.map((column) => (
            <th key={column.title} scope="col" class="figure">
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <span class="share" style={{ width: `${String(Math.round(row.share * 100))}%` }} aria-hidden="true" />
              <span class="name">{row.id === null ? texts.nobody[by] : (row.name ?? nameOf?.(row.id) ?? row.id)}</span>
            </th>
            {columns.map((column) => (
              <td key={column.title} class="figure">
                {column.of(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
