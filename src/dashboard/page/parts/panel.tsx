import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Answer } from '../../model/answers.js'
import type { Part, Question } from '../../model/questions.js'
import { useShared } from '../context.js'
import { save } from '../save.js'
import { answered } from '../session.js'
import { useLoaded } from '../use-loaded.js'
import { FailureNote } from './failure-note.js'

interface PanelProps {
  readonly part: Part
  readonly title: string
  readonly question: Question
  /** Of a chart, the same as a table. A table is one already. */
  readonly table?: (answer: Answer) => ComponentChildren
  readonly children: (answer: Answer) => ComponentChildren
}

/** One question with its answer, of which the place is kept while it loads. */
export function Panel({ part, title, question, table, children }: PanelProps) {
  const { texts, ribbon, range } = useShared()
  const [isTable, setIsTable] = useState(false)
  const { data, failure, isLoading, again } = useLoaded(JSON.stringify(question), (signal) =>
    ribbon.queryAnalytics(question, { signal }),
  )
  const download = async () => {
    const query = { ...question, format: 'csv' } as const
    const file = answered(await ribbon.GET('/api/ribbon/analytics/query', { params: { query } })) as unknown as string
    save(`${part}-${range.startDate}-${range.endDate}.csv`, file)
  }
  return (
    <section class={`panel ${part}`} aria-labelledby={`title-${part}`} aria-busy={isLoading}>
      <header>
        <h2 id={`title-${part}`}>{title}</h2>
        {table && (
          <button
            type="button"
            class="small"
            aria-pressed={isTable}
            aria-label={texts.tableOf(title)}
            onClick={() => {
              setIsTable(!isTable)
            }}
          >
            {isTable ? texts.showChart : texts.showTable}
          </button>
        )}
        <button type="button" class="small" aria-label={texts.csvOf(title)} onClick={() => void download()}>
          {texts.csv}
        </button>
      </header>
      <div class="content">
        {failure?.kind === 'tooLarge' && <FailureNote texts={texts} failure={failure} again={again} />}
        {data === null && <p class="quiet">{failure === null ? texts.loading : texts.notLoaded}</p>}
        {data !== null && (table && isTable ? table(data) : children(data))}
      </div>
    </section>
  )
}
