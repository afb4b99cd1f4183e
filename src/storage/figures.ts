/** What a store tells of its own work, for whoever watches the server. It knows nothing of who that is. */
import type { EventSource } from '../core/vocabulary/events.js'
import type { EngineName } from './sql/transaction.js'

/** What became of an event that somebody wanted recorded. `failed`: it cannot be; `unavailable`: the store cannot now. */
export type EventOutcome = 'created' | 'duplicate' | 'conflict' | 'failed' | 'unavailable'

/** An event as figures see it: nothing of whom it is about. */
export interface CountedEvent {
  readonly source: EventSource
  readonly name: string
}

/** Something that happened, told once it is over. Durations are seconds. */
export type StoreNews =
  | { readonly kind: 'batch'; readonly seconds: number; readonly events: readonly CountedEvent[] }
  | { readonly kind: 'outcomes'; readonly events: readonly CountedEvent[]; readonly outcomes: readonly EventOutcome[] }
  /** A transaction of the embedded store, and the writes of its log since the one before. */
  | { readonly kind: 'commit'; readonly seconds: number; readonly logWrites: readonly number[] }
  | { readonly kind: 'checkpoint'; readonly seconds: number; readonly failed: boolean }

/** A statement that took longer than it should. Its values are left out: they are personal. */
export interface SlowStatement {
  readonly engine: EngineName
  readonly sql: string
  readonly durationMs: number
  /** A line a step; or why there is no plan. */
  readonly plan: readonly string[]
}

/** What is known without asking the database. */
export interface StoreFigures {
  /** Events that wait to be recorded. */
  readonly queue: { readonly items: number; readonly bytes: number }
  /** Reads that run, how many may at once, and how many wait. */
  readonly reads: { readonly running: number; readonly most: number; readonly waiting: number }
  /** Connections to a server; null for a file. */
  readonly pool: { readonly total: number; readonly idle: number; readonly waiting: number } | null
}

/** What the database is asked for. Null is what this engine does not have. */
export interface StoreMeasures {
  readonly databaseBytes: number
  /** Of them, what is free to be used again. */
  readonly freeBytes: number | null
  /** Of the log and of SQLite's write-ahead log. */
  readonly logBytes: number | null
  /** Files of the log that were damaged when the store was opened, and are kept. */
  readonly damagedLogs: number | null
  /** Free on the disk. */
  readonly diskFreeBytes: number | null
  readonly setAside: number
  /** By how much the server's clock is ahead of this machine's. */
  readonly clockAheadMs: number | null
  /** For how long the commit has waited for a synchronous standby that has waited longest; 0 when none does. */
  readonly standbyWaitMs: number | null
  readonly webhooks: WebhookFigures
}

/** Of all clients. */
export interface WebhookFigures {
  readonly active: number
  /** By somebody, and by the server, because nothing could be delivered. */
  readonly paused: number
  readonly failed: number
  /** Messages that wait to be sent again, and that were given up. */
  readonly pending: number
  readonly parked: number
  /** When the first try was of the message that has waited longest; epoch milliseconds. */
  readonly oldestAt: number | null
}
