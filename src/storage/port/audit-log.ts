/** What administrators do, and the log that says so. */
import type { ScheduleVersion } from '../../core/analytics/schedule.js'
import type { JsonObject } from '../../core/json.js'
import type { AuditAction } from '../../core/vocabulary/audit-log.js'
import type { ClientChanges, NewClient } from './clients.js'
import type { NewApiKey } from './keys.js'
import type { NewWebhook, WebhookChanges } from './webhooks.js'

/** What an administrator does, of which the audit log keeps a record. */
export type AdminChange =
  | readonly ['createClient', client: NewClient]
  | readonly ['updateClient', clientId: string, changes: ClientChanges]
  | readonly ['createApiKey', clientId: string, key: NewApiKey]
  | readonly ['revokeApiKey', clientId: string, keyHash: string, at: number]
  | readonly ['setBusinessHours', clientId: string, version: ScheduleVersion]
  | readonly ['createWebhook', clientId: string, webhook: NewWebhook]
  | readonly ['updateWebhook', clientId: string, endpointId: string, changes: WebhookChanges, now: number]
  | readonly ['deleteWebhook', clientId: string, endpointId: string]

/** What the audit log says of one action. It holds no secret. */
export interface AuditEntry {
  readonly at: number
  /** Who: the name of an admin token, or whoever ran the command line. */
  readonly actor: string
  readonly action: AuditAction
  /** Null is about all clients. */
  readonly clientId: string | null
  /** What was set, and how. */
  readonly details: JsonObject
  /** Of the request that asked for it; null where none did. */
  readonly requestId: string | null
}

export interface StoredAuditEntry extends AuditEntry {
  /** Ascends with the order of the actions, without gaps. */
  readonly id: number
}

export interface AuditStorage {
  /**
   * Makes a change and adds an entry about it to the audit log, in one transaction.
   * @returns what the change's own method does; false adds no entry
   */
  administer(change: AdminChange, entry: AuditEntry): Promise<boolean>
  /** Adds an entry to the audit log about what is no change. Durable when it resolves. */
  audit(entry: AuditEntry): Promise<void>
  /** Entries of the audit log, newest first: those before an id, of one client or of all. Waits for no commit. */
  auditLog(query: {
    readonly clientId: string | null
    readonly before: number | null
    readonly limit: number
  }): Promise<readonly StoredAuditEntry[]>
}
