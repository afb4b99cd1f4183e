import type { Tally } from '../../src/core/tally.js'
import { publishedDurations, publishedSummary, publishedTalkTimes } from '../../src/http/convert.js'

/** What answers say of a tally, in the oracle's words. */
export function toldOf(tally: Tally) {
  return {
    ...publishedSummary(tally),
    durationBuckets: publishedDurations(tally),
    talkTimeBuckets: Object.fromEntries(publishedTalkTimes(tally).map(({ name, calls }) => [name, calls])),
  }
}
