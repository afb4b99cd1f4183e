/** Which pages reported calls, and what the hours are of within which clients win missed calls back. Frozen, as every migration. */
export function questions(engine: 'sqlite' | 'postgres'): readonly string[] {
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"'
  return [
    `alter table calls add column domain ${text}`,
    `alter table clients add column missed_call_window_in ${text} not null default 'clock'`,
  ]
}
