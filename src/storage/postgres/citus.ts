/**
 * Sharding, where the database has the Citus extension. `clients` and `api_keys` are copied to every node; `audit_log` stays
 * on the coordinator; all other tables are distributed by `client`, co-located: whatever a request of one client touches is on one node, so its
 * statements go there alone and its transactions need no two-phase commit.
 */
import type { PooledTransaction } from './connection.js'
import type { Tables } from '../sql/schema/tables.js'
import { raw, rowsOf, run, sql } from '../sql/transaction.js'

/** A table without an entry does not compile: whoever adds one says where its rows live. */
const PLACEMENTS: Readonly<Record<keyof Tables, 'everywhere' | 'with its client' | 'on the coordinator'>> = {
  clients: 'everywhere',
  api_keys: 'everywhere',
  client_state: 'with its client',
  events: 'with its client',
  calls: 'with its client',
  days: 'with its client',
  event_days: 'with its client',
  customers: 'with its client',
  customer_words: 'with its client',
  agents: 'with its client',
  pages: 'with its client',
  audit_log: 'on the coordinator',
  placed_calls: 'with its client',
  callback_notes: 'with its client',
  reconciliations: 'with its client',
  business_hours: 'with its client',
  webhook_endpoints: 'with its client',
  webhook_pending: 'with its client',
  webhook_deliveries: 'with its client',
  erasures: 'with its client',
}

/** The table that the others are co-located with. A group of its own can be moved without other applications' tables. */
const ANCHOR: keyof Tables = 'client_state'

/** Any number that no other user of advisory locks in the database takes. */
const LOCK = 7_274_102_563

/**
 * Places the tables that are not placed yet, with the rows that they hold; does nothing where Citus is absent. Safe when
 * several processes start together: one places, the others wait and find it done. Call it in a transaction.
 * @throws when Citus refuses; all tables are then as they were
 */
export async function placeTables(tx: PooledTransaction): Promise<void> {
  const [found] = await rowsOf(
    tx,
    sql<{ metadata: string | null }>`select to_regclass('pg_dist_partition')::text as metadata`,
  )
  if (found?.metadata == null) return
  // Waiting for another process, or moving the rows of a database that was not sharded.
  tx.mayTakeLong()
  // Tables made in one transaction need one connection to each node.
  run(tx, sql`set local citus.multi_shard_modify_mode = 'sequential'`)
  run(tx, sql`select pg_advisory_xact_lock(${raw(String(LOCK))})`)
  for (const [table, placement] of Object.entries(PLACEMENTS)) {
    if (placement === 'on the coordinator') continue
    const placed = await rowsOf(
      tx,
      sql`select from pg_dist_partition where logicalrelid = ${raw(quoted(table))}::regclass`,
    )
    if (placed.length > 0) continue
    const target = raw(quoted(table))
    await rowsOf(
      tx,
      placement === 'everywhere'
        ? sql`select create_reference_table(${target})`
        : sql`select create_distributed_table(${target}, 'client', colocate_with => ${raw(quoted(table === ANCHOR ? 'none' : ANCHOR))})`,
    )
    // The rows were copied out; those left behind would only take space.
    await rowsOf(tx, sql`select truncate_local_data_after_distributing_table(${target}::regclass)`)
  }
}

/** Names of tables are ours: none needs more. */
function quoted(name: string): string {
  return `'${name}'`
}
