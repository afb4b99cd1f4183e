import { Type, type Static, type TObject, type TSchema, type TUnsafe } from '@sinclair/typebox'
import {
  CALL_STATUSES,
  DEFAULT_TIMEZONE,
  DIRECTIONS,
  FEATURES,
  KNOWN_EVENTS,
  LIMITS,
  PLANS,
} from '../src/core/vocabulary.js'

/**
 * Text that every store keeps and compares exactly: neither NUL, which PostgreSQL refuses, nor half of a surrogate
 * pair, which no UTF-8 can carry. Validators must read it with the `u` flag, as JSON Schema asks.
 */
export const EXACT_TEXT = '^[^\\u0000\\uD800-\\uDFFF]*$'

export const EVENT_NAME = '^[A-Za-z][A-Za-z0-9_.:-]*$'

/** What a text has to be to match a pattern, in words, to follow its name in a sentence. */
export const PATTERN_WORDS: Readonly<Record<string, string>> = {
  [EXACT_TEXT]: 'must hold neither NUL nor half of a surrogate pair',
  [EVENT_NAME]: 'must begin with a letter and go on with letters, digits, _ . : and - alone',
}

/** One `enum`, because a union of literals is published as `anyOf` of one-value enums, which SDK generators mangle. */
export function StringEnum<const T extends readonly [string, ...string[]]>(
  values: T,
  options: { description: string; examples?: readonly T[number][] },
): TUnsafe<T[number]> {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], examples: [values[0]], ...options })
}

/**
 * Optional on the wire, always present in a handler: the validator fills the default in. Plain `Type.Optional` would
 * make every handler repeat the default.
 */
export function Defaulted<T extends TSchema>(schema: T): T {
  return Type.Optional(schema) as unknown as T
}

/** An object that keeps the members it does not know. Said out loud because serialisers drop undeclared members. */
export function OpenObject(
  description: string,
  examples: readonly Record<string, unknown>[],
): TUnsafe<Record<string, unknown>> {
  return Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true, description, examples })
}

/** Counts by name, for names that are data: dates, for one. */
export function CountMap(description: string, example: Record<string, number>): TUnsafe<Record<string, number>> {
  return Type.Unsafe<Record<string, number>>({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 0, description: 'Calls.', examples: [25] },
    description,
    examples: [example],
  })
}

/** Counts by names known in advance, every one of them present. */
export function Counts<const N extends string>(
  names: readonly N[],
  description: string,
  example: Record<N, number>,
): TUnsafe<Record<N, number>> {
  const properties = Object.fromEntries(names.map((name) => [name, Count('Calls.', example[name])]))
  return Type.Unsafe<Record<N, number>>({ ...Type.Object(properties), description, examples: [example] })
}

export function Text(description: string, example: string, options: { maxLength?: number } = {}) {
  return Type.String({ description, examples: [example], ...options })
}

export function NullableText(
  description: string,
  example: string,
  options: { maxLength?: number; pattern?: string } = {},
) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], description, examples: [example], ...options })
}

export function Count(description: string, example: number) {
  return Type.Integer({ minimum: 0, description, examples: [example] })
}

export const InstantSchema = Type.String({
  format: 'date-time',
  description: 'UTC, ISO 8601, with milliseconds only when there are any.',
  examples: ['2025-10-12T10:30:00Z'],
})

/** A header, on answers of any kind. */
export const DATA_AS_OF_HEADER = 'Data-As-Of'

export const RetainedFromSchema = Type.String({
  format: 'date-time',
  description:
    'Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer by whole local days of the client’s zone. Absent when nothing that was asked for is missing.',
  examples: ['2024-10-31T18:30:00Z'],
})

export const TruncatedSchema = Type.Literal(true, {
  description: `There only when a list here ends early, because an answer lists at most ${String(LIMITS.answerLength)} characters of calls and events.`,
  examples: [true],
})

export const ApiKeySchema = Type.String({
  maxLength: LIMITS.apiKeyLength,
  description: 'The client’s API key, when it is not in the `X-API-Key` header.',
  examples: ['demo-api-key-789'],
})

export const CustomerIdSchema = Type.String({
  minLength: 1,
  maxLength: LIMITS.customerIdLength,
  pattern: EXACT_TEXT,
  description: `The CRM’s own id of the customer: any text of up to ${String(LIMITS.customerIdLength)} characters, case-sensitive.`,
  examples: ['CUST001'],
})

export const DirectionSchema = StringEnum(DIRECTIONS, {
  description: 'Who called: `inbound` is the customer, `outbound` the agent.',
  examples: ['outbound'],
})

export const EventNameSchema = Type.String({
  minLength: 1,
  maxLength: LIMITS.eventNameLength,
  pattern: EVENT_NAME,
  description: `What happened on the call. These change it: ${KNOWN_EVENTS.map((name) => `\`${name}\``).join(', ')}. Any other name is stored and listed, and changes no call.`,
  examples: ['connected'],
})

export const CallStatusSchema = StringEnum(CALL_STATUSES, {
  description:
    '`active` until the call ends. `expired` is a call whose end was never reported within the maximum call age: a late `callEnded` still completes it.',
  examples: ['completed'],
})

export const FeatureSchema = StringEnum(FEATURES, { description: 'Something the ribbon may offer the agent.' })
export const PlanSchema = StringEnum(PLANS, { description: 'The client’s plan.' })

export const ClientIdSchema = Text('The client that this belongs to.', 'client-demo')
export const ClientNameSchema = Text('The client’s name.', 'Demo Client')
export const LogIdSchema = Text('Id of the logged event, unique within the client.', 'log-1760280743-abc123def')
export const TotalCallsSchema = Count('Calls in all, active ones included.', 15)
export const TotalDurationSchema = Count('Talk time of ended calls, in seconds.', 2700)
export const TimezoneSchema = Text('IANA time zone in which dates, hours and weekdays were counted.', DEFAULT_TIMEZONE)

/** The members of every query about a range. What they say is checked by the service, which knows the client’s zone. */
export const RangeQuery = {
  startDate: Type.Optional(
    Type.String({
      maxLength: LIMITS.timestampLength,
      description:
        'Start of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: from the first call on.',
      examples: ['2025-10-01'],
    }),
  ),
  endDate: Type.Optional(
    Type.String({
      maxLength: LIMITS.timestampLength,
      description:
        'End of the range, included: an ISO 8601 date (that whole local day) or date-time. Without an offset it is read in `timezone`. Absent: to the last call.',
      examples: ['2025-10-12'],
    }),
  ),
  timezone: Type.Optional(
    Type.String({
      maxLength: LIMITS.timezoneLength,
      description: 'IANA time zone of local days and hours. Absent: the client’s own.',
      examples: [DEFAULT_TIMEZONE],
    }),
  ),
}

/** Refuses unknown members: a mistyped filter must not silently widen a report. */
export function Query<T extends Record<string, TSchema>>(members: T): TObject<T> {
  return Type.Object(members, { additionalProperties: false })
}

export const DateRangeSchema = Type.Object(
  {
    startDate: NullableText('`startDate` as asked; null when the range is open.', '2025-10-01'),
    endDate: NullableText('`endDate` as asked; null when the range is open.', '2025-10-12'),
  },
  { $id: 'DateRange', description: 'The range asked for, echoed.' },
)
export type DateRange = Static<typeof DateRangeSchema>

export const UsageSchema = Type.Object(
  {
    callsThisMonth: Count('Calls that started in the current month of the client’s time zone.', 25),
    limit: Count('Calls a month that the plan allows.', 100),
    remaining: Count('Calls left this month; 0 once the limit is reached or passed.', 75),
  },
  { $id: 'Usage', description: 'Use of the plan in the current month.' },
)
export type Usage = Static<typeof UsageSchema>

export const TallySummarySchema = Type.Object(
  {
    totalCalls: Count('Calls that started in the range, active ones included.', 125),
    totalDuration: Count('Talk time of ended calls, in seconds.', 22500),
    avgDuration: Count('`totalDuration` over ended calls, in whole seconds; 0 when none ended.', 180),
    inboundCalls: Count('Calls from customers.', 45),
    outboundCalls: Count('Calls to customers.', 80),
    missedCalls: Count('Inbound calls that ended without being answered.', 5),
    answeredCalls: Count('Calls that were answered.', 110),
    answerRate: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'Answered calls over ended calls, 0 to 1; 0 when none ended.',
      examples: [0.88],
    }),
  },
  { $id: 'Summary', description: 'Totals over the range.' },
)
export type TallySummary = Static<typeof TallySummarySchema>
