/** The parts of the detailed report that are there only when they are asked for. */
import { Type, type Static, type TOptional } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { Count, StringEnum } from './common.js'
import {
  MissedFollowUpSchema,
  OutcomeSchema,
  PercentilesSchema,
  PeriodChangeSchema,
  ReportedAgentSchema,
  ReportedNumberSchema,
  ServiceLevelSchema,
} from './report-parts.js'

const TOP = String(DEFAULTS.topCustomers)

export const OutcomesSchema = Type.Array(OutcomeSchema, {
  description: 'What became of the calls, by status, most calls first: statuses that some call has.',
})

export const topAgents = Type.Array(ReportedAgentSchema, {
  maxItems: DEFAULTS.topCustomers,
  description: `The ${TOP} agents with the most calls. Calls that name no agent are in none.`,
})

export const topNumbers = Type.Array(ReportedNumberSchema, {
  maxItems: DEFAULTS.topCustomers,
  description: `The ${TOP} of Exotel’s numbers with the most calls. Calls of which none is known are in none.`,
})

const members = {
  agents: topAgents,
  virtualNumbers: topNumbers,
  outcomes: OutcomesSchema,
  heatMap: Type.Array(
    Type.Array(Count('Calls that started in this hour, on this weekday.', 12), {
      minItems: 24,
      maxItems: 24,
      description: 'By hour of the local clock, 0 to 23.',
    }),
    {
      minItems: 7,
      maxItems: 7,
      description: 'How many calls started in each hour of each local weekday, 0 (Sunday) to 6 (Saturday).',
    },
  ),
  percentiles: PercentilesSchema,
  serviceLevel: ServiceLevelSchema,
  change: PeriodChangeSchema,
  openMissed: MissedFollowUpSchema,
}

export const SECTION_NAMES = Object.keys(members) as [ReportSection, ...ReportSection[]]
export type ReportSection = keyof typeof members

/** By the name that asks for each. */
export type Sections = { readonly [S in ReportSection]: Static<(typeof members)[S]> }

/** Members of a report that has those sections that were asked for. */
export const optionalSections = Object.fromEntries(
  Object.entries(members).map(([name, schema]) => [name, Type.Optional(schema)]),
) as { [K in ReportSection]: TOptional<(typeof members)[K]> }

export const SectionsQuery = Type.Optional(
  Type.Array(
    StringEnum(SECTION_NAMES, {
      $id: 'ReportSection',
      description:
        'A part that the report has only when it is asked for, under this name. `agents` and `virtualNumbers`: those with the most calls; `outcomes`: calls by status; `heatMap`: calls by weekday and hour; `percentiles` of talk and of ringing; `serviceLevel`; `change` against the range before, which needs `startDate` and `endDate`; `openMissed`: what came after missed calls.',
      examples: ['heatMap'],
    }),
    {
      minItems: 1,
      maxItems: SECTION_NAMES.length,
      uniqueItems: true,
      description:
        'Parts that are to be there beside the others, separated by commas: none unless told. Each is read from the calls of the range, one by one when it is asked for the first time.',
      examples: [['percentiles', 'serviceLevel']],
    },
  ),
)
