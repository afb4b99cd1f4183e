/** Numbers whose calls were missed, and what became of them. */
import type { MissedState } from '../../core/analytics/follow-ups.js'
import type { MissedPlace } from '../../core/analytics/missed-callers.js'
import type { Call } from '../../core/call.js'
import type { TimeRange } from '../../core/range.js'
import type { WindowUnit } from '../../core/vocabulary/clients.js'
import type { Retained } from './retention.js'

/** In which missed calls are won back, and callers call again: see `Client`. */
export interface MissedCallWindow {
  readonly windowHours: number
  readonly windowIn: WindowUnit
}

export interface MissedCallsQuery extends MissedCallWindow {
  readonly clientId: string
  /** In which the missed calls began. */
  readonly range: TimeRange
  /** When it is asked. */
  readonly now: number
  /** What became of the last of a number's missed calls: any of these. */
  readonly states: readonly MissedState[]
  /** Of the missed calls: a virtual number in any spelling, and the agent; null is any. Others are not looked at. */
  readonly virtualNumber: string | null
  readonly agentUserId: string | null
  readonly pageSize: number
  /** Where the page before ended; null for the first page. */
  readonly after: MissedPlace | null
  /** How many calls may be read. */
  readonly mostCalls: number
}

/** A number whose calls were missed. */
export interface MissedCaller {
  /** How many were. */
  readonly misses: number
  readonly firstMissedAt: number
  readonly lastMiss: Call
  /** What became of the last one. */
  readonly state: MissedState
  /** The call that won it back; null unless it was. */
  readonly wonBackBy: Call | null
  /** The customer saved last with the number, else that of the newest call with it that names one; null when there is none. */
  readonly customer: { readonly customerId: string; readonly name: string | null } | null
  /** Of the newest answered call of the number, among its `LIMITS.callsOfNumber` newest ones; null when there is none. */
  readonly lastAgent: { readonly agentUserId: string; readonly name: string | null } | null
}

/** `too-large`: more calls would have to be read than may be. */
export type MissedCallsAnswer =
  | (Retained & {
      readonly status: 'listed'
      /** By the last missed call, the newest first. */
      readonly callers: readonly MissedCaller[]
      /** Where the next page starts; null after the last number. */
      readonly next: MissedPlace | null
    })
  | { readonly status: 'too-large' }

export interface MissedCallStorage {
  /**
   * Numbers whose calls were missed, one entry a number, all from one snapshot. Days are read from the newest backwards until the
   * page is full and, where only open calls are asked for, no further than a call can be open; the earlier missed calls of the
   * numbers of a page are counted by their index.
   */
  missedCalls(query: MissedCallsQuery): Promise<MissedCallsAnswer>
}
