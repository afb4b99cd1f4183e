import { LIMITS } from '../core/vocabulary.js'
import type { Client, ClientListing, Storage } from '../storage/port.js'
import { hashApiKey } from './api-keys.js'
import { FreshCache } from './fresh-cache.js'
import { allowsHost } from './domains.js'

const CLIENT_FRESH_MS = 5_000
/** Shorter than a known key's: a key that was just created should not be refused for long. */
const UNKNOWN_KEY_FRESH_MS = 1_000
const MAX_KEYS = 10_000
const ALL_CLIENTS_FRESH_MS = 30_000

/** Who calls: clients by API key, from memory for a few seconds, so that a request costs no look-up of its own. */
export class ClientDirectory {
  readonly #storage: Storage
  readonly #byKey: FreshCache<Client | null>
  readonly #all: FreshCache<readonly ClientListing[]>

  constructor({ storage, clock }: { storage: Storage; clock: () => number }) {
    this.#storage = storage
    this.#byKey = new FreshCache({
      clock,
      maxAgeMs: (client) => (client === null ? UNKNOWN_KEY_FRESH_MS : CLIENT_FRESH_MS),
      maxEntries: MAX_KEYS,
    })
    this.#all = new FreshCache({ clock, maxAgeMs: () => ALL_CLIENTS_FRESH_MS, maxEntries: 1 })
  }

  /** @returns null for a key that is unknown, and for one whose client is suspended: callers cannot tell which */
  async byApiKey(apiKey: string): Promise<Client | null> {
    if (apiKey.length > LIMITS.apiKeyLength) return null
    const hash = hashApiKey(apiKey)
    const client = await this.#byKey.get(hash, () => this.#storage.clientByKeyHash(hash))
    return client?.status === 'active' ? client : null
  }

  /** Whether any client allows this host: all that a preflight, which carries no key, can be told. */
  async anyAllows(host: string): Promise<boolean> {
    const clients = await this.#all.get('', () => this.#storage.allClients())
    return clients.some((client) => allowsHost(client.allowedDomains, host))
  }
}
