/** Writes that were acknowledged and could not be applied. */

/** A write that was acknowledged and could not be applied, as its log kept it. */
export interface SetAsideWrite {
  readonly id: number
  /** When it was set aside. */
  readonly at: number
  readonly method: string
  /** Arguments of the method, as JSON. */
  readonly args: string
  /** What it failed of, last. */
  readonly error: string
}

export interface SetAsideStorage {
  /** Writes that could not be applied, oldest first. Only an embedded store, which acknowledges before it commits, has any. */
  setAsideWrites(limit: number): Promise<readonly SetAsideWrite[]>
  /** Tries to apply one of them again. @returns whether it went through; it is then no longer set aside */
  retrySetAside(id: number): Promise<boolean>
}
