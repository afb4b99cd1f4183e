/** The calls of local days as columns: from memory, from the store, or from their rows. */
import { addDays, localSlot, slotOf, startOfDay } from '../../../core/calendar.js'
import { ringSecondsOf } from '../../../core/call.js'
import {
  bytesOfColumns,
  columnsOf,
  decodeColumns,
  encodeColumns,
  type AskedCall,
  type CallColumns,
} from '../../../core/analytics/call-columns.js'
import type { TimeRange } from '../../../core/range.js'
import { ANSWERED, directionOfCode, statusOfCode } from '../codes.js'
import type { CallRow, PageRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { IS_COUNTED } from '../write/calls.js'
import type { ClientNow } from './client.js'
import type { DayMark } from './dimension-pages.js'
import { ByteCache } from './page-cache.js'

/** The name under which they are kept among pages. */
export const SEGMENTS = 'calls'

export interface CachedSegment {
  /** Sequence that it is right at. */
  readonly at: number
  readonly columns: CallColumns
}

export function segmentCache(mostBytes: number): ByteCache<CachedSegment> {
  return new ByteCache(mostBytes, ({ columns }) => bytesOfColumns(columns))
}

type SegmentRow = Pick<
  CallRow,
  | 'start_at'
  | 'answered_at'
  | 'end_at'
  | 'duration'
  | 'direction'
  | 'status'
  | 'answered'
  | 'customer'
  | 'agent'
  | 'phone'
  | 'virtual_number'
  | 'end_reason'
  | 'domain'
>

const EMPTY = columnsOf([])

export class CallSegments {
  readonly #session: Session
  readonly #now: ClientNow
  /** When the calls of each day changed last: of those alone that have calls. */
  readonly #changed: ReadonlyMap<string, number>
  /** Days between these are kept: all but those of which calls may be dropped, and the last of all, which changes with every call. */
  readonly #kept: { readonly after: string; readonly before: string }
  #stored: ReadonlyMap<string, number> | null = null

  /** @param days all that are asked for */
  constructor(session: Session, now: ClientNow, days: readonly DayMark[], last: string) {
    this.#session = session
    this.#now = now
    const { retainedFrom, zone } = now
    this.#kept = { after: retainedFrom === null ? '' : localSlot(zone, retainedFrom).date, before: last }
    this.#changed = new Map(
      days.filter(({ calls }) => calls > 0).map(({ local_date, changed }) => [local_date, changed]),
    )
  }

  /** @throws ReadTooLong */
  async of(date: string): Promise<CallColumns> {
    this.#session.checkTime?.()
    const changed = this.#changed.get(date)
    if (changed === undefined) return EMPTY
    const { segments } = this.#session
    const key = `${this.#now.cacheName} ${this.#now.zone} ${date}${droppedMark(this.#now, date)}`
    const cached = segments.get(key)
    if (cached !== undefined && cached.at >= changed) return cached.columns
    const columns = await this.#read(date, changed)
    segments.set(key, { at: this.#now.lastSequence, columns })
    return columns
  }

  /** Builds up to `limit` of those that are missing or behind, of days that are over. @returns how many */
  async build(limit: number): Promise<number> {
    let built = 0
    for (const [date, changed] of this.#changed) {
      if (built >= limit) break
      if (!this.#isKept(date) || ((await this.#storedSegments()).get(date) ?? 0) >= changed) continue
      await this.#build(date)
      built += 1
    }
    return built
  }

  async #read(date: string, changed: number): Promise<CallColumns> {
    if (!this.#isKept(date) || ((await this.#storedSegments()).get(date) ?? 0) < changed) return this.#build(date)
    const [row] = (await rowsOf(
      this.#session.tx,
      sql<Pick<PageRow, 'body'>>`select body from pages
        where client = ${this.#now.client} and dimension = ${SEGMENTS} and period = ${date}`,
    )) as [Pick<PageRow, 'body'>]
    return decodeColumns(row.body)
  }

  async #build(date: string): Promise<CallColumns> {
    this.#session.checkTime?.()
    const { client, zone, lastSequence, retainedFrom, erasures } = this.#now
    const [from, to] = [startOfDay(zone, date), startOfDay(zone, addDays(date, 1))]
    const columns = await columnsBetween(this.#session, client, { from, to }, retainedFrom)
    if (this.#isKept(date)) {
      const body = encodeColumns(columns)
      this.#session.keepPage?.({
        client,
        dimension: SEGMENTS,
        period: date,
        built_at: lastSequence,
        body,
        zone,
        erasures,
      })
    }
    return columns
  }

  #isKept(date: string): boolean {
    return date > this.#kept.after && date < this.#kept.before
  }

  async #storedSegments(): Promise<ReadonlyMap<string, number>> {
    if (this.#stored !== null) return this.#stored
    const rows = await rowsOf(
      this.#session.tx,
      sql<Pick<PageRow, 'period' | 'built_at'>>`select period, built_at from pages
        where client = ${this.#now.client} and dimension = ${SEGMENTS}`,
    )
    return (this.#stored = new Map(rows.map((row) => [row.period, row.built_at])))
  }
}

/** The calls of a stretch of time, from their rows. */
export async function columnsBetween(
  { tx }: Session,
  client: number,
  { from, to }: TimeRange,
  retainedFrom: number | null,
): Promise<CallColumns> {
  const rows = await rowsOf(
    tx,
    sql<SegmentRow>`select start_at, answered_at, end_at, duration, direction, status, answered, customer, agent, phone,
        virtual_number, end_reason, domain from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and ${IS_COUNTED} order by start_at, number`,
  )
  return columnsOf(rows.map((row) => askedCall(row, retainedFrom ?? 0)))
}

/** Tells what was read before calls of a day were dropped from what was read after it. */
export function droppedMark({ zone, retainedFrom }: ClientNow, date: string): string {
  return retainedFrom === null || date > localSlot(zone, retainedFrom).date ? '' : ` ${String(retainedFrom)}`
}

/** A call that is no longer kept says what is left of it once it is dropped, whether its turn has come yet or not. */
function askedCall(row: SegmentRow, retainedFrom: number): AskedCall {
  const startAt = row.start_at as number
  const answered = (row.answered & ANSWERED) !== 0
  const counted = {
    durationSeconds: row.duration,
    direction: directionOfCode(row.direction),
    status: statusOfCode(row.status),
    answered,
    customer: row.customer,
    agent: row.agent,
  }
  if (startAt < retainedFrom) return { ...counted, ...DROPPED, startAt: slotOf(startAt) }
  const { answered_at: answeredAt, end_at: endAt } = row
  return {
    ...counted,
    ...{ startAt, endAt },
    ringSeconds: endAt === null ? null : ringSecondsOf({ startAt, answeredAt, endAt, answered }),
    phoneNumber: row.phone,
    virtualNumber: row.virtual_number,
    endReason: row.end_reason,
    domain: row.domain,
  }
}

const DROPPED = {
  endAt: null,
  ringSeconds: null,
  phoneNumber: null,
  virtualNumber: null,
  endReason: null,
  domain: null,
}
