/**
 * The rows of the tables, as they are now. Every key starts with `client`, the client's number, so that the tables shard by
 * client; `clients` and `api_keys` are small and copied to every shard. Instants are epoch milliseconds UTC, JSON is its text.
 */

export interface ClientRow {
  client: number
  client_id: string
  name: string
  plan: string
  monthly_limit: number
  features: string
  allowed_domains: string
  /** Zone of the client's days: the tallies are sorted into them. */
  timezone: string
  /** Null keeps everything. */
  retention_months: number | null
  sealed_exotel: string
  /** `active` or `suspended`; `deleted` once all rows of the client are gone but this one, which keeps its id taken. */
  status: string
  created_at: number
  /** 1 when it does. */
  require_agent_sessions: number
  /** From when on its rows may be removed; null unless it is being deleted. */
  deletes_at: number | null
  /** ISO 3166-1: how the client's people write numbers. */
  region: string
  /** Null when it was not given. */
  sealed_exotel_api: string | null
  missed_call_window_hours: number
  missed_call_window_in: string
  /** 1 while nothing of what it no longer keeps is dropped. */
  retention_paused: number
}

export interface ApiKeyRow {
  client: number
  key_hash: string
  hint: string
  created_at: number
  /** When it ends, which may be ahead. */
  revoked_at: number | null
  kind: string
  /** With a space between. */
  scopes: string
  name: string | null
  last_used_at: number | null
  /** From where it may be used, with a space between; null from anywhere. */
  addresses: string | null
  /** 1 when people's numbers are masked in all that it is answered. */
  mask_numbers: number
}

/** One row a client. Whoever writes for the client locks it first. */
export interface ClientStateRow {
  client: number
  /** Another one at random after every transaction that changed tallies: who remembers those of another reads them again. */
  version: number
  /** Of the last event. Sequences follow the order of commits. */
  last_sequence: number
  last_customer: number
  /** All calls ever, and their talk time. */
  calls: number
  seconds: number
  /** Events and calls from before it were dropped; null when none ever were. */
  retained_from: number | null
  /** Where dropping calls goes on: those that started before it are dropped. */
  dropped_to: number | null
  /** 1 once an event was recorded that names no call. */
  has_nameless: number
  last_agent: number
  /** Since when what is no longer kept is being dropped; null when all of it was. */
  dropping_since: number | null
  /** When some was dropped last. */
  dropped_at: number | null
  /** Rows that were dropped since then, or the last time. */
  dropped_rows: number
  /** How often something of a person was erased: what was read before is not right after it. */
  erasures: number
}

export interface EventRow {
  client: number
  sequence: number
  occurred_at: number
  received_at: number
  /** Number of its call; null for none. */
  call: number | null
  /** Number of the customer that the event itself names. */
  customer: number | null
  /** The event's own direction, else its call's: 0 for none, else 1 + its index in `DIRECTIONS`. */
  direction: number
  /** 1 when the event itself says its direction: then its call's does not matter. */
  own_direction: number
  /** 1 when no two events may have the key; else no two of one call. */
  own_key: number
  /** Index in `EVENT_SOURCES`. */
  source: number
  /** What makes a repeat the same event: see `event-key.ts`. */
  key: Uint8Array
  /** Hash of the content under a caller's idempotency key; null when the content is the key. */
  content_hash: Uint8Array | null
  event: string
  /** The number by which an event that names no call finds one; null when it names its call. */
  phone: string | null
  data: string
  context: string
  /** Number of the agent that the event itself names. */
  by_agent: number | null
}

export interface CallRow {
  client: number
  /** Sequence of the event that began to be recorded first; of an unnamed call, of the event that began it. */
  number: number
  /** Sequence of the last event that changed it. */
  version: number
  /** Null while only events have named it that change no call. */
  start_at: number | null
  answered_at: number | null
  end_at: number | null
  /** Whole seconds; null until the call has ended. */
  duration: number | null
  customer: number | null
  /** Events that are attached to it. */
  events: number
  /** Those of them that name no call. */
  nameless: number
  /** 1 + its index in `DIRECTIONS`. */
  direction: number
  /** Index in `CALL_STATUSES`. */
  status: number
  /** Bits: 1 when it was answered, 2 when the provider said how it ended, 4 when `answered_at` is when the customer answered, as the provider told it, 8 when somebody corrected it, 16 when it does not count. */
  answered: number
  /** Hash of the name that events call it by. */
  key: Uint8Array
  /** That name; null once the call was dropped. */
  call_key: string | null
  /** What the number is found by: see `numberKey`. */
  phone: string | null
  /** The number as it was told, where that is another text. */
  phone_said: string | null
  /** The provider's number, as it is found: see `numberKey`. */
  virtual_number: string | null
  /** That number as it was told, where that is another text. */
  virtual_number_said: string | null
  agent_number: string | null
  end_reason: string | null
  recording: string | null
  notes: string | null
  /** See `tagsOf`; null for none. */
  tags: string | null
  disposition_code: string | null
  /** Id of the agent. It stays when the call is dropped: calls are counted by it. */
  agent: string | null
  customer_data: string | null
  /** Of the page that reported it; calls that were recorded before there was this column have none. */
  domain: string | null
  /** The join of the events that name the call: see `facts-codec.ts`. Null where no event names it. */
  facts: Uint8Array | null
  /** The join of the events that name no call and belong to it. */
  unnamed: Uint8Array | null
  /** 1 once the person is erased whom it was about. */
  erased: number
}

/** Counts of a local day's calls. */
export interface DayRow {
  client: number
  local_date: string
  /** Sequence at which a call of the day changed last. */
  changed: number
  calls: number
  seconds: number
  /** A page by number of the quarter hour, one column a counter of `COUNTERS`. */
  slots: Uint8Array
}

/** Counts of a local day's events of one name and direction. The empty name is that of all events. */
export interface EventDayRow {
  client: number
  event: string
  local_date: string
  direction: number
  events: number
  /** A page by number of the quarter hour, of one column. */
  slots: Uint8Array
}

/** Counts of a local day's or month's calls by a dimension: a cache, to be believed when it is not behind its days. */
export interface PageRow {
  client: number
  dimension: string
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  period: string
  /** Sequence of the client's last event when it was built. */
  built_at: number
  body: Uint8Array
}

export interface CustomerRow {
  client: number
  number: number
  created_at: number
  updated_at: number
  customer_id: string
  /** What was saved; null when nobody did, and the customer is known from calls alone. */
  profile: string | null
  /** What dropped calls said about a customer that nobody saved. */
  mentions: string | null
  /** The saved number as it is found: see `numberKey`. */
  phone: string | null
  /** The words that the customer is found by, each once, with a space between; null where none were noted yet. */
  words: string | null
}

export interface AgentRow {
  client: number
  number: number
  created_at: number
  updated_at: number
  /** 1 when the agent is. */
  active: number
  agent_id: string
  /** What was saved; null when nobody did, and the agent is known from events alone. */
  profile: string | null
  /** What Exotel calls the agent. */
  exotel_user: string | null
  /** Lower case. */
  email: string | null
  /** As it is found: see `numberKey`. */
  phone: string | null
}

/** A word of a customer's name: see `wordsOf`. */
export interface CustomerWordRow {
  client: number
  word: string
  customer: number
}

/** What an administrator did. Rows are added, and never changed. */
export interface AuditRow {
  /** Without gaps: an entry that is missing would show. */
  id: number
  at: number
  actor: string
  action: string
  /** Empty of what was done about all clients. */
  client_id: string
  details: string
  request_id: string | null
}

/** A call that somebody asked this server to make. */
export interface PlacedCallRow {
  client: number
  id: string
  content_hash: string
  /** Index in `PLACED_STATES`. */
  state: number
  claimed_at: number
  /** Null until it is placed, and so is the next. */
  call_sid: string | null
  /** As Exotel told it first. */
  call_status: string | null
}

/** How often something was counted of a client's callbacks. */
export interface CallbackNoteRow {
  client: number
  /** Which callbacks: one of `CALLBACK_EVENTS`. */
  event: string
  kind: string
  /** What was odd; empty for callbacks that are merely counted. */
  what: string
  times: number
  first_at: number
  last_at: number
  /** Of the last event of which it is told. */
  log_id: string
}

/** A client's reconciliation that goes on, or its last one. */
export interface ReconciliationRow {
  client: number
  run_id: string
  /** Name of an admin token, or `server`. */
  started_by: string
  /** Index in `RECONCILIATION_STATES`. */
  state: number
  started_at: number
  /** When it last said something of itself. */
  updated_at: number
  report: string
}

/** Business hours of a client, from a local date on. */
export interface BusinessHoursRow {
  client: number
  /** Empty: from the beginning. */
  from_date: string
  /** The schedule; JSON's null for none. */
  schedule: string
}

/** Where a client's messages are sent. */
export interface WebhookEndpointRow {
  client: number
  endpoint: string
  url: string
  /** With a space between. */
  event_types: string
  sealed_secrets: string
  /** Index in `WEBHOOK_STATUSES`. */
  status: number
  paused_reason: string | null
  failing_since: number | null
  position: number
  next_at: number | null
  quota_told: string
  changes: number
  /** Number of the newest delivery. */
  last_delivery: number
  /** The process that sends for it, until `lease_ends`. */
  lease_owner: string | null
  lease_ends: number
  created_at: number
  updated_at: number
}

/** A message that waits to be sent again, or was given up. */
export interface WebhookPendingRow {
  client: number
  endpoint: string
  sequence: number
  session: string
  attempts: number
  first_at: number | null
  next_at: number
  /** 1 when it was given up. */
  parked: number
}

/** A try to deliver a message. */
export interface WebhookDeliveryRow {
  client: number
  endpoint: string
  number: number
  sequence: number | null
  message_id: string
  type: string
  attempt: number
  at: number
  /** Milliseconds. */
  duration: number
  status: number | null
  error: string | null
  answer: string
}

/** An erasure that is under way: so far what is counted of it. Its end is in the audit log. */
export interface ErasureRow {
  client: number
  /** A keyed hash: whoever is erased is not kept. */
  subject: string
  calls: number
  events: number
  customers: number
}

export interface Tables {
  clients: ClientRow
  api_keys: ApiKeyRow
  client_state: ClientStateRow
  events: EventRow
  calls: CallRow
  days: DayRow
  event_days: EventDayRow
  pages: PageRow
  customers: CustomerRow
  customer_words: CustomerWordRow
  agents: AgentRow
  audit_log: AuditRow
  placed_calls: PlacedCallRow
  callback_notes: CallbackNoteRow
  reconciliations: ReconciliationRow
  business_hours: BusinessHoursRow
  webhook_endpoints: WebhookEndpointRow
  webhook_pending: WebhookPendingRow
  webhook_deliveries: WebhookDeliveryRow
  erasures: ErasureRow
}

/** Primary keys, in the order in which tables are copied. */
export const TABLE_KEYS = {
  clients: ['client'],
  api_keys: ['client', 'key_hash'],
  client_state: ['client'],
  events: ['client', 'sequence'],
  calls: ['client', 'number'],
  days: ['client', 'local_date'],
  event_days: ['client', 'event', 'local_date', 'direction'],
  customers: ['client', 'number'],
  customer_words: ['client', 'word', 'customer'],
  agents: ['client', 'number'],
  pages: ['client', 'dimension', 'period'],
  audit_log: ['id'],
  placed_calls: ['client', 'id'],
  callback_notes: ['client', 'event', 'kind', 'what'],
  reconciliations: ['client'],
  business_hours: ['client', 'from_date'],
  webhook_endpoints: ['client', 'endpoint'],
  webhook_pending: ['client', 'endpoint', 'sequence'],
  webhook_deliveries: ['client', 'endpoint', 'number'],
  erasures: ['client', 'subject'],
} as const satisfies { [T in keyof Tables]: readonly (keyof Tables[T])[] }
