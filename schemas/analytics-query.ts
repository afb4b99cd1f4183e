import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox'
import {
  DEFAULT_GROUPS,
  DEFAULT_METRICS,
  MOST_ABANDON_SECONDS,
  MOST_GROUPINGS,
  SERVICE_LEVEL_SECONDS,
  SORT_KEYS,
  type SortKey,
} from '../src/core/analytics/measures.js'
import { COMPARISONS } from '../src/core/analytics/periods.js'
import { GROUPINGS, HOURS_STATES, METRICS } from '../src/core/analytics/vocabulary.js'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { CALL_STATUSES, DIRECTIONS, DURATION_BUCKETS } from '../src/core/vocabulary/calls.js'
import {
  AgentUserIdSchema,
  CallStatusSchema,
  CustomerIdSchema,
  Defaulted,
  DirectionSchema,
  EXACT_TEXT,
  Query,
  QueryInteger,
  RangeQuery,
  StringEnum,
  withDefault,
} from './common.js'

export const MetricSchema = StringEnum(METRICS, {
  $id: 'Metric',
  description: 'Something that is measured of calls: see the table of the operation.',
})
export const GroupingSchema = StringEnum(GROUPINGS, {
  $id: 'Grouping',
  description: 'Something that calls are grouped by: see the table of the operation.',
  examples: ['month'],
})
const DurationBucketSchema = StringEnum(bucketNames(), {
  $id: 'DurationBucket',
  description: 'How long a call lasted, its lower bound included and its upper excluded.',
})

function bucketNames() {
  return DURATION_BUCKETS.map(({ name }) => name) as unknown as readonly [
    '0-30s',
    ...(typeof DURATION_BUCKETS)[number]['name'][],
  ]
}

/** Words, separated by commas. */
function Words<T extends TSchema>(item: T, maxItems: number, description: string, example: readonly Static<T>[]) {
  const list = { minItems: 1, maxItems, uniqueItems: true, description, examples: [[...example]] }
  return Type.Array(item, list)
}

/** Texts that may hold commas: one parameter each. */
function Texts(item: TSchema, what: string, example: string) {
  const description = `${what} Several are several parameters; calls of any of them count.`
  return Type.Optional(
    Type.Array(item as TUnsafe<string>, {
      minItems: 1,
      maxItems: LIMITS.filterValues,
      uniqueItems: true,
      description,
      examples: [[example]],
    }),
  )
}

function NumberText(description: string, example: string) {
  const { phoneNumberLength: maxLength } = LIMITS
  return Type.String({ minLength: 1, maxLength, pattern: EXACT_TEXT, description, examples: [example] })
}

const SORTS = SORT_KEYS.flatMap((key) => [key, `-${key}`] as const) as unknown as readonly [SortKey | `-${SortKey}`]

export const AnswerQuerySchema = Query({
  metrics: withDefault(
    Words(
      MetricSchema,
      METRICS.length,
      `What is measured, separated by commas: ${DEFAULT_METRICS.join(', ')} unless told.`,
      ['calls', 'answerRate'],
    ),
    DEFAULT_METRICS,
  ),
  groupBy: Type.Optional(
    Words(
      GroupingSchema,
      MOST_GROUPINGS,
      'What calls are grouped by: one thing, or two separated by a comma, of which one at the most is a stretch of time. Absent: one row of all calls.',
      ['agent', 'month'],
    ),
  ),
  ...RangeQuery,
  callDirection: Type.Optional(
    Words(DirectionSchema, DIRECTIONS.length, 'Calls of these directions, separated by commas.', ['inbound']),
  ),
  status: Type.Optional(
    Words(CallStatusSchema, CALL_STATUSES.length, 'Calls of these statuses, separated by commas, as they read now.', [
      'missed',
      'no-answer',
    ]),
  ),
  durationBucket: Type.Optional(
    Words(DurationBucketSchema, DURATION_BUCKETS.length, 'Calls that lasted so long, separated by commas.', [
      '3m-5m',
      '5m+',
    ]),
  ),
  businessHours: Type.Optional(
    Words(
      StringEnum(HOURS_STATES, { description: 'In or out of business hours.' }),
      HOURS_STATES.length,
      'Calls that started `in` or `out` of the client’s business hours: none, where no hours were set.',
      ['in'],
    ),
  ),
  customerId: Texts(CustomerIdSchema, 'Calls of this customer.', 'CUST001'),
  agentUserId: Texts(AgentUserIdSchema, 'Calls of this agent.', 'agent-42'),
  phoneNumber: Texts(
    NumberText('The customer’s number, however it is written.', '+919876543210'),
    'Calls with this number of a customer, however it is written.',
    '+919876543210',
  ),
  virtualNumber: Texts(
    NumberText('Exotel’s number, however it is written.', '+918041234567'),
    'Calls through this number of Exotel, however it is written.',
    '+918041234567',
  ),
  endReason: Texts(
    Type.String({
      minLength: 1,
      maxLength: LIMITS.endReasonLength,
      pattern: EXACT_TEXT,
      description: 'Why a call ended.',
      examples: ['NORMAL'],
    }),
    'Calls that ended for this reason, exactly as they say it.',
    'NORMAL',
  ),
  domain: Texts(
    Type.String({
      minLength: 1,
      maxLength: LIMITS.domainLength,
      pattern: EXACT_TEXT,
      description: 'Host name of a page.',
      examples: ['yourcrm.com'],
    }),
    'Calls that pages of this domain reported; whether letters are capital makes no difference.',
    'yourcrm.com',
  ),
  sort: Type.Optional(
    StringEnum(SORTS, {
      description:
        'A metric among those asked for, or `group`; with `-` before it the most first. Unless told: by time where the first group is one, else by the first metric, the most first. Groups of equal value go by group, and what is not defined goes last; customers go in the order in which they became known.',
      examples: ['-calls'],
    }),
  ),
  limit: QueryInteger(
    `How many groups to tell: ${String(DEFAULT_GROUPS)} unless told, ${String(LIMITS.answeredGroups)} at most.`,
    { maximum: LIMITS.answeredGroups, default: DEFAULT_GROUPS, examples: [10] },
  ),
  other: Defaulted(
    Type.Boolean({
      default: false,
      description: 'Whether to tell, as `other`, what the groups beyond `limit` have together.',
      examples: [true],
    }),
  ),
  fill: Type.Optional(
    StringEnum(['zero'], {
      description:
        'Tells groups without calls, too: every stretch of time of the range and every place of a cycle, each with every value that calls have. With a stretch of time it needs `startDate` and `endDate`.',
    }),
  ),
  compareTo: Type.Optional(
    StringEnum(COMPARISONS, {
      description:
        'Tells each metric of another range as well, and what changed since: `previous` is the range of equal length that ends where this one begins; `previousMonth` and `previousYear` have the same dates a month or a year before, and a whole month is compared with a whole one. Needs `startDate` and `endDate`. Stretches of time are compared by their place in the range.',
    }),
  ),
  serviceLevelSeconds: Defaulted(
    Type.Unsafe<(typeof SERVICE_LEVEL_SECONDS)[number]>({
      type: 'integer',
      format: 'int32',
      enum: SERVICE_LEVEL_SECONDS,
      minimum: Math.min(...SERVICE_LEVEL_SECONDS),
      maximum: Math.max(...SERVICE_LEVEL_SECONDS),
      default: DEFAULTS.serviceLevelSeconds,
      description: `Within how many seconds a call has to be answered for the service level: ${String(DEFAULTS.serviceLevelSeconds)} unless told.`,
      examples: [30],
    }),
  ),
  abandonSeconds: Defaulted(
    Type.Integer({
      format: 'int32',
      minimum: 0,
      maximum: MOST_ABANDON_SECONDS,
      default: DEFAULTS.abandonSeconds,
      description: `The service level leaves out calls that were given up sooner: ${String(DEFAULTS.abandonSeconds)} seconds unless told.`,
      examples: [10],
    }),
  ),
  format: Defaulted(
    Type.Unsafe<'json' | 'csv'>({
      ...StringEnum(['json', 'csv'], {
        description: 'JSON unless told; `csv` has the rows for a spreadsheet.',
        examples: ['csv'],
      }),
      default: 'json',
    }),
  ),
})
export type AnswerQuery = Static<typeof AnswerQuerySchema>
