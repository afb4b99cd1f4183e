/** Webhooks, as a client keeps them with its own key, and as whoever administers it does. */
import { randomBytes } from 'node:crypto'
import type {
  DeliveriesQuery,
  NewWebhookBody,
  Redelivered,
  RedeliveryBody,
  SecretRotationBody,
  Webhook,
  WebhookChangesBody,
  WebhookDeliveries,
  WebhookTest,
  WebhookWithSecret,
} from '../../schemas/webhook.js'
import { openWebhookSecrets, sealWebhookSecrets } from '../clients/credentials.js'
import type { KeyRing } from '../clients/key-ring.js'
import { newWebhookSecret, rotated, signingSecrets } from '../clients/webhook-secrets.js'
import { formatInstant } from '../core/calendar.js'
import type { JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { AuditAction } from '../core/vocabulary/audit-log.js'
import { WEBHOOK_EVENT_TYPES } from '../core/vocabulary/webhooks.js'
import { fail, failInvalid } from '../errors.js'
import { placeIn, signedPlace } from '../http/cursor.js'
import type { AdminChange } from '../storage/port/audit-log.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import type { ListedWebhook, NewDelivery, StoredDelivery, WebhookChanges } from '../storage/port/webhooks.js'
import { Delivery } from '../webhooks/delivery.js'
import { testMessage } from '../webhooks/messages.js'
import { SENDER_TIMING } from '../webhooks/timing.js'
import { urlFault } from '../webhooks/urls.js'
import { type Actor, entryBy } from './audit-log.js'
import { failUnknown } from './client-accounts.js'
import { fault } from './client-settings.js'
import { instantAt } from './instants.js'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
const ENDPOINT_BYTES = 8

interface Parts {
  readonly storage: Pick<
    Storage,
    | 'client'
    | 'webhooks'
    | 'createWebhook'
    | 'updateWebhook'
    | 'deleteWebhook'
    | 'redeliverWebhook'
    | 'webhookDeliveries'
    | 'noteDeliveries'
    | 'administer'
    | 'audit'
  >
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** What secrets are sealed with. */
  readonly secretKeys: () => Promise<KeyRing>
  /** Whether endpoints may be at addresses that are not public. */
  readonly allowPrivate: boolean
  /** Who administers the client: then the audit log knows of every change. Null: the client itself, by a key. */
  readonly by: Actor | null
}

type Change = AdminChange & readonly ['createWebhook' | 'updateWebhook' | 'deleteWebhook', ...unknown[]]

/** Every method: ApiError 404 for a client, or an endpoint, that there is not. */
export class WebhookService {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async list(clientId: string): Promise<Webhook[]> {
    await this.#client(clientId)
    return (await this.#parts.storage.webhooks(clientId)).map(published)
  }

  async get(clientId: string, endpointId: string): Promise<Webhook> {
    return published(await this.#webhook(clientId, endpointId))
  }

  /** @throws ApiError 400 for an address that it may not have, 409 when the client has too many endpoints */
  async create(clientId: string, { url, eventTypes }: Omit<NewWebhookBody, 'apiKey'>): Promise<WebhookWithSecret> {
    const { clock } = this.#parts
    await this.#client(clientId)
    this.#refuseAddress(url)
    const endpointId = `we_${randomBytes(ENDPOINT_BYTES).toString('hex')}`
    const secret = newWebhookSecret()
    const sealedSecrets = await this.#sealed(clientId, endpointId, [{ secret, endsAt: null }])
    const webhook = { endpointId, url, eventTypes: inOrder(eventTypes), sealedSecrets, createdAt: clock() }
    const details = { endpointId, host: hostOf(url), eventTypes: webhook.eventTypes }
    const isMade = await this.#change(['createWebhook', clientId, webhook], 'webhook.created', details)
    if (!isMade) {
      fail(
        'too_many_webhooks',
        `${clientId} has ${String(LIMITS.webhooks)} webhooks, which is the most: delete one first.`,
      )
    }
    return { webhook: await this.get(clientId, endpointId), secret }
  }

  /** @throws ApiError 400 for an address that it may not have */
  async update(clientId: string, endpointId: string, body: Omit<WebhookChangesBody, 'apiKey'>): Promise<Webhook> {
    await this.#webhook(clientId, endpointId)
    const { url, eventTypes, status } = body
    if (url !== undefined) this.#refuseAddress(url)
    const kept = { ...(status && { status }), ...(eventTypes && { eventTypes: inOrder(eventTypes) }) }
    const details = { endpointId, ...kept, ...(url !== undefined && { host: hostOf(url) }) }
    await this.#update(clientId, endpointId, { ...kept, ...(url !== undefined && { url }) }, 'webhook.updated', details)
    return this.get(clientId, endpointId)
  }

  /** Makes a secret that all messages are signed with from now on, and for a while with the former one as well. */
  async rotateSecret(
    clientId: string,
    endpointId: string,
    { overlapHours }: Omit<SecretRotationBody, 'apiKey'>,
  ): Promise<WebhookWithSecret> {
    const { clock, secretKeys } = this.#parts
    const webhook = await this.#webhook(clientId, endpointId)
    const now = clock()
    const secret = newWebhookSecret()
    const former = await openWebhookSecrets(await secretKeys(), webhook, webhook.sealedSecrets)
    const endsAt = now + overlapHours * HOUR_MS
    const sealedSecrets = await this.#sealed(clientId, endpointId, rotated(former, secret, { now, endsAt }))
    const details = { endpointId, formerEndsAt: formatInstant(endsAt) }
    await this.#update(clientId, endpointId, { sealedSecrets }, 'webhook.secret-rotated', details)
    return { webhook: await this.get(clientId, endpointId), secret }
  }

  /** Sends a message for a try, also to an endpoint that is paused. It is noted with the others, and not sent again. */
  async test(clientId: string, endpointId: string): Promise<WebhookTest> {
    const { storage, clock, secretKeys, allowPrivate } = this.#parts
    const webhook = await this.#webhook(clientId, endpointId)
    const secrets = await openWebhookSecrets(await secretKeys(), webhook, webhook.sealedSecrets)
    const message = testMessage(endpointId, clock())
    const delivery = new Delivery({ allowPrivate, timeoutMs: SENDER_TIMING.timeoutMs, clock })
    const outcome = await delivery.send(webhook.url, message, signingSecrets(secrets, clock()))
    delivery.close()
    const { id: messageId, type, sequence } = message
    const tried = { sequence, messageId, type, attempt: 1, ...outcome }
    await storage.noteDeliveries(clientId, endpointId, [tried])
    return publishedOutcome(tried)
  }

  /** Sends messages of a range of time again. @throws ApiError 400 for a range that is none, 422 when they are too many */
  async redeliver(
    clientId: string,
    endpointId: string,
    { from, to }: Omit<RedeliveryBody, 'apiKey'>,
  ): Promise<Redelivered> {
    const { storage, clock, by } = this.#parts
    const { timezone } = await this.#client(clientId)
    const end = to === undefined ? clock() : instantAt('/to', to, timezone)
    const range = { from: from === undefined ? end - DAY_MS : instantAt('/from', from, timezone), to: end }
    if (range.from >= range.to) failInvalid(fault('/to', 'is not after from'))
    const outcome = await storage.redeliverWebhook(clientId, endpointId, range, clock())
    if (outcome.status === 'unknown') failUnknownWebhook(clientId, endpointId)
    if (outcome.status === 'too-many') {
      const most = String(LIMITS.webhookPending)
      fail(
        'too_many_messages',
        `More than ${most} messages would wait to be sent: ask for a shorter range, or wait until those are sent that wait now.`,
      )
    }
    const { messages } = outcome
    if (by !== null) {
      const details = { endpointId, from: formatInstant(range.from), to: formatInstant(range.to), messages }
      await storage.audit(entryBy({ clock, by }, { action: 'webhook.redelivered', clientId, details }))
    }
    return { messages }
  }

  async deliveries(
    clientId: string,
    endpointId: string,
    { pageSize, cursor }: DeliveriesQuery,
  ): Promise<WebhookDeliveries> {
    const { storage, secretKeys } = this.#parts
    await this.#webhook(clientId, endpointId)
    const list = [clientId, 'deliveries', endpointId]
    const keys = await secretKeys()
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : parseInt(placeIn(cursor, list, keys), 36)
    const found = await storage.webhookDeliveries({ clientId, endpointId, before, limit: pageSize + 1 })
    const deliveries = found.slice(0, pageSize)
    const last = found.length > pageSize ? deliveries.at(-1) : undefined
    return {
      deliveries: deliveries.map(publishedDelivery),
      nextCursor: last === undefined ? null : signedPlace(last.number.toString(36), list, keys),
    }
  }

  /** @returns the endpoint as it was */
  async delete(clientId: string, endpointId: string): Promise<Webhook> {
    const webhook = await this.#webhook(clientId, endpointId)
    await this.#change(['deleteWebhook', clientId, endpointId], 'webhook.deleted', { endpointId })
    return published(webhook)
  }

  async #client(clientId: string): Promise<Client> {
    return (await this.#parts.storage.client(clientId)) ?? failUnknown(clientId)
  }

  async #webhook(clientId: string, endpointId: string): Promise<ListedWebhook> {
    await this.#client(clientId)
    const webhooks = await this.#parts.storage.webhooks(clientId)
    return webhooks.find((webhook) => webhook.endpointId === endpointId) ?? failUnknownWebhook(clientId, endpointId)
  }

  async #update(
    clientId: string,
    endpointId: string,
    changes: WebhookChanges,
    action: AuditAction,
    details: JsonObject,
  ): Promise<void> {
    await this.#change(['updateWebhook', clientId, endpointId, changes, this.#parts.clock()], action, details)
  }

  /** @returns what the store answers */
  async #change(change: Change, action: AuditAction, details: JsonObject): Promise<boolean> {
    const { storage, clock, by } = this.#parts
    if (by !== null) return storage.administer(change, entryBy({ clock, by }, { action, clientId: change[1], details }))
    if (change[0] === 'createWebhook') return storage.createWebhook(change[1], change[2])
    if (change[0] === 'updateWebhook') return storage.updateWebhook(change[1], change[2], change[3], change[4])
    return storage.deleteWebhook(change[1], change[2])
  }

  async #sealed(clientId: string, endpointId: string, secrets: Parameters<typeof sealWebhookSecrets>[2]) {
    return sealWebhookSecrets(await this.#parts.secretKeys(), { clientId, endpointId }, secrets)
  }

  #refuseAddress(url: string): void {
    const wrong = urlFault(url, this.#parts.allowPrivate)
    if (wrong !== null) failInvalid(fault('/url', wrong))
  }
}

function failUnknownWebhook(clientId: string, endpointId: string): never {
  fail('webhook_not_found', `${clientId} has no webhook ${endpointId}.`)
}

/** What the audit log tells of an address: paths may hold what is secret. */
function hostOf(url: string): string {
  return new URL(url).host
}

function inOrder(types: NewWebhookBody['eventTypes']): NewWebhookBody['eventTypes'] {
  return WEBHOOK_EVENT_TYPES.filter((type) => types.includes(type))
}

function published(webhook: ListedWebhook): Webhook {
  const { endpointId, url, eventTypes, status, pausedReason, failingSince, pending, parked } = webhook
  return {
    endpointId,
    url,
    eventTypes: [...eventTypes],
    status,
    pausedReason,
    failingSince: failingSince === null ? null : formatInstant(failingSince),
    behind: webhook.lastSequence - webhook.position,
    pending,
    parked,
    createdAt: formatInstant(webhook.createdAt),
    updatedAt: formatInstant(webhook.updatedAt),
  }
}

function publishedOutcome({ messageId, type, status, error, durationMs, at, answer }: NewDelivery): WebhookTest {
  return { messageId, type, delivered: error === null, status, error, durationMs, at: formatInstant(at), answer }
}

function publishedDelivery(delivery: StoredDelivery): WebhookDeliveries['deliveries'][number] {
  const { sequence, attempt } = delivery
  return { ...publishedOutcome(delivery), sequence, attempt }
}
