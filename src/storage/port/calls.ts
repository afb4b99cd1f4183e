/** Calls, one by one: those that go on, those that filters leave, and one with its events. */
import type { Call } from '../../core/call.js'
import type { ReadingTime } from '../../core/published-call.js'
import type { TimeRange } from '../../core/range.js'
import type { CallStatus, Direction } from '../../core/vocabulary/calls.js'
import type { EventSource } from '../../core/vocabulary/events.js'
import type { StoredEvent } from './events.js'
import type { Retained } from './retention.js'

export interface CallList {
  readonly calls: readonly Call[]
  /** Whether calls were left out because the answer is as long as it may be. */
  readonly cut: boolean
}

/** What calls are asked for by: null is any. */
export interface CallFilters {
  /** As they read at the time of the query. */
  readonly statuses: readonly CallStatus[] | null
  readonly direction: Direction | null
  readonly customerId: string | null
  readonly agentUserId: string | null
  /** Numbers in any spelling. */
  readonly phoneNumber: string | null
  readonly virtualNumber: string | null
  readonly endReason: string | null
  /** What the call came to, in the client's own words. */
  readonly disposition: string | null
  readonly tag: string | null
  /** Of calls that have ended: whole seconds, both included. */
  readonly minSeconds: number | null
  readonly maxSeconds: number | null
  readonly hasRecording: boolean | null
  /** Whether the provider said how it ended. */
  readonly confirmed: boolean | null
}

/** Filters that leave every call. */
export const ANY_CALL: CallFilters = {
  statuses: null,
  direction: null,
  customerId: null,
  agentUserId: null,
  phoneNumber: null,
  virtualNumber: null,
  endReason: null,
  disposition: null,
  tag: null,
  minSeconds: null,
  maxSeconds: null,
  hasRecording: null,
  confirmed: null,
}

/** A call's place among others, by start and then by number. */
export interface CallPosition {
  readonly startAt: number
  readonly number: number
}

export interface CallQuery {
  readonly clientId: string
  readonly range: TimeRange
  readonly filters: CallFilters
  readonly time: ReadingTime
  readonly oldestFirst: boolean
  readonly pageSize: number
  /** Where the page before ended; null for the first page. */
  readonly after: CallPosition | null
}

export interface CallPage extends Retained, CallList {
  /** Where the next page starts, though this one may be short of calls or have none; null after the last call. */
  readonly next: CallPosition | null
}

/** An event of a call, and who reported it. */
export interface CallEventRecord extends StoredEvent {
  readonly receivedAt: number
  readonly source: EventSource
}

export interface CallRecord {
  readonly call: Call
  /** Oldest first: by `occurredAt`, then by the order of recording. The first `LIMITS.callEvents` of them. */
  readonly events: readonly CallEventRecord[]
  /** Whether events were left out. */
  readonly cut: boolean
}

export interface CallStorage {
  /**
   * Calls that have not ended and started at or after `startedFrom`, newest first; `count` is exact beyond `limit`, and `sequence`
   * is that of the last event that is seen in them.
   */
  activeCalls(
    clientId: string,
    startedFrom: number,
    limit: number,
    agentUserId?: string | null,
  ): Promise<CallList & { readonly count: number; readonly sequence: number }>
  /**
   * Calls that all filters leave, by start and then by number. Looks at so many calls and no more: a page may end before it is
   * full, and says where the next one starts.
   */
  listCalls(query: CallQuery): Promise<CallPage>
  /** @returns null when there is no such call, or none any more */
  callBySession(clientId: string, sessionId: string): Promise<CallRecord | null>
}
