/** Reports, added up from the quarter hours that every local day keeps. */
import { localSlot } from '../../../core/calendar.js'
import { decodePage } from '../../../core/page.js'
import { planSlots, type DateSpan, type TimeRange } from '../../../core/range.js'
import { ReportSum } from '../../../core/report.js'
import type { ClientReport, FilteredReportQuery, ReportQuery, TopLists } from '../../port/reports.js'
import { CUSTOMERS, numberOf } from '../dimensions.js'
import type { CallRow, DayRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { COUNTED_COLUMNS, countedOf, type CountedRow } from '../write/calls.js'
import { ALL, narrowed, newestCalls, type Narrowing } from './calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'
import type { DayMark } from './dimension-pages.js'
import { rankAgents, rankCustomers, type RankedRange } from './ranking.js'

/** Rows of one customer's, or one agent's, calls that are read together. */
const NARROW_CHUNK = 2000

/** See `Storage.report`. */
export async function report(session: Session, query: ReportQuery): Promise<ClientReport> {
  const now = await readClient(session, query.clientId)
  if (now === null) return emptyReport(query.zone)
  const sum = new ReportSum(query.zone)
  await addDays(session, now, query.range, sum)
  return withCalls(session, now, ALL, query, sum)
}

/** See `Storage.detailedReport`. */
export async function detailedReport(
  session: Session,
  query: ReportQuery & { readonly top: number },
): Promise<ClientReport & TopLists> {
  const now = await readClient(session, query.clientId)
  if (now === null) return { ...emptyReport(query.zone), top: [], topAgents: [] }
  const sum = new ReportSum(query.zone)
  const days = await addDays(session, now, query.range, sum)
  const { range, top } = query
  const tops = await topLists(session, now, { range, days, only: null, top })
  return { ...(await withCalls(session, now, ALL, query, sum)), ...tops }
}

/** See `Storage.filteredReport`. */
export async function filteredReport(session: Session, query: FilteredReportQuery): Promise<ClientReport & TopLists> {
  const now = await readClient(session, query.clientId)
  const { customerId = null, agentUserId: agent = null, range, top = 0 } = query
  const customer =
    now === null || customerId === null ? null : await numberOf(session.tx, now.client, CUSTOMERS, customerId)
  if (now === null || (customerId !== null && customer === null)) {
    return { ...emptyReport(query.zone, now?.retainedFrom), top: [], topAgents: [] }
  }
  const only = { customer, agent }
  const sum = new ReportSum(query.zone)
  await addNarrowed(session, now, only, range, sum)
  const tops = await topLists(session, now, { range, days: [], only, top })
  return { ...(await withCalls(session, now, only, query, sum)), ...tops }
}

async function topLists(session: Session, now: ClientNow, asked: RankedRange): Promise<TopLists> {
  return { top: await rankCustomers(session, now, asked), topAgents: await rankAgents(session, now, asked) }
}

function emptyReport(zone: string, retainedFrom: number | null = null): ClientReport {
  return { ...new ReportSum(zone).report(), recent: [], recentCut: false, retainedFrom }
}

async function withCalls(
  session: Session,
  now: ClientNow,
  only: Narrowing,
  { range, recent }: ReportQuery,
  sum: ReportSum,
): Promise<ClientReport> {
  const { calls, cut } = await newestCalls(session, now, only, range, recent)
  return { ...sum.report(), recent: calls, recentCut: cut, retainedFrom: now.retainedFrom }
}

/** @returns the days that the range touches, oldest first */
async function addDays(
  { tx }: Session,
  { client, zone, retainedFrom }: ClientNow,
  range: TimeRange,
  sum: ReportSum,
): Promise<readonly DayMark[]> {
  const { slots, edges } = planSlots(range)
  const first = localSlot(zone, range.from).date
  const last = localSlot(zone, range.to - 1).date
  const days = await rowsOf(
    tx,
    sql<DayMark & Pick<DayRow, 'slots'>>`select local_date, changed, calls, slots from days
      where client = ${client} and local_date >= ${first} and local_date <= ${last} order by local_date`,
  )
  if (slots !== null) for (const day of days) sum.addSlots(decodePage(day.slots), slots)
  for (const edge of edges.map((piece) => keptOf(piece, retainedFrom))) {
    if (edge.from >= edge.to) continue
    const calls = await rowsOf(
      tx,
      sql<CountedRow>`select ${COUNTED_COLUMNS} from calls
        where client = ${client} and start_at >= ${edge.from} and start_at < ${edge.to}`,
    )
    for (const row of calls) addRow(sum, row)
  }
  return days
}

/** Reads a customer's or an agent's calls in stretches, so that one who has very many does not take for ever. */
async function addNarrowed(
  { tx, checkTime }: Session,
  { client, retainedFrom }: ClientNow,
  only: Narrowing,
  range: TimeRange,
  sum: ReportSum,
): Promise<void> {
  const { slots } = planSlots(range)
  let after = { start_at: range.from, number: -1 }
  for (;;) {
    const rows = await rowsOf(
      tx,
      sql<CountedRow & Pick<CallRow, 'number'>>`select number, ${COUNTED_COLUMNS} from calls
        where client = ${client} ${narrowed(only)}
          and (start_at, number) > (${after.start_at}, ${after.number}) and start_at < ${range.to}
        order by start_at, number limit ${NARROW_CHUNK}`,
    )
    for (const row of rows) {
      const startAt = row.start_at as number
      // Of dropped calls only the quarter hour is known: pieces of one are empty.
      const dropped = startAt < (retainedFrom ?? -Infinity)
      if (!dropped || (slots !== null && startAt >= slots.from && startAt < slots.to)) addRow(sum, row)
    }
    if (rows.length < NARROW_CHUNK) return
    const last = rows.at(-1) as (typeof rows)[number]
    after = { start_at: last.start_at as number, number: last.number }
    checkTime?.()
  }
}

function addRow(sum: ReportSum, row: CountedRow): void {
  const call = countedOf(row)
  if (call !== null) sum.addCall(call)
}

/** See `Storage.callsInMonth`. */
export async function callsInMonth(session: Session, clientId: string, month: DateSpan): Promise<number> {
  const client = await clientNumber(session, clientId)
  const [sum] = (await rowsOf(
    session.tx,
    sql<{ calls: number }>`select coalesce(sum(calls), 0) as calls from days
      where client = ${client} and local_date >= ${month.first} and local_date <= ${month.last}`,
  )) as [{ calls: number }]
  return sum.calls
}
