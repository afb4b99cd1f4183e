/** From where callback keys may be used, and what is counted of callbacks. Frozen, as every migration. */
export function callbacks(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int] = engine === 'sqlite' ? ['text', 'integer'] : ['text collate "C"', 'bigint']
  return [
    `alter table api_keys add column addresses ${text}`,
    `create table callback_notes (
      client ${int} not null,
      event ${text} not null,
      kind ${text} not null,
      what ${text} not null,
      times ${int} not null,
      first_at ${int} not null,
      last_at ${int} not null,
      log_id ${text} not null,
      primary key (client, event, kind, what)
    )`,
  ]
}
