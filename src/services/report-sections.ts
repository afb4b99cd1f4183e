import { FIGURES, type PeriodChange } from '../../schemas/report-parts.js'
import type { ReportSection, Sections } from '../../schemas/report-sections.js'
import { comparedRange } from '../core/analytics/periods.js'
import { CYCLE_LENGTHS } from '../core/analytics/vocabulary.js'
import { formatInstant } from '../core/calendar.js'
import type { CallQuestions } from './call-questions.js'
import {
  agentsOf,
  changesOf,
  figuresFrom,
  figuresOf,
  missedOf,
  outcomesOf,
  percentilesOf,
  serviceLevelFrom,
  virtualNumbersOf,
} from './report-parts.js'

const SECTIONS: { readonly [S in ReportSection]: (questions: CallQuestions) => Promise<Sections[S]> } = {
  agents: agentsOf,
  virtualNumbers: virtualNumbersOf,
  outcomes: outcomesOf,
  heatMap: heatMapOf,
  percentiles: percentilesOf,
  serviceLevel: async (questions) => serviceLevelFrom(await figuresOf(questions)),
  change: changeSince,
  openMissed: missedOf,
}

/** The sections that are asked for, at once. */
export async function sectionsOf(
  asked: readonly ReportSection[],
  questions: CallQuestions,
): Promise<Partial<Sections>> {
  const sections = asked.map(async (name) => [name, await SECTIONS[name](questions)] as const)
  return Object.fromEntries(await Promise.all(sections))
}

async function heatMapOf(questions: CallQuestions): Promise<number[][]> {
  const { rows } = await questions.ask(['calls'], { groupBy: ['dayOfWeek', 'hourOfDay'], fill: true })
  const calls = rows.map(({ values }) => values[0] as number)
  const { dayOfWeek, hourOfDay } = CYCLE_LENGTHS
  return Array.from({ length: dayOfWeek }, (_, day) => calls.slice(day * hourOfDay, (day + 1) * hourOfDay))
}

async function changeSince(questions: CallQuestions): Promise<PeriodChange> {
  const comparedTo = comparedRange(questions.range, 'previous', questions.zone)
  const { total } = await questions.ask(FIGURES, { comparedTo })
  const figures = figuresFrom(total.values)
  const previous = figuresFrom(total.previous as readonly (number | null)[])
  return {
    from: formatInstant(comparedTo.from),
    to: formatInstant(comparedTo.to),
    figures,
    previous,
    changes: changesOf(figures, previous),
  }
}
