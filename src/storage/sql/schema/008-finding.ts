/**
 * What calls and customers are found by. Frozen, as every migration.
 *
 * A call's class is its direction, its status, whether the provider told its end and whether it has a recording: one index
 * answers for all four, as a merge of the few classes that are asked for.
 */
const CLASS = 'direction * 64 + status * 4 + (answered & 2) + (case when recording is null then 0 else 1 end)'

/** Long calls are few: an index has those of so many seconds. Those that do not count are in none of these indexes. */
const LONG = [
  ['calls_long', '900'],
  ['calls_very_long', '3600'],
] as const

/** Of the new indexes: see `001-initial.ts`. */
const STATISTICS: readonly (readonly [table: string, index: string, rows: string])[] = [
  ['calls', 'calls_by_class', '500000 500000 20000 2 1'],
  ['calls', 'calls_of_agent', '500000 500000 5000 2 1'],
  ['calls', 'calls_of_virtual_number', '500000 500000 5000 2 1'],
  ['calls', 'calls_of_end_reason', '500000 500000 20000 2 1'],
  ['calls', 'calls_long', '10000 10000 2 1 1'],
  ['calls', 'calls_very_long', '1000 1000 2 1 1'],
  ['customers', 'customers_of_phone', '50000 50000 1 1'],
  ['customer_words', 'customer_words', '100000 100000 20 1'],
]

export function finding(engine: 'sqlite' | 'postgres'): readonly string[] {
  const isServer = engine === 'postgres'
  const [text, int] = isServer ? ['text collate "C"', 'bigint'] : ['text', 'integer']
  const byKey = (index: string, column: string) =>
    `create index if not exists ${index} on calls (client, ${column}, start_at, number) where ${column} is not null`
  return [
    `alter table calls add column virtual_number_said ${text}`,
    `create index calls_by_class on calls (client, (${CLASS}), start_at, number)
      where start_at is not null and call_key is not null and answered < 16`,
    byKey('calls_of_agent', 'agent'),
    byKey('calls_of_virtual_number', 'virtual_number'),
    byKey('calls_of_end_reason', 'end_reason'),
    ...LONG.map(
      ([index, seconds]) =>
        `create index ${index} on calls (client, start_at, number, duration) where duration >= ${seconds} and answered < 16`,
    ),
    `alter table customers add column phone ${text}`,
    `alter table customers add column words ${text}`,
    'create index customers_of_phone on customers (client, phone, number) where phone is not null',
    `create table customer_words (
      client ${int} not null,
      word ${text} not null,
      customer ${int} not null,
      primary key (client, word, customer)
    ) ${isServer ? '' : 'without rowid'}`,
    ...(isServer ? [] : STATISTICS.map(withStatistics)),
  ]
}

function withStatistics([table, index, rows]: (typeof STATISTICS)[number]): string {
  return `insert into sqlite_stat1 select '${table}', '${index}', '${rows}'
    where not exists (select 1 from sqlite_stat1 where idx = '${index}')`
}
