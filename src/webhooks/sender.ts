/** Sends to the endpoints of all clients. Any number of processes may do so: each endpoint is sent for by one at a time. */
import { everyWebhook } from '../clients/every-client.js'
import type { Storage } from '../storage/port/storage.js'
import type { SentWebhook } from '../storage/port/webhooks.js'
import { EndpointSender } from './endpoint-sender.js'
import type { SenderParts } from './sender-parts.js'
import { Slots } from './slots.js'

interface WebhookSenderParts extends SenderParts {
  readonly storage: SenderParts['storage'] & Pick<Storage, 'allWebhooks'>
  readonly feed: { follow(clientId: string, wake: () => void): () => void }
  /** Endpoints that one process sends for at a time, unless told, and messages that are under way then. */
  readonly mostEndpoints?: number
  readonly mostUnderWay?: number
}

const MOST_ENDPOINTS = 200
const MOST_UNDER_WAY = 200

/** The endpoints of a client, and what stops following its changes. */
interface Served {
  endpointIds: readonly string[]
  readonly stop: () => void
}

export class WebhookSender {
  readonly #parts: WebhookSenderParts
  readonly #company: { readonly slots: Slots; readonly isCrowded: () => boolean }
  readonly #mostEndpoints: number
  readonly #served = new Map<string, Served>()
  /** By endpoint; null while it is being claimed. */
  readonly #senders = new Map<string, EndpointSender | null>()
  readonly #running = new Set<Promise<void>>()
  /** Endpoints of which the last scan, or somebody since, found that another process sends for them. */
  readonly #elsewhere = new Set<string>()
  #isCrowded = false
  #isStopping = false
  #scanning: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(parts: WebhookSenderParts) {
    this.#parts = parts
    this.#company = { slots: new Slots(parts.mostUnderWay ?? MOST_UNDER_WAY), isCrowded: () => this.#isCrowded }
    this.#mostEndpoints = parts.mostEndpoints ?? MOST_ENDPOINTS
  }

  start(): void {
    this.#scanning = this.#scan()
      .catch((error: unknown) => {
        this.#warn(error, 'the webhooks could not be read; it will be tried again')
      })
      .then(() => {
        if (this.#isStopping) return
        this.#timer = setTimeout(() => {
          this.start()
        }, this.#parts.timing.scanMs).unref()
      })
  }

  /** Resolves when nothing is under way, and what was done is saved. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#timer)
    await this.#scanning
    for (const { stop } of this.#served.values()) stop()
    for (const sender of this.#senders.values()) sender?.stop()
    await Promise.all(this.#running)
  }

  /** Looks for endpoints that have something to send and that nobody sends for. */
  async #scan(): Promise<void> {
    const endpoints = new Map<string, string[]>()
    this.#isCrowded = false
    this.#elsewhere.clear()
    for await (const webhook of everyWebhook(this.#parts.storage)) {
      if (this.#isStopping) return
      const { clientId, endpointId, changes, isServed } = webhook
      const sender = this.#senders.get(keyOf(webhook))
      if (isServed) sender?.notice(changes)
      else sender?.stop()
      if (!isServed) continue
      endpoints.set(clientId, [...(endpoints.get(clientId) ?? []), endpointId])
      const now = this.#parts.clock()
      const isElsewhere = webhook.leaseOwner !== this.#parts.owner && webhook.leaseEnds > now
      if (isElsewhere) this.#elsewhere.add(keyOf(webhook))
      else if (hasWork(webhook, now)) this.#begin(webhook)
    }
    this.#follow(endpoints)
  }

  #follow(endpoints: ReadonlyMap<string, readonly string[]>): void {
    for (const [clientId, { stop }] of this.#served) {
      if (endpoints.has(clientId)) continue
      stop()
      this.#served.delete(clientId)
    }
    for (const [clientId, endpointIds] of endpoints) {
      const served = this.#served.get(clientId)
      if (served !== undefined) served.endpointIds = endpointIds
      else {
        const own = { endpointIds }
        const stop = this.#parts.feed.follow(clientId, () => {
          for (const endpointId of own.endpointIds) this.#wake({ clientId, endpointId })
        })
        this.#served.set(clientId, Object.assign(own, { stop }))
      }
    }
  }

  #wake(endpoint: Endpoint): void {
    const sender = this.#senders.get(keyOf(endpoint))
    if (sender === undefined) this.#begin(endpoint)
    else sender?.wake()
  }

  #begin(endpoint: Endpoint): void {
    const key = keyOf(endpoint)
    if (this.#isStopping || this.#senders.has(key) || this.#elsewhere.has(key)) return
    if (this.#senders.size >= this.#mostEndpoints) {
      this.#isCrowded = true
      return
    }
    this.#senders.set(key, null)
    const running = this.#run(key, endpoint)
      .catch((error: unknown) => {
        this.#warn(error, 'sending to a webhook failed; it goes on where it was saved', endpoint)
      })
      .finally(() => {
        this.#senders.delete(key)
        this.#running.delete(running)
      })
    this.#running.add(running)
  }

  async #run(key: string, endpoint: Endpoint): Promise<void> {
    const sender = await EndpointSender.claim(this.#parts, this.#company, endpoint)
    if (sender === null) {
      this.#elsewhere.add(key)
      return
    }
    this.#senders.set(key, sender)
    if (this.#isStopping) sender.stop()
    await sender.run()
  }

  #warn(error: unknown, sentence: string, { clientId, endpointId }: Partial<Endpoint> = {}): void {
    this.#parts.logger.warn({ err: error, clientId, endpointId }, sentence)
  }
}

type Endpoint = Pick<SentWebhook, 'clientId' | 'endpointId'>

function keyOf({ clientId, endpointId }: Endpoint): string {
  return `${clientId} ${endpointId}`
}

function hasWork({ position, lastSequence, nextAt }: SentWebhook, now: number): boolean {
  return position < lastSequence || (nextAt !== null && nextAt <= now)
}
