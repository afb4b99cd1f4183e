import type { NewEvent } from '../storage/port/events.js'
import type { Storage } from '../storage/port/storage.js'

/** Enough to fill a commit while the one before it is on its way to disk, and far from what the store turns away. */
const IN_FLIGHT = 1024

/**
 * Records events through the store's own ingest, in order and many at a time, so that they share commits.
 * @returns how many there were
 * @throws Error when an event turns out to be there already
 */
export async function recordAll(storage: Storage, events: Iterable<NewEvent>): Promise<number> {
  const rest = events[Symbol.iterator]()
  let count = 0
  const recordNext = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) {
      const { status } = await storage.record(next.value)
      if (status !== 'created') throw new Error(`an event of a new database cannot be a ${status}`)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, recordNext))
  return count
}
