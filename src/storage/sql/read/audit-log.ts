import type { JsonObject } from '../../../core/json.js'
import type { AuditAction } from '../../../core/vocabulary/audit-log.js'
import type { StoredAuditEntry } from '../../port/audit-log.js'
import type { AuditRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'

/** See `Storage.auditLog`. */
export async function auditLog(
  { tx }: Session,
  { clientId, before, limit }: { clientId: string | null; before: number | null; limit: number },
): Promise<readonly StoredAuditEntry[]> {
  const ofClient = clientId === null ? sql`` : sql`and client_id = ${clientId}`
  const rows = await rowsOf(
    tx,
    sql<AuditRow>`select * from audit_log where id < ${before ?? Number.MAX_SAFE_INTEGER} ${ofClient}
      order by id desc limit ${limit}`,
  )
  return rows.map(({ client_id: clientId, request_id: requestId, action, details, ...entry }) => ({
    ...entry,
    clientId: clientId === '' ? null : clientId,
    action: action as AuditAction,
    details: JSON.parse(details) as JsonObject,
    requestId,
  }))
}
