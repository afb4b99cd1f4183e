/** When clients are at work. */
import type { ScheduleVersion } from '../../core/analytics/schedule.js'

export interface BusinessHoursStorage {
  /** When a client is at work, by the dates from which it is so; none when there is no such client. */
  businessHours(clientId: string): Promise<readonly ScheduleVersion[]>
  /**
   * Says when a client is at work from a date on: what was said of that date or a later one goes, what was said of earlier ones
   * stays. Durable when it resolves.
   * @returns false when that would be more versions than `LIMITS.scheduleVersions`; nothing was written
   */
  setBusinessHours(clientId: string, version: ScheduleVersion): Promise<boolean>
}
