/** Creating clients, and changing the zone that their tallies are kept in. */
import type { NewClient } from '../../port.js'
import { insert } from '../bulk.js'
import type { DayRow, EventDayRow } from '../schema/tables.js'
import { requireClient, type Session } from '../session.js'
import { raw, rowOf, rowsOf, run, sql } from '../transaction.js'
import { lockClient, saveClientState } from './state.js'
import { rezoned, rezonedEvents } from './tallies.js'

const insertDays = insert('days', ['local_date', 'changed', 'calls', 'seconds', 'slots'])
const insertEventDays = insert('event_days', ['event', 'local_date', 'direction', 'events', 'slots'])

/** See `Storage.createClient`. */
export async function createClient({ tx }: Session, client: NewClient): Promise<boolean> {
  // On a server, clients that are created at once would take the same number.
  if (tx.engine === 'postgres') run(tx, sql`lock table clients in share row exclusive mode`)
  const taken = await rowOf(tx, sql`select 1 from clients where client_id = ${client.clientId}`)
  if (taken !== undefined) return false
  const [last] = (await rowsOf(
    tx,
    sql<{ number: number }>`select coalesce(max(client), 0) as number from clients`,
  )) as [{ number: number }]
  const number = last.number + 1
  run(
    tx,
    sql`insert into clients (client, client_id, name, plan, monthly_limit, features, allowed_domains, timezone,
        retention_months, sealed_exotel, status, created_at)
      values (${number}, ${client.clientId}, ${client.name}, ${client.plan}, ${client.monthlyLimit},
        ${JSON.stringify(client.features)}, ${JSON.stringify(client.allowedDomains)}, ${client.timezone},
        ${client.retentionMonths}, ${client.sealedExotel}, ${client.status}, ${client.createdAt})`,
  )
  run(
    tx,
    sql`insert into client_state (client, version, last_sequence, last_customer, calls, seconds, retained_from, dropped_to, has_nameless)
      values (${number}, 0, 0, 0, 0, 0, null, null, 0)`,
  )
  run(
    tx,
    sql`insert into api_keys (client, key_hash, hint, created_at, revoked_at)
      values (${number}, ${client.apiKeyHash}, ${client.apiKeyHint}, ${client.createdAt}, null)`,
  )
  return true
}

/** See `Storage.changeTimezone`. Pages go: they are of days that are no longer. */
export async function changeTimezone(session: Session, clientId: string, timezone: string): Promise<void> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  const state = await lockClient(tx, client)
  if (state.timezone === timezone) return
  const days = await rowsOf(
    tx,
    sql<Pick<DayRow, 'changed' | 'slots'>>`select changed, slots from days where client = ${client}`,
  )
  const eventDays = await rowsOf(
    tx,
    sql<Pick<EventDayRow, 'event' | 'direction' | 'slots'>>`select event, direction, slots from event_days
      where client = ${client}`,
  )
  for (const table of ['days', 'event_days', 'pages']) run(tx, sql`delete from ${raw(table)} where client = ${client}`)
  insertDays(
    tx,
    client,
    rezoned(days, timezone).map((day) => [day.local_date, day.changed, day.calls, day.seconds, day.slots]),
  )
  insertEventDays(
    tx,
    client,
    rezonedEvents(eventDays, timezone).map((day) => [day.event, day.local_date, day.direction, day.events, day.slots]),
  )
  run(tx, sql`update clients set timezone = ${timezone} where client = ${client}`)
  saveClientState(tx, client, state)
}
