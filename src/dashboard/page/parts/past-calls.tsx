import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'
import { CallTable } from './call-table.js'
import { Status } from './call-words.js'

/** Calls, whenever they were: when they began, and what became of them. */
export function PastCalls({ title, calls }: { readonly title: string; readonly calls: readonly Call[] }) {
  const { texts, format } = useShared()
  const { columns } = texts
  return (
    <CallTable
      title={title}
      calls={calls}
      told={[
        { heading: columns.started, cell: (call) => format.dateTime(call.startTime) },
        { heading: columns.status, cell: (call) => <Status call={call} /> },
        { heading: columns.duration, kind: 'figure', cell: (call) => format.seconds(call.duration) },
      ]}
    />
  )
}
