/** When clients are at work. Frozen, as every migration. */
export function businessHours(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int] = engine === 'sqlite' ? ['text', 'integer'] : ['text collate "C"', 'bigint']
  return [
    `create table business_hours (
      client ${int} not null,
      from_date ${text} not null,
      schedule ${text} not null,
      primary key (client, from_date)
    )`,
  ]
}
