/** What API keys are for, what they are called, and when they were used. Frozen, as every migration. */
export function keyKinds(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int] = engine === 'sqlite' ? ['text', 'integer'] : ['text collate "C"', 'bigint']
  return [
    `alter table api_keys add column kind ${text} not null default 'full'`,
    `alter table api_keys add column scopes ${text} not null default ''`,
    `alter table api_keys add column name ${text}`,
    `alter table api_keys add column last_used_at ${int}`,
  ]
}
