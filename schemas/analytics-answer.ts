import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox'
import {
  GROUPING_MEANINGS,
  measureOf,
  MOST_GROUPINGS,
  NULLABLE_GROUPINGS,
  UNITS,
} from '../src/core/analytics/measures.js'
import { COMPARISONS } from '../src/core/analytics/periods.js'
import {
  CYCLES,
  DEFINITIONS,
  DEFINITIONS_VERSION,
  GROUPINGS,
  METRICS,
  type Grouping,
  type Metric,
} from '../src/core/analytics/vocabulary.js'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { GroupingSchema, MetricSchema } from './analytics-query.js'
import {
  Count,
  DateRangeSchema,
  NullableInstant,
  NullableText,
  StringEnum,
  TimezoneSchema,
  WindowUnitSchema,
} from './common.js'
import { OMITTED_GROUPS_HEADER, RETAINED_FROM_HEADER } from './headers.js'

type Values = Partial<Record<Metric, number | null>>

/** Numbers by metric: those that were asked for. @param type of one, by what is measured */
function ByMetric($id: string, description: string, of: (metric: Metric) => object, example: Values): TUnsafe<Values> {
  const properties = Object.fromEntries(METRICS.map((metric) => [metric, of(metric)]))
  return Type.Unsafe<Values>({ $id, type: 'object', properties, description, examples: [example] })
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function numeric(metric: Metric, about: object, isNullable = measureOf(metric).isNullable): object {
  const type = measureOf(metric).isWhole ? 'integer' : 'number'
  return { type: isNullable ? [type, 'null'] : type, ...(type === 'integer' && { format: 'int64' }), ...about }
}

const EXAMPLES: Readonly<Record<(typeof UNITS)[number], number>> = {
  calls: 12,
  customers: 9,
  numbers: 10,
  seconds: 180,
  share: 0.75,
}
const exampleOf = (metric: Metric) => EXAMPLES[measureOf(metric).unit]

const MetricValuesSchema = ByMetric(
  'MetricValues',
  'What was measured.',
  (metric) =>
    numeric(metric, { minimum: 0, description: sentence(DEFINITIONS[metric]), examples: [exampleOf(metric)] }),
  { calls: 3, answered: 2, answerRate: 0.6667 },
)
const MetricDifferencesSchema = ByMetric(
  'MetricDifferences',
  'The values less those before; null where either is not defined.',
  (metric) => numeric(metric, { description: `\`${metric}\` less what it was.`, examples: [exampleOf(metric)] }, true),
  { calls: 1, answered: 0, answerRate: -0.3333 },
)
const MetricChangesSchema = ByMetric(
  'MetricChanges',
  'The differences as shares of the values before, in four digits: 0.5 is half as much again. Null where the value before is 0 or not defined.',
  (metric) => ({
    type: ['number', 'null'],
    description: `The difference of \`${metric}\` as a share of what it was.`,
    examples: [0.5],
  }),
  { calls: 0.5, answered: 0, answerRate: -0.3333 },
)

function GroupMember(by: Grouping): TSchema {
  const { means, example } = GROUPING_MEANINGS[by]
  const base = CYCLES.some((cycle) => cycle === by)
    ? { type: 'integer', format: 'int32', minimum: 0 }
    : { type: 'string' }
  const type = NULLABLE_GROUPINGS.includes(by) ? [base.type, 'null'] : base.type
  return Type.Optional(Type.Unsafe({ ...base, type, description: sentence(means), examples: [example] }))
}

type Group = { [By in Grouping]?: string | number | null } & {
  customerName?: string | null
  agentName?: string | null
}

const AnswerGroupSchema = Type.Unsafe<Group>({
  ...Type.Object({
    ...Object.fromEntries(GROUPINGS.map((by) => [by, GroupMember(by)])),
    customerName: Type.Optional(NullableText('The customer’s name; null when nobody told it.', 'John Doe')),
    agentName: Type.Optional(NullableText('The agent’s name; null when nobody saved one.', 'Asha Rao')),
  }),
  $id: 'AnalyticsGroup',
  description: 'What a group is told by: what `groupBy` asked for, and names beside ids.',
  examples: [{ agent: 'agent-42', agentName: 'Asha Rao', month: '2025-10' }],
})

const measured = {
  values: MetricValuesSchema,
  previous: Type.Optional(MetricValuesSchema),
  difference: Type.Optional(MetricDifferencesSchema),
  change: Type.Optional(MetricChangesSchema),
}
const WHEN_COMPARED = '`previous`, `difference` and `change` are there with `compareTo`.'

const MeasuredSchema = Type.Object(measured, {
  $id: 'Measured',
  description: `All calls together: what does not add up, such as a share or a percentile, is measured of them. ${WHEN_COMPARED}`,
})
export type Measured = Static<typeof MeasuredSchema>

const AnswerRowSchema = Type.Object(
  { group: AnswerGroupSchema, ...measured },
  { $id: 'AnalyticsRow', description: `A group, and what was measured of it. ${WHEN_COMPARED}` },
)

const OtherGroupsSchema = Type.Object(
  { groups: Count('How many groups these are: as many as `omittedGroups`.', 12), ...measured },
  {
    $id: 'OtherGroups',
    description:
      'The groups beyond `limit` together. How many of their calls went on at once, `peakConcurrent`, is null.',
  },
)

const InstantRangeSchema = Type.Object(
  {
    from: NullableInstant('Where it begins, included; null when it is open.', '2025-10-05T18:30:00Z'),
    to: NullableInstant('Where it ends, excluded; null when it is open.', '2025-10-12T18:30:00Z'),
  },
  { $id: 'InstantRange', description: 'A range as instants.' },
)
export type InstantRange = Static<typeof InstantRangeSchema>

const AnsweredMetricSchema = Type.Object(
  {
    metric: MetricSchema,
    unit: StringEnum(UNITS, { description: 'What the values count; a `share` is 0 to 1.' }),
    exact: Type.Boolean({ description: 'Whether the values are exact.', examples: [true] }),
    errorPercent: Type.Number({
      minimum: 0,
      description: 'By how many per cent a value can be off, at the most: 0 where it is exact.',
      examples: [0],
    }),
  },
  { $id: 'AnsweredMetric', description: 'A metric that was asked for, and how exactly it is told.' },
)

export const AnswerSchema = Type.Object(
  {
    definitions: Count('Version of the definitions of the metrics: it is counted up when one changes its meaning.', 1),
    dateRange: DateRangeSchema,
    range: InstantRangeSchema,
    timezone: TimezoneSchema,
    compareTo: Type.Optional(StringEnum(COMPARISONS, { description: 'As asked.' })),
    comparedRange: Type.Optional(InstantRangeSchema),
    metrics: Type.Array(AnsweredMetricSchema, { maxItems: METRICS.length, description: 'In the order asked for.' }),
    groupBy: Type.Array(GroupingSchema, { maxItems: MOST_GROUPINGS, description: 'As asked.' }),
    serviceLevelSeconds: Count('The threshold of `serviceLevel`.', DEFAULTS.serviceLevelSeconds),
    abandonSeconds: Count('Calls that were given up sooner are no part of `serviceLevel`.', DEFAULTS.abandonSeconds),
    missedCallWindowHours: Type.Optional(
      Count(
        'The client’s window, in hours, by which `wonBack`, `lost` and the like are told: there where they are asked for.',
        DEFAULTS.missedCallWindowHours,
      ),
    ),
    missedCallWindowIn: Type.Optional(WindowUnitSchema),
    rows: Type.Array(AnswerRowSchema, { maxItems: LIMITS.answeredGroups, description: 'The groups, in order.' }),
    omittedGroups: Count('How many groups there are beyond `limit`, which are not among `rows`.', 0),
    other: Type.Optional(OtherGroupsSchema),
    total: MeasuredSchema,
    retainedFrom: Type.Optional(
      Type.String({
        format: 'date-time',
        description:
          'Calls that started before this instant (UTC) are no longer kept. They are still counted, by whole quarter hours, with their customer, agent, direction, status and duration; their numbers, domains, end reasons and ring times are not, and neither is how many of them went on at once. Absent when nothing that was asked for is missing.',
        examples: ['2024-10-31T18:30:00Z'],
      }),
    ),
  },
  {
    $id: 'AnalyticsAnswer',
    description: 'The answer to a question about calls.',
    examples: [
      {
        definitions: DEFINITIONS_VERSION,
        dateRange: { startDate: '2025-10-06', endDate: '2025-10-12' },
        range: { from: '2025-10-05T18:30:00Z', to: '2025-10-12T18:30:00Z' },
        timezone: 'Asia/Kolkata',
        compareTo: 'previous',
        comparedRange: { from: '2025-09-28T18:30:00Z', to: '2025-10-05T18:30:00Z' },
        metrics: [
          { metric: 'calls', unit: 'calls', exact: true, errorPercent: 0 },
          { metric: 'answerRate', unit: 'share', exact: true, errorPercent: 0 },
          { metric: 'p90Talk', unit: 'seconds', exact: false, errorPercent: 2.5 },
        ],
        groupBy: ['agent'],
        serviceLevelSeconds: DEFAULTS.serviceLevelSeconds,
        abandonSeconds: DEFAULTS.abandonSeconds,
        rows: [
          {
            group: { agent: 'agent-42', agentName: 'Asha Rao' },
            values: { calls: 3, answerRate: 0.6667, p90Talk: 177 },
            previous: { calls: 2, answerRate: 1, p90Talk: 61 },
            difference: { calls: 1, answerRate: -0.3333, p90Talk: 116 },
            change: { calls: 0.5, answerRate: -0.3333, p90Talk: 1.9016 },
          },
        ],
        omittedGroups: 0,
        total: {
          values: { calls: 3, answerRate: 0.6667, p90Talk: 177 },
          previous: { calls: 2, answerRate: 1, p90Talk: 61 },
          difference: { calls: 1, answerRate: -0.3333, p90Talk: 116 },
          change: { calls: 0.5, answerRate: -0.3333, p90Talk: 1.9016 },
        },
      },
    ],
  },
)
export type AnalyticsAnswer = Static<typeof AnswerSchema>

const csvExample = 'agent,agentName,calls,answerRate\r\nagent-42,Asha Rao,3,0.6667\r\n'

export const AnswerCsvSchema = Type.String({
  description:
    'RFC 4180: a header, then the rows of the JSON answer in their order, lines ended by CRLF. First what the group is told by, then each metric under its name; with `compareTo` also as `calls previous`, `calls difference` and `calls change`. What is null is an empty cell. A text that a spreadsheet would run as a formula has an apostrophe before it.',
  examples: [csvExample],
})

/** The answer in each format, as a response of a route. */
export const answerResponse = {
  description: 'The answer, or its rows as a file.',
  headers: { 'Content-Disposition': {}, [RETAINED_FROM_HEADER]: {}, [OMITTED_GROUPS_HEADER]: {} },
  content: {
    'application/json': { schema: AnswerSchema },
    'text/csv': { schema: AnswerCsvSchema, example: csvExample },
  },
}
