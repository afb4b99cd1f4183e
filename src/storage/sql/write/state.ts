import type { ClientStateRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowOf, run, sql, type Transaction } from '../transaction.js'
import { StoredTallies, TallyChanges } from './tallies.js'

/** How far dropping is, which is written by itself. */
type Dropping = 'dropping_since' | 'dropped_at' | 'dropped_rows'

export interface LockedClient extends Omit<ClientStateRow, 'client' | Dropping> {
  readonly timezone: string
  readonly region: string
  /** 1 when it is. */
  readonly retention_paused: number
}

/**
 * Locks a client's state row, which every transaction that writes for the client does first. Writers of one client take
 * turns, in this process and others: no join is lost, nothing deadlocks, and sequences follow the order of commits.
 */
export function lockClient(tx: Transaction, client: number): Promise<LockedClient> {
  // SQLite has one writer at a time, and no words for locking a row.
  return clientState(tx, client, tx.engine === 'postgres' ? sql`for update of s` : sql``)
}

/** @param lock what the statement ends with */
export async function clientState(tx: Transaction, client: number, lock = sql``): Promise<LockedClient> {
  const found = await rowOf(
    tx,
    sql<LockedClient>`select s.version, s.last_sequence, s.last_customer, s.calls, s.seconds, s.retained_from, s.dropped_to,
        s.has_nameless, s.last_agent, s.erasures, c.timezone, c.region, c.retention_paused
      from client_state s join clients c on c.client = s.client
      where s.client = ${client} ${lock}`,
  )
  // Every client is created with its state.
  return found as LockedClient
}

/** A client that a transaction has locked, its counters as they are now, and what is to be added to its tallies. */
export interface UnsettledClient {
  readonly state: LockedClient
  readonly changes: TallyChanges
}

/** Locks a client for recording events, once a transaction. */
export async function openClient(session: Session, client: number): Promise<UnsettledClient> {
  const { tx, unsettled, remembered } = session
  const known = unsettled.get(client)
  if (known !== undefined) return known
  const state = await lockClient(tx, client)
  forgetErased(session, client, state.erasures)
  const last = remembered.get(client)
  const isCurrent = last?.version === state.version
  const opened = { state, changes: new TallyChanges(state.timezone, isCurrent ? last.tallies : new StoredTallies()) }
  unsettled.set(client, opened)
  return opened
}

/** What is known of customers may be of one who was erased since, here or by another process. */
function forgetErased({ numbers, named, erasures }: Session, client: number, now: number): void {
  const before = erasures.get(client)
  if (before !== undefined && before !== now) {
    numbers.customer.clear()
    named.clear()
  }
  erasures.set(client, now)
}

/**
 * Writes the counters and tallies that recording has changed. Many batches of one transaction may go before it, and every
 * other method comes after it: until then nothing may read them.
 */
export async function settle({ tx, unsettled, remembered }: Session): Promise<void> {
  for (const [client, { state, changes }] of unsettled) {
    const { total, tallies } = await changes.write(tx, client, state.last_sequence)
    state.calls += total.calls
    state.seconds += total.seconds
    const version = saveClientState(tx, client, state)
    remembered.set(client, { version, timezone: state.timezone, tallies })
  }
  unsettled.clear()
}

/** Whoever has changed a client's tallies calls it. @returns the client's new version */
export function saveClientState(tx: Transaction, client: number, state: LockedClient): number {
  const version = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)
  run(
    tx,
    sql`update client_state set version = ${version}, last_sequence = ${state.last_sequence}, last_customer = ${state.last_customer},
        calls = ${state.calls}, seconds = ${state.seconds}, retained_from = ${state.retained_from},
        dropped_to = ${state.dropped_to}, has_nameless = ${state.has_nameless},
        last_agent = ${state.last_agent}
      where client = ${client}`,
  )
  return version
}
