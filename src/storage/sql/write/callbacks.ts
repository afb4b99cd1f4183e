/** What is counted of callbacks. */
import { LIMITS } from '../../../core/limits.js'
import { CALLBACK_COUNTS } from '../../../core/vocabulary/callbacks.js'
import type { CallbackNote } from '../../port/callbacks.js'
import type { CallbackNoteRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { rowsOf, run, sql } from '../transaction.js'

/** Kinds that are one row a callback at the most. */
const ALWAYS_KEPT: ReadonlySet<string> = new Set([...CALLBACK_COUNTS, 'others'])

/**
 * See `Storage.noteCallbacks`. Rows are written in the order of their key, so that processes which write at once wait for
 * each other and never for ever.
 */
export async function noteCallbacks(session: Session, clientId: string, notes: readonly CallbackNote[]): Promise<void> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  if (client === null) return
  const stored = await rowsOf(
    tx,
    sql<Pick<CallbackNoteRow, 'event' | 'kind' | 'what'>>`select event, kind, what from callback_notes
      where client = ${client}`,
  )
  const known = new Set(stored.map(keyOf))
  let room = LIMITS.callbackOddities - stored.filter(({ kind }) => !ALWAYS_KEPT.has(kind)).length
  const written = new Map<string, CallbackNote>()
  for (const note of notes) {
    const isNew = !ALWAYS_KEPT.has(note.kind) && !known.has(keyOf(note))
    if (isNew) room -= 1
    const kept: CallbackNote = isNew && room < 0 ? { ...note, kind: 'others', what: '' } : note
    written.set(keyOf(kept), added(written.get(keyOf(kept)), kept))
  }
  const inOrder = [...written].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [, { event, kind, what, times, firstAt, lastAt, logId }] of inOrder) {
    run(
      tx,
      sql`insert into callback_notes (client, event, kind, what, times, first_at, last_at, log_id)
        values (${client}, ${event}, ${kind}, ${what}, ${times}, ${firstAt}, ${lastAt}, ${logId})
        on conflict (client, event, kind, what) do update set times = callback_notes.times + excluded.times,
          last_at = excluded.last_at, log_id = excluded.log_id`,
    )
  }
}

function keyOf({ event, kind, what }: Pick<CallbackNoteRow, 'event' | 'kind' | 'what'>): string {
  return `${event} ${kind} ${what}`
}

function added(one: CallbackNote | undefined, other: CallbackNote): CallbackNote {
  return one === undefined ? other : { ...other, times: one.times + other.times, firstAt: one.firstAt }
}
