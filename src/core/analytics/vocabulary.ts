/** The words of questions about calls: what is measured, by what it is grouped, and what each of them means. */
import { TEXTS } from './call-columns.js'

/** Stretches of time in the zone of the question, and what recurs in it. */
export const TIME_GRAINS = ['hour', 'date', 'week', 'month', 'quarter'] as const
export type TimeGrain = (typeof TIME_GRAINS)[number]
export const CYCLES = ['hourOfDay', 'dayOfWeek'] as const
export type Cycle = (typeof CYCLES)[number]
export const CYCLE_LENGTHS: Readonly<Record<Cycle, number>> = { hourOfDay: 24, dayOfWeek: 7 }

/** What a call has one value of, or none. */
export const CALL_DIMENSIONS = ['direction', 'status', 'durationBucket', 'customer', ...TEXTS] as const
export type CallDimension = (typeof CALL_DIMENSIONS)[number]

export const GROUPINGS = [...TIME_GRAINS, ...CYCLES, ...CALL_DIMENSIONS] as const
export type Grouping = (typeof GROUPINGS)[number]

/** What is added up over calls. */
export const SUMS = [
  'calls',
  'inbound',
  'outbound',
  'ended',
  'answered',
  'missed',
  'rejected',
  'talkSeconds',
  'ringSeconds',
  'rung',
  'offered',
  'inTime',
] as const
export type Sum = (typeof SUMS)[number]

export const PERCENTILES = [50, 75, 90, 95, 99] as const
type PercentileMetric = `p${(typeof PERCENTILES)[number]}${'Talk' | 'Ring'}`
const PERCENTILE_METRICS = (['Talk', 'Ring'] as const).flatMap((of) =>
  PERCENTILES.map((percent): PercentileMetric => `p${percent}${of}`),
)

export const METRICS = [
  'calls',
  'inbound',
  'outbound',
  'answered',
  'missed',
  'unanswered',
  'rejected',
  'answerRate',
  'talkSeconds',
  'avgTalkSeconds',
  'ringSeconds',
  'avgRingSeconds',
  'serviceLevel',
  ...PERCENTILE_METRICS,
  'uniqueCustomers',
  'uniqueNumbers',
  'peakConcurrent',
] as const
export type Metric = (typeof METRICS)[number]

/** What each of them means, for people. */
export const DEFINITIONS: Readonly<Record<Metric, string>> = {
  calls: 'calls that started in the range, those that go on included',
  inbound: 'inbound ones of them',
  outbound: 'outbound ones of them',
  answered: 'calls that were answered and have ended',
  missed: 'inbound calls that ended and that nobody answered, rejected ones included',
  unanswered: 'calls in either direction that ended and that nobody answered',
  rejected: 'those of them that somebody turned down',
  answerRate: 'answered ÷ ended calls; null where none have ended',
  talkSeconds: 'what answered calls lasted, once they ended, in seconds',
  avgTalkSeconds: 'talk time per answered call; null where there are none',
  ringSeconds: 'seconds that ended calls rang: until they were answered or, if nobody answered, until they ended',
  avgRingSeconds: 'ring time per ended call of which it is known; null where there are none',
  serviceLevel:
    'inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered, which are those that have ended and whose ring time is known, without those that were given up in less than `abandonSeconds`; null where none were offered',
  ...(Object.fromEntries(
    PERCENTILE_METRICS.map((metric) => [
      metric,
      `seconds of ${metric.endsWith('Talk') ? 'talk of answered calls' : 'ringing of ended calls'} that ${metric.slice(1, 3)} of 100 of them do not exceed (nearest rank), a day at the most: exact up to 20 s, else at most 2.5 % off; null where there are none`,
    ]),
  ) as Record<PercentileMetric, string>),
  uniqueCustomers: 'customers who had at least one of the calls',
  uniqueNumbers: 'numbers that had at least one of the calls',
  peakConcurrent:
    'the most of the calls that went on at one moment of the range, those that started before it included; a call goes on for a day at the most, and one that expired, or is no longer kept, is left out',
}

/** Counted up whenever the meaning of a metric changes. */
export const DEFINITIONS_VERSION = 1
