/** What a batch of events adds to the tallies of one client, gathered before it is written. */
import { localSlot, monthOf, slotOf } from '../../core/calendar.js'
import type { DerivedCall } from '../../core/call.js'
import { add, contribution, isZero, subtract, ZERO, type Tally } from '../../core/tally.js'
import { DAY_MS } from '../../core/zone.js'
import { upsert, type Row, type Transaction } from './bulk.js'
import { HOUR_COLUMNS, type EventsTable } from './database.js'

/** The customer-tally period of all time. */
export const ALL_TIME = ''

/** The start of the UTC day that an instant is in, in epoch milliseconds. */
export function utcDayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS
}

/** The customer-tally period of a UTC day's events. */
export function utcPeriod(dayAt: number): string {
  return `${new Date(dayAt).toISOString().slice(0, 10)}Z`
}

type CountedCall = Parameters<typeof contribution>[0] & Pick<DerivedCall, 'startAt' | 'customerId'>
type CountedEvent = Pick<EventsTable, 'occurred_at' | 'event' | 'direction' | 'customer_id'>

/** Two of a kind for the same key are counted together: names hold no NUL, so no two keys run together. */
function gather<R extends { events: number }>(rows: Map<string, R>, key: string, row: R): void {
  const before = rows.get(key)
  rows.set(key, before === undefined ? row : { ...row, events: before.events + row.events })
}

export class TallyChanges {
  readonly #clientId: string
  readonly #zone: string
  readonly #slots = new Map<number, Tally>()
  readonly #days = new Map<string, { tally: Tally; hours: number[] }>()
  readonly #customers = new Map<string, Map<string, Tally>>()
  readonly #events = new Map<string, Row<'event_tallies'>>()
  readonly #customerEvents = new Map<string, Row<'customer_tallies'>>()

  /** @param zone the IANA zone in which the client's day tallies are kept */
  constructor(clientId: string, zone: string) {
    this.#clientId = clientId
    this.#zone = zone
  }

  /** Replaces what a call contributed by what it contributes now. */
  moveCall(before: CountedCall | null, after: DerivedCall): void {
    if (before !== null) this.#applyCall(before, -1)
    this.#applyCall(after, 1)
  }

  #applyCall(call: CountedCall, sign: 1 | -1): void {
    const change = sign === 1 ? contribution(call) : subtract(ZERO, contribution(call))
    const slotAt = slotOf(call.startAt)
    this.#slots.set(slotAt, add(this.#slots.get(slotAt) ?? ZERO, change))
    const { date, hour } = localSlot(this.#zone, call.startAt)
    let day = this.#days.get(date)
    if (day === undefined) this.#days.set(date, (day = { tally: ZERO, hours: HOUR_COLUMNS.map(() => 0) }))
    day.tally = add(day.tally, change)
    day.hours[hour] = Number(day.hours[hour]) + sign
    if (call.customerId === null) return
    let periods = this.#customers.get(call.customerId)
    if (periods === undefined) this.#customers.set(call.customerId, (periods = new Map<string, Tally>()))
    for (const period of [ALL_TIME, monthOf(date), date]) {
      periods.set(period, add(periods.get(period) ?? ZERO, change))
    }
  }

  /** Counts an event in (`by` 1) or out again (`by` −1). */
  countEvent({ occurred_at, event, direction, customer_id }: CountedEvent, by: number): void {
    const client_id = this.#clientId
    const dayAt = utcDayOf(occurred_at)
    const name = `${event}\0${direction}`
    for (const [grain, period_at] of [
      ['day', dayAt],
      ['slot', slotOf(occurred_at)],
    ] as const) {
      const row = { client_id, grain, period_at, event, direction, events: by }
      gather(this.#events, `${grain}\0${String(period_at)}\0${name}`, row)
    }
    if (customer_id === null) return
    const period = utcPeriod(dayAt)
    const row = { client_id, customer_id, period, event, direction, events: by, ...customerCounters(ZERO) }
    gather(this.#customerEvents, `${period}\0${name}\0${customer_id}`, row)
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

    const customers = [...this.#customerEvents.values()].filter(({ events }) => events !== 0)
    for (const [customer_id, periods] of this.#customers) {
      for (const [period, tally] of periods) {
        if (isZero(tally)) continue
        customers.push({
          client_id,
          customer_id,
          period,
          event: '',
          direction: '',
          events: 0,
          ...customerCounters(tally),
        })
      }
    }
    await upsert(tx, 'customer_tallies', customers, {
      key: ['client_id', 'customer_id', 'period', 'event', 'direction'],
      how: 'add',
    })

    const events = [...this.#events.values()].filter(({ events }) => events !== 0)
    await upsert(tx, 'event_tallies', events, {
      key: ['client_id', 'grain', 'period_at', 'event', 'direction'],
      how: 'add',
    })
  }
}

function customerCounters({ calls, inbound, outbound, answered, missed, ended, seconds }: Tally) {
  return { calls, inbound, outbound, answered, missed, ended, seconds }
}
