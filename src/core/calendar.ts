import { Temporal } from 'temporal-polyfill'
import { SLOT_MS } from './instants.js'
import { DAY_MS, Zone } from './zone.js'

/**
 * More names than there are zones, because names match in any case: what callers send must not grow memory for ever.
 */
const MAX_ZONES = 1000
const zones = new Map<string, Zone>()

function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known !== undefined) return known
  const zone = new Zone(name)
  if (zones.size >= MAX_ZONES) zones.clear()
  zones.set(name, zone)
  return zone
}

/** Whether this is the IANA name of a time zone, in any case. Offsets such as `+05:30` are not names. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)) return false
  try {
    zoneOf(zone)
    return true
  } catch {
    return false
  }
}

/** The start of the 15-minute UTC slot that holds an instant. Epoch milliseconds, both. */
export function slotOf(ms: number): number {
  return Math.floor(ms / SLOT_MS) * SLOT_MS
}

/**
 * The local date, `YYYY-MM-DD`, and hour, 0–23, of the slot that holds an instant.
 * @throws RangeError when the zone is unknown
 */
export function localSlot(zone: string, ms: number): { readonly date: string; readonly hour: number } {
  const { day, hour } = zoneOf(zone).wallSlot(Math.floor(ms / SLOT_MS))
  return { date: dateText(day), hour }
}

/**
 * The instant at which a local date begins: its first instant where midnight was skipped, the start of the next date
 * where the whole date was (Apia, 2011-12-30).
 * @throws RangeError when the zone is unknown
 */
export function startOfDay(zone: string, date: string): number {
  return zoneOf(zone).firstSlotOf(dayNumber(date)) * SLOT_MS
}

const HOUR_MS = 3_600_000

/**
 * The instant at which the hour of a zone's clocks began in which a slot lies. Where they change within an hour, as by half an
 * hour on Lord Howe, one begins as they do.
 * @throws RangeError when the zone is unknown
 */
export function startOfHour(zone: string, ms: number): number {
  const clocks = zoneOf(zone)
  const slot = slotOf(ms)
  const offset = clocks.offsetMsAt(slot)
  let start = slot - ((slot + offset) % HOUR_MS)
  while (clocks.offsetMsAt(start) !== offset) start += SLOT_MS
  return start
}

export function addDays(date: string, days: number): string {
  return dateText(dayNumber(date) + days)
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(date).getUTCDay()
}

/**
 * How far a zone's clocks are ahead of UTC at an instant; epoch milliseconds, and milliseconds.
 * @throws RangeError when the zone is unknown
 */
export function offsetAt(zone: string, ms: number): number {
  return zoneOf(zone).offsetMsAt(ms)
}

/** `YYYY-MM` */
export function monthOf(date: string): string {
  return date.slice(0, 7)
}

/** The first and the last date of the month that an instant falls in, in a zone. */
export function monthSpan(zone: string, now: number): { first: string; last: string } {
  const month = monthOf(localSlot(zone, now).date)
  return { first: `${month}-01`, last: lastOfMonth(month) }
}

/** The last date of a month `YYYY-MM`. */
export function lastOfMonth(month: string): string {
  const next = new Date(`${month}-01`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  return dateText(next.getTime() / DAY_MS - 1)
}

/** Whether a text is a date of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && validDate(text)
}

/** UTC, ISO 8601, `Z`, with milliseconds only when there are any. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

const MINUTE_MS = 60_000

/**
 * A zone's wall clock with its offset, `2025-10-12T16:00:00+05:30`, with milliseconds only when there are any. It names the
 * same instant: an offset that has seconds, as a few had until 1972, is cut to minutes, and the clock with it.
 * @throws RangeError when the zone is unknown
 */
export function formatWithOffset(zone: string, ms: number): string {
  const minutes = Math.trunc(offsetAt(zone, ms) / MINUTE_MS)
  const ahead = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(ahead / 60))}:${twoDigits(ahead % 60)}`
  return formatInstant(ms + minutes * MINUTE_MS).replace('Z', offset)
}

/**
 * A zone's wall clock, `2025-10-12T16:00:00`, cut to the second.
 * @throws RangeError when the zone is unknown
 */
export function formatLocal(zone: string, ms: number): string {
  return new Date(ms + offsetAt(zone, ms)).toISOString().slice(0, 19)
}

/** The same as Excel reads it, `2025-10-12 16:00:00`. */
export function formatForSheet(zone: string, ms: number): string {
  return formatLocal(zone, ms).replace('T', ' ')
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:([Zz])|([-+ ])(\d\d)(?::?(\d\d))?)?$/

/**
 * Reads an ISO 8601 date-time: `T`, `t` or a space between date and time, seconds optional, fractions cut to the
 * millisecond, offset `Z`, `±hh:mm`, `±hhmm` or `±hh`. A space stands for the `+` of an offset, which is what a query
 * string makes of it. Without an offset it is the zone's wall clock: the earlier of two such times, and a skipped time
 * as far after the gap as it is into it. A leap second reads as the second before it, as in Temporal and POSIX time.
 * @param zone IANA name; null when a time without offset names no instant
 * @returns epoch milliseconds, or null when the text is malformed or names no time of the calendar
 */
export function parseInstant(text: string, zone: string | null): number | null {
  const match = DATE_TIME.exec(text)
  if (match === null) return null
  const [, date = '', clock = '', seconds = '00', fraction = '', utc, sign, offsetHours = '00', offsetMinutes = '00'] =
    match
  if (!validDate(date) || clock >= '24:00' || clock.slice(3) > '59' || seconds > '60') return null
  const millis = fraction.padEnd(3, '0').slice(0, 3)
  const wall = `${date}T${clock}:${seconds === '60' ? '59' : seconds}.${millis}`
  if (utc !== undefined) return Date.parse(`${wall}Z`)
  if (sign !== undefined) {
    if (offsetHours > '23' || offsetMinutes > '59') return null
    const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
    return Date.parse(`${wall}Z`) + (sign === '-' ? offsetMs : -offsetMs)
  }
  return zone === null ? null : Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds
}

function validDate(date: string): boolean {
  const read = new Date(date)
  // The month too: JavaScript reads text that is no ISO date as what it may have been elsewhere, 0001-13-13 as a day of 2013.
  return read.getUTCDate() === Number(date.slice(8)) && read.getUTCMonth() + 1 === Number(date.slice(5, 7))
}

function dayNumber(date: string): number {
  return Date.parse(date) / DAY_MS
}

/** A century of dates: a report names the date of each of its slots, and formatting one costs more than all the rest. */
const MAX_DATES = 40_000
const dates = new Map<number, string>()

function dateText(day: number): string {
  const known = dates.get(day)
  if (known !== undefined) return known
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10)
  if (dates.size >= MAX_DATES) dates.clear()
  dates.set(day, date)
  return date
}
