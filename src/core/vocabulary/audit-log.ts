/** What administrators do, as the audit log calls it. */
export const AUDIT_ACTIONS = [
  'client.created',
  'client.updated',
  'client.deleting',
  'client.restored',
  'client.deleted',
  'business-hours.set',
  'key.created',
  'key.ended',
  'recording.heard',
  'secrets.rotated',
  'store.repaired',
  'reconciliation.started',
  'webhook.created',
  'webhook.updated',
  'webhook.secret-rotated',
  'webhook.redelivered',
  'webhook.deleted',
  'person.erased',
  'person.exported',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]
