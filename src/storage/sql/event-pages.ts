/**
 * Pages of events. Tallies of events say how many there are and where a page starts, so neither the total nor a deep
 * page counts rows; an index scan from that place reads the page.
 */
import { sql, type ExpressionBuilder } from 'kysely'
import { SLOT_MS } from '../../core/vocabulary.js'
import { DAY_MS } from '../../core/zone.js'
import type { JsonObject } from '../../core/json.js'
import type { TimeRange } from '../../core/range.js'
import type { EventPage, EventPosition, EventQuery, StoredEvent } from '../port.js'
import { utcPeriod } from './changes.js'
import type { Database, Db, EventsTable } from './database.js'
import { logIdOf } from './event-key.js'
import { keptOf, readRetainedFrom } from './retention.js'

/** Consecutive piece of the range and the events in it; pieces are listed newest first. */
interface Piece extends TimeRange {
  readonly events: number
  readonly grain: 'day' | 'slot' | 'ragged'
}

export async function listEvents(db: Db, asked: EventQuery): Promise<EventPage> {
  const retainedFrom = await readRetainedFrom(db, asked.clientId)
  const query = { ...asked, range: keptOf(asked.range, retainedFrom) }
  const pieces = await countPieces(db, query, query.range)
  const total = pieces.reduce((sum, piece) => sum + piece.events, 0)
  const rows =
    'after' in query.position
      ? await readAfter(db, query, query.position.after)
      : await readPage(db, query, pieces, (query.position.page - 1) * query.pageSize)
  const events = rows.slice(0, query.pageSize)
  const last = rows.length > query.pageSize ? events.at(-1) : undefined
  return {
    events: events.map(storedEventOf),
    total,
    next: last === undefined ? null : { occurredAt: last.occurred_at, sequence: last.sequence },
    retainedFrom,
  }
}

export function storedEventOf(
  row: Pick<EventsTable, 'event_key' | 'received_at' | 'event' | 'data' | 'occurred_at' | 'context'>,
): StoredEvent {
  return {
    logId: logIdOf(row.event_key, row.received_at),
    event: row.event,
    data: JSON.parse(row.data) as JsonObject,
    occurredAt: row.occurred_at,
    context: JSON.parse(row.context) as JsonObject,
  }
}

const COLUMNS = ['event_key', 'received_at', 'event', 'data', 'occurred_at', 'context', 'sequence'] as const

function matching(db: Db, { clientId, customerId, event, direction }: EventQuery, { from, to }: TimeRange) {
  return db
    .selectFrom('events')
    .where('client_id', '=', clientId)
    .where('occurred_at', '>=', from)
    .where('occurred_at', '<', to)
    .$if(customerId !== null, (q) => q.where('customer_id', '=', customerId))
    .$if(event !== null, (q) => q.where('event', '=', event as string))
    .$if(direction !== null, (q) => q.where('direction', '=', direction as string))
}

/** Newest first, and one row more than the page, which tells whether another page follows. */
function newestFirst(db: Db, query: EventQuery, range: TimeRange) {
  return matching(db, query, range)
    .select(COLUMNS)
    .orderBy('occurred_at', 'desc')
    .orderBy('sequence', 'desc')
    .limit(query.pageSize + 1)
}

function readAfter(db: Db, query: EventQuery, after: EventPosition) {
  const before = (eb: ExpressionBuilder<Database, 'events'>) =>
    sql<boolean>`(${eb.ref('occurred_at')}, ${eb.ref('sequence')}) < (${after.occurredAt}, ${after.sequence})`
  return newestFirst(db, query, query.range).where(before).execute()
}

async function readPage(
  db: Db,
  query: EventQuery,
  pieces: readonly Piece[],
  offset: number,
): Promise<Awaited<ReturnType<typeof readFrom>>> {
  let skip = offset
  for (const piece of pieces) {
    if (skip < piece.events) {
      // Skipping inside a slot is cheap, inside a busy day it is not. One customer has no slots, and no such days.
      const divisible = piece.grain === 'day' && skip > 0 && query.customerId === null
      return divisible
        ? readPage(db, query, await countSlots(db, query, piece), skip)
        : readFrom(db, query, piece.to, skip)
    }
    skip -= piece.events
  }
  return []
}

function readFrom(db: Db, query: EventQuery, to: number, skip: number) {
  return newestFirst(db, query, { from: query.range.from, to }).offset(skip).execute()
}

/** The range as pieces, newest first: whole UTC days, around them whole slots, around those what no tally covers. */
async function countPieces(db: Db, query: EventQuery, range: TimeRange): Promise<Piece[]> {
  // A customer's events have tallies of days only: they are few enough to count the rest of two days.
  const slotMs = query.customerId === null ? SLOT_MS : DAY_MS
  const slots = within(range, slotMs)
  if (slots === null) return countRows(db, query, range)
  const days = within(slots, DAY_MS)
  const middle =
    days === null
      ? await countSlots(db, query, slots)
      : [
          ...(await countSlots(db, query, { from: days.to, to: slots.to })),
          ...(await countPeriods(db, query, 'day', DAY_MS, days)),
          ...(await countSlots(db, query, { from: slots.from, to: days.from })),
        ]
  return [
    ...(await countRows(db, query, { from: slots.to, to: range.to })),
    ...middle,
    ...(await countRows(db, query, { from: range.from, to: slots.from })),
  ]
}

/** The longest run of whole periods inside a range; null when it holds none. */
function within(range: TimeRange, periodMs: number): TimeRange | null {
  const from = Math.ceil(range.from / periodMs) * periodMs
  const to = Math.floor(range.to / periodMs) * periodMs
  return from < to ? { from, to } : null
}

function countSlots(db: Db, query: EventQuery, range: TimeRange): Promise<Piece[]> {
  return countPeriods(db, query, 'slot', SLOT_MS, range)
}

async function countPeriods(
  db: Db,
  query: EventQuery,
  grain: 'day' | 'slot',
  periodMs: number,
  range: TimeRange,
): Promise<Piece[]> {
  if (range.from >= range.to) return []
  const { clientId, customerId, event, direction } = query
  if (customerId !== null) return countCustomerDays(db, query, customerId, range)
  const rows = await db
    .selectFrom('event_tallies')
    .select((eb) => ['period_at', eb.fn.sum<number>('events').as('events')])
    .where('client_id', '=', clientId)
    .where('grain', '=', grain)
    .where('period_at', '>=', range.from)
    .where('period_at', '<', range.to)
    .$if(event !== null, (q) => q.where('event', '=', event as string))
    .$if(direction !== null, (q) => q.where('direction', '=', direction as string))
    .groupBy('period_at')
    .orderBy('period_at', 'desc')
    .execute()
  return rows.map(({ period_at, events }) => ({
    from: period_at,
    to: period_at + periodMs,
    events,
    grain,
  }))
}

async function countCustomerDays(
  db: Db,
  { clientId, event, direction }: EventQuery,
  customerId: string,
  { from, to }: TimeRange,
): Promise<Piece[]> {
  const rows = await db
    .selectFrom('customer_tallies')
    .select((eb) => ['period', eb.fn.sum<number>('events').as('events')])
    .where('client_id', '=', clientId)
    .where('customer_id', '=', customerId)
    .where('period', '>=', utcPeriod(from))
    .where('period', '<', utcPeriod(to))
    .where('event', '<>', sql.lit(''))
    .$if(event !== null, (q) => q.where('event', '=', event as string))
    .$if(direction !== null, (q) => q.where('direction', '=', direction as string))
    .groupBy('period')
    .orderBy('period', 'desc')
    .execute()
  return rows.map(({ period, events }) => {
    const day = Date.parse(period.slice(0, -1))
    return { from: day, to: day + DAY_MS, events, grain: 'day' }
  })
}

async function countRows(db: Db, query: EventQuery, range: TimeRange): Promise<Piece[]> {
  if (range.from >= range.to) return []
  const { events } = await matching(db, query, range)
    .select((eb) => eb.fn.countAll<number>().as('events'))
    .executeTakeFirstOrThrow()
  return [{ ...range, events, grain: 'ragged' }]
}
