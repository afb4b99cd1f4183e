/** What administrators did: appended with each of their changes, and read page by page. */
import type { AuditLogPage, AuditLogQuery } from '../../schemas/audit-log.js'
import { formatInstant } from '../core/calendar.js'
import type { AuditEntry } from '../storage/port/audit-log.js'
import type { Storage } from '../storage/port/storage.js'

/** Who changes something, and in which request; null is none. */
export type Actor = Pick<AuditEntry, 'actor' | 'requestId'>

/** An entry about what is done now. */
export function entryBy(
  { clock, by }: { readonly clock: () => number; readonly by: Actor },
  what: Pick<AuditEntry, 'action' | 'clientId' | 'details'>,
): AuditEntry {
  return { at: clock(), ...by, ...what }
}

/** Entries, newest first. @param before the id that those of the page before end with */
export async function auditLogPage(
  storage: Pick<Storage, 'auditLog'>,
  { clientId, before, limit }: AuditLogQuery,
): Promise<AuditLogPage> {
  const found = await storage.auditLog({ clientId: clientId ?? null, before: before ?? null, limit: limit + 1 })
  const entries = found.slice(0, limit)
  return {
    entries: entries.map(({ at, ...entry }) => ({ ...entry, at: formatInstant(at) })),
    nextBefore: found.length > limit ? (entries.at(-1) as (typeof entries)[number]).id : null,
  }
}
