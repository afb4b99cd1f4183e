import type { CallLogQuery, CallLogs } from '../../schemas/call-log.js'
import type { ActiveCalls, ActiveCallsQuery } from '../../schemas/call.js'
import { LIMITS } from '../core/limits.js'
import { oldestActive, publishedCall } from '../core/published-call.js'
import type { KeyRing } from '../clients/key-ring.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
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
      agentUserId: query.agentUserId ?? null,
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

  async active(client: Client, { agentUserId }: ActiveCallsQuery): Promise<ActiveCalls> {
    const time = this.#readTime()
    const startedFrom = oldestActive(time)
    const { calls, count, cut } = await this.#storage.activeCalls(
      client.clientId,
      startedFrom,
      LIMITS.activeCalls,
      agentUserId ?? null,
    )
    return { activeCalls: calls.map((call) => publishedCall(call, time)), count, ...truncated(cut) }
  }
}
