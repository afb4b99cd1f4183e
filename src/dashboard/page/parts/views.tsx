import { VIEWS, writeChoice } from '../../model/choice.js'
import { useLiveNow, useShared } from '../context.js'
import { LiveState } from './live-state.js'

/** The views, and whether the page is live. */
export function Views() {
  const { texts, choice, choose, format } = useShared()
  const { live } = useLiveNow()
  return (
    <div class="views">
      <nav aria-label={texts.nav}>
        {VIEWS.map((view) => (
          <a
            key={view}
            href={`/dashboard${writeChoice({ ...choice, view })}`}
            aria-current={view === choice.view ? 'page' : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              choose({ view })
            }}
          >
            {texts.views[view]}
            {view === 'live' && <span class="count">{format.number(live.total)}</span>}
          </a>
        ))}
      </nav>
      <LiveState />
    </div>
  )
}
