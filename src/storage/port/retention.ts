/** Dropping what clients no longer keep. */

/** How far dropping what a client no longer keeps is. */
export interface RetentionProgress {
  readonly isPaused: boolean
  readonly retainedFrom: number | null
  /** Since when rows are being dropped, without a long break; null when none are left. */
  readonly droppingSince: number | null
  readonly droppedAt: number | null
  /** Events and calls that were dropped since then, or the last time. */
  readonly droppedRows: number
  /** Events and calls that are left to drop, by whole days. */
  readonly rowsLeft: number
}

/**
 * What a client has dropped, as of the answer that says so. Events that occurred, and calls that started, before
 * `retainedFrom` are in no answer; null when none were ever dropped. Counts of calls stay, by whole quarter hours.
 */
export interface Retained {
  readonly retainedFrom: number | null
}

export interface RetentionStorage {
  /** The instant before which a client's events and calls were dropped; null when none ever were. It never goes back. */
  retainedFrom(clientId: string): Promise<number | null>
  /**
   * Drops up to `limit` events and calls from before an instant, in one transaction, for good. The first of them to go
   * advances `retainedFrom` to the instant, so that all vanish from every answer at once, whatever is left to drop.
   *
   * A dropped call keeps what it is counted by, and nothing else: an event that names it later is recorded and changes
   * nothing, and so is one that names no call and occurred before `retainedFrom`. An idempotency key is known for as long as
   * its event is kept.
   * @param instant the start of a local day of the client's zone
   * @param at when this is, for `retentionProgress`
   * @returns how many went; 0 when none are left, or it is paused
   */
  dropBefore(clientId: string, instant: number, limit: number, at?: number): Promise<number>
  /**
   * How far dropping is.
   * @param instant as for `dropBefore`
   * @returns null when there is no such client
   */
  retentionProgress(clientId: string, instant: number): Promise<RetentionProgress | null>
}
