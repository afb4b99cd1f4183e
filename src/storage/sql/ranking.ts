/**
 * The customers with the most calls in a range, exactly, without adding up every customer.
 *
 * The range is a handful of periods (months, days), and each has its customers in an index by calls. Fagin's threshold
 * algorithm reads the top of every list: a customer in none of them has at most the sum of the lists' last entries, so
 * as soon as the tenth candidate has more than that, no other can pass it. Where calls are spread so evenly that the
 * lists do not tell, all customers of the range are added up.
 */
import { compareRanked } from '../../core/report.js'
import { sql } from 'kysely'
import type { DateSpan, RankedCustomer } from '../port.js'
import type { TimeRange } from '../../core/range.js'
import { periodsOf } from '../../core/range.js'
import { contactsOf } from './customers.js'
import type { Db } from './database.js'
import { readUnion } from './union.js'

type Contact = Pick<RankedCustomer, 'name' | 'phoneNumber'>

interface Totals {
  readonly customerId: string
  readonly calls: number
  readonly seconds: number
}

/** How deep the lists are read at first, and at most before adding up everything is the cheaper way. */
const FIRST_DEPTH = 20
const LAST_DEPTH = 720

/** Lists read in one statement: SQLite takes 500 terms, and a lifetime of days is never asked for at once. */
const LISTS_PER_STATEMENT = 100

/**
 * @param days whole local days of the client's zone in the range; null when there are none
 * @param counted the first and the last day on which there ever were calls
 * @param edges what those days do not cover, each piece shorter than a day
 */
export async function rankCustomers(
  db: Db,
  clientId: string,
  days: DateSpan | null,
  counted: DateSpan | null,
  edges: readonly TimeRange[],
  top: number,
): Promise<RankedCustomer[]> {
  const periods = days === null || counted === null ? [] : periodsWithCalls(days, counted)
  const extra = await totalsOfEdges(db, clientId, edges)
  const totals = await candidates(db, clientId, periods, extra, top)
  const ranked = totals.sort(compareRanked).slice(0, top)
  if (ranked.length === 0) return []
  const contacts = await contactsOf(
    db,
    clientId,
    ranked.map(({ customerId }) => customerId),
  )
  // A customer that is counted has a record.
  return ranked.map((customer) => ({ ...customer, ...(contacts.get(customer.customerId) as Contact) }))
}

/** The periods that cover the days on which there were calls at all. */
function periodsWithCalls(days: DateSpan, { first, last }: DateSpan): readonly string[] {
  if (days.first <= first && days.last >= last) return periodsOf(days, true)
  const clamped = { first: days.first > first ? days.first : first, last: days.last < last ? days.last : last }
  return clamped.first > clamped.last ? [] : periodsOf(clamped, false)
}

async function totalsOfEdges(db: Db, clientId: string, edges: readonly TimeRange[]): Promise<Map<string, Totals>> {
  const rows = await readUnion(
    edges.map(({ from, to }) =>
      db
        .selectFrom('calls')
        .select((eb) => [
          'customer_id',
          eb.fn.countAll<number>().as('calls'),
          sql<number>`coalesce(sum(${eb.ref('duration_seconds')}), 0)`.as('seconds'),
        ])
        .where('client_id', '=', clientId)
        .where('start_at', '>=', from)
        .where('start_at', '<', to)
        .where('customer_id', 'is not', null)
        .groupBy('customer_id')
        .$narrowType<{ customer_id: string }>(),
    ),
  )
  const totals = new Map<string, Totals>()
  for (const row of rows) totals.set(row.customer_id, sum(row.customer_id, totals.get(row.customer_id), row))
  return totals
}

function sum(customerId: string, a: Totals | undefined, b: { calls: number; seconds: number } | undefined): Totals {
  return {
    customerId,
    calls: (a?.calls ?? 0) + (b?.calls ?? 0),
    seconds: (a?.seconds ?? 0) + (b?.seconds ?? 0),
  }
}

/** Customers among whom the top ones surely are, with their totals. */
async function candidates(
  db: Db,
  clientId: string,
  periods: readonly string[],
  extra: ReadonlyMap<string, Totals>,
  top: number,
): Promise<Totals[]> {
  if (periods.length === 0) return [...extra.values()]
  for (let depth = FIRST_DEPTH; depth <= LAST_DEPTH; depth *= 6) {
    const found = shortlist(periods, await topOfEach(db, clientId, periods, depth), extra, depth, top)
    if (found === null) continue
    const stored = await totalsOf(db, clientId, periods, found.partial)
    return [...found.complete, ...found.partial.map((id) => sum(id, extra.get(id), stored.get(id)))]
  }
  const all = await totalsOf(db, clientId, periods, null)
  for (const id of extra.keys()) if (!all.has(id)) all.set(id, sum(id, undefined, undefined))
  return [...all].map(([id, totals]) => sum(id, extra.get(id), totals))
}

interface ListEntry {
  readonly period: string
  readonly customer_id: string
  readonly calls: number
  readonly seconds: number
}

/** Customers that can be among the top. */
interface Shortlist {
  /** Those in every list, which are added up by that. */
  readonly complete: readonly Totals[]
  readonly partial: readonly string[]
}

/** @returns null when the lists are not read deep enough to tell */
function shortlist(
  periods: readonly string[],
  entries: readonly ListEntry[],
  extra: ReadonlyMap<string, Totals>,
  depth: number,
  top: number,
): Shortlist | null {
  const lists = new Map<string, ListEntry[]>(periods.map((period) => [period, []]))
  for (const entry of entries) lists.get(entry.period)?.push(entry)
  let unseen = 0
  const seen = new Map<string, Totals & { slack: number }>()
  for (const [id, totals] of extra) seen.set(id, { ...totals, slack: 0 })
  for (const list of lists.values()) {
    // The index leaves out single calls: whoever is not in a list that ended has at most one.
    const rest = list.length < depth ? 1 : Math.min(...list.map(({ calls }) => calls))
    unseen += rest
    for (const entry of list) {
      const before = seen.get(entry.customer_id)
      seen.set(entry.customer_id, {
        ...sum(entry.customer_id, before, entry),
        slack: (before?.slack ?? 0) + rest,
      })
    }
  }
  const sure = [...seen.values()].map(({ calls }) => calls).sort((a, b) => b - a)
  const bar = sure[top - 1] ?? 0
  if (unseen >= bar) return null
  const possible = [...seen].filter(([, { calls, slack }]) => calls + unseen - slack >= bar)
  const complete = possible.filter(([, { slack }]) => slack === unseen)
  const partial = possible.filter(([, { slack }]) => slack < unseen)
  return { complete: complete.map(([id, totals]) => sum(id, undefined, totals)), partial: partial.map(([id]) => id) }
}

async function topOfEach(db: Db, clientId: string, periods: readonly string[], depth: number): Promise<ListEntry[]> {
  const entries: ListEntry[] = []
  const list = (period: string) =>
    db
      .selectFrom(
        db
          .selectFrom('customer_tallies')
          .select(['period', 'customer_id', 'calls', 'seconds'])
          .where('client_id', '=', clientId)
          .where('period', '=', period)
          .where('calls', '>', sql.lit(1))
          .orderBy('calls', 'desc')
          .limit(sql.lit(depth))
          .as('list'),
      )
      .selectAll()
  for (let i = 0; i < periods.length; i += LISTS_PER_STATEMENT) {
    const lists = periods.slice(i, i + LISTS_PER_STATEMENT).map(list)
    entries.push(...(await readUnion(lists)))
  }
  return entries
}

/** @param ids null is every customer of the periods */
async function totalsOf(
  db: Db,
  clientId: string,
  periods: readonly string[],
  ids: readonly string[] | null,
): Promise<Map<string, Totals>> {
  const totals = new Map<string, Totals>()
  const step = ids === null ? 1 : 1000
  for (let i = 0; i < (ids?.length ?? 1); i += step) {
    const rows = await db
      .selectFrom('customer_tallies')
      .select((eb) => [
        'customer_id',
        eb.fn.sum<number>('calls').as('calls'),
        eb.fn.sum<number>('seconds').as('seconds'),
      ])
      .where('client_id', '=', clientId)
      .where('period', 'in', periods)
      .$if(ids !== null, (q) => q.where('customer_id', 'in', (ids as readonly string[]).slice(i, i + step)))
      .groupBy('customer_id')
      .having((eb) => eb.fn.sum<number>('calls'), '>', 0)
      .execute()
    for (const row of rows) totals.set(row.customer_id, sum(row.customer_id, undefined, row))
  }
  return totals
}
