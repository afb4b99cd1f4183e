/** What a check of a store goes through: each part in batches, each batch in a transaction that sees one moment. */
import type { CheckBatch, CheckPlace } from '../../port/check.js'
import type { Session } from '../session.js'
import type { LockedClient } from '../write/state.js'

export interface Checked {
  readonly session: Session
  readonly client: number
  /** Locked where `mends` is set. */
  readonly state: LockedClient
  /** Whether what differs is put right. */
  readonly mends: boolean
}

/** @param after where the batch before it ended; null begins */
export type Part = (of: Checked, after: CheckPlace | null) => Promise<CheckBatch>

export const NOTHING_LEFT: CheckBatch = { checked: 0, next: null, differences: [] }

/** Where a batch ended that read as many rows as it may; null where nothing is left. */
export function endOf<Row>(rows: readonly Row[], most: number, placeOf: (row: Row) => CheckPlace): CheckPlace | null {
  const last = rows.at(-1)
  return last === undefined || rows.length < most ? null : placeOf(last)
}
