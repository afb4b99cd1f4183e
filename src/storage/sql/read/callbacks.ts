import type { CallbackNote } from '../../port/callbacks.js'
import type { CallbackNoteRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'

/** See `Storage.callbackNotes`. */
export async function callbackNotes(session: Session, clientId: string): Promise<readonly CallbackNote[]> {
  const client = await clientNumber(session, clientId)
  const rows = await rowsOf(
    session.tx,
    sql<CallbackNoteRow>`select event, kind, what, times, first_at, last_at, log_id from callback_notes
      where client = ${client} order by event, kind, what`,
  )
  return rows.map(({ event, kind, what, times, first_at: firstAt, last_at: lastAt, log_id: logId }) => ({
    event: event as CallbackNote['event'],
    kind: kind as CallbackNote['kind'],
    what,
    times,
    firstAt,
    lastAt,
    logId,
  }))
}
