/** What reports are made of: figures of some calls, what they were before, and who has the most calls. */
import { Type, type Static } from '@sinclair/typebox'
import { DEFINITIONS, PERCENTILES, type Metric } from '../src/core/analytics/vocabulary.js'
import { DEFAULTS } from '../src/core/defaults.js'
import {
  AgentUserIdSchema,
  CallStatusSchema,
  Count,
  CustomerIdSchema,
  Instant,
  NullableCount,
  NullableText,
  Text,
  WindowUnitSchema,
} from './common.js'

function sentence(definition: string): string {
  return `${definition.slice(0, 1).toUpperCase()}${definition.slice(1)}.`
}

function CountOf(metric: Metric, example: number) {
  return Count(sentence(DEFINITIONS[metric]), example)
}

function NullableNumber(description: string, example: number, bounds: { minimum?: number; maximum?: number } = {}) {
  return Type.Unsafe<number | null>({ type: ['number', 'null'], description, examples: [example], ...bounds })
}

function Share(metric: Metric, example: number) {
  return NullableNumber(`${sentence(DEFINITIONS[metric])} 0 to 1, in four digits.`, example, { minimum: 0, maximum: 1 })
}

/** What is told of any calls, by the names that questions have for it. */
export const FIGURES = [
  'calls',
  'inbound',
  'outbound',
  'answered',
  'missed',
  'answerRate',
  'talkSeconds',
  'avgTalkSeconds',
  'serviceLevel',
] as const satisfies readonly Metric[]

const figures = {
  calls: CountOf('calls', 125),
  inbound: CountOf('inbound', 45),
  outbound: CountOf('outbound', 80),
  answered: CountOf('answered', 114),
  missed: CountOf('missed', 5),
  answerRate: Share('answerRate', 0.912),
  talkSeconds: CountOf('talkSeconds', 21375),
  avgTalkSeconds: NullableNumber(`${sentence(DEFINITIONS.avgTalkSeconds)} In one digit.`, 187.5, { minimum: 0 }),
  serviceLevel: Share('serviceLevel', 0.8889),
}

export const CallFiguresSchema = Type.Object(figures, {
  $id: 'CallFigures',
  description: 'What is told of some calls.',
})
export type CallFigures = Static<typeof CallFiguresSchema>

export const figuresExample: CallFigures = {
  calls: 125,
  inbound: 45,
  outbound: 80,
  answered: 114,
  missed: 5,
  answerRate: 0.912,
  talkSeconds: 21375,
  avgTalkSeconds: 187.5,
  serviceLevel: 0.8889,
}
export const formerFiguresExample: CallFigures = {
  calls: 100,
  inbound: 40,
  outbound: 60,
  answered: 90,
  missed: 4,
  answerRate: 0.9,
  talkSeconds: 16200,
  avgTalkSeconds: 180,
  serviceLevel: 0.8889,
}

const FigureChangeSchema = Type.Object(
  {
    difference: NullableNumber('The value less the one before; null where either is null.', 25),
    change: NullableNumber(
      'The difference as a share of the value before, in four digits; null where that is 0 or null.',
      0.25,
    ),
  },
  { $id: 'FigureChange', description: 'What became of a figure.' },
)

export const FigureChangesSchema = Type.Object(
  Object.fromEntries(FIGURES.map((metric) => [metric, FigureChangeSchema])) as Record<
    (typeof FIGURES)[number],
    typeof FigureChangeSchema
  >,
  { $id: 'FigureChanges', description: 'What became of each figure since the time that it is compared with.' },
)
export type FigureChanges = Static<typeof FigureChangesSchema>

export const changesExample: FigureChanges = {
  calls: { difference: 25, change: 0.25 },
  inbound: { difference: 5, change: 0.125 },
  outbound: { difference: 20, change: 0.3333 },
  answered: { difference: 24, change: 0.2667 },
  missed: { difference: 1, change: 0.25 },
  answerRate: { difference: 0.012, change: 0.0133 },
  talkSeconds: { difference: 5175, change: 0.3194 },
  avgTalkSeconds: { difference: 7.5, change: 0.0417 },
  serviceLevel: { difference: 0, change: 0 },
}

export const PeriodChangeSchema = Type.Object(
  {
    from: Instant('When the range of comparison begins.', '2025-09-18T18:30:00Z'),
    to: Instant('When it ends, which is where the range asked for begins.', '2025-09-30T18:30:00Z'),
    figures: CallFiguresSchema,
    previous: CallFiguresSchema,
    changes: FigureChangesSchema,
  },
  {
    $id: 'PeriodChange',
    description:
      'The figures of the range, those of the range of equal length that ends where it begins, and what became of them. Of whole local days it has as many, so that weeks are compared with the same weekdays.',
  },
)
export type PeriodChange = Static<typeof PeriodChangeSchema>

export const ReportedAgentSchema = Type.Object(
  {
    agentUserId: AgentUserIdSchema,
    agentName: NullableText('The agent’s name; null when nobody saved one.', 'Asha Rao'),
    ...figures,
  },
  { $id: 'ReportedAgent', description: 'Figures of the calls of an agent.' },
)
export type ReportedAgent = Static<typeof ReportedAgentSchema>

export const ReportedCustomerSchema = Type.Object(
  {
    customerId: CustomerIdSchema,
    customerName: NullableText('The customer’s name; null when nobody told it.', 'John Doe'),
    ...figures,
  },
  { $id: 'ReportedCustomer', description: 'Figures of the calls with a customer.' },
)
export type ReportedCustomer = Static<typeof ReportedCustomerSchema>

export const ReportedNumberSchema = Type.Object(
  {
    virtualNumber: Text('Exotel’s number, as E.164 where it is a number of some country.', '+918041234567'),
    ...figures,
  },
  { $id: 'ReportedNumber', description: 'Figures of the calls over one of Exotel’s numbers.' },
)
export type ReportedNumber = Static<typeof ReportedNumberSchema>

export const OutcomeSchema = Type.Object(
  {
    status: CallStatusSchema,
    calls: Count('Calls that have this status when the answer is given.', 114),
    share: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'Their share of all calls, 0 to 1 in four digits.',
      examples: [0.912],
    }),
  },
  { $id: 'Outcome', description: 'What became of some calls.' },
)
export type Outcome = Static<typeof OutcomeSchema>

const PERCENTILE_NAMES = PERCENTILES.map((percent) => `p${percent}` as const)
type PercentileName = (typeof PERCENTILE_NAMES)[number]
export type PercentileSet = Readonly<Record<PercentileName, number | null>>

function PercentileSetOf(of: 'Talk' | 'Ring', example: PercentileSet) {
  const members = PERCENTILE_NAMES.map((name) => [
    name,
    NullableCount(sentence(DEFINITIONS[`${name}${of}`]), example[name] as number),
  ])
  return Type.Object(Object.fromEntries(members) as Record<PercentileName, ReturnType<typeof NullableCount>>, {
    $id: `${of}Percentiles`,
    description: `Percentiles of how long calls ${of === 'Talk' ? 'lasted' : 'rang'}, in seconds.`,
  })
}

export const percentilesExample = {
  talk: { p50: 142, p75: 231, p90: 386, p95: 497, p99: 812 },
  ring: { p50: 9, p75: 14, p90: 21, p95: 28, p99: 44 },
}

export const PercentilesSchema = Type.Object(
  { talk: PercentileSetOf('Talk', percentilesExample.talk), ring: PercentileSetOf('Ring', percentilesExample.ring) },
  { $id: 'Percentiles', description: 'How long calls lasted and rang: what so many of 100 do not exceed.' },
)
export type Percentiles = Static<typeof PercentilesSchema>

export const ServiceLevelSchema = Type.Object(
  {
    serviceLevel: Share('serviceLevel', 0.8889),
    serviceLevelSeconds: Count('Within how many seconds a call is answered in time.', DEFAULTS.serviceLevelSeconds),
    abandonSeconds: Count(
      'Calls that were given up within so many seconds do not count as offered.',
      DEFAULTS.abandonSeconds,
    ),
  },
  { $id: 'ServiceLevel', description: 'The share of inbound calls that were answered in time.' },
)
export type ServiceLevel = Static<typeof ServiceLevelSchema>

const missedCalls = {
  missed: CountOf('missed', 5),
  wonBack: CountOf('wonBack', 3),
  lost: CountOf('lost', 0),
  openMissed: CountOf('openMissed', 2),
  wonBackRate: Share('wonBackRate', 1),
  windowHours: Count('The window, in hours.', DEFAULTS.missedCallWindowHours),
  windowIn: WindowUnitSchema,
}
export const missedExample = {
  missed: 5,
  wonBack: 3,
  lost: 0,
  openMissed: 2,
  wonBackRate: 1,
  windowHours: DEFAULTS.missedCallWindowHours,
  windowIn: DEFAULTS.missedCallWindowIn,
} as const

export const MissedFollowUpSchema = Type.Object(missedCalls, {
  $id: 'MissedFollowUp',
  description:
    'What came after missed calls, as far as it is known when the answer is given. Missed calls of no number are in `missed` alone.',
})
export type MissedFollowUp = Static<typeof MissedFollowUpSchema>

export const DailyMissedSchema = Type.Object(
  {
    ...missedCalls,
    numbers: Type.Array(
      Type.Object(
        {
          phoneNumber: Text('The number, as E.164 where it is a number of some country.', '+919876543210'),
          openMissed: CountOf('openMissed', 2),
        },
        { $id: 'OpenNumber', description: 'A number whose missed calls are open.' },
      ),
      {
        maxItems: DEFAULTS.topCustomers,
        description: `Numbers with missed calls that are open, most first: the first ${String(DEFAULTS.topCustomers)}.`,
      },
    ),
  },
  {
    $id: 'DailyMissedCalls',
    description: 'What came after the missed calls of the day, as far as it is known when the answer is given.',
  },
)
