/** What people note of calls. Frozen, as every migration. */
export function annotations(engine: 'sqlite' | 'postgres'): readonly string[] {
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"'
  return [
    ...['notes', 'tags', 'disposition_code'].map((column) => `alter table calls add column ${column} ${text}`),
    `create index calls_of_disposition on calls (client, disposition_code, start_at, number)
      where disposition_code is not null`,
    'create index calls_tagged on calls (client, start_at, number) where tags is not null',
  ]
}
