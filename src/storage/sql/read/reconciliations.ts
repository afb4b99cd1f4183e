import { RECONCILIATION_STATES, type ReconciliationState } from '../../../core/vocabulary/reconciliation.js'
import type { StoredReconciliation } from '../../port/reconciliations.js'
import type { ReconciliationRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { rowOf, sql, type Transaction } from '../transaction.js'

/** See `Storage.reconciliation`. */
export async function reconciliation(session: Session, clientId: string): Promise<StoredReconciliation | null> {
  return reconciliationOf(session.tx, await clientNumber(session, clientId))
}

export async function reconciliationOf(tx: Transaction, client: number | null): Promise<StoredReconciliation | null> {
  const row = await rowOf(tx, sql<ReconciliationRow>`select * from reconciliations where client = ${client}`)
  return row === undefined
    ? null
    : {
        runId: row.run_id,
        startedBy: row.started_by,
        state: RECONCILIATION_STATES[row.state] as ReconciliationState,
        startedAt: row.started_at,
        updatedAt: row.updated_at,
        report: row.report,
      }
}
