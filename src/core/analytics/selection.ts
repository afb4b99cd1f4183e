/** Which calls of some columns a question is about, and in which group each of them is. */
import { addDays, formatWithOffset, localSlot, monthOf, startOfHour, weekdayOf } from '../calendar.js'
import type { TimeRange } from '../range.js'
import { SLOT_MS } from '../instants.js'
import { CALL_STATUSES, DURATION_BUCKETS } from '../vocabulary/calls.js'
import { INBOUND, TEXTS, type CallColumns, type TextName } from './call-columns.js'
import type { BusinessHours, HoursState } from './schedule.js'
import { HOURS_STATES, isTime, type CallDimension, type Cycle, type Grouping, type TimeGrain } from './vocabulary.js'

/** What a group is told by: a text, a number of a cycle or of a customer; null for calls that have no such value. */
export type Key = string | number | null

/** Values of a dimension; those of customers are numbers. A call is asked about that has one of them, in each dimension. */
export type Filters = { readonly [D in CallDimension]?: readonly Key[] }

/** A place of each row in a list of keys. */
export interface Coded {
  readonly keys: readonly Key[]
  /** By row. */
  readonly codes: ArrayLike<number>
}

export interface ReadingAt {
  /** IANA zone of hours, days and months. */
  readonly zone: string
  /** Calls that started before it, and have no end, have expired. */
  readonly activeFrom: number
  /** Of the client; where a question is about them. */
  readonly businessHours?: BusinessHours
}

const isIn = <T extends string>(list: readonly T[], word: string): word is T =>
  (list as readonly string[]).includes(word)

const HOURS_KEYS: readonly HoursState[] = [null, ...HOURS_STATES]

/** The groups of rows by one thing. */
export function codesOf(columns: CallColumns, by: Grouping, at: ReadingAt): Coded {
  return isTime(by) ? byTime(columns, by, at.zone) : byDimension(columns, by, at)
}

/** Rows that start in a range and that have what the filters ask for; null for all of them. */
export function selected(columns: CallColumns, range: TimeRange, filters: Filters, at: ReadingAt): Uint32Array | null {
  const { count, startAt } = columns
  const asked = Object.entries(filters) as [CallDimension, readonly Key[]][]
  const [first, last] = [startAt[0] ?? range.from, startAt[count - 1] ?? range.from]
  if (asked.length === 0 && first >= range.from && last < range.to) return null
  const rows = new Uint32Array(count)
  const tests = asked.map(([dimension, values]) => {
    const { keys, codes } = byDimension(columns, dimension, at)
    return { codes, wanted: Uint8Array.from(keys, (key) => (values.includes(key) ? 1 : 0)) }
  })
  let size = 0
  for (let row = 0; row < count; row++) {
    const start = startAt[row] as number
    if (start < range.from || start >= range.to) continue
    if (tests.every(({ codes, wanted }) => wanted[codes[row] as number] === 1)) rows[size++] = row
  }
  return rows.subarray(0, size)
}

function byDimension(columns: CallColumns, dimension: CallDimension, at: ReadingAt): Coded {
  const { count, marks, startAt, status, duration, customer } = columns
  const codes = new Uint32Array(count)
  if (isIn(TEXTS, dimension)) return textCodes(columns, dimension)
  const { activeFrom, businessHours } = at
  switch (dimension) {
    case 'direction':
      for (let row = 0; row < count; row++) codes[row] = (marks[row] as number) & INBOUND
      return { keys: ['outbound', 'inbound'], codes }
    case 'status': {
      const [active, expired] = [CALL_STATUSES.indexOf('active'), CALL_STATUSES.indexOf('expired')]
      for (let row = 0; row < count; row++) {
        const code = status[row] as number
        codes[row] = code === active && (startAt[row] as number) < activeFrom ? expired : code
      }
      return { keys: CALL_STATUSES, codes }
    }
    case 'durationBucket':
      for (let row = 0; row < count; row++) codes[row] = durationBucket(duration[row] as number)
      return { keys: [null, ...DURATION_BUCKETS.map(({ name }) => name)], codes }
    case 'businessHours':
      for (let row = 0; row < count; row++) {
        codes[row] = HOURS_KEYS.indexOf(businessHours?.at(startAt[row] as number) ?? null)
      }
      return { keys: HOURS_KEYS, codes }
    case 'customer':
      return numberCodes(customer, codes)
  }
}

function textCodes({ texts }: CallColumns, name: TextName): Coded {
  const { values, codes } = texts[name]
  return { keys: [null, ...values], codes }
}

function numberCodes(numbers: Float64Array, codes: Uint32Array): Coded {
  const places = new Map<number, number>()
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] as number
    let place = places.get(number)
    if (place === undefined) places.set(number, (place = places.size))
    codes[row] = place
  }
  return { keys: Array.from(places.keys(), (number) => (number === 0 ? null : number)), codes }
}

const BUCKET_ENDS = DURATION_BUCKETS.map(({ toSeconds }) => toSeconds)

/** 0 for a call that goes on, else 1 + the index of its bucket. */
function durationBucket(seconds: number): number {
  if (seconds < 0) return 0
  let bucket = 0
  while (seconds >= (BUCKET_ENDS[bucket] as number)) bucket += 1
  return 1 + bucket
}

function byTime({ count, startAt }: CallColumns, by: TimeGrain | Cycle, zone: string): Coded {
  const codes = new Uint32Array(count)
  const places = new Map<Key, number>()
  let slot = NaN
  let code = 0
  for (let row = 0; row < count; row++) {
    const own = Math.floor((startAt[row] as number) / SLOT_MS)
    if (own !== slot) {
      slot = own
      const key = timeKey(by, zone, own * SLOT_MS)
      code = places.get(key) ?? places.set(key, places.size).size - 1
    }
    codes[row] = code
  }
  return { keys: [...places.keys()], codes }
}

/**
 * The stretch of time, or the place in a cycle, in which a quarter hour lies: an hour as the instant it began, with its offset; a
 * date; the Monday that a week began with; a month `2025-10`; a quarter `2025-Q4`; an hour 0–23; a weekday, 0 being Sunday.
 * @param at epoch milliseconds at which the quarter hour begins
 */
export function timeKey(by: TimeGrain | Cycle, zone: string, at: number): Key {
  const { date, hour } = localSlot(zone, at)
  switch (by) {
    case 'hour':
      return formatWithOffset(zone, startOfHour(zone, at))
    case 'date':
      return date
    case 'week':
      return addDays(date, -((weekdayOf(date) + 6) % 7))
    case 'month':
      return monthOf(date)
    case 'quarter':
      return `${date.slice(0, 4)}-Q${String(Math.ceil(Number(date.slice(5, 7)) / 3))}`
    case 'hourOfDay':
      return hour
    case 'dayOfWeek':
      return weekdayOf(date)
  }
}
