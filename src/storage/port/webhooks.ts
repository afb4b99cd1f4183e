/** What is kept of webhooks, for those who set them up and for whoever sends. */
import type { TimeRange } from '../../core/range.js'
import type { WebhookEventType, WebhookStatus } from '../../core/vocabulary/webhooks.js'
import type { WebhookSettings } from '../../core/webhooks.js'

/** Where a client's messages are sent. */
export interface StoredWebhook extends WebhookSettings {
  readonly clientId: string
  readonly endpointId: string
  /** Can be opened by `clients/webhook-secrets.ts` only. */
  readonly sealedSecrets: string
  /** Why the server paused it; null where somebody did, and of one that is active. */
  readonly pausedReason: string | null
  /** When the first of the failures was after which nothing was delivered; null when the last delivery succeeded. */
  readonly failingSince: number | null
  /** Every change up to this sequence is delivered, pending or parked, or was not wanted. */
  readonly position: number
  /** Of the client's last event. */
  readonly lastSequence: number
  /** When the next pending message is due; null when none is. */
  readonly nextAt: number | null
  /** The last quota message that was delivered: see `quotaMark`. Empty: none was. */
  readonly quotaTold: string
  /** Counts what others than its sender changed of it: a sender that knows fewer reads anew. */
  readonly changes: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** An endpoint, and how many of its messages wait to be sent again, or were given up. */
export interface ListedWebhook extends StoredWebhook {
  readonly pending: number
  readonly parked: number
}

/** One of all clients' endpoints. */
export interface SentWebhook extends StoredWebhook {
  /** Whether it is active, and its client, too. */
  readonly isServed: boolean
  /** The process that claimed it, which sends for it until then; null: none ever did. */
  readonly leaseOwner: string | null
  readonly leaseEnds: number
}

export interface NewWebhook extends Omit<WebhookSettings, 'status'> {
  readonly endpointId: string
  readonly sealedSecrets: string
  readonly createdAt: number
}

/** What is to be different about an endpoint: members that are absent stay. One that becomes active tries all that is pending at once. */
export interface WebhookChanges {
  readonly url?: string
  readonly eventTypes?: readonly WebhookEventType[]
  readonly status?: WebhookStatus
  readonly sealedSecrets?: string
}

/** A message that could not be delivered yet, or that is to be delivered again. */
export interface PendingMessage {
  /** Of the change that it tells of. */
  readonly sequence: number
  /** The call: its messages are sent one after the other. */
  readonly sessionId: string
  /** Tries that failed. */
  readonly attempts: number
  /** When the first of them was; null before that. */
  readonly firstAt: number | null
  readonly nextAt: number
  /** Given up: it is sent again only when somebody asks for it. */
  readonly isParked: boolean
}

/** What became of one try to deliver a message. */
export interface NewDelivery {
  /** Of the change; null of a message about none. */
  readonly sequence: number | null
  readonly messageId: string
  readonly type: string
  /** Which try of the message it was, from 1. */
  readonly attempt: number
  readonly at: number
  readonly durationMs: number
  /** HTTP status of the answer; null when none came. */
  readonly status: number | null
  /** Why it failed; null when it was delivered. */
  readonly error: string | null
  /** The beginning of the answer. */
  readonly answer: string
}

export interface StoredDelivery extends NewDelivery {
  /** Ascends with the order in which they were noted. */
  readonly number: number
}

/** Who sends for an endpoint, and until when nobody else does. */
export interface WebhookLease {
  /** Names the process. */
  readonly owner: string
  readonly now: number
  /** `now`, or before: it is given back. */
  readonly ends: number
}

/** What a sender has done since it said so last. */
export interface WebhookProgress {
  readonly lease: WebhookLease
  /** What the sender knows of `StoredWebhook.changes`. */
  readonly changes: number
  readonly position: number
  readonly nextAt: number | null
  readonly failingSince: number | null
  readonly quotaTold: string
  /** New and changed ones. */
  readonly pending: readonly PendingMessage[]
  /** Sequences of those that are delivered, or tell of nothing any more. */
  readonly settled: readonly number[]
  readonly deliveries: readonly NewDelivery[]
  /** Pauses the endpoint, because of this; null does not. */
  readonly pausedReason: string | null
}

/** `too-many`: more messages would wait than may. */
export type Redelivery =
  | { readonly status: 'queued'; readonly messages: number }
  | { readonly status: 'too-many' }
  | { readonly status: 'unknown' }

export interface WebhookStorage {
  /** The endpoints of a client, oldest first; none when there is no such client. */
  webhooks(clientId: string): Promise<readonly ListedWebhook[]>
  /** Endpoints of all clients, by client and id: those after one, at most `limit`. Waits for no commit. */
  allWebhooks(window: {
    readonly after: readonly [clientId: string, endpointId: string]
    readonly limit: number
  }): Promise<readonly SentWebhook[]>
  /**
   * Adds an endpoint, which is sent what changes from then on. Durable when it resolves.
   * @returns false when the client has `LIMITS.webhooks` of them
   */
  createWebhook(clientId: string, webhook: NewWebhook): Promise<boolean>
  /** @returns false when there is no such endpoint */
  updateWebhook(clientId: string, endpointId: string, changes: WebhookChanges, now: number): Promise<boolean>
  /** Replaces sealed secrets, if they are still those of `from`. @returns whether they were */
  resealWebhook(clientId: string, endpointId: string, from: string, to: string): Promise<boolean>
  /** Removes an endpoint, with all that is kept of it. @returns false when there is no such endpoint */
  deleteWebhook(clientId: string, endpointId: string): Promise<boolean>
  /** Makes every change by an event that occurred in a range pending again, parked ones too. */
  redeliverWebhook(clientId: string, endpointId: string, range: TimeRange, now: number): Promise<Redelivery>
  /** What became of tries, newest first: those before a number. The newest `LIMITS.webhookDeliveries` are kept. */
  webhookDeliveries(query: {
    readonly clientId: string
    readonly endpointId: string
    readonly before: number
    readonly limit: number
  }): Promise<readonly StoredDelivery[]>
  /** Notes tries that no sender made. Nothing when there is no such endpoint. */
  noteDeliveries(clientId: string, endpointId: string, deliveries: readonly NewDelivery[]): Promise<void>

  /** Makes a process the only one that sends for an endpoint. @returns null when another one is, or nobody may send */
  claimWebhook(clientId: string, endpointId: string, lease: WebhookLease): Promise<StoredWebhook | null>
  /** Messages that wait to be sent again, by sequence. */
  pendingMessages(clientId: string, endpointId: string): Promise<readonly PendingMessage[]>
  /**
   * Says what a sender has done, and keeps its lease: all in one transaction.
   * @returns the endpoint as it is now; null when the lease is another's, or the endpoint is gone: nothing was written
   */
  saveWebhookProgress(clientId: string, endpointId: string, progress: WebhookProgress): Promise<StoredWebhook | null>
}
