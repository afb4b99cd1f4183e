/** How far dropping what a client no longer keeps is. */
import { localSlot } from '../../../core/calendar.js'
import type { RetentionProgress } from '../../port/retention.js'
import type { ClientStateRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { rowOf, sql } from '../transaction.js'
import { clientState } from '../write/state.js'
import { ANY_EVENT } from '../write/tallies.js'

type Kept = Pick<ClientStateRow, 'dropping_since' | 'dropped_at' | 'dropped_rows'>

/** See `Storage.retentionProgress`. What is left is told by tallies: nothing is counted that grows with it. */
export async function retentionProgress(
  session: Session,
  clientId: string,
  instant: number,
): Promise<RetentionProgress | null> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  if (client === null) return null
  const { timezone, retained_from, dropped_to, retention_paused } = await clientState(tx, client)
  const kept = (await rowOf(
    tx,
    sql<Kept>`select dropping_since, dropped_at, dropped_rows from client_state where client = ${client}`,
  )) as Kept
  const until = localSlot(timezone, Math.max(instant, retained_from ?? instant)).date
  const from = dropped_to === null ? '' : localSlot(timezone, dropped_to).date
  const calls = await rowOf(
    tx,
    sql<{ n: number }>`select coalesce(sum(calls), 0) as n from days
      where client = ${client} and local_date >= ${from} and local_date < ${until}`,
  )
  const events = await rowOf(
    tx,
    sql<{ n: number }>`select coalesce(sum(events), 0) as n from event_days
      where client = ${client} and event = ${ANY_EVENT} and local_date < ${until}`,
  )
  return {
    isPaused: retention_paused === 1,
    retainedFrom: retained_from,
    droppingSince: kept.dropping_since,
    droppedAt: kept.dropped_at,
    droppedRows: kept.dropped_rows,
    rowsLeft: Number(calls?.n) + Number(events?.n),
  }
}
