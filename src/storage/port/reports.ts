/** Reports: what calls add up to. */
import type { Call } from '../../core/call.js'
import type { DateSpan, TimeRange } from '../../core/range.js'
import type { Report } from '../../core/report.js'
import type { Retained } from './retention.js'

export interface ReportQuery {
  readonly clientId: string
  readonly range: TimeRange
  /** IANA zone of the report's dates, hours and weekdays. */
  readonly zone: string
  /** How many calls to list, newest start first. */
  readonly recent: number
}

export interface FilteredReportQuery extends ReportQuery {
  /** Null, or absent, is any. */
  readonly customerId?: string | null
  readonly agentUserId?: string | null
  /** How long the lists of those with the most calls are: none unless told. */
  readonly top?: number
}

/** The report of a range and the newest of its calls, read from one snapshot. */
export interface ClientReport extends Report, Retained {
  readonly recent: readonly Call[]
  /** Whether calls were left out of `recent` because the answer is as long as it may be. */
  readonly recentCut: boolean
}

export interface RankedCustomer {
  readonly customerId: string
  readonly name: string | null
  readonly phoneNumber: string | null
  readonly calls: number
  readonly seconds: number
}

export interface RankedAgent {
  readonly agentUserId: string
  /** The saved one; null when nobody saved one. */
  readonly name: string | null
  readonly calls: number
  readonly seconds: number
  /** Calls that were answered and have ended. */
  readonly answered: number
}

/** Who has the most calls of a report, in order: by calls, then seconds, then id. */
export interface TopLists {
  readonly top: readonly RankedCustomer[]
  readonly topAgents: readonly RankedAgent[]
}

export interface ReportStorage {
  /** Adds up tallies of quarter hours: costs the same at any volume. */
  report(query: ReportQuery): Promise<ClientReport>
  /** The report of one customer's or one agent's calls, which are read one by one. */
  filteredReport(query: FilteredReportQuery): Promise<ClientReport & TopLists>
  /** The report, and the customers and agents with the most calls in the range. */
  detailedReport(query: ReportQuery & { readonly top: number }): Promise<ClientReport & TopLists>
  /** Calls that started on these local dates: one sum over at most a month of days. */
  callsInMonth(clientId: string, month: DateSpan): Promise<number>
  /** Builds pages that are missing or behind, ahead of need, up to `limit`. @returns how many were built */
  buildPages(clientId: string, limit: number): Promise<number>
}
