/** Events: how they are recorded, which makes calls of them, and how they are listed. */
import type { JsonObject } from '../../core/json.js'
import type { TimeRange } from '../../core/range.js'
import type { Direction } from '../../core/vocabulary/calls.js'
import type { EventSource } from '../../core/vocabulary/events.js'
import type { Retained } from './retention.js'

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
  /** `Idempotency-Key` or `eventId`: what makes a repeat the same event. Null: its content does. */
  readonly idempotencyKey: string | null
}

/**
 * `created`: on disk. `duplicate`: the same event was recorded before, `logId` is the first one's, nothing changed.
 * `conflict`: the idempotency key was used for another event; nothing changed.
 */
export type RecordOutcome =
  { readonly status: 'created' | 'duplicate'; readonly logId: string } | { readonly status: 'conflict' }

/** Of an event among others. `failed`: this one cannot be recorded, whatever the reason; nothing of it was written. */
export type BatchOutcome = RecordOutcome | { readonly status: 'failed'; readonly error: unknown }

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
  /** The agent that the event itself names; absent is any, too. */
  readonly agentUserId?: string | null
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

export interface EventPage extends Retained {
  /** Newest first: by `occurredAt`, then by the order of recording. Fewer than asked where an answer is as long as it may be. */
  readonly events: readonly StoredEvent[]
  /** Exact. Costs the same at any volume, but for those of one customer or agent, which are counted. */
  readonly total: number
  /** Where the next page starts; null after the last event. */
  readonly next: EventPosition | null
}

export interface EventStorage {
  /**
   * Records one event: the event, its call, tallies and customer in one transaction, together with whatever else is
   * waiting. Durable when it resolves. Events of one client are recorded in the order of the calls.
   * @throws StorageBusy when too many events wait; nothing was written
   */
  record(event: NewEvent): Promise<RecordOutcome>
  /**
   * Records events of one client as `record` would one after the other, and all in one transaction: after a crash either all
   * of them are there or none. If one of them cannot be recorded, it fails alone, and the others take several transactions.
   * @returns one outcome an event, in order
   * @throws StorageBusy as `record` does; StorageUnavailable with `outcomeOpen` when some may have been written
   */
  recordAll(events: readonly NewEvent[]): Promise<readonly BatchOutcome[]>
  listEvents(query: EventQuery): Promise<EventPage>
}
