/** Whether what is stored beside events follows from them. */
import type { AuditEntry } from './audit-log.js'

/** What is stored beside events, in the order in which each part follows from those before it. */
export const CHECK_PARTS = ['events', 'calls', 'customers', 'words', 'days', 'eventDays', 'totals', 'pages'] as const
export type CheckPart = (typeof CHECK_PARTS)[number]

/** Where a batch of a check ended. */
export type CheckPlace = string | number

/** Something that does not follow from the events. */
export interface Difference {
  /** What it is one of, in words: they name many. */
  readonly kind: string
  /** Which one. */
  readonly id: string
}

export interface CheckBatch {
  /** How many were compared. */
  readonly checked: number
  /** Where the next batch goes on; null when there is none. */
  readonly next: CheckPlace | null
  readonly differences: readonly Difference[]
}

export interface CheckStorage {
  /**
   * Compares a batch of what is stored beside a client's events with what follows from them, in one transaction.
   * @param after where the batch before it ended; null begins
   */
  checkStored(clientId: string, part: CheckPart, after: CheckPlace | null): Promise<CheckBatch>
  /**
   * As `checkStored`, and puts right what differs, in the same transaction, which also adds the entry to the audit log when there is
   * something. Servers that run may remember reports that were counted before it.
   */
  repairStored(clientId: string, part: CheckPart, after: CheckPlace | null, entry: AuditEntry): Promise<CheckBatch>
}
