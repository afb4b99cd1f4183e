/** Events that do not say their direction take their call's, also when it turns out to be another. */
import type { EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, run, sql } from '../transaction.js'
import type { CallState } from './calls.js'
import type { TallyChanges } from './tallies.js'

type Turned = Pick<EventRow, 'event' | 'occurred_at' | 'direction'>

/** Updates events that were stored before their call began, or before its direction changed. */
export async function takeDirections(
  session: Session,
  client: number,
  calls: readonly CallState[],
  changes: TallyChanges,
): Promise<void> {
  for (const call of calls) {
    if (call.row === null || call.dropped || call.direction === call.storedDirection) continue
    await turnEvents(session, client, call.number, call.direction, changes)
  }
}

/** Gives a call's events that say no direction of their own this one: two statements, however many they are. */
export async function turnEvents(
  { tx }: Session,
  client: number,
  call: number,
  direction: number,
  changes: TallyChanges,
): Promise<void> {
  const others = sql`client = ${client} and call = ${call} and own_direction = 0 and direction <> ${direction}`
  const turned = await rowsOf(tx, sql<Turned>`select event, occurred_at, direction from events where ${others}`)
  if (turned.length === 0) return
  run(tx, sql`update events set direction = ${direction} where ${others}`)
  for (const { event, occurred_at: occurredAt, direction: before } of turned) {
    changes.countEvent({ event, occurredAt, direction: before }, -1)
    changes.countEvent({ event, occurredAt, direction }, 1)
  }
}
