import type { CallLogQuery, CallLogs } from '../../schemas/call-log.js'
import type { ActiveCalls } from '../../schemas/call.js'
import { LIMITS } from '../core/vocabulary.js'
import { publishedCall } from '../core/published-call.js'
import type { KeyRing } from '../clients/key-ring.js'
import type { Client, Storage } from '../storage/port.js'
import { type ReadTime, publishedLog, truncated } from '../http/convert.js'
import { cursorOf, positionOf } from '../http/cursor.js'
import { rangeOf, statedRetention } from '../http/ranges.js'

/** What happened on calls, and which are going on. */
export class CallService {
  readonly #storage: Storage
  readonly #readTime: ReadTime
  readonly #keys: KeyRing

  constructor(parts: { readonly storage: Storage; readonly readTime: ReadTime; readonly keys: KeyRing }) {
    this.#storage = parts.storage
    this.#readTime = parts.readTime
    this.#keys = parts.keys
  }

  /** A page of events, newest first. A cursor goes before a page number. */
  async logs(client: Client, query: CallLogQuery): Promise<CallLogs> {
    const filters = {
      clientId: client.clientId,
      range: rangeOf(query, client).range,
      customerId: query.customerId ?? null,
      event: query.event ?? null,
      direction: query.callDirection ?? null,
    }
    const { page, pageSize, cursor } = query
    const position = cursor === undefined ? { page } : { after: positionOf(cursor, filters, this.#keys) }
    const { events, total, next, retainedFrom } = await this.#storage.listEvents({ ...filters, pageSize, position })
    return {
      logs: events.map((event) => publishedLog(event, client)),
      pagination: {
        ...(cursor === undefined && { page }),
        pageSize,
        total,
        totalPages: Math.ceil(total / pageSize),
        nextCursor: next === null ? null : cursorOf(next, filters, this.#keys),
      },
      ...truncated(next !== null && events.length < pageSize),
      ...statedRetention(filters.range, retainedFrom),
    }
  }

  async active(client: Client): Promise<ActiveCalls> {
    const time = this.#readTime()
    // A call as old as the maximum reads as expired, so the oldest active one started a millisecond later.
    const startedFrom = time.now - time.maxCallAgeMs + 1
    const { calls, count, cut } = await this.#storage.activeCalls(client.clientId, startedFrom, LIMITS.activeCalls)
    return { activeCalls: calls.map((call) => publishedCall(call, time)), count, ...truncated(cut) }
  }
}
