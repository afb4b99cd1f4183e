/**
 * The customers with the most calls in a range, exactly and at one cost for every distribution: counts of months and days are
 * added up; what whole days leave of the range is read call by call.
 */
import { compareRanked } from '../../../core/report.js'
import { planDays, type DateSpan, type TimeRange } from '../../../core/range.js'
import type { RankedCustomer } from '../../port.js'
import { find } from '../bulk.js'
import type { CustomerRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { keptOf, type ClientNow } from './client.js'
import { addUp, countsBetween, type CustomerCounts } from './customer-counts.js'
import { CustomerPages, type DayMark } from './customer-pages.js'
import { contactsOf } from './customers.js'

/** Customers of one rank that are looked up one by one; of more, the first by id are found in the order of ids. */
const MOST_LOOKUPS = 1000

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
  let candidates: Candidate[] = []
  let most = 4 * top
  let [fewestCalls, fewestSeconds] = [1, 0]
  addUp(parts, now.lastCustomer, (base, size, calls, seconds) => {
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
  })
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
