/**
 * The customers with the most calls in a range, exactly and at one cost for every distribution: pages of months and days say
 * how many calls each customer had, and are added up; what whole days leave of the range is read call by call.
 */
import { decodePage, encodePage, mergePages, pageOf, type Page } from '../../../core/page.js'
import { periodsOf, planDays, type DateSpan, type TimeRange } from '../../../core/range.js'
import { monthOf, addDays, startOfDay, lastOfMonth } from '../../../core/calendar.js'
import { contribution, type CountedCall } from '../../../core/tally.js'
import { compareRanked } from '../../../core/report.js'
import type { RankedCustomer } from '../../port.js'
import type { CustomerRow, DayRow, PageRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowOf, rowsOf, sql } from '../transaction.js'
import { COUNTED_COLUMNS, countedOf, type CountedRow } from '../write/calls.js'
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

/** A call that has begun, with a customer. */
type CustomerCall = CountedRow & { readonly customer: number }

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
    const calls = await callsOfCustomers(session, now.client, keptOf(edge, now.retainedFrom))
    if (calls.length > 0) parts.push(countsOf(countCalls(calls)))
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
  readonly #extent: DateSpan
  /** When the calls of each day and month changed last: of those alone that have calls. */
  readonly #changed = new Map<string, number>()
  #stored: ReadonlyMap<string, number> | null = null

  /**
   * @param days all that lie in the periods asked for
   * @param extent the first and the last day of all
   */
  constructor(session: Session, now: ClientNow, days: readonly DayMark[], extent: DateSpan) {
    this.#session = session
    this.#now = now
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

  /** The counts of these whole days, in as few parts as there are pages. */
  async of(days: DateSpan): Promise<CustomerCounts[]> {
    const { first, last } = this.#extent
    // Beyond the first and the last day of all there is nothing: months that only begin or end there count as whole.
    const span = {
      first: days.first <= first ? `${monthOf(first)}-01` : days.first,
      last: days.last >= last ? lastOfMonth(monthOf(last)) : days.last,
    }
    const parts: CustomerCounts[] = []
    for (const period of periodsOf(span)) {
      const part = await this.#countsOf(period)
      if (part !== null) parts.push(part)
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
      await this.#build(period)
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
    const { body, builtAt } = await this.#pageOf(period, changed)
    const counts = countsOf(decodePage(body, [CALLS, SECONDS]))
    pages.set(key, builtAt, counts)
    return counts
  }

  async #pageOf(period: string, changed: number): Promise<{ body: Uint8Array; builtAt: number }> {
    const builtAt = (await this.#storedPages()).get(period)
    if (builtAt !== undefined && builtAt >= changed) {
      const row = await rowOf(
        this.#session.tx,
        sql<Pick<PageRow, 'body'>>`select body from pages
          where client = ${this.#now.client} and dimension = ${CUSTOMERS} and period = ${period}`,
      )
      if (row !== undefined) return { body: row.body, builtAt }
    }
    return { body: await this.#build(period), builtAt: this.#now.lastSequence }
  }

  async #build(period: string): Promise<Uint8Array> {
    const { session, now } = { session: this.#session, now: this.#now }
    session.checkTime?.()
    const body = encodePage(period.length === 7 ? await this.#monthOf(period) : await this.#dayOf(period))
    // The newest day and month change with every call: they are kept when they are over.
    if (this.#isOver(period)) {
      const { client, zone, lastSequence } = now
      session.keepPage?.({ client, dimension: CUSTOMERS, period, built_at: lastSequence, body, zone })
    }
    return body
  }

  async #dayOf(date: string): Promise<Page> {
    const { client, zone } = this.#now
    const day = { from: startOfDay(zone, date), to: startOfDay(zone, addDays(date, 1)) }
    return countCalls(await callsOfCustomers(this.#session, client, day))
  }

  async #monthOf(month: string): Promise<Page> {
    const pages: Page[] = []
    for (const [period, changed] of this.#changed) {
      if (period.length === 7 || monthOf(period) !== month) continue
      pages.push(decodePage((await this.#pageOf(period, changed)).body))
    }
    return mergePages(pages, COLUMNS.length)
  }

  #isOver(period: string): boolean {
    return period < this.#extent.last.slice(0, period.length)
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

function callsOfCustomers({ tx }: Session, client: number, { from, to }: TimeRange): Promise<CustomerCall[]> {
  return rowsOf(
    tx,
    sql<CustomerCall>`select customer, ${COUNTED_COLUMNS} from calls
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

/** Of a page of all columns, or of its calls and seconds alone. */
function countsOf({ keys, columns }: Page): CustomerCounts {
  const [calls, seconds] = columns.length === COLUMNS.length ? [columns[CALLS], columns[SECONDS]] : columns
  return {
    customers: new Uint32Array(keys),
    calls: new Uint32Array(calls as Float64Array),
    seconds: seconds as Float64Array,
  }
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
