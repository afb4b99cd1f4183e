/** How long a caller whom nobody answered can be won back: so many hours of the clock, or of the client's business hours. */
import { addDays, localSlot, startOfDay } from '../calendar.js'
import { LIMITS } from '../limits.js'
import { LONGEST_MS } from './call-columns.js'
import type { BusinessHours } from './schedule.js'

const HOUR_MS = 3_600_000
const LONGEST_WINDOW_MS = LIMITS.missedCallWindowDays * 24 * HOUR_MS

export class FollowUpWindow {
  readonly #zone: string
  readonly #ms: number
  readonly #businessHours: BusinessHours | null

  /**
   * @param zone IANA name: that of the client's days
   * @param businessHours those that the hours are of; null counts by the clock
   */
  constructor(zone: string, hours: number, businessHours: BusinessHours | null) {
    this.#zone = zone
    this.#ms = hours * HOUR_MS
    this.#businessHours = businessHours
  }

  /** The last instant at which a call can begin that wins back one which ended at `end`; never earlier for a later end. */
  until(end: number): number {
    if (this.#businessHours === null) return end + this.#ms
    return this.#businessHours.after(end, this.#ms, end + LONGEST_WINDOW_MS)
  }

  /** The last local date whose calls can tell what came after those that began on a date. */
  lastDate(date: string): string {
    return localSlot(this.#zone, this.#lastUntil(date)).date
  }

  /** The first local date of which calls can still be open. */
  firstOpenDate(now: number): string {
    let date = localSlot(this.#zone, now).date
    for (let before = addDays(date, -1); this.#lastUntil(before) >= now; before = addDays(date, -1)) date = before
    return date
  }

  /** When the last window of a date's calls is over: none of them takes longer than a day. */
  #lastUntil(date: string): number {
    return this.until(startOfDay(this.#zone, addDays(date, 1)) + LONGEST_MS)
  }
}
