/** Calls as rows of a file, chunk by chunk. */
import type { RowFormat } from '../../core/call-row.js'
import type { TimeRange } from '../../core/range.js'
import type { Retained } from './retention.js'

export interface ExportQuery {
  readonly clientId: string
  readonly range: TimeRange
  /** Calls of this agent alone; null, or absent, is any. */
  readonly agentUserId?: string | null
  /** The last call of the chunk before; null for the first chunk. */
  readonly after: { readonly startAt: number; readonly number: number } | null
  readonly limit: number
  readonly rows: RowFormat
}

/** A call as a row of a file. */
export interface CallRow {
  /** The call's: ascends in the order in which calls began to be recorded, and never changes. */
  readonly number: number
  readonly text: string
}

export interface ExportChunk extends Retained {
  /** Oldest start first, then by number. */
  readonly rows: readonly CallRow[]
  /** Where the next chunk starts; null after the last call of the range. */
  readonly after: ExportQuery['after']
  /** Sequence of the last event recorded when the chunk was read. */
  readonly sequence: number
}

export interface ExportStorage {
  /** The next calls of an export, oldest first, as rows of its file. */
  exportChunk(query: ExportQuery): Promise<ExportChunk>
  /** The calls in a range that events after a sequence are about, with the last of these events' sequence. */
  callsTouchedSince(
    query: Omit<ExportQuery, 'after'>,
    sequence: number,
  ): Promise<{ readonly rows: readonly CallRow[]; readonly sequence: number; readonly more: boolean }>
}
