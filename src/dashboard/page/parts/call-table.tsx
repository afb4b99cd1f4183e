import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'
import { CallLink, customerOf, Direction } from './call-words.js'
import { type Column, ListTable } from './list-table.js'

interface CallTableProps {
  readonly title: string
  readonly calls: readonly Call[]
  /** What is told of each beside its number and who took part. */
  readonly told: readonly Column<Call>[]
  /** Whether who took part is told even where there is little room, and that nobody did. */
  readonly isAboutPeople?: boolean
}

/** Calls, each a link to all that is known of it. */
export function CallTable({ title, calls, told, isAboutPeople = false }: CallTableProps) {
  const { texts } = useShared()
  const { columns, nobody } = texts
  const kind = isAboutPeople ? {} : ({ kind: 'wide' } as const)
  return (
    <ListTable<Call>
      title={title}
      rows={calls}
      keyOf={({ sessionId }) => sessionId}
      first={{ heading: columns.number, cell: (call) => <CallLink call={call} /> }}
      others={[
        ...told,
        { heading: columns.customer, ...kind, cell: customerOf },
        { heading: columns.agent, ...kind, cell: (call) => call.agentUserId ?? (isAboutPeople ? nobody.agent : '') },
        { heading: columns.direction, kind: 'wide', cell: (call) => <Direction call={call} /> },
      ]}
    />
  )
}
