import t from 'tap'
import { WEBHOOK_EVENT_TYPES } from '../../src/core/vocabulary/webhooks.js'
import { QUOTA_LEVELS, quotaDue, quotaMark, retryDelay, RETRY_SCHEDULE } from '../../src/core/webhooks.js'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

t.test('each delay is three times the one before, up to four hours, a quarter more or less', (t) => {
  for (const [attempts, ms] of [
    [1, 5 * SECOND_MS],
    [2, 15 * SECOND_MS],
    [3, 45 * SECOND_MS],
    [4, 135 * SECOND_MS],
    [7, 3645 * SECOND_MS],
    [8, 10_935 * SECOND_MS],
    [9, 4 * HOUR_MS],
    [10_000, 4 * HOUR_MS],
  ] as const) {
    t.equal(retryDelay(RETRY_SCHEDULE, attempts, 0.5), ms, `after ${String(attempts)} failures`)
    t.equal(retryDelay(RETRY_SCHEDULE, attempts, 0), ms * 0.75)
    t.ok(retryDelay(RETRY_SCHEDULE, attempts, 0.999) < ms * 1.25)
  }
  t.end()
})

t.test('what fails is tried twenty-five times in three days', (t) => {
  let tries = 0
  for (let at = 0; at <= RETRY_SCHEDULE.giveUpMs; at += retryDelay(RETRY_SCHEDULE, tries, 0.5)) tries += 1
  t.equal(tries, 25)
  t.end()
})

t.test('a quota message is due once a month and level, the higher one alone', (t) => {
  const [reached, warning] = QUOTA_LEVELS
  const month = '2025-10'
  for (const [calls, limit, told, type] of [
    [0, 0, '', undefined],
    [79, 100, '', undefined],
    [80, 100, '', 'quota.warning'],
    [80, 100, quotaMark('2025-09', reached), 'quota.warning'],
    [99, 100, quotaMark(month, warning), undefined],
    [100, 100, quotaMark(month, warning), 'quota.reached'],
    [100, 100, '', 'quota.reached'],
    [500, 100, quotaMark(month, reached), undefined],
    [85, 100, quotaMark(month, reached), undefined],
    [1, 0, '', 'quota.reached'],
  ] as const) {
    t.equal(
      quotaDue({ calls, limit, month }, told, WEBHOOK_EVENT_TYPES)?.type,
      type,
      `${String(calls)} of ${String(limit)} after ${told}`,
    )
  }
  t.equal(
    quotaDue({ calls: 100, limit: 100, month }, '', ['quota.warning'])?.type,
    'quota.warning',
    'of what is wanted',
  )
  t.equal(quotaDue({ calls: 100, limit: 100, month }, '', ['call.ended']), null)
  t.end()
})
