import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS, DURATION_BUCKETS, LIMITS } from '../src/core/vocabulary.js'
import { callExample, CallSchema } from './call.js'
import {
  Count,
  CountMap,
  Counts,
  CustomerIdSchema,
  DateRangeSchema,
  NullableText,
  Query,
  QueryInteger,
  RangeQuery,
  RetainedFromSchema,
  TallySummarySchema,
  TimezoneSchema,
  TruncatedSchema,
  UsageSchema,
  type TallySummary,
} from './common.js'

export const AnalyticsQuerySchema = Query({
  ...RangeQuery,
  customerId: Type.Optional(CustomerIdSchema),
  limit: QueryInteger(
    `How many recent calls to list: ${String(DEFAULTS.recentCalls)} unless told, ${String(LIMITS.listCalls)} at most.`,
    { maximum: LIMITS.listCalls, default: DEFAULTS.recentCalls, examples: [50] },
  ),
})
export type AnalyticsQuery = Static<typeof AnalyticsQuerySchema>

export const DetailedAnalyticsQuerySchema = Query({
  ...RangeQuery,
  limit: QueryInteger(
    `How many calls of recent activity to list: ${String(DEFAULTS.recentActivity)} unless told, ${String(LIMITS.listCalls)} at most.`,
    { maximum: LIMITS.listCalls, default: DEFAULTS.recentActivity, examples: [10] },
  ),
})
export type DetailedAnalyticsQuery = Static<typeof DetailedAnalyticsQuerySchema>

const summary: TallySummary = {
  totalCalls: 125,
  totalDuration: 22500,
  avgDuration: 180,
  inboundCalls: 45,
  outboundCalls: 80,
  missedCalls: 5,
  answeredCalls: 110,
  answerRate: 0.88,
}
const dateRange = { startDate: '2025-10-01', endDate: '2025-10-12' }

export const AnalyticsSchema = Type.Object(
  {
    summary: TallySummarySchema,
    callsByDate: CountMap('CallsByDate', 'Calls by local date of their start, newest first; only dates with calls.', {
      '2025-10-12': 25,
      '2025-10-11': 30,
      '2025-10-10': 20,
    }),
    recentCalls: Type.Array(CallSchema, { maxItems: LIMITS.listCalls, description: 'Newest start first.' }),
    usage: UsageSchema,
    timezone: TimezoneSchema,
    dateRange: DateRangeSchema,
    truncated: Type.Optional(TruncatedSchema),
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  {
    $id: 'Analytics',
    description: 'Totals, calls by date and the most recent calls of a range.',
    examples: [
      {
        summary,
        callsByDate: { '2025-10-12': 25, '2025-10-11': 30, '2025-10-10': 20 },
        recentCalls: [callExample],
        usage: { callsThisMonth: 25, limit: 100, remaining: 75 },
        timezone: 'Asia/Kolkata',
        dateRange,
      },
    ],
  },
)
export type Analytics = Static<typeof AnalyticsSchema>

export const TopCustomerSchema = Type.Object(
  {
    customerId: CustomerIdSchema,
    customerName: NullableText('The customer’s name; null when nobody told it.', 'John Doe'),
    phoneNumber: NullableText('The customer’s number; null when nobody told it.', '+919876543210'),
    callCount: Count('Calls of the customer in the range.', 15),
    totalDuration: Count('Talk time of those calls, in seconds.', 2700),
  },
  { $id: 'TopCustomer', description: 'A customer among those with the most calls.' },
)
export type TopCustomer = Static<typeof TopCustomerSchema>

const byHour = [2, 1, 0, 0, 0, 0, 0, 0, 1, 15, 20, 25, 2, 1, 18, 22, 12, 3, 2, 1, 0, 0, 0, 0]
const byWeekday = [5, 25, 30, 28, 22, 15, 0]
const byBucket = [10, 25, 50, 30, 10]

function named<const N extends string>(names: readonly N[], counts: readonly number[]) {
  return Object.fromEntries(names.map((name, at) => [name, counts[at]])) as Record<N, number>
}

const hours = byHour.map((_, hour) => String(hour))
const weekdays = byWeekday.map((_, weekday) => String(weekday))
const buckets = DURATION_BUCKETS.map((bucket) => bucket.name)

export const DetailedAnalyticsSchema = Type.Object(
  {
    summary: TallySummarySchema,
    callsByHour: Counts(
      'CallsByHour',
      hours,
      'Calls by local hour of their start, 0 to 23: every hour is there.',
      named(hours, byHour),
    ),
    callsByDayOfWeek: Counts(
      'CallsByDayOfWeek',
      weekdays,
      'Calls by local weekday of their start, 0 (Sunday) to 6: every weekday is there.',
      named(weekdays, byWeekday),
    ),
    topCustomers: Type.Array(TopCustomerSchema, {
      maxItems: DEFAULTS.topCustomers,
      description: `The ${String(DEFAULTS.topCustomers)} customers with the most calls; then by talk time, then by id.`,
    }),
    durationBuckets: Counts(
      'DurationBuckets',
      buckets,
      'Ended calls by talk time. Each bucket includes its lower bound and excludes its upper.',
      named(buckets, byBucket),
    ),
    recentActivity: Type.Array(CallSchema, { maxItems: LIMITS.listCalls, description: 'Newest start first.' }),
    timezone: TimezoneSchema,
    dateRange: DateRangeSchema,
    truncated: Type.Optional(TruncatedSchema),
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  {
    $id: 'DetailedAnalytics',
    description: 'When calls happen, how long they last and who calls most.',
    examples: [
      {
        summary,
        callsByHour: named(hours, byHour),
        callsByDayOfWeek: named(weekdays, byWeekday),
        topCustomers: [
          {
            customerId: 'CUST001',
            customerName: 'John Doe',
            phoneNumber: '+919876543210',
            callCount: 15,
            totalDuration: 2700,
          },
        ],
        durationBuckets: named(buckets, byBucket),
        recentActivity: [callExample],
        timezone: 'Asia/Kolkata',
        dateRange,
      },
    ],
  },
)
export type DetailedAnalytics = Static<typeof DetailedAnalyticsSchema>
