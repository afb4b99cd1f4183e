/** Clients and their keys: creating and changing them. */
import { DEFAULT_REGION, DEFAULTS } from '../../../core/defaults.js'
import type { ClientChanges, NewClient } from '../../port/clients.js'
import type { NewApiKey } from '../../port/keys.js'
import { insert } from '../bulk.js'
import type { ClientRow, DayRow, EventDayRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { join, raw, rowOf, rowsOf, run, sql, type Transaction, type Value } from '../transaction.js'
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
        region, retention_months, missed_call_window_hours, missed_call_window_in, sealed_exotel, sealed_exotel_api, status,
        require_agent_sessions, created_at)
      values (${number}, ${client.clientId}, ${client.name}, ${client.plan}, ${client.monthlyLimit},
        ${JSON.stringify(client.features)}, ${JSON.stringify(client.allowedDomains)}, ${client.timezone},
        ${client.region ?? DEFAULT_REGION}, ${client.retentionMonths},
        ${client.missedCallWindowHours ?? DEFAULTS.missedCallWindowHours},
        ${client.missedCallWindowIn ?? DEFAULTS.missedCallWindowIn}, ${client.sealedExotel}, ${sealedApiOf(client)},
        ${client.status}, ${flagOf(client.requireAgentSessions)}, ${client.createdAt})`,
  )
  run(
    tx,
    sql`insert into client_state (client, version, last_sequence, last_customer, calls, seconds, retained_from, dropped_to, has_nameless)
      values (${number}, 0, 0, 0, 0, 0, null, null, 0)`,
  )
  await insertKey(tx, number, { keyHash: client.apiKeyHash, hint: client.apiKeyHint, createdAt: client.createdAt })
  return true
}

/** Creations that were logged before there were such settings have none. */
function flagOf(isSet: boolean | undefined): number {
  return isSet === true ? 1 : 0
}

function sealedApiOf({ sealedExotelApi }: Partial<Pick<NewClient, 'sealedExotelApi'>>): string | null {
  return sealedExotelApi ?? null
}

/** See `Storage.updateClient`. */
export async function updateClient(session: Session, clientId: string, changes: ClientChanges): Promise<boolean> {
  const client = await clientNumber(session, clientId)
  if (client === null) return false
  const { timezone, ...others } = changes
  if (timezone !== undefined) await changeTimezone(session.tx, client, timezone)
  const assignments = Object.entries(others).map(([member, value]) => {
    const kept: Value =
      typeof value === 'boolean'
        ? flagOf(value)
        : typeof value === 'object' && value !== null
          ? JSON.stringify(value)
          : value
    return sql`${raw(COLUMN_OF[member as keyof typeof others])} = ${kept}`
  })
  if (assignments.length > 0) run(session.tx, sql`update clients set ${join(assignments)} where client = ${client}`)
  return true
}

/** The zone is not among them: with it the client's tallies change. */
const COLUMN_OF: Readonly<Record<Exclude<keyof ClientChanges, 'timezone'>, keyof ClientRow>> = {
  name: 'name',
  plan: 'plan',
  monthlyLimit: 'monthly_limit',
  features: 'features',
  allowedDomains: 'allowed_domains',
  retentionMonths: 'retention_months',
  retentionPaused: 'retention_paused',
  missedCallWindowHours: 'missed_call_window_hours',
  missedCallWindowIn: 'missed_call_window_in',
  deletesAt: 'deletes_at',
  requireAgentSessions: 'require_agent_sessions',
  region: 'region',
  sealedExotel: 'sealed_exotel',
  sealedExotelApi: 'sealed_exotel_api',
  status: 'status',
}

/** See `Storage.resealClient`. */
export async function resealClient(session: Session, clientId: string, from: string, to: string): Promise<boolean> {
  const client = await clientNumber(session, clientId)
  const resealed = await rowOf(
    session.tx,
    sql`update clients set sealed_exotel = case sealed_exotel when ${from} then ${to} else sealed_exotel end,
        sealed_exotel_api = case sealed_exotel_api when ${from} then ${to} else sealed_exotel_api end
      where client = ${client} and (sealed_exotel = ${from} or sealed_exotel_api = ${from}) returning client`,
  )
  return resealed !== undefined
}

/** See `Storage.createApiKey`. */
export async function createApiKey(session: Session, clientId: string, key: NewApiKey): Promise<boolean> {
  const client = await clientNumber(session, clientId)
  if (client === null) return false
  return insertKey(session.tx, client, key)
}

/** Creations that were logged before there were kinds name none. @returns whether the client did not have the key */
async function insertKey(tx: Transaction, client: number, key: NewApiKey): Promise<boolean> {
  const { keyHash, hint, createdAt, kind = 'full', scopes = [], name = null, endsAt = null, addresses = null } = key
  const masks = key.maskNumbers === true ? 1 : 0
  const from = addresses === null ? null : addresses.join(' ')
  const inserted = await rowOf(
    tx,
    sql`insert into api_keys (client, key_hash, hint, created_at, revoked_at, kind, scopes, name, last_used_at, addresses,
        mask_numbers)
      values (${client}, ${keyHash}, ${hint}, ${createdAt}, ${endsAt}, ${kind}, ${scopes.join(' ')}, ${name}, null, ${from}, ${masks})
      on conflict do nothing returning client`,
  )
  return inserted !== undefined
}

/** See `Storage.revokeApiKey`. */
export async function revokeApiKey(session: Session, clientId: string, keyHash: string, at: number): Promise<boolean> {
  const client = await clientNumber(session, clientId)
  const revoked = await rowOf(
    session.tx,
    sql`update api_keys set revoked_at = ${at}
      where client = ${client} and key_hash = ${keyHash} and (revoked_at is null or revoked_at > ${at}) returning client`,
  )
  return revoked !== undefined
}

/** See `Storage.touchApiKey`. */
export async function touchApiKey(session: Session, clientId: string, keyHash: string, now: number): Promise<void> {
  const client = await clientNumber(session, clientId)
  run(session.tx, sql`update api_keys set last_used_at = ${now} where client = ${client} and key_hash = ${keyHash}`)
}

/**
 * Sorts a client's tallies into the days of another zone. Pages go: they are of days that are no longer. Every day counts as
 * changed by the last event: of a day whose calls have all gone nothing is left that could say when, and memory may still have
 * what was counted of it when the zone was this one before.
 */
async function changeTimezone(tx: Transaction, client: number, timezone: string): Promise<void> {
  const state = await lockClient(tx, client)
  if (state.timezone === timezone) return
  const days = await rowsOf(tx, sql<Pick<DayRow, 'slots'>>`select slots from days where client = ${client}`)
  const eventDays = await rowsOf(
    tx,
    sql<Pick<EventDayRow, 'event' | 'direction' | 'slots'>>`select event, direction, slots from event_days
      where client = ${client}`,
  )
  for (const table of ['days', 'event_days', 'pages']) run(tx, sql`delete from ${raw(table)} where client = ${client}`)
  insertDays(
    tx,
    client,
    rezoned(days, timezone).map((day) => [day.local_date, state.last_sequence, day.calls, day.seconds, day.slots]),
  )
  insertEventDays(
    tx,
    client,
    rezonedEvents(eventDays, timezone).map((day) => [day.event, day.local_date, day.direction, day.events, day.slots]),
  )
  run(tx, sql`update clients set timezone = ${timezone} where client = ${client}`)
  saveClientState(tx, client, state)
}
