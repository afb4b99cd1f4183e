/**
 * What goes between the event loop and a storage thread, as JSON text: cheaper on both sides than a structured clone, and
 * all that crosses is JSON.
 */
import type { CallMethod } from '../grouped-storage.js'
import type { SqlStorage } from '../sql/sql-storage.js'

/**
 * `record` is followed by a line break and the events, a text that the writer also keeps in its journal; `commit` makes
 * what was recorded visible to readers. `open` starts an export under its own id; `next` asks for a chunk (null after the
 * last), `leave` ends it early.
 */
export type Request =
  | { readonly id: number; readonly kind: 'record' | 'commit' }
  | { readonly id: number; readonly kind: 'call'; readonly method: CallMethod; readonly args: readonly unknown[] }
  | { readonly id: number; readonly kind: 'open'; readonly args: Parameters<SqlStorage['exportCalls']> }
  | { readonly id: number; readonly kind: 'next' | 'leave'; readonly stream: number }

export type RequestBody = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never

export interface WireError {
  /** The store cannot be used now; else the request was at fault, or the code. */
  readonly unavailable: boolean
  readonly message: string
}

/** Id 0 tells whether the thread started. */
export type Answer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: WireError }
