import { LIMITS } from '../core/limits.js'
import type { KeyHolder } from '../storage/port/keys.js'
import type { Storage } from '../storage/port/storage.js'
import { type AgentSession, AgentSessions } from './agent-sessions.js'
import { canBeApiKey, hashApiKey, idOfApiKey, isLive } from './api-keys.js'
import { everyClient } from './every-client.js'
import { FreshCache } from './fresh-cache.js'
import type { KeyRing } from './key-ring.js'
import { allowsHost } from './domains.js'
import { isSignedToken } from './signed-tokens.js'
import { type StreamTicket, StreamTokens } from './stream-tokens.js'

/** How long a process may go on by what it knew of a key: a revoked or suspended one opens nothing after this. */
export const FRESH_MS = 1_000
const MAX_KEYS = 10_000
/** How exactly it is noted when a key was last used. */
const USED_EVERY_MS = 3_600_000
const ALL_CLIENTS_FRESH_MS = 30_000

/** A client, and what it was found by: a key, or an agent's session and the key that asked for it. */
export interface Caller extends KeyHolder {
  /** Null for a key. */
  readonly session: AgentSession | null
}

/** A key by its id, and whose it is. */
type KeyOfClient = Pick<StreamTicket, 'clientId' | 'keyId'>

function keyIdOf({ clientId, keyId }: KeyOfClient): string {
  return `${keyId} ${clientId}`
}

/** Who calls: clients by API key or session, from memory for a second, so that a request costs no look-up of its own. */
export class ClientDirectory {
  readonly #storage: Storage
  readonly #clock: () => number
  readonly #sessions: AgentSessions
  readonly #streams: StreamTokens
  readonly #byKey: FreshCache<Caller | null>
  readonly #byKeyId: FreshCache<KeyHolder | null>
  readonly #all: FreshCache<readonly string[]>

  constructor({ storage, clock, keys }: { storage: Storage; clock: () => number; keys: KeyRing }) {
    this.#storage = storage
    this.#clock = clock
    this.#sessions = new AgentSessions({ clock, keys })
    this.#streams = new StreamTokens({ clock, keys })
    this.#byKey = new FreshCache({ clock, maxAgeMs: () => FRESH_MS, maxEntries: MAX_KEYS })
    this.#byKeyId = new FreshCache({ clock, maxAgeMs: () => FRESH_MS, maxEntries: MAX_KEYS })
    this.#all = new FreshCache({ clock, maxAgeMs: () => ALL_CLIENTS_FRESH_MS, maxEntries: 1 })
  }

  /**
   * The client that a key or the token of a session opens, and what it is for: at once when it is known, as it mostly is.
   * @returns null for what is unknown or has ended, and for what is of a suspended client: callers cannot tell which
   */
  byApiKey(apiKey: string): Caller | null | Promise<Caller | null> {
    if (isSignedToken(apiKey)) return apiKey.length > LIMITS.sessionTokenLength ? null : this.#byToken(apiKey)
    if (apiKey.length > LIMITS.apiKeyLength || !canBeApiKey(apiKey)) return null
    const hash = hashApiKey(apiKey)
    const known = this.#byKey.peek(hash)
    if (known !== undefined) return this.#liveOnly(known)
    return this.#byKey.get(hash, () => this.#load(hash)).then((holder) => this.#liveOnly(holder))
  }

  #byToken(token: string): Caller | null | Promise<Caller | null> {
    const session = this.#sessions.find(token)
    if (session instanceof Promise) return session.then((found) => (found === null ? null : this.#bySession(found)))
    return this.#bySession(session)
  }

  /** A session opens what a publishable key does, and ends with the key that asked for it. */
  #bySession(session: AgentSession): Caller | null | Promise<Caller | null> {
    const asPage = (holder: KeyHolder | null): Caller | null =>
      holder && this.#liveOnly({ ...holder, key: { ...holder.key, kind: 'publishable' }, session })
    const known = this.#byKeyId.peek(keyIdOf(session))
    if (known !== undefined) return asPage(known)
    return this.#holder(session).then(asPage)
  }

  /**
   * The client of a key, by the key's id.
   * @returns null once it opens nothing
   */
  async byKeyId(key: KeyOfClient): Promise<Caller | null> {
    const holder = this.#liveOnly(await this.#holder(key))
    return holder && { ...holder, session: null }
  }

  /** The client whose stream a token opens. @returns null when it is none of ours, or it or its key has ended */
  async byStreamToken(token: string): Promise<Caller | null> {
    const ticket = token.length > LIMITS.sessionTokenLength ? null : await this.#streams.find(token)
    return ticket && this.byKeyId(ticket)
  }

  #holder(key: KeyOfClient): Promise<KeyHolder | null> {
    return this.#byKeyId.get(keyIdOf(key), () => this.#holderOf(key))
  }

  async #holderOf({ clientId, keyId }: KeyOfClient): Promise<KeyHolder | null> {
    const [client, keys] = await Promise.all([this.#storage.client(clientId), this.#storage.apiKeys(clientId)])
    const key = keys.find(({ keyHash }) => idOfApiKey(keyHash) === keyId)
    return client === null || key === undefined ? null : { ...client, key }
  }

  /** Signs a session. */
  startSession(session: AgentSession): Promise<string> {
    return this.#sessions.issue(session)
  }

  /** Signs a token that opens a stream. */
  issueStreamToken(ticket: StreamTicket): Promise<string> {
    return this.#streams.issue(ticket)
  }

  async #load(hash: string): Promise<Caller | null> {
    const holder = await this.#storage.clientByKeyHash(hash)
    const now = this.#clock()
    if (this.#liveOnly(holder) !== null && now - (holder?.key.lastUsedAt ?? -Infinity) >= USED_EVERY_MS) {
      // Nobody waits for it, and a store that cannot write now notes it another time.
      this.#storage.touchApiKey((holder as KeyHolder).clientId, hash, now).catch(() => undefined)
    }
    return holder && { ...holder, session: null }
  }

  #liveOnly<Holder extends KeyHolder>(holder: Holder | null): Holder | null {
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
