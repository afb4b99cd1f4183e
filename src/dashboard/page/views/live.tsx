import { useEffect, useState } from 'preact/hooks'
import { listed, secondsOf } from '../../model/live-calls.js'
import { useLiveNow, useShared } from '../context.js'
import { CallTable } from '../parts/call-table.js'
import { Status } from '../parts/call-words.js'

/** The calls that go on, each with its time running. */
export function LiveView() {
  const { texts, format, choice } = useShared()
  const { live, aheadMs } = useLiveNow()
  const now = useNow() + aheadMs
  const calls = listed(live.calls.values(), choice)
  const ended = listed(live.ended, choice)
  const { columns } = texts
  const omitted = Number(live.total) - live.calls.size
  return (
    <>
      <section class="panel live" aria-labelledby="live-title" aria-busy={live.state === 'connecting'}>
        <header>
          <h2 id="live-title">{texts.live.going(format.number(calls.length))}</h2>
        </header>
        {calls.length === 0 ? (
          <p class="quiet nothing">{live.state === 'connecting' ? texts.loading : texts.live.none}</p>
        ) : (
          <CallTable
            title={texts.views.live}
            calls={calls}
            isAboutPeople
            told={[
              {
                heading: columns.status,
                cell: ({ answeredAt }) => (
                  <span class={`status ${answeredAt === undefined ? 'ringing' : 'talking'}`}>
                    {answeredAt === undefined ? texts.live.ringing : texts.live.talking}
                  </span>
                ),
              },
              {
                heading: columns.since,
                kind: 'figure',
                cell: (call) => <span role="timer">{format.timer(secondsOf(call, now))}</span>,
              },
            ]}
          />
        )}
        {omitted > 0 && <p class="quiet nothing">{texts.live.more(format.number(omitted))}</p>}
      </section>
      {ended.length > 0 && (
        <section class="panel live" aria-labelledby="ended-title">
          <header>
            <h2 id="ended-title">{texts.live.ended}</h2>
          </header>
          <CallTable
            title={texts.live.ended}
            calls={ended}
            isAboutPeople
            told={[
              { heading: columns.status, cell: (call) => <Status call={call} /> },
              { heading: columns.duration, kind: 'figure', cell: (call) => format.seconds(call.duration) },
            ]}
          />
        </section>
      )}
    </>
  )
}

/** The browser's clock, every second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
    }, 1000)
    return () => {
      clearInterval(timer)
    }
  }, [])
  return now
}
