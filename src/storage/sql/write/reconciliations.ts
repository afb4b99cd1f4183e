/** Reconciliations: one of a client goes on at a time, in whatever process. */
import { RECONCILIATION_STATES, type ReconciliationState } from '../../../core/vocabulary/reconciliation.js'
import type { ReconciliationClaim, ReconciliationOutcome, StoredReconciliation } from '../../port/reconciliations.js'
import { reconciliationOf } from '../read/reconciliations.js'
import { clientNumber, requireClient, type Session } from '../session.js'
import { rowOf, run, sql } from '../transaction.js'
import { lockClient } from './state.js'

/** See `Storage.claimReconciliation`. */
export async function claimReconciliation(
  session: Session,
  clientId: string,
  claim: ReconciliationClaim,
): Promise<ReconciliationOutcome> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  await lockClient(tx, client)
  const known = await reconciliationOf(tx, client)
  if (known !== null && isInTheWay(known, claim)) return { isClaimed: false, run: known }
  const { runId, startedBy, now, report } = claim
  const begun = { runId, startedBy, state: 'running', startedAt: now, updatedAt: now, report } as const
  run(
    tx,
    sql`insert into reconciliations (client, run_id, started_by, state, started_at, updated_at, report)
      values (${client}, ${runId}, ${startedBy}, ${codeOf('running')}, ${now}, ${now}, ${report})
      on conflict (client) do update set run_id = excluded.run_id, started_by = excluded.started_by,
        state = excluded.state, started_at = excluded.started_at, updated_at = excluded.updated_at,
        report = excluded.report`,
  )
  return { isClaimed: true, run: begun }
}

/** See `Storage.saveReconciliation`. */
export async function saveReconciliation(
  session: Session,
  clientId: string,
  { runId, state, updatedAt, report }: Pick<StoredReconciliation, 'runId' | 'state' | 'updatedAt' | 'report'>,
): Promise<boolean> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  if (client === null) return false
  const saved = await rowOf(
    tx,
    sql`update reconciliations set state = ${codeOf(state)}, updated_at = ${updatedAt}, report = ${report}
      where client = ${client} and run_id = ${runId} returning client`,
  )
  return saved !== undefined
}

function isInTheWay(known: StoredReconciliation, { startedBy, silentFrom, ownFrom }: ReconciliationClaim): boolean {
  if (known.state === 'running') return known.updatedAt >= silentFrom
  return known.state !== 'stopped' && known.startedBy === startedBy && known.startedAt >= ownFrom
}

function codeOf(state: ReconciliationState): number {
  return RECONCILIATION_STATES.indexOf(state)
}
