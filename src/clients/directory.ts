import { LIMITS } from '../core/vocabulary.js'
import type { KeyHolder, Storage } from '../storage/port.js'
import { canBeApiKey, hashApiKey, isLive } from './api-keys.js'
import { everyClient } from './every-client.js'
import { FreshCache } from './fresh-cache.js'
import { allowsHost } from './domains.js'

/** How long a process may go on by what it knew of a key: a revoked or suspended one opens nothing after this. */
const FRESH_MS = 1_000
const MAX_KEYS = 10_000
/** How exactly it is noted when a key was last used. */
const USED_EVERY_MS = 3_600_000
const ALL_CLIENTS_FRESH_MS = 30_000

/** Who calls: clients by API key, from memory for a few seconds, so that a request costs no look-up of its own. */
export class ClientDirectory {
  readonly #storage: Storage
  readonly #clock: () => number
  readonly #byKey: FreshCache<KeyHolder | null>
  readonly #all: FreshCache<readonly string[]>

  constructor({ storage, clock }: { storage: Storage; clock: () => number }) {
    this.#storage = storage
    this.#clock = clock
    this.#byKey = new FreshCache({ clock, maxAgeMs: () => FRESH_MS, maxEntries: MAX_KEYS })
    this.#all = new FreshCache({ clock, maxAgeMs: () => ALL_CLIENTS_FRESH_MS, maxEntries: 1 })
  }

  /**
   * The client that a key opens, and what the key is for: at once when it is known, as it mostly is.
   * @returns null for a key that is unknown or has ended, and for one whose client is suspended: callers cannot tell which
   */
  byApiKey(apiKey: string): KeyHolder | null | Promise<KeyHolder | null> {
    if (apiKey.length > LIMITS.apiKeyLength || !canBeApiKey(apiKey)) return null
    const hash = hashApiKey(apiKey)
    const known = this.#byKey.peek(hash)
    if (known !== undefined) return this.#liveOnly(known)
    return this.#byKey.get(hash, () => this.#load(hash)).then((holder) => this.#liveOnly(holder))
  }

  async #load(hash: string): Promise<KeyHolder | null> {
    const holder = await this.#storage.clientByKeyHash(hash)
    const now = this.#clock()
    if (this.#liveOnly(holder) !== null && now - (holder?.key.lastUsedAt ?? -Infinity) >= USED_EVERY_MS) {
      // Nobody waits for it, and a store that cannot write now notes it another time.
      this.#storage.touchApiKey((holder as KeyHolder).clientId, hash, now).catch(() => undefined)
    }
    return holder
  }

  #liveOnly(holder: KeyHolder | null): KeyHolder | null {
    return holder?.status === 'active' && isLive(holder.key, this.#clock()) ? holder : null
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
