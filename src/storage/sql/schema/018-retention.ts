/** How far dropping what is no longer kept is, and whether it pauses. Frozen, as every migration. */
export function retention(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [int, small] = engine === 'sqlite' ? ['integer', 'integer'] : ['bigint', 'smallint']
  return [
    `alter table clients add column retention_paused ${small} not null default 0`,
    `alter table client_state add column dropping_since ${int}`,
    `alter table client_state add column dropped_at ${int}`,
    `alter table client_state add column dropped_rows ${int} not null default 0`,
  ]
}
