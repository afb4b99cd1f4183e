/**
 * The first schema. Frozen: whatever changes from here on is a migration of its own, and this file imports nothing, so that
 * it makes the same tables for ever. What the columns mean is said in `tables.ts`.
 */
interface Words {
  readonly text: string
  readonly blob: string
  /** Whole numbers: of any size, and of a few values. */
  readonly int: string
  readonly small: string
  /** What stands behind a table whose rows are kept in the order of its key. */
  readonly clustered: string
  /** What calls are counted by, in the index that the calls of a day are read from: a server reads rows in any case. */
  readonly counted: string
}

const SQLITE: Words = {
  text: 'text',
  blob: 'blob',
  int: 'integer',
  small: 'integer',
  clustered: 'without rowid',
  counted: ', customer, duration, direction, status, answered',
}
// Bytewise order, whatever the database's locale: SQLite has no other.
const POSTGRES: Words = {
  text: 'text collate "C"',
  blob: 'bytea',
  int: 'bigint',
  small: 'smallint',
  clustered: '',
  counted: '',
}

/**
 * What SQLite's planner goes by: rows of an index, and how many of them have the same first column, the same first two, and so
 * on. These are of one client who has everything. Without them SQLite takes a client for a few rows, and would rather read all
 * of them than go to another index; counted anew they would change plans while a store grows.
 */
const STATISTICS: readonly (readonly [table: string, index: string, rows: string])[] = [
  ['events', 'events', '1000000 1000000 1'],
  ['events', 'events_by_time', '1000000 1000000 2 1'],
  ['events', 'events_of_call', '1000000 1000000 3 1'],
  ['events', 'events_by_key', '10000 10000 1'],
  ['events', 'events_of_customer', '1000000 1000000 50 2 1'],
  ['events', 'events_nameless', '10000 10000 10 2'],
  ['calls', 'calls', '500000 500000 1'],
  ['calls', 'calls_by_key', '500000 500000 1'],
  ['calls', 'calls_by_start', '500000 500000 2 1 1 1 1 1 1'],
  ['calls', 'calls_of_customer', '500000 500000 25 2 1'],
  ['calls', 'calls_of_phone', '500000 500000 25 2'],
  ['calls', 'calls_active', '1000 1000 2 1'],
  ['days', 'days', '1000 1000 1'],
  ['event_days', 'event_days', '10000 10000 1000 3 1'],
  ['pages', 'pages', '1000 1000 1000 1'],
  ['customers', 'customers', '50000 50000 1'],
  ['customers', 'customers_by_id', '50000 50000 1'],
]

export function initial(engine: 'sqlite' | 'postgres'): readonly string[] {
  const { text, blob, int, small, clustered, counted } = engine === 'sqlite' ? SQLITE : POSTGRES
  const statements = [
    `create table clients (
      client ${int} not null primary key,
      client_id ${text} not null,
      name ${text} not null,
      plan ${text} not null,
      monthly_limit ${int} not null,
      features ${text} not null,
      allowed_domains ${text} not null,
      timezone ${text} not null,
      retention_months ${int},
      sealed_exotel ${text} not null,
      status ${text} not null,
      created_at ${int} not null
    )`,
    'create unique index clients_by_id on clients (client_id)',
    `create table api_keys (
      client ${int} not null,
      key_hash ${text} not null,
      hint ${text} not null,
      created_at ${int} not null,
      revoked_at ${int},
      primary key (client, key_hash)
    )`,
    'create index api_keys_by_hash on api_keys (key_hash)',

    `create table client_state (
      client ${int} not null primary key,
      version ${int} not null,
      last_sequence ${int} not null,
      last_customer ${int} not null,
      calls ${int} not null,
      seconds ${int} not null,
      retained_from ${int},
      dropped_to ${int},
      has_nameless ${small} not null
    ) ${clustered}`,
    `create table events (
      client ${int} not null,
      sequence ${int} not null,
      occurred_at ${int} not null,
      received_at ${int} not null,
      call ${int},
      customer ${int},
      direction ${small} not null,
      own_direction ${small} not null,
      own_key ${small} not null,
      source ${small} not null,
      key ${blob} not null,
      content_hash ${blob},
      event ${text} not null,
      phone ${text},
      data ${text} not null,
      context ${text} not null,
      primary key (client, sequence)
    ) ${clustered}`,
    'create index events_by_time on events (client, occurred_at, sequence)',
    'create unique index events_of_call on events (client, call, key) where call is not null',
    'create unique index events_by_key on events (client, key) where own_key = 1',
    'create index events_of_customer on events (client, customer, occurred_at, sequence) where customer is not null',
    'create index events_nameless on events (client, phone, occurred_at) where phone is not null',

    `create table calls (
      client ${int} not null,
      number ${int} not null,
      version ${int} not null,
      start_at ${int},
      answered_at ${int},
      end_at ${int},
      duration ${int},
      customer ${int},
      events ${int} not null,
      nameless ${int} not null,
      direction ${small} not null,
      status ${small} not null,
      answered ${small} not null,
      key ${blob} not null,
      call_key ${text},
      phone ${text},
      agent ${text},
      customer_data ${text},
      facts ${blob},
      unnamed ${blob},
      primary key (client, number)
    ) ${clustered}`,
    'create unique index calls_by_key on calls (client, key)',
    `create index calls_by_start on calls (client, start_at, number${counted}) where start_at is not null`,
    'create index calls_of_customer on calls (client, customer, start_at, number) where customer is not null',
    'create index calls_of_phone on calls (client, phone, start_at) where phone is not null',
    `create index calls_active on calls (client, start_at, number)
      where start_at is not null and end_at is null and call_key is not null`,

    `create table days (
      client ${int} not null,
      local_date ${text} not null,
      changed ${int} not null,
      calls ${int} not null,
      seconds ${int} not null,
      slots ${blob} not null,
      primary key (client, local_date)
    ) ${clustered}`,
    `create table event_days (
      client ${int} not null,
      event ${text} not null,
      local_date ${text} not null,
      direction ${small} not null,
      events ${int} not null,
      slots ${blob} not null,
      primary key (client, event, local_date, direction)
    ) ${clustered}`,
    `create table pages (
      client ${int} not null,
      dimension ${text} not null,
      period ${text} not null,
      built_at ${int} not null,
      body ${blob} not null,
      primary key (client, dimension, period)
    ) ${clustered}`,
    `create table customers (
      client ${int} not null,
      number ${int} not null,
      created_at ${int} not null,
      updated_at ${int} not null,
      customer_id ${text} not null,
      profile ${text},
      mentions ${text},
      primary key (client, number)
    ) ${clustered}`,
    'create unique index customers_by_id on customers (client, customer_id)',
  ]
  if (engine === 'postgres') return statements
  return [
    ...statements,
    'analyze sqlite_schema',
    ...STATISTICS.map(([table, index, rows]) => `insert into sqlite_stat1 values ('${table}', '${index}', '${rows}')`),
    'create table log_place (mark text not null, number integer not null)',
    'insert into log_place values (lower(hex(randomblob(16))), 0)',
    `create table set_aside (
      id integer primary key,
      at integer not null,
      method text not null,
      args text not null,
      error text not null
    )`,
  ]
}
