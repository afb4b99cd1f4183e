import t from 'tap'
import { retryAfterMs } from '../../src/core/retry-after.js'

const NOW = Date.parse('2026-11-29T10:00:00Z')

t.test('a receiver may ask to be left alone for seconds or until a date, and no longer than eleven days', (t) => {
  t.equal(retryAfterMs('120', NOW), 120_000)
  t.equal(retryAfterMs('Sun, 29 Nov 2026 10:01:00 GMT', NOW), 60_000)
  t.equal(retryAfterMs('9'.repeat(400), NOW), 999_999_000)
  for (const none of [undefined, 'soon', '', '-1 s', 'Sun, 29 Nov 2026 09:00:00 GMT'])
    t.equal(retryAfterMs(none, NOW), null)
  t.end()
})
