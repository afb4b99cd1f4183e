/** Removing all that a client has. */
import type { AuditEntry } from '../../port/audit-log.js'
import { TABLE_KEYS, type ClientRow, type Tables } from '../schema/tables.js'
import { forgetTransaction, type Session } from '../session.js'
import { join, raw, rowOf, rowsOf, run, sql, type Transaction } from '../transaction.js'
import { addToAuditLog } from './audit-log.js'
import { giveBack } from './space.js'
import { lockClient } from './state.js'

/** What goes in parts, the largest first. What is left of a client after that is a few rows. */
const LARGE = [
  'events',
  'calls',
  'customers',
  'customer_words',
  'agents',
  'pages',
  'event_days',
  'days',
  'placed_calls',
  'webhook_pending',
  'webhook_deliveries',
] as const satisfies (keyof Tables)[]
const SMALL = [
  'api_keys',
  'callback_notes',
  'reconciliations',
  'business_hours',
  'webhook_endpoints',
  'erasures',
  'client_state',
] as const satisfies (keyof Tables)[]

/** See `Storage.deleteClient`. */
export async function deleteClient(
  session: Session,
  clientId: string,
  limit: number,
  entry: AuditEntry,
): Promise<number> {
  const { tx } = session
  const found = await rowOf(
    tx,
    sql<Pick<ClientRow, 'client'>>`select client from clients
      where client_id = ${clientId} and status <> 'deleted' and deletes_at <= ${entry.at}`,
  )
  if (found === undefined) return 0
  const { client } = found
  await lockClient(tx, client)
  giveBack(tx)
  let removed = 0
  for (const table of LARGE) {
    removed += await removeRows(tx, table, client, limit - removed)
    if (removed === limit) return removed
  }
  for (const table of SMALL) run(tx, sql`delete from ${raw(table)} where client = ${client}`)
  run(
    tx,
    sql`update clients set name = '', features = '[]', allowed_domains = '[]', sealed_exotel = '',
      sealed_exotel_api = null, status = 'deleted'
      where client = ${client}`,
  )
  await addToAuditLog(session, entry)
  forgetTransaction(session)
  return removed + SMALL.length
}

async function removeRows(tx: Transaction, table: keyof Tables, client: number, limit: number): Promise<number> {
  const key = join(TABLE_KEYS[table].map((column) => raw(column)))
  const rows = await rowsOf(
    tx,
    sql`delete from ${raw(table)} where client = ${client} and (${key}) in (
      select ${key} from ${raw(table)} where client = ${client} order by ${key} limit ${limit}
    ) returning 1`,
  )
  return rows.length
}
