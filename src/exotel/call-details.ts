/**
 * Calls as Exotel's own records have them, for reconciliation. What they mean is not known here.
 * https://developer.exotel.com/docs/voice-v1/api-reference/call-details
 */
import type { CallPage, ExotelApi, ExotelCall } from './api.js'
import { ExotelFailure } from './failure.js'
import { LONG_PATIENCE, type Patience, untilRead } from './patience.js'
import { exotelTime } from './time.js'

/** What one query of Exotel's may span, and how far back it may reach. */
export const LONGEST_RANGE_MS = 31 * 24 * 60 * 60 * 1000
const MONTHS_BACK = 6

/** Calls on a page, the most that there may be; and pages of one query, more than a month of a busy account has. */
const PAGE_SIZE = 100
const MOST_PAGES = 100_000

export interface DetailsQuery {
  readonly api: Pick<ExotelApi, 'calls'>
  /** Calls that Exotel created in `[from, to)`, epoch milliseconds. Exotel knows whole seconds. */
  readonly from: number
  readonly to: number
  /** Epoch milliseconds. */
  readonly now: number
  readonly signal?: AbortSignal
  readonly patience?: Patience
}

/** A range that Exotel does not answer for. Its message is for whoever asked. */
export class RangeRefused extends Error {
  override readonly name = 'RangeRefused'
}

/**
 * The calls that Exotel created in a range, oldest first, each as it was sent. Calls that go on are not among them, and what
 * ended a few minutes ago may lack its end: ask again later. A call may come twice where Exotel's list moves meanwhile.
 * @throws RangeRefused at the first step, before anything is asked
 * @throws ExotelFailure when Exotel cannot be asked, or goes on refusing; what came before is right, and not all
 */
export async function* callsCreated(query: DetailsQuery): AsyncGenerator<ExotelCall, void, undefined> {
  refuseImpossible(query)
  const { api, signal, patience = LONG_PATIENCE } = query
  const first = new URLSearchParams({
    DateCreated: `gte:${exotelTime(query.from)};lte:${exotelTime(query.to - 1)}`,
    PageSize: String(PAGE_SIZE),
    SortBy: 'DateCreated:asc',
  })
  const asked = new Set<string>()
  let page: URLSearchParams | string = first
  for (;;) {
    const place: URLSearchParams | string = page
    const { calls, nextUri }: CallPage = await untilRead(() => api.calls(place, signal), patience, signal)
    yield* calls
    if (nextUri === null) return
    // A list that leads back to itself would never end.
    if (asked.has(nextUri) || asked.size === MOST_PAGES) {
      throw new ExotelFailure(
        'failed',
        `its list of calls does not end: page ${String(asked.size + 1)} leads back to one before`,
      )
    }
    asked.add(nextUri)
    page = nextUri
  }
}

/** One call with its legs; null when Exotel knows no such call. @throws ExotelFailure */
export function callDetails(
  api: Pick<ExotelApi, 'call'>,
  callSid: string,
  { patience = LONG_PATIENCE, signal }: Pick<DetailsQuery, 'patience' | 'signal'> = {},
): Promise<ExotelCall | null> {
  return untilRead(() => api.call(callSid, signal), patience, signal)
}

/** How far back Exotel answers, epoch milliseconds. */
export function earliestCreated(now: number): number {
  const earliest = new Date(now)
  earliest.setUTCMonth(earliest.getUTCMonth() - MONTHS_BACK)
  return earliest.getTime()
}

function refuseImpossible({ from, to, now }: DetailsQuery): void {
  if (from >= to) throw new RangeRefused('The range is empty: its end has to be after its start.')
  if (to - from > LONGEST_RANGE_MS) {
    throw new RangeRefused('Exotel answers for one month at a time, 31 days: ask for a longer range in parts.')
  }
  const earliest = earliestCreated(now)
  if (from < earliest) {
    throw new RangeRefused(
      `Exotel keeps its lists of calls for six months: it can be asked from ${new Date(earliest).toISOString()} on.`,
    )
  }
}
