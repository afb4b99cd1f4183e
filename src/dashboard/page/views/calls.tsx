import { useEffect, useState } from 'preact/hooks'
import { STATUSES, type CallStatus } from '../../model/statuses.js'
import { useShared } from '../context.js'
import { PastCalls } from '../parts/past-calls.js'
import { FailureNote } from '../parts/failure-note.js'
import { Select } from '../parts/select.js'
import { answered } from '../session.js'
import { usePages } from '../use-pages.js'

/** Calls by number, status, and whatever the filters say. */
export function CallsView() {
  const { texts, choice, choose, range, ribbon } = useShared()
  const { startDate, endDate } = range
  const query = {
    startDate,
    endDate,
    pageSize: 25,
    ...(choice.agent !== '' && { agentUserId: choice.agent }),
    ...(choice.direction !== '' && { callDirection: choice.direction }),
    ...(choice.number !== '' && { virtualNumber: choice.number }),
    ...(choice.phone !== '' && { phoneNumber: choice.phone }),
    ...(choice.status !== '' && { status: [choice.status as CallStatus] }),
    ...(choice.recorded !== '' && { hasRecording: true }),
  }
  const { first, items, more } = usePages(JSON.stringify(query), async (cursor, signal) => {
    const asked = { ...query, ...(cursor !== null && { cursor }) }
    const init = { params: { query: asked }, ...(signal && { signal }) }
    const told = answered(await ribbon.GET('/api/ribbon/calls', init))
    return { items: told.calls, nextCursor: told.pagination.nextCursor }
  })
  return (
    <section class="panel calls" aria-labelledby="search-title" aria-busy={first.isLoading}>
      <header>
        <h2 id="search-title">{texts.views.calls}</h2>
      </header>
      <form
        class="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
        }}
      >
        <PhoneField />
        <Select
          label={texts.search.status}
          isLabelled
          value={choice.status}
          options={[
            ['', texts.search.anyStatus],
            ...STATUSES.map((one): [string, string] => [one, texts.statuses[one]]),
          ]}
          onChoose={(status) => {
            choose({ status })
          }}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={choice.recorded !== ''}
            onChange={(event) => {
              choose({ recorded: event.currentTarget.checked ? 'yes' : '' })
            }}
          />
          {texts.search.recorded}
        </label>
      </form>
      {first.failure !== null && <FailureNote texts={texts} failure={first.failure} again={first.again} />}
      {first.data === null && first.failure === null && <p class="quiet nothing">{texts.loading}</p>}
      {first.data !== null && items.length === 0 && (
        <p class="nothing">{more === null ? texts.search.none : texts.search.ended}</p>
      )}
      {items.length > 0 && <PastCalls title={texts.views.calls} calls={items} />}
      {more !== null && (
        <button type="button" class="more" onClick={more}>
          {texts.more}
        </button>
      )}
    </section>
  )
}

/** How long nothing is typed until the calls are looked for. */
const TYPED_MS = 300

function PhoneField() {
  const { texts, choice, choose } = useShared()
  const [typed, setTyped] = useState(choice.phone)
  useEffect(() => {
    setTyped(choice.phone)
  }, [choice.phone])
  useEffect(() => {
    if (typed.trim() === choice.phone) return undefined
    const timer = setTimeout(() => {
      choose({ phone: typed.trim() })
    }, TYPED_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [typed])
  return (
    <label class="field">
      <span>{texts.search.phone}</span>
      <input
        type="search"
        inputMode="tel"
        maxLength={64}
        placeholder={texts.search.phoneHint}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
        }}
      />
    </label>
  )
}
