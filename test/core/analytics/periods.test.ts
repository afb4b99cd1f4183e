import t from 'tap'
import { comparedRange, COMPARISONS, stretchesOf } from '../../../src/core/analytics/periods.js'
import { timeKey } from '../../../src/core/analytics/selection.js'
import { TIME_GRAINS } from '../../../src/core/analytics/vocabulary.js'
import { SLOT_MS } from '../../../src/core/vocabulary.js'

const ZONES = [
  'Asia/Kolkata',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Asuncion',
  'Africa/Cairo',
  'Pacific/Apia',
  'UTC',
]

t.test('stretches of a range are those that its quarter hours lie in, also where a clock is changed', async (t) => {
  for (const zone of ZONES) {
    for (const [from, to] of [
      ['2025-03-01T00:07Z', '2025-04-20T11:00Z'],
      ['2025-09-20T00:00Z', '2025-11-10T00:00Z'],
      ['2011-12-28T10:00Z', '2012-01-02T10:01Z'],
      ['2025-10-12T10:00Z', '2025-10-12T10:20Z'],
    ].map((bounds) => bounds.map(Date.parse) as [number, number])) {
      const slots: number[] = []
      for (let at = Math.floor(from / SLOT_MS) * SLOT_MS; at < to; at += SLOT_MS) slots.push(at)
      for (const grain of TIME_GRAINS) {
        const walked = new Set(slots.map((at) => timeKey(grain, zone, at)))
        t.strictSame(stretchesOf(grain, { from, to }, zone, 1e6), [...walked], `${zone} ${grain}`)
      }
    }
  }
})

t.test('more stretches than are asked for are not walked through', async (t) => {
  const century = { from: Date.parse('2000-01-01'), to: Date.parse('2100-01-01') }
  t.equal(stretchesOf('date', century, 'UTC', 10).length, 11)
  t.equal(stretchesOf('hour', century, 'UTC', 24).length, 48)
})

t.test('an empty range, of a day that the zone skipped, is compared with an empty one', async (t) => {
  const skipped = Date.parse('2011-12-30T10:00Z')
  for (const comparison of COMPARISONS) {
    const { from, to } = comparedRange({ from: skipped, to: skipped }, comparison, 'Pacific/Apia')
    t.equal(from, to, comparison)
  }
})
