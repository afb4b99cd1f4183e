/** What is measured, from what was gathered. */
import type { Groups, Part } from './groups.js'
import { percentile } from './histogram.js'
import { SUMS, type Metric, type Sum } from './vocabulary.js'

const AT = Object.fromEntries(SUMS.map((name, at) => [name, at])) as Record<Sum, number>

/** What has to be gathered beside the sums. */
export function partsOf(metrics: readonly Metric[]): Part[] {
  const needs: readonly [Part, (metric: Metric) => boolean][] = [
    ['talk', (metric) => metric.endsWith('Talk')],
    ['ring', (metric) => metric.endsWith('Ring')],
    ['customers', (metric) => metric === 'uniqueCustomers'],
    ['numbers', (metric) => metric === 'uniqueNumbers'],
  ]
  return needs.filter(([, isNeeded]) => metrics.some(isNeeded)).map(([part]) => part)
}

/** A metric of one group; null where it is not defined. `peakConcurrent` is told elsewhere. */
export function metricOf(metric: Exclude<Metric, 'peakConcurrent'>, groups: Groups, group: number): number | null {
  const sums = groups.sumsOf(group)
  const sum = (name: Sum) => sums[AT[name]] as number
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
    case 'uniqueCustomers':
      return (groups.customers?.[group] as Set<unknown>).size
    case 'uniqueNumbers':
      return (groups.numbers?.[group] as Set<unknown>).size
    case 'calls':
    case 'inbound':
    case 'outbound':
    case 'answered':
    case 'missed':
    case 'rejected':
    case 'talkSeconds':
    case 'ringSeconds':
      return sum(metric)
    default: {
      const counts = metric.endsWith('Talk') ? groups.talk : groups.ring
      return percentile(counts?.[group] as Uint32Array, Number(metric.slice(1, 3)))
    }
  }
}

/** A share in four digits. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000
}

/** Seconds in one digit. */
function mean(seconds: number, count: number): number | null {
  return count === 0 ? null : Math.round((seconds / count) * 10) / 10
}
