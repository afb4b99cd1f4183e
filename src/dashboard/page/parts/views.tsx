import { VIEWS } from '../../model/choice.js'
import { useLiveNow, useShared } from '../context.js'
import { ChoiceLink } from './choice-link.js'
import { LiveState } from './live-state.js'

/** The views, and whether the page is live. */
export function Views() {
  const { texts, choice, format } = useShared()
  const { live } = useLiveNow()
  return (
    <div class="views">
      <nav aria-label={texts.nav}>
        {VIEWS.map((view) => (
          <ChoiceLink key={view} change={{ view }} isCurrent={view === choice.view}>
            {texts.views[view]}
            {view === 'live' && <span class="count">{format.number(live.total)}</span>}
          </ChoiceLink>
        ))}
      </nav>
      <LiveState />
    </div>
  )
}
