/** What a batch of events adds to the tallies of one client, gathered before it is written. */
import { localSlot, monthOf, slotOf } from '../../core/calendar.js'
import type { DerivedCall } from '../../core/call.js'
import { add, contribution, isZero, subtract, ZERO, type Tally } from '../../core/tally.js'
import { upsert, type Row, type Transaction } from './bulk.js'
import { HOUR_COLUMNS, type EventsTable } from './database.js'

export const UTC_DAY_MS = 24 * 60 * 60 * 1000

/** The event-tally key of all customers together. */
export const ALL_CUSTOMERS = ''

/** The customer-tally period of all time. */
export const ALL_TIME = ''

type CountedEvent = Pick<EventsTable, 'occurred_at' | 'event' | 'direction' | 'customer_id'>

export class TallyChanges {
  readonly #clientId: string
  readonly #zone: string
  readonly #slots = new Map<number, Tally>()
  readonly #days = new Map<string, { tally: Tally; hours: number[] }>()
  readonly #customers = new Map<string, Map<string, Tally>>()
  readonly #events = new Map<string, Row<'event_tallies'>>()

  /** @param zone the IANA zone in which the client's day tallies are kept */
  constructor(clientId: string, zone: string) {
    this.#clientId = clientId
    this.#zone = zone
  }

  /** Replaces what a call contributed by what it contributes now. */
  moveCall(before: DerivedCall | null, after: DerivedCall): void {
    if (before !== null) this.#applyCall(before, -1)
    this.#applyCall(after, 1)
  }

  #applyCall(call: DerivedCall, sign: 1 | -1): void {
    const change = sign === 1 ? contribution(call) : subtract(ZERO, contribution(call))
    const slotAt = slotOf(call.startAt)
    this.#slots.set(slotAt, add(this.#slots.get(slotAt) ?? ZERO, change))
    const { date, hour } = localSlot(this.#zone, call.startAt)
    let day = this.#days.get(date)
    if (day === undefined) this.#days.set(date, (day = { tally: ZERO, hours: HOUR_COLUMNS.map(() => 0) }))
    day.tally = add(day.tally, change)
    day.hours[hour] = (day.hours[hour] ?? 0) + sign
    if (call.customerId === null) return
    let periods = this.#customers.get(call.customerId)
    if (periods === undefined) this.#customers.set(call.customerId, (periods = new Map<string, Tally>()))
    for (const period of [ALL_TIME, monthOf(date), date]) {
      periods.set(period, add(periods.get(period) ?? ZERO, change))
    }
  }

  /** Counts an event in (`by` 1) or out again (`by` −1). */
  countEvent(event: CountedEvent, by: number): void {
    const dayAt = Math.floor(event.occurred_at / UTC_DAY_MS) * UTC_DAY_MS
    this.#count(ALL_CUSTOMERS, 'day', dayAt, event, by)
    this.#count(ALL_CUSTOMERS, 'slot', slotOf(event.occurred_at), event, by)
    if (event.customer_id !== null) this.#count(event.customer_id, 'day', dayAt, event, by)
  }

  #count(customerId: string, grain: string, periodAt: number, { event, direction }: CountedEvent, by: number): void {
    const key = JSON.stringify([customerId, grain, periodAt, event, direction])
    this.#events.set(key, {
      client_id: this.#clientId,
      customer_id: customerId,
      grain,
      period_at: periodAt,
      event,
      direction,
      events: (this.#events.get(key)?.events ?? 0) + by,
    })
  }

  /** Adds the changes to the stored tallies. */
  async write(tx: Transaction): Promise<void> {
    const client_id = this.#clientId
    const slots: Row<'slot_tallies'>[] = []
    for (const [slot_at, tally] of this.#slots) if (!isZero(tally)) slots.push({ client_id, slot_at, ...tally })
    await upsert(tx, 'slot_tallies', slots, { key: ['client_id', 'slot_at'], how: 'add' })

    const days: Row<'day_tallies'>[] = []
    for (const [local_date, { tally, hours }] of this.#days) {
      if (isZero(tally) && hours.every((calls) => calls === 0)) continue
      const byHour = Object.fromEntries(HOUR_COLUMNS.map((column, hour) => [column, hours[hour]]))
      days.push({ client_id, local_date, ...tally, ...byHour } as Row<'day_tallies'>)
    }
    await upsert(tx, 'day_tallies', days, { key: ['client_id', 'local_date'], how: 'add' })

    const customers: Row<'customer_tallies'>[] = []
    for (const [customer_id, periods] of this.#customers) {
      for (const [period, tally] of periods) {
        if (!isZero(tally)) customers.push({ client_id, customer_id, period, ...tally })
      }
    }
    await upsert(tx, 'customer_tallies', customers, { key: ['client_id', 'customer_id', 'period'], how: 'add' })

    const events = [...this.#events.values()].filter(({ events }) => events !== 0)
    await upsert(tx, 'event_tallies', events, {
      key: ['client_id', 'customer_id', 'grain', 'period_at', 'event', 'direction'],
      how: 'add',
    })
  }
}
