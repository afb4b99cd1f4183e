import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'
import { customerOf, Direction, Status } from './call-words.js'

/** What is known of a call, fact by fact: what is not known has no line. */
export function CallFacts({ call }: { readonly call: Call }) {
  const { texts, format } = useShared()
  const { columns, drawer } = texts
  const facts = [
    [columns.customer, customerOf(call)],
    [columns.agent, call.agentUserId ?? ''],
    [columns.started, format.dateTime(call.startTime)],
    [drawer.rang, call.ringSeconds === undefined ? '' : format.seconds(call.ringSeconds)],
    [columns.duration, call.duration === undefined ? '' : format.seconds(call.duration)],
    [columns.virtualNumber, call.virtualNumber ?? ''],
    [drawer.notes, call.notes ?? ''],
  ] as const
  return (
    <dl class="facts" aria-label={drawer.facts}>
      <div>
        <dt>{columns.status}</dt>
        <dd>
          <Status call={call} /> <Direction call={call} />
        </dd>
      </div>
      {facts
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  )
}
