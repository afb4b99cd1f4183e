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

/** How the sentence of `MigrationFailed` begins: of an error of a storage thread only the sentence comes through. */
export const NOT_UP_TO_DATE = 'The database cannot be brought up to date'

/**
 * A database cannot be brought up to date: something in it is in the way. Nothing was changed, so that the version from before
 * serves as it did.
 */
export class MigrationFailed extends StorageUnavailable {
  constructor(name: string, cause: unknown) {
    const { message } = cause as Error
    super(
      `${NOT_UP_TO_DATE}: step ${name} fails (${message}). Nothing was changed: start the version from before, which serves as it did`,
      { cause },
    )
  }
}

/** More waits than the queue holds, or than one client may fill of it. Nothing was written; try again. */
export class StorageBusy extends Error {
  override readonly name = 'StorageBusy'
}
