/** Webhooks: what they are sent, and whether. */
import { CALL_CHANGES } from './changes.js'

/** What webhooks are sent: changes of calls, and that the month's calls are nearly or all used up. */
export const WEBHOOK_EVENT_TYPES = [...CALL_CHANGES, 'quota.warning', 'quota.reached'] as const
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number]
/** Sent to an endpoint when somebody tries it. */
export const WEBHOOK_TEST = 'webhook.test'

/** The order is that of the database: add at the end. */
export const WEBHOOK_STATUSES = ['active', 'paused'] as const
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number]
