import { Type, type Static } from '@sinclair/typebox'
import { DEFAULT_TIMEZONE, DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import {
  ClientIdSchema,
  ClientNameSchema,
  Count,
  Query,
  RetainedFromSchema,
  StringEnum,
  Text,
  TimezoneSchema,
} from './common.js'
import {
  CallFiguresSchema,
  changesExample,
  DailyMissedSchema,
  FigureChangesSchema,
  figuresExample,
  formerFiguresExample,
  missedExample,
  PercentilesSchema,
  percentilesExample,
  ReportedCustomerSchema,
  ServiceLevelSchema,
} from './report-parts.js'
import { OutcomesSchema, topAgents, topNumbers } from './report-sections.js'

/** What a report can be, and the media type of each. The first is what it is unless something else is asked for. */
export const REPORT_TYPES = { json: 'application/json', html: 'text/html', text: 'text/plain' } as const
type ReportFormat = keyof typeof REPORT_TYPES
const REPORT_FORMATS = Object.keys(REPORT_TYPES) as [ReportFormat, ...ReportFormat[]]

export const DailyReportQuerySchema = Query({
  date: Type.Optional(
    Type.String({
      maxLength: LIMITS.timestampLength,
      description: 'The local day, in the client’s time zone. Absent: yesterday.',
      examples: ['2025-10-11'],
    }),
  ),
  format: Type.Optional(
    StringEnum(REPORT_FORMATS, {
      description:
        '`json` for programs; `html`, a page that stands by itself, and `text` for people. Unless told, what the header `Accept` prefers, and JSON where it prefers none of them.',
      examples: ['html'],
    }),
  ),
})
export type DailyReportQuery = Static<typeof DailyReportQuerySchema>

const DayComparisonSchema = Type.Object(
  { date: Text('Its local date.', '2025-10-10'), figures: CallFiguresSchema, changes: FigureChangesSchema },
  { $id: 'DayComparison', description: 'Another day, and what became of its figures.' },
)

export const DailyReportSchema = Type.Object(
  {
    clientId: ClientIdSchema,
    clientName: ClientNameSchema,
    date: Text('The local date that the report is about.', '2025-10-11'),
    timezone: TimezoneSchema,
    isOver: Type.Boolean({
      description: 'Whether the day is over. Until then its figures grow.',
      examples: [true],
    }),
    figures: CallFiguresSchema,
    dayBefore: DayComparisonSchema,
    weekBefore: DayComparisonSchema,
    hours: Type.Array(
      Type.Object(
        {
          hour: Count('Hour of the local clock, 0 to 23.', 10),
          calls: Count('Calls that started in it.', 22),
          inbound: Count('Inbound ones of them.', 8),
          outbound: Count('Outbound ones of them.', 14),
        },
        { $id: 'ReportedHour', description: 'Calls of one hour.' },
      ),
      {
        minItems: 24,
        maxItems: 24,
        description:
          'Every hour of the local clock. An hour that a change of the clock repeats counts the calls of both; one that it skips has none.',
      },
    ),
    busiestHour: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      format: 'int64',
      minimum: 0,
      maximum: 23,
      description: 'The hour in which most calls started, the first of several; null when there were none.',
      examples: [11],
    }),
    outcomes: OutcomesSchema,
    percentiles: PercentilesSchema,
    serviceLevel: ServiceLevelSchema,
    missedCalls: DailyMissedSchema,
    agents: topAgents,
    customers: Type.Array(ReportedCustomerSchema, {
      maxItems: DEFAULTS.topCustomers,
      description: `The ${String(DEFAULTS.topCustomers)} customers with the most calls. Calls that name no customer are in none.`,
    }),
    virtualNumbers: topNumbers,
    retainedFrom: Type.Optional(RetainedFromSchema),
  },
  { $id: 'DailyReport', description: 'One local day of a client’s calls on one page.' },
)
export type DailyReport = Static<typeof DailyReportSchema>

const byHour = [0, 0, 0, 0, 0, 0, 0, 0, 1, 14, 18, 23, 9, 7, 15, 16, 12, 7, 3, 0, 0, 0, 0, 0]
const inboundByHour = [0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 7, 8, 4, 2, 5, 6, 4, 2, 1, 0, 0, 0, 0, 0]

export const dailyReportExample: DailyReport = {
  clientId: 'client-demo',
  clientName: 'Demo Client',
  date: '2025-10-11',
  timezone: DEFAULT_TIMEZONE,
  isOver: true,
  figures: figuresExample,
  dayBefore: { date: '2025-10-10', figures: formerFiguresExample, changes: changesExample },
  weekBefore: { date: '2025-10-04', figures: formerFiguresExample, changes: changesExample },
  hours: byHour.map((calls, hour) => {
    const inbound = inboundByHour[hour] as number
    return { hour, calls, inbound, outbound: calls - inbound }
  }),
  busiestHour: 11,
  outcomes: [
    { status: 'completed', calls: 114, share: 0.912 },
    { status: 'no-answer', calls: 6, share: 0.048 },
    { status: 'missed', calls: 5, share: 0.04 },
  ],
  percentiles: percentilesExample,
  serviceLevel: {
    serviceLevel: 0.8889,
    serviceLevelSeconds: DEFAULTS.serviceLevelSeconds,
    abandonSeconds: DEFAULTS.abandonSeconds,
  },
  missedCalls: { ...missedExample, numbers: [{ phoneNumber: '+919876543210', openMissed: 2 }] },
  agents: [{ agentUserId: 'agent-42', agentName: 'Asha Rao', ...figuresExample }],
  customers: [{ customerId: 'CUST001', customerName: 'John Doe', ...formerFiguresExample, calls: 15, inbound: 5 }],
  virtualNumbers: [{ virtualNumber: '+918041234567', ...figuresExample }],
}

const HTML_EXAMPLE = '<!doctype html>\n<html lang="en">\n…\n</html>\n'
const TEXT_EXAMPLE = 'Demo Client: calls of Sat 11 Oct\n…\n'

/** The answer in each format, as a response of a route. */
export const dailyReportResponse = {
  description: 'The report of the day.',
  content: {
    [REPORT_TYPES.json]: { schema: DailyReportSchema, example: dailyReportExample },
    [REPORT_TYPES.html]: {
      schema: Type.String({
        description: 'A page that stands by itself: its style and its charts (SVG) are in it.',
        examples: [HTML_EXAMPLE],
      }),
      example: HTML_EXAMPLE,
    },
    [REPORT_TYPES.text]: {
      schema: Type.String({
        description: 'Lines in columns, for a terminal or a plain mail.',
        examples: [TEXT_EXAMPLE],
      }),
      example: TEXT_EXAMPLE,
    },
  },
}
