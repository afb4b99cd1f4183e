/** Everything that one report is made of, read from the tallies. */
import { sql } from 'kysely'
import type { Call } from '../../core/call.js'
import type { TimeRange } from '../../core/range.js'
import type { DayTally, SlotTally } from '../../core/report.js'
import { COUNTERS, type Counter, type Tally } from '../../core/tally.js'
import type { DateSpan, ReportQuery, ReportRows } from '../port.js'
import { CALL_COLUMNS, callOf, type CallColumns } from './call-row.js'
import { CUSTOMER_COUNTERS, HOUR_COLUMNS, type Db } from './database.js'
import { rankCustomers } from './ranking.js'
import { keptOf, readRetainedFrom } from './retention.js'

/** Call inside a transaction that sees one moment, so that the parts of a report agree. */
export async function readReport(db: Db, query: ReportQuery): Promise<ReportRows> {
  const { clientId, customerId, plan } = query
  const local = plan.zone === plan.dayZone
  const retainedFrom = await readRetainedFrom(db, clientId)
  const kept = (ranges: readonly TimeRange[]) => ranges.map((range) => keptOf(range, retainedFrom))
  return {
    days: !local || plan.days === null ? [] : await readDays(db, clientId, customerId, plan.days),
    slots: customerId !== null ? [] : await readSlots(db, clientId, plan.slots),
    edges: await readCalls(db, clientId, customerId, kept(edgesOf(query, local))),
    recent: (await recentCallRows(db, clientId, customerId, keptOf(query.range, retainedFrom), query.recent)).map(
      callOf,
    ),
    top: query.top === 0 ? [] : await rankCustomers(db, clientId, plan.days, kept(plan.dayEdges), query.top),
    monthCalls: query.month === null ? 0 : await callsInMonth(db, clientId, query.month),
    retainedFrom,
  }
}

/** A customer has tallies of whole local days of the client's zone alone; the rest is read call by call. */
function edgesOf({ customerId, plan, range }: ReportQuery, local: boolean): readonly TimeRange[] {
  if (customerId === null) return plan.edges
  return local ? plan.dayEdges : [range]
}

/** Calls that started on these local dates. */
export async function callsInMonth(db: Db, clientId: string, month: DateSpan): Promise<number> {
  const { calls } = await db
    .selectFrom('day_tallies')
    .select((eb) => sql<number>`coalesce(sum(${eb.ref('calls')}), 0)`.as('calls'))
    .where('client_id', '=', clientId)
    .where('local_date', '>=', month.first)
    .where('local_date', '<=', month.last)
    .executeTakeFirstOrThrow()
  return calls
}

/** Newest start first. */
export async function recentCallRows(
  db: Db,
  clientId: string,
  customerId: string | null,
  range: TimeRange,
  limit: number,
): Promise<readonly CallColumns[]> {
  if (limit === 0) return []
  return db
    .selectFrom('calls')
    .select(CALL_COLUMNS)
    .where('client_id', '=', clientId)
    .$if(customerId !== null, (q) => q.where('customer_id', '=', customerId))
    .where('start_at', '>=', range.from)
    .where('start_at', '<', range.to)
    .orderBy('start_at', 'desc')
    .orderBy('call_key', 'desc')
    .limit(limit)
    .execute()
}

/** Counters that a row does not have are 0. */
export function tallyOf(row: Readonly<Partial<Record<Counter, number>>>): Tally {
  return Object.fromEntries(COUNTERS.map((counter) => [counter, row[counter] ?? 0])) as Tally
}

async function readDays(
  db: Db,
  clientId: string,
  customerId: string | null,
  { first, last }: DateSpan,
): Promise<readonly DayTally[]> {
  if (customerId !== null) {
    const rows = await db
      .selectFrom('customer_tallies')
      .select(['period', ...CUSTOMER_COUNTERS])
      .where('client_id', '=', clientId)
      .where('customer_id', '=', customerId)
      .where('period', '>=', first)
      .where('period', '<=', last)
      // Months sort among the days; a day has ten characters.
      .where(sql<boolean>`length(period) = 10`)
      .orderBy('period')
      .execute()
    return rows.map((row) => ({ date: row.period, tally: tallyOf(row), hours: [] }))
  }
  const rows = await db
    .selectFrom('day_tallies')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('local_date', '>=', first)
    .where('local_date', '<=', last)
    .orderBy('local_date')
    .execute()
  return rows.map((row) => ({
    date: row.local_date,
    tally: tallyOf(row),
    hours: HOUR_COLUMNS.map((column) => row[column]),
  }))
}

async function readSlots(db: Db, clientId: string, ranges: readonly TimeRange[]): Promise<readonly SlotTally[]> {
  const slots: SlotTally[] = []
  for (const { from, to } of ranges) {
    const rows = await db
      .selectFrom('slot_tallies')
      .selectAll()
      .where('client_id', '=', clientId)
      .where('slot_at', '>=', from)
      .where('slot_at', '<', to)
      .orderBy('slot_at')
      .execute()
    for (const row of rows) slots.push({ slotAt: row.slot_at, tally: tallyOf(row) })
  }
  return slots
}

async function readCalls(
  db: Db,
  clientId: string,
  customerId: string | null,
  ranges: readonly TimeRange[],
): Promise<readonly Call[]> {
  const calls: Call[] = []
  for (const { from, to } of ranges) {
    const rows = await db
      .selectFrom('calls')
      .select(CALL_COLUMNS)
      .where('client_id', '=', clientId)
      .$if(customerId !== null, (q) => q.where('customer_id', '=', customerId))
      .where('start_at', '>=', from)
      .where('start_at', '<', to)
      .orderBy('start_at')
      .orderBy('call_key')
      .execute()
    for (const row of rows) calls.push(callOf(row))
  }
  return calls
}
