import { Type, type Static, type TObject, type TSchema, type TUnsafe } from '@sinclair/typebox'
import { BEGINNING } from '../src/core/analytics/vocabulary.js'
import { DEFAULT_TIMEZONE, DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { CALL_STATUSES, DIRECTIONS } from '../src/core/vocabulary/calls.js'
import { FEATURES, PLANS, WINDOW_UNITS } from '../src/core/vocabulary/clients.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import { KNOWN_EVENTS } from '../src/core/vocabulary/events.js'

/**
 * Text that every store keeps and compares exactly: neither NUL, which PostgreSQL refuses, nor half of a surrogate
 * pair, which no UTF-8 can carry. Validators must read it with the `u` flag, as JSON Schema asks.
 */
export const EXACT_TEXT = '^[^\\u0000\\uD800-\\uDFFF]*$'

/** The same on one line, without control characters. */
export const ONE_LINE = '^[^\\u0000-\\u001F\\u007F\\uD800-\\uDFFF]*$'

/**
 * A name for people: a character that can be seen, maybe behind spaces of any kind, and no control character. Written for
 * engines without look-ahead, and matched in one pass.
 */
export const VISIBLE_TEXT =
  '^[ \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF]*[^\\s\\u0000-\\u001F\\u007F-\\u009F\\uD800-\\uDFFF][^\\u0000-\\u001F\\u007F-\\u009F\\uD800-\\uDFFF]*$'

export const EVENT_NAME = '^[A-Za-z][A-Za-z0-9_.:-]*$'

/** A number as it is dialled, or the address of a SIP phone. */
export const DIALLED = '^(?:sip:[\\w.@:+-]+|\\+?[0-9][0-9 ().-]*)$'

/** A local date; a date, or the word for the first of all; a time of day, and one at which something ends. */
export const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
export const DATE_OR_BEGINNING = `^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|${BEGINNING})$`
export const CLOCK_TIME = '^(?:[01][0-9]|2[0-3]):[0-5][0-9]$'
export const END_TIME = '^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'

/** Why a header has to be there, where its example alone would not tell. */
export const REQUIRED_BECAUSE: Readonly<Record<string, string>> = {
  'idempotency-key': 'without one a request that is sent again would dial again',
}

/** What a text has to be to match a pattern, in words, to follow its name in a sentence. */
export const PATTERN_WORDS: Readonly<Record<string, string>> = {
  [ONE_LINE]: 'must be one line, without control characters and halves of surrogate pairs',
  [EXACT_TEXT]: 'must hold neither NUL nor half of a surrogate pair',
  [VISIBLE_TEXT]: 'must have a character that can be seen, and no control character',
  [EVENT_NAME]: 'must begin with a letter and go on with letters, digits, _ . : and - alone',
  [DATE]: 'must be a date, such as 2025-10-12',
  [DATE_OR_BEGINNING]: `must be a date, such as 2025-10-12, or ${BEGINNING}`,
  [CLOCK_TIME]: 'must be a time from 00:00 to 23:59, such as 09:00',
  [END_TIME]: 'must be a time from 00:00 to 24:00, such as 18:00',
  [DIALLED]: 'must be a phone number, such as +919876543210, or a SIP address, such as sip:asha@acme.com',
}

/** One `enum`, because a union of literals is published as `anyOf` of one-value enums, which SDK generators mangle. */
export function StringEnum<const T extends readonly [string, ...string[]]>(
  values: T,
  options: { $id?: string; description: string; examples?: readonly T[number][] },
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

/** A schema that has a default is another one: it does not go by the name of the one without. */
export function withDefault<T extends TSchema>(schema: T, value: unknown): T {
  const own = { ...schema, default: value }
  delete own.$id
  return Defaulted(own)
}

/** Hours for which what was replaced goes on beside what replaces it. */
export function OverlapHours(description: string) {
  return Defaulted(
    Type.Integer({
      format: 'int32',
      minimum: 0,
      maximum: LIMITS.overlapHours,
      default: DEFAULTS.overlapHours,
      description,
      examples: [DEFAULTS.overlapHours],
    }),
  )
}

/**
 * Anything that JSON has. The second way says what the first does not, a list: a recursive schema would be exact, but
 * openapi-typescript cannot type one, and of a list of anything other generators make `any`.
 */
const ANYTHING = {
  anyOf: [
    {
      type: ['string', 'number', 'boolean', 'object', 'null'],
      // A text is as long as a body may be, and no longer.
      maxLength: LIMITS.bodyBytes,
      description: 'A text, a number, a boolean, an object or null.',
      examples: [5000],
    },
    { description: 'Or a list.', examples: [['vip']] },
  ],
}

export function Anything(description: string, example: unknown): TUnsafe<unknown> {
  return Type.Unsafe<unknown>({ ...ANYTHING, description, examples: [example] })
}

/** What members of any name are published as: see src/docs/open-objects.ts. */
export const JsonValueSchema = Type.Unsafe<unknown>({ $id: 'JsonValue', ...Anything('Any JSON value.', 5000) })

/** An object that keeps the members it does not know. Said out loud because serialisers drop undeclared members. */
export function OpenObject(
  description: string,
  examples: readonly Record<string, unknown>[],
): TUnsafe<Record<string, unknown>> {
  return Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true, description, examples })
}

/** Counts by name, for names that are data: dates, for one. */
export function CountMap(
  $id: string,
  description: string,
  example: Record<string, number>,
): TUnsafe<Record<string, number>> {
  return Type.Unsafe<Record<string, number>>({
    $id,
    type: 'object',
    additionalProperties: Count('Calls that started on this date.', 25),
    description,
    examples: [example],
  })
}

/**
 * Counts by names known in advance, every one of them present.
 * @param meaning what is counted under a name
 */
export function Counts<const N extends string>(
  $id: string,
  names: readonly N[],
  description: string,
  meaning: (name: N) => string,
  example: Record<N, number>,
): TUnsafe<Record<N, number>> {
  const properties = Object.fromEntries(names.map((name) => [name, Count(meaning(name), example[name])]))
  return Type.Unsafe<Record<N, number>>({ ...Type.Object(properties), $id, description, examples: [example] })
}

export function Text(
  description: string,
  example: string,
  options: { minLength?: number; maxLength?: number; pattern?: string } = {},
) {
  return Type.String({ description, examples: [example], ...options })
}

export function NullableText(
  description: string,
  example: string,
  options: { maxLength?: number; pattern?: string } = {},
) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], description, examples: [example], ...options })
}

export function NullableCount(description: string, example: number) {
  return Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    format: 'int64',
    minimum: 0,
    description,
    examples: [example],
  })
}

/** In 64 bits, because talk time in seconds can grow beyond 32, which SDKs of typed languages would take otherwise. */
export function Count(description: string, example: number) {
  return Type.Integer({ format: 'int64', minimum: 0, description, examples: [example] })
}

/** A number that a query asks with: 32 bits hold every maximum there is. */
export function QueryInteger(
  description: string,
  options: { maximum: number; default: number; examples: readonly [number] },
) {
  return Defaulted(Type.Integer({ format: 'int32', minimum: 1, ...options, description }))
}

export function Instant(description: string, example: string) {
  return Type.String({ format: 'date-time', description: `${description} UTC, ISO 8601.`, examples: [example] })
}

export function NullableInstant(description: string, example: string) {
  return Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format: 'date-time',
    description: `${description} UTC, ISO 8601.`,
    examples: [example],
  })
}

export const InstantSchema = Type.String({
  format: 'date-time',
  description: 'UTC, ISO 8601, with milliseconds only when there are any.',
  examples: ['2025-10-12T10:30:00Z'],
})

export const RetainedFromSchema = Type.String({
  format: 'date-time',
  description:
    'Calls that started and events that occurred before this instant (UTC) are no longer kept, so that none are listed here. Totals still count the calls, by whole quarter hours, and those of one customer or agent by whole local days of the client’s zone. Absent when nothing that was asked for is missing.',
  examples: ['2024-10-31T18:30:00Z'],
})

export const TruncatedSchema = Type.Literal(true, {
  description: `There only when a list here ends early, because an answer lists at most ${String(LIMITS.answerLength)} characters of calls and events.`,
  examples: [true],
})

export const ApiKeySchema = Type.String({
  maxLength: LIMITS.sessionTokenLength,
  description: 'The client’s API key, or an agent session’s token, when it is not in the `X-API-Key` header.',
  examples: [DEMO_API_KEY],
})

export const CustomerIdSchema = Type.String({
  minLength: 1,
  maxLength: LIMITS.customerIdLength,
  pattern: EXACT_TEXT,
  description: `The CRM’s own id of the customer: any text of up to ${String(LIMITS.customerIdLength)} characters, case-sensitive.`,
  examples: ['CUST001'],
})

export const AgentUserIdSchema = Type.String({
  minLength: 1,
  maxLength: LIMITS.agentUserIdLength,
  pattern: EXACT_TEXT,
  description: `The CRM’s own id of the agent: any text of up to ${String(LIMITS.agentUserIdLength)} characters, case-sensitive.`,
  examples: ['agent-42'],
})

export const DirectionSchema = StringEnum(DIRECTIONS, {
  $id: 'CallDirection',
  description: 'Who called: `inbound` is the customer, `outbound` the agent.',
  examples: ['outbound'],
})

export const WindowUnitSchema = StringEnum(WINDOW_UNITS, {
  $id: 'WindowUnit',
  description: `What the hours of a missed call’s window are of: of the clock, or of the client’s business hours alone. Of four business hours, a call that was missed on a Friday evening is lost on Monday at midday. Time for which no business hours are set counts as on the clock, and after ${String(LIMITS.missedCallWindowDays)} days every window is over.`,
  examples: [DEFAULTS.missedCallWindowIn],
})

export const EventNameSchema = Type.String({
  $id: 'EventName',
  minLength: 1,
  maxLength: LIMITS.eventNameLength,
  pattern: EVENT_NAME,
  description: `What happened on the call. These change it: ${KNOWN_EVENTS.map((name) => `\`${name}\``).join(', ')}. Any other name is stored and listed, and changes no call.`,
  examples: ['connected'],
})

export const CallStatusSchema = StringEnum(CALL_STATUSES, {
  $id: 'CallStatus',
  description:
    '`active` until the call ends. `expired` is a call whose end was never reported within the maximum call age: a late `callEnded` still completes it.',
  examples: ['completed'],
})

export const FeatureSchema = StringEnum(FEATURES, {
  $id: 'Feature',
  description: 'Something the ribbon may offer the agent.',
})
export const PlanSchema = StringEnum(PLANS, { $id: 'Plan', description: 'The client’s plan.' })

export const ClientIdSchema = Text('The client that this belongs to.', 'client-demo')
export const ClientNameSchema = Text('The client’s name.', 'Demo Client')
export const LogIdSchema = Text('Id of the logged event, unique within the client.', 'log-1760280743-abc123def')
export const TotalCallsSchema = Count('All calls there ever were, ended or not.', 15)
export const TotalDurationSchema = Count('The sum of `duration` over all calls that have ended, in seconds.', 2700)
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
    callsThisMonth: Count(
      'Calls that started in the current calendar month of the client’s time zone, ended or not.',
      25,
    ),
    limit: Count('Calls a month that the plan allows.', 100),
    remaining: Count('`limit` less `callsThisMonth`; 0 once the limit is reached or passed.', 75),
  },
  { $id: 'Usage', description: 'Use of the plan in the current month.' },
)
export type Usage = Static<typeof UsageSchema>

export const TallySummarySchema = Type.Object(
  {
    totalCalls: Count('Calls that started in the range: `endedCalls` and `openCalls`.', 125),
    totalDuration: Count('The sum of `duration` over `endedCalls`, in seconds.', 22500),
    avgDuration: Count(
      '`totalDuration` over `endedCalls`, in whole seconds: calls that nobody answered lower it. 0 when none ended.',
      180,
    ),
    inboundCalls: Count('Calls from customers, ended or not.', 45),
    outboundCalls: Count('Calls to customers, ended or not.', 80),
    missedCalls: Count(
      'Inbound calls that ended and that nobody answered, whatever the reason: those that the agent rejected are among them.',
      5,
    ),
    answeredCalls: Count(
      'Calls that were answered and have ended. Those that are answered and go on are `openAnsweredCalls`.',
      120,
    ),
    answerRate: Type.Number({
      minimum: 0,
      maximum: 1,
      description: '`answeredCalls` over `endedCalls`, 0 to 1 in four digits; 0 when none ended.',
      examples: [0.96],
    }),
    endedCalls: Count('Calls that have ended: `answeredCalls` and `unansweredCalls`.', 125),
    unansweredCalls: Count('Calls that ended and that nobody answered, inbound and outbound.', 5),
    rejectedCalls: Count(
      'Those of `unansweredCalls` whose status is `rejected`: an agent or a customer turned the call down.',
      2,
    ),
    rejectedInboundCalls: Count(
      'Those of `rejectedCalls` that are inbound. They are among `missedCalls`: the other missed calls rang until the caller gave up, or failed.',
      2,
    ),
    confirmedCalls: Count(
      'Those of `endedCalls` whose outcome and talk time Exotel itself told. Of the others they are what ribbons say: `answerRate`, `totalTalkTime` and all that follows from them rest on both.',
      118,
    ),
    openCalls: Count(
      'Calls without an end: those in progress, and those that are `expired` because nobody ever reported their end.',
      0,
    ),
    openAnsweredCalls: Count('Those of `openCalls` that were answered.', 0),
    totalTalkTime: Count('The sum of `duration` over `answeredCalls`, in seconds.', 22500),
    avgTalkTime: Count(
      '`totalTalkTime` over `answeredCalls`, in whole seconds: how long a conversation takes. 0 when there was none.',
      188,
    ),
  },
  {
    $id: 'Summary',
    description:
      'Totals over the calls that started in the range. Each call is counted by what its events tell of it when the answer is given.',
  },
)
export type TallySummary = Static<typeof TallySummarySchema>
