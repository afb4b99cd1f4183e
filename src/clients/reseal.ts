import type { Client, Storage } from '../storage/port.js'
import {
  isSealedWithCurrent,
  openApiCredentials,
  openCredentials,
  sealApiCredentials,
  sealCredentials,
} from './credentials.js'
import { everyClient } from './every-client.js'
import type { KeyRing } from './key-ring.js'

/** A client's sealed texts, each with how it is sealed anew. */
function sealedOf({ clientId, sealedExotel, sealedExotelApi }: Client) {
  const own = {
    text: sealedExotel,
    anew: async (keys: KeyRing) => sealCredentials(keys, clientId, await openCredentials(keys, clientId, sealedExotel)),
  }
  if (sealedExotelApi === null) return [own]
  const ofApi = {
    text: sealedExotelApi,
    anew: async (keys: KeyRing) =>
      sealApiCredentials(keys, clientId, await openApiCredentials(keys, clientId, sealedExotelApi)),
  }
  return [own, ofApi]
}

/** Whether any client's credentials are sealed with another key than the current one. */
export async function needsResealing(storage: Pick<Storage, 'allClients'>, keys: KeyRing): Promise<boolean> {
  for await (const client of everyClient(storage)) {
    if (sealedOf(client).some(({ text }) => !isSealedWithCurrent(keys, text))) return true
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
  /** Clients by what of theirs does not open. */
  const closed = new Map<string, string>()
  const resealed = new Set<string>()
  for (let found = 1; found > 0;) {
    found = 0
    for await (const client of everyClient(storage)) {
      const { clientId } = client
      for (const { text, anew } of sealedOf(client)) {
        const own = `${clientId} ${text}`
        if (closed.has(own) || isSealedWithCurrent(keys, text)) continue
        const sealed = await anew(keys).catch(() => null)
        if (sealed === null) {
          closed.set(own, clientId)
          continue
        }
        found += 1
        if (await storage.resealClient(clientId, text, sealed)) resealed.add(clientId)
      }
    }
  }
  return { resealed: resealed.size, closed: [...new Set(closed.values())] }
}
