import t from 'tap'
import { readChoice } from '../../src/dashboard/model/choice.js'
import { dateIn, rangeOf } from '../../src/dashboard/model/range.js'

const range = (search: string, today = '2025-03-12') => rangeOf(readChoice(search), today)

t.test('today is the date on the clock of the client', async (t) => {
  const now = Date.parse('2025-10-12T20:00:00Z')
  t.equal(dateIn('Asia/Kolkata', now), '2025-10-13')
  t.equal(dateIn('America/New_York', now), '2025-10-12')
})

t.test('each range has the local dates that its name says, and is compared with the one before', async (t) => {
  for (const [search, startDate, endDate, compareTo, isOpen] of [
    ['?range=today', '2025-03-12', '2025-03-12', 'previous', true],
    ['?range=yesterday', '2025-03-11', '2025-03-11', 'previous', false],
    ['', '2025-03-06', '2025-03-12', 'previous', true],
    ['?range=30days', '2025-02-11', '2025-03-12', 'previous', true],
    ['?range=month', '2025-03-01', '2025-03-12', 'previousMonth', true],
    ['?range=last-month', '2025-02-01', '2025-02-28', 'previousMonth', false],
    ['?range=custom&from=2025-01-31&to=2025-02-02', '2025-01-31', '2025-02-02', 'previous', false],
    ['?range=custom&from=2025-02-02&to=2025-01-31', '2025-01-31', '2025-02-02', 'previous', false],
    ['?range=custom&from=nonsense&to=2025-99-99', '2025-03-06', '2025-03-12', 'previous', true],
    ['?range=custom&from=2025-04-01&to=2025-04-02', '2025-04-01', '2025-04-02', 'previous', false],
  ] as const) {
    t.match(range(search), { startDate, endDate, compareTo, isOpen }, search)
  }
  t.match(range('?range=last-month', '2025-01-31'), { startDate: '2024-12-01', endDate: '2024-12-31' })
})

t.test('the longer a range, the coarser it is drawn', async (t) => {
  t.equal(range('?range=today').grain, 'hour')
  t.equal(range('?range=30days').grain, 'date')
  t.equal(range('?range=custom&from=2024-09-01&to=2025-03-12').grain, 'week')
  t.equal(range('?range=custom&from=2020-01-01&to=2025-03-12').grain, 'month')
})
