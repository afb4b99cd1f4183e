/** Which pages reported calls. Frozen, as every migration. */
export function domains(engine: 'sqlite' | 'postgres'): readonly string[] {
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"'
  return [`alter table calls add column domain ${text}`]
}
