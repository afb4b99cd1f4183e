import { BEGINNING } from '../../../core/analytics/vocabulary.js'
import type { ScheduleVersion } from '../../../core/analytics/schedule.js'
import { LIMITS } from '../../../core/limits.js'
import { requireClient, type Session } from '../session.js'
import { rowsOf, run, sql } from '../transaction.js'
import { lockClient } from './state.js'

/** See `Storage.setBusinessHours`. The client's state is locked, so that two changes are one after the other. */
export async function setBusinessHours(
  session: Session,
  clientId: string,
  { appliesFrom, schedule }: ScheduleVersion,
): Promise<boolean> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  await lockClient(tx, client)
  const from = appliesFrom === BEGINNING ? '' : appliesFrom
  const [before] = (await rowsOf(
    tx,
    sql<{ versions: number }>`select count(*) as versions from business_hours
      where client = ${client} and from_date < ${from}`,
  )) as [{ versions: number }]
  if (before.versions >= LIMITS.scheduleVersions) return false
  run(tx, sql`delete from business_hours where client = ${client} and from_date >= ${from}`)
  run(
    tx,
    sql`insert into business_hours (client, from_date, schedule)
      values (${client}, ${from}, ${JSON.stringify(schedule)})`,
  )
  return true
}
