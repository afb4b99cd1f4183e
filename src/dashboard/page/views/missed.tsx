import { useShared } from '../context.js'
import { CopyButton } from '../parts/copy-button.js'
import { FailureNote } from '../parts/failure-note.js'
import { answered } from '../session.js'
import { usePages } from '../use-pages.js'
import { writeChoice } from '../../model/choice.js'

const STATES = ['open', 'wonBack', 'lost'] as const

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
        <table class="list">
          <caption class="unseen">{texts.views.missed}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.number}</th>
              <th scope="col">{columns.customer}</th>
              <th scope="col">{columns.lastMissed}</th>
              <th scope="col" class="figure">
                {columns.misses}
              </th>
              <th scope="col" class="figure wide">
                {columns.waited}
              </th>
              <th scope="col" class="wide">
                {columns.lastAgent}
              </th>
              <th scope="col" class="wide">
                {columns.virtualNumber}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((caller) => {
              const number = caller.phoneE164 ?? caller.phoneNumber
              return (
                <tr key={number}>
                  <th scope="row">
                    <span class="number">{number}</span> <CopyButton text={number} what={number} />
                  </th>
                  <td>{caller.customer?.name ?? caller.customer?.customerId ?? ''}</td>
                  <td>
                    <a
                      href={`/dashboard${writeChoice({ ...choice, call: caller.sessionId })}`}
                      onClick={(event) => {
                        if (event.metaKey || event.ctrlKey || event.shiftKey) return
                        event.preventDefault()
                        choose({ call: caller.sessionId })
                      }}
                    >
                      {format.dateTime(caller.lastMissedAt)}
                    </a>
                  </td>
                  <td class="figure">{format.number(caller.misses)}</td>
                  <td class="figure wide">{format.seconds(caller.waitedSeconds)}</td>
                  <td class="wide">{caller.lastAgent?.name ?? caller.lastAgent?.agentUserId ?? ''}</td>
                  <td class="wide">{caller.virtualNumber ?? ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {more !== null && (
        <button type="button" class="more" onClick={more}>
          {texts.more}
        </button>
      )}
    </section>
  )
}
