/** Numbers and times as people read them, in their language and on the clock of the client. */

export interface Format {
  /** Whole, with separators; a dash where it is not known. */
  readonly number: (value: number | null | undefined) => string
  readonly percent: (share: number | null | undefined) => string
  /** With its sign: `+8 %`. */
  readonly change: (share: number) => string
  /** The difference of two shares, in hundredths: `-1.8`. */
  readonly points: (difference: number) => string
  /** `2m 31s` */
  readonly seconds: (value: number | null | undefined) => string
  /** `2:31`, `1:02:31` */
  readonly timer: (seconds: number) => string
  readonly date: (date: string) => string
  readonly dates: (first: string, last: string) => string
  readonly hour: (instant: string) => string
  readonly month: (date: string) => string
  readonly time: (instant: string | number) => string
  readonly dateTime: (instant: string) => string
  /** 0 is Sunday. */
  readonly weekday: (day: number) => string
}

const UNKNOWN = '–'
/** A Sunday. */
const SUNDAY = Date.UTC(2023, 0, 1)

/** @param zone of the client; dates without a time are dates of it already */
export function formatOf(locale: string, zone: string): Format {
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const changes = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  const points = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' })
  const wholeDays = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const months = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: 'numeric' })
  const weekdays = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' })
  const clock = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const hours = new Intl.DateTimeFormat(locale, clock)
  const times = new Intl.DateTimeFormat(locale, { ...clock, second: '2-digit' })
  const dateTimes = new Intl.DateTimeFormat(locale, { ...clock, day: 'numeric', month: 'short' })
  const known = (write: (value: number) => string) => (value: number | null | undefined) =>
    typeof value === 'number' ? write(value) : UNKNOWN

  return {
    number: known((value) => numbers.format(value)),
    percent: known((value) => percents.format(value)),
    change: (share) => changes.format(share),
    points: (difference) => points.format(difference * 100),
    seconds: known(inWords),
    timer: onClock,
    date: (date) => days.format(Date.parse(date)),
    dates: (first, last) => wholeDays.formatRange(Date.parse(first), Date.parse(last)),
    hour: (instant) => hours.format(Date.parse(instant)),
    month: (date) => months.format(Date.parse(date)),
    time: (instant) => times.format(new Date(instant)),
    dateTime: (instant) => dateTimes.format(Date.parse(instant)),
    weekday: (day) => weekdays.format(SUNDAY + day * 86_400_000),
  }
}

function inWords(value: number): string {
  const seconds = Math.round(value)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours > 0) return `${String(hours)}h ${String(minutes)}m`
  return minutes > 0 ? `${String(minutes)}m ${String(seconds % 60)}s` : `${String(seconds)}s`
}

function onClock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}` : `${String(minutes)}:${two(seconds % 60)}`
}
