/** When clients are to be deleted, and what administrators did. Frozen, as every migration. */
export function administration(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int] = engine === 'sqlite' ? ['text', 'integer'] : ['text collate "C"', 'bigint']
  return [
    `alter table clients add column deletes_at ${int}`,
    `create table audit_log (
      id ${int} not null primary key,
      at ${int} not null,
      actor ${text} not null,
      action ${text} not null,
      client_id ${text} not null,
      details ${text} not null,
      request_id ${text}
    )`,
    'create index audit_log_by_client on audit_log (client_id, id)',
    ...(engine === 'sqlite' ? REFUSED_BY_SQLITE : REFUSED_BY_POSTGRES),
  ]
}

const WORDS = 'the audit log is append-only'

const REFUSED_BY_SQLITE = ['update', 'delete'].map(
  (change) => `create trigger audit_log_no_${change} before ${change} on audit_log
    begin select raise(abort, '${WORDS}'); end`,
)

const REFUSED_BY_POSTGRES = [
  `create function audit_log_refuses() returns trigger language plpgsql as $$
    begin raise exception '${WORDS}'; end
  $$`,
  `create trigger audit_log_is_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_log_refuses()`,
]
