import { run, type Row, type Transaction } from './bulk.js'

/**
 * Locks a client's ledger row, which every transaction that writes for the client does first: writers of one client take
 * turns, in this process and others, no join is lost, nothing deadlocks, and sequence numbers follow the order of commits.
 * @param events how many sequence numbers to take: the last of them is the row's `last_sequence`
 * @returns the row; undefined when there is no such client
 */
export async function lockLedger(
  tx: Transaction,
  clientId: string,
  events = 0,
): Promise<Omit<Row<'ledgers'>, 'client_id'> | undefined> {
  const [ledger] = await run(
    tx,
    'lock ledger',
    (db) =>
      db
        .updateTable('ledgers')
        .set((eb) => ({ last_sequence: eb('last_sequence', '+', 0) }))
        .where('client_id', '=', '')
        .returning(['last_sequence', 'timezone', 'retained_from'])
        .compile(),
    [events, clientId],
  )
  return ledger
}
