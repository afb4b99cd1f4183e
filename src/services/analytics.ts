import type { Analytics, AnalyticsQuery, DetailedAnalytics, DetailedAnalyticsQuery } from '../../schemas/analytics.js'
import { monthSpan } from '../core/calendar.js'
import { DEFAULTS } from '../core/defaults.js'
import { publishedCall } from '../core/published-call.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import {
  publishedDurations,
  publishedSummary,
  publishedTalkTimes,
  type ReadTime,
  truncated,
  usageOf,
} from '../http/convert.js'
import { rangeOf, statedRetention } from '../http/ranges.js'
import { failInvalid, type Fault } from '../errors.js'
import { CallQuestions, windowOf } from './call-questions.js'
import { sectionsOf } from './report-sections.js'

/** Reports over ranges, read from tallies: their cost does not grow with the number of calls. */
export class AnalyticsService {
  readonly #storage: Storage
  readonly #readTime: ReadTime

  constructor({ storage, readTime }: { readonly storage: Storage; readonly readTime: ReadTime }) {
    this.#storage = storage
    this.#readTime = readTime
  }

  async summary(client: Client, query: AnalyticsQuery): Promise<Analytics> {
    const { range, zone, dateRange } = rangeOf(query, client)
    const time = this.#readTime()
    const { customerId, agentUserId } = query
    const asked = { clientId: client.clientId, range, zone, recent: query.limit }
    const [report, monthCalls] = await Promise.all([
      customerId === undefined && agentUserId === undefined
        ? this.#storage.report(asked)
        : this.#storage.filteredReport({ ...asked, customerId: customerId ?? null, agentUserId: agentUserId ?? null }),
      this.#storage.callsInMonth(client.clientId, monthSpan(client.timezone, time.now)),
    ])
    return {
      summary: publishedSummary(report.summary),
      callsByDate: Object.fromEntries(report.byDate),
      recentCalls: report.recent.map((call) => publishedCall(call, time)),
      usage: usageOf(monthCalls, client),
      timezone: zone,
      dateRange,
      ...truncated(report.recentCut),
      ...statedRetention(range, report.retainedFrom),
    }
  }

  async detailed(client: Client, query: DetailedAnalyticsQuery): Promise<DetailedAnalytics> {
    const { range, zone, dateRange } = rangeOf(query, client)
    const time = this.#readTime()
    const { agentUserId, limit: recent, sections = [] } = query
    if (sections.includes('change')) requireBounds(query)
    const about = { clientId: client.clientId, range, zone }
    const asked = { ...about, recent, top: DEFAULTS.topCustomers }
    const filters = agentUserId === undefined ? {} : { agent: [agentUserId] }
    const [report, more] = await Promise.all([
      agentUserId === undefined
        ? this.#storage.detailedReport(asked)
        : this.#storage.filteredReport({ ...asked, agentUserId }),
      sectionsOf(
        sections,
        new CallQuestions(this.#storage, {
          ...about,
          now: time.now,
          window: windowOf(client),
          filters,
        }),
      ),
    ])
    return {
      summary: publishedSummary(report.summary),
      callsByHour: numbered(report.byHour),
      callsByDayOfWeek: numbered(report.byWeekday),
      topCustomers: report.top.map((customer) => ({
        customerId: customer.customerId,
        customerName: customer.name,
        phoneNumber: customer.phoneNumber,
        callCount: customer.calls,
        totalDuration: customer.seconds,
      })),
      topAgents: report.topAgents.map((agent) => ({
        agentUserId: agent.agentUserId,
        agentName: agent.name,
        callCount: agent.calls,
        answeredCalls: agent.answered,
        totalDuration: agent.seconds,
      })),
      durationBuckets: publishedDurations(report.summary),
      talkTimeBuckets: publishedTalkTimes(report.summary),
      recentActivity: report.recent.map((call) => publishedCall(call, time)),
      ...more,
      timezone: zone,
      dateRange,
      ...truncated(report.recentCut),
      ...statedRetention(range, report.retainedFrom),
    }
  }
}

/** @throws ApiError naming the bounds that are not given */
function requireBounds(query: DetailedAnalyticsQuery): void {
  const faults = (['startDate', 'endDate'] as const)
    .filter((bound) => query[bound] === undefined)
    .map((bound): Fault => {
      const message = 'is required by the section change, which compares the range with the one before'
      return { in: 'query', pointer: `/${bound}`, message }
    })
  if (faults.length > 0) failInvalid(...faults)
}

/** Counts under their index as name: JSON has no other way to say "hour 9". */
function numbered(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.entries())
}
