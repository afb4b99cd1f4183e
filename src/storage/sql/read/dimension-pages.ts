import { addDays, lastOfMonth, monthOf, startOfDay } from '../../../core/calendar.js'
import { decodePage, encodePage, mergePages, negated, type Page } from '../../../core/page.js'
import { periodsOf, type DateSpan, type TimeRange } from '../../../core/range.js'
import type { Dimension } from '../dimensions.js'
import type { DayRow, PageRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import type { ClientNow } from './client.js'
import {
  COLUMNS,
  countsBetween,
  countsOfPage,
  type Counts,
  negatedCounts,
  NO_COUNTS,
  pageBetween,
  sumOfCounts,
} from './dimension-counts.js'
import type { CachedMonth } from './page-cache.js'

/** Days as a ranking needs them: whether there were calls, and when one of them changed last. */
export type DayMark = Pick<DayRow, 'local_date' | 'changed' | 'calls'>

/** Days that a month's counts are put right by; of more, its page is built again. */
const MOST_BEHIND = 6

/** Months that are worth adding up once for all. */
const FEWEST_SUMMED = 3

/** Counts and pages of a dimension: from memory, from the store, or from calls. */
export class DimensionPages {
  readonly #dimension: Dimension
  readonly #session: Session
  readonly #now: ClientNow
  readonly #days: readonly DayMark[]
  readonly #extent: DateSpan
  /** When the calls of each day and month changed last: of those alone that have calls. */
  readonly #changed = new Map<string, number>()
  #stored: ReadonlyMap<string, number> | null = null
  /** Pages that this read has built: each is built once, and stored when the read is over. */
  readonly #built = new Map<string, Uint8Array>()

  /**
   * @param days all that lie in the periods asked for
   * @param extent the first and the last day of all
   */
  constructor(session: Session, now: ClientNow, dimension: Dimension, days: readonly DayMark[], extent: DateSpan) {
    this.#session = session
    this.#now = now
    this.#dimension = dimension
    this.#days = days
    this.#extent = extent
    for (const { local_date, changed, calls } of days) {
      if (calls === 0) continue
      const month = monthOf(local_date)
      this.#changed.set(local_date, changed)
      this.#changed.set(month, Math.max(changed, this.#changed.get(month) ?? 0))
    }
    // A day without calls may have had some when the month's page was built.
    for (const { local_date, changed } of days) {
      const month = monthOf(local_date)
      const before = this.#changed.get(month)
      if (before !== undefined) this.#changed.set(month, Math.max(changed, before))
    }
  }

  /** The counts of these whole days, in few parts: months that are over are added up already, and days that changed since. */
  async of(days: DateSpan): Promise<Counts[]> {
    const { first, last } = this.#extent
    // Beyond the first and the last day of all there is nothing: months that only begin or end there count as whole.
    const span = {
      first: days.first <= first ? `${monthOf(first)}-01` : days.first,
      last: days.last >= last ? lastOfMonth(monthOf(last)) : days.last,
    }
    const bases: Counts[] = []
    const parts: Counts[] = []
    for (const period of periodsOf(span)) {
      if (period.length === 7 && this.#isOver(period)) {
        const month = await this.#monthCounts(period)
        if (month !== null) bases.push(month.base)
        if (month !== null) parts.push(...[...month.days.values()].flat())
      } else {
        // Every call changes the newest month: it is read day by day.
        for (const day of this.#daysOf(period)) parts.push(await this.#dayCounts(day))
      }
    }
    return bases.length < FEWEST_SUMMED ? [...bases, ...parts] : [this.#sumOf(span, bases), ...parts]
  }

  #sumOf(span: DateSpan, bases: readonly Counts[]): Counts {
    const { sums } = this.#session.pages
    const key = this.#keyOf(`${span.first} ${span.last}`)
    const cached = sums.get(key)
    if (cached?.bases.length === bases.length && cached.bases.every((base, i) => base === bases[i]))
      return cached.counts
    const counts = sumOfCounts(bases, this.#now[this.#dimension.last], this.#dimension)
    sums.set(key, { bases, counts })
    return counts
  }

  /** Builds up to `limit` pages of periods that are over. @returns how many */
  async build(limit: number): Promise<number> {
    const stored = await this.#storedPages()
    let built = 0
    for (const [period, changed] of this.#changed) {
      if (built >= limit) break
      if (!this.#isOver(period) || (stored.get(period) ?? 0) >= changed) continue
      await this.#pageOf(period, changed)
      built += 1
    }
    return built
  }

  /** @returns null when the month has no calls */
  async #monthCounts(month: string): Promise<CachedMonth | null> {
    const changed = this.#changed.get(month)
    if (changed === undefined) return null
    const { months } = this.#session.pages
    const key = this.#keyOf(month)
    const cached = months.get(key)
    if (cached !== undefined && cached.at >= changed) return cached
    const counts =
      (cached !== undefined && (await this.#putRight(cached, month))) || (await this.#readMonth(month, changed))
    // Reads of a server overlap: a later one may have been here first.
    if ((months.get(key)?.at ?? 0) <= counts.at) months.set(key, counts)
    return counts
  }

  async #readMonth(month: string, changed: number): Promise<CachedMonth> {
    const builtAt = (await this.#storedPages()).get(month)
    if (builtAt !== undefined && builtAt < changed) {
      const stored = { builtAt, at: builtAt, base: this.#countsOf(await this.#storedBody(month)), days: new Map() }
      const counts = await this.#putRight(stored, month)
      if (counts !== null) return counts
    }
    const page = await this.#pageOf(month, changed)
    return { builtAt: page.builtAt, at: page.builtAt, base: this.#countsOf(page.body), days: new Map() }
  }

  /**
   * A month that is behind because of a few days, with these as they were and as they are.
   * @returns null when it is not stored how they were, or they are too many
   */
  async #putRight(month: CachedMonth, name: string): Promise<CachedMonth | null> {
    if ((await this.#storedPages()).get(name) !== month.builtAt) return null
    const days = new Map(month.days)
    for (const { local_date: date, changed, calls } of this.#days) {
      if (changed <= month.at || monthOf(date) !== name) continue
      const takenOut = days.get(date)?.[0] ?? (await this.#takenOut(date, month.builtAt))
      if (takenOut === null || days.size >= MOST_BEHIND) return null
      days.set(date, [takenOut, calls === 0 ? NO_COUNTS : await this.#dayCounts(date)])
    }
    return { ...month, at: this.#now.lastSequence, days }
  }

  /** What takes a day out of the page of its month that was built at a sequence; null when that is not known. */
  async #takenOut(date: string, builtAt: number): Promise<Counts | null> {
    if (!this.#isIn(await this.#storedPages(), date, builtAt)) return null
    return negatedCounts(this.#countsOf(await this.#storedBody(date)))
  }

  async #dayCounts(date: string): Promise<Counts> {
    const changed = this.#changed.get(date) as number
    const { days } = this.#session.pages
    const key = this.#keyOf(date)
    const cached = days.get(key)
    if (cached !== undefined && cached.at >= changed) return cached.counts
    const builtAt = (await this.#storedPages()).get(date) ?? 0
    const counts =
      builtAt >= changed
        ? this.#countsOf(await this.#storedBody(date))
        : await countsBetween(this.#session, this.#now.client, this.#dimension, this.#rangeOf(date))
    days.set(key, { at: this.#now.lastSequence, counts })
    return counts
  }

  #keyOf(period: string): string {
    return `${this.#dimension.name} ${this.#now.cacheName} ${this.#now.zone} ${period}`
  }

  #countsOf(body: Uint8Array): Counts {
    return countsOfPage(body, this.#dimension)
  }

  async #pageOf(period: string, changed: number): Promise<{ body: Uint8Array; builtAt: number }> {
    const built = this.#built.get(period)
    if (built !== undefined) return { body: built, builtAt: this.#now.lastSequence }
    const builtAt = (await this.#storedPages()).get(period)
    if (builtAt !== undefined && builtAt >= changed) {
      return { body: await this.#storedBody(period), builtAt }
    }
    return { body: await this.#build(period), builtAt: this.#now.lastSequence }
  }

  /** The page of a period that is over. */
  async #build(period: string): Promise<Uint8Array> {
    this.#session.checkTime?.()
    const page = period.length === 7 ? await this.#monthOf(period) : await this.#dayOf(period)
    const body = encodePage(page)
    this.#built.set(period, body)
    const { client, zone, lastSequence, erasures } = this.#now
    this.#session.keepPage?.({
      client,
      dimension: this.#dimension.name,
      period,
      built_at: lastSequence,
      body,
      zone,
      erasures,
    })
    return body
  }

  async #dayOf(date: string): Promise<Page> {
    return pageBetween(this.#session, this.#now.client, this.#dimension, this.#rangeOf(date))
  }

  async #monthOf(month: string): Promise<Page> {
    const corrected = await this.#correctedMonth(month)
    if (corrected !== null) return corrected
    const pages: Page[] = []
    for (const day of this.#daysOf(month)) pages.push(await this.#pageOfDay(day))
    return mergePages(pages, COLUMNS.length)
  }

  /**
   * The stored page of a month that is behind because of a few days: they are taken out of it as they were, and put in as
   * they are.
   * @returns null when too little is stored, or too much is behind
   */
  async #correctedMonth(month: string): Promise<Page | null> {
    const stored = await this.#storedPages()
    const builtAt = stored.get(month)
    if (builtAt === undefined) return null
    const behind = this.#days.filter((day) => monthOf(day.local_date) === month && day.changed > builtAt)
    if (behind.length > MOST_BEHIND) return null
    if (!behind.every((day) => this.#isIn(stored, day.local_date, builtAt))) return null
    const bodies = await Promise.all([month, ...behind.map((day) => day.local_date)].map((p) => this.#storedBody(p)))
    const [before, ...daysBefore] = bodies.map((body) => decodePage(body))
    const daysNow: Page[] = []
    for (const day of behind) if (day.calls > 0) daysNow.push(await this.#pageOfDay(day.local_date))
    return mergePages([before as Page, ...daysBefore.map(negated), ...daysNow], COLUMNS.length)
  }

  async #pageOfDay(date: string): Promise<Page> {
    return decodePage((await this.#pageOf(date, this.#changed.get(date) as number)).body)
  }

  /** The days of a month that have calls; a day itself. */
  #daysOf(period: string): readonly string[] {
    return [...this.#changed.keys()].filter((day) => day.length === 10 && day.startsWith(period))
  }

  #rangeOf(date: string): TimeRange {
    const { zone } = this.#now
    return { from: startOfDay(zone, date), to: startOfDay(zone, addDays(date, 1)) }
  }

  /**
   * Whether what a day's stored page says is in the page of its month that was built at a sequence. It is when it was built
   * first: pages that one read builds are stored together or not at all, and never one in place of a newer one.
   */
  #isIn(stored: ReadonlyMap<string, number>, date: string, builtAt: number): boolean {
    return (stored.get(date) ?? Infinity) <= builtAt
  }

  #isOver(period: string): boolean {
    return period < this.#extent.last.slice(0, period.length)
  }

  async #storedBody(period: string): Promise<Uint8Array> {
    const [row] = (await rowsOf(
      this.#session.tx,
      sql<Pick<PageRow, 'body'>>`select body from pages
        where client = ${this.#now.client} and dimension = ${this.#dimension.name} and period = ${period}`,
    )) as [Pick<PageRow, 'body'>]
    return row.body
  }

  /** When each stored page was built. */
  async #storedPages(): Promise<ReadonlyMap<string, number>> {
    if (this.#stored !== null) return this.#stored
    const rows = await rowsOf(
      this.#session.tx,
      sql<Pick<PageRow, 'period' | 'built_at'>>`select period, built_at from pages
        where client = ${this.#now.client} and dimension = ${this.#dimension.name}`,
    )
    return (this.#stored = new Map(rows.map((row) => [row.period, row.built_at])))
  }
}
