/** Reports, added up from the quarter hours that every local day keeps. */
import { localSlot } from '../../../core/calendar.js'
import { decodePage } from '../../../core/page.js'
import { planSlots, type DateSpan, type TimeRange } from '../../../core/range.js'
import { ReportSum } from '../../../core/report.js'
import type { ClientReport, RankedCustomer, ReportQuery } from '../../port.js'
import type { CallRow, DayRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { COUNTED_COLUMNS, countedOf, type CountedRow } from '../write/calls.js'
import { customersById } from './customers.js'
import { newestCalls } from './calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'
import type { DayMark } from './customer-pages.js'
import { rankCustomers } from './ranking.js'

/** Rows of one customer's calls that are read together. */
const CUSTOMER_CHUNK = 2000

/** See `Storage.report`. */
export async function report(session: Session, query: ReportQuery): Promise<ClientReport> {
  const now = await readClient(session, query.clientId)
  if (now === null) return emptyReport(query.zone)
  const sum = new ReportSum(query.zone)
  await addDays(session, now, query.range, sum)
  return withCalls(session, now, null, query, sum)
}

/** See `Storage.detailedReport`. */
export async function detailedReport(
  session: Session,
  query: ReportQuery & { readonly top: number },
): Promise<ClientReport & { readonly top: readonly RankedCustomer[] }> {
  const now = await readClient(session, query.clientId)
  if (now === null) return { ...emptyReport(query.zone), top: [] }
  const sum = new ReportSum(query.zone)
  const days = await addDays(session, now, query.range, sum)
  const top = await rankCustomers(session, now, query.range, days, query.top)
  return { ...(await withCalls(session, now, null, query, sum)), top }
}

/** See `Storage.customerReport`. */
export async function customerReport(
  session: Session,
  query: ReportQuery & { readonly customerId: string },
): Promise<ClientReport> {
  const now = await readClient(session, query.clientId)
  const [customer] = now === null ? [] : await customersById(session.tx, now.client, [[query.customerId]])
  if (now === null || customer === undefined) return emptyReport(query.zone, now?.retainedFrom)
  const sum = new ReportSum(query.zone)
  await addCustomerCalls(session, now, customer.number, query.range, sum)
  return withCalls(session, now, customer.number, query, sum)
}

function emptyReport(zone: string, retainedFrom: number | null = null): ClientReport {
  return { ...new ReportSum(zone).report(), recent: [], recentCut: false, retainedFrom }
}

async function withCalls(
  session: Session,
  now: ClientNow,
  customer: number | null,
  { range, recent }: ReportQuery,
  sum: ReportSum,
): Promise<ClientReport> {
  const { calls, cut } = await newestCalls(session, now, customer, range, recent)
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

/** Reads a customer's calls in stretches, so that one who has very many does not take for ever. */
async function addCustomerCalls(
  { tx, checkTime }: Session,
  { client, retainedFrom }: ClientNow,
  customer: number,
  range: TimeRange,
  sum: ReportSum,
): Promise<void> {
  const { slots } = planSlots(range)
  let after = { start_at: range.from, number: -1 }
  for (;;) {
    const rows = await rowsOf(
      tx,
      sql<CountedRow & Pick<CallRow, 'number'>>`select number, ${COUNTED_COLUMNS} from calls
        where client = ${client} and customer = ${customer}
          and (start_at, number) > (${after.start_at}, ${after.number}) and start_at < ${range.to}
        order by start_at, number limit ${CUSTOMER_CHUNK}`,
    )
    for (const row of rows) {
      const startAt = row.start_at as number
      // Of dropped calls only the quarter hour is known: pieces of one are empty.
      const dropped = startAt < (retainedFrom ?? -Infinity)
      if (!dropped || (slots !== null && startAt >= slots.from && startAt < slots.to)) addRow(sum, row)
    }
    if (rows.length < CUSTOMER_CHUNK) return
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
