import { addDays, localSlot, startOfDay } from '../../../core/calendar.js'
import type { CountedCall } from '../../../core/tally.js'
import { SLOT_MS } from '../../../core/instants.js'
import type { Difference } from '../../port/check.js'
import type { EventDayRow } from '../schema/tables.js'
import { raw, rowOf, rowsOf, run, sql, type Value } from '../transaction.js'
import { COUNTED_COLUMNS, countedOf, IS_COUNTED, type CountedRow } from '../write/calls.js'
import { ANY_EVENT, dayOfCalls, daysByDate, putDays, putEventDays, slotsOfEvents } from '../write/tallies.js'
import type { Checked, Part } from './part.js'

/** Days in one transaction: each reads its calls or events. */
const DAYS = 5

/** A pass over the local days that are counted, or that there is something to count of. */
function overDays(
  table: 'days' | 'event_days',
  instants: { readonly of: 'calls' | 'events'; readonly at: 'start_at' | 'occurred_at' },
  check: (of: Checked, date: string) => Promise<Difference[]>,
): Part {
  const nextDay = async ({ session: { tx }, client, state }: Checked, after: string): Promise<string | null> => {
    const only = table === 'event_days' ? sql`and event = ${ANY_EVENT}` : sql``
    const begins =
      after === '' ? sql`` : sql`and ${raw(instants.at)} >= ${startOfDay(state.timezone, addDays(after, 1))}`
    const [counted, there] = [
      await rowOf(
        tx,
        sql<{ date: string | null }>`select min(local_date) as date from ${raw(table)}
          where client = ${client} ${only} and local_date > ${after}`,
      ),
      await rowOf(
        tx,
        sql<{ at: number | null }>`select min(${raw(instants.at)}) as at from ${raw(instants.of)}
          where client = ${client} and ${raw(instants.at)} is not null ${begins}`,
      ),
    ]
    const dates = [counted?.date ?? null, there?.at == null ? null : localSlot(state.timezone, there.at).date]
    return dates.filter((date) => date !== null).sort()[0] ?? null
  }
  return async (of, after) => {
    let date = String(after ?? '')
    const differences: Difference[] = []
    for (let checked = 0; checked < DAYS; checked++) {
      const next = await nextDay(of, date)
      if (next === null) return { checked, next: null, differences }
      differences.push(...(await check(of, next)))
      date = next
    }
    return { checked: DAYS, next: date, differences }
  }
}

/** The local day, in instants. */
function rangeOf({ state }: Checked, date: string) {
  return { from: startOfDay(state.timezone, date), to: startOfDay(state.timezone, addDays(date, 1)) }
}

/** Tallies of calls: counted again. Calls that were dropped are still counted by what is left of them. */
export const days: Part = overDays('days', { of: 'calls', at: 'start_at' }, async (of, date) => {
  const { session, client, state, mends } = of
  const { tx } = session
  const { from, to } = rangeOf(of, date)
  const rows = await rowsOf(
    tx,
    sql<CountedRow>`select ${COUNTED_COLUMNS} from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and ${IS_COUNTED}`,
  )
  const right = dayOfCalls(rows.map((row) => countedOf(row) as CountedCall))
  const [stored] = await daysByDate(tx, client, [[date]])
  const { calls, seconds, slots } = stored ?? { calls: 0, seconds: 0, slots: right.slots }
  const isRight = right.calls === calls && right.seconds === seconds && isSameBytes(right.slots, slots)
  if (isRight) return []
  if (mends) putDays(tx, client, [[date, state.last_sequence, right.calls, right.seconds, right.slots]])
  return [{ kind: 'days whose tallies are not those of their calls', id: date }]
})

type EventDay = Pick<EventDayRow, 'event' | 'direction' | 'events' | 'slots'>

/** Tallies of events: counted again. Those of days before what is kept go with their events. */
export const eventDays: Part = overDays('event_days', { of: 'events', at: 'occurred_at' }, async (of, date) => {
  const { session, client, state, mends } = of
  const { tx } = session
  const { from, to } = rangeOf(of, date)
  if (from < (state.retained_from ?? -Infinity)) return []
  const counts = await rowsOf(
    tx,
    sql<{ event: string; direction: number; slot: number; events: number }>`
      select event, direction, occurred_at / ${raw(String(SLOT_MS))} as slot, count(*) as events from events
      where client = ${client} and occurred_at >= ${from} and occurred_at < ${to} group by event, direction, slot`,
  )
  const right = new Map<string, EventDay & { readonly counts: Map<number, number> }>()
  for (const { event, direction, slot, events } of counts) {
    for (const name of [event, ANY_EVENT]) {
      const key = `${String(direction)} ${name}`
      const before = right.get(key) ?? {
        event: name,
        direction,
        events: 0,
        slots: NO_BYTES,
        counts: new Map<number, number>(),
      }
      before.counts.set(slot, (before.counts.get(slot) ?? 0) + events)
      right.set(key, { ...before, events: before.events + events })
    }
  }
  const stored = await rowsOf(
    tx,
    sql<EventDay>`select event, direction, events, slots from event_days where client = ${client} and local_date = ${date}`,
  )
  const wrong: Value[][] = []
  for (const { event, direction, events, counts: slots } of right.values()) {
    const bytes = slotsOfEvents(slots)
    const day = stored.find((row) => row.event === event && row.direction === direction)
    if (day?.events === events && isSameBytes(day.slots, bytes)) continue
    wrong.push([event, date, direction, events, bytes])
  }
  const stray = stored.filter((row) => row.events !== 0 && !right.has(`${String(row.direction)} ${row.event}`))
  if (mends) {
    putEventDays(tx, client, wrong)
    for (const { event, direction } of stray) {
      run(
        tx,
        sql`delete from event_days
          where client = ${client} and event = ${event} and local_date = ${date} and direction = ${direction}`,
      )
    }
  }
  if (wrong.length + stray.length === 0) return []
  return [{ kind: 'days whose tallies are not those of their events', id: date }]
})

const NO_BYTES = new Uint8Array(0)

function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
