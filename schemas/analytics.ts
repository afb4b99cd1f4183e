import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { DURATION_BUCKETS } from '../src/core/vocabulary/calls.js'
import { callExample, CallSchema } from './call.js'
import {
  AgentUserIdSchema,
  Count,
  CountMap,
  Counts,
  CustomerIdSchema,
  DateRangeSchema,
  NullableCount,
  NullableText,
  Query,
  QueryInteger,
  RangeQuery,
  RetainedFromSchema,
  StringEnum,
  TallySummarySchema,
  TimezoneSchema,
  TruncatedSchema,
  UsageSchema,
  type TallySummary,
} from './common.js'
import { optionalSections, SectionsQuery } from './report-sections.js'

export const AnalyticsQuerySchema = Query({
  ...RangeQuery,
  customerId: Type.Optional(CustomerIdSchema),
  agentUserId: Type.Optional(AgentUserIdSchema),
  limit: QueryInteger(
    `How many recent calls to list: ${String(DEFAULTS.recentCalls)} unless told, ${String(LIMITS.listCalls)} at most.`,
    { maximum: LIMITS.listCalls, default: DEFAULTS.recentCalls, examples: [50] },
  ),
})
export type AnalyticsQuery = Static<typeof AnalyticsQuerySchema>

export const DetailedAnalyticsQuerySchema = Query({
  ...RangeQuery,
  agentUserId: Type.Optional(AgentUserIdSchema),
  limit: QueryInteger(
    `How many calls of recent activity to list: ${String(DEFAULTS.recentActivity)} unless told, ${String(LIMITS.listCalls)} at most.`,
    { maximum: LIMITS.listCalls, default: DEFAULTS.recentActivity, examples: [10] },
  ),
  sections: SectionsQuery,
})
export type DetailedAnalyticsQuery = Static<typeof DetailedAnalyticsQuerySchema>

const summary: TallySummary = {
  totalCalls: 125,
  totalDuration: 22500,
  avgDuration: 180,
  inboundCalls: 45,
  outboundCalls: 80,
  missedCalls: 5,
  answeredCalls: 120,
  answerRate: 0.96,
  endedCalls: 125,
  unansweredCalls: 5,
  rejectedCalls: 2,
  rejectedInboundCalls: 2,
  confirmedCalls: 118,
  openCalls: 0,
  openAnsweredCalls: 0,
  totalTalkTime: 22500,
  avgTalkTime: 188,
}
const dateRange = { startDate: '2025-10-01', endDate: '2025-10-12' }

export const AnalyticsSchema = Type.Object(
  {
    summary: TallySummarySchema,
    callsByDate: CountMap(
      'CallsByDate',
      'How many calls started on each local date, newest first; only dates with calls.',
      {
        '2025-10-12': 25,
        '2025-10-11': 30,
        '2025-10-10': 20,
      },
    ),
    recentCalls: Type.Array(CallSchema, {
      maxItems: LIMITS.listCalls,
      description: 'Calls that started in the range, newest start first: as many as `limit` asks for.',
    }),
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
    callCount: Count('Calls with the customer that started in the range, ended or not.', 15),
    totalDuration: Count('The sum of `duration` over those of them that have ended, in seconds.', 2700),
  },
  { $id: 'TopCustomer', description: 'A customer among those with the most calls.' },
)
export type TopCustomer = Static<typeof TopCustomerSchema>

export const TopAgentSchema = Type.Object(
  {
    agentUserId: AgentUserIdSchema,
    agentName: NullableText('The agent’s name; null when nobody saved one.', 'Asha Rao'),
    callCount: Count('Calls of the agent that started in the range, ended or not.', 40),
    answeredCalls: Count('Those of them that were answered and have ended.', 36),
    totalDuration: Count('The sum of `duration` over those of them that have ended, in seconds.', 7200),
  },
  { $id: 'TopAgent', description: 'An agent among those with the most calls.' },
)

const byHour = [2, 1, 0, 0, 0, 0, 0, 0, 1, 15, 20, 25, 2, 1, 18, 22, 12, 3, 2, 1, 0, 0, 0, 0]
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const byWeekday = [5, 25, 30, 28, 22, 15, 0]
const byBucket = [10, 25, 50, 30, 10]
const byTalkTime = [5, 5, 25, 50, 30, 10]

function named<const N extends string>(names: readonly N[], counts: readonly number[]) {
  return Object.fromEntries(names.map((name, at) => [name, counts[at]])) as Record<N, number>
}

const hours = byHour.map((_, hour) => String(hour))
const weekdays = byWeekday.map((_, weekday) => String(weekday))
const buckets = DURATION_BUCKETS.map((bucket) => bucket.name)

const talkTimeNames = ['unanswered', ...buckets] as const

export const TalkTimeBucketSchema = Type.Object(
  {
    name: StringEnum(talkTimeNames, {
      description: '`unanswered`, or the talk times of the bucket.',
      examples: ['1m-3m'],
    }),
    fromSeconds: NullableCount('The shortest talk time of the bucket, in seconds; null for `unanswered`.', 60),
    toSeconds: NullableCount(
      'The talk time that is too long for the bucket, in seconds; null for `unanswered` and for the last bucket.',
      180,
    ),
    calls: Count(
      'Calls that ended: of `unanswered` those that nobody answered, of any other bucket those that were answered and whose `duration` lies in it.',
      50,
    ),
  },
  { $id: 'TalkTimeBucket', description: 'How many ended calls had a talk time within some bounds, or none at all.' },
)
export type TalkTimeBucket = Static<typeof TalkTimeBucketSchema>

const talkTimeExample: TalkTimeBucket[] = talkTimeNames.map((name, at) => {
  const bucket = DURATION_BUCKETS.find((one) => one.name === name)
  const toSeconds = bucket?.toSeconds ?? Infinity
  return {
    name,
    fromSeconds: bucket?.fromSeconds ?? null,
    toSeconds: toSeconds === Infinity ? null : toSeconds,
    calls: byTalkTime[at] as number,
  }
})

export const DetailedAnalyticsSchema = Type.Object(
  {
    summary: TallySummarySchema,
    callsByHour: Counts(
      'CallsByHour',
      hours,
      'How many calls started in each hour of the local clock, 0 to 23: every hour is there.',
      (hour) => `Calls that started from ${hour}:00 to ${hour}:59, local time.`,
      named(hours, byHour),
    ),
    callsByDayOfWeek: Counts(
      'CallsByDayOfWeek',
      weekdays,
      'How many calls started on each local weekday, 0 (Sunday) to 6 (Saturday): every weekday is there.',
      (weekday) => `Calls that started on a ${WEEKDAYS[Number(weekday)] as string}, local time.`,
      named(weekdays, byWeekday),
    ),
    topCustomers: Type.Array(TopCustomerSchema, {
      maxItems: DEFAULTS.topCustomers,
      description: `The ${String(DEFAULTS.topCustomers)} customers with the most calls in the range. Where two have as many, the longer \`totalDuration\` goes first, then the id.`,
    }),
    topAgents: Type.Array(TopAgentSchema, {
      maxItems: DEFAULTS.topCustomers,
      description: `The ${String(DEFAULTS.topCustomers)} agents with the most calls in the range, in the same order. A call counts for the agent that it names when the answer is given.`,
    }),
    durationBuckets: Counts(
      'DurationBuckets',
      buckets,
      'How many calls ended with a `duration` in each bucket, which includes its lower bound and excludes its upper. Calls that nobody answered are among them, mostly in `0-30s`: `talkTimeBuckets` tells them apart.',
      (name) => `Ended calls whose \`duration\` lies in ${name}.`,
      named(buckets, byBucket),
    ),
    talkTimeBuckets: Type.Array(TalkTimeBucketSchema, {
      minItems: talkTimeNames.length,
      maxItems: talkTimeNames.length,
      description:
        'Ended calls by talk time, shortest first, after those that nobody answered. Together they are `endedCalls`.',
    }),
    recentActivity: Type.Array(CallSchema, {
      maxItems: LIMITS.listCalls,
      description: 'Calls that started in the range, newest start first: as many as `limit` asks for.',
    }),
    ...optionalSections,
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
        topAgents: [
          {
            agentUserId: 'agent-42',
            agentName: 'Asha Rao',
            callCount: 40,
            answeredCalls: 36,
            totalDuration: 7200,
          },
        ],
        durationBuckets: named(buckets, byBucket),
        talkTimeBuckets: talkTimeExample,
        recentActivity: [callExample],
        timezone: 'Asia/Kolkata',
        dateRange,
      },
    ],
  },
)
export type DetailedAnalytics = Static<typeof DetailedAnalyticsSchema>
