/** When a client is at work. */
import { BEGINNING } from '../../../core/analytics/vocabulary.js'
import type { Schedule, ScheduleVersion } from '../../../core/analytics/schedule.js'
import type { BusinessHoursRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'

/** See `Storage.businessHours`. */
export async function businessHours(session: Session, clientId: string): Promise<readonly ScheduleVersion[]> {
  const client = await clientNumber(session, clientId)
  return client === null ? [] : versionsOf(await storedHours(session, client))
}

export type StoredHours = readonly Pick<BusinessHoursRow, 'from_date' | 'schedule'>[]

/** By the date from which they apply: that of the beginning is empty, and comes first. */
export function storedHours({ tx }: Session, client: number): Promise<StoredHours> {
  return rowsOf(
    tx,
    sql<
      StoredHours[number]
    >`select from_date, schedule from business_hours where client = ${client} order by from_date`,
  )
}

export function versionsOf(stored: StoredHours): readonly ScheduleVersion[] {
  return stored.map(({ from_date, schedule }) => ({
    appliesFrom: from_date === '' ? BEGINNING : from_date,
    schedule: JSON.parse(schedule) as Schedule | null,
  }))
}
