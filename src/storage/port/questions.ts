/** Questions about calls, of whoever asks: groups, measures and filters. */
import type { Answer, Asked } from '../../core/analytics/answer.js'
import type { Filters } from '../../core/analytics/selection.js'
import type { TimeRange } from '../../core/range.js'
import type { MissedCallWindow } from './missed-calls.js'
import type { Retained } from './retention.js'

/** A question about the calls that start in a range: see `core/analytics`. */
export interface CallsQuestion extends Asked, MissedCallWindow {
  readonly clientId: string
  readonly range: TimeRange
  /** IANA zone of hours, days and months. */
  readonly zone: string
  /** When it is asked. */
  readonly now: number
  /** The range that it is compared with; null for none. */
  readonly comparedTo: TimeRange | null
  /** Customers by their ids, numbers as people write them. */
  readonly filters: Filters
  readonly serviceLevelSeconds: number
  readonly abandonSeconds: number
  /** Whether groups are told in which no call is. */
  readonly fill: boolean
}

/** What one question may cost no more of: calls that are read, groups, and time. */
export type TooLargeIn = 'calls' | 'groups' | 'time'

/** Groups of customers are told by their ids. `too-large`: more calls would have to be read, or groups be told, than one question may cost. */
export type CallsAnswer =
  | (Answer &
      Retained & {
        readonly status: 'answered'
        /** Names of the customers and the agents among the rows, by id; null when nobody told one. */
        readonly customers: Readonly<Record<string, string | null>>
        readonly agents: Readonly<Record<string, string | null>>
      })
  | { readonly status: 'too-large'; readonly what: TooLargeIn }

export interface QuestionStorage {
  /**
   * Answers a question about calls from columns of their days. What was counted of days that are over is kept in memory: a
   * question that was asked before costs the same at any volume.
   */
  askCalls(question: CallsQuestion): Promise<CallsAnswer>
}
