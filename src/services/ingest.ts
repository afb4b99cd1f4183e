import type { LogCallBody, LogCallResponse } from '../../schemas/log-call.js'
import { parseInstant } from '../core/calendar.js'
import { type JsonObject, storageFault } from '../core/json.js'
import { LIMITS, MAX_INSTANT_MS, MIN_INSTANT_MS } from '../core/vocabulary.js'
import { fail, failInvalid } from '../errors.js'
import type { Client } from '../storage/port.js'
import { Service } from './service.js'

/** Members of a log-call that have a place of their own; the others are kept as the event's context. */
const PLACED: ReadonlySet<string> = new Set(['apiKey', 'event', 'data', 'timestamp', 'eventId'])

/** Takes in what ribbons report. */
export class IngestService extends Service {
  /**
   * Records an event, durably before it resolves. Never refused for quota: the call happened.
   * @param idempotencyKey of the `Idempotency-Key` header, which goes before the body's `eventId`
   */
  async logCall(client: Client, body: LogCallBody, idempotencyKey: string | undefined): Promise<LogCallResponse> {
    refuseUnkeepable(body)
    const receivedAt = this.clock()
    const outcome = await this.storage.record({
      clientId: client.clientId,
      event: body.event,
      data: body.data as JsonObject,
      occurredAt: body.timestamp === undefined ? receivedAt : instantOf(body.timestamp, client.timezone),
      receivedAt,
      source: 'ribbon',
      timestamp: body.timestamp ?? null,
      context: Object.fromEntries(Object.entries(body).filter(([name]) => !PLACED.has(name))) as JsonObject,
      idempotencyKey: idempotencyKey ?? body.eventId ?? null,
    })
    if (outcome.status === 'conflict') {
      fail('idempotency_conflict', 'This idempotency key was used before, with other content. Nothing was written.')
    }
    return { success: true, logId: outcome.logId }
  }
}

/** Refuses a body that could not come back as it was sent. */
export function refuseUnkeepable(body: object): void {
  // The ceiling is of what stands inside `data`, which itself stands inside the body.
  const found = storageFault(body, LIMITS.nestingDepth + 1)
  if (found !== undefined) failInvalid({ in: 'body', pointer: found.pointer, message: found.fault })
}

function instantOf(timestamp: string, zone: string): number {
  const instant = parseInstant(timestamp, zone)
  if (instant === null) {
    failInvalid({ in: 'body', pointer: '/timestamp', message: 'must be an ISO 8601 date-time' })
  }
  if (instant < MIN_INSTANT_MS || instant >= MAX_INSTANT_MS) {
    failInvalid({ in: 'body', pointer: '/timestamp', message: 'must be from 2000-01-01 to 2099-12-31, UTC' })
  }
  return instant
}
