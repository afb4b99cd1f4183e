/** Clients and their keys, and what all clients come to. */
import type { Feature, Plan, WindowUnit } from '../../../core/vocabulary/clients.js'
import type { KeyKind, KeyScope } from '../../../core/vocabulary/keys.js'
import type { Client, ClientListing, ClientTotals, ClientWindow } from '../../port/clients.js'
import type { KeyHolder, StoredApiKey } from '../../port/keys.js'
import type { ApiKeyRow, ClientRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { join, raw, rowOf, rowsOf, sql } from '../transaction.js'

type StoredClient = Omit<ClientRow, 'client' | 'created_at'>

/** Of one that was deleted only its id is left. */
const THERE = raw(`clients.status <> 'deleted'`)

const COLUMNS = raw(
  [
    'client_id',
    'name',
    'plan',
    'monthly_limit',
    'features',
    'allowed_domains',
    'timezone',
    'region',
    'retention_months',
    'missed_call_window_hours',
    'missed_call_window_in',
    'sealed_exotel',
    'sealed_exotel_api',
    'status',
    'require_agent_sessions',
    'deletes_at',
    'retention_paused',
  ]
    .map((column) => `clients.${column}`)
    .join(', '),
)

function clientOf(row: StoredClient): Client {
  return {
    clientId: row.client_id,
    name: row.name,
    plan: row.plan as Plan,
    monthlyLimit: row.monthly_limit,
    features: JSON.parse(row.features) as Feature[],
    allowedDomains: JSON.parse(row.allowed_domains) as string[],
    timezone: row.timezone,
    region: row.region,
    retentionMonths: row.retention_months,
    retentionPaused: row.retention_paused === 1,
    missedCallWindowHours: row.missed_call_window_hours,
    missedCallWindowIn: row.missed_call_window_in as WindowUnit,
    sealedExotel: row.sealed_exotel,
    sealedExotelApi: row.sealed_exotel_api,
    status: row.deletes_at === null ? (row.status as Client['status']) : 'deleting',
    requireAgentSessions: row.require_agent_sessions === 1,
    deletesAt: row.deletes_at,
  }
}

/** See `Storage.clientByKeyHash`. */
export async function clientByKeyHash({ tx }: Session, apiKeyHash: string): Promise<KeyHolder | null> {
  const row = await rowOf(
    tx,
    sql<StoredClient & StoredKey>`select ${COLUMNS}, ${KEY_COLUMNS}
      from api_keys join clients on clients.client = api_keys.client where api_keys.key_hash = ${apiKeyHash}`,
  )
  return row === undefined ? null : { ...clientOf(row), key: keyOf(row) }
}

/** A client has a name, too. */
type StoredKey = Omit<ApiKeyRow, 'client' | 'name'> & { readonly key_name: ApiKeyRow['name'] }

const KEY_COLUMNS = raw(
  [
    'key_hash',
    'hint',
    'created_at',
    'revoked_at',
    'kind',
    'scopes',
    'name as key_name',
    'last_used_at',
    'addresses',
    'mask_numbers',
  ]
    .map((column) => `api_keys.${column}`)
    .join(', '),
)

function keyOf(row: StoredKey): StoredApiKey {
  return {
    keyHash: row.key_hash,
    hint: row.hint,
    kind: row.kind as KeyKind,
    scopes: row.scopes === '' ? [] : (row.scopes.split(' ') as KeyScope[]),
    name: row.key_name,
    createdAt: row.created_at,
    endsAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    addresses: row.addresses === null ? null : row.addresses.split(' '),
    maskNumbers: row.mask_numbers === 1,
  }
}

type ListedClient = StoredClient & Pick<ClientRow, 'created_at'> & { readonly hint: string | null }

const LISTED = sql`select ${COLUMNS}, clients.created_at,
    (select hint from api_keys where api_keys.client = clients.client and api_keys.revoked_at is null
      and api_keys.kind <> 'callback' order by api_keys.created_at, api_keys.key_hash limit 1) as hint
  from clients`

function listingOf(row: ListedClient): ClientListing {
  return { ...clientOf(row), createdAt: row.created_at, apiKeyHint: row.hint }
}

/** See `Storage.client`. */
export async function client({ tx }: Session, clientId: string): Promise<ClientListing | null> {
  const row = await rowOf(tx, sql<ListedClient>`${LISTED} where clients.client_id = ${clientId} and ${THERE}`)
  return row === undefined ? null : listingOf(row)
}

/** See `Storage.apiKeys`. */
export async function apiKeys({ tx }: Session, clientId: string): Promise<readonly StoredApiKey[]> {
  const rows = await rowsOf(
    tx,
    sql<StoredKey>`select ${KEY_COLUMNS}
      from clients join api_keys on api_keys.client = clients.client
      where clients.client_id = ${clientId} order by api_keys.created_at, key_hash`,
  )
  return rows.map(keyOf)
}

/** See `Storage.allClients`. A client with several keys is listed with its oldest. */
export async function allClients({ tx }: Session, { after, limit }: ClientWindow): Promise<readonly ClientListing[]> {
  const rows = await rowsOf(
    tx,
    sql<ListedClient>`${LISTED} where clients.client_id > ${after} and ${THERE} order by clients.client_id limit ${limit}`,
  )
  return rows.map(listingOf)
}

/** See `Storage.allClientTotals`: the days of the months asked for are added up, all other time is one row a client. */
export async function allClientTotals(
  { tx }: Session,
  { after, limit }: ClientWindow,
  fromMonth: string,
): Promise<readonly ClientTotals[]> {
  const listed = await rowsOf(
    tx,
    sql<{ client: number; client_id: string }>`select client, client_id from clients
      where client_id > ${after} and ${THERE} order by client_id limit ${limit}`,
  )
  if (listed.length === 0) return []
  const numbers = join(listed.map(({ client }) => client))
  const states = await rowsOf(
    tx,
    sql<{ client: number; calls: number; seconds: number }>`select client, calls, seconds from client_state
      where client in (${numbers})`,
  )
  const months = await rowsOf(
    tx,
    sql<{ client: number; month: string; calls: number }>`
      select client, substr(local_date, 1, 7) as month, sum(calls) as calls from days
      where client in (${numbers}) and local_date >= ${`${fromMonth}-01`} group by client, substr(local_date, 1, 7)`,
  )
  const stateOf = new Map(states.map((row) => [row.client, row]))
  return listed.map(({ client, client_id: clientId }) => {
    const { calls, seconds } = stateOf.get(client) as (typeof states)[number]
    const own = months.filter((row) => row.client === client && row.calls > 0)
    return { clientId, calls, seconds, callsByMonth: Object.fromEntries(own.map((row) => [row.month, row.calls])) }
  })
}

interface ClientsSum {
  readonly clients: number
  readonly calls: number
}

/** See `Storage.allClientsSum`. */
export async function allClientsSum({ tx }: Session): Promise<ClientsSum> {
  const [sum] = (await rowsOf(
    tx,
    sql<ClientsSum>`select count(*) as clients, coalesce(sum(calls), 0) as calls
      from client_state`,
  )) as [ClientsSum]
  return sum
}
