/** Clients and their keys, and what all clients come to. */
import { sql } from 'kysely'
import type { Feature, Plan } from '../../core/vocabulary.js'
import type { Client, ClientListing, ClientTotals, NewClient } from '../port.js'
import type { ClientsTable, Db } from './database.js'

function clientOf(row: ClientsTable): Client {
  return {
    clientId: row.client_id,
    name: row.name,
    plan: row.plan as Plan,
    monthlyLimit: row.monthly_limit,
    features: JSON.parse(row.features) as Feature[],
    allowedDomains: JSON.parse(row.allowed_domains) as string[],
    timezone: row.timezone,
    retentionMonths: row.retention_months,
    sealedExotel: row.sealed_exotel,
    status: row.status as Client['status'],
  }
}

export async function clientByKeyHash(db: Db, apiKeyHash: string): Promise<Client | null> {
  const row = await db
    .selectFrom('clients')
    .innerJoin('api_keys', 'api_keys.client_id', 'clients.client_id')
    .selectAll('clients')
    .where('api_keys.key_hash', '=', apiKeyHash)
    .where('api_keys.revoked_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : clientOf(row)
}

/** Call inside a transaction. Does nothing when the client exists. */
export async function createClient(db: Db, client: NewClient): Promise<void> {
  const created = await db
    .insertInto('clients')
    .values({
      client_id: client.clientId,
      name: client.name,
      plan: client.plan,
      monthly_limit: client.monthlyLimit,
      features: JSON.stringify(client.features),
      allowed_domains: JSON.stringify(client.allowedDomains),
      timezone: client.timezone,
      retention_months: client.retentionMonths,
      sealed_exotel: client.sealedExotel,
      status: client.status,
      created_at: client.createdAt,
    })
    .onConflict((on) => on.column('client_id').doNothing())
    .returning('client_id')
    .execute()
  if (created.length === 0) return
  await db
    .insertInto('ledgers')
    .values({ client_id: client.clientId, last_sequence: 0, timezone: client.timezone, retained_from: null })
    .execute()
  await db
    .insertInto('api_keys')
    .values({
      client_id: client.clientId,
      key_hash: client.apiKeyHash,
      hint: client.apiKeyHint,
      created_at: client.createdAt,
      revoked_at: null,
    })
    .execute()
}

/** By client id; a client with several keys is listed once, with its oldest. */
export async function allClients(db: Db): Promise<ClientListing[]> {
  const rows = await db
    .selectFrom('clients')
    .innerJoin('api_keys', 'api_keys.client_id', 'clients.client_id')
    .selectAll('clients')
    .select('api_keys.hint')
    .where('api_keys.revoked_at', 'is', null)
    .orderBy('clients.client_id')
    .orderBy('api_keys.created_at', 'desc')
    .execute()
  return [...new Map(rows.map((row) => [row.client_id, { ...clientOf(row), apiKeyHint: row.hint }])).values()]
}

/** One statement, so that totals and months are of one moment, and shards add up side by side. */
export async function allClientTotals(db: Db, fromMonth: string): Promise<ClientTotals[]> {
  const rows = await db
    .selectFrom('day_tallies')
    .select((eb) => [
      'client_id',
      // What came before the months asked for is added up under no month.
      sql<string>`case when ${eb.ref('local_date')} >= ${fromMonth} then substr(${eb.ref('local_date')}, 1, 7) else '' end`.as(
        'month',
      ),
      eb.fn.sum<number>('calls').as('calls'),
      eb.fn.sum<number>('seconds').as('seconds'),
    ])
    .groupBy(['client_id', sql.ref('month')])
    .orderBy('client_id')
    .orderBy('month')
    .execute()
  const totals = new Map<string, { calls: number; seconds: number; callsByMonth: Record<string, number> }>()
  for (const { client_id, month, calls, seconds } of rows) {
    const total = totals.get(client_id) ?? { calls: 0, seconds: 0, callsByMonth: {} }
    total.calls += calls
    total.seconds += seconds
    if (month !== '') total.callsByMonth[month] = calls
    totals.set(client_id, total)
  }
  return [...totals].map(([clientId, total]) => ({ clientId, ...total }))
}
