import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'
import { CallLink, customerOf, Direction, Status } from './call-words.js'

/** Calls, each a link to all that is known of it. */
export function CallTable({ title, calls }: { readonly title: string; readonly calls: readonly Call[] }) {
  const { texts, format } = useShared()
  const { columns } = texts
  return (
    <table class="list">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.number}</th>
          <th scope="col">{columns.started}</th>
          <th scope="col">{columns.status}</th>
          <th scope="col" class="figure">
            {columns.duration}
          </th>
          <th scope="col" class="wide">
            {columns.customer}
          </th>
          <th scope="col" class="wide">
            {columns.agent}
          </th>
          <th scope="col" class="wide">
            {columns.direction}
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.sessionId}>
            <th scope="row">
              <CallLink call={call} />
            </th>
            <td>{format.dateTime(call.startTime)}</td>
            <td>
              <Status call={call} />
            </td>
            <td class="figure">{format.seconds(call.duration)}</td>
            <td class="wide">{customerOf(call)}</td>
            <td class="wide">{call.agentUserId ?? ''}</td>
            <td class="wide">
              <Direction call={call} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
