/** The migrations, in order. A landed one is never edited: a change is a new one. */
import { Migrator, sql, type ColumnDataType, type Kysely, type RawBuilder } from 'kysely'
import { COUNTERS } from '../../core/tally.js'
import { CUSTOMER_COUNTERS, HOUR_COLUMNS, TABLE_KEYS, type Database, type Engine } from './database.js'

type ColumnType = ColumnDataType | RawBuilder<unknown>

/**
 * Brings a database to the newest schema. Safe when several processes start together: on PostgreSQL under an advisory
 * lock, all in one transaction.
 * @throws when a migration fails; the schema is then as it was
 */
export async function migrate(engine: Engine): Promise<void> {
  const migrations = { '001_initial': { up: (db: Kysely<unknown>) => createTables(db, engine.name) } }
  const migrator = new Migrator({ db: engine.db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error as Error
}

async function createTables(db: Kysely<unknown>, engine: Engine['name']): Promise<void> {
  const postgres = engine === 'postgres'
  // Bytewise order on both engines, whatever the database's locale.
  const text: ColumnType = postgres ? sql`text collate "C"` : 'text'
  // `json`, not `jsonb`: it keeps NUL escapes, lone surrogates and the order of members, as SQLite's text does.
  const json: ColumnType = postgres ? 'json' : 'text'

  const create = async (
    name: keyof Database,
    columns: Record<string, ColumnType>,
    nullable: readonly string[] = [],
    clustered = false,
  ): Promise<void> => {
    let table = db.schema.createTable(name)
    for (const [column, type] of Object.entries(columns)) {
      table = table.addColumn(column, type, (c) => (nullable.includes(column) ? c : c.notNull()))
    }
    table = table.addPrimaryKeyConstraint(`${name}_key`, [...TABLE_KEYS[name]] as never)
    // Small rows that are found by key alone: SQLite then keeps one tree instead of two.
    if (clustered && !postgres) table = table.modifyEnd(sql`without rowid`)
    await table.execute()
  }
  const counts = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'bigint' as const]))

  await create(
    'clients',
    {
      client_id: text,
      name: text,
      plan: text,
      monthly_limit: 'bigint',
      features: json,
      allowed_domains: json,
      timezone: text,
      retention_months: 'integer',
      sealed_exotel: text,
      status: text,
      created_at: 'bigint',
    },
    ['retention_months'],
  )
  await create(
    'api_keys',
    { client_id: text, key_hash: text, hint: text, created_at: 'bigint', revoked_at: 'bigint' },
    ['revoked_at'],
  )
  await create(
    'ledgers',
    { client_id: text, last_sequence: 'bigint', timezone: text, retained_from: 'bigint' },
    ['retained_from'],
    true,
  )
  await create(
    'events',
    {
      client_id: text,
      occurred_at: 'bigint',
      sequence: 'bigint',
      event_key: text,
      content_hash: text,
      call_key: text,
      call_sequence: 'bigint',
      event: text,
      direction: text,
      own_direction: 'smallint',
      customer_id: text,
      received_at: 'bigint',
      data: json,
      context: json,
    },
    ['content_hash', 'call_key', 'call_sequence', 'customer_id'],
  )
  await create(
    'calls',
    {
      client_id: text,
      call_key: text,
      sequence: 'bigint',
      start_at: 'bigint',
      answered_at: 'bigint',
      end_at: 'bigint',
      duration_seconds: 'integer',
      direction: text,
      status: text,
      answered: 'smallint',
      phone_number: text,
      customer_id: text,
      customer_data: json,
      facts: json,
    },
    ['answered_at', 'end_at', 'duration_seconds', 'phone_number', 'customer_id', 'customer_data'],
  )
  await create('dropped_calls', { client_id: text, call_mark: text }, [], true)
  await create('slot_tallies', { client_id: text, slot_at: 'bigint', ...counts(COUNTERS) }, [], true)
  await create(
    'day_tallies',
    { client_id: text, local_date: text, ...counts(COUNTERS), ...counts(HOUR_COLUMNS) },
    [],
    true,
  )
  await create(
    'customer_tallies',
    {
      client_id: text,
      customer_id: text,
      period: text,
      event: text,
      direction: text,
      events: 'bigint',
      ...counts(CUSTOMER_COUNTERS),
    },
    [],
    true,
  )
  await create(
    'event_tallies',
    {
      client_id: text,
      grain: text,
      period_at: 'bigint',
      event: text,
      direction: text,
      events: 'bigint',
    },
    [],
    true,
  )
  await create(
    'customers',
    { client_id: text, customer_id: text, profile: json, told: json, created_at: 'bigint', updated_at: 'bigint' },
    ['profile', 'told'],
  )

  const index = (name: string, table: string, columns: readonly string[]) =>
    db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
  await index('api_keys_hash', 'api_keys', ['key_hash']).execute()
  await index('events_once', 'events', ['client_id', 'event_key']).unique().execute()
  await index('events_of_call', 'events', ['client_id', 'call_sequence']).execute()
  await index('events_before_call', 'events', ['client_id', 'call_key'])
    .where(sql.ref('call_sequence'), 'is', null)
    .execute()
  await index('events_by_name', 'events', ['client_id', 'event', 'occurred_at', 'sequence']).execute()
  await index('events_of_customer', 'events', ['client_id', 'customer_id', 'occurred_at', 'sequence'])
    .where(sql.ref('customer_id'), 'is not', null)
    .execute()
  await index('calls_by_start', 'calls', ['client_id', 'start_at', 'call_key']).execute()
  await index('calls_of_customer', 'calls', ['client_id', 'customer_id', 'start_at', 'call_key'])
    .where(sql.ref('customer_id'), 'is not', null)
    .execute()
  await index('calls_active', 'calls', ['client_id', 'start_at'])
    .where(sql.ref('status'), '=', sql.lit('active'))
    .execute()
  // Most customers have one call a day: leaving those out keeps the index small and most days out of it.
  await index('customers_by_calls', 'customer_tallies', ['client_id', 'period', 'calls'])
    .where(sql.ref('calls'), '>', sql.lit(1))
    .execute()
}
