import t from 'tap'
import { RibbonError } from '../../src/client/error.js'
import { failureOf } from '../../src/dashboard/model/failure.js'
import { formatOf } from '../../src/dashboard/model/format.js'
import { STATUSES } from '../../src/dashboard/model/statuses.js'
import { en } from '../../src/dashboard/texts/en.js'
import { hi } from '../../src/dashboard/texts/hi.js'
import { CALL_STATUSES } from '../../src/core/vocabulary/calls.js'
import { KNOWN_EVENTS, OPERATOR_EVENTS, PROVIDER_EVENTS } from '../../src/core/vocabulary/events.js'

const { number, percent, change, points, seconds, timer, date, dates, hour, month, time, dateTime, weekday } = formatOf(
  'en-GB',
  'Asia/Kolkata',
)

t.test('numbers read as people write them, and a dash is what is not known', async (t) => {
  t.equal(number(1234567), '1,234,567')
  t.equal(number(null), '–')
  t.equal(number(undefined), '–')
  t.equal(percent(0.6818), '68.2%')
  t.same([change(0.08), change(-0.25), change(0)], ['+8%', '-25%', '0%'])
  t.equal(points(-0.0176), '-1.8')
  t.equal(formatOf('en-IN', 'UTC').number(1234567), '12,34,567')
})

t.test('durations read in the largest units that matter', async (t) => {
  t.same([0, 59.6, 151.2, 3725].map(seconds), ['0s', '1m 0s', '2m 31s', '1h 2m'])
  t.same([5, 75, 3725].map(timer), ['0:05', '1:15', '1:02:05'])
})

t.test('times are on the clock of the client', async (t) => {
  t.equal(time('2025-10-12T20:00:05Z'), '01:30:05')
  t.equal(dateTime('2025-10-12T20:00:05Z'), '13 Oct, 01:30')
  t.equal(hour('2025-10-12T10:00:00+05:30'), '10:00')
  t.equal(date('2025-10-12'), '12 Oct')
  t.match(dates('2025-10-06', '2025-10-12'), /^6\s?–\s?12 Oct 2025$/)
  t.equal(month('2025-10'), 'Oct 2025')
  t.equal(weekday(0), 'Sun')
})

t.test('a failure is told by what somebody can do about it', async (t) => {
  const kindOf = (status: number, code?: string) =>
    failureOf(new RibbonError(new Response(null, { status }), code && { code, detail: 'Because.' })).kind
  t.equal(failureOf(new TypeError('Failed to fetch')).kind, 'offline')
  t.equal(kindOf(401), 'key')
  t.equal(kindOf(403, 'insufficient_scope'), 'right')
  t.equal(kindOf(403, 'origin_not_allowed'), 'page')
  t.equal(kindOf(422, 'question_too_large'), 'tooLarge')
  t.equal(kindOf(500), 'other')
})

t.test('every language has a text for every word of the API', async (t) => {
  t.same([...STATUSES].sort(), [...CALL_STATUSES].sort())
  for (const texts of [en, hi]) {
    t.same(Object.keys(texts.statuses).sort(), [...CALL_STATUSES].sort())
    for (const event of [...KNOWN_EVENTS, ...PROVIDER_EVENTS, ...OPERATOR_EVENTS]) t.ok(event in texts.events, event)
    t.same(emptyTexts(texts), [], 'no text is empty, and no sentence leaves out what it is told')
  }
})

/** Paths of texts that are empty, or that lose an argument. */
function emptyTexts(texts: object, path = ''): string[] {
  return Object.entries(texts).flatMap(([name, text]: [string, unknown]) => {
    const at = `${path}/${name}`
    if (typeof text === 'object' && text !== null) return emptyTexts(text, at)
    if (typeof text !== 'function') return text === '' ? [at] : []
    const given = ['<1>', '<2>'].slice(0, text.length)
    const said = (text as (...args: string[]) => string)(...given)
    return given.every((argument) => said.includes(argument)) ? [] : [at]
  })
}
