import { derivedApiKey, hashApiKey, isLive } from '../clients/api-keys.js'
import { FRESH_MS } from '../clients/directory.js'
import { everyClient } from '../clients/every-client.js'
import { FreshCache } from '../clients/fresh-cache.js'
import type { KeyRing, RingKey } from '../clients/key-ring.js'
import { DEFAULTS } from '../core/defaults.js'
import { callbackPath } from '../core/vocabulary/callbacks.js'
import type { Storage } from '../storage/port/storage.js'
import { addKey, endKey, type KeyParts } from './key-accounts.js'

/** What lists of keys and the audit log show of the key. */
const KEY_NAME = 'calls that this server makes'
const BY_THE_SERVER = { actor: 'server', requestId: null }
const MAX_CLIENTS = 10_000
const HOUR_MS = 60 * 60 * 1000

interface Parts {
  readonly storage: Pick<Storage, 'clientByKeyHash' | 'administer'>
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly keys: KeyRing
  /** What Exotel reaches this server by; null when nobody said. */
  readonly publicOrigin: string | null
}

/**
 * Where Exotel reports the calls that this server has it make: a callback address with a key of the client in it. The key is
 * derived from the current secret key, so that every process knows it and the store holds its hash alone. It is given to the
 * client with its first call. Whoever revokes it is believed: only another secret key makes another one.
 */
export class StatusCallbacks {
  readonly #parts: Parts
  /** Whether keys open the API, by their hashes. */
  readonly #open: FreshCache<boolean>

  constructor(parts: Parts) {
    this.#parts = parts
    this.#open = new FreshCache({ clock: parts.clock, maxAgeMs: () => FRESH_MS, maxEntries: MAX_CLIENTS })
  }

  /** @returns null where the server was not told its public origin, or the client's key was revoked */
  async urlFor(clientId: string): Promise<string | null> {
    const { keys, publicOrigin } = this.#parts
    if (publicOrigin === null) return null
    const apiKey = callbackKeyOf(keys.current, clientId)
    const hash = hashApiKey(apiKey)
    const isOpen = await this.#open.get(hash, () => this.#isOpen(clientId, apiKey, hash))
    return isOpen ? `${publicOrigin}${callbackPath('statusCallback', apiKey)}` : null
  }

  /** Gives the key to a client that never had it. Of several processes that do so at once one adds it. */
  async #isOpen(clientId: string, apiKey: string, hash: string): Promise<boolean> {
    const { storage, clock } = this.#parts
    const holder = await storage.clientByKeyHash(hash)
    if (holder !== null) return isLive(holder.key, clock())
    const key = {
      kind: 'callback',
      scopes: [],
      addresses: null,
      name: KEY_NAME,
      endsAt: null,
      maskNumbers: false,
    } as const
    await addKey({ storage, clock, by: BY_THE_SERVER }, clientId, apiKey, key)
    return true
  }
}

/**
 * Ends what former secret keys made of all clients, a day later: until then Exotel reports calls that were made before.
 * @returns how many keys end then that did not before
 */
export async function endFormerKeys({
  keys,
  ...parts
}: KeyParts & {
  readonly storage: Pick<Storage, 'allClients' | 'clientByKeyHash' | 'administer'>
  readonly keys: KeyRing
}): Promise<number> {
  const at = parts.clock() + DEFAULTS.overlapHours * HOUR_MS
  let ended = 0
  for await (const { clientId } of everyClient(parts.storage)) {
    for (const former of keys.keys.slice(1)) {
      const holder = await parts.storage.clientByKeyHash(hashApiKey(callbackKeyOf(former, clientId)))
      if (holder === null || !isLive(holder.key, at)) continue
      await endKey(parts, clientId, holder.key, at)
      ended += 1
    }
  }
  return ended
}

function callbackKeyOf(key: RingKey, clientId: string): string {
  return derivedApiKey('callback', key.derived('status-callbacks'), clientId)
}
