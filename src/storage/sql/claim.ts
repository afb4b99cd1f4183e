/** Stored events whose call came to be, or changed its direction, after them. */
import { find, type Transaction } from './bulk.js'
import type { TallyChanges } from './changes.js'
import type { FoldedCall } from './fold.js'

const CLAIMED_COLUMNS = [
  'call_key',
  'occurred_at',
  'sequence',
  'event',
  'direction',
  'customer_id',
  'own_direction',
] as const

/**
 * Gives calls their stored events where something changed: a new call those that named it before it began, a call that
 * turned out to go the other way those that say no direction of their own. Moves them in the tallies.
 * @param begun keys of new calls
 * @param turned sequences of calls whose direction is another
 */
export async function claimEvents(
  tx: Transaction,
  clientId: string,
  begun: readonly string[],
  turned: readonly number[],
  calls: ReadonlyMap<string, FoldedCall>,
  changes: TallyChanges,
): Promise<void> {
  const early = await find(tx, 'early events', clientId, 'call_key', begun, (db) =>
    db.selectFrom('events').select(CLAIMED_COLUMNS).where('call_sequence', 'is', null),
  )
  const late =
    turned.length === 0
      ? []
      : await tx.db
          .selectFrom('events')
          .select(CLAIMED_COLUMNS)
          .where('client_id', '=', clientId)
          .where('call_sequence', 'in', turned)
          .execute()
  for (const row of [...early, ...late]) {
    const owner = calls.get(row.call_key as string) as FoldedCall
    const direction = row.own_direction === 1 ? row.direction : owner.direction
    changes.countEvent(row, -1)
    changes.countEvent({ ...row, direction }, 1)
    await tx.db
      .updateTable('events')
      .set({ direction, call_sequence: owner.sequence })
      .where('client_id', '=', clientId)
      .where('occurred_at', '=', row.occurred_at)
      .where('sequence', '=', row.sequence)
      .execute()
  }
}
