/**
 * The customers with the most calls in a range, exactly and at one cost for every distribution: pages of months and days say
 * how many calls each customer had, and are added up; what whole days leave of the range is read call by call.
 */
import { decodePage, encodePage, mergePages, negated, pageOf, type Page } from '../../../core/page.js'
import { periodsOf, planDays, type DateSpan, type TimeRange } from '../../../core/range.js'
import { monthOf, addDays, startOfDay, lastOfMonth } from '../../../core/calendar.js'
import { contribution } from '../../../core/tally.js'
import { compareRanked } from '../../../core/report.js'
import type { RankedCustomer } from '../../port.js'
import type { CallRow, CustomerRow, DayRow, PageRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { countedOf, type CountedCall } from '../write/calls.js'
import { keptOf, type ClientNow } from './client.js'
import { contactsOf } from './customers.js'
import { find } from '../bulk.js'
import type { CustomerCounts } from './page-cache.js'

/** Days as a ranking needs them: whether there were calls, and when one of them changed last. */
export type DayMark = Pick<DayRow, 'local_date' | 'changed' | 'calls'>

export const CUSTOMERS = 'customer'

/** What a page counts of each customer. Lists grow at their end: pages that are kept have these columns. */
const COLUMNS = ['calls', 'inbound', 'outbound', 'answered', 'missed', 'ended', 'seconds'] as const
const CALLS = COLUMNS.indexOf('calls')
const SECONDS = COLUMNS.indexOf('seconds')

/** Customers that are added up at a time: room for them stays in the processor's cache, however many there are. */
const BLOCK = 1024

/** Customers of one rank that are looked up one by one; of more, the first by id are found in the order of ids. */
const MOST_LOOKUPS = 1000

/** Days that a month's page is put right by; of more, it is built again. */
const MOST_BEHIND = 4

/** A call that has begun, with a customer. */
type CustomerCall = Pick<CallRow, 'start_at' | 'duration' | 'direction' | 'answered'> & { readonly customer: number }

/** @param days the days that the range touches, oldest first */
export async function rankCustomers(
  session: Session,
  now: ClientNow,
  range: TimeRange,
  days: readonly DayMark[],
  top: number,
): Promise<RankedCustomer[]> {
  const plan = planDays(range, now.zone)
  const parts: CustomerCounts[] = []
  const extent = plan.days === null ? null : await extentOf(session, now.client)
  if (plan.days !== null && extent !== null) {
    parts.push(...(await new CustomerPages(session, now, days, extent).of(plan.days)))
  }
  for (const edge of plan.edges) {
    const part = await countsBetween(session, now.client, keptOf(edge, now.retainedFrom))
    if (part.customers.length > 0) parts.push(part)
  }
  const ranked = await firstOf(session, now, parts, top)
  const contacts = await contactsOf(
    session,
    now.client,
    ranked.map(({ number }) => number),
  )
  return ranked.map(({ number, customerId, calls, seconds }) => {
    const { name, phoneNumber } = contacts.get(number) as Pick<RankedCustomer, 'name' | 'phoneNumber'>
    return { customerId, name, phoneNumber, calls, seconds }
  })
}

/** Builds pages that are missing or behind, oldest first. See `Storage.buildPages`. */
export async function buildCustomerPages(session: Session, now: ClientNow, limit: number): Promise<number> {
  const days = await rowsOf(
    session.tx,
    sql<DayMark>`select local_date, changed, calls from days where client = ${now.client} order by local_date`,
  )
  if (days.length === 0) return 0
  const [first, last] = [days.at(0), days.at(-1)] as [DayMark, DayMark]
  return new CustomerPages(session, now, days, { first: first.local_date, last: last.local_date }).build(limit)
}

type Extent = { readonly [End in keyof DateSpan]: string | null }

/** The first and the last day that ever had a call; null when none had. */
async function extentOf({ tx }: Session, client: number): Promise<DateSpan | null> {
  const [{ first, last }] = (await rowsOf(
    tx,
    sql<Extent>`
      select (select local_date from days where client = ${client} order by local_date limit 1) as first,
        (select local_date from days where client = ${client} order by local_date desc limit 1) as last`,
  )) as [Extent]
  return first === null || last === null ? null : { first, last }
}

/** Pages of customers, from the cache, from the store, or built from calls. */
class CustomerPages {
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
  constructor(session: Session, now: ClientNow, days: readonly DayMark[], extent: DateSpan) {
    this.#session = session
    this.#now = now
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

  /** The counts of these whole days, in few parts: months that are over are one, of the newest month each day is. */
  async of(days: DateSpan): Promise<CustomerCounts[]> {
    const { first, last } = this.#extent
    // Beyond the first and the last day of all there is nothing: months that only begin or end there count as whole.
    const span = {
      first: days.first <= first ? `${monthOf(first)}-01` : days.first,
      last: days.last >= last ? lastOfMonth(monthOf(last)) : days.last,
    }
    const parts: CustomerCounts[] = []
    for (const period of periodsOf(span)) {
      for (const part of this.#isOver(period) ? [period] : this.#daysOf(period)) {
        const counts = await this.#countsOf(part)
        if (counts !== null) parts.push(counts)
      }
    }
    return parts
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

  async #countsOf(period: string): Promise<CustomerCounts | null> {
    const changed = this.#changed.get(period)
    if (changed === undefined) return null
    const { pages } = this.#session
    const key = `${String(this.#now.client)} ${this.#now.zone} ${period}`
    const cached = pages.get(key, changed)
    if (cached !== undefined) return cached
    const [counts, builtAt] = await this.#readCounts(period, changed)
    pages.set(key, builtAt, counts)
    return counts
  }

  async #readCounts(period: string, changed: number): Promise<[counts: CustomerCounts, builtAt: number]> {
    // Every call changes the newest day: no page is made of it.
    if (!this.#isOver(period)) {
      const { client, lastSequence } = this.#now
      return [await countsBetween(this.#session, client, this.#rangeOf(period)), lastSequence]
    }
    const { body, builtAt } = await this.#pageOf(period, changed)
    const { keys, columns } = decodePage(body, [CALLS, SECONDS])
    const [calls, seconds] = columns as [Float64Array, Float64Array]
    return [{ customers: new Uint32Array(keys), calls: new Uint32Array(calls), seconds }, builtAt]
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
    const { client, zone, lastSequence } = this.#now
    this.#session.keepPage?.({ client, dimension: CUSTOMERS, period, built_at: lastSequence, body, zone })
    return body
  }

  async #dayOf(date: string): Promise<Page> {
    return countCalls(await callsOfCustomers(this.#session, this.#now.client, this.#rangeOf(date)))
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
   * they are. What a day's stored page says is in the month's when it was built first: pages that one read builds are stored
   * together or not at all, and never one in place of a newer one.
   * @returns null when too little is stored, or too much is behind
   */
  async #correctedMonth(month: string): Promise<Page | null> {
    const stored = await this.#storedPages()
    const builtAt = stored.get(month)
    if (builtAt === undefined) return null
    const behind = this.#days.filter((day) => monthOf(day.local_date) === month && day.changed > builtAt)
    if (behind.length > MOST_BEHIND) return null
    if (behind.some((day) => (stored.get(day.local_date) ?? Infinity) > builtAt)) return null
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

  #isOver(period: string): boolean {
    return period < this.#extent.last.slice(0, period.length)
  }

  async #storedBody(period: string): Promise<Uint8Array> {
    const [row] = (await rowsOf(
      this.#session.tx,
      sql<Pick<PageRow, 'body'>>`select body from pages
        where client = ${this.#now.client} and dimension = ${CUSTOMERS} and period = ${period}`,
    )) as [Pick<PageRow, 'body'>]
    return row.body
  }

  /** When each stored page was built. */
  async #storedPages(): Promise<ReadonlyMap<string, number>> {
    if (this.#stored !== null) return this.#stored
    const rows = await rowsOf(
      this.#session.tx,
      sql<Pick<PageRow, 'period' | 'built_at'>>`select period, built_at from pages
        where client = ${this.#now.client} and dimension = ${CUSTOMERS}`,
    )
    return (this.#stored = new Map(rows.map((row) => [row.period, row.built_at])))
  }
}

/** Counts that are needed once, without what else a page holds. */
async function countsBetween({ tx }: Session, client: number, { from, to }: TimeRange): Promise<CustomerCounts> {
  const rows = await rowsOf(
    tx,
    sql<{ customer: number; calls: number; seconds: number }>`
      select customer, count(*) as calls, coalesce(sum(duration), 0) as seconds from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and customer is not null
      group by customer order by customer`,
  )
  return {
    customers: Uint32Array.from(rows, ({ customer }) => customer),
    calls: Uint32Array.from(rows, ({ calls }) => calls),
    seconds: Float64Array.from(rows, ({ seconds }) => seconds),
  }
}

function callsOfCustomers({ tx }: Session, client: number, { from, to }: TimeRange): Promise<CustomerCall[]> {
  return rowsOf(
    tx,
    sql<CustomerCall>`select customer, start_at, duration, direction, answered from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and customer is not null`,
  )
}

function countCalls(calls: readonly CustomerCall[]): Page {
  const counts = new Map<number, number[]>()
  for (const row of calls) {
    const tally = contribution(countedOf(row) as CountedCall)
    const before = counts.get(row.customer)
    if (before === undefined)
      counts.set(
        row.customer,
        COLUMNS.map((column) => tally[column]),
      )
    else for (const [i, column] of COLUMNS.entries()) before[i] = (before[i] as number) + tally[column]
  }
  return pageOf(
    [...counts].sort(([a], [b]) => a - b),
    COLUMNS.length,
  )
}

interface Ranked {
  readonly number: number
  readonly customerId: string
  readonly calls: number
  readonly seconds: number
}

type Candidate = Omit<Ranked, 'customerId'>

function compareCounts(a: Candidate, b: Candidate): number {
  return b.calls - a.calls || b.seconds - a.seconds
}

/** Adds up the parts a block of customers at a time, and keeps those that can be among the first. */
async function firstOf(
  session: Session,
  now: ClientNow,
  parts: readonly CustomerCounts[],
  top: number,
): Promise<Ranked[]> {
  const calls = new Float64Array(BLOCK)
  const seconds = new Float64Array(BLOCK)
  const places = new Uint32Array(parts.length)
  let candidates: Candidate[] = []
  let most = 4 * top
  let [fewestCalls, fewestSeconds] = [1, 0]
  for (let base = 0; base <= now.lastCustomer; base += BLOCK) {
    const end = base + BLOCK
    for (const [p, part] of parts.entries()) {
      const { customers } = part
      let i = places[p] as number
      for (; i < customers.length; i++) {
        const customer = customers[i] as number
        if (customer >= end) break
        const at = customer - base
        calls[at] = (calls[at] as number) + (part.calls[i] as number)
        seconds[at] = (seconds[at] as number) + (part.seconds[i] as number)
      }
      places[p] = i
    }
    const size = Math.min(BLOCK, now.lastCustomer + 1 - base)
    for (let at = 0; at < size; at++) {
      const count = calls[at] as number
      if (count < fewestCalls || (count === fewestCalls && (seconds[at] as number) < fewestSeconds)) continue
      candidates.push({ number: base + at, calls: count, seconds: seconds[at] as number })
      if (candidates.length < most) continue
      candidates.sort(compareCounts)
      const bar = candidates[top - 1] as Candidate
      ;[fewestCalls, fewestSeconds] = [bar.calls, bar.seconds]
      candidates = candidates.filter((candidate) => compareCounts(candidate, bar) <= 0)
      most = Math.max(most, 2 * candidates.length)
    }
    calls.fill(0, 0, size)
    seconds.fill(0, 0, size)
  }
  candidates.sort(compareCounts)
  const bar = candidates[top - 1]
  if (bar === undefined) return withIds(session, now.client, candidates, top)
  const better = candidates.filter((candidate) => compareCounts(candidate, bar) < 0)
  const alike = candidates.filter((candidate) => compareCounts(candidate, bar) === 0)
  const firstAlike =
    alike.length <= MOST_LOOKUPS
      ? await withIds(session, now.client, alike, top)
      : await firstById(session, now.client, alike, top - better.length)
  const all = [...(await withIds(session, now.client, better, top)), ...firstAlike]
  return all.sort(compareRanked).slice(0, top)
}

const idsByNumber = find<Pick<CustomerRow, 'number' | 'customer_id'>>('number, customer_id', 'customers', ['number'])

async function withIds(
  { tx }: Session,
  client: number,
  candidates: readonly Candidate[],
  top: number,
): Promise<Ranked[]> {
  const rows = await idsByNumber(
    tx,
    client,
    candidates.map(({ number }) => [number]),
  )
  const ids = new Map(rows.map((row) => [row.number, row.customer_id]))
  return candidates
    .map((candidate) => ({ ...candidate, customerId: ids.get(candidate.number) as string }))
    .sort(compareRanked)
    .slice(0, top)
}

/** The first of these customers by id: they are so many that some are soon met in the order of ids. */
async function firstById(
  { tx }: Session,
  client: number,
  alike: readonly Candidate[],
  wanted: number,
): Promise<Ranked[]> {
  const byNumber = new Map(alike.map((candidate) => [candidate.number, candidate]))
  const found: Ranked[] = []
  let after = ''
  while (found.length < wanted) {
    const rows = await rowsOf(
      tx,
      sql<Pick<CustomerRow, 'number' | 'customer_id'>>`select number, customer_id from customers
        where client = ${client} and customer_id > ${after} order by customer_id limit ${MOST_LOOKUPS}`,
    )
    for (const { number, customer_id: customerId } of rows) {
      const candidate = byNumber.get(number)
      if (candidate !== undefined && found.length < wanted) found.push({ ...candidate, customerId })
    }
    after = (rows.at(-1) as (typeof rows)[number]).customer_id
  }
  return found
}
