/** What is sent to webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
import { createHash, randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { ChangeData, QuotaData, WebhookMessage } from '../../schemas/webhook-messages.js'
import { formatInstant } from '../core/calendar.js'
import { publishedCall } from '../core/published-call.js'
import { WEBHOOK_TEST } from '../core/vocabulary/webhooks.js'
import type { QuotaLevel } from '../core/webhooks.js'
import type { CallChange } from '../storage/port/changes.js'

/** A message as it is sent, however often. */
export interface Message {
  /** The same whenever the same is told: by it receivers know what they have seen. */
  readonly id: string
  readonly type: WebhookMessage['type']
  /** Of the change; null of a message about none. */
  readonly sequence: number | null
  readonly body: string
}

/** What an event changed of a call. It says the same whenever it is made: the call is read as of the event. */
export function changeMessage({ sequence, type, call, event }: CallChange, maxCallAgeMs: number): Message {
  const data: ChangeData = {
    sequence,
    version: sequence,
    logId: event.logId,
    event: event.event,
    call: publishedCall(call, { now: event.occurredAt, maxCallAgeMs }),
  }
  return message({ type, at: event.occurredAt, data, sequence }, idOf(call.clientId, `change ${String(sequence)}`))
}

/** @param now when it is told. @param month `YYYY-MM` in the client's zone */
export function quotaMessage(
  clientId: string,
  { type, percent }: QuotaLevel,
  { now, ...use }: Omit<QuotaData, 'percent'> & { readonly now: number },
): Message {
  const data: QuotaData = { ...use, percent }
  return message({ type, at: now, data, sequence: null }, idOf(clientId, `quota ${use.month} ${String(percent)}`))
}

/** Each is another one. */
export function testMessage(endpointId: string, now: number): Message {
  const data = { endpointId }
  return message({ type: WEBHOOK_TEST, at: now, data, sequence: null }, `msg_${randomUUID().replaceAll('-', '')}`)
}

function message(
  { type, at, data, sequence }: { type: Message['type']; at: number; data: object; sequence: number | null },
  id: string,
): Message {
  return { id, type, sequence, body: JSON.stringify({ type, timestamp: formatInstant(at), data }) }
}

/** Tells nothing of the client to whoever does not know it. */
function idOf(clientId: string, what: string): string {
  return `msg_${createHash('sha256').update(`${clientId}\n${what}`).digest('base64url').slice(0, 27)}`
}

/**
 * The headers that say which message it is, and that this server sent it now.
 * @param secrets each signs by itself, so that a receiver may know any of them
 */
export function signedHeaders({ id, body }: Message, secrets: readonly string[], now: number): Record<string, string> {
  const at = new Date(now)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  }
}
