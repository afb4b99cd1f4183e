/**
 * Pages of events. Each local day counts its events by quarter hour: so neither the total nor a deep page counts rows, and a
 * filter reads those quarter hours alone in which there is something to find. Events of one customer, or of one agent, are counted.
 */
import { localSlot, slotOf, startOfDay, addDays } from '../../../core/calendar.js'
import type { JsonObject } from '../../../core/json.js'
import { decodePage } from '../../../core/page.js'
import { planSlots, type TimeRange } from '../../../core/range.js'
import { SLOT_MS } from '../../../core/instants.js'
import type { EventPage, EventQuery, StoredEvent } from '../../port/events.js'
import { directionCode } from '../codes.js'
import { AGENTS, CUSTOMERS, numberOf } from '../dimensions.js'
import type { EventDayRow, EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { raw, rowsOf, sql, type Transaction } from '../transaction.js'
import { keyOfBytes, logIdOf } from '../write/event-key.js'
import { ANY_EVENT } from '../write/tallies.js'
import { withinAnswer } from './calls.js'
import { keptOf, readClient } from './client.js'

export type ListedEvent = Pick<
  EventRow,
  'sequence' | 'occurred_at' | 'received_at' | 'key' | 'event' | 'data' | 'context'
>
export const LISTED_EVENT =
  'events.sequence, events.occurred_at, events.received_at, events.key, events.event, events.data, events.context'
const COLUMNS = raw(LISTED_EVENT)

/** Characters that an event takes in an answer beside what was sent. */
export const EVENT_LENGTH = 200

export function storedEventOf(row: ListedEvent): StoredEvent {
  return {
    logId: logIdOf(keyOfBytes(row.key), row.received_at),
    event: row.event,
    data: JSON.parse(row.data) as JsonObject,
    occurredAt: row.occurred_at,
    context: JSON.parse(row.context) as JsonObject,
  }
}

/** See `Storage.listEvents`. */
export async function listEvents(session: Session, query: EventQuery): Promise<EventPage> {
  const now = await readClient(session, query.clientId)
  if (now === null) return { events: [], total: 0, next: null, retainedFrom: null }
  const { client, retainedFrom } = now
  const range = keptOf(query.range, retainedFrom)
  const { customerId, agentUserId = null } = query
  const customer = customerId === null ? null : await numberOf(session.tx, client, CUSTOMERS, customerId)
  const agent = agentUserId === null ? null : await numberOf(session.tx, client, AGENTS, agentUserId)
  const isOfNobody = (customerId !== null && customer === null) || (agentUserId !== null && agent === null)
  if (range.from >= range.to || isOfNobody) return { events: [], total: 0, next: null, retainedFrom }
  const list = new EventList(session.tx, client, now.zone, { ...query, range }, { customer, agent })
  const { total, rows } = await list.read()
  const wanted = rows.slice(0, query.pageSize)
  const { fitting } = withinAnswer(wanted, ({ data, context }) => data.length + context.length + EVENT_LENGTH)
  const last = rows.length > fitting.length ? fitting.at(-1) : undefined
  return {
    events: fitting.map(storedEventOf),
    total,
    next: last === undefined ? null : { occurredAt: last.occurred_at, sequence: last.sequence },
    retainedFrom,
  }
}

/** A stretch of time and the events in it. */
interface Stretch extends TimeRange {
  readonly events: number
}

/** Where an event stands: how many of its stretch come before it, and which stretches follow that. */
interface Place {
  readonly stretch: Stretch
  readonly rest: readonly Stretch[]
  readonly skip: number
}

/** @returns null when there are no more events than the offset */
function placeOf(stretches: readonly Stretch[], offset: number): Place | null {
  let skip = offset
  for (const [i, stretch] of stretches.entries()) {
    if (skip < stretch.events) return { stretch, rest: stretches.slice(i + 1), skip }
    skip -= stretch.events
  }
  return null
}

/** Numbers of the customer and of the agent that events name; null is any. */
interface Whose {
  readonly customer: number | null
  readonly agent: number | null
}

/** One list of events, newest first: by `occurredAt`, then by sequence. */
class EventList {
  readonly #tx: Transaction
  readonly #client: number
  readonly #zone: string
  readonly #query: EventQuery
  readonly #whose: Whose
  /** Whether it is of one customer or agent, whose events are counted. */
  readonly #isCounted: boolean

  constructor(tx: Transaction, client: number, zone: string, query: EventQuery, whose: Whose) {
    this.#tx = tx
    this.#client = client
    this.#zone = zone
    this.#query = query
    this.#whose = whose
    this.#isCounted = whose.customer !== null || whose.agent !== null
  }

  /** The total, and the rows of the page with one more, which tells whether another page follows. */
  async read(): Promise<{ total: number; rows: ListedEvent[] }> {
    const { range, position, pageSize } = this.#query
    if (this.#isCounted) {
      const total = await this.#count(range)
      const skip = 'page' in position ? (position.page - 1) * pageSize : 0
      return { total, rows: skip < total ? await this.#rows(range, pageSize + 1, skip) : [] }
    }
    const stretches = await this.#stretches()
    const total = stretches.reduce((sum, { events }) => sum + events, 0)
    if ('after' in position) return { total, rows: await this.#rowsAfter(stretches, position.after.occurredAt) }
    return { total, rows: await this.#rowsFrom(stretches, (position.page - 1) * pageSize) }
  }

  /** The range, newest first, as days and what is left of it around whole quarter hours. */
  async #stretches(): Promise<Stretch[]> {
    const { slots, edges } = planSlots(this.#query.range)
    const counted = await Promise.all(edges.map(async (edge) => ({ ...edge, events: await this.#count(edge) })))
    const days = slots === null ? [] : await this.#days(slots)
    return [...counted, ...days].filter(({ events }) => events > 0).sort((a, b) => b.from - a.from)
  }

  async #days(slots: TimeRange): Promise<Stretch[]> {
    const first = localSlot(this.#zone, slots.from).date
    const last = localSlot(this.#zone, slots.to - 1).date
    const rows = await rowsOf(
      this.#tx,
      sql<{ local_date: string; events: number }>`select local_date, sum(events) as events from event_days
        where ${this.#ofDays()} and local_date >= ${first} and local_date <= ${last} group by local_date`,
    )
    return Promise.all(
      rows.map(async ({ local_date, events }) => {
        const from = Math.max(startOfDay(this.#zone, local_date), slots.from)
        const to = Math.min(startOfDay(this.#zone, addDays(local_date, 1)), slots.to)
        const isWhole = local_date !== first && local_date !== last
        return { from, to, events: isWhole ? events : sumOf(await this.#slotsOf({ from, to })) }
      }),
    )
  }

  /** The quarter hours of a stretch in which there are events, newest first. */
  async #slotsOf(stretch: TimeRange): Promise<Stretch[]> {
    const { date } = localSlot(this.#zone, stretch.from)
    const rows = await rowsOf(
      this.#tx,
      sql<Pick<EventDayRow, 'slots'>>`select slots from event_days where ${this.#ofDays()} and local_date = ${date}`,
    )
    const counts = new Map<number, number>()
    for (const { slots } of rows) {
      const { keys, columns } = decodePage(slots)
      const [events] = columns as [Float64Array]
      for (const [i, key] of keys.entries()) counts.set(key, (counts.get(key) ?? 0) + (events[i] as number))
    }
    return [...counts]
      .map(([slot, events]) => ({ from: slot * SLOT_MS, to: (slot + 1) * SLOT_MS, events }))
      .filter(({ from, to, events }) => from >= stretch.from && to <= stretch.to && events > 0)
      .sort((a, b) => b.from - a.from)
  }

  async #rowsFrom(stretches: readonly Stretch[], offset: number): Promise<ListedEvent[]> {
    const place = placeOf(stretches, offset)
    if (place === null) return []
    const { stretch, rest, skip } = place
    if (skip === 0) return this.#rowsDown(stretch, rest, 0)
    // Skipping inside a quarter hour is cheap, inside a busy day it is not.
    const part = placeOf(await this.#partsOf(stretch), skip) as Place
    return this.#rowsDown({ from: stretch.from, to: part.stretch.to }, rest, part.skip)
  }

  async #rowsAfter(stretches: readonly Stretch[], occurredAt: number): Promise<ListedEvent[]> {
    const rest = stretches.filter(({ from }) => from <= occurredAt)
    const [first, ...others] = rest
    if (first === undefined) return []
    // The position's own instant may hold events before and after it: the condition on the position tells them apart.
    const to = Math.min(first.to, slotOf(occurredAt) + SLOT_MS)
    return this.#rowsDown({ from: first.from, to }, others, 0)
  }

  /** One page of rows, newest first, from the end of `first` on. */
  async #rowsDown(first: TimeRange, rest: readonly Stretch[], skip: number): Promise<ListedEvent[]> {
    const { event, direction, range, pageSize } = this.#query
    const wanted = pageSize + 1
    if (event === null && direction === null) return this.#rows({ from: range.from, to: first.to }, wanted, skip)
    const rows: ListedEvent[] = []
    let toSkip = skip
    for (const stretch of [first, ...rest]) {
      const parts = [...(await this.#partsOf(stretch))].reverse()
      for (let run = parts.pop(); run !== undefined && rows.length < wanted; run = parts.pop()) {
        // Neighbours are read together, as many as are surely needed.
        for (let next = parts.at(-1); next?.to === run.from && run.events < wanted - rows.length + toSkip;) {
          run = { from: next.from, to: run.to, events: run.events + next.events }
          parts.pop()
          next = parts.at(-1)
        }
        rows.push(...(await this.#rows(run, wanted - rows.length, toSkip)))
        toSkip = 0
      }
    }
    return rows
  }

  /** A day's quarter hours; what is shorter than one, as it is. */
  async #partsOf(stretch: TimeRange & Partial<Stretch>): Promise<readonly Stretch[]> {
    const isSlots = stretch.from % SLOT_MS === 0 && stretch.to % SLOT_MS === 0
    return isSlots ? this.#slotsOf(stretch) : [{ from: stretch.from, to: stretch.to, events: stretch.events ?? 1 }]
  }

  /** Told both ends, PostgreSQL's planner may read and sort all of a long range: the start is looked at here. */
  async #rows({ from, to }: TimeRange, limit: number, skip: number): Promise<ListedEvent[]> {
    const { position } = this.#query
    const after =
      'after' in position
        ? sql`and (occurred_at, sequence) < (${position.after.occurredAt}, ${position.after.sequence})`
        : sql``
    const isShort = to - from <= SLOT_MS || this.#isCounted
    const rows = await rowsOf(
      this.#tx,
      sql<ListedEvent>`select ${COLUMNS} from events where ${this.#matching()} and occurred_at < ${to} ${after}
        ${isShort || this.#query.event !== null || this.#query.direction !== null ? sql`and occurred_at >= ${from}` : sql``}
        order by occurred_at desc, sequence desc limit ${limit} offset ${skip}`,
    )
    return rows.filter((row) => row.occurred_at >= from)
  }

  async #count({ from, to }: TimeRange): Promise<number> {
    const [counted] = (await rowsOf(
      this.#tx,
      sql<{ count: number }>`select count(*) as count from events
        where ${this.#matching()} and occurred_at >= ${from} and occurred_at < ${to}`,
    )) as [{ count: number }]
    return counted.count
  }

  #matching() {
    const { event, direction } = this.#query
    const { customer, agent } = this.#whose
    return sql`client = ${this.#client}
      ${customer === null ? sql`` : sql`and customer = ${customer}`}
      ${agent === null ? sql`` : sql`and by_agent = ${agent}`}
      ${event === null ? sql`` : sql`and event = ${event}`}
      ${direction === null ? sql`` : sql`and direction = ${directionCode(direction)}`}`
  }

  /** The days' counts of the events that are asked for. */
  #ofDays() {
    const { event, direction } = this.#query
    return sql`client = ${this.#client} and event = ${event ?? ANY_EVENT}
      ${direction === null ? sql`` : sql`and direction = ${directionCode(direction)}`}`
  }
}

function sumOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { events }) => sum + events, 0)
}
