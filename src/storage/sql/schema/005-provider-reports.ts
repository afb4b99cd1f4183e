/** What the provider tells of calls, and how clients write numbers. Frozen, as every migration. */
export function providerReports(engine: 'sqlite' | 'postgres'): readonly string[] {
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"'
  return [
    `alter table clients add column region ${text} not null default 'IN'`,
    ...['phone_said', 'virtual_number', 'agent_number', 'end_reason', 'recording'].map(
      (column) => `alter table calls add column ${column} ${text}`,
    ),
  ]
}
