import { shownData } from '../core/facts.js'
import type { CallDetails, CallQuery, Calls, Fact as PublishedFact } from '../../schemas/calls.js'
import type { KeyRing } from '../clients/key-ring.js'
import { formatInstant } from '../core/calendar.js'
import { statusAt } from '../core/call.js'
import { storyOf, type Fact, type Span } from '../core/call-story.js'
import { textOf } from '../core/identity.js'
import { shown } from '../core/json.js'
import { publishedCall } from '../core/published-call.js'
import { fail, failInvalid } from '../errors.js'
import { type ReadTime, truncated } from '../http/convert.js'
import { placeIn, signedPlace } from '../http/cursor.js'
import { rangeOf, statedRetention } from '../http/ranges.js'
import type { CallEventRecord, CallFilters, CallPosition } from '../storage/port/calls.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'

/** Finding calls: by what is known of them, and one with all that was told of it. */
export class CallSearch {
  readonly #storage: Storage
  readonly #readTime: ReadTime
  readonly #keys: KeyRing

  constructor(parts: { readonly storage: Storage; readonly readTime: ReadTime; readonly keys: KeyRing }) {
    this.#storage = parts.storage
    this.#readTime = parts.readTime
    this.#keys = parts.keys
  }

  async list(client: Client, query: CallQuery): Promise<Calls> {
    const { clientId } = client
    const { range } = rangeOf(query, client)
    const filters = filtersOf(query)
    const { pageSize, cursor, sort } = query
    const list = [clientId, 'calls', range.from, range.to, sort, filters]
    const time = this.#readTime()
    const { calls, cut, next, retainedFrom } = await this.#storage.listCalls({
      clientId,
      range,
      filters,
      time,
      pageSize,
      oldestFirst: sort === 'startTime',
      after: cursor === undefined ? null : positionOf(placeIn(cursor, list, this.#keys)),
    })
    return {
      calls: calls.map((call) => publishedCall(call, time)),
      pagination: { pageSize, nextCursor: next === null ? null : signedPlace(placeOf(next), list, this.#keys) },
      ...truncated(cut),
      ...statedRetention(range, retainedFrom),
    }
  }

  async get(client: Client, sessionId: string): Promise<CallDetails> {
    const record = await this.#storage.callBySession(client.clientId, sessionId)
    if (record === null) {
      const detail = `There is no call ${shown(sessionId)}: ids are case-sensitive, and calls that are no longer kept are gone.`
      return fail('call_not_found', detail)
    }
    const time = this.#readTime()
    const { call, events, cut } = record
    const story = storyOf(call, events, client.region)
    const outcome = { ...story.outcome, value: statusAt(call, time.now, time.maxCallAgeMs) }
    return {
      call: publishedCall(call, time),
      facts: {
        ...published('startTime', story.start, formatInstant),
        ...published('answeredAt', story.answer, formatInstant),
        ...published('endTime', story.end, formatInstant),
        ...published('duration', story.talkSeconds),
        ...published('ringSeconds', story.ringSeconds),
        ...published('waitSeconds', story.waitSeconds),
        ...published('callDirection', story.direction),
        ...published('status', outcome),
        ...published('phoneNumber', story.phone),
        ...published('agentUserId', story.agent),
      },
      holds: story.holds.map(publishedSpan),
      mutes: story.mutes.map(publishedSpan),
      events: events.map(publishedEvent),
      ...truncated(cut),
    }
  }
}

function filtersOf(query: CallQuery): CallFilters {
  const { minDuration = null, maxDuration = null } = query
  if (minDuration !== null && maxDuration !== null && minDuration > maxDuration) {
    const message = `is ${String(minDuration)}, which is more than maxDuration, ${String(maxDuration)}`
    failInvalid({ in: 'query', pointer: '/minDuration', message })
  }
  return {
    statuses: query.status === undefined ? null : [...query.status].sort(),
    direction: query.callDirection ?? null,
    customerId: query.customerId ?? null,
    agentUserId: query.agentUserId ?? null,
    phoneNumber: numberIn(query.phoneNumber),
    virtualNumber: numberIn(query.virtualNumber),
    endReason: query.endReason ?? null,
    disposition: query.disposition ?? null,
    tag: query.tag ?? null,
    minSeconds: minDuration,
    maxSeconds: maxDuration,
    hasRecording: query.hasRecording ?? null,
    confirmed: query.confirmed ?? null,
  }
}

/** A plus that nobody encoded is a space in a query. */
export function numberIn(text: string | undefined): string | null {
  return text?.replace(/^ (?=\d)/, '+') ?? null
}

function placeOf({ startAt, number }: CallPosition): string {
  return `${startAt.toString(36)}.${number.toString(36)}`
}

/** @param place as it was signed */
function positionOf(place: string): CallPosition {
  const [startAt = '', number = ''] = place.split('.')
  return { startAt: parseInt(startAt, 36), number: parseInt(number, 36) }
}

/** A fact of a call by its name; nothing of one that is not known, unless the two disagree about it. */
function published<Name extends keyof CallDetails['facts'], Value extends string | number>(
  name: Name,
  { value, source, basis, claims }: Fact<Value>,
  format: (value: Value) => string | number = (same) => same,
): { [N in Name]?: PublishedFact } {
  if (value === null && claims === undefined) return {}
  const or = (claimed: Value | null) => (claimed === null ? null : format(claimed))
  const fact: PublishedFact = {
    value: or(value),
    ...(source !== null && { source }),
    ...(basis !== undefined && { basis }),
    ...(claims !== undefined && { claims: { ribbon: or(claims.ribbon), provider: or(claims.provider) } }),
  }
  return { [name]: fact } as { [N in Name]?: PublishedFact }
}

function publishedSpan({ from, to }: Span): CallDetails['holds'][number] {
  return {
    startTime: formatInstant(from),
    ...(to !== null && { endTime: formatInstant(to), seconds: Math.floor((to - from) / 1000) }),
  }
}

export function publishedEvent(event: CallEventRecord): CallDetails['events'][number] {
  const agentUserId = textOf(event.context['agentUserId'])
  return {
    logId: event.logId,
    event: event.event,
    timestamp: formatInstant(event.occurredAt),
    receivedAt: formatInstant(event.receivedAt),
    source: event.source,
    data: shownData(event.data),
    ...(agentUserId !== null && { agentUserId }),
  }
}
