import t from 'tap'
import { addDays, formatInstant, localSlot, startOfDay } from '../../src/core/calendar.js'
import { retentionStart } from '../../src/core/retention.js'

t.test('what is kept starts with the local month that many months before the current one', async (t) => {
  for (const [zone, months, now, start] of [
    ['Asia/Kolkata', 1, '2025-10-12T10:30:00Z', '2025-08-31T18:30:00Z'],
    ['Asia/Kolkata', 12, '2025-10-12T10:30:00Z', '2024-09-30T18:30:00Z'],
    ['Asia/Kolkata', 10, '2025-10-12T10:30:00Z', '2024-11-30T18:30:00Z'],
    ['UTC', 1, '2025-03-31T23:59:59.999Z', '2025-02-01T00:00:00Z'],
    ['UTC', 1, '2025-04-01T00:00:00Z', '2025-03-01T00:00:00Z'],
    ['UTC', 12, '2024-02-29T12:00:00Z', '2023-02-01T00:00:00Z'],
    ['UTC', 1200, '2025-10-12T10:30:00Z', '1925-10-01T00:00:00Z'],
    // The first of the month here is still the last of the one before there.
    ['America/St_Johns', 1, '2025-10-01T01:00:00Z', '2025-08-01T02:30:00Z'],
    ['Europe/London', 6, '2025-10-12T10:30:00Z', '2025-03-31T23:00:00Z'],
    ['Pacific/Apia', 1, '2012-01-15T00:00:00Z', '2011-12-01T10:00:00Z'],
  ] as const) {
    t.equal(formatInstant(retentionStart(zone, months, Date.parse(now))), start, `${zone}, ${months}, ${now}`)
  }
})

t.test('it is the start of a local day, and moves once a month', async (t) => {
  const zone = 'America/St_Johns'
  const starts = new Set<number>()
  for (let date = '2025-01-01'; date <= '2025-12-31'; date = addDays(date, 1)) {
    const start = retentionStart(zone, 3, startOfDay(zone, date))
    t.equal(startOfDay(zone, localSlot(zone, start).date), start)
    starts.add(start)
  }
  t.equal(starts.size, 12)
})
