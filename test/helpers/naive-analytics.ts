/**
 * Questions about calls, answered call by call: every number is found by listing the calls of its group, by the words of
 * `DEFINITIONS`. Slow and plain on purpose; it shares no code with what it checks but the fold of events and its words.
 */
import { deriveCall, hasBegun, type DerivedCall } from '../../src/core/call.js'
import { callNameOf } from '../../src/core/event-identity.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import { numberKey } from '../../src/core/phone-number.js'
import type { TimeRange } from '../../src/core/range.js'
import type { ScheduleVersion } from '../../src/core/analytics/schedule.js'
import {
  BEGINNING,
  CYCLES,
  TIME_GRAINS,
  WEEKDAYS,
  type CallDimension,
  type Cycle,
  type Grouping,
  type Metric,
  type TimeGrain,
} from '../../src/core/analytics/vocabulary.js'
import type { CallsQuestion } from '../../src/storage/port/questions.js'

const QUARTER_MS = 900_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAY_SECONDS = 86_400

type Key = string | number | null
type Keys = readonly Key[]

/** What is known of a call. */
export type NaiveCall = Pick<
  DerivedCall,
  | 'startAt'
  | 'endAt'
  | 'durationSeconds'
  | 'ringSeconds'
  | 'direction'
  | 'status'
  | 'answered'
  | 'voided'
  | 'customerId'
  | 'agentUserId'
  | 'phoneNumber'
  | 'virtualNumber'
  | 'endReason'
  | 'domain'
> & {
  /** Whether all that is left of it is what it is counted by. */
  readonly dropped: boolean
}

/** Every call as all its events together make it, those that do not count included, by its name. */
export function naiveCalls(events: readonly CallEvent[], region: string): Map<string, NaiveCall> {
  const facts = new Map<string, CallFacts>()
  for (const event of events) {
    const name = callNameOf(event)
    const claimed = factsOf(event)
    if (name !== null && claimed !== null) facts.set(name, join(facts.get(name) ?? {}, claimed))
  }
  const key = (number: string | null) => (number === null ? null : numberKey(number, region))
  const calls = [...facts].filter(([, own]) => hasBegun(own)).map(([name, own]) => [name, deriveCall(own)] as const)
  return new Map(
    calls.map(([name, call]) => [
      name,
      { ...call, phoneNumber: key(call.phoneNumber), virtualNumber: key(call.virtualNumber), dropped: false },
    ]),
  )
}

/** What is left of a call that is no longer kept: its quarter hour, how it went and with whom. */
export function naiveDropped(call: NaiveCall): NaiveCall {
  const startAt = Math.floor(call.startAt / QUARTER_MS) * QUARTER_MS
  const nothing = {
    endAt: null,
    ringSeconds: null,
    phoneNumber: null,
    virtualNumber: null,
    endReason: null,
    domain: null,
  }
  return { ...call, ...nothing, startAt, dropped: true }
}

/** A value, and how far off an answer may be. */
interface Exactly {
  readonly value: number | null
  readonly within: number
}

export interface NaiveRow {
  readonly keys: Keys
  readonly values: readonly Exactly[]
  readonly previous: readonly Exactly[] | null
}

interface NaiveAnswer {
  /** All of them, in no order. */
  readonly rows: readonly NaiveRow[]
  /** Negative where the one comes first by what is asked, positive where the other does, 0 where either may. */
  compare(one: Keys, other: Keys): number
  readonly total: Omit<NaiveRow, 'keys'>
  /** What some groups have together. */
  together(groups: readonly Keys[]): Omit<NaiveRow, 'keys'>
}

export function naiveAnswer(
  calls: readonly NaiveCall[],
  asked: CallsQuestion,
  region: string,
  maxCallAgeMs: number,
  hours: NaiveHours,
) {
  return new Naive(calls, asked, region, maxCallAgeMs, hours).answer()
}

/** A client's business hours, whose times are whole quarter hours. */
export interface NaiveHours {
  readonly zone: string
  readonly versions: readonly ScheduleVersion[]
}

/** Whether a quarter hour of business hours begins; null where nobody set any. */
function isOpenIn({ zone, versions }: NaiveHours, quarter: number): boolean | null {
  const { date, time } = clockAt(zone, quarter)
  const own = versions.filter(({ appliesFrom }) => appliesFrom === BEGINNING || appliesFrom <= date)
  const schedule = own.at(-1)?.schedule ?? null
  if (schedule === null) return null
  const special = schedule.dates?.find((one) => one.date === date)
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]
  const times = special?.hours ?? schedule.weekly.filter(({ days }) => days.some((day) => day === weekday))
  return times.some(({ from, to }) => from <= time && time < to)
}

/** When the window after the end of a call is over, counted quarter hour by quarter hour. */
export function naiveUntil(
  end: number,
  { windowHours, windowIn }: Pick<CallsQuestion, 'windowHours' | 'windowIn'>,
  hours: NaiveHours,
): number {
  if (windowIn === 'clock') return end + windowHours * HOUR_MS
  let left = windowHours * HOUR_MS
  const latest = end + 60 * DAY_MS
  for (let at = end; at < latest;) {
    const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS
    const next = quarter + QUARTER_MS
    if (isOpenIn(hours, quarter) !== false) left -= next - at
    if (left <= 0) return Math.min(next + left, latest)
    at = next
  }
  return latest
}

const isGrain = (by: Grouping): by is TimeGrain => TIME_GRAINS.some((grain) => grain === by)
const isCycle = (by: Grouping): by is Cycle => CYCLES.some((cycle) => cycle === by)
const isTime = (by: Grouping): by is TimeGrain | Cycle => isGrain(by) || isCycle(by)
const nameOf = (keys: Keys) => JSON.stringify(keys)

/** What came after a call of its number. */
interface FollowUp {
  readonly state: 'open' | 'wonBack' | 'lost' | null
  readonly callBackSeconds: number
  /** Null while nobody can know. */
  readonly again: boolean | null
}

class Naive {
  readonly #calls: readonly NaiveCall[]
  /** All that count, whatever is asked for, by their start. */
  readonly #all: readonly NaiveCall[]
  readonly #asked: CallsQuestion
  readonly #maxCallAgeMs: number

  readonly #hours: NaiveHours
  /** When windows are over, by the ends of calls. */
  readonly #untils = new Map<number, number>()

  constructor(
    calls: readonly NaiveCall[],
    asked: CallsQuestion,
    region: string,
    maxCallAgeMs: number,
    hours: NaiveHours,
  ) {
    this.#hours = hours
    this.#asked = asked
    this.#maxCallAgeMs = maxCallAgeMs
    this.#all = calls.filter(({ voided }) => !voided).sort((a, b) => a.startAt - b.startAt)
    this.#calls = this.#all.filter((call) =>
      Object.entries(asked.filters).every(([dimension, values]) => {
        const isNumber = dimension === 'phoneNumber' || dimension === 'virtualNumber'
        const wanted = values.map((value) => (isNumber && value !== null ? numberKey(String(value), region) : value))
        return wanted.includes(this.#keyOf(call, dimension as CallDimension))
      }),
    )
  }

  #followUp(call: NaiveCall): FollowUp {
    const nothing = { state: null, callBackSeconds: 0, again: null }
    const { phoneNumber, direction, durationSeconds, startAt } = call
    if (phoneNumber === null || direction !== 'inbound' || durationSeconds === null) return nothing
    const { now } = this.#asked
    const end = Math.min(call.endAt ?? startAt, startAt + DAY_MS)
    const until = this.#untils.get(end) ?? naiveUntil(end, this.#asked, this.#hours)
    this.#untils.set(end, until)
    const later = this.#all.slice(this.#all.indexOf(call) + 1).filter((other) => other.phoneNumber === phoneNumber)
    const calledAgain = later.some((other) => other.direction === 'inbound' && other.startAt <= until)
    const again = calledAgain ? true : now > until ? false : null
    if (call.answered) return { ...nothing, again }
    const spoken = later.find((other) => other.answered && other.startAt <= until)
    if (spoken === undefined) return { ...nothing, again, state: now > until ? 'lost' : 'open' }
    return { state: 'wonBack', callBackSeconds: Math.floor(Math.max(0, spoken.startAt - end) / 1000), again }
  }

  answer(): NaiveAnswer {
    const { range, comparedTo, groupBy, metrics, fill } = this.#asked
    const asIs = (keys: Keys): Keys | null => keys
    const before = comparedTo === null ? null : this.#placedAs(comparedTo)
    const groups = new Map<string, Keys>()
    const add = (keys: Keys | null) => keys !== null && groups.set(nameOf(keys), keys)
    for (const call of this.#in(range)) add(this.#keysOf(call))
    if (comparedTo !== null && before !== null) for (const call of this.#in(comparedTo)) add(before(this.#keysOf(call)))
    const wantsPeaks = metrics.includes('peakConcurrent')
    const peaks = wantsPeaks ? this.#peaks(range, groupBy, asIs) : null
    const peaksBefore = wantsPeaks && comparedTo !== null ? this.#peaks(comparedTo, groupBy, before ?? asIs) : null
    for (const peak of [...(peaks?.values() ?? []), ...(peaksBefore?.values() ?? [])]) add(peak.keys)
    if (fill) for (const keys of this.#filled([...groups.values()])) add(keys)

    const measured = (
      only: ReadonlySet<string> | null,
      peak: (of: typeof peaks, range: TimeRange) => number | null,
    ) => {
      const of = (
        range: TimeRange,
        as: (keys: Keys) => Keys | null,
        peaks: Map<string, { keys: Keys; peak: number }> | null,
      ) => {
        const own = this.#in(range).filter((call) => {
          if (only === null) return true
          const keys = as(this.#keysOf(call))
          return keys !== null && only.has(nameOf(keys))
        })
        return metrics.map((metric) => {
          return metric === 'peakConcurrent' ? exactly(peak(peaks, range)) : this.#measure(metric, own)
        })
      }
      return {
        values: of(range, asIs, peaks),
        previous: comparedTo === null ? null : of(comparedTo, before ?? asIs, peaksBefore),
      }
    }
    const rows = [...groups].map(([name, keys]): NaiveRow => {
      return { keys, ...measured(new Set([name]), (peaks) => peaks?.get(name)?.peak ?? 0) }
    })
    const byName = new Map(rows.map((row) => [nameOf(row.keys), row]))
    const compare = (one: Keys, other: Keys) => {
      return this.#compare(byName.get(nameOf(one)) as NaiveRow, byName.get(nameOf(other)) as NaiveRow)
    }
    return {
      rows,
      compare,
      total: measured(null, (_, range) => this.#peaks(range, [], asIs).get('[]')?.peak ?? 0),
      together: (groups) => measured(new Set(groups.map(nameOf)), () => null),
    }
  }

  #in({ from, to }: TimeRange): NaiveCall[] {
    return this.#calls.filter(({ startAt, dropped }) => {
      // Of what was dropped only the quarter hour is known: it lies in a range as a whole, or not at all.
      return startAt >= from && (dropped ? startAt + QUARTER_MS <= to : startAt < to)
    })
  }

  #statusOf({ status, startAt }: NaiveCall): string {
    return status === 'active' && this.#asked.now - startAt >= this.#maxCallAgeMs ? 'expired' : status
  }

  #keyOf(call: NaiveCall, by: Grouping): Key {
    switch (by) {
      case 'direction':
        return call.direction
      case 'status':
        return this.#statusOf(call)
      case 'durationBucket':
        return bucketOf(call.durationSeconds)
      case 'customer':
        return call.customerId
      case 'agent':
        return call.agentUserId
      case 'phoneNumber':
        return call.phoneNumber
      case 'virtualNumber':
        return call.virtualNumber
      case 'endReason':
        return call.endReason
      case 'domain':
        return call.domain
      case 'businessHours': {
        const isOpen = isOpenIn(this.#hours, Math.floor(call.startAt / QUARTER_MS) * QUARTER_MS)
        return isOpen === null ? null : isOpen ? 'in' : 'out'
      }
      default:
        return timeKeyOf(by, this.#asked.zone, call.startAt)
    }
  }

  #keysOf(call: NaiveCall, at = call.startAt): Keys {
    return this.#asked.groupBy.map((by) => (isTime(by) ? timeKeyOf(by, this.#asked.zone, at) : this.#keyOf(call, by)))
  }

  #measure(metric: Exclude<Metric, 'peakConcurrent'>, calls: readonly NaiveCall[]): Exactly {
    const { serviceLevelSeconds, abandonSeconds } = this.#asked
    const ended = calls.filter(({ durationSeconds }) => durationSeconds !== null)
    const answered = ended.filter((call) => call.answered)
    const unanswered = ended.filter((call) => !call.answered)
    const inbound = (of: readonly NaiveCall[]) => of.filter(({ direction }) => direction === 'inbound')
    const talked = answered.map(({ durationSeconds }) => durationSeconds as number)
    const rang = ended.map(({ ringSeconds }) => ringSeconds).filter((seconds) => seconds !== null)
    const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
    const distinct = (values: readonly Key[]) => exactly(new Set(values.filter((value) => value !== null)).size)
    switch (metric) {
      case 'calls':
        return exactly(calls.length)
      case 'inbound':
        return exactly(inbound(calls).length)
      case 'outbound':
        return exactly(calls.length - inbound(calls).length)
      case 'answered':
        return exactly(answered.length)
      case 'missed':
        return exactly(inbound(unanswered).length)
      case 'unanswered':
        return exactly(unanswered.length)
      case 'rejected':
        return exactly(unanswered.filter(({ status }) => status === 'rejected').length)
      case 'answerRate':
        return ratio(answered.length, ended.length, 4)
      case 'talkSeconds':
        return exactly(sum(talked))
      case 'avgTalkSeconds':
        return ratio(sum(talked), answered.length, 1)
      case 'ringSeconds':
        return exactly(sum(rang))
      case 'avgRingSeconds':
        return ratio(sum(rang), rang.length, 1)
      case 'serviceLevel': {
        const offered = inbound(ended)
          .filter(({ ringSeconds }) => ringSeconds !== null)
          .filter((call) => call.answered || (call.ringSeconds as number) >= abandonSeconds)
        const inTime = offered.filter((call) => call.answered && (call.ringSeconds as number) <= serviceLevelSeconds)
        return ratio(inTime.length, offered.length, 4)
      }
      case 'uniqueCustomers':
        return distinct(calls.map(({ customerId }) => customerId))
      case 'uniqueNumbers':
        return distinct(calls.map(({ phoneNumber }) => phoneNumber))
      case 'missedCallers':
        return distinct(inbound(unanswered).map(({ phoneNumber }) => phoneNumber))
      case 'wonBack':
      case 'lost':
        return exactly(calls.filter((call) => this.#followUp(call).state === metric).length)
      case 'openMissed':
        return exactly(calls.filter((call) => this.#followUp(call).state === 'open').length)
      case 'wonBackRate': {
        const settled = calls
          .map((call) => this.#followUp(call).state)
          .filter((state) => state !== null && state !== 'open')
        return ratio(settled.filter((state) => state === 'wonBack').length, settled.length, 4)
      }
      case 'repeatCallers':
        return distinct(
          calls.filter((call) => this.#followUp(call).again === true).map(({ phoneNumber }) => phoneNumber),
        )
      case 'firstContactResolution': {
        const known = calls.filter((call) => call.answered).map((call) => this.#followUp(call).again)
        const settled = known.filter((again) => again !== null)
        return ratio(settled.filter((again) => !again).length, settled.length, 4)
      }
      default: {
        const back = calls.map((call) => this.#followUp(call)).filter(({ state }) => state === 'wonBack')
        const isBack = metric === 'medianSecondsToCallBack'
        const of = isBack ? back.map(({ callBackSeconds }) => callBackSeconds) : metric.endsWith('Talk') ? talked : rang
        const percent = isBack ? 50 : Number(metric.slice(1, 3))
        const sorted = of.map((seconds) => Math.min(seconds, DAY_SECONDS)).sort((a, b) => a - b)
        const rank = Math.ceil((percent * sorted.length) / 100)
        const value = sorted[rank - 1] ?? null
        return { value, within: value === null || value <= 20 ? 0 : value * 0.025 }
      }
    }
  }

  /** The most calls at one moment, by group: whenever one starts, and as each quarter hour and the range begin. */
  #peaks(range: TimeRange, groupBy: readonly Grouping[], as: (keys: Keys) => Keys | null) {
    const { now } = this.#asked
    const going = this.#calls
      // Of what was dropped nobody knows how long it went on.
      .filter((call) => this.#statusOf(call) !== 'expired' && !(call.dropped && call.durationSeconds !== null))
      .map((call) => ({ call, from: call.startAt, to: Math.min(call.endAt ?? now, call.startAt + DAY_MS) }))
      .filter(({ from, to }) => to > from && to > range.from && from < range.to)
    const moments = new Set([range.from, ...going.map(({ from }) => from)])
    if (groupBy.some(isTime)) {
      for (const { from, to } of going) {
        const first = Math.ceil(Math.max(from, range.from) / QUARTER_MS) * QUARTER_MS
        for (let quarter = first; quarter < Math.min(to, range.to); quarter += QUARTER_MS) moments.add(quarter)
      }
    }
    const peaks = new Map<string, { keys: Keys; peak: number }>()
    for (const moment of moments) {
      if (moment < range.from || moment >= range.to) continue
      const counts = new Map<string, { keys: Keys; peak: number }>()
      for (const { call, from, to } of going) {
        if (from > moment || to <= moment) continue
        const keys = as(groupBy.length === 0 ? [] : this.#keysOf(call, moment))
        if (keys === null) continue
        const name = nameOf(keys)
        counts.set(name, { keys, peak: (counts.get(name)?.peak ?? 0) + 1 })
      }
      for (const [name, count] of counts) if (count.peak > (peaks.get(name)?.peak ?? 0)) peaks.set(name, count)
    }
    return peaks
  }

  /** Names groups of the range of comparison as those in the same place of the range. */
  #placedAs(comparedTo: TimeRange): (keys: Keys) => Keys | null {
    const { groupBy, range, zone } = this.#asked
    const at = groupBy.findIndex(isGrain)
    if (at === -1) return (keys) => keys
    const [theirs, ours] = [comparedTo, range].map((of) => stretchesIn(groupBy[at] as TimeGrain, of, zone))
    return (keys) => {
      const place = (theirs as Key[]).indexOf(keys[at] as Key)
      const key = (ours as Key[])[place]
      return key === undefined ? null : keys.map((own, i) => (i === at ? key : own))
    }
  }

  #filled(groups: readonly Keys[]): Keys[] {
    const { groupBy, range, zone } = this.#asked
    const lists = groupBy.map((by, at): Key[] => {
      if (by === 'hourOfDay') return Array.from({ length: 24 }, (_, hour) => hour)
      if (by === 'dayOfWeek') return [0, 1, 2, 3, 4, 5, 6]
      if (isGrain(by)) return stretchesIn(by, range, zone)
      return [...new Set(groups.map((keys) => keys[at] as Key))]
    })
    return lists.reduce<Keys[]>((all, list) => all.flatMap((keys) => list.map((key) => [...keys, key])), [[]])
  }

  #compare(one: NaiveRow, other: NaiveRow): number {
    const { groupBy, metrics, sort } = this.#asked
    const inTime = groupBy[0] !== undefined && isTime(groupBy[0])
    const by = sort?.by ?? (inTime ? 'group' : metrics[0])
    const sign = (sort?.descending ?? !inTime) ? -1 : 1
    if (by === 'group' || by === undefined) return sign * this.#compareKeys(one.keys, other.keys)
    const at = metrics.indexOf(by)
    const [a, b] = [one, other].map(({ values }) => values[at]?.value ?? null) as [number | null, number | null]
    // What is told of neither exactly may stand as it likes.
    const within = (one.values[at]?.within ?? 0) + (other.values[at]?.within ?? 0)
    if (a === null && b === null) return this.#compareKeys(one.keys, other.keys)
    if (a === null) return 1
    if (b === null) return -1
    if (within > 0 && Math.abs(a - b) <= within) return 0
    return a === b ? this.#compareKeys(one.keys, other.keys) : sign * (a - b)
  }

  #compareKeys(one: Keys, other: Keys): number {
    for (const [at, by] of this.#asked.groupBy.entries()) {
      // They stand in the order in which they were first named.
      if (by === 'customer') return 0
      const [a, b] = [one[at] as Key, other[at] as Key]
      if (a === b) continue
      if (a === null) return 1
      if (b === null) return -1
      if (by === 'hour') return Date.parse(String(a)) - Date.parse(String(b))
      if (by === 'durationBucket') return BUCKETS.indexOf(String(a)) - BUCKETS.indexOf(String(b))
      return a < b ? -1 : 1
    }
    return 0
  }
}

function exactly(value: number | null): Exactly {
  return { value, within: 0 }
}

/** As an answer has it, in so many digits. */
function ratio(part: number, whole: number, digits: number): Exactly {
  if (whole === 0) return exactly(null)
  return { value: part / whole, within: 0.5 / 10 ** digits + 1e-9 }
}

const BUCKETS = ['0-30s', '30s-1m', '1m-3m', '3m-5m', '5m+']

function bucketOf(seconds: number | null): string | null {
  if (seconds === null) return null
  return BUCKETS[[30, 60, 180, 300, Infinity].findIndex((end) => seconds < end)] as string
}

interface Clock {
  readonly date: string
  readonly hour: number
  /** `HH:MM` */
  readonly time: string
  /** Minutes ahead of UTC. */
  readonly offset: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const clocks = new Map<string, Clock>()

/** What the clocks of a zone show as a quarter hour begins, as the platform's own formatter has it. */
function clockAt(zone: string, quarter: number): Clock {
  const name = `${zone} ${quarter}`
  const known = clocks.get(name)
  if (known !== undefined) return known
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })
  formats.set(zone, format)
  const text = format.format(quarter)
  const clock = {
    date: text.slice(0, 10),
    hour: Number(text.slice(11, 13)),
    time: text.slice(11, 16),
    offset: (Date.parse(`${text.replace(' ', 'T')}Z`) - quarter) / 60_000,
  }
  clocks.set(name, clock)
  return clock
}

function timeKeyOf(by: TimeGrain | Cycle, zone: string, ms: number): Key {
  const quarter = Math.floor(ms / QUARTER_MS) * QUARTER_MS
  const { date, hour } = clockAt(zone, quarter)
  const midnight = new Date(`${date}T00:00:00Z`)
  switch (by) {
    case 'hour':
      return hourKeyOf(zone, quarter)
    case 'date':
      return date
    case 'week':
      while (midnight.getUTCDay() !== 1) midnight.setUTCDate(midnight.getUTCDate() - 1)
      return midnight.toISOString().slice(0, 10)
    case 'month':
      return date.slice(0, 7)
    case 'quarter':
      return `${date.slice(0, 4)}-Q${1 + Math.floor(midnight.getUTCMonth() / 3)}`
    case 'hourOfDay':
      return hour
    case 'dayOfWeek':
      return midnight.getUTCDay()
  }
}

/** The instant at which the clocks began to show this hour, with the offset that they show it at. */
function hourKeyOf(zone: string, quarter: number): string {
  const { date, hour, offset } = clockAt(zone, quarter)
  const isSame = (at: number) => {
    const clock = clockAt(zone, at)
    return clock.date === date && clock.hour === hour && clock.offset === offset
  }
  let began = quarter
  while (isSame(began - QUARTER_MS)) began -= QUARTER_MS
  const two = (count: number) => String(count).padStart(2, '0')
  const ahead = Math.abs(offset)
  const text = new Date(began + offset * 60_000).toISOString().slice(0, 19)
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`
}

/** Every stretch of a grain that some moment of the range lies in. */
function stretchesIn(grain: TimeGrain, { from, to }: TimeRange, zone: string): Key[] {
  const keys = new Set<Key>()
  for (let at = from; at < to; at = Math.floor(at / QUARTER_MS + 1) * QUARTER_MS) keys.add(timeKeyOf(grain, zone, at))
  return [...keys]
}
