/** Customers: what was saved of them, what calls tell of them, and their history. */
import { mergePatch, profileOf, type CustomerFacts } from '../../core/customer.js'
import type { JsonObject } from '../../core/json.js'
import { ZERO } from '../../core/tally.js'
import type { CustomerHistory } from '../port.js'
import { callOf } from './call-row.js'
import { ALL_TIME } from './changes.js'
import { CUSTOMER_COUNTERS, type CustomersTable, type Db } from './database.js'
import { logIdOf } from './event-key.js'
import { recentCallRows, tallyOf } from './report.js'

/** The saved profile, else what calls told. */
export function customerView(row: Pick<CustomersTable, 'profile' | 'facts'>): JsonObject {
  if (row.profile !== null) return JSON.parse(row.profile) as JsonObject
  return profileOf(JSON.parse(row.facts ?? '{}') as CustomerFacts)
}

/** Call inside a transaction: the client's ledger row is locked, so that no patch is lost. */
export async function saveCustomer(
  db: Db,
  clientId: string,
  customerId: string,
  patch: JsonObject,
  now: number,
): Promise<void> {
  await db
    .updateTable('ledgers')
    .set((eb) => ({ last_sequence: eb.ref('last_sequence') }))
    .where('client_id', '=', clientId)
    .execute()
  const row = await db
    .selectFrom('customers')
    .select(['profile', 'facts', 'created_at'])
    .where('client_id', '=', clientId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  const profile = mergePatch(row === undefined ? {} : customerView(row), patch)
  const columns = { profile: JSON.stringify(profile), facts: null, updated_at: now }
  await db
    .insertInto('customers')
    .values({ client_id: clientId, customer_id: customerId, created_at: row?.created_at ?? now, ...columns })
    .onConflict((on) => on.columns(['client_id', 'customer_id']).doUpdateSet(columns))
    .execute()
}

export async function readCustomer(
  db: Db,
  clientId: string,
  customerId: string,
  limits: { calls: number; events: number },
): Promise<CustomerHistory | null> {
  const row = await db
    .selectFrom('customers')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  if (row === undefined) return null
  const calls = await recentCallRows(db, clientId, customerId, null, limits.calls)
  const totals = await db
    .selectFrom('customer_tallies')
    .select(CUSTOMER_COUNTERS)
    .where('client_id', '=', clientId)
    .where('customer_id', '=', customerId)
    .where('period', '=', ALL_TIME)
    .executeTakeFirst()
  const keys = calls.map((call) => call.call_key)
  const events =
    limits.events === 0 || keys.length === 0
      ? []
      : await db
          .selectFrom('events')
          .select(['event_key', 'received_at', 'event', 'occurred_at'])
          .where('client_id', '=', clientId)
          .where('call_key', 'in', keys)
          .orderBy('occurred_at', 'desc')
          .orderBy('sequence', 'desc')
          .limit(limits.events)
          .execute()
  return {
    customer: {
      customerId,
      profile: customerView(row),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    },
    calls: calls.map(callOf),
    events: events.reverse().map((event) => ({
      logId: logIdOf(event.event_key, event.received_at),
      event: event.event,
      occurredAt: event.occurred_at,
    })),
    totals: totals === undefined ? ZERO : tallyOf(totals),
  }
}
