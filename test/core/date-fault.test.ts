import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { isDate, parseInstant } from '../../src/core/calendar.js'
import { dateFault } from '../../src/core/date-fault.js'

t.test('what is wrong with a date is what a person would say', async (t) => {
  for (const [text, fault] of Object.entries({
    yesterday: 'which is no ISO 8601 date',
    '2025-10': 'which is no ISO 8601 date',
    '1760280743': 'which counts seconds or milliseconds',
    '1760280743000': 'which counts seconds or milliseconds',
    '31/12/2025': 'which does not begin with the year',
    '1.2.2025 10:00': 'which does not begin with the year',
    '2025-13-01': 'but there is no month 13',
    '2025-00-01': 'but there is no month 00',
    '2025-02-30': 'but the days of 2025-02 are 01 to 28',
    '2024-02-30T10:00:00Z': 'but the days of 2024-02 are 01 to 29',
    '2025-10-00': 'but the days of 2025-10 are 01 to 31',
    '2025-10-12': 'which has no time of day',
    '2025-10-12 noon': 'but what follows its date is no time such as T09:30:00',
    '2025-10-12T24:00:00Z': 'but there is no time 24:00:00',
    '2025-10-12T10:61': 'but there is no time 10:61:00',
    '2025-10-12T10:00:61Z': 'but there is no time 10:00:61',
    '2025-10-12T10:00:00+25:00': 'but what follows its time is no UTC offset such as Z or +05:30',
    '2025-10-12T10:00:00 IST': 'but what follows its time is no UTC offset such as Z or +05:30',
  })) {
    t.equal(parseInstant(text, 'UTC'), null, text)
    t.equal(dateFault(text), fault, text)
  }
})

/** Dates that are right, or nearly. */
const nearly = fc
  .tuple(
    fc.nat(9999),
    fc.nat(14),
    fc.nat(33),
    fc.constantFrom('T', 't', ' ', ''),
    fc.nat(25),
    fc.nat(61),
    fc.constantFrom('', 'Z', '+05:30', '+24:00', ':60', ':61Z', 'x'),
  )
  .map(([year, month, day, separator, hour, minute, rest]) => {
    const digits = (value: number, length: number): string => String(value).padStart(length, '0')
    return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}${separator}${digits(hour, 2)}:${digits(minute, 2)}${rest}`
  })

t.test('a fault of the calendar is found just where there is one', async () => {
  fc.assert(
    fc.property(nearly, (text) => {
      if (parseInstant(text, 'UTC') !== null) return
      const fault = dateFault(text)
      const date = text.slice(0, 10)
      assert.equal(/^but (there is no month|the days of)/.test(fault), !isDate(date), `${text}: ${fault}`)
    }),
    { numRuns: 2000 },
  )
})
