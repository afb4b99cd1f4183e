/** What Exotel has sent, for whoever operates the server. */
import type { CallbackSummary } from '../../schemas/exotel-callbacks.js'
import { formatInstant } from '../core/calendar.js'
import {
  CALLBACK_COUNTS,
  CALLBACK_EVENTS,
  type CallbackEvent,
  type CallbackOddity,
} from '../core/vocabulary/callbacks.js'
import type { CallbackNote } from '../storage/port/callbacks.js'
import type { Storage } from '../storage/port/storage.js'
import { failUnknown } from './client-accounts.js'

/** What came of each kind, and what was odd about it. @throws ApiError 404 when there is no such client */
export async function callbackSummary(
  storage: Pick<Storage, 'client' | 'callbackNotes'>,
  clientId: string,
): Promise<CallbackSummary> {
  if ((await storage.client(clientId)) === null) failUnknown(clientId)
  const notes = await storage.callbackNotes(clientId)
  const callbacks = CALLBACK_EVENTS.map((event) => countsOf(event, notes))
  const oddities = notes.filter(isOddity).map(({ firstAt, lastAt, ...note }) => {
    return { ...note, firstAt: formatInstant(firstAt), lastAt: formatInstant(lastAt) }
  })
  return { callbacks, oddities }
}

function countsOf(event: CallbackEvent, notes: readonly CallbackNote[]): CallbackSummary['callbacks'][number] {
  const noted = (kind: CallbackNote['kind']) => notes.find((note) => note.event === event && note.kind === kind)
  const received = noted('received')
  const repeated = noted('repeated')?.times ?? 0
  if (received === undefined) return { event, received: 0, repeated, firstAt: null, lastAt: null, lastLogId: null }
  const { times, firstAt, lastAt, logId } = received
  return {
    event,
    received: times,
    repeated,
    firstAt: formatInstant(firstAt),
    lastAt: formatInstant(lastAt),
    lastLogId: logId,
  }
}

function isOddity(note: CallbackNote): note is CallbackNote & { readonly kind: CallbackOddity } {
  return !CALLBACK_COUNTS.some((counted) => counted === note.kind)
}
