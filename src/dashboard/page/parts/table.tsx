interface TableProps {
  readonly title: string
  readonly head: readonly string[]
  /** The first cell names the row, the others are figures. */
  readonly rows: readonly (readonly string[])[]
}

/** The data of a chart. */
export function Table({ title, head, rows }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={title}>
      <table>
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={cell} scope="col" class={index === 0 ? '' : 'figure'}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name = '', ...figures], index) => (
            <tr key={index}>
              <th scope="row">{name}</th>
              {figures.map((figure, column) => (
                <td key={column} class="figure">
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
