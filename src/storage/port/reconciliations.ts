/** Runs that compare calls with Exotel’s own records: one at a time a client. */
import type { ReconciliationState } from '../../core/vocabulary/reconciliation.js'

/** A client's reconciliation with Exotel's records. */
export interface StoredReconciliation {
  /** Names the run: another one of the client has another. */
  readonly runId: string
  /** Name of an admin token, or `server`. */
  readonly startedBy: string
  readonly state: ReconciliationState
  readonly startedAt: number
  /** When the run last said something of itself. */
  readonly updatedAt: number
  /** What it has found, as JSON. */
  readonly report: string
}

/** A reconciliation that somebody wants to start. */
export interface ReconciliationClaim extends Pick<StoredReconciliation, 'runId' | 'startedBy' | 'report'> {
  /** Epoch milliseconds. */
  readonly now: number
  /** One that goes on and has said nothing since is given up. */
  readonly silentFrom: number
  /** One that the same started since, and that came to its end, is enough; `Infinity` when none is. */
  readonly ownFrom: number
}

/** @property run the one that was claimed, or the one in its way */
export interface ReconciliationOutcome {
  readonly isClaimed: boolean
  readonly run: StoredReconciliation
}

export interface ReconciliationStorage {
  /**
   * Starts a reconciliation, in place of the client's last one, unless one goes on, in any process, or is enough. Durable when it
   * resolves.
   */
  claimReconciliation(clientId: string, claim: ReconciliationClaim): Promise<ReconciliationOutcome>
  /** Says how far a run is. @returns false when another has taken its place; nothing was written */
  saveReconciliation(
    clientId: string,
    run: Pick<StoredReconciliation, 'runId' | 'state' | 'updatedAt' | 'report'>,
  ): Promise<boolean>
  /** The run that goes on, or the last one; null when there was none. */
  reconciliation(clientId: string): Promise<StoredReconciliation | null>
}
