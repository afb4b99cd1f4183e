/** Erasing people, and keys whose answers mask numbers. Frozen, as every migration. */
export function privacy(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int, small] =
    engine === 'sqlite' ? ['text', 'integer', 'integer'] : ['text collate "C"', 'bigint', 'smallint']
  return [
    `alter table calls add column erased ${small} not null default 0`,
    `alter table client_state add column erasures ${int} not null default 0`,
    `alter table api_keys add column mask_numbers ${small} not null default 0`,
    `create table erasures (
      client ${int} not null,
      subject ${text} not null,
      calls ${int} not null,
      events ${int} not null,
      customers ${int} not null,
      primary key (client, subject)
    )`,
    // Whether the log of the file still holds what was erased.
    ...(engine === 'sqlite' ? ['alter table log_place add column erased integer not null default 0'] : []),
  ]
}
