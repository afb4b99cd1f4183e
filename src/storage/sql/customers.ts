/** Customers: what was saved of them, what calls tell of them, and their history. */
import { sql } from 'kysely'
import { mergePatch, profileFromCalls, type Telling } from '../../core/customer.js'
import { textOf } from '../../core/identity.js'
import type { JsonObject } from '../../core/json.js'
import { OPEN_RANGE } from '../../core/range.js'
import { ZERO } from '../../core/tally.js'
import type { CustomerHistory } from '../port.js'
import type { Transaction } from './bulk.js'
import { callOf } from './call-row.js'
import { ALL_TIME } from './changes.js'
import { CUSTOMER_COUNTERS, type CallsTable, type Db } from './database.js'
import { logIdOf } from './event-key.js'
import { lockLedger } from './ledger.js'
import { recentCallRows, tallyOf } from './report.js'
import { keptOf, readRetainedFrom } from './retention.js'
import { readUnion } from './union.js'

/** What a call tells of its customer. */
const TELLING_COLUMNS = ['customer_id', 'start_at', 'call_key', 'customer_data', 'phone_number'] as const
type TellingColumns = Pick<CallsTable, (typeof TELLING_COLUMNS)[number]>

/** Newest calls that a profile which nobody saved is drawn from. */
const TELLING_CALLS = 50

interface KnownProfile {
  readonly profile: JsonObject
  readonly createdAt: number
  /** When it was saved last, or when the newest call that tells of it began. */
  readonly updatedAt: number
}

/**
 * Profiles by customer id: the saved one, else what the customer's newest calls tell. Customers that do not exist are
 * left out.
 */
export async function profilesOf(
  db: Db,
  clientId: string,
  customerIds: readonly string[],
  tellingCalls = TELLING_CALLS,
): Promise<ReadonlyMap<string, KnownProfile>> {
  const rows = await db
    .selectFrom('customers')
    .select(['customer_id', 'profile', 'told', 'created_at', 'updated_at'])
    .where('client_id', '=', clientId)
    .where('customer_id', 'in', customerIds)
    .execute()
  const unsaved = rows.filter(({ profile }) => profile === null).map((row) => row.customer_id)
  const calls = await newestCallsOfEach(db, clientId, unsaved, tellingCalls)
  const profiles = new Map<string, KnownProfile>()
  for (const { customer_id, profile, told, created_at: createdAt, updated_at } of rows) {
    if (profile === null) {
      const own = calls.filter((call) => call.customer_id === customer_id)
      const dropped = told === null ? [] : [JSON.parse(told) as Telling]
      profiles.set(customer_id, {
        profile: profileFromCalls([...own.map(tellingOf), ...dropped]),
        createdAt,
        updatedAt: Math.max(updated_at, own[0]?.start_at ?? 0),
      })
    } else {
      profiles.set(customer_id, { profile: JSON.parse(profile) as JsonObject, createdAt, updatedAt: updated_at })
    }
  }
  return profiles
}

function tellingOf({ customer_data, phone_number }: TellingColumns): Telling {
  // The customer's id is in its data, so a call of a customer has them.
  return { customerData: JSON.parse(customer_data as string) as JsonObject, phoneNumber: phone_number }
}

/** Up to `limit` calls of each customer, all together newest first. */
async function newestCallsOfEach(
  db: Db,
  clientId: string,
  customerIds: readonly string[],
  limit: number,
): Promise<readonly TellingColumns[]> {
  return readUnion(
    customerIds.map((customerId) =>
      db
        .selectFrom(
          db
            .selectFrom('calls')
            .select(TELLING_COLUMNS)
            .where('client_id', '=', clientId)
            .where('customer_id', '=', customerId)
            .orderBy('start_at', 'desc')
            .orderBy('call_key', 'desc')
            .limit(sql.lit(limit))
            .as('newest'),
        )
        .selectAll(),
    ),
    (all) => all.orderBy('start_at', 'desc').orderBy('call_key', 'desc'),
  )
}

/** Calls in which a customer's name and number mostly are. */
const INTRODUCING_CALLS = 3

/** The names and numbers that customers go by: from saved profiles, else from their newest calls, which mostly tell both. */
export async function contactsOf(
  db: Db,
  clientId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly name: string | null; readonly phoneNumber: string | null }>> {
  const profiles = new Map(await profilesOf(db, clientId, customerIds, INTRODUCING_CALLS))
  const unknown = [...profiles].filter(([, { profile }]) => textOf(profile['name']) === null).map(([id]) => id)
  if (unknown.length > 0) for (const [id, known] of await profilesOf(db, clientId, unknown)) profiles.set(id, known)
  const contacts = [...profiles].map(
    ([id, { profile }]) => [id, { name: textOf(profile['name']), phoneNumber: textOf(profile['phone']) }] as const,
  )
  return new Map(contacts)
}

/** Call inside a transaction: the client's ledger row is locked, so that no patch is lost. */
export async function saveCustomer(
  tx: Transaction,
  clientId: string,
  customerId: string,
  patch: JsonObject,
  now: number,
): Promise<void> {
  await lockLedger(tx, clientId)
  const { db } = tx
  const before = (await profilesOf(db, clientId, [customerId])).get(customerId)?.profile ?? {}
  const columns = { profile: JSON.stringify(mergePatch(before, patch)), told: null, updated_at: now }
  await db
    .insertInto('customers')
    .values({ client_id: clientId, customer_id: customerId, created_at: now, ...columns })
    .onConflict((on) => on.columns(['client_id', 'customer_id']).doUpdateSet(columns))
    .execute()
}

export async function readCustomer(
  db: Db,
  clientId: string,
  customerId: string,
  limits: { calls: number; events: number },
): Promise<CustomerHistory | null> {
  const known = (await profilesOf(db, clientId, [customerId])).get(customerId)
  if (known === undefined) return null
  const retainedFrom = await readRetainedFrom(db, clientId)
  const kept = keptOf(OPEN_RANGE, retainedFrom)
  const calls = await recentCallRows(db, clientId, customerId, kept, limits.calls)
  const totals = await db
    .selectFrom('customer_tallies')
    .select(CUSTOMER_COUNTERS)
    .where('client_id', '=', clientId)
    .where('customer_id', '=', customerId)
    .where('period', '=', ALL_TIME)
    .executeTakeFirst()
  const sequences = calls.map((call) => call.sequence)
  const events =
    limits.events === 0 || sequences.length === 0
      ? []
      : await db
          .selectFrom('events')
          .select(['event_key', 'received_at', 'event', 'occurred_at'])
          .where('client_id', '=', clientId)
          .where('call_sequence', 'in', sequences)
          .where('occurred_at', '>=', kept.from)
          .orderBy('occurred_at', 'desc')
          .orderBy('sequence', 'desc')
          .limit(limits.events)
          .execute()
  return {
    customer: { customerId, ...known },
    calls: calls.map(callOf),
    events: events.reverse().map((event) => ({
      logId: logIdOf(event.event_key, event.received_at),
      event: event.event,
      occurredAt: event.occurred_at,
    })),
    totals: totals === undefined ? ZERO : tallyOf(totals),
    retainedFrom,
  }
}
