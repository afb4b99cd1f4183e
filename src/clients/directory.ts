import { LIMITS } from '../core/vocabulary.js'
import type { Client, Storage } from '../storage/port.js'
import { hashApiKey } from './api-keys.js'
import { everyClient } from './every-client.js'
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
  readonly #all: FreshCache<readonly string[]>

  constructor({ storage, clock }: { storage: Storage; clock: () => number }) {
    this.#storage = storage
    this.#byKey = new FreshCache({
      clock,
      maxAgeMs: (client) => (client === null ? UNKNOWN_KEY_FRESH_MS : CLIENT_FRESH_MS),
      maxEntries: MAX_KEYS,
    })
    this.#all = new FreshCache({ clock, maxAgeMs: () => ALL_CLIENTS_FRESH_MS, maxEntries: 1 })
  }

  /**
   * The client that a key opens: at once when it is known, as it mostly is.
   * @returns null for a key that is unknown, and for one whose client is suspended: callers cannot tell which
   */
  byApiKey(apiKey: string): Client | null | Promise<Client | null> {
    if (apiKey.length > LIMITS.apiKeyLength) return null
    const hash = hashApiKey(apiKey)
    const known = this.#byKey.peek(hash)
    if (known !== undefined) return activeOnly(known)
    return this.#byKey.get(hash, () => this.#storage.clientByKeyHash(hash)).then(activeOnly)
  }

  /** Whether any client allows this host: all that a preflight, which carries no key, can be told. */
  async anyAllows(host: string): Promise<boolean> {
    const domains = await this.#all.get('', () => this.#allDomains())
    return allowsHost(domains, host)
  }

  /** The domains of all clients, each once. */
  async #allDomains(): Promise<readonly string[]> {
    const domains = new Set<string>()
    for await (const { allowedDomains } of everyClient(this.#storage)) {
      for (const domain of allowedDomains) domains.add(domain)
    }
    return [...domains]
  }
}

function activeOnly(client: Client | null): Client | null {
  return client?.status === 'active' ? client : null
}
