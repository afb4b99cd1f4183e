/** What questions about calls mean, for the contract and for people: made of the words that the core answers by. */
import { GROUPING_MEANINGS, measureOf, SERVICE_LEVEL_SECONDS } from '../core/analytics/measures.js'
import { DEFINITIONS, GROUPINGS, METRICS, type Metric } from '../core/analytics/vocabulary.js'
import { DEFAULT_TIMEZONE, DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { ANALYTICS_PATH } from './product.js'

const NUMBER = new Intl.NumberFormat('en-GB')

/** Each metric with its unit, how exactly it is told, and what it means. */
export const METRIC_ROWS = METRICS.map((metric) => [metric, unitOf(metric), precisionOf(metric), DEFINITIONS[metric]])

export const GROUPING_ROWS = GROUPINGS.map((by) => {
  const { means, example } = GROUPING_MEANINGS[by]
  return [by, String(example), means]
})

function unitOf(metric: Metric): string {
  const { unit, adds } = measureOf(metric)
  return adds ? `${unit}, add up` : unit
}

function precisionOf(metric: Metric): string {
  const { errorPercent } = measureOf(metric)
  return errorPercent === 0 ? 'exact' : `within ${String(errorPercent)} %`
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, headings.map(() => '---'), ...rows.map(([name = '', ...cells]) => [`\`${name}\``, ...cells])]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** What costs the same at any volume, and what does not. */
export const COSTS: readonly string[] = [
  'What was counted of a day, and of a month that is over, is kept in memory, as far as that reaches, until one of its calls changes. A question that was asked before therefore costs the same at ten thousand calls and at ten million, over any range; just after a call came, its day alone is counted again.',
  'A question that is new counts each day of its range once, from columns of the calls of that day: that grows with the number of calls. So does a question about ranges that cut days, by the calls of those days alone; questions in a zone that is not the client’s cut two days.',
  'Each further group costs memory and the length of the answer: by customer or by number the cost grows with how many of them called. Questions about `status` and about `peakConcurrent` count the days again on which calls may still go on.',
  `One question reads at most ${NUMBER.format(LIMITS.askedCalls)} calls that were not counted before, and has at most ${NUMBER.format(LIMITS.askedGroups)} groups, of which ${NUMBER.format(LIMITS.answeredGroups)} are told; counting them takes ten seconds at the most. Beyond that the answer is 422, \`question_too_large\`, and says how to ask for less.`,
]

export const QUERY_DESCRIPTION = `One question about calls, answered at once: metrics, grouped by up to two things, of any range in any zone, filtered, and
compared with another range.

- \`groupBy=dayOfWeek,hourOfDay&metrics=calls\` is the heat map of the week.
- \`groupBy=agent&metrics=answered,avgTalkSeconds,p90Talk&sort=-answered\` is a list of agents.
- \`groupBy=date&metrics=serviceLevel&callDirection=inbound&fill=zero&startDate=2025-10-01&endDate=2025-10-31\` is a curve without gaps.
- \`metrics=calls,missed&compareTo=previousMonth&startDate=2025-10-01&endDate=2025-10-31\` is a month against the one before.

Calls are counted by their start. What \`groupBy\` names is in each row’s \`group\`, null where a call has no such value; ids of
customers and agents have their names beside them. Values that add up over groups add up to those of \`total\`; the others are measured of all
calls together. [The definitions and their reasons](${ANALYTICS_PATH}) have a page of their own.

${table(['metric', 'counts', 'told', 'means'], METRIC_ROWS)}

${table(['group', 'for example', 'means'], GROUPING_ROWS)}

${COSTS.join('\n\n')}`

interface Reason {
  readonly title: string
  readonly why: readonly string[]
}

export const REASONS: readonly Reason[] = [
  {
    title: 'Which calls are counted',
    why: [
      'A call counts where it started, on the clock of the zone that the question names, else of the client. Its start never moves to another day because it goes on past midnight, so that every call is in one hour, one day and one month, and groups add up.',
      'A call that goes on counts in `calls`, and in nothing that only its end can tell: `answered`, `missed` and talk time are of calls that have ended. Otherwise a figure of the day would go down again when a call ends otherwise than it looked.',
      'A call that somebody voided counts nowhere. A call that nobody reported the end of reads as `expired`, and stays without an end until a late report brings one.',
    ],
  },
  {
    title: 'Talk, ring and wait time',
    why: [
      'Talk time is the duration of calls that were answered: what the two talked, as Exotel or else the ribbon measured it. Calls that nobody answered have none, and do not lower its mean.',
      'Ring time runs from the start of a call until it was answered or, if nobody answered, until it ended, in whole seconds. For somebody who calls in it is the time of waiting, menus and queues included. Where the start is known from nothing but the answer or the end, nobody knows how long it rang: such a call counts in no ring time, no mean of it and no percentile of it, rather than as one that did not ring.',
      'Seconds in sums are whole; means have one digit, and shares four.',
    ],
  },
  {
    title: 'Missed, unanswered and rejected',
    why: [
      'A missed call is an inbound one that ended and that nobody answered, whatever the reason: for the caller it makes no difference whether the agent turned it down. `unanswered` counts outbound calls as well, and `rejected` those among the unanswered that somebody turned down.',
      'The answer rate divides by calls that have ended, because those that ring may still be answered.',
    ],
  },
  {
    title: 'Service level',
    why: [
      `It is the share of inbound calls that were answered within a threshold, ${String(DEFAULTS.serviceLevelSeconds)} seconds unless told, of those that were offered. Calls that were given up in less than ${String(DEFAULTS.abandonSeconds)} seconds (\`abandonSeconds\`) are left out: whoever dialled a wrong number was not waiting. Longer waits that were given up count against it, and so does a call that was answered too late.`,
      `The thresholds are ${SERVICE_LEVEL_SECONDS.join(', ')} seconds, which are those that call centres agree on: figures of two of them can be compared.`,
      'A call whose ring time nobody knows is not offered, since it is neither within the threshold nor beyond it.',
    ],
  },
  {
    title: 'Won back and lost',
    why: [
      `A missed call is won back by any answered call of its number that began within the client’s window, \`missedCallWindowHours\`, which is ${String(DEFAULTS.missedCallWindowHours)} hours unless it is set otherwise; it is lost once the window is over, and open until then. An answer about such metrics says which window it was told by.`,
      `A window of business hours (\`missedCallWindowIn\`: \`businessHours\`) passes only while the client is at work, by the schedule and the clocks of each day: at night, at weekends and on holidays nobody can be late. Time for which no hours are set counts as on the clock, so that a client without any has the same window as ever. After ${String(LIMITS.missedCallWindowDays)} days every window is over. A change of the schedule changes what is told of the days that it applies to.`,
    ],
  },
  {
    title: 'Percentiles',
    why: [
      'The 90th percentile is the time that 90 of 100 calls do not exceed (nearest rank). A mean hides the few that waited for minutes; a percentile says how bad it was for all but the worst.',
      'They are read from counts by buckets, which are one second wide up to twenty seconds and then never wider than a twentieth of the value: exact for what is short, and at most 2.5 % off for what is long. Unlike percentiles, those counts add up over days, so that any range costs the same. The answer says so of each metric: `exact`, `errorPercent`.',
    ],
  },
  {
    title: 'Distinct customers and numbers',
    why: [
      '`uniqueCustomers` and `uniqueNumbers` are exact, not estimated: whoever called in two months counts once in a question about both. So groups do not add up to the total.',
      'A number counts once however it was written: numbers are compared as E.164. Calls without a customer, or without a number, are in none of them.',
    ],
  },
  {
    title: 'Peak concurrency',
    why: [
      '`peakConcurrent` is the most calls that went on at one moment, for which lines and agents have to be there. A call that started before the range counts while it goes on in it; one that ends as another starts does not count with it. An expired call counts not at all, because nobody knows how long it went on.',
      'In a stretch of time it is the peak of that stretch. Two peaks at different moments do not add up, and of the groups beyond the limit nobody knows a common one: there it is null.',
    ],
  },
  {
    title: 'Domains',
    why: [
      'The domain of a call is that of the page that reported it, which `log-call` names in its `context`. Where several pages reported one call, such as those of all the agents at whom it rang, it is the page that said `connected`, as for the agent; else the one that spoke last. It is compared in lower case.',
      'Calls of which Exotel alone told, and those that this server recorded before it kept domains, have none.',
    ],
  },
  {
    title: 'Comparisons',
    why: [
      '`previous` is the range of equal length that ends where the asked one begins. Of whole local days it has as many days, also where a clock was changed between, so that a week is compared with the same weekdays. `previousMonth` and `previousYear` have the same dates a month or a year before, and a whole month is compared with a whole one, however long either is.',
      'Stretches of time are compared by their place: the first day of a month with the first day of the other. What has no place in the other range is in `total` alone.',
      'A change is the difference divided by the value before, in four digits. It is null where that value is 0, since nothing is a share of nothing, and where either value is not defined.',
    ],
  },
  {
    title: 'Calls that are no longer kept',
    why: [
      `What a client keeps of its calls may end somewhere. Older calls are still counted, by whole quarter hours, with their customer, agent, direction, status and duration. Their numbers, domains, end reasons and ring times are gone, and with them whatever is measured by those. An answer that such calls are part of says from when on they are kept: \`retainedFrom\`. Days are those of the question’s zone, which is ${DEFAULT_TIMEZONE} unless the client or the question says otherwise.`,
    ],
  },
]
