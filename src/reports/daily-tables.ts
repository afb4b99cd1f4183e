/** What the daily report says to people, as a headline, sentences and tables, in whatever form it is then written. */
import type { DailyReport } from '../../schemas/daily-report.js'
import type { CallFigures } from '../../schemas/report-parts.js'
import { PERCENTILES } from '../core/analytics/vocabulary.js'
import {
  changeWords,
  countOf,
  countWords,
  dateWords,
  hourWords,
  nameWords,
  pointsWords,
  secondsWords,
  shareWords,
  shortDate,
} from './words.js'

export interface ReportTable {
  readonly title: string
  /** What is to be known of it; empty for nothing. */
  readonly note: string
  /** The first is of names, the others are of numbers. */
  readonly headings: readonly [string, ...string[]]
  readonly rows: readonly (readonly string[])[]
  /** How long the bar of each row is, 0 to 1, where there are bars. */
  readonly bars?: readonly number[]
  /** What is said when there are no rows. */
  readonly empty: string
}

interface DailyPage {
  readonly title: string
  readonly subtitle: string
  readonly headline: string
  readonly totals: ReportTable
  readonly hours: ReportTable
  readonly others: readonly ReportTable[]
}

export function dailyPage(report: DailyReport): DailyPage {
  const { clientName, clientId, date, timezone } = report
  return {
    title: `${nameWords(clientName, clientId)}: calls of ${shortDate(date)}`,
    subtitle: `${dateWords(date)} · ${timezone}${report.isOver ? '' : ' · so far'}`,
    headline: headlineOf(report),
    totals: totalsOf(report),
    hours: hoursOf(report),
    others: [
      outcomesOf(report),
      missedOf(report),
      figuresTable('Agents', 'Agent', 'No call names an agent.', report.agents, ({ agentName, agentUserId }) =>
        nameWords(agentName, agentUserId),
      ),
      figuresTable(
        'Customers',
        'Customer',
        'No call names a customer.',
        report.customers,
        ({ customerName, customerId }) => nameWords(customerName, customerId),
      ),
      figuresTable(
        'Virtual numbers',
        'Number',
        'Of no call is a virtual number known.',
        report.virtualNumbers,
        ({ virtualNumber }) => nameWords(virtualNumber, virtualNumber),
      ),
      durationsOf(report),
    ],
  }
}

function headlineOf({ figures, busiestHour, hours, missedCalls }: DailyReport): string {
  if (busiestHour === null) return 'No calls.'
  const { calls } = hours[busiestHour] as DailyReport['hours'][0]
  const sentences = [
    `${countOf(figures.calls, 'call')}, ${countWords(figures.answered)} of them answered.`,
    `The busiest hour was ${hourWords(busiestHour)} to ${hourWords(busiestHour + 1)}, with ${countWords(calls)}.`,
  ]
  const { openMissed } = missedCalls
  if (openMissed > 0) sentences.push(`${countOf(openMissed, 'missed call')} still open.`)
  return sentences.join(' ')
}

type Row = readonly [name: string, metric: keyof CallFigures, words: (value: number | null) => string, isShare?: true]

const count = (value: number | null) => countWords(Number(value))

const TOTALS: readonly Row[] = [
  ['Calls', 'calls', count],
  ['Inbound', 'inbound', count],
  ['Outbound', 'outbound', count],
  ['Answered', 'answered', count],
  ['Answer rate', 'answerRate', shareWords, true],
  ['Missed', 'missed', count],
  ['Average talk', 'avgTalkSeconds', secondsWords],
  ['Talk in all', 'talkSeconds', secondsWords],
  ['Service level', 'serviceLevel', shareWords, true],
]

function totalsOf({ figures, dayBefore, weekBefore, serviceLevel, isOver }: DailyReport): ReportTable {
  const { serviceLevelSeconds, abandonSeconds } = serviceLevel
  return {
    title: 'The day',
    note: `Service level: inbound calls answered within ${serviceLevelSeconds} s, without those given up within ${abandonSeconds} s.${
      isOver ? '' : ' The day goes on: the others are whole days.'
    }`,
    headings: ['', 'Day', `vs ${shortDate(dayBefore.date)}`, `vs ${shortDate(weekBefore.date)}`],
    rows: TOTALS.map(([name, metric, words, isShare]) => {
      const compared = [dayBefore, weekBefore].map(({ changes }) => {
        const { difference, change } = changes[metric]
        if (isShare) return pointsWords(difference)
        // From nothing there is no share of it to tell.
        return change === null && difference !== null && difference > 0 ? `+${words(difference)}` : changeWords(change)
      })
      return [name, words(figures[metric]), ...compared]
    }),
    empty: '',
  }
}

/** From the first hour that had calls to the last. */
function hoursOf({ hours, busiestHour }: DailyReport): ReportTable {
  const most = busiestHour === null ? 0 : (hours[busiestHour]?.calls as number)
  const first = hours.findIndex(({ calls }) => calls > 0)
  const last = hours.findLastIndex(({ calls }) => calls > 0)
  const shown = busiestHour === null ? [] : hours.slice(first, last + 1)
  return {
    title: 'Calls by hour',
    note: '',
    headings: ['Hour', 'Inbound', 'Outbound', 'All'],
    rows: shown.map(({ hour, calls, inbound, outbound }) => {
      return [hourWords(hour), ...[inbound, outbound, calls].map(countWords)]
    }),
    bars: shown.map(({ calls }) => calls / most),
    empty: 'No calls.',
  }
}

function outcomesOf({ outcomes }: DailyReport): ReportTable {
  return {
    title: 'Outcomes',
    note: '',
    headings: ['Status', 'Calls', 'Share'],
    rows: outcomes.map(({ status, calls, share }) => [status, countWords(calls), shareWords(share)]),
    bars: outcomes.map(({ share }) => share),
    empty: 'No calls.',
  }
}

function missedOf({ missedCalls }: DailyReport): ReportTable {
  const { missed, wonBack, lost, openMissed, windowHours, windowIn, numbers } = missedCalls
  const more = numbers.length === 0 ? '' : ' These numbers wait for a call:'
  return {
    title: 'Missed calls',
    note: `${countWords(missed)} missed: ${countWords(wonBack)} won back, ${countWords(lost)} lost, ${countWords(openMissed)} open. A missed call is won back when its number is spoken with within ${windowHours} ${windowIn === 'clock' ? '' : 'business '}hours.${more}`,
    headings: ['Number', 'Open'],
    rows: numbers.map(({ phoneNumber, openMissed: open }) => [nameWords(phoneNumber, phoneNumber), countWords(open)]),
    empty: '',
  }
}

function figuresTable<F extends CallFigures>(
  title: string,
  of: string,
  empty: string,
  all: readonly F[],
  nameOf: (one: F) => string,
): ReportTable {
  return {
    title,
    note: '',
    headings: [of, 'Calls', 'Answered', 'Missed', 'Talk'],
    rows: all.map((one) => [
      nameOf(one),
      ...[one.calls, one.answered, one.missed].map(countWords),
      secondsWords(one.talkSeconds),
    ]),
    empty,
  }
}

function durationsOf({ percentiles: { talk, ring } }: DailyReport): ReportTable {
  return {
    title: 'How long',
    note: 'How long so many of 100 calls lasted and rang at the most.',
    headings: ['Of 100 calls', 'Talk', 'Ring'],
    rows: PERCENTILES.map((percent) => {
      const name = `p${percent}` as const
      return [String(percent), secondsWords(talk[name]), secondsWords(ring[name])]
    }),
    empty: '',
  }
}
