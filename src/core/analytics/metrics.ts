/** What is measured, from what was gathered. */
import type { Groups, Part } from './groups.js'
import { percentile } from './histogram.js'
import { inFourDigits } from '../rounding.js'
import { SUM_AT, SUMS, type Metric, type Sum } from './vocabulary.js'

const PART_OF: { readonly [M in Metric]?: Part } = {
  uniqueCustomers: 'customers',
  uniqueNumbers: 'numbers',
  missedCallers: 'missedNumbers',
  repeatCallers: 'repeatNumbers',
  medianSecondsToCallBack: 'callBack',
}

/** Metrics that tell what came after calls. */
const FOLLOWING: readonly Metric[] = [
  'wonBack',
  'lost',
  'openMissed',
  'wonBackRate',
  'medianSecondsToCallBack',
  'repeatCallers',
  'firstContactResolution',
]

/** Sums that a metric is told from, where it is none of them itself. */
const SUMS_OF: { readonly [M in Metric]?: readonly Sum[] } = {
  unanswered: ['ended', 'answered'],
  answerRate: ['answered', 'ended'],
  avgTalkSeconds: ['talkSeconds', 'answered'],
  avgRingSeconds: ['ringSeconds', 'rung'],
  serviceLevel: ['inTime', 'offered'],
  wonBackRate: ['wonBack', 'lost'],
  firstContactResolution: ['resolved', 'resolvable'],
}

/** The sums that metrics are told from, as indexes in `SUMS`. */
export function sumsOf(metrics: readonly Metric[]): readonly number[] {
  const needed = new Set(metrics.flatMap((metric): readonly string[] => SUMS_OF[metric] ?? [metric]))
  return SUMS.flatMap((sum, at) => (needed.has(sum) ? [at] : []))
}

/** What has to be gathered beside the sums. */
export function partsOf(metrics: readonly Metric[]): Part[] {
  const parts = metrics.flatMap((metric) => partOf(metric) ?? [])
  return [...new Set(parts)]
}

function partOf(metric: Metric): Part | undefined {
  if (/^p\d/.test(metric)) return metric.endsWith('Talk') ? 'talk' : 'ring'
  return PART_OF[metric]
}

/** Whether it has to be looked at what came after the calls. */
export function looksAhead(metrics: readonly Metric[]): boolean {
  return metrics.some((metric) => FOLLOWING.includes(metric))
}

/** A metric of one group; null where it is not defined. `peakConcurrent` is told elsewhere. */
export function metricOf(metric: Exclude<Metric, 'peakConcurrent'>, groups: Groups, group: number): number | null {
  const sum = (name: Sum) => groups.sumOf(group, SUM_AT[name])
  switch (metric) {
    case 'unanswered':
      return sum('ended') - sum('answered')
    case 'answerRate':
      return ratio(sum('answered'), sum('ended'))
    case 'avgTalkSeconds':
      return mean(sum('talkSeconds'), sum('answered'))
    case 'avgRingSeconds':
      return mean(sum('ringSeconds'), sum('rung'))
    case 'serviceLevel':
      return ratio(sum('inTime'), sum('offered'))
    case 'wonBackRate':
      return ratio(sum('wonBack'), sum('wonBack') + sum('lost'))
    case 'firstContactResolution':
      return ratio(sum('resolved'), sum('resolvable'))
    case 'medianSecondsToCallBack':
      return percentile(groups.histograms.callBack?.[group] as Uint32Array, 50)
    case 'uniqueCustomers':
    case 'uniqueNumbers':
    case 'missedCallers':
    case 'repeatCallers':
      return (groups.sets[PART_OF[metric] as 'customers']?.[group] as Set<unknown>).size
    case 'calls':
    case 'inbound':
    case 'outbound':
    case 'answered':
    case 'missed':
    case 'rejected':
    case 'talkSeconds':
    case 'ringSeconds':
    case 'wonBack':
    case 'lost':
    case 'openMissed':
      return sum(metric)
    default: {
      const counts = groups.histograms[metric.endsWith('Talk') ? 'talk' : 'ring']
      return percentile(counts?.[group] as Uint32Array, Number(metric.slice(1, 3)))
    }
  }
}

/** A share in four digits. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : inFourDigits(part / whole)
}

/** Seconds in one digit. */
function mean(seconds: number, count: number): number | null {
  return count === 0 ? null : Math.round((seconds / count) * 10) / 10
}
