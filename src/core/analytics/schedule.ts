/**
 * A client's business hours: what its week looks like, the dates that are otherwise, and from when on. A call lies in them when
 * the clock on the client's wall shows one of their times as it starts, on the date under which reports count it. So a time that
 * clocks skip is in no hours, and one that they show twice is in them twice.
 */
import { addDays, localSlot, offsetAt, startOfDay, weekdayOf } from '../calendar.js'
import type { TimeRange } from '../range.js'
import { DAY_MS } from '../zone.js'
import { BEGINNING, WEEKDAYS, type HOURS_STATES, type Weekday } from './vocabulary.js'

/** Wall-clock times `HH:MM` of one day, `[from, to)`; `to` may be `24:00`. Those of a day may stand in any order, and overlap. */
export interface OpenTime {
  readonly from: string
  readonly to: string
}

/** A time of some weekdays. */
export interface WeeklyTime extends OpenTime {
  readonly days: readonly Weekday[]
}

/** A holiday, or a date with hours of its own: they take the place of its weekday's. */
export interface ScheduleDate {
  /** `YYYY-MM-DD` */
  readonly date: string
  /** For people. */
  readonly name?: string
  /** None: closed. */
  readonly hours: readonly OpenTime[]
}

export interface Schedule {
  /** A weekday that none of them names is closed. */
  readonly weekly: readonly WeeklyTime[]
  readonly dates?: readonly ScheduleDate[]
}

export interface ScheduleVersion {
  /** Local date from which it applies, until the next one does, or `BEGINNING`. */
  readonly appliesFrom: string
  /** Null: the client has none from then on. */
  readonly schedule: Schedule | null
}

/** The version that applies on a date; undefined before the first one. @param versions by the date from which they apply */
export function versionOn(versions: readonly ScheduleVersion[], date: string): ScheduleVersion | undefined {
  return versions.findLast(({ appliesFrom }) => appliesFrom === BEGINNING || appliesFrom <= date)
}

/** Null where no schedule applies: then nothing is told. */
export type HoursState = (typeof HOURS_STATES)[number] | null

interface DayHours {
  readonly date: string
  /** The local day, epoch milliseconds. */
  readonly day: TimeRange
  /** When it is open, in order and apart from each other; null where no schedule applies. */
  readonly open: readonly TimeRange[] | null
}

/** Business hours as instants. */
export class BusinessHours {
  readonly #zone: string
  readonly #versions: readonly ScheduleVersion[]
  #latest: DayHours = { date: '', day: { from: 0, to: 0 }, open: null }
  readonly #days = new Map<string, DayHours>()

  /**
   * @param zone IANA name: that of the client
   * @param versions by the date from which they apply
   */
  constructor(zone: string, versions: readonly ScheduleVersion[]) {
    this.#zone = zone
    this.#versions = versions
  }

  /** Whether an instant lies in them. Cheap for instants of one local day that follow each other. @param at epoch milliseconds */
  at(at: number): HoursState {
    const { open } = this.#dayOf(at)
    if (open === null) return null
    return open.some(({ from, to }) => at >= from && at < to) ? 'in' : 'out'
  }

  /**
   * When so much of them has passed since an instant. Time in which no schedule applies passes as on the clock.
   * @param latest the instant that is told if not all of it has passed by then
   */
  after(since: number, ms: number, latest: number): number {
    let left = ms
    for (let hours = this.#dayOf(since); hours.day.from < latest; hours = this.#hoursOf(addDays(hours.date, 1))) {
      for (const { from, to } of hours.open ?? [hours.day]) {
        const start = Math.max(from, since)
        if (to - start >= left) return Math.min(start + left, latest)
        left -= Math.max(to - start, 0)
      }
    }
    return latest
  }

  #dayOf(at: number): DayHours {
    const { day } = this.#latest
    if (at < day.from || at >= day.to) this.#latest = this.#hoursOf(localSlot(this.#zone, at).date)
    return this.#latest
  }

  #hoursOf(date: string): DayHours {
    const known = this.#days.get(date)
    if (known !== undefined) return known
    const day = { from: startOfDay(this.#zone, date), to: startOfDay(this.#zone, addDays(date, 1)) }
    const schedule = versionOn(this.#versions, date)?.schedule ?? null
    const hours = { date, day, open: schedule === null ? null : openIn(this.#zone, day, timesOn(schedule, date)) }
    this.#days.set(date, hours)
    return hours
  }
}

/** The times of a date: its own, or those of its weekday. */
export function timesOn(schedule: Schedule, date: string): readonly OpenTime[] {
  const own = schedule.dates?.find((special) => special.date === date)
  return own?.hours ?? timesOfWeekday(schedule, WEEKDAYS[weekdayOf(date)] as Weekday)
}

export function timesOfWeekday({ weekly }: Schedule, weekday: Weekday): readonly OpenTime[] {
  return weekly.filter(({ days }) => days.includes(weekday))
}

/** When a wall clock shows some times during a day, which is empty where the zone skipped it. */
function openIn(zone: string, day: TimeRange, times: readonly OpenTime[]): TimeRange[] {
  if (day.from === day.to) return []
  const found = stretchesOf(zone, day).flatMap(({ from, to, offsetMs }) => {
    const found: TimeRange[] = []
    // Where clocks go back past midnight, a day has an end of the date before.
    for (let date = Math.floor((from + offsetMs) / DAY_MS) * DAY_MS; date < to + offsetMs; date += DAY_MS) {
      for (const time of times) {
        const start = Math.max(from, date + msOf(time.from) - offsetMs)
        const end = Math.min(to, date + msOf(time.to) - offsetMs)
        if (start < end) found.push({ from: start, to: end })
      }
    }
    return found
  })
  return apart(found)
}

/** The same time in order, each moment of it once. */
function apart(ranges: TimeRange[]): TimeRange[] {
  const apart: TimeRange[] = []
  for (const { from, to } of ranges.sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last === undefined || from > last.to) apart.push({ from, to })
    else if (to > last.to) apart[apart.length - 1] = { from: last.from, to }
  }
  return apart
}

interface Stretch extends TimeRange {
  /** How far clocks are ahead of UTC. */
  readonly offsetMs: number
}

/** The parts of a day between changes of the clocks. No zone has changed them twice in a day. */
function stretchesOf(zone: string, { from, to }: TimeRange): Stretch[] {
  const [first, last] = [offsetAt(zone, from), offsetAt(zone, to - 1)]
  if (first === last) return [{ from, to, offsetMs: first }]
  let [before, change] = [from, to - 1]
  while (change - before > 1) {
    const middle = Math.floor((before + change) / 2)
    if (offsetAt(zone, middle) === first) before = middle
    else change = middle
  }
  return [
    { from, to: change, offsetMs: first },
    { from: change, to, offsetMs: last },
  ]
}

/** `HH:MM` as milliseconds from midnight. */
function msOf(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000
}
