import type { Analytics, AnalyticsQuery, DetailedAnalytics, DetailedAnalyticsQuery } from '../../schemas/analytics.js'
import { monthSpan } from '../core/calendar.js'
import { planRange } from '../core/range.js'
import { type Report, reportOf } from '../core/report.js'
import { DEFAULTS, DURATION_BUCKETS } from '../core/vocabulary.js'
import type { Client, DateSpan, ReportRows, Storage } from '../storage/port.js'
import { publishedCall, publishedSummary, type Sight, usageOf } from './convert.js'
import { type AskedRange, rangeOf, statedRetention } from './ranges.js'

/** Reports over ranges, merged from tallies: their cost does not grow with the number of calls. */
export class AnalyticsService {
  readonly #storage: Storage
  readonly #clock: () => number
  readonly #maxCallAgeMs: number

  constructor({ storage, clock, maxCallAgeMs }: { storage: Storage; clock: () => number; maxCallAgeMs: number }) {
    this.#storage = storage
    this.#clock = clock
    this.#maxCallAgeMs = maxCallAgeMs
  }

  async summary(client: Client, query: AnalyticsQuery): Promise<Analytics> {
    const asked = rangeOf(query, client)
    const sight = this.#sight()
    const { rows, report } = await this.#report(client, asked, {
      customerId: query.customerId ?? null,
      recent: query.limit,
      top: 0,
      month: monthSpan(client.timezone, sight.now),
    })
    return {
      summary: publishedSummary(report.summary),
      callsByDate: Object.fromEntries(report.byDate),
      recentCalls: rows.recent.map((call) => publishedCall(call, sight)),
      usage: usageOf(rows.monthCalls, client),
      timezone: asked.zone,
      dateRange: asked.dateRange,
      ...statedRetention(asked.range, rows.retainedFrom),
    }
  }

  async detailed(client: Client, query: DetailedAnalyticsQuery): Promise<DetailedAnalytics> {
    const asked = rangeOf(query, client)
    const sight = this.#sight()
    const { rows, report } = await this.#report(client, asked, {
      customerId: null,
      recent: query.limit,
      top: DEFAULTS.topCustomers,
      month: null,
    })
    return {
      summary: publishedSummary(report.summary),
      callsByHour: numbered(report.byHour),
      callsByDayOfWeek: numbered(report.byWeekday),
      topCustomers: rows.top.map((customer) => ({
        customerId: customer.customerId,
        customerName: customer.name,
        phoneNumber: customer.phoneNumber,
        callCount: customer.calls,
        totalDuration: customer.seconds,
      })),
      durationBuckets: Object.fromEntries(
        DURATION_BUCKETS.map(({ name, counter }) => [name, report.summary[counter]]),
      ) as DetailedAnalytics['durationBuckets'],
      recentActivity: rows.recent.map((call) => publishedCall(call, sight)),
      timezone: asked.zone,
      dateRange: asked.dateRange,
      ...statedRetention(asked.range, rows.retainedFrom),
    }
  }

  async #report(
    client: Client,
    { range, zone }: AskedRange,
    wanted: { customerId: string | null; recent: number; top: number; month: DateSpan | null },
  ): Promise<{ rows: ReportRows; report: Report }> {
    const plan = planRange(range, zone, client.timezone)
    const rows = await this.#storage.report({ clientId: client.clientId, range, plan, ...wanted })
    return { rows, report: reportOf(rows, zone) }
  }

  #sight(): Sight {
    return { now: this.#clock(), maxCallAgeMs: this.#maxCallAgeMs }
  }
}

/** Counts under their index as name: JSON has no other way to say "hour 9". */
function numbered(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.entries())
}
