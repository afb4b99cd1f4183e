/** When a missed call is lost, by the clock and in business hours: see schedule.test.ts for what those are. */
import fc from 'fast-check'
import t from 'tap'
import { Temporal } from 'temporal-polyfill'
import { BusinessHours, type Schedule, type ScheduleVersion } from '../../../src/core/analytics/schedule.js'
import { BEGINNING, WEEKDAYS } from '../../../src/core/analytics/vocabulary.js'
import { FollowUpWindow } from '../../../src/core/analytics/window.js'
import { addDays, localSlot, startOfDay } from '../../../src/core/calendar.js'
import { LIMITS } from '../../../src/core/limits.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const at = (zone: string, text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
const OFFICE: Schedule = {
  weekly: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '08:00', to: '18:00' }],
  dates: [
    { date: '2025-10-20', name: 'Diwali', hours: [] },
    { date: '2025-10-21', hours: [{ from: '10:00', to: '12:00' }] },
  ],
}
const always = (schedule: Schedule | null): ScheduleVersion[] => [{ appliesFrom: BEGINNING, schedule }]

function untilOf(zone: string, hours: number, versions: readonly ScheduleVersion[], end: string): string {
  const window = new FollowUpWindow(zone, hours, new BusinessHours(zone, versions))
  const instant = Temporal.Instant.fromEpochMilliseconds(window.until(at(zone, end)))
  return instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

t.test(
  'of business hours only those of the schedule pass: at night, on a weekend and on a holiday none do',
  async (t) => {
    for (const [end, until] of [
      ['2025-10-10T19:00', '2025-10-13T12:00'],
      ['2025-10-10T17:00', '2025-10-13T11:00'],
      ['2025-10-10T14:00', '2025-10-10T18:00'],
      ['2025-10-13T07:00', '2025-10-13T12:00'],
      ['2025-10-17T16:00', '2025-10-21T12:00'],
      ['2025-10-17T16:01', '2025-10-22T08:01'],
    ] as const) {
      t.equal(untilOf('Asia/Kolkata', 4, always(OFFICE), end), until, end)
    }
  },
)

t.test('where no hours are set it counts as on the clock, from there on as well', async (t) => {
  t.equal(untilOf('Asia/Kolkata', 4, [], '2025-10-10T23:00'), '2025-10-11T03:00')
  t.equal(untilOf('Asia/Kolkata', 4, always(null), '2025-10-10T23:00'), '2025-10-11T03:00')
  const changing: ScheduleVersion[] = [
    { appliesFrom: '2025-10-11', schedule: OFFICE },
    { appliesFrom: '2025-10-13', schedule: null },
  ]
  t.equal(
    untilOf('Asia/Kolkata', 4, changing, '2025-10-10T23:00'),
    '2025-10-13T03:00',
    'an hour, a weekend, three hours',
  )
})

t.test('a change of the clocks in business hours makes them longer or shorter', async (t) => {
  const nights = always({ weekly: [{ days: WEEKDAYS, from: '00:00', to: '03:00' }] })
  const until = (end: string) => untilOf('Europe/London', 3, nights, end)
  t.equal(until('2025-03-28T12:00'), '2025-03-29T03:00')
  t.equal(until('2025-03-29T12:00'), '2025-03-31T01:00', 'a night of two hours')
  t.equal(until('2025-10-25T12:00'), '2025-10-26T02:00', 'a night of four')
  const allDay = always({ weekly: [{ days: WEEKDAYS, from: '00:00', to: '24:00' }] })
  t.equal(untilOf('Pacific/Apia', 24, allDay, '2011-12-29T12:00'), '2011-12-31T12:00', 'a date that was skipped')
})

t.test('a client that is never at work loses its missed calls after so many days', async (t) => {
  const never = new FollowUpWindow('UTC', 1, new BusinessHours('UTC', always({ weekly: [] })))
  t.equal(never.until(0), LIMITS.missedCallWindowDays * DAY_MS)
})

const ZONES = ['Asia/Kolkata', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo']
/** Days at which clocks change in one of the zones. */
const CHANGES = ['2025-03-09', '2025-03-30', '2025-04-06', '2025-10-05', '2025-10-26', '2025-11-02', '2019-02-16']
const clock = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
const openTime = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 2 })
  .map(([a = 0, b = 0]) => ({ from: clock(Math.min(a, b)), to: clock(Math.max(a, b)) }))
const schedule = (date: string) =>
  fc.record({
    weekly: fc.array(
      fc.tuple(openTime, fc.subarray([...WEEKDAYS])).map(([time, days]) => ({ ...time, days })),
      { maxLength: 4 },
    ),
    dates: fc.uniqueArray(
      fc.record({
        date: fc.integer({ min: -2, max: 2 }).map((days) => addDays(date, days)),
        hours: fc.array(openTime, { maxLength: 2 }),
      }),
      { maxLength: 2, selector: (special) => special.date },
    ),
  })
const around = fc.constantFrom(...CHANGES).chain((date) =>
  fc.record({
    zone: fc.constantFrom(...ZONES),
    versions: fc.tuple(fc.option(schedule(date)), fc.option(schedule(date))).map(([first, then]): ScheduleVersion[] => [
      { appliesFrom: BEGINNING, schedule: first },
      { appliesFrom: date, schedule: then },
    ]),
    hours: fc.integer({ min: 1, max: 12 }),
    ends: fc.array(
      fc
        .tuple(fc.integer({ min: -2880, max: 2880 }), fc.constantFrom(0, 1, 30_000))
        .map(([minutes, ms]) => Date.parse(date) + minutes * MINUTE_MS + ms),
      { minLength: 2, maxLength: 4 },
    ),
  }),
)

t.test('in any zone and schedule a window is over once its hours are counted, minute by minute', async () => {
  const property = fc.property(around, ({ zone, versions, hours, ends }) => {
    const schedules = new BusinessHours(zone, versions)
    const window = new FollowUpWindow(zone, hours, schedules)
    for (const end of ends) {
      let left = hours * HOUR_MS
      let at = end
      const latest = end + LIMITS.missedCallWindowDays * DAY_MS
      while (left > 0 && at < latest) {
        const next = Math.min((Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS, latest)
        const passed = schedules.at(at) === 'out' ? 0 : Math.min(next - at, left)
        left -= passed
        at = left === 0 ? at + passed : next
      }
      const until = window.until(end)
      if (until !== at) throw new Error(`${String(until)} for ${String(at)} after ${String(end)}`)
    }
  })
  fc.assert(property, { numRuns: 150 })
})

t.test('later ends have later windows, and the days that are read are those that windows reach', async () => {
  const property = fc.property(around, fc.boolean(), ({ zone, versions, hours, ends }, isOfClock) => {
    const window = new FollowUpWindow(zone, hours, isOfClock ? null : new BusinessHours(zone, versions))
    const untils = [...ends].sort((a, b) => a - b).map((end) => window.until(end))
    if (untils.some((until, i) => until < (untils[i - 1] ?? until))) throw new Error(untils.join())
    const [end, now] = ends as [number, number]
    // The longest call that ends then began a day before.
    const date = localSlot(zone, end - DAY_MS).date
    if (window.lastDate(date) < localSlot(zone, window.until(end)).date) throw new Error(window.lastDate(date))
    const firstOpen = window.firstOpenDate(now)
    const before = window.until(startOfDay(zone, firstOpen) + DAY_MS)
    if (before >= now) throw new Error(`a call of the day before ${firstOpen} is open`)
  })
  fc.assert(property, { numRuns: 300 })
})
