/** How metrics are told: in what unit, whether they add up, and how exactly. And what is asked for unless something else is. */
import { TEXTS } from './call-columns.js'
import { METRICS, type Grouping, type Metric } from './vocabulary.js'

export const UNITS = ['calls', 'customers', 'numbers', 'seconds', 'share'] as const

interface Measure {
  readonly unit: (typeof UNITS)[number]
  /** Whether the values of groups add up to that of all calls. */
  readonly adds: boolean
  readonly isWhole: boolean
  /** Whether there can be none, because there is nothing to divide by or to rank, or because nobody can know. */
  readonly isNullable: boolean
  /** By how much it can be off, at the most: 0 is exact. */
  readonly errorPercent: number
}

/** Half of the widest bucket: see `histogram.ts`. */
const PERCENTILE_ERROR = 2.5

const sumOf = (unit: Measure['unit']): Measure => ({
  unit,
  adds: true,
  isWhole: true,
  isNullable: false,
  errorPercent: 0,
})
const CALLS = sumOf('calls')
const SECONDS = sumOf('seconds')
const SHARE: Measure = { unit: 'share', adds: false, isWhole: false, isNullable: true, errorPercent: 0 }
const MEAN: Measure = { ...SHARE, unit: 'seconds' }
const PERCENTILE: Measure = { ...MEAN, isWhole: true, errorPercent: PERCENTILE_ERROR }

const MEASURES: Readonly<Record<Exclude<Metric, `p${number}${'Talk' | 'Ring'}`>, Measure>> = {
  calls: CALLS,
  inbound: CALLS,
  outbound: CALLS,
  answered: CALLS,
  missed: CALLS,
  unanswered: CALLS,
  rejected: CALLS,
  answerRate: SHARE,
  talkSeconds: SECONDS,
  avgTalkSeconds: MEAN,
  ringSeconds: SECONDS,
  avgRingSeconds: MEAN,
  serviceLevel: SHARE,
  uniqueCustomers: { ...sumOf('customers'), adds: false },
  uniqueNumbers: { ...sumOf('numbers'), adds: false },
  missedCallers: { ...sumOf('numbers'), adds: false },
  wonBack: CALLS,
  lost: CALLS,
  openMissed: CALLS,
  wonBackRate: SHARE,
  medianSecondsToCallBack: PERCENTILE,
  repeatCallers: { ...sumOf('numbers'), adds: false },
  firstContactResolution: SHARE,
  peakConcurrent: { ...CALLS, adds: false, isNullable: true },
}

export function measureOf(metric: Metric): Measure {
  return (MEASURES as Partial<Record<Metric, Measure>>)[metric] ?? PERCENTILE
}

export const DEFAULT_METRICS: readonly Metric[] = ['calls', 'answered', 'missed', 'talkSeconds']

/** Thresholds that call centres use, in seconds. */
export const SERVICE_LEVEL_SECONDS = [10, 15, 20, 30, 45, 60] as const
export const MOST_ABANDON_SECONDS = 60

export const DEFAULT_GROUPS = 1000
/** Things that calls are grouped by at once. */
export const MOST_GROUPINGS = 2

/** By what groups are ordered. */
export const SORT_KEYS = ['group', ...METRICS] as const
export type SortKey = (typeof SORT_KEYS)[number]

/** Things that not every call has: a group can be of those that have none. */
export const NULLABLE_GROUPINGS: readonly Grouping[] = ['durationBucket', 'businessHours', 'customer', ...TEXTS]

/** What a group is told by, for people, with an example of it. */
export const GROUPING_MEANINGS: Readonly<
  Record<Grouping, { readonly means: string; readonly example: string | number }>
> = {
  hour: {
    means: 'the hour in which calls started: its first instant, with the offset of the zone',
    example: '2025-10-12T16:00:00+05:30',
  },
  date: { means: 'the local date on which they started', example: '2025-10-12' },
  week: { means: 'the week in which they started: its Monday (ISO 8601)', example: '2025-10-06' },
  month: { means: 'the month in which they started', example: '2025-10' },
  quarter: { means: 'the quarter of the year in which they started', example: '2025-Q4' },
  hourOfDay: { means: 'the hour of the local clock, 0 to 23', example: 16 },
  dayOfWeek: { means: 'the local weekday, 0 (Sunday) to 6 (Saturday)', example: 0 },
  direction: { means: '`inbound` or `outbound`', example: 'inbound' },
  status: { means: 'the status of the call when the answer is given', example: 'completed' },
  durationBucket: { means: 'how long the call lasted; null while it goes on', example: '1m-3m' },
  businessHours: {
    means: '`in` or `out` of the client’s business hours, by the start of the call; null where none were set',
    example: 'in',
  },
  customer: {
    means: 'the id of the customer, with `customerName` beside it; null where nobody was named',
    example: 'CUST001',
  },
  agent: { means: 'the id of the agent, with `agentName` beside it; null where none was named', example: 'agent-42' },
  phoneNumber: {
    means: 'the number of the customer, in E.164 where it is a number of some country; null where none was told',
    example: '+919876543210',
  },
  virtualNumber: { means: 'Exotel’s number, likewise; null where none was told', example: '+918041234567' },
  endReason: { means: 'why the call ended, as it was told; null where nobody told it', example: 'NORMAL' },
  domain: {
    means: 'the domain of the page that reported the call, in lower case; null where no page told one',
    example: 'yourcrm.com',
  },
}
