/** What servers sign in to Exotel's API with, and the calls that they were asked to make. Frozen, as every migration. */
export function exotelApi(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int, small] =
    engine === 'sqlite' ? ['text', 'integer', 'integer'] : ['text collate "C"', 'bigint', 'smallint']
  return [
    `alter table clients add column sealed_exotel_api ${text}`,
    `create table placed_calls (
      client ${int} not null,
      id ${text} not null,
      content_hash ${text} not null,
      state ${small} not null,
      claimed_at ${int} not null,
      call_sid ${text},
      call_status ${text},
      primary key (client, id)
    )`,
    'create index placed_calls_by_time on placed_calls (client, claimed_at)',
  ]
}
