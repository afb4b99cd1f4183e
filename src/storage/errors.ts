/** The store cannot be used now: unreachable, shutting down or out of space. Nothing was written; try again. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
}

/** More events wait than the queue holds. Nothing was written; try again. */
export class StorageBusy extends Error {
  override readonly name = 'StorageBusy'
}
