import type { MissedCaller, MissedCalls, MissedCallsQuery } from '../../schemas/missed-calls.js'
import type { KeyRing } from '../clients/key-ring.js'
import type { MissedPlace } from '../core/analytics/missed-callers.js'
import { formatInstant } from '../core/calendar.js'
import { OPEN_RANGE, type TimeRange } from '../core/range.js'
import { DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { fail } from '../errors.js'
import { placeIn, signedPlace } from '../http/cursor.js'
import { rangeOf, statedRetention } from '../http/ranges.js'
import type { Client } from '../storage/port/clients.js'
import type { MissedCaller as StoredMissedCaller } from '../storage/port/missed-calls.js'
import type { Storage } from '../storage/port/storage.js'
import { windowOf } from './call-questions.js'
import { numberIn } from './call-search.js'

const DAY_MS = 24 * 60 * 60 * 1000

/** The callers whom nobody answered, and which of them are still to be called back. */
export class MissedCallService {
  readonly #storage: Storage
  readonly #clock: () => number
  readonly #keys: KeyRing

  constructor(parts: { readonly storage: Storage; readonly clock: () => number; readonly keys: KeyRing }) {
    this.#storage = parts.storage
    this.#clock = parts.clock
    this.#keys = parts.keys
  }

  /** @throws ApiError 422 when more calls would have to be read than one page may cost */
  async list(client: Client, query: MissedCallsQuery): Promise<MissedCalls> {
    const { clientId } = client
    const window = windowOf(client)
    const { pageSize, cursor, startDate = null, endDate = null } = query
    const now = this.#clock()
    const asked = rangeOf(query, client)
    const range = startDate === null ? lately(asked.range, now) : asked.range
    const states = [...query.state].sort()
    const [virtualNumber, agentUserId] = [numberIn(query.virtualNumber), query.agentUserId ?? null]
    // By what was asked, not by its range: of a page that is asked for later the days before now are others.
    const list = [clientId, 'missed-calls', startDate, endDate, asked.zone, states, virtualNumber, agentUserId]
    const after = cursor === undefined ? null : placeOf(placeIn(cursor, list, this.#keys))
    const answer = await this.#storage.missedCalls({
      ...{ clientId, range, now, ...window, states, virtualNumber, agentUserId, pageSize, after },
      mostCalls: LIMITS.askedCalls,
    })
    if (answer.status === 'too-large') {
      const most = LIMITS.askedCalls.toLocaleString('en')
      return fail('question_too_large', `More than ${most} calls would have to be read: ask for a shorter range.`)
    }
    const { callers, next, retainedFrom } = answer
    return {
      missedCalls: callers.map(publishedCaller),
      ...window,
      pagination: { pageSize, nextCursor: next === null ? null : signedPlace(textOf(next), list, this.#keys) },
      ...statedRetention(range, retainedFrom),
    }
  }
}

/** The last days of a range that has no start. */
function lately({ to }: TimeRange, now: number): TimeRange {
  return { from: Math.max(Math.min(to, now) - DEFAULTS.missedCallDays * DAY_MS, OPEN_RANGE.from), to }
}

function textOf({ lastAt, phoneNumber }: MissedPlace): string {
  return `${lastAt.toString(36)}.${phoneNumber}`
}

/** @param place as it was signed */
function placeOf(place: string): MissedPlace {
  const dot = place.indexOf('.')
  return { lastAt: parseInt(place.slice(0, dot), 36), phoneNumber: place.slice(dot + 1) }
}

function publishedCaller({
  customer,
  misses,
  firstMissedAt,
  lastMiss,
  state,
  wonBackBy,
  lastAgent,
}: StoredMissedCaller): MissedCaller {
  const { phoneE164, startAt, sessionId, ringSeconds, virtualNumber } = lastMiss
  return {
    phoneNumber: lastMiss.phoneNumber as string,
    ...(phoneE164 !== null && { phoneE164 }),
    ...(customer !== null && { customer: { customerId: customer.customerId, ...named(customer) } }),
    misses,
    firstMissedAt: formatInstant(firstMissedAt),
    lastMissedAt: formatInstant(startAt),
    sessionId,
    ...(ringSeconds !== null && { waitedSeconds: ringSeconds }),
    ...(virtualNumber !== null && { virtualNumber }),
    state,
    ...(wonBackBy !== null && { wonBackAt: formatInstant(wonBackBy.startAt), wonBackBy: wonBackBy.sessionId }),
    ...(lastAgent !== null && { lastAgent: { agentUserId: lastAgent.agentUserId, ...named(lastAgent) } }),
  }
}

function named({ name }: { readonly name: string | null }): { name?: string } {
  return name === null ? {} : { name }
}
