import { useEffect, useState } from 'preact/hooks'
import { listed, secondsOf } from '../../model/live-calls.js'
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
          <table class="list">
            <caption class="unseen">{texts.views.live}</caption>
            <thead>
              <tr>
                <th scope="col">{columns.number}</th>
                <th scope="col">{columns.status}</th>
                <th scope="col" class="figure">
                  {columns.since}
                </th>
                <th scope="col">{columns.customer}</th>
                <th scope="col">{columns.agent}</th>
                <th scope="col" class="wide">
                  {columns.direction}
                </th>
              </tr>
            </thead>
            <tbody>
              {calls.map((call) => (
                <tr key={call.sessionId} data-session={call.sessionId}>
                  <th scope="row">
                    <CallLink call={call} />
                  </th>
                  <td>
                    <span class={`status ${call.answeredAt === undefined ? 'ringing' : 'talking'}`}>
                      {call.answeredAt === undefined ? texts.live.ringing : texts.live.talking}
                    </span>
                  </td>
                  <td class="figure">
                    <span role="timer">{format.timer(secondsOf(call, now))}</span>
                  </td>
                  <td>{customerOf(call)}</td>
                  <td>{call.agentUserId ?? texts.nobody.agent}</td>
                  <td class="wide">
                    <Direction call={call} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {omitted > 0 && <p class="quiet nothing">{texts.live.more(format.number(omitted))}</p>}
      </section>
      {ended.length > 0 && (
        <section class="panel live" aria-labelledby="ended-title">
          <header>
            <h2 id="ended-title">{texts.live.ended}</h2>
          </header>
          <table class="list">
            <caption class="unseen">{texts.live.ended}</caption>
            <thead>
              <tr>
                <th scope="col">{columns.number}</th>
                <th scope="col">{columns.status}</th>
                <th scope="col" class="figure">
                  {columns.duration}
                </th>
                <th scope="col">{columns.customer}</th>
                <th scope="col">{columns.agent}</th>
                <th scope="col" class="wide">
                  {columns.direction}
                </th>
              </tr>
            </thead>
            <tbody>
              {ended.map((call) => (
                <tr key={call.sessionId} data-session={call.sessionId}>
                  <th scope="row">
                    <CallLink call={call} />
                  </th>
                  <td>
                    <Status call={call} />
                  </td>
                  <td class="figure">{format.seconds(call.duration)}</td>
                  <td>{customerOf(call)}</td>
                  <td>{call.agentUserId ?? texts.nobody.agent}</td>
                  <td class="wide">
                    <Direction call={call} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
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
