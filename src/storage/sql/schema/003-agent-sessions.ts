/** Whether a client hands out its credentials to agent sessions alone. Frozen, as every migration. */
export function agentSessions(engine: 'sqlite' | 'postgres'): readonly string[] {
  const int = engine === 'sqlite' ? 'integer' : 'smallint'
  return [`alter table clients add column require_agent_sessions ${int} not null default 0`]
}
