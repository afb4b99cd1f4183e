/** When a client is at work. What the members say beyond their form is checked by `src/services/business-hours.ts`. */
import { Type, type Static } from '@sinclair/typebox'
import type { Schedule } from '../src/core/analytics/schedule.js'
import { BEGINNING, WEEKDAYS } from '../src/core/analytics/vocabulary.js'
import { DEFAULT_TIMEZONE } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'
import {
  ApiKeySchema,
  CLOCK_TIME,
  DATE,
  DATE_OR_BEGINNING,
  END_TIME,
  NullableText,
  ONE_LINE,
  Query,
  StringEnum,
  Text,
} from './common.js'

const TIME = {
  from: Text('When it begins, on the client’s clock.', '09:00', { maxLength: 5, pattern: CLOCK_TIME }),
  to: Text(
    'When it is over: this minute is no longer in it. `24:00` is the end of the day. A time over midnight is written as two, on both days.',
    '18:00',
    { maxLength: 5, pattern: END_TIME },
  ),
}

const workdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const
const scheduleExample = {
  weekly: [
    { days: workdays, from: '09:00', to: '13:00' },
    { days: workdays, from: '14:00', to: '18:00' },
  ],
  dates: [
    { date: '2025-10-20', name: 'Diwali', hours: [] },
    { date: '2025-12-24', hours: [{ from: '09:00', to: '13:00' }] },
  ],
} satisfies Schedule

const WeeklyTimeSchema = Type.Object(
  {
    days: Type.Array(StringEnum(WEEKDAYS, { $id: 'Weekday', description: 'A weekday.', examples: ['monday'] }), {
      maxItems: WEEKDAYS.length,
      uniqueItems: true,
      description: 'On which days.',
      examples: [workdays],
    }),
    ...TIME,
  },
  {
    $id: 'WeeklyTime',
    additionalProperties: false,
    description: 'A time of some weekdays.',
    examples: [scheduleExample.weekly[0]],
  },
)

const OpenTimeSchema = Type.Object(TIME, {
  $id: 'OpenTime',
  additionalProperties: false,
  description: 'A time of a day.',
  examples: [{ from: '09:00', to: '13:00' }],
})

const ScheduleDateSchema = Type.Object(
  {
    date: Text('The local date.', '2025-10-20', { maxLength: 10, pattern: DATE }),
    name: Type.Optional(
      Text('What it is, for people.', 'Diwali', { maxLength: LIMITS.scheduleNameLength, pattern: ONE_LINE }),
    ),
    hours: Type.Array(OpenTimeSchema, {
      maxItems: LIMITS.scheduleTimes,
      description: 'Its times, in place of those of its weekday. None: closed.',
      examples: [[]],
    }),
  },
  {
    $id: 'ScheduleDate',
    additionalProperties: false,
    description: 'A holiday, or a date with times of its own.',
    examples: [scheduleExample.dates[0]],
  },
)

const ScheduleSchema = Type.Unsafe<Schedule | null>({
  ...Type.Object(
    {
      weekly: Type.Array(WeeklyTimeSchema, {
        maxItems: LIMITS.scheduleWeeklyTimes,
        description: 'The week. A weekday that none of these names is closed.',
        examples: [scheduleExample.weekly],
      }),
      dates: Type.Optional(
        Type.Array(ScheduleDateSchema, {
          maxItems: LIMITS.scheduleDates,
          description: 'Holidays, and dates with times of their own: each once.',
          examples: [scheduleExample.dates],
        }),
      ),
    },
    { additionalProperties: false, examples: [scheduleExample] },
  ),
  $id: 'Schedule',
  type: ['object', 'null'],
  description:
    'When the client is at work, by the clock on its wall: a time that clocks skip is in no business hours, one that they show twice is in them twice. Null: none is set, and calls are in no group of `businessHours` but null.',
})

const WORDS = {
  appliesFrom: `Local date from which it applies, or \`${BEGINNING}\`: to all of the past, too.`,
}

export const BusinessHoursBodySchema = Type.Object(
  {
    apiKey: Type.Optional(ApiKeySchema),
    appliesFrom: Type.Optional(
      Text(
        `${WORDS.appliesFrom} It takes the place of whatever was set from that date or a later one on. Absent: today, in the client’s zone; what calls of days before it count as stays as it was.`,
        '2025-10-12',
        { maxLength: BEGINNING.length + 1, pattern: DATE_OR_BEGINNING },
      ),
    ),
    schedule: ScheduleSchema,
  },
  {
    $id: 'BusinessHoursBody',
    additionalProperties: false,
    description: 'When a client is at work from a date on.',
    examples: [{ apiKey: DEMO_API_KEY, schedule: { weekly: scheduleExample.weekly } }],
  },
)
export type BusinessHoursBody = Static<typeof BusinessHoursBodySchema>

/** Whoever administers a client has no key of it. */
export const AdminBusinessHoursBodySchema = Type.Omit(BusinessHoursBodySchema, ['apiKey'], {
  $id: 'AdminBusinessHoursBody',
  additionalProperties: false,
  description: 'When a client is at work from a date on.',
  examples: [{ schedule: { weekly: scheduleExample.weekly } }],
})

export const BusinessHoursQuerySchema = Query({
  date: Type.Optional(
    Text('Local date of which it is told. Absent: today, in the client’s zone.', '2025-10-12', {
      maxLength: 10,
      pattern: DATE,
    }),
  ),
})
export type BusinessHoursQuery = Static<typeof BusinessHoursQuerySchema>

export const BusinessHoursSchema = Type.Object(
  {
    timezone: Text('IANA time zone in which times and dates are: that of the client.', DEFAULT_TIMEZONE),
    date: Text('The date of which it is told.', '2025-10-12'),
    appliesFrom: NullableText(`${WORDS.appliesFrom} Null: nothing was set for this date.`, '2025-10-01'),
    schedule: ScheduleSchema,
    versions: Type.Array(Text(WORDS.appliesFrom, '2025-10-01'), {
      maxItems: LIMITS.scheduleVersions,
      description: 'From when on each schedule applies that was set, oldest first: `date` asks for any of them.',
      examples: [[BEGINNING, '2025-10-01']],
    }),
  },
  {
    $id: 'BusinessHours',
    description: 'When a client is at work on a date.',
    examples: [
      {
        timezone: DEFAULT_TIMEZONE,
        date: '2025-10-12',
        appliesFrom: '2025-10-01',
        schedule: scheduleExample,
        versions: [BEGINNING, '2025-10-01'],
      },
    ],
  },
)
export type BusinessHours = Static<typeof BusinessHoursSchema>
