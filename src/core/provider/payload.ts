/** The values of what Exotel sends: mostly text, whatever they mean, and absent in several ways. */
import { parseInstant } from '../calendar.js'
import { secondsOf } from '../seconds.js'
import { isObject, type Json, type JsonObject } from '../json.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS } from '../instants.js'
import { LIMITS } from '../limits.js'

/** The zone of Exotel's times that say none. */
export const PROVIDER_TIMEZONE = 'Asia/Kolkata'

/** What stands for a value that is not known. */
const ABSENT: ReadonlySet<string> = new Set(['', 'null', 'undefined', 'NA', 'N/A'])

/** The first of these members that says something, without the quotes that Passthru puts around digits. */
export function textIn(payload: JsonObject, ...members: readonly string[]): string | null {
  for (const member of members) {
    const value = payload[member]
    if (typeof value === 'number') return String(value)
    if (typeof value !== 'string') continue
    const text = value
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim()
    if (!ABSENT.has(text)) return text
  }
  return null
}

/** A word, in lower case. */
export function wordIn(payload: JsonObject, ...members: readonly string[]): string | null {
  return textIn(payload, ...members)?.toLowerCase() ?? null
}

/** Whole seconds of the first of these members that says a believable number of them. */
export function secondsIn(payload: JsonObject, ...members: readonly string[]): number | null {
  for (const member of members) {
    const seconds = Math.floor(secondsOf(textIn(payload, member) ?? undefined) ?? NaN)
    if (seconds >= 0 && seconds <= LIMITS.durationSeconds) return seconds
  }
  return null
}

/** `Wed, 23 Feb 2022 12:31:59`, as Passthru writes `Created`. */
const WRITTEN_OUT = /^(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d:\d\d:\d\d)$/
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * The instant, in epoch milliseconds, of the first of these members that names one: ISO 8601, `YYYY-MM-DD HH:mm:ss` or
 * `Wed, 23 Feb 2022 12:31:59`, Indian time when it has no offset. `1970-01-01 05:30:00` and `0000-00-00 00:00:00`, which stand
 * for a time that is not known, are before all that an event may name.
 */
export function timeIn(payload: JsonObject, ...members: readonly string[]): number | null {
  for (const member of members) {
    const text = textIn(payload, member)
    const instant = text === null ? null : parseInstant(isoOf(text), PROVIDER_TIMEZONE)
    if (instant !== null && instant >= MIN_INSTANT_MS && instant < MAX_INSTANT_MS) return instant
  }
  return null
}

function isoOf(text: string): string {
  const [, day = '', name = '', year = '', clock = ''] = WRITTEN_OUT.exec(text) ?? []
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  return month === 0 ? text : `${year}-${twoDigits(String(month))}-${twoDigits(day)} ${clock}`
}

function twoDigits(text: string): string {
  return text.padStart(2, '0')
}

/** The legs of a call, first to last: a list, an object by position, as forms with many write it, or either as JSON. */
export function legsIn(payload: JsonObject): readonly JsonObject[] {
  const legs = unpacked(payload.Legs)
  const list = Array.isArray(legs) ? (legs as readonly Json[]) : isObject(legs) ? Object.values(legs) : []
  return list.filter(isObject)
}

function unpacked(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return undefined
  }
}
