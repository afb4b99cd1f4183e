/** What a client's key shows: one of the views, over the range and the filters that were chosen. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { components } from '../../client/client.js'
import type { Choice } from '../model/choice.js'
import { failureOf, type Failure } from '../model/failure.js'
import { formatOf } from '../model/format.js'
import { dateIn, rangeOf } from '../model/range.js'
import type { Texts } from '../texts/en.js'
import { NowContext, SharedContext, type Choose, type Shared } from './context.js'
import { CallDrawer } from './parts/call-drawer.js'
import { FailureNote } from './parts/failure-note.js'
import { Filters } from './parts/filters.js'
import { Views } from './parts/views.js'
import { answered, clientWith } from './session.js'
import { useLive } from './use-live.js'
import { CallsView } from './views/calls.js'
import { LiveView } from './views/live.js'
import { MissedView } from './views/missed.js'
import { Overview } from './views/overview.js'

const SHOWN = { overview: Overview, live: LiveView, missed: MissedView, calls: CallsView } as const

interface ClientPageProps {
  readonly apiKey: string
  readonly texts: Texts
  readonly locale: string
  readonly choice: Choice
  readonly choose: Choose
  readonly onFailure: (failure: Failure) => void
}

export function ClientPage({ apiKey, texts, locale, choice, choose, onFailure }: ClientPageProps) {
  const ribbon = useMemo(() => clientWith({ apiKey }), [apiKey])
  const [config, setConfig] = useState<components['schemas']['RibbonConfig'] | null>(null)
  const [aheadMs, setAheadMs] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  const live = useLive(ribbon, onFailure)
  const [tries, setTries] = useState(0)
  const version = useSlowed(live.changes) + tries
  const load = () => {
    ribbon
      .GET('/api/ribbon/config')
      .then((outcome) => {
        setConfig(answered(outcome))
        setAheadMs(aheadOf(outcome.response))
        setFailure(null)
      })
      .catch((error: unknown) => {
        setFailure(failureOf(error))
        onFailure(failureOf(error))
      })
  }
  useEffect(load, [ribbon])
  const zone = config?.timezone ?? 'UTC'
  const format = useMemo(() => formatOf(locale, zone), [locale, zone])
  const today = dateIn(zone, Date.now() + aheadMs)
  const shared = useMemo<Shared>(
    () => ({
      texts,
      format,
      choice,
      choose,
      ribbon,
      zone,
      range: rangeOf(choice, today),
      version,
      again: () => {
        setTries((count) => count + 1)
      },
      onFailure,
    }),
    [texts, format, choice, ribbon, zone, today, version],
  )
  const shown = useMemo(() => <Shown choice={choice} texts={texts} />, [choice, texts])

  if (config === null) {
    return (
      <main class="notice">
        {failure === null ? <p>{texts.loading}</p> : <FailureNote {...{ texts, failure }} again={load} />}
      </main>
    )
  }
  return (
    <SharedContext.Provider value={shared}>
      <NowContext.Provider value={{ live, quota: live.usage ?? config.usage, aheadMs }}>{shown}</NowContext.Provider>
    </SharedContext.Provider>
  )
}

function Shown({ choice, texts }: Pick<ClientPageProps, 'choice' | 'texts'>) {
  const View = SHOWN[choice.view]
  return (
    <>
      <Views />
      <main id="calls" tabIndex={-1}>
        <h1 class="unseen">{texts.views[choice.view]}</h1>
        <Filters />
        <View />
      </main>
      {choice.call !== '' && <CallDrawer key={choice.call} sessionId={choice.call} />}
    </>
  )
}

/** What the server's clock is ahead of the browser's, to the second. */
function aheadOf({ headers }: Response): number {
  const now = Date.parse(headers.get('Date') ?? '')
  return Number.isNaN(now) ? 0 : now - Date.now()
}

/** Reports are asked for again soon after a call changed, and then not more often than this. */
const SOON_MS = 1000
const SELDOM_MS = 10_000

/** Follows a count, slowly. */
function useSlowed(count: number): number {
  const [slowed, setSlowed] = useState(count)
  const last = useRef(0)
  useEffect(() => {
    if (count === slowed) return undefined
    const timer = setTimeout(
      () => {
        last.current = Date.now()
        setSlowed(count)
      },
      Math.max(SOON_MS, last.current + SELDOM_MS - Date.now()),
    )
    return () => {
      clearTimeout(timer)
    }
  }, [count, slowed])
  return slowed
}
