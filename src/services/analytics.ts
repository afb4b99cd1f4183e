import type { Analytics, AnalyticsQuery, DetailedAnalytics, DetailedAnalyticsQuery } from '../../schemas/analytics.js'
import { monthSpan } from '../core/calendar.js'
import { planRange } from '../core/range.js'
import { DEFAULTS, DURATION_BUCKETS } from '../core/vocabulary.js'
import type { Client, ClientReport, DateSpan } from '../storage/port.js'
import { publishedCall, publishedSummary, usageOf } from './convert.js'
import { type AskedRange, rangeOf, statedRetention } from './ranges.js'
import { Service } from './service.js'

/** Reports over ranges, read from tallies: their cost does not grow with the number of calls. */
export class AnalyticsService extends Service {
  async summary(client: Client, query: AnalyticsQuery): Promise<Analytics> {
    const asked = rangeOf(query, client)
    const sight = this.sight()
    const report = await this.#report(client, asked, {
      customerId: query.customerId ?? null,
      recent: query.limit,
      top: 0,
      month: monthSpan(client.timezone, sight.now),
    })
    return {
      summary: publishedSummary(report.summary),
      callsByDate: Object.fromEntries(report.byDate),
      recentCalls: report.recent.map((call) => publishedCall(call, sight)),
      usage: usageOf(report.monthCalls, client),
      timezone: asked.zone,
      dateRange: asked.dateRange,
      ...statedRetention(asked.range, report.retainedFrom),
    }
  }

  async detailed(client: Client, query: DetailedAnalyticsQuery): Promise<DetailedAnalytics> {
    const asked = rangeOf(query, client)
    const sight = this.sight()
    const report = await this.#report(client, asked, {
      customerId: null,
      recent: query.limit,
      top: DEFAULTS.topCustomers,
      month: null,
    })
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
      durationBuckets: Object.fromEntries(
        DURATION_BUCKETS.map(({ name, counter }) => [name, report.summary[counter]]),
      ) as DetailedAnalytics['durationBuckets'],
      recentActivity: report.recent.map((call) => publishedCall(call, sight)),
      timezone: asked.zone,
      dateRange: asked.dateRange,
      ...statedRetention(asked.range, report.retainedFrom),
    }
  }

  #report(
    client: Client,
    { range, zone }: AskedRange,
    wanted: { customerId: string | null; recent: number; top: number; month: DateSpan | null },
  ): Promise<ClientReport> {
    const plan = planRange(range, zone, client.timezone)
    return this.storage.report({ clientId: client.clientId, range, plan, ...wanted })
  }
}

/** Counts under their index as name: JSON has no other way to say "hour 9". */
function numbered(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.entries())
}
