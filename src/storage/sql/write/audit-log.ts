/** What administrators do, with a record of it. */
import type { AdminChange, AuditEntry } from '../../port/audit-log.js'
import type { Session } from '../session.js'
import { rowsOf, run, sql } from '../transaction.js'
import { setBusinessHours } from './business-hours.js'
import { createApiKey, createClient, revokeApiKey, updateClient } from './clients.js'
import { createWebhook, deleteWebhook, updateWebhook } from './webhooks.js'

const CHANGES = {
  createClient,
  updateClient,
  createApiKey,
  revokeApiKey,
  setBusinessHours,
  createWebhook,
  updateWebhook,
  deleteWebhook,
}

/** See `Storage.administer`. */
export async function administer(session: Session, change: AdminChange, entry: AuditEntry): Promise<boolean> {
  const [method, ...args] = change
  const make = CHANGES[method] as (session: Session, ...args: readonly unknown[]) => Promise<boolean>
  if (!(await make(session, ...args))) return false
  await addToAuditLog(session, entry)
  return true
}

/** See `Storage.audit`. */
export function audit(session: Session, entry: AuditEntry): Promise<void> {
  return addToAuditLog(session, entry)
}

/** Its ids have no gaps, which a sequence of the database would leave where a transaction is rolled back. */
export async function addToAuditLog({ tx }: Session, entry: AuditEntry): Promise<void> {
  const { at, actor, action, clientId, details, requestId } = entry
  // On a server, actions at once would take the same id.
  if (tx.engine === 'postgres') run(tx, sql`lock table audit_log in share row exclusive mode`)
  const [last] = (await rowsOf(tx, sql<{ id: number }>`select coalesce(max(id), 0) as id from audit_log`)) as [
    { id: number },
  ]
  run(
    tx,
    sql`insert into audit_log (id, at, actor, action, client_id, details, request_id)
      values (${last.id + 1}, ${at}, ${actor}, ${action}, ${clientId ?? ''}, ${JSON.stringify(details)}, ${requestId})`,
  )
}
