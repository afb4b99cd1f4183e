/** The migrations, in order. A landed one is never edited: a change is a new one. */
import { Migrator, sql, type ColumnDataType, type Kysely, type Migration, type RawBuilder } from 'kysely'
import { COUNTERS } from '../../core/tally.js'
import { typeOf } from './columns.js'
import { CUSTOMER_COUNTERS, HOUR_COLUMNS, TABLE_KEYS, type Database, type Engine } from './database.js'

/**
 * Brings a database to the newest schema. Safe when several processes start together: on PostgreSQL under an advisory
 * lock, all in one transaction.
 * @throws when a migration fails; the schema is then as it was
 */
export async function migrate(engine: Engine): Promise<void> {
  const migrations: Record<string, Migration> = { '001_initial': { up: (db) => createTables(db, engine.name) } }
  if (engine.name === 'sqlite') migrations['002_journal'] = { up: createJournalPlace }
  const migrator = new Migrator({ db: engine.db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error as Error
}

/** Where the journal of an SQLite file goes on: see ../sqlite/journal.ts. */
async function createJournalPlace(db: Kysely<unknown>): Promise<void> {
  await sql`create table journal_place (mark text not null, number integer not null)`.execute(db)
  await sql`insert into journal_place values (lower(hex(randomblob(16))), 0)`.execute(db)
}

async function createTables(db: Kysely<unknown>, engine: Engine['name']): Promise<void> {
  const postgres = engine === 'postgres'
  const types: Readonly<Record<ReturnType<typeof typeOf>, ColumnDataType | RawBuilder<unknown>>> = {
    // Bytewise order on both engines, whatever the database's locale.
    text: postgres ? sql`text collate "C"` : 'text',
    // `json`, not `jsonb`: it keeps NUL escapes, lone surrogates and the order of members, as SQLite's text does.
    json: postgres ? 'json' : 'text',
    bigint: 'bigint',
  }

  const create = async <T extends keyof Database>(
    name: T,
    columns: readonly (keyof Database[T] & string)[],
    { nullable = [], clustered = false }: { nullable?: readonly (keyof Database[T])[]; clustered?: boolean } = {},
  ): Promise<void> => {
    let table = db.schema.createTable(name)
    for (const column of columns) {
      table = table.addColumn(column, types[typeOf(column)], (c) => (nullable.includes(column) ? c : c.notNull()))
    }
    table = table.addPrimaryKeyConstraint(`${name}_key`, [...TABLE_KEYS[name]] as never)
    // Small rows that are found by key alone: SQLite then keeps one tree instead of two.
    if (clustered && !postgres) table = table.modifyEnd(sql`without rowid`)
    await table.execute()
  }

  await create(
    'clients',
    [
      'client_id',
      'name',
      'plan',
      'monthly_limit',
      'features',
      'allowed_domains',
      'timezone',
      'retention_months',
      'sealed_exotel',
      'status',
      'created_at',
    ],
    { nullable: ['retention_months'] },
  )
  await create('api_keys', ['client_id', 'key_hash', 'hint', 'created_at', 'revoked_at'], { nullable: ['revoked_at'] })
  await create('ledgers', ['client_id', 'last_sequence', 'timezone', 'retained_from'], {
    nullable: ['retained_from'],
    clustered: true,
  })
  await create(
    'events',
    [
      'client_id',
      'occurred_at',
      'sequence',
      'event_key',
      'content_hash',
      'call_key',
      'call_sequence',
      'event',
      'direction',
      'own_direction',
      'customer_id',
      'received_at',
      'data',
      'context',
    ],
    { nullable: ['content_hash', 'call_key', 'call_sequence', 'customer_id'] },
  )
  await create(
    'calls',
    [
      'client_id',
      'call_key',
      'sequence',
      'start_at',
      'answered_at',
      'end_at',
      'duration_seconds',
      'direction',
      'status',
      'answered',
      'phone_number',
      'customer_id',
      'customer_data',
      'facts',
    ],
    { nullable: ['answered_at', 'end_at', 'duration_seconds', 'phone_number', 'customer_id', 'customer_data'] },
  )
  await create('dropped_calls', ['client_id', 'call_mark'], { clustered: true })
  await create('slot_tallies', ['client_id', 'slot_at', ...COUNTERS], { clustered: true })
  await create('day_tallies', ['client_id', 'local_date', ...COUNTERS, ...HOUR_COLUMNS], { clustered: true })
  await create(
    'customer_tallies',
    ['client_id', 'customer_id', 'period', 'event', 'direction', 'events', ...CUSTOMER_COUNTERS],
    { clustered: true },
  )
  await create('event_tallies', ['client_id', 'grain', 'period_at', 'event', 'direction', 'events'], {
    clustered: true,
  })
  await create('customers', ['client_id', 'customer_id', 'profile', 'told', 'created_at', 'updated_at'], {
    nullable: ['profile', 'told'],
  })

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
