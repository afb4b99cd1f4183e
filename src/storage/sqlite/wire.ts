/**
 * What goes between the event loop and a storage thread. Requests and answers are JSON text: cheaper on both sides than a
 * structured clone. A request is followed by a line break and a body, which the writer also keeps in its log.
 */
import type { SlowStatement } from '../figures.js'
import type { Role } from './connection.js'
import type { CommitFigures } from './writer.js'

export interface ThreadSettings {
  readonly path: string
  readonly role: Role
  readonly maxCallAgeMs: number
  /** How long a read may take: one that costs with what it reads ends then, and what it has built is kept. */
  readonly readMs?: number
  /** How long a statement may take before it is told of; none is slow unless told. */
  readonly slowMs?: number | undefined
}

export type Kind =
  'method' | 'commit' | 'checkpoint' | 'checkpointed' | 'forgetErased' | 'setAsideWrites' | 'retrySetAside' | 'close'

export interface Request {
  readonly id: number
  readonly kind: Kind
}

export interface WireError {
  /** The store cannot be used now; else the request was at fault, or the code. */
  readonly unavailable: boolean
  readonly outcomeOpen: boolean
  readonly message: string
}

/** Id 0 tells whether the thread started. */
export type Answer = { readonly id: number } & (
  | { readonly value: unknown; readonly behindSince: number | null }
  | { readonly error: WireError; readonly behindSince: number | null }
)

/** What a thread says without being asked. */
export type Notice =
  { readonly trouble: string } | { readonly committed: CommitFigures } | { readonly slow: SlowStatement }

/** What a thread does, by its role. */
export interface Thread {
  /** Answers a request; `body` is the text behind its head. */
  readonly answer: (request: Request, body: string) => Promise<unknown>
  readonly behindSince?: () => number | null
}
