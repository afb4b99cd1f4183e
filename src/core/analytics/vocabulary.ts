/** The words of questions about calls: what is measured, by what it is grouped, and what each of them means. */
import { TEXTS } from './call-columns.js'

/** In the order of `weekdayOf`. */
export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Whether a call starts in its client's business hours. */
export const HOURS_STATES = ['out', 'in'] as const

/** The date from which a schedule applies that applies to all of the past. It is before any other. */
export const BEGINNING = 'beginning'

/** Stretches of time in the zone of the question, and what recurs in it. */
export const TIME_GRAINS = ['hour', 'date', 'week', 'month', 'quarter'] as const
export type TimeGrain = (typeof TIME_GRAINS)[number]
export const CYCLES = ['hourOfDay', 'dayOfWeek'] as const
export type Cycle = (typeof CYCLES)[number]
export const CYCLE_LENGTHS: Readonly<Record<Cycle, number>> = { hourOfDay: 24, dayOfWeek: 7 }

/** What a call has one value of, or none. */
export const CALL_DIMENSIONS = ['direction', 'status', 'durationBucket', 'businessHours', 'customer', ...TEXTS] as const
export type CallDimension = (typeof CALL_DIMENSIONS)[number]

export const GROUPINGS = [...TIME_GRAINS, ...CYCLES, ...CALL_DIMENSIONS] as const
export type Grouping = (typeof GROUPINGS)[number]

const isIn = <W extends string>(words: readonly W[], word: string): word is W =>
  (words as readonly string[]).includes(word)

export function isGrain(by: Grouping): by is TimeGrain {
  return isIn(TIME_GRAINS, by)
}

export function isCycle(by: Grouping): by is Cycle {
  return isIn(CYCLES, by)
}

/** Whether it groups by when calls began, rather than by what they are. */
export function isTime(by: Grouping): by is TimeGrain | Cycle {
  return isGrain(by) || isCycle(by)
}

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
  'wonBack',
  'lost',
  'openMissed',
  'resolvable',
  'resolved',
] as const
export type Sum = (typeof SUMS)[number]
/** The place of each of them among all. */
export const SUM_AT = Object.fromEntries(SUMS.map((name, at) => [name, at])) as Readonly<Record<Sum, number>>

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
  'missedCallers',
  'wonBack',
  'lost',
  'openMissed',
  'wonBackRate',
  'medianSecondsToCallBack',
  'repeatCallers',
  'firstContactResolution',
] as const
export type Metric = (typeof METRICS)[number]

/** What each of them means, for people. */
export const DEFINITIONS: Readonly<Record<Metric, string>> = {
  calls: 'calls that started in the range, those that go on included',
  inbound: 'inbound calls that started in the range',
  outbound: 'outbound calls that started in the range',
  answered: 'calls that were answered and have ended',
  missed:
    'inbound calls that ended and that nobody answered, rejected ones included: at any hour, unless `businessHours` says which',
  unanswered: 'calls in either direction that ended and that nobody answered',
  rejected: 'calls in either direction that ended because somebody turned them down',
  answerRate: 'answered ÷ ended calls; null where none have ended',
  talkSeconds: 'what answered calls lasted, once they ended, in seconds',
  avgTalkSeconds: 'talk time per answered call; null where there are none',
  ringSeconds: 'seconds that ended calls rang: until they were answered or, if nobody answered, until they ended',
  avgRingSeconds: 'ring time per ended call of which it is known; null where there are none',
  serviceLevel:
    'inbound calls that were answered within `serviceLevelSeconds` ÷ inbound calls that were offered, which are those that have ended and whose ring time is known, without those that were given up in less than `abandonSeconds`: at any hour, unless `businessHours` says which; null where none were offered',
  ...(Object.fromEntries(
    PERCENTILE_METRICS.map((metric) => [
      metric,
      `seconds of ${metric.endsWith('Talk') ? 'talk of answered calls' : 'ringing of ended calls'} that ${metric.slice(1, 3)} of 100 of them do not exceed (nearest rank), a day at the most: exact up to 20 s, else at most 2.5 % off; null where there are none`,
    ]),
  ) as Record<PercentileMetric, string>),
  uniqueCustomers: 'customers who had at least one of the calls',
  uniqueNumbers: 'numbers that had at least one of the calls',
  missedCallers: 'numbers of which at least one call was missed',
  wonBack:
    'missed calls whose number was spoken with after all: a call in either direction that began later, and within the window after the end of the missed one, was answered',
  lost: 'missed calls of which that cannot be said, and whose window is over',
  openMissed: 'missed calls of which that cannot be said yet',
  wonBackRate: 'won back ÷ won back and lost ones; null where there are none',
  medianSecondsToCallBack:
    'seconds from the end of a missed call that was won back to the start of the call that was answered, which half of them do not exceed; null where there are none',
  repeatCallers: 'numbers that called again within the window after the end of an inbound call of theirs',
  firstContactResolution:
    'inbound calls that were answered and whose number did not call again within the window ÷ those of which that is known; null where there are none',
  peakConcurrent:
    'the most of the calls that went on at one moment of the range, those that started before it included; a call goes on for a day at the most, and one that expired, or is no longer kept, is left out',
}

/** Counted up whenever the meaning of a metric changes. */
export const DEFINITIONS_VERSION = 1
