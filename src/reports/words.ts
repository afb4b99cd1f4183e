/** Numbers and dates as people read them. */

/** What is not defined. */
export const NONE = '–'

const COUNTS = new Intl.NumberFormat('en-US')
const SHARES = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 })
const CHANGES = new Intl.NumberFormat('en-US', {
  style: 'percent',
  maximumFractionDigits: 0,
  signDisplay: 'exceptZero',
})
const WEEKDAYS = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })
const MONTHS = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' })

export function countWords(count: number): string {
  return COUNTS.format(count)
}

/** A count with what is counted: `1 call`, `2 calls`. */
export function countOf(count: number, thing: string): string {
  return `${countWords(count)} ${thing}${count === 1 ? '' : 's'}`
}

export function shareWords(share: number | null): string {
  return share === null ? NONE : SHARES.format(share)
}

/** Relative changes. */
export function changeWords(change: number | null): string {
  return change === null ? NONE : CHANGES.format(change)
}

/** Changes of what is a share itself, in points of a hundred. */
export function pointsWords(difference: number | null): string {
  if (difference === null) return NONE
  const points = Math.round(difference * 1000) / 10
  return points === 0 ? '0 pts' : `${points > 0 ? '+' : ''}${points} pts`
}

/** `45s`, `3m 05s`, `2h 08m`. */
export function secondsWords(seconds: number | null): string {
  if (seconds === null) return NONE
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const two = (count: number) => String(count).padStart(2, '0')
  if (hours > 0) return `${countWords(hours)}h ${two(minutes)}m`
  return minutes > 0 ? `${minutes}m ${two(whole % 60)}s` : `${whole}s`
}

/** `Saturday, 11 October 2025`. @param date local, `YYYY-MM-DD` */
export function dateWords(date: string): string {
  const day = new Date(date)
  return `${WEEKDAYS.format(day)}, ${day.getUTCDate()} ${MONTHS.format(day)} ${day.getUTCFullYear()}`
}

/** `Sat 11 Oct`. */
export function shortDate(date: string): string {
  const day = new Date(date)
  return `${WEEKDAYS.format(day).slice(0, 3)} ${day.getUTCDate()} ${MONTHS.format(day).slice(0, 3)}`
}

/** `09:00`. */
export function hourWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** As many characters as a line of the report has room for. */
const LONGEST_NAME = 32

/** A name, or the id where there is none, on one line and not too long. */
export function nameWords(name: string | null, id: string): string {
  const text = (name ?? id).replace(/\s+/gu, ' ').trim() || id
  const characters = Array.from(text)
  return characters.length <= LONGEST_NAME ? text : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`
}
