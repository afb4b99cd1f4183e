/**
 * Sharding, where the database has the Citus extension. `clients` and `api_keys` are copied to every node; all other
 * tables are distributed by `client_id`, co-located: whatever a request of one client touches is on one node, so its
 * statements go there alone and its transactions need no two-phase commit.
 */
import { sql } from 'kysely'
import type { Database, Db } from '../sql/database.js'

/** A table without an entry does not compile: whoever adds one says where its rows live. */
const PLACEMENTS: Readonly<Record<keyof Database, 'everywhere' | 'with its client'>> = {
  clients: 'everywhere',
  api_keys: 'everywhere',
  ledgers: 'with its client',
  events: 'with its client',
  calls: 'with its client',
  dropped_calls: 'with its client',
  slot_tallies: 'with its client',
  day_tallies: 'with its client',
  customer_tallies: 'with its client',
  event_tallies: 'with its client',
  customers: 'with its client',
}

/** The table that the others are co-located with. A group of its own can be moved without other applications' tables. */
const ANCHOR: keyof Database = 'ledgers'

/** Any number that no other user of advisory locks in the database takes. */
const LOCK = 7_274_102_563

/**
 * Places the tables that are not placed yet, with the rows that they hold; does nothing where Citus is absent. Safe when
 * several processes start together: one places, the others wait and find it done.
 * @throws when Citus refuses; all tables are then as they were
 */
export async function placeTables(db: Db): Promise<void> {
  const { rows } = await sql<{ metadata: string | null }>`select to_regclass('pg_dist_partition') as metadata`.execute(
    db,
  )
  if (rows[0]?.metadata == null) return
  await db.transaction().execute(async (tx) => {
    // Waiting for another process, or moving the rows of a database that was not sharded, may take long.
    await sql`set local statement_timeout = 0`.execute(tx)
    // Tables made in one transaction need one connection to each node.
    await sql`set local citus.multi_shard_modify_mode = 'sequential'`.execute(tx)
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx)
    for (const [table, placement] of Object.entries(PLACEMENTS)) {
      if (await isPlaced(tx, table)) continue
      await (
        placement === 'everywhere'
          ? sql`select create_reference_table(${table})`
          : sql`select create_distributed_table(${table}, 'client_id', colocate_with => ${table === ANCHOR ? 'none' : ANCHOR})`
      ).execute(tx)
      // The rows were copied out; those left behind would only take space.
      await sql`select truncate_local_data_after_distributing_table(${table}::regclass)`.execute(tx)
    }
  })
}

async function isPlaced(db: Db, table: string): Promise<boolean> {
  const placed = await sql`select from pg_dist_partition where logicalrelid = ${table}::regclass`.execute(db)
  return placed.rows.length > 0
}
