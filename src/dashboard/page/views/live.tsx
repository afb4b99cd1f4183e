import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Call, listed, secondsOf } from '../../model/live-calls.js'
import { useLiveNow, useShared } from '../context.js'
import { CallLink, customerOf, Direction, Status } from '../parts/call-words.js'

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
          <LiveTable
            title={texts.views.live}
            time={columns.since}
            calls={calls}
            row={(call) => ({
              status: (
                <span class={`status ${call.answeredAt === undefined ? 'ringing' : 'talking'}`}>
                  {call.answeredAt === undefined ? texts.live.ringing : texts.live.talking}
                </span>
              ),
              time: <span role="timer">{format.timer(secondsOf(call, now))}</span>,
            })}
          />
        )}
        {omitted > 0 && <p class="quiet nothing">{texts.live.more(format.number(omitted))}</p>}
      </section>
      {ended.length > 0 && (
        <section class="panel live" aria-labelledby="ended-title">
          <header>
            <h2 id="ended-title">{texts.live.ended}</h2>
          </header>
          <LiveTable
            title={texts.live.ended}
            time={columns.duration}
            calls={ended}
            row={(call) => ({ status: <Status call={call} />, time: format.seconds(call.duration) })}
          />
        </section>
      )}
    </>
  )
}

interface LiveTableProps {
  readonly title: string
  /** Heading of the column of times. */
  readonly time: string
  readonly calls: readonly Call[]
  readonly row: (call: Call) => { readonly status: ComponentChildren; readonly time: ComponentChildren }
}

function LiveTable({ title, time, calls, row }: LiveTableProps) {
  const { texts } = useShared()
  const { columns } = texts
  return (
    <table class="list">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.number}</th>
          <th scope="col">{columns.status}</th>
          <th scope="col" class="figure">
            {time}
          </th>
          <th scope="col">{columns.customer}</th>
          <th scope="col">{columns.agent}</th>
          <th scope="col" class="wide">
            {columns.direction}
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => {
          const { status, time: told } = row(call)
          return (
            <tr key={call.sessionId} data-session={call.sessionId}>
              <th scope="row">
                <CallLink call={call} />
              </th>
              <td>{status}</td>
              <td class="figure">{told}</td>
              <td>{customerOf(call)}</td>
              <td>{call.agentUserId ?? texts.nobody.agent}</td>
              <td class="wide">
                <Direction call={call} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
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
