/** A sender with less patience than a server's, and endpoints for it. */
import { randomBytes } from 'node:crypto'
import type { Test } from 'tap'
import { sealWebhookSecrets } from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { newWebhookSecret } from '../../src/clients/webhook-secrets.js'
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '../../src/core/vocabulary/webhooks.js'
import { ChangeFeed } from '../../src/services/change-feed.js'
import type { Storage } from '../../src/storage/port/storage.js'
import type { ListedWebhook } from '../../src/storage/port/webhooks.js'
import { WebhookSender } from '../../src/webhooks/sender.js'
import { SENDER_TIMING } from '../../src/webhooks/timing.js'
import { newEvent } from './storage.js'

export const CLIENT = 'client-a'
export const ENDPOINT = 'we_00000000000000aa'
const KEYS = new KeyRing([randomBytes(32)])

type Parts = ConstructorParameters<typeof WebhookSender>[0]

/** Tries again within milliseconds. */
export const QUICK = {
  timing: { ...SENDER_TIMING, timeoutMs: 300, tickMs: 20, scanMs: 30, leaseMs: 2_000, idleMs: 200, quotaMs: 20 },
  schedule: { firstMs: 30, factor: 1.5, mostMs: 200, giveUpMs: 3_600_000 },
}

/** A sender that is stopped when the test ends. */
export function startSender(t: Test, storage: Storage, options: Partial<Parts> = {}): WebhookSender {
  const sender = new WebhookSender({
    storage,
    keys: KEYS,
    clock: Date.now,
    owner: 'one',
    maxCallAgeMs: 4 * 3_600_000,
    allowPrivate: true,
    ...QUICK,
    logger: { warn: () => undefined },
    feed: new ChangeFeed(storage),
    ...options,
  })
  sender.start()
  t.teardown(() => sender.stop())
  return sender
}

/** @returns its secret */
export async function addWebhook(
  storage: Storage,
  url: string,
  {
    endpointId = ENDPOINT,
    clientId = CLIENT,
    eventTypes = WEBHOOK_EVENT_TYPES,
  }: { endpointId?: string; clientId?: string; eventTypes?: readonly WebhookEventType[] } = {},
): Promise<string> {
  const secret = newWebhookSecret()
  const sealedSecrets = await sealWebhookSecrets(KEYS, { clientId, endpointId }, [{ secret, endsAt: null }])
  const made = await storage.createWebhook(clientId, { endpointId, url, eventTypes, sealedSecrets, createdAt: 1 })
  if (!made) throw new Error('the client has too many webhooks')
  return secret
}

export async function webhookOf(storage: Storage, endpointId = ENDPOINT, clientId = CLIENT): Promise<ListedWebhook> {
  const found = (await storage.webhooks(clientId)).find((webhook) => webhook.endpointId === endpointId)
  if (found === undefined) throw new Error(`there is no webhook ${endpointId}`)
  return found
}

/** Whether all that changed is delivered, and nothing waits. */
export async function isDone(storage: Storage, endpointId = ENDPOINT, clientId = CLIENT): Promise<boolean> {
  const { position, lastSequence, pending } = await webhookOf(storage, endpointId, clientId)
  return position === lastSequence && pending === 0
}

/** Records the events of a call, which changes it with each. */
export async function recordCall(
  storage: Storage,
  callSid: string,
  { at = Date.now(), clientId = CLIENT }: { at?: number; clientId?: string } = {},
): Promise<void> {
  for (const [index, event] of ['dialing', 'connected', 'callEnded'].entries()) {
    const data = { callSid, callDirection: 'outbound' }
    await storage.record(newEvent({ clientId, event, data, occurredAt: at + index * 1000 }))
  }
}
