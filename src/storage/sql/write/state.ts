import type { ClientStateRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowOf, run, sql, type Transaction } from '../transaction.js'
import { TallyChanges } from './tallies.js'

export interface LockedClient extends Omit<ClientStateRow, 'client'> {
  readonly timezone: string
}

/**
 * Locks a client's state row, which every transaction that writes for the client does first. Writers of one client take
 * turns, in this process and others: no join is lost, nothing deadlocks, and sequences follow the order of commits.
 */
export async function lockClient(tx: Transaction, client: number): Promise<LockedClient> {
  const found = await rowOf(
    tx,
    // SQLite has one writer at a time, and no words for locking a row.
    sql<LockedClient>`select s.last_sequence, s.last_customer, s.calls, s.seconds, s.retained_from, s.dropped_to,
        s.has_nameless, c.timezone
      from client_state s join clients c on c.client = s.client
      where s.client = ${client} ${tx.engine === 'postgres' ? sql`for update of s` : sql``}`,
  )
  if (found === undefined) throw new Error(`client ${String(client)} has no state`)
  return found
}

/** A client that a transaction has locked, its counters as they are now, and what is to be added to its tallies. */
export interface UnsettledClient {
  readonly state: LockedClient
  readonly changes: TallyChanges
}

/** Locks a client for recording events, once a transaction. */
export async function openClient({ tx, unsettled, zones }: Session, client: number): Promise<UnsettledClient> {
  const known = unsettled.get(client)
  if (known !== undefined) return known
  const state = await lockClient(tx, client)
  zones.set(client, state.timezone)
  const opened = { state, changes: new TallyChanges(state.timezone) }
  unsettled.set(client, opened)
  return opened
}

/**
 * Writes the counters and tallies that recording has changed. Many batches of one transaction may go before it, and every
 * other method comes after it: until then nothing may read them.
 */
export async function settle({ tx, unsettled }: Session): Promise<void> {
  for (const [client, { state, changes }] of unsettled) {
    const total = await changes.write(tx, client, state.last_sequence)
    state.calls += total.calls
    state.seconds += total.seconds
    saveClientState(tx, client, state)
  }
  unsettled.clear()
}

export function saveClientState(tx: Transaction, client: number, state: LockedClient): void {
  run(
    tx,
    sql`update client_state set last_sequence = ${state.last_sequence}, last_customer = ${state.last_customer},
        calls = ${state.calls}, seconds = ${state.seconds}, retained_from = ${state.retained_from},
        dropped_to = ${state.dropped_to}, has_nameless = ${state.has_nameless}
      where client = ${client}`,
  )
}
