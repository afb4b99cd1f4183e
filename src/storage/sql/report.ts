/** One report, read from the tallies. */
import { sql, type RawBuilder } from 'kysely'
import type { TimeRange } from '../../core/range.js'
import { reportOf, type CountedCall, type DaysTally, type SlotsTally } from '../../core/report.js'
import { COUNTERS, type Counter, type Tally } from '../../core/tally.js'
import type { ClientReport, DateSpan, ReportQuery } from '../port.js'
import { CALL_COLUMNS, callOf, type CallColumns } from './call-row.js'
import { CUSTOMER_COUNTERS, HOUR_COLUMNS, type Db } from './database.js'
import { rankCustomers } from './ranking.js'
import { keptOf } from './retention.js'
import { readUnion } from './union.js'

/** Call inside a transaction that sees one moment, so that the parts of a report agree. */
export async function readReport(db: Db, query: ReportQuery): Promise<ClientReport> {
  const { clientId, customerId, plan } = query
  const local = plan.zone === plan.dayZone
  const { retainedFrom, counted } = await readExtent(db, clientId)
  const kept = (ranges: readonly TimeRange[]) => ranges.map((range) => keptOf(range, retainedFrom))
  const parts = {
    days: !local || plan.days === null ? [] : [await readDays(db, clientId, customerId, plan.days)],
    slots: customerId !== null ? [] : await readSlots(db, clientId, plan.slots),
    edges: await readCalls(db, clientId, customerId, kept(edgesOf(query, local))),
  }
  return {
    ...reportOf(parts, plan.zone),
    recent: (await recentCallRows(db, clientId, customerId, keptOf(query.range, retainedFrom), query.recent)).map(
      callOf,
    ),
    top: query.top === 0 ? [] : await rankCustomers(db, clientId, plan.days, counted, kept(plan.dayEdges), query.top),
    monthCalls: query.month === null ? 0 : await callsInMonth(db, clientId, query.month),
    retainedFrom,
  }
}

/** How far back events and calls are kept, and the first and the last day that has a tally; null when none has. */
async function readExtent(
  db: Db,
  clientId: string,
): Promise<{ retainedFrom: number | null; counted: DateSpan | null }> {
  const { retained_from, first, last } = await db
    .selectFrom('ledgers')
    .select((eb) => {
      const days = eb.selectFrom('day_tallies').where('client_id', '=', clientId)
      return [
        'retained_from',
        days.select((day) => day.fn.min('local_date').as('date')).as('first'),
        days.select((day) => day.fn.max('local_date').as('date')).as('last'),
      ]
    })
    .where('client_id', '=', clientId)
    .executeTakeFirstOrThrow()
  return { retainedFrom: retained_from, counted: first === null || last === null ? null : { first, last } }
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

/**
 * Newest start first. The range's start is looked at here: told both ends, PostgreSQL's planner takes the range for so
 * short that it would read and sort all of it.
 */
export async function recentCallRows(
  db: Db,
  clientId: string,
  customerId: string | null,
  range: TimeRange,
  limit: number,
): Promise<readonly CallColumns[]> {
  if (limit === 0) return []
  const rows = await db
    .selectFrom('calls')
    .select(CALL_COLUMNS)
    .where('client_id', '=', clientId)
    .$if(customerId !== null, (q) => q.where('customer_id', '=', customerId))
    .where('start_at', '<', range.to)
    .orderBy('start_at', 'desc')
    .orderBy('call_key', 'desc')
    .limit(limit)
    .execute()
  return rows.filter((row) => row.start_at >= range.from)
}

/** Counters that a row does not have are 0. */
export function tallyOf(row: Readonly<Partial<Record<Counter, number>>>): Tally {
  return Object.fromEntries(COUNTERS.map((counter) => [counter, row[counter] ?? 0])) as Tally
}

/** Each column added up; nothing adds up to 0. */
function sums<C extends string>(columns: readonly C[]) {
  return columns.map((column) => sql<number>`coalesce(sum(${sql.ref(column)}), 0)`.as(column))
}

/**
 * The calls of each row under its key, as one text: a JSON array of pairs. A thousand rows cost more to hand over than to
 * read.
 * @param key as JSON
 */
function callsBy(key: RawBuilder<unknown>) {
  return sql<string>`'[' || coalesce(string_agg('[' || ${key} || ',' || ${sql.ref('calls')} || ']', ','), '') || ']'`
}

async function readDays(
  db: Db,
  clientId: string,
  customerId: string | null,
  { first, last }: DateSpan,
): Promise<DaysTally> {
  const dated = (column: string) => callsBy(sql`'"' || ${sql.ref(column)} || '"'`).as('calls_by_date')
  if (customerId !== null) {
    const row = await db
      .selectFrom('customer_tallies')
      .select([...sums(CUSTOMER_COUNTERS), dated('period')])
      .where('client_id', '=', clientId)
      .where('customer_id', '=', customerId)
      .where('period', '>=', first)
      .where('period', '<=', last)
      // Months sort among the days; a day has ten characters.
      .where(sql<boolean>`length(period) = 10`)
      .executeTakeFirstOrThrow()
    return { tally: tallyOf(row), callsByDate: JSON.parse(row.calls_by_date) as DaysTally['callsByDate'], hours: [] }
  }
  const row = await db
    .selectFrom('day_tallies')
    .select([...sums(COUNTERS), ...sums(HOUR_COLUMNS), dated('local_date')])
    .where('client_id', '=', clientId)
    .where('local_date', '>=', first)
    .where('local_date', '<=', last)
    .executeTakeFirstOrThrow()
  return {
    tally: tallyOf(row),
    callsByDate: JSON.parse(row.calls_by_date) as DaysTally['callsByDate'],
    hours: HOUR_COLUMNS.map((column) => row[column]),
  }
}

async function readSlots(db: Db, clientId: string, ranges: readonly TimeRange[]): Promise<readonly SlotsTally[]> {
  const rows = await readUnion(
    ranges.map(({ from, to }) =>
      db
        .selectFrom('slot_tallies')
        .select([...sums(COUNTERS), callsBy(sql.ref('slot_at')).as('calls_by_slot')])
        .where('client_id', '=', clientId)
        .where('slot_at', '>=', from)
        .where('slot_at', '<', to),
    ),
  )
  return rows.map((row) => ({
    tally: tallyOf(row),
    callsBySlot: JSON.parse(row.calls_by_slot) as SlotsTally['callsBySlot'],
  }))
}

async function readCalls(
  db: Db,
  clientId: string,
  customerId: string | null,
  ranges: readonly TimeRange[],
): Promise<readonly CountedCall[]> {
  const rows = await readUnion(
    ranges.map(({ from, to }) =>
      db
        .selectFrom('calls')
        .select(['start_at', 'direction', 'duration_seconds', 'answered'])
        .where('client_id', '=', clientId)
        .$if(customerId !== null, (q) => q.where('customer_id', '=', customerId))
        .where('start_at', '>=', from)
        .where('start_at', '<', to),
    ),
  )
  return rows.map((row) => ({
    startAt: row.start_at,
    direction: row.direction as CountedCall['direction'],
    durationSeconds: row.duration_seconds,
    answered: row.answered === 1,
  }))
}
