/**
 * What a client no longer keeps: events that occurred, and calls that started, before its `retained_from`. Advancing that
 * instant drops them at once, because every list of events or calls starts there; their rows follow in small batches.
 *
 * Tallies of calls stay, and a dropped call stays as it was counted: only a mark of it is kept, and an event that names it,
 * or that names no call and occurred before `retained_from`, changes no call and no tally of calls. Such an event is
 * recorded like any other, and dropped like any other. Without that, a repeat of a dropped event, which nothing can tell
 * from its first, would begin the call again and count it twice.
 */
import { slotOf } from '../../core/calendar.js'
import { toldByAll, type Telling } from '../../core/customer.js'
import { callKeyOf } from '../../core/identity.js'
import type { JsonObject } from '../../core/json.js'
import type { TimeRange } from '../../core/range.js'
import type { NewEvent } from '../port.js'
import { find, upsert, type Transaction } from './bulk.js'
import { utcDayOf, utcPeriod } from './changes.js'
import type { CallsTable, Db } from './database.js'
import { callMarkOf } from './event-key.js'
import { lockLedger } from './ledger.js'

/** The instant before which a client's events and calls were dropped; null when none ever were. */
export async function readRetainedFrom(db: Db, clientId: string): Promise<number | null> {
  const row = await db
    .selectFrom('ledgers')
    .select('retained_from')
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return row?.retained_from ?? null
}

/** What is kept of a range. */
export function keptOf(range: TimeRange, retainedFrom: number | null): TimeRange {
  return { from: Math.max(range.from, retainedFrom ?? range.from), to: range.to }
}

/** As much as recording a batch has to know of what was dropped. */
export interface Dropped {
  readonly before: number
  readonly callMarks: ReadonlySet<string>
}

/** @param callKeys calls that are not stored: which of them ever were is the question */
export async function findDropped(
  tx: Transaction,
  clientId: string,
  retainedFrom: number | null,
  callKeys: readonly string[],
): Promise<Dropped> {
  const before = retainedFrom ?? -Infinity
  if (retainedFrom === null) return { before, callMarks: new Set() }
  const rows = await find(tx, 'dropped calls', clientId, 'call_mark', callKeys.map(callMarkOf), (db) =>
    db.selectFrom('dropped_calls').select('call_mark'),
  )
  return { before, callMarks: new Set(rows.map((row) => row.call_mark)) }
}

/** Whether an event is of a call that was dropped, or may be: then it changes none. */
export function isOfDroppedCall({ before, callMarks }: Dropped, event: NewEvent): boolean {
  const callKey = callKeyOf(event.data)
  return callKey === null ? event.occurredAt < before : callMarks.has(callMarkOf(callKey))
}

/**
 * Drops up to `limit` events and calls from before `instant`, oldest first, with the tallies of those events. Locks the
 * client's ledger row first, as every writer does. Nothing is said to be dropped until something is: a client without
 * old events keeps the `retained_from` it has.
 * @returns how many went; less than `limit` when none are left
 */
export async function dropBefore(tx: Transaction, clientId: string, instant: number, limit: number): Promise<number> {
  const ledger = await lockLedger(tx, clientId)
  if (ledger === undefined) return 0
  const retainedFrom = Math.max(instant, ledger.retained_from ?? instant)
  const events = await dropEvents(tx, clientId, retainedFrom, limit)
  const calls = await dropCalls(tx, clientId, retainedFrom, limit - events)
  if (events + calls > 0 && retainedFrom !== ledger.retained_from) {
    await tx.db.updateTable('ledgers').set({ retained_from: retainedFrom }).where('client_id', '=', clientId).execute()
  }
  return events + calls
}

async function dropEvents({ db }: Transaction, clientId: string, before: number, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('events')
    .select(['occurred_at', 'sequence', 'customer_id'])
    .where('client_id', '=', clientId)
    .where('occurred_at', '<', before)
    .orderBy('occurred_at')
    .orderBy('sequence')
    .limit(limit)
    .execute()
  const [first, last] = [rows.at(0), rows.at(-1)]
  if (first === undefined || last === undefined) return 0
  await db
    .deleteFrom('events')
    .where('client_id', '=', clientId)
    .where('occurred_at', '>=', first.occurred_at)
    .where('occurred_at', '<=', last.occurred_at)
    .where(
      'sequence',
      'in',
      rows.map(({ sequence }) => sequence),
    )
    .execute()
  const days = { from: utcDayOf(first.occurred_at), to: utcDayOf(last.occurred_at) }
  const slots = { from: slotOf(first.occurred_at), to: slotOf(last.occurred_at) }
  await dropEventTallies(db, clientId, 'day', days)
  await dropEventTallies(db, clientId, 'slot', slots)
  const customers = rows.map((row) => row.customer_id).filter((id) => id !== null)
  if (customers.length === 0) return rows.length
  await db
    .deleteFrom('customer_tallies')
    .where('client_id', '=', clientId)
    .where('customer_id', 'in', [...new Set(customers)])
    .where('period', '>=', utcPeriod(days.from))
    .where('period', '<=', utcPeriod(days.to))
    // Those of calls lie between them, and stay.
    .where('event', '<>', '')
    .execute()
  return rows.length
}

/**
 * A period goes with the first of its events: lists start at `retained_from`, so no period that began before it is counted
 * by its tally again, not even the day that holds it.
 */
async function dropEventTallies(
  db: Db,
  clientId: string,
  grain: 'day' | 'slot',
  { from, to }: TimeRange,
): Promise<void> {
  await db
    .deleteFrom('event_tallies')
    .where('client_id', '=', clientId)
    .where('grain', '=', grain)
    .where('period_at', '>=', from)
    .where('period_at', '<=', to)
    .execute()
}

async function dropCalls(tx: Transaction, clientId: string, before: number, limit: number): Promise<number> {
  if (limit === 0) return 0
  const rows = await tx.db
    .selectFrom('calls')
    .select(['call_key', 'customer_id', 'customer_data', 'phone_number'])
    .where('client_id', '=', clientId)
    .where('start_at', '<', before)
    .orderBy('start_at')
    .orderBy('call_key')
    .limit(limit)
    .execute()
  if (rows.length === 0) return 0
  await keepTellings(tx, clientId, rows)
  const callKeys = rows.map((row) => row.call_key)
  await tx.db.deleteFrom('calls').where('client_id', '=', clientId).where('call_key', 'in', callKeys).execute()
  await upsert(
    tx,
    'dropped_calls',
    callKeys.map((callKey) => ({ client_id: clientId, call_mark: callMarkOf(callKey) })),
  )
  return rows.length
}

/**
 * Customers that nobody saved are known from their calls: what those told stays with the customer, whom reports still name.
 * @param calls about to be dropped, oldest first
 */
async function keepTellings(
  tx: Transaction,
  clientId: string,
  calls: readonly Pick<CallsTable, 'customer_id' | 'customer_data' | 'phone_number'>[],
): Promise<void> {
  const told = new Map<string, Telling[]>()
  for (const { customer_id, customer_data, phone_number } of [...calls].reverse()) {
    if (customer_id === null || customer_data === null) continue
    const customerData = JSON.parse(customer_data) as JsonObject
    told.set(customer_id, [...(told.get(customer_id) ?? []), { customerData, phoneNumber: phone_number }])
  }
  if (told.size === 0) return
  const customers = await tx.db
    .selectFrom('customers')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('customer_id', 'in', [...told.keys()])
    .where('profile', 'is', null)
    .execute()
  const rows = customers.map((row) => {
    const before = row.told === null ? [] : [JSON.parse(row.told) as Telling]
    return { ...row, told: JSON.stringify(toldByAll([...(told.get(row.customer_id) as Telling[]), ...before])) }
  })
  await upsert(tx, 'customers', rows, {
    key: ['client_id', 'customer_id'],
    how: 'replace',
    same: ['profile', 'created_at', 'updated_at'],
  })
}
