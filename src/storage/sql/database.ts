/**
 * The tables, as Kysely sees them. Every key starts with `client_id`, so that the tables shard by client; `clients`
 * and `api_keys` are small and copied to every shard. Times are epoch milliseconds UTC, JSON is its text.
 */
import type { Kysely } from 'kysely'
import type { Counter } from '../../core/tally.js'

/** Counters of a tally are columns of the same name. */
type Counters = Readonly<Record<Counter, number>>

export interface ClientsTable {
  client_id: string
  name: string
  plan: string
  monthly_limit: number
  features: string
  allowed_domains: string
  timezone: string
  /** Null keeps everything. */
  retention_months: number | null
  sealed_exotel: string
  status: string
  created_at: number
}

export interface ApiKeysTable {
  client_id: string
  key_hash: string
  hint: string
  created_at: number
  revoked_at: number | null
}

/**
 * One row a client: locking it orders the client's writers, across processes too. `last_sequence` numbers events in the
 * order of their commits. `timezone` is the zone that the day tallies are kept in. Events and calls from before
 * `retained_from` were dropped; null when none ever were.
 */
export interface LedgersTable {
  client_id: string
  last_sequence: number
  timezone: string
  retained_from: number | null
}

export interface EventsTable {
  client_id: string
  occurred_at: number
  sequence: number
  /** What makes a repeat the same event: see event-key.ts. */
  event_key: string
  /** Hash of the content under a caller's idempotency key; null when the content is the key. */
  content_hash: string | null
  call_key: string | null
  /** The call's own sequence number: neighbours in time, unlike names of calls. Null while there is no such call. */
  call_sequence: number | null
  event: string
  /** The event's own direction, else its call's; empty when it has no call. */
  direction: string
  /** 1 when the event itself says its direction: then its call's does not matter. */
  own_direction: number
  customer_id: string | null
  received_at: number
  data: string
  context: string
}

export interface CallsTable {
  client_id: string
  call_key: string
  /** Of the event that began it. */
  sequence: number
  start_at: number
  answered_at: number | null
  end_at: number | null
  duration_seconds: number | null
  direction: string
  status: string
  answered: number
  phone_number: string | null
  customer_id: string | null
  customer_data: string | null
  /** The join of the call's events, from which all other columns derive. */
  facts: string
}

/** Marks of calls that are no longer kept, so that no late event counts one again: see retention.ts. */
export interface DroppedCallsTable {
  client_id: string
  call_mark: string
}

export interface SlotTalliesTable extends Counters {
  client_id: string
  slot_at: number
}

/** `hours` are 24 columns of call counts by local hour. */
export interface DayTalliesTable extends Counters, Record<HourColumn, number> {
  client_id: string
  local_date: string
}

/** A customer's calls have no duration buckets: no report shows them. */
export const CUSTOMER_COUNTERS = ['calls', 'inbound', 'outbound', 'answered', 'missed', 'ended', 'seconds'] as const

/**
 * What is counted of one customer, kept together so that an event touches one place.
 * Calls: `event` and `direction` are empty, `period` is a local date, a local month, or empty for all time.
 * Events: `period` is a UTC date followed by `Z`, and `events` counts those of that name and direction.
 */
export interface CustomerTalliesTable extends Readonly<Record<(typeof CUSTOMER_COUNTERS)[number], number>> {
  client_id: string
  customer_id: string
  period: string
  event: string
  direction: string
  events: number
}

/** Counts of all customers' events. `grain` is `day` (UTC) or `slot`, `period_at` its start. */
export interface EventTalliesTable {
  client_id: string
  grain: string
  period_at: number
  event: string
  direction: string
  events: number
}

/** `profile` is what was saved; null when nobody did, and the customer is known from calls alone. `told` is what those told that were dropped. */
export interface CustomersTable {
  client_id: string
  customer_id: string
  profile: string | null
  told: string | null
  created_at: number
  updated_at: number
}

export interface Database {
  clients: ClientsTable
  api_keys: ApiKeysTable
  ledgers: LedgersTable
  events: EventsTable
  calls: CallsTable
  dropped_calls: DroppedCallsTable
  slot_tallies: SlotTalliesTable
  day_tallies: DayTalliesTable
  customer_tallies: CustomerTalliesTable
  event_tallies: EventTalliesTable
  customers: CustomersTable
}

/** Primary keys, in the order in which tables are made and copied. */
export const TABLE_KEYS = {
  clients: ['client_id'],
  api_keys: ['client_id', 'key_hash'],
  ledgers: ['client_id'],
  events: ['client_id', 'occurred_at', 'sequence'],
  calls: ['client_id', 'call_key'],
  dropped_calls: ['client_id', 'call_mark'],
  slot_tallies: ['client_id', 'slot_at'],
  day_tallies: ['client_id', 'local_date'],
  customer_tallies: ['client_id', 'customer_id', 'period', 'event', 'direction'],
  event_tallies: ['client_id', 'grain', 'period_at', 'event', 'direction'],
  customers: ['client_id', 'customer_id'],
} as const satisfies { [T in keyof Database]: readonly (keyof Database[T])[] }

export type Db = Kysely<Database>

export const HOUR_COLUMNS = [
  'h00', 'h01', 'h02', 'h03', 'h04', 'h05', 'h06', 'h07', 'h08', 'h09', 'h10', 'h11',
  'h12', 'h13', 'h14', 'h15', 'h16', 'h17', 'h18', 'h19', 'h20', 'h21', 'h22', 'h23',
] as const // prettier-ignore
export type HourColumn = (typeof HOUR_COLUMNS)[number]

/** What the queries must know of the engine under them, and all that differs between the two. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  readonly db: Db
  /** Opens a read-only view of one moment for a long read, apart from other readers. */
  openSnapshot(): Promise<Snapshot>
  close(): Promise<void>
}

export interface Snapshot {
  readonly db: Db
  close(): Promise<void>
}
