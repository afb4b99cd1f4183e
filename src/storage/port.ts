/**
 * The storage port: all that services know of a database. Times are epoch milliseconds UTC, ranges half-open
 * `[from, to)`, dates local `YYYY-MM-DD` in the client's own zone. Every method but those named `allClients…` and the key lookup is
 * about one client, and can neither read nor touch another's rows.
 *
 * Any method may reject with `StorageUnavailable` (nothing was written; try again) and nothing else that a caller
 * could have caused.
 */
import type { Call } from '../core/call.js'
import type { RangePlan, TimeRange } from '../core/range.js'
import type { JsonObject } from '../core/json.js'
import type { Report } from '../core/report.js'
import type { Tally } from '../core/tally.js'
import type { Direction, EventSource, Feature, Plan } from '../core/vocabulary.js'

/** A tenant, as configured. `exotel` is sealed: only the credentials service can open it. */
export interface Client {
  readonly clientId: string
  readonly name: string
  readonly plan: Plan
  /** Calls a month. */
  readonly monthlyLimit: number
  readonly features: readonly Feature[]
  /** Host names; `*` allows any, `*.example.com` any subdomain. */
  readonly allowedDomains: readonly string[]
  /** IANA zone of the client's days and months. */
  readonly timezone: string
  /** Whole local months of events and calls that are kept before the current one, from 1; null keeps everything. */
  readonly retentionMonths: number | null
  readonly sealedExotel: string
  readonly status: 'active' | 'suspended'
}

export interface NewClient extends Client {
  /** SHA-256 of the API key, lower-case hex. */
  readonly apiKeyHash: string
  /** The key's first characters, to recognise it by: never enough to use it. */
  readonly apiKeyHint: string
  readonly createdAt: number
}

export interface ClientListing extends Client {
  readonly apiKeyHint: string
}

/** An event as accepted, before it is folded. */
export interface NewEvent {
  readonly clientId: string
  readonly event: string
  /** As sent; comes back deep-equal. */
  readonly data: JsonObject
  readonly occurredAt: number
  readonly receivedAt: number
  readonly source: EventSource
  /** `timestamp` as sent, part of the event's identity; null when it was not sent and arrival stands in. */
  readonly timestamp: string | null
  /** The other members of the request worth keeping: `domain`, `agentUserId` and the like. */
  readonly context: JsonObject
  /** `Idempotency-Key` or `eventId`: what makes a repeat the same event, else its content does. */
  readonly idempotencyKey: string | null
}

/**
 * `created`: on disk. `duplicate`: the same event was recorded before, `logId` is the first one's, nothing changed.
 * `conflict`: the idempotency key was used for another event; nothing changed.
 */
export type RecordOutcome =
  { readonly status: 'created' | 'duplicate'; readonly logId: string } | { readonly status: 'conflict' }

export interface StoredEvent {
  readonly logId: string
  readonly event: string
  readonly data: JsonObject
  readonly occurredAt: number
  readonly context: JsonObject
}

export interface EventQuery {
  readonly clientId: string
  readonly range: TimeRange
  /** Filters: null is any. */
  readonly customerId: string | null
  readonly event: string | null
  readonly direction: Direction | null
  readonly pageSize: number
  /** A page number from 1, or where a cursor stopped: events older than it follow. */
  readonly position: { readonly page: number } | { readonly after: EventPosition }
}

/** A place between two events in newest-first order. */
export interface EventPosition {
  readonly occurredAt: number
  readonly sequence: number
}

/**
 * What a client has dropped, as of the answer that says so. Events that occurred, and calls that started, before
 * `retainedFrom` are in no answer; null when none were ever dropped. Tallies of calls stay: whole quarter hours of all
 * calls, whole local days of a customer's.
 */
export interface Retained {
  readonly retainedFrom: number | null
}

export interface EventPage extends Retained {
  /** Newest first: by `occurredAt`, then by the order of recording. */
  readonly events: readonly StoredEvent[]
  /** Exact, from tallies: costs the same at any volume. */
  readonly total: number
  /** Where the next page starts; null after the last event. */
  readonly next: EventPosition | null
}

export interface ReportQuery {
  readonly clientId: string
  /** Only this customer's calls; null is all. */
  readonly customerId: string | null
  readonly range: TimeRange
  /** How the range falls into whole days, slots and ragged edges: from `planRange`. */
  readonly plan: RangePlan
  /** How many calls to list, newest start first. */
  readonly recent: number
  /** How many customers to rank by calls, then seconds, then id; 0 ranks none. */
  readonly top: number
  /** The current month in the client's zone as its first and last date, for `monthCalls`; null skips it. */
  readonly month: DateSpan | null
}

/** Local dates, both included. */
export interface DateSpan {
  readonly first: string
  readonly last: string
}

/** The report of the range in the plan's zone, and what goes with it, read from one snapshot. */
export interface ClientReport extends Report, Retained {
  readonly recent: readonly Call[]
  readonly top: readonly RankedCustomer[]
  readonly monthCalls: number
}

export interface RankedCustomer {
  readonly customerId: string
  readonly name: string | null
  readonly phoneNumber: string | null
  readonly calls: number
  readonly seconds: number
}

export interface CustomerRecord {
  readonly customerId: string
  /** The saved profile, or what calls told of a customer that nobody saved. Without `customerId`. */
  readonly profile: JsonObject
  readonly createdAt: number
  readonly updatedAt: number
}

export interface CustomerHistory extends Retained {
  readonly customer: CustomerRecord
  /** Newest start first. */
  readonly calls: readonly Call[]
  /** Events of those calls, oldest first; the newest `events` of them. */
  readonly events: readonly Pick<StoredEvent, 'logId' | 'event' | 'occurredAt'>[]
  /** Over all the customer's calls, not only those listed. */
  readonly totals: Tally
}

export interface ClientTotals {
  readonly clientId: string
  readonly calls: number
  readonly seconds: number
  /** Calls by local month `YYYY-MM`, from the month asked for on. */
  readonly callsByMonth: Readonly<Record<string, number>>
}

export interface Storage {
  /**
   * Records one event: event, call, tallies, customer and idempotency key in one transaction, committed together with
   * whatever else is waiting. Durable when it resolves. Events of one client are recorded in the order of the calls.
   * @throws StorageBusy when too many events wait; nothing was written
   */
  record(event: NewEvent): Promise<RecordOutcome>

  listEvents(query: EventQuery): Promise<EventPage>
  report(query: ReportQuery): Promise<ClientReport>

  /** Calls that have not ended and started at or after `startedFrom`, newest first; `count` is exact beyond `limit`. */
  activeCalls(clientId: string, startedFrom: number, limit: number): Promise<{ calls: readonly Call[]; count: number }>

  /**
   * Every call that started in the range, oldest first, in chunks, from one snapshot. Leaving the loop early frees the
   * snapshot.
   */
  exportCalls(clientId: string, range: TimeRange): AsyncIterable<readonly Call[]>

  /** Calls that started on these local dates: one sum over at most a month of days. */
  callsInMonth(clientId: string, month: DateSpan): Promise<number>

  /**
   * Applies a JSON merge patch (RFC 7396) to a customer's profile, creating it when it is new. Durable when it resolves.
   * A profile that only calls had told of is kept as the ground the patch is applied to.
   */
  saveCustomer(clientId: string, customerId: string, patch: JsonObject, now: number): Promise<void>

  /** @returns null when nobody saved the customer and no call named it */
  customerHistory(
    clientId: string,
    customerId: string,
    limits: { calls: number; events: number },
  ): Promise<CustomerHistory | null>

  /** The client that a key belongs to, whatever its status; null when no key has this hash. */
  clientByKeyHash(apiKeyHash: string): Promise<Client | null>
  /** Creates a client and its key. Does nothing when the client exists. */
  createClient(client: NewClient): Promise<void>
  allClients(): Promise<readonly ClientListing[]>
  /** One aggregate over all clients; `fromMonth` is the first month of `callsByMonth`. */
  allClientTotals(fromMonth: string): Promise<readonly ClientTotals[]>

  /** The instant before which a client's events and calls were dropped; null when none ever were. It never goes back. */
  retainedFrom(clientId: string): Promise<number | null>
  /**
   * Drops up to `limit` events and calls from before an instant, in one transaction, for good. The first of them to go
   * advances `retainedFrom` to the instant, so that all vanish from every answer at once, whatever is left to drop.
   *
   * Tallies of calls stay, and a dropped call stays as it was counted: an event that names it later, and one that names
   * no call and occurred before `retainedFrom`, is recorded but changes no call and no tally of calls. An idempotency
   * key is known for as long as its event is kept.
   * @param instant the start of a local day of the client's zone
   * @returns how many went; 0 when none are left
   */
  dropBefore(clientId: string, instant: number, limit: number): Promise<number>

  /** Resolves when the store answers; rejects when it does not. */
  ping(): Promise<void>
  /** Commits what was accepted, then lets go of everything. */
  close(): Promise<void>
}
