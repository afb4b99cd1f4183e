/** The store cannot be used now: unreachable, shutting down or out of space. Try again. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
  /**
   * Whether the write may have happened even so: the connection was lost while it was being committed. Sending it again
   * under the same identity settles it.
   */
  readonly outcomeOpen: boolean

  constructor(message: string, { outcomeOpen = false, cause }: { outcomeOpen?: boolean; cause?: unknown } = {}) {
    super(message, { cause })
    this.outcomeOpen = outcomeOpen
  }
}

/** A read was ended because it took too long: one that asks for less may do. */
export class ReadTooLong extends StorageUnavailable {
  constructor() {
    super('the read takes too long')
  }
}

/** The store is there and what it holds cannot be read: trying again does not help, a backup does. */
export class StorageDamaged extends StorageUnavailable {}

/** More waits than the queue holds, or than one client may fill of it. Nothing was written; try again. */
export class StorageBusy extends Error {
  override readonly name = 'StorageBusy'
}
