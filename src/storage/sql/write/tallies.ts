/** What a batch changes in the tallies of one client: gathered first, then each touched day is written once. */
import { localSlot, slotOf } from '../../../core/calendar.js'
import { decodePage, encodePage, mergePages, pageOf, type Page } from '../../../core/page.js'
import { contribution, COUNTERS, type CountedCall } from '../../../core/tally.js'
import { SLOT_MS } from '../../../core/instants.js'
import type { NewEvent } from '../../port/events.js'
import { find, insert } from '../bulk.js'
import type { DayRow, EventDayRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import type { Transaction, Value } from '../transaction.js'

/** The name under which events of any name are counted: no event has it. */
export const ANY_EVENT = ''

const WIDTH = COUNTERS.length
const SECONDS = COUNTERS.indexOf('seconds')

interface DayChange {
  calls: number
  seconds: number
  /** Changes of the counters of each quarter hour. */
  readonly slots: Map<number, number[]>
}

interface EventDayChange {
  readonly event: string
  readonly date: string
  readonly direction: number
  events: number
  readonly slots: Map<number, number>
}

type StoredDay = Pick<DayRow, 'local_date' | 'calls' | 'seconds' | 'slots'>
type StoredEventDay = Omit<EventDayRow, 'client'>

export const daysByDate = find<StoredDay>('local_date, calls, seconds, slots', 'days', ['local_date'])
export const putDays = insert('days', ['local_date', 'changed', 'calls', 'seconds', 'slots'], ['local_date'])
const eventDaysByDate = find<StoredEventDay>('event, local_date, direction, events, slots', 'event_days', [
  'event',
  'local_date',
])
export const putEventDays = insert(
  'event_days',
  ['event', 'local_date', 'direction', 'events', 'slots'],
  ['event', 'local_date', 'direction'],
)

/** An event's name, and a local date. */
type EventDate = readonly [event: string, date: string]

/** Days, or days of an event's name, of which a client's tallies are remembered: a ribbon reports what happens now. */
const MOST_DATES = 100

/** Tallies as they are stored, of the days that were asked for. */
export class StoredTallies {
  readonly #days = new Map<string, StoredDay | undefined>()
  readonly #eventDays = new Map<string, StoredEventDay>()
  readonly #eventDates = new Set<string>()

  /** Reads those that neither these nor the others have. */
  async read(
    tx: Transaction,
    client: number,
    dates: Iterable<string>,
    eventDates: Iterable<EventDate>,
    others: StoredTallies = NONE,
  ): Promise<void> {
    const newDates: [string][] = []
    for (const date of dates) {
      if (this.#days.has(date) || others.#days.has(date)) continue
      this.#days.set(date, undefined)
      newDates.push([date])
    }
    const newEventDates: EventDate[] = []
    for (const [event, date] of eventDates) {
      const key = `${date}\0${event}`
      if (this.#eventDates.has(key) || others.#eventDates.has(key)) continue
      this.#eventDates.add(key)
      newEventDates.push([event, date])
    }
    const [days, eventDays] = await Promise.all([
      daysByDate(tx, client, newDates),
      eventDaysByDate(tx, client, newEventDates),
    ])
    for (const day of days) this.setDay(day)
    for (const day of eventDays) this.setEventDay(day)
  }

  /** Takes over what the others know. */
  add(others: StoredTallies): void {
    for (const [date, day] of others.#days) this.#days.set(date, day)
    for (const [key, day] of others.#eventDays) this.#eventDays.set(key, day)
    for (const key of others.#eventDates) this.#eventDates.add(key)
  }

  /** Whether it is more than is worth remembering. */
  get isLarge(): boolean {
    return this.#days.size > MOST_DATES || this.#eventDates.size > MOST_DATES
  }

  setDay(day: StoredDay): void {
    this.#days.set(day.local_date, day)
  }

  setEventDay(day: StoredEventDay): void {
    this.#eventDays.set(keyOf(day.event, day.local_date, day.direction), day)
  }

  day(date: string): StoredDay | undefined {
    return this.#days.get(date)
  }

  eventDay(event: string, date: string, direction: number): StoredEventDay | undefined {
    return this.#eventDays.get(keyOf(event, date, direction))
  }
}

const NONE = new StoredTallies()

/**
 * Reads the tallies that these events most likely change, where they are not remembered: what else turns out to be needed is
 * read later.
 */
export async function talliesAhead(
  { tx, remembered }: Session,
  client: number,
  events: readonly NewEvent[],
): Promise<StoredTallies> {
  const ahead = new StoredTallies()
  const last = remembered.get(client)
  if (last === undefined) return ahead
  const dates = new Set<string>()
  const eventDates: EventDate[] = []
  for (const { event, occurredAt } of events) {
    const { date } = localSlot(last.timezone, occurredAt)
    dates.add(date)
    eventDates.push([event, date], [ANY_EVENT, date])
  }
  await ahead.read(tx, client, dates, eventDates, last.tallies)
  return ahead
}

export class TallyChanges {
  readonly #zone: string
  readonly #days = new Map<string, DayChange>()
  readonly #eventDays = new Map<string, EventDayChange>()
  readonly #stored: StoredTallies

  /**
   * @param zone the IANA zone of the client's days
   * @param stored some of the client's tallies as they are stored now
   */
  constructor(zone: string, stored: StoredTallies) {
    this.#zone = zone
    this.#stored = stored
  }

  /** Takes tallies that were read in the same transaction, before anything changed them. */
  knows(stored: StoredTallies): void {
    this.#stored.add(stored)
  }

  /** Replaces what a call is counted by. Its day counts as changed even where no counter is another: its customer may be. */
  moveCall(before: CountedCall | null, after: CountedCall | null): void {
    if (before !== null) this.#addCall(before, -1)
    if (after !== null) this.#addCall(after, 1)
  }

  /** Counts an event in (`by` 1) or out again (−1). */
  countEvent(event: { occurredAt: number; event: string; direction: number }, by: number): void {
    const { date } = localSlot(this.#zone, event.occurredAt)
    const slot = slotOf(event.occurredAt) / SLOT_MS
    this.#addEvent(event.event, date, event.direction, slot, by)
    this.#addEvent(ANY_EVENT, date, event.direction, slot, by)
  }

  /**
   * Adds the changes to the stored tallies.
   * @param sequence of the last event of the transaction
   * @returns the change of the client's totals, and tallies as they are stored now
   */
  async write(
    tx: Transaction,
    client: number,
    sequence: number,
  ): Promise<{ readonly total: { calls: number; seconds: number }; readonly tallies: StoredTallies }> {
    const eventChanges = [...this.#eventDays.values()].filter(({ slots }) => slots.size > 0)
    const stored = this.#stored
    await stored.read(
      tx,
      client,
      this.#days.keys(),
      eventChanges.map(({ event, date }) => [event, date]),
    )
    const total = { calls: 0, seconds: 0 }
    const dayRows: Value[][] = []
    for (const [date, change] of this.#days) {
      const day = stored.day(date)
      const calls = (day?.calls ?? 0) + change.calls
      const seconds = (day?.seconds ?? 0) + change.seconds
      const slots = addToPage(day?.slots, change.slots, WIDTH)
      stored.setDay({ local_date: date, calls, seconds, slots })
      dayRows.push([date, sequence, calls, seconds, slots])
      total.calls += change.calls
      total.seconds += change.seconds
    }
    putDays(tx, client, dayRows)

    const eventRows = eventChanges.map((change): Value[] => {
      const { event, date, direction } = change
      const day = stored.eventDay(event, date, direction)
      const counts = new Map([...change.slots].map(([slot, count]) => [slot, [count]]))
      const events = (day?.events ?? 0) + change.events
      const slots = addToPage(day?.slots, counts, 1)
      stored.setEventDay({ event, local_date: date, direction, events, slots })
      return [event, date, direction, events, slots]
    })
    putEventDays(tx, client, eventRows)
    return { total, tallies: stored.isLarge ? new StoredTallies() : stored }
  }

  #addCall(call: CountedCall, sign: 1 | -1): void {
    const { date } = localSlot(this.#zone, call.startAt)
    let day = this.#days.get(date)
    if (day === undefined) this.#days.set(date, (day = { calls: 0, seconds: 0, slots: new Map() }))
    addToDay(day, call, sign)
  }

  #addEvent(event: string, date: string, direction: number, slot: number, by: number): void {
    const key = keyOf(event, date, direction)
    let day = this.#eventDays.get(key)
    if (day === undefined) {
      this.#eventDays.set(key, (day = { event, date, direction, events: 0, slots: new Map() }))
    }
    day.events += by
    day.slots.set(slot, (day.slots.get(slot) ?? 0) + by)
  }
}

function addToDay(day: DayChange, call: CountedCall, sign: 1 | -1): void {
  const tally = contribution(call)
  const slot = slotOf(call.startAt) / SLOT_MS
  let counts = day.slots.get(slot)
  if (counts === undefined) day.slots.set(slot, (counts = new Array<number>(WIDTH).fill(0)))
  for (let i = 0; i < WIDTH; i++) {
    counts[i] = (counts[i] as number) + sign * tally[COUNTERS[i] as keyof typeof tally]
  }
  day.calls += sign
  day.seconds += sign * tally.seconds
}

/** What all calls of a local day count to. */
export function dayOfCalls(calls: Iterable<CountedCall>): Pick<DayRow, 'calls' | 'seconds' | 'slots'> {
  const day: DayChange = { calls: 0, seconds: 0, slots: new Map() }
  for (const call of calls) addToDay(day, call, 1)
  return { calls: day.calls, seconds: day.seconds, slots: addToPage(undefined, day.slots, WIDTH) }
}

/** How many events there were in each quarter hour of a local day. */
export function slotsOfEvents(slots: ReadonlyMap<number, number>): Uint8Array {
  return addToPage(undefined, new Map([...slots].map(([slot, count]) => [slot, [count]])), 1)
}

/** Names hold no NUL, so no two keys run together. */
function keyOf(event: string, date: string, direction: number): string {
  return `${date}\0${String(direction)}\0${event}`
}

function addToPage(stored: Uint8Array | undefined, changes: ReadonlyMap<number, readonly number[]>, width: number) {
  const sorted = [...changes].sort(([a], [b]) => a - b)
  const change = pageOf(sorted, width)
  return encodePage(
    stored === undefined ? withoutZeros(change, width) : mergePages([decodePage(stored), change], width),
  )
}

function withoutZeros(page: Page, width: number): Page {
  return mergePages([page], width)
}

/** All tallies of a client, sorted into the days of another zone: quarter hours lie whole in the days of every zone. */
export function rezoned(days: readonly Pick<DayRow, 'slots'>[], zone: string): Omit<DayRow, 'client' | 'changed'>[] {
  const byDate = new Map<string, [number, number[]][]>()
  for (const { slots } of days) {
    for (const [slot, counts] of rowsOfPage(decodePage(slots))) {
      const { date } = localSlot(zone, slot * SLOT_MS)
      const rows = byDate.get(date) ?? []
      byDate.set(date, rows)
      rows.push([slot, counts])
    }
  }
  return [...byDate].map(([local_date, rows]) => {
    const sum = (column: number) => rows.reduce((total, [, counts]) => total + (counts[column] as number), 0)
    const sorted = rows.sort(([a], [b]) => a - b)
    return { local_date, calls: sum(0), seconds: sum(SECONDS), slots: encodePage(pageOf(sorted, WIDTH)) }
  })
}

/** As `rezoned`, for the events of one name and direction. */
export function rezonedEvents(
  days: readonly Pick<EventDayRow, 'event' | 'direction' | 'slots'>[],
  zone: string,
): Omit<EventDayRow, 'client'>[] {
  const byKey = new Map<string, { event: string; direction: number; date: string; rows: [number, number[]][] }>()
  for (const { event, direction, slots } of days) {
    for (const [slot, counts] of rowsOfPage(decodePage(slots))) {
      const { date } = localSlot(zone, slot * SLOT_MS)
      const key = keyOf(event, date, direction)
      const day = byKey.get(key) ?? { event, direction, date, rows: [] }
      byKey.set(key, day)
      day.rows.push([slot, counts])
    }
  }
  return [...byKey.values()].map(({ event, direction, date, rows }) => {
    const events = rows.reduce((total, [, counts]) => total + (counts[0] as number), 0)
    const slots = encodePage(
      pageOf(
        rows.sort(([a], [b]) => a - b),
        1,
      ),
    )
    return { event, local_date: date, direction, events, slots }
  })
}

function* rowsOfPage({ keys, columns }: Page): Generator<[number, number[]]> {
  for (const [i, key] of keys.entries()) yield [key, columns.map((column) => column[i] as number)]
}
