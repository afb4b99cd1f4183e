import type { Storage } from '../storage/port.js'
import { isSealedWithCurrent, openCredentials, sealCredentials } from './credentials.js'
import { everyClient } from './every-client.js'
import type { KeyRing } from './key-ring.js'

/** Whether any client's credentials are sealed with another key than the current one. */
export async function needsResealing(storage: Pick<Storage, 'allClients'>, keys: KeyRing): Promise<boolean> {
  for await (const { sealedExotel } of everyClient(storage)) {
    if (!isSealedWithCurrent(keys, sealedExotel)) return true
  }
  return false
}

interface Resealing {
  /** How many clients' credentials are now sealed with the current key, and were not. */
  readonly resealed: number
  /** Clients whose credentials do not open: they stay as they are. */
  readonly closed: readonly string[]
}

/**
 * Seals all clients' credentials with the current key. Credentials that somebody changes meanwhile stay as they were changed:
 * all clients are gone through until nothing is left that was sealed with another key.
 */
export async function resealAll(
  storage: Pick<Storage, 'allClients' | 'resealClient'>,
  keys: KeyRing,
): Promise<Resealing> {
  const closed = new Set<string>()
  let resealed = 0
  for (let found = 1; found > 0;) {
    found = 0
    for await (const { clientId, sealedExotel } of everyClient(storage)) {
      if (closed.has(clientId) || isSealedWithCurrent(keys, sealedExotel)) continue
      const credentials = await openCredentials(keys, clientId, sealedExotel).catch(() => null)
      if (credentials === null) {
        closed.add(clientId)
        continue
      }
      found += 1
      const anew = await sealCredentials(keys, clientId, credentials)
      if (await storage.resealClient(clientId, sealedExotel, anew)) resealed += 1
    }
  }
  return { resealed, closed: [...closed] }
}
