/** Reconciliation with Exotel’s own records. */

/**
 * What of a call is compared with Exotel's own record of it. Not when it began and ended: of the same call one report of Exotel's
 * says a second more than another.
 */
export const RECONCILED_MEMBERS = [
  'status',
  'answered',
  'confirmed',
  'durationSeconds',
  'direction',
  'phoneNumber',
  'virtualNumber',
  'recordingUrl',
] as const
export type ReconciledMember = (typeof RECONCILED_MEMBERS)[number]

/**
 * What reconciliation finds of a call: Exotel knew of one that was not known here; it told something of a known one; or it knows
 * nothing of one.
 */
export const RECONCILED_KINDS = ['missing', 'changed', 'unknown'] as const
export type ReconciledKind = (typeof RECONCILED_KINDS)[number]

/** `running` until it is `finished`, `failed`, or `stopped` with its server. The order is that of the database: add at the end. */
export const RECONCILIATION_STATES = ['running', 'finished', 'failed', 'stopped'] as const
export type ReconciliationState = (typeof RECONCILIATION_STATES)[number]
