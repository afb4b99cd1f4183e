/**
 * The customers, or agents, with the most calls in a range, exactly and at one cost for every distribution: counts of months
 * and days are added up; what whole days leave of the range is read call by call.
 */
import { addDays, startOfDay } from '../../../core/calendar.js'
import { compareRanked } from '../../../core/report.js'
import { planDays, type DateSpan, type TimeRange } from '../../../core/range.js'
import type { RankedAgent, RankedCustomer } from '../../port/reports.js'
import { AGENTS, CUSTOMERS, DIMENSIONS, type Dimension } from '../dimensions.js'
import type { Session } from '../session.js'
import { raw, rowsOf, sql } from '../transaction.js'
import { namesOfAgents } from './agents.js'
import type { Narrowing } from './calls.js'
import { CallSegments } from './call-segments.js'
import { keptOf, type ClientNow } from './client.js'
import { contactsOf } from './customers.js'
import { addUp, countsBetween, type Counts } from './dimension-counts.js'
import { DimensionPages, type DayMark } from './dimension-pages.js'

/** Values of one rank that are looked up one by one; of more, the first by id are found in the order of ids. */
const MOST_LOOKUPS = 1000

/** What is ranked: a range, and the calls of it that count. */
export interface RankedRange {
  readonly range: TimeRange
  /** The days that the range touches, oldest first. */
  readonly days: readonly DayMark[]
  /** These calls alone, which are read one by one; null is all. */
  readonly only: Narrowing | null
  readonly top: number
}

export async function rankCustomers(session: Session, now: ClientNow, asked: RankedRange): Promise<RankedCustomer[]> {
  const ranked = await ranking(session, now, CUSTOMERS, asked)
  const contacts = await contactsOf(
    session,
    now.client,
    ranked.map(({ number }) => number),
  )
  return ranked.map(({ number, id, calls, seconds }) => {
    const { name, phoneNumber } = contacts.get(number) as Pick<RankedCustomer, 'name' | 'phoneNumber'>
    return { customerId: id, name, phoneNumber, calls, seconds }
  })
}

export async function rankAgents(session: Session, now: ClientNow, asked: RankedRange): Promise<RankedAgent[]> {
  const ranked = await ranking(session, now, AGENTS, asked)
  const names = await namesOfAgents(
    session,
    now.client,
    ranked.map(({ number }) => number),
  )
  return ranked.map(({ number, id, calls, seconds, answered }) => {
    return { agentUserId: id, name: names.get(number) ?? null, calls, seconds, answered }
  })
}

async function ranking(
  session: Session,
  now: ClientNow,
  dimension: Dimension,
  { range, days, only, top }: RankedRange,
): Promise<Ranked[]> {
  if (now[dimension.last] === 0 || top === 0) return []
  const plan = planDays(range, now.zone)
  const parts: Counts[] = []
  const count = async (piece: TimeRange) => {
    const part = await countsBetween(session, now.client, dimension, piece, only ?? undefined)
    if (part.numbers.length > 0) parts.push(part)
  }
  if (plan.days !== null && only !== null) await count(stretchOf(plan.days, now.zone))
  const extent = plan.days === null || only !== null ? null : await extentOf(session, now.client)
  if (plan.days !== null && extent !== null) {
    parts.push(...(await new DimensionPages(session, now, dimension, days, extent).of(plan.days)))
  }
  for (const edge of plan.edges) await count(keptOf(edge, now.retainedFrom))
  return firstOf(session, now, dimension, parts, top)
}

function stretchOf({ first, last }: DateSpan, zone: string): TimeRange {
  return { from: startOfDay(zone, first), to: startOfDay(zone, addDays(last, 1)) }
}

/** Builds pages that are missing or behind, oldest first. See `Storage.buildPages`. */
export async function buildAllPages(session: Session, now: ClientNow, limit: number): Promise<number> {
  const days = await rowsOf(
    session.tx,
    sql<DayMark>`select local_date, changed, calls from days where client = ${now.client} order by local_date`,
  )
  if (days.length === 0) return 0
  const [first, last] = [days.at(0), days.at(-1)] as [DayMark, DayMark]
  const extent = { first: first.local_date, last: last.local_date }
  let built = 0
  for (const dimension of DIMENSIONS) {
    if (now[dimension.last] === 0) continue
    built += await new DimensionPages(session, now, dimension, days, extent).build(limit - built)
  }
  return built + (await new CallSegments(session, now, days, extent.last).build(limit - built))
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
  readonly id: string
  readonly calls: number
  readonly seconds: number
  /** 0 where the dimension does not count them. */
  readonly answered: number
}

type Candidate = Omit<Ranked, 'id'>

function compareCounts(a: Candidate, b: Candidate): number {
  return b.calls - a.calls || b.seconds - a.seconds
}

/** Adds up the parts a block of values at a time, and keeps those that can be among the first. */
async function firstOf(
  session: Session,
  now: ClientNow,
  dimension: Dimension,
  parts: readonly Counts[],
  top: number,
): Promise<Ranked[]> {
  let candidates: Candidate[] = []
  let most = 4 * top
  let [fewestCalls, fewestSeconds] = [1, 0]
  addUp(parts, now[dimension.last], (base, size, { calls, seconds, answered }) => {
    for (let at = 0; at < size; at++) {
      const count = calls[at] as number
      if (count < fewestCalls || (count === fewestCalls && (seconds[at] as number) < fewestSeconds)) continue
      candidates.push({
        number: base + at,
        calls: count,
        seconds: seconds[at] as number,
        answered: answered[at] as number,
      })
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
  if (bar === undefined) return withIds(session, now.client, dimension, candidates, top)
  const better = candidates.filter((candidate) => compareCounts(candidate, bar) < 0)
  const alike = candidates.filter((candidate) => compareCounts(candidate, bar) === 0)
  const firstAlike =
    alike.length <= MOST_LOOKUPS
      ? await withIds(session, now.client, dimension, alike, top)
      : await firstById(session, now.client, dimension, alike, top - better.length)
  const all = [...(await withIds(session, now.client, dimension, better, top)), ...firstAlike]
  return all.sort(compareRanked).slice(0, top)
}

async function withIds(
  { tx }: Session,
  client: number,
  dimension: Dimension,
  candidates: readonly Candidate[],
  top: number,
): Promise<Ranked[]> {
  const rows = await dimension.byNumber(
    tx,
    client,
    candidates.map(({ number }) => [number]),
  )
  const ids = new Map(rows.map((row) => [row.number, row.id]))
  return candidates
    .map((candidate) => ({ ...candidate, id: ids.get(candidate.number) as string }))
    .sort(compareRanked)
    .slice(0, top)
}

/** The first of these values by id: they are so many that some are soon met in the order of ids. */
async function firstById(
  { tx }: Session,
  client: number,
  dimension: Dimension,
  alike: readonly Candidate[],
  wanted: number,
): Promise<Ranked[]> {
  const byNumber = new Map(alike.map((candidate) => [candidate.number, candidate]))
  const column = raw(dimension.id)
  const found: Ranked[] = []
  let after = ''
  while (found.length < wanted) {
    const rows = await rowsOf(
      tx,
      sql<{ number: number; id: string }>`select number, ${column} as id from ${raw(dimension.table)}
        where client = ${client} and ${column} > ${after} order by ${column} limit ${MOST_LOOKUPS}`,
    )
    for (const { number, id } of rows) {
      const candidate = byNumber.get(number)
      if (candidate !== undefined && found.length < wanted) found.push({ ...candidate, id })
    }
    after = (rows.at(-1) as (typeof rows)[number]).id
  }
  return found
}
