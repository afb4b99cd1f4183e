/** The parts that reports have in common, each from one question. */
import {
  FIGURES,
  type CallFigures,
  type FigureChanges,
  type MissedFollowUp,
  type Outcome,
  type Percentiles,
  type PercentileSet,
  type ReportedAgent,
  type ReportedCustomer,
  type ReportedNumber,
  type ServiceLevel,
} from '../../schemas/report-parts.js'
import type { AnswerRow } from '../core/analytics/answer.js'
import { changeOf } from '../core/analytics/change.js'
import { PERCENTILES, type CallDimension, type Metric } from '../core/analytics/vocabulary.js'
import { inFourDigits } from '../core/rounding.js'
import { DEFAULTS } from '../core/defaults.js'
import type { CallStatus } from '../core/vocabulary/calls.js'
import type { MissedCallWindow } from '../storage/port/missed-calls.js'
import type { CallQuestions } from './call-questions.js'

type Values = readonly (number | null)[]

/** Values by the names of what was measured. */
function named<M extends Metric>(metrics: readonly M[], values: Values): Record<M, number | null> {
  return Object.fromEntries(metrics.map((metric, at) => [metric, values[at]])) as Record<M, number | null>
}

export function figuresFrom(values: Values): CallFigures {
  return named(FIGURES, values) as CallFigures
}

export async function figuresOf(questions: CallQuestions): Promise<CallFigures> {
  return figuresFrom((await questions.ask(FIGURES)).total.values)
}

export function changesOf(figures: CallFigures, previous: CallFigures): FigureChanges {
  const changes = FIGURES.map((metric) => [metric, changeOf(figures[metric], previous[metric])])
  return Object.fromEntries(changes) as FigureChanges
}

/** Those with the most calls, without the calls that name none, and the names of all of them. */
async function top(questions: CallQuestions, dimension: CallDimension) {
  const { rows, agents, customers } = await questions.ask(FIGURES, {
    groupBy: [dimension],
    // One more than are told: calls that name none are a group, too.
    limit: DEFAULTS.topCustomers + 1,
  })
  const some = rows.filter(({ keys }) => keys[0] !== null).slice(0, DEFAULTS.topCustomers)
  return { rows: some.map((row) => ({ key: keyOf(row), figures: figuresFrom(row.values) })), agents, customers }
}

function keyOf({ keys }: AnswerRow): string {
  return String(keys[0])
}

export async function agentsOf(questions: CallQuestions): Promise<ReportedAgent[]> {
  const { rows, agents } = await top(questions, 'agent')
  return rows.map(({ key, figures }) => ({ agentUserId: key, agentName: agents[key] as string | null, ...figures }))
}

export async function customersOf(questions: CallQuestions): Promise<ReportedCustomer[]> {
  const { rows, customers } = await top(questions, 'customer')
  return rows.map(({ key, figures }) => ({
    customerId: key,
    customerName: customers[key] as string | null,
    ...figures,
  }))
}

export async function virtualNumbersOf(questions: CallQuestions): Promise<ReportedNumber[]> {
  const { rows } = await top(questions, 'virtualNumber')
  return rows.map(({ key, figures }) => ({ virtualNumber: key, ...figures }))
}

export async function outcomesOf(questions: CallQuestions): Promise<Outcome[]> {
  const { rows, total } = await questions.ask(['calls'], { groupBy: ['status'] })
  const all = total.values[0] as number
  return rows.map((row) => {
    const calls = row.values[0] as number
    return { status: keyOf(row) as CallStatus, calls, share: inFourDigits(calls / all) }
  })
}

export async function percentilesOf(questions: CallQuestions): Promise<Percentiles> {
  const of = (what: 'Talk' | 'Ring') => PERCENTILES.map((percent) => `p${percent}${what}` as const)
  const { values } = (await questions.ask([...of('Talk'), ...of('Ring')])).total
  const set = (from: number) =>
    Object.fromEntries(PERCENTILES.map((percent, at) => [`p${percent}`, values[from + at]])) as PercentileSet
  return { talk: set(0), ring: set(PERCENTILES.length) }
}

export function serviceLevelFrom({ serviceLevel }: CallFigures): ServiceLevel {
  const { serviceLevelSeconds, abandonSeconds } = DEFAULTS
  return { serviceLevel, serviceLevelSeconds, abandonSeconds }
}

const MISSED = ['missed', 'wonBack', 'lost', 'openMissed', 'wonBackRate'] as const

export async function missedOf(questions: CallQuestions): Promise<MissedFollowUp> {
  const { values } = (await questions.ask(MISSED)).total
  return { ...(named(MISSED, values) as Omit<MissedFollowUp, keyof MissedCallWindow>), ...questions.window }
}
