/** Within how many hours clients win missed calls back. Frozen, as every migration. */
export function missedCalls(engine: 'sqlite' | 'postgres'): readonly string[] {
  const int = engine === 'sqlite' ? 'integer' : 'bigint'
  return [`alter table clients add column missed_call_window_hours ${int} not null default 24`]
}
