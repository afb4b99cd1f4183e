/**
 * Agents, and which events name them. Frozen, as every migration.
 *
 * What is stored already is looked through: agents that calls and events name are made known, and events get their number.
 */
const STATISTICS: readonly (readonly [table: string, index: string, rows: string])[] = [
  ['events', 'events_of_agent', '1000000 1000000 5000 2 1'],
  ['calls', 'calls_by_start', '500000 500000 2 1 1 1 1 1 1 1'],
  ['agents', 'agents', '1000 1000 1'],
  ['agents', 'agents_by_id', '1000 1000 1'],
  ['agents', 'agents_by_exotel_user', '1000 1000 1'],
  ['agents', 'agents_by_email', '1000 1000 1'],
  ['agents', 'agents_by_phone', '1000 1000 1'],
]

/** The agent that an event's context names, as the core reads it: a text, or a number. Longer than names may be is none. */
const NAMED = {
  sqlite: `case json_type(context, '$.agentUserId')
    when 'text' then context ->> '$.agentUserId'
    when 'integer' then context -> '$.agentUserId'
    when 'real' then context -> '$.agentUserId' end`,
  postgres: `case when json_typeof(context::json -> 'agentUserId') in ('string', 'number')
    then context::json ->> 'agentUserId' end`,
} as const

export function agents(engine: 'sqlite' | 'postgres'): readonly string[] {
  const isServer = engine === 'postgres'
  const [text, int, small] = isServer ? ['text collate "C"', 'bigint', 'smallint'] : ['text', 'integer', 'integer']
  const named = `(${NAMED[engine]})`
  return [
    `alter table client_state add column last_agent ${int} not null default 0`,
    `alter table events add column by_agent ${int}`,
    `create table agents (
      client ${int} not null,
      number ${int} not null,
      created_at ${int} not null,
      updated_at ${int} not null,
      active ${small} not null default 1,
      agent_id ${text} not null,
      profile ${text},
      exotel_user ${text},
      email ${text},
      phone ${text},
      primary key (client, number)
    ) ${isServer ? '' : 'without rowid'}`,
    'create unique index agents_by_id on agents (client, agent_id)',
    'create unique index agents_by_exotel_user on agents (client, exotel_user) where exotel_user is not null',
    'create index agents_by_email on agents (client, email) where email is not null',
    'create index agents_by_phone on agents (client, phone) where phone is not null',
    ...(isServer ? [PLACED_WITH_ITS_CLIENT] : []),
    `insert into agents (client, number, created_at, updated_at, agent_id)
      select client, row_number() over (partition by client order by agent_id), since, since, agent_id from (
        select client, agent_id, min(at) as since from (
          select client, agent as agent_id, start_at as at from calls where agent is not null
          union all
          select client, ${named} as agent_id, received_at as at from events where context like '%"agentUserId"%'
        ) as mentions where length(agent_id) between 1 and 128 group by client, agent_id
      ) as known`,
    `update client_state set last_agent = coalesce(
      (select max(number) from agents where agents.client = client_state.client), 0)`,
    `update events set by_agent = (
        select number from agents where agents.client = events.client and agents.agent_id = ${named})
      where context like '%"agentUserId"%'`,
    `create index events_of_agent on events (client, by_agent, occurred_at, sequence) where by_agent is not null`,
    ...(isServer ? [] : SQLITE),
  ]
}

/** On a cluster, where the other tables are placed already: what follows joins them. */
const PLACED_WITH_ITS_CLIENT = `do $$ begin
    if to_regclass('pg_dist_partition') is not null then
      if exists (select from pg_dist_partition where logicalrelid = 'client_state'::regclass) then
        perform create_distributed_table('agents', 'client', colocate_with => 'client_state');
      end if;
    end if;
  end $$`

/** The calls of a day are counted by agent from the same index as by customer. */
const SQLITE = [
  'drop index calls_by_start',
  `create index calls_by_start on calls (client, start_at, number, customer, duration, direction, status, answered, agent)
    where start_at is not null`,
  ...STATISTICS.map(([table, index, rows]) => `insert into sqlite_stat1 values ('${table}', '${index}', '${rows}')`),
]
