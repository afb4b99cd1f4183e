import fc from 'fast-check'
import t from 'tap'
import { Temporal } from 'temporal-polyfill'
import { columnsOf, type AskedCall } from '../../../src/core/analytics/call-columns.js'
import { gather } from '../../../src/core/analytics/gather.js'
import {
  BusinessHours,
  timesOn,
  versionOn,
  type OpenTime,
  type Schedule,
  type ScheduleVersion,
  type WeeklyTime,
} from '../../../src/core/analytics/schedule.js'
import { BEGINNING, WEEKDAYS } from '../../../src/core/analytics/vocabulary.js'
import { localSlot } from '../../../src/core/calendar.js'

const OFFICE: Schedule = {
  weekly: [
    { days: ['monday', 'wednesday'], from: '14:00', to: '18:30' },
    { days: ['monday'], from: '09:00', to: '13:00' },
    { days: ['saturday'], from: '22:00', to: '24:00' },
    { days: ['sunday'], from: '00:00', to: '06:00' },
  ],
  dates: [
    { date: '2025-10-20', name: 'Diwali', hours: [] },
    { date: '2025-10-21', hours: [{ from: '10:00', to: '12:00' }] },
  ],
}

const always = (schedule: Schedule | null): ScheduleVersion[] => [{ appliesFrom: BEGINNING, schedule }]
const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds
const daily = (...times: OpenTime[]): Schedule => ({
  weekly: times.map((time) => ({ days: WEEKDAYS, ...time })),
})

t.test('hours are half-open wall-clock times of the weekday, in the client’s zone', async (t) => {
  const hours = new BusinessHours('Asia/Kolkata', always(OFFICE))
  const state = (text: string) => hours.at(at(`${text}[Asia/Kolkata]`))
  for (const [text, expected] of [
    ['2025-10-13T08:59:59.999', 'out'],
    ['2025-10-13T09:00', 'in'],
    ['2025-10-13T12:59:59.999', 'in'],
    ['2025-10-13T13:00', 'out'],
    ['2025-10-13T18:29:59', 'in'],
    ['2025-10-13T18:30', 'out'],
    ['2025-10-14T10:00', 'out'],
    ['2025-10-18T23:59:59.999', 'in'],
    ['2025-10-19T00:00', 'in'],
    ['2025-10-19T06:00', 'out'],
  ] as const) {
    t.equal(state(text), expected, text)
  }
})

t.test('a date of its own takes the place of its weekday: closed, or at other times', async (t) => {
  t.strictSame(timesOn(OFFICE, '2025-10-20'), [], 'a Monday')
  t.strictSame(timesOn(OFFICE, '2025-10-21'), [{ from: '10:00', to: '12:00' }], 'a Tuesday')
  t.match(timesOn(OFFICE, '2025-10-22'), [{ from: '14:00', to: '18:30' }])
  t.strictSame(timesOn(OFFICE, '2025-10-23'), [])
  t.match(timesOn(OFFICE, '2025-10-27'), [{ from: '14:00' }, { from: '09:00' }])
})

t.test('a version applies from its date until the next one, and before the first nothing is told', async (t) => {
  const versions: ScheduleVersion[] = [
    { appliesFrom: '2025-10-13', schedule: daily({ from: '09:00', to: '10:00' }) },
    { appliesFrom: '2025-10-15', schedule: daily({ from: '11:00', to: '12:00' }) },
    { appliesFrom: '2025-10-16', schedule: null },
  ]
  t.equal(versionOn(versions, '2025-10-12'), undefined)
  t.equal(versionOn(versions, '2025-10-14'), versions[0])
  t.equal(versionOn(always(null), '0001-01-01')?.schedule, null)
  const hours = new BusinessHours('UTC', versions)
  const states = ['12', '13', '14', '15', '16'].map((day) => hours.at(Date.parse(`2025-10-${day}T09:30:00Z`)))
  t.strictSame(states, [null, 'in', 'in', 'out', null])
  t.equal(new BusinessHours('UTC', []).at(0), null, 'a client without a schedule')
})

t.test('a skipped hour is in no hours, and a repeated one is in them twice', async (t) => {
  const night = always(daily({ from: '01:30', to: '02:30' }))
  const minutesIn = (zone: string, date: string, versions = night) => {
    const hours = new BusinessHours(zone, versions)
    const start = Temporal.PlainDate.from(date).toZonedDateTime(zone)
    const end = start.add({ days: 1 }).epochMilliseconds
    let minutes = 0
    for (let ms = start.epochMilliseconds; ms < end; ms += 60_000) if (hours.at(ms) === 'in') minutes += 1
    return minutes
  }
  t.equal(minutesIn('Europe/London', '2025-03-29'), 60)
  t.equal(minutesIn('Europe/London', '2025-03-30'), 30, '01:00 became 02:00')
  t.equal(minutesIn('Europe/London', '2025-10-26'), 90, '02:00 became 01:00')
  t.equal(minutesIn('America/New_York', '2025-03-09'), 30)
  t.equal(minutesIn('America/New_York', '2025-11-02'), 90)
  t.equal(minutesIn('Australia/Lord_Howe', '2025-10-05'), 30, 'half an hour')
  t.equal(minutesIn('Asia/Kolkata', '2025-03-30'), 60)
  const late = always(daily({ from: '23:00', to: '24:00' }))
  t.equal(minutesIn('America/Sao_Paulo', '2019-02-16', late), 120, 'midnight became 23:00')
  const allDay = always(daily({ from: '00:00', to: '24:00' }))
  t.equal(minutesIn('Europe/London', '2025-03-30', allDay), 23 * 60)
  t.equal(minutesIn('Europe/London', '2025-10-26', allDay), 25 * 60)
})

const ZONES = ['Asia/Kolkata', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns']

/** Whether the clock on the wall shows one of the times of the date, asked of the time zone database instant by instant. */
function expected(zone: string, versions: readonly ScheduleVersion[], ms: number): 'in' | 'out' | null {
  const { date } = localSlot(zone, ms)
  let schedule: Schedule | null = null
  for (const version of versions) {
    if (version.appliesFrom === BEGINNING || version.appliesFrom <= date) schedule = version.schedule
  }
  if (schedule === null) return null
  const weekday = WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek % 7] as (typeof WEEKDAYS)[number]
  const own = schedule.dates?.filter((special) => special.date === date) ?? []
  const times = own[0]?.hours ?? schedule.weekly.filter(({ days }) => days.includes(weekday))
  const clock = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainTime().toString()
  return times.some(({ from, to }) => from <= clock && clock < to) ? 'in' : 'out'
}

const two = (n: number) => String(n).padStart(2, '0')
const clockOf = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
const openTime = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 200 })), {
    minLength: 2,
    maxLength: 2,
  })
  .map(([a = 0, b = 0]): OpenTime => ({ from: clockOf(Math.min(a, b)), to: clockOf(Math.max(a, b)) }))
const weeklyTime = fc.tuple(openTime, fc.subarray([...WEEKDAYS])).map(([time, days]): WeeklyTime => ({ ...time, days }))
/** Days at which clocks change in one of the zones, and a few others. */
const CHANGES = ['2025-03-09', '2025-03-30', '2025-04-06', '2025-10-05', '2025-10-26', '2025-11-02', '2010-11-07']
const dates = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2, max: 2 }))
  .map(([date, days]) => Temporal.PlainDate.from(date).add({ days }).toString())
const schedules = fc.record({
  weekly: fc.array(weeklyTime, { maxLength: 6 }),
  dates: fc.uniqueArray(fc.record({ date: dates, hours: fc.array(openTime, { maxLength: 3 }) }), {
    maxLength: 4,
    selector: ({ date }) => date,
  }),
})
const versionLists = fc
  .uniqueArray(
    fc.record({
      appliesFrom: fc.oneof(dates, fc.constant(BEGINNING)),
      schedule: fc.oneof({ weight: 5, arbitrary: schedules }, { weight: 1, arbitrary: fc.constant(null) }),
    }),
    { maxLength: 3, selector: ({ appliesFrom }) => appliesFrom },
  )
  .map((versions): ScheduleVersion[] => {
    const order = ({ appliesFrom }: ScheduleVersion) => (appliesFrom === BEGINNING ? '' : appliesFrom)
    return versions.sort((a, b) => (order(a) < order(b) ? -1 : 1))
  })
const instants = fc
  .tuple(dates, fc.integer({ min: -60, max: 25 * 60 }), fc.constantFrom(-1, 0, 1, 30_000))
  .map(([date, minutes, ms]) => Date.parse(date) + minutes * 60_000 + ms)

t.test(
  'in any zone, across changes of the clocks and of the schedule, an instant is in what its clock shows',
  async () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        versionLists,
        fc.array(instants, { minLength: 1, maxLength: 30 }),
        (zone, versions, asked) => {
          const hours = new BusinessHours(zone, versions)
          for (const ms of asked) {
            const [is, was] = [hours.at(ms), expected(zone, versions, ms)]
            if (is !== was) {
              throw new Error(`${new Date(ms).toISOString()} is ${String(is)}, and is to be ${String(was)} in ${zone}`)
            }
          }
        },
      ),
      { numRuns: 500 },
    )
  },
)

function call(startAt: number): AskedCall {
  return {
    startAt,
    endAt: startAt + 10_000,
    durationSeconds: 10,
    ringSeconds: null,
    direction: 'inbound',
    status: 'completed',
    answered: true,
    customer: null,
    agent: null,
    phoneNumber: null,
    virtualNumber: null,
    endReason: null,
    domain: null,
  }
}

t.test('calls are grouped and filtered by whether they start in business hours', async (t) => {
  const starts = [
    '2025-10-12T12:00Z',
    '2025-10-13T03:30Z',
    '2025-10-13T04:00Z',
    '2025-10-13T07:31Z',
    '2025-10-27T04:00Z',
  ]
  const columns = columnsOf(starts.map((text) => call(Date.parse(text))))
  const range = { from: 0, to: Date.parse('2026-01-01T00:00Z') }
  const versions = [{ appliesFrom: '2025-10-13', schedule: OFFICE }]
  const reading = { zone: 'UTC', activeFrom: 0, businessHours: new BusinessHours('Asia/Kolkata', versions) }
  const question = { parts: [], serviceLevelSeconds: 20, abandonSeconds: 5, filters: {} }
  const grouped = gather(columns, range, { ...question, groupBy: ['businessHours'] }, reading)
  const counts = grouped.keys.map((keys, group) => [keys[0], grouped.sumsOf(group)[0]])
  t.strictSame(counts, [
    [null, 1],
    ['in', 3],
    ['out', 1],
  ])
  const of = (businessHours: readonly (string | null)[], at = reading) =>
    gather(columns, range, { ...question, groupBy: [], filters: { businessHours } }, at)
      .total()
      .sumsOf(0)[0]
  t.strictSame([of(['in']), of(['out']), of(['in', 'out']), of([null])], [3, 1, 4, 1])
  t.equal(of(['in', 'out'], { zone: 'UTC', activeFrom: 0 } as typeof reading), 0, 'nothing is told of no schedule')
})
