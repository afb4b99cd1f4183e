/** What each part of the page asks the API. */
import type { operations } from '../../client/client.js'
import type { Choice } from './choice.js'
import type { Range } from './range.js'

export type Question = Omit<NonNullable<operations['queryAnalytics']['parameters']['query']>, 'format'>

/** Rows of a list of the first ones. */
const LISTED = 8

export type Part = 'tiles' | 'series' | 'week' | 'outcomes' | 'talk' | 'agents' | 'customers' | 'numbers'

/** @returns the question of each part about the calls that were chosen */
export function questionsOf(choice: Choice, range: Range): Readonly<Record<Part, Question>> {
  const { startDate, endDate, compareTo, grain } = range
  const { agent, direction, number } = choice
  const calls = {
    startDate,
    endDate,
    ...(agent !== '' && { agentUserId: [agent] }),
    ...(direction !== '' && { callDirection: [direction] }),
    ...(number !== '' && { virtualNumber: [number] }),
  }
  return {
    tiles: { ...calls, metrics: ['calls', 'answerRate', 'avgTalkSeconds', 'missed', 'openMissed'], compareTo },
    series: { ...calls, metrics: ['inbound', 'outbound'], groupBy: [grain], fill: 'zero' },
    week: { ...calls, metrics: ['calls'], groupBy: ['dayOfWeek', 'hourOfDay'], fill: 'zero' },
    outcomes: { ...calls, metrics: ['calls'], groupBy: ['status'] },
    talk: {
      ...calls,
      metrics: ['calls', 'p50Talk', 'p75Talk', 'p90Talk', 'p95Talk', 'p99Talk'],
      groupBy: ['durationBucket'],
    },
    agents: {
      ...calls,
      metrics: ['calls', 'answered', 'answerRate', 'talkSeconds'],
      groupBy: ['agent'],
      limit: LISTED,
    },
    customers: { ...calls, metrics: ['calls', 'talkSeconds'], groupBy: ['customer'], limit: LISTED },
    numbers: { ...calls, metrics: ['calls', 'answerRate', 'missed'], groupBy: ['virtualNumber'], limit: LISTED },
  }
}
