/** Webhooks: endpoints, messages that wait to be sent again, and what became of each try. Frozen, as every migration. */
export function webhooks(engine: 'sqlite' | 'postgres'): readonly string[] {
  const [text, int, small] =
    engine === 'sqlite' ? ['text', 'integer', 'integer'] : ['text collate "C"', 'bigint', 'smallint']
  return [
    `create table webhook_endpoints (
      client ${int} not null,
      endpoint ${text} not null,
      url ${text} not null,
      event_types ${text} not null,
      sealed_secrets ${text} not null,
      status ${small} not null,
      paused_reason ${text},
      failing_since ${int},
      position ${int} not null,
      next_at ${int},
      quota_told ${text} not null,
      changes ${int} not null,
      last_delivery ${int} not null,
      lease_owner ${text},
      lease_ends ${int} not null,
      created_at ${int} not null,
      updated_at ${int} not null,
      primary key (client, endpoint)
    )`,
    `create table webhook_pending (
      client ${int} not null,
      endpoint ${text} not null,
      sequence ${int} not null,
      session ${text} not null,
      attempts ${int} not null,
      first_at ${int},
      next_at ${int} not null,
      parked ${small} not null,
      primary key (client, endpoint, sequence)
    )`,
    `create table webhook_deliveries (
      client ${int} not null,
      endpoint ${text} not null,
      number ${int} not null,
      sequence ${int},
      message_id ${text} not null,
      type ${text} not null,
      attempt ${int} not null,
      at ${int} not null,
      duration ${int} not null,
      status ${small},
      error ${text},
      answer ${text} not null,
      primary key (client, endpoint, number)
    )`,
  ]
}
