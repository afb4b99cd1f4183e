/**
 * Counts what a question asks for. Days are counted from columns of their calls, and what was counted of a day, or of a month that
 * is over, is kept until one of its calls changes: a question that was asked before costs the same at any volume.
 */
import type { Gathered, Peaked } from '../../../core/analytics/answer.js'
import { followUpsOf, NextCalls } from '../../../core/analytics/follow-ups.js'
import { gather, type Question } from '../../../core/analytics/gather.js'
import { Groups, KeptGroups } from '../../../core/analytics/groups.js'
import { Peaks } from '../../../core/analytics/peak.js'
import type { ReadingAt } from '../../../core/analytics/selection.js'
import type { FollowUpWindow } from '../../../core/analytics/window.js'
import { addDays, lastOfMonth, localSlot, monthOf, slotOf, startOfDay } from '../../../core/calendar.js'
import { planDays, type DateSpan, type TimeRange } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import type { TooLargeIn } from '../../port/questions.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { CallSegments, droppedMark } from './call-segments.js'
import type { ClientNow } from './client.js'
import type { DayMark } from './dimension-pages.js'
import { ByteCache } from './page-cache.js'

/** What was counted of a stretch of days, and the sequence and the instant that it is right at. */
interface CachedPart {
  readonly at: number
  readonly now: number
  readonly part: Part
}

interface Part {
  readonly groups: KeptGroups
  readonly peaks: Peaked | null
  /** The last instant at which it is right without a further call. */
  readonly rightUntil: number
}

/** Bytes beyond which a part is large, and the share of all room beyond which it is not kept. */
const LARGE_BYTES = 64 * 1024
const LARGEST_SHARE = 1 / 2

/** Parts that were counted lately. Those with very many groups have room of their own, so that they push out no others. */
export class PartCache {
  readonly #small: ByteCache<CachedPart>
  readonly #large: ByteCache<CachedPart>
  readonly #mostBytes: number

  constructor(mostBytes: number) {
    this.#small = new ByteCache(mostBytes / 4, bytesOfPart)
    this.#large = new ByteCache((mostBytes * 3) / 4, bytesOfPart)
    this.#mostBytes = mostBytes * LARGEST_SHARE
  }

  get(key: string): CachedPart | undefined {
    return this.#small.get(key) ?? this.#large.get(key)
  }

  set(key: string, cached: CachedPart): void {
    const bytes = bytesOfPart(cached)
    if (bytes <= this.#mostBytes) (bytes > LARGE_BYTES ? this.#large : this.#small).set(key, cached)
  }
}

function bytesOfPart({ part: { groups, peaks } }: CachedPart): number {
  return groups.bytes + bothOf(peaks).reduce((sum, { size }) => sum + size * 200, 0)
}

function bothOf(peaks: Peaked | null): readonly Peaks[] {
  return peaks === null ? [] : [peaks.grouped, peaks.total]
}

/** More is asked for than is read, or answered, for one question. */
export class TooLarge extends Error {
  readonly what: TooLargeIn

  constructor(what: TooLargeIn) {
    super()
    this.what = what
  }
}

/** Days before one in which calls can have begun that go on in it: the longest that is believed takes a day. */
const DAYS_BEFORE = 2

export interface PartsQuestion extends Question {
  readonly at: ReadingAt & { readonly now: number }
  /** Indexes in `SUMS` of those that its metrics are told from. */
  readonly sums: readonly number[]
  readonly wantsPeaks: boolean
  /** After which a missed call is lost; null where nobody asks what came after calls. */
  readonly window: FollowUpWindow | null
  /** Tells that window, and the business hours that it is about, from others; empty where it is about none. */
  readonly mark: string
}

/** What there is of no call. */
export function nothingOf({ groupBy, filters, parts, sums, at, wantsPeaks }: PartsQuestion): Gathered {
  const peaks = () => ({ grouped: new Peaks({ groupBy, filters }, at), total: new Peaks({ groupBy: [], filters }, at) })
  return { groups: new Groups(parts, sums), peaks: wantsPeaks ? peaks() : null }
}

export class QuestionParts {
  readonly #session: Session
  readonly #now: ClientNow
  readonly #question: PartsQuestion
  readonly #key: string
  /** Whether what is counted of a day changes by the passing of time alone, as calls go on and expire; or as windows end, too. */
  readonly #expires: boolean
  readonly #ages: boolean
  /** Calls that were read, rather than known from before. */
  #read = 0

  constructor(session: Session, now: ClientNow, question: PartsQuestion) {
    const { at, groupBy, filters, parts, sums, wantsPeaks, window, serviceLevelSeconds, abandonSeconds, mark } =
      question
    this.#session = session
    this.#now = now
    this.#question = question
    this.#key = JSON.stringify([
      ...[now.cacheName, now.zone, at.zone, groupBy, filters, parts, sums, wantsPeaks],
      ...[serviceLevelSeconds, abandonSeconds, mark],
    ])
    this.#expires = wantsPeaks || groupBy.includes('status') || filters.status !== undefined
    this.#ages = this.#expires || window !== null
  }

  /** @throws TooLarge */
  async gather(range: TimeRange): Promise<Gathered> {
    const { zone, retainedFrom } = this.#now
    const days = await this.#days(range)
    const newest = await newestDay(this.#session, this.#now)
    const segments = new CallSegments(this.#session, this.#now, days, newest)
    const sum = nothingOf(this.#question)
    const { days: whole, edges } = planDays(range, zone)
    if (whole !== null) {
      const all = within(this.#question.wantsPeaks ? withDaysAfter(days) : days, whole)
      const closed = { first: whole.first, last: this.#lastClosed(newest) }
      const over = within(all, closed)
      if (over.length > 0) this.#add(sum, await this.#merged(over, closed, days, segments))
      for (const day of all.slice(over.length)) this.#add(sum, await this.#counted([day], days, segments))
    }
    for (const edge of edges) {
      // Of dropped calls only the quarter hour is known: a piece of one is empty.
      const kept = edge.to <= (retainedFrom ?? 0) ? { from: edge.from, to: slotOf(edge.to) } : edge
      if (kept.from < kept.to) this.#add(sum, await this.#count(datesOf(kept, zone), kept, segments))
    }
    return sum
  }

  /** The last day of which what was counted can be kept, until one of its calls changes: the newest changes with every call. */
  #lastClosed(newest: string): string {
    if (newest === '') return newest
    const before = addDays(newest, -1)
    if (!this.#ages) return before
    const { zone } = this.#now
    const { activeFrom } = this.#question.at
    let date = [before, localSlot(zone, activeFrom).date].sort()[0] as string
    while (startOfDay(zone, addDays(this.#lastToFollow(date), 1)) > activeFrom) date = addDays(date, -1)
    return date
  }

  /** What was counted of days that are over, all together: of many months there is then one part to add. */
  #merged(over: readonly DayMark[], span: DateSpan, days: readonly DayMark[], segments: CallSegments): Promise<Part> {
    const stretches = monthsOf(over).flatMap(({ name, days: own }) => {
      const isWhole = `${name}-01` >= span.first && lastOfMonth(name) <= span.last
      return isWhole ? [own] : own.map((day) => [day])
    })
    if (stretches.length === 1) return this.#counted(over, days, segments)
    return this.#known(over, days, async () => {
      const sum = nothingOf(this.#question)
      for (const stretch of stretches) this.#add(sum, await this.#counted(stretch, days, segments))
      return { groups: new KeptGroups(sum.groups, this.#question.sums, true), peaks: sum.peaks, rightUntil: Infinity }
    })
  }

  /** What was counted of some days that follow each other. */
  #counted(stretch: readonly DayMark[], days: readonly DayMark[], segments: CallSegments): Promise<Part> {
    return this.#known(stretch, days, (range) => {
      const dates = stretch.filter(({ calls }) => calls > 0).map(({ local_date }) => local_date)
      return this.#count(this.#question.wantsPeaks ? datesOf(range, this.#now.zone) : dates, range, segments)
    })
  }

  /** What is known of some days from before, if that is still right, or else is made. */
  async #known(
    stretch: readonly DayMark[],
    days: readonly DayMark[],
    make: (range: TimeRange) => Promise<Part>,
  ): Promise<Part> {
    const { parts } = this.#session
    const { zone, lastSequence } = this.#now
    const [first, last] = [stretch.at(0), stretch.at(-1)] as [DayMark, DayMark]
    const since = this.#question.wantsPeaks ? addDays(first.local_date, -DAYS_BEFORE) : first.local_date
    const until = this.#lastToFollow(last.local_date)
    const changed = within(days, { first: since, last: until }).reduce(
      (latest, day) => Math.max(latest, day.changed),
      0,
    )
    const key = `${this.#key} ${first.local_date} ${last.local_date}${droppedMark(this.#now, since)}`
    const { now, activeFrom } = this.#question.at
    const cached = parts.get(key)
    const isRight = cached !== undefined && cached.at >= changed && now >= cached.now && now <= cached.part.rightUntil
    if (isRight) return cached.part
    const part = await make({
      from: startOfDay(zone, first.local_date),
      to: startOfDay(zone, addDays(last.local_date, 1)),
    })
    if (!this.#expires || startOfDay(zone, addDays(until, 1)) <= activeFrom) {
      parts.set(key, { at: lastSequence, now: this.#question.window === null ? -Infinity : now, part })
    }
    return part
  }

  async #count(dates: readonly string[], range: TimeRange, segments: CallSegments): Promise<Part> {
    const { at, sums, parts } = this.#question
    const { peaks } = nothingOf(this.#question)
    const groups = new Groups(parts, sums)
    let rightUntil = Infinity
    const next = this.#question.window === null ? null : await this.#callsAfter(range, segments)
    // The last day first: what came after the calls of a day is then known.
    for (const date of [...dates].reverse()) {
      const columns = await segments.of(date)
      this.#read += columns.count
      if (this.#read > LIMITS.askedCalls) throw new TooLarge('calls')
      if (columns.count === 0) continue
      const { window } = this.#question
      const followUps = window === null || next === null ? null : followUpsOf(columns, next, { window, now: at.now })
      gather(columns, range, this.#question, at, followUps, groups)
      rightUntil = Math.min(rightUntil, followUps?.rightUntil ?? Infinity)
    }
    for (const each of bothOf(peaks)) await this.#sweep(each, dates, range, segments)
    return { groups: new KeptGroups(groups, sums), peaks, rightUntil }
  }

  /** The calls of the days after a range that tell what came after those in it. */
  async #callsAfter(range: TimeRange, segments: CallSegments): Promise<NextCalls> {
    const next = new NextCalls()
    const last = localSlot(this.#now.zone, range.to - 1).date
    for (let date = this.#lastToFollow(last); date > last; date = addDays(date, -1)) {
      next.add(await segments.of(date))
    }
    return next
  }

  /** The last date whose calls tell what came after those of a date. */
  #lastToFollow(date: string): string {
    return this.#question.window?.lastDate(date) ?? date
  }

  /** Sweeps days, with the calls that go on in them from days before. */
  async #sweep(peaks: Peaks, dates: readonly string[], range: TimeRange, segments: CallSegments): Promise<void> {
    const { zone } = this.#now
    const first = addDays(dates[0] as string, -DAYS_BEFORE)
    const swept = { from: startOfDay(zone, first), to: range.to }
    for (const date of datesOf(swept, zone)) {
      const stretch = { from: startOfDay(zone, date), to: startOfDay(zone, addDays(date, 1)) }
      peaks.sweep(await segments.of(date), stretch, range)
    }
  }

  #add(sum: Gathered, { groups, peaks }: Part): void {
    groups.addTo(sum.groups)
    if (sum.groups.size > LIMITS.askedGroups) throw new TooLarge('groups')
    if (peaks === null) return
    const all = sum.peaks as Peaked
    all.grouped.add(peaks.grouped)
    all.total.add(peaks.total)
  }

  /** The days of a range, oldest first, those before it from which calls can go on in it, and those after that tell what came. */
  #days({ from, to }: TimeRange): Promise<DayMark[]> {
    const { zone, client } = this.#now
    const first = addDays(localSlot(zone, from).date, -DAYS_BEFORE)
    const last = this.#lastToFollow(localSlot(zone, to - 1).date)
    return rowsOf(
      this.#session.tx,
      sql<DayMark>`select local_date, changed, calls from days
        where client = ${client} and local_date >= ${first} and local_date <= ${last} order by local_date`,
    )
  }
}

/** The last day that ever had a call; empty when none had. */
export async function newestDay({ tx }: Session, { client }: ClientNow): Promise<string> {
  const [newest] = await rowsOf(
    tx,
    sql<Pick<DayMark, 'local_date'>>`select local_date from days
      where client = ${client} order by local_date desc limit 1`,
  )
  return newest?.local_date ?? ''
}

/** With the days after each, in which its calls may still go on. */
function withDaysAfter(days: readonly DayMark[]): DayMark[] {
  const all = new Map(days.map((day) => [day.local_date, day]))
  for (const { local_date } of days) {
    for (let after = 1; after <= DAYS_BEFORE; after++) {
      const date = addDays(local_date, after)
      if (!all.has(date)) all.set(date, { local_date: date, changed: 0, calls: 0 })
    }
  }
  return [...all.values()].sort((a, b) => (a.local_date < b.local_date ? -1 : 1))
}

interface Month {
  /** `YYYY-MM` */
  readonly name: string
  readonly days: readonly DayMark[]
}

/** Those of some days that lie in a span. */
function within(days: readonly DayMark[], { first, last }: DateSpan): DayMark[] {
  return days.filter(({ local_date }) => local_date >= first && local_date <= last)
}

/** Days by their month. */
function monthsOf(days: readonly DayMark[]): Month[] {
  const months = new Map<string, DayMark[]>()
  for (const day of days) {
    const name = monthOf(day.local_date)
    const own = months.get(name)
    if (own === undefined) months.set(name, [day])
    else own.push(day)
  }
  return [...months].map(([name, own]) => ({ name, days: own }))
}

/** The local dates that a range touches. */
function datesOf({ from, to }: TimeRange, zone: string): string[] {
  const dates: string[] = []
  const last = localSlot(zone, to - 1).date
  for (let date = localSlot(zone, from).date; date <= last; date = addDays(date, 1)) dates.push(date)
  return dates
}
