import { useShared } from '../context.js'
import { ChoiceLink } from '../parts/choice-link.js'
import { CopyButton } from '../parts/copy-button.js'
import { FailureNote } from '../parts/failure-note.js'
import { ListTable } from '../parts/list-table.js'
import { answered } from '../session.js'
import { usePages } from '../use-pages.js'

const STATES = ['open', 'wonBack', 'lost'] as const

interface Numbered {
  readonly phoneNumber: string
  readonly phoneE164?: string | undefined
}

const numberOf = ({ phoneE164, phoneNumber }: Numbered): string => phoneE164 ?? phoneNumber

/** Whom to call back: one line a number, with the number to copy. */
export function MissedView() {
  const { texts, format, choice, choose, range, ribbon } = useShared()
  const { startDate, endDate } = range
  const query = {
    startDate,
    endDate,
    state: [choice.state],
    pageSize: 25,
    ...(choice.agent !== '' && { agentUserId: choice.agent }),
    ...(choice.number !== '' && { virtualNumber: choice.number }),
  }
  const { first, items, more } = usePages(JSON.stringify(query), async (cursor, signal) => {
    const asked = { ...query, ...(cursor !== null && { cursor }) }
    const init = { params: { query: asked }, ...(signal && { signal }) }
    const told = answered(await ribbon.GET('/api/ribbon/missed-calls', init))
    return { items: told.missedCalls, nextCursor: told.pagination.nextCursor, window: told }
  })
  const { columns } = texts
  return (
    <section class="panel missed" aria-labelledby="missed-title" aria-busy={first.isLoading}>
      <header>
        <h2 id="missed-title">{texts.missed.states[choice.state]}</h2>
        <fieldset class="range">
          <legend class="unseen">{texts.missed.state}</legend>
          {STATES.map((state) => (
            <button
              key={state}
              type="button"
              aria-pressed={state === choice.state}
              onClick={() => {
                choose({ state })
              }}
            >
              {texts.missed.states[state]}
            </button>
          ))}
        </fieldset>
      </header>
      <p class="quiet nothing">
        {first.data !== null &&
          texts.missed.lead[first.data.window.windowIn](format.number(first.data.window.windowHours))}
      </p>
      {first.failure !== null && <FailureNote texts={texts} failure={first.failure} again={first.again} />}
      {first.data === null && first.failure === null && <p class="quiet nothing">{texts.loading}</p>}
      {first.data !== null && items.length === 0 && (
        <p class="nothing">{choice.state === 'open' ? texts.missed.none : texts.missed.noneOf}</p>
      )}
      {items.length > 0 && (
        <ListTable
          title={texts.views.missed}
          rows={items}
          keyOf={numberOf}
          first={{
            heading: columns.number,
            cell: (caller) => (
              <>
                <span class="number">{numberOf(caller)}</span>{' '}
                <CopyButton text={numberOf(caller)} what={numberOf(caller)} />
              </>
            ),
          }}
          others={[
            { heading: columns.customer, cell: ({ customer }) => customer?.name ?? customer?.customerId ?? '' },
            {
              heading: columns.lastMissed,
              cell: ({ sessionId, lastMissedAt }) => (
                <ChoiceLink change={{ call: sessionId }}>{format.dateTime(lastMissedAt)}</ChoiceLink>
              ),
            },
            { heading: columns.misses, kind: 'figure', cell: ({ misses }) => format.number(misses) },
            {
              heading: columns.waited,
              kind: 'figure wide',
              cell: ({ waitedSeconds }) => format.seconds(waitedSeconds),
            },
            {
              heading: columns.lastAgent,
              kind: 'wide',
              cell: ({ lastAgent }) => lastAgent?.name ?? lastAgent?.agentUserId ?? '',
            },
            { heading: columns.virtualNumber, kind: 'wide', cell: ({ virtualNumber }) => virtualNumber ?? '' },
          ]}
        />
      )}
      {more !== null && (
        <button type="button" class="more" onClick={more}>
          {texts.more}
        </button>
      )}
    </section>
  )
}
