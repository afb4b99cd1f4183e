import { PAGE_PERMISSIONS, type PagePermission } from '../core/vocabulary/keys.js'
import { hashApiKey } from './api-keys.js'
import { FreshCache } from './fresh-cache.js'
import type { KeyRing } from './key-ring.js'
import { SignedTokens, type TokenKind } from './signed-tokens.js'

const KIND: TokenKind = {
  audience: 'exotel-call-ribbon pages',
  purpose: 'agent-sessions',
  claims: ['sub', 'client', 'key', 'domain', 'permissions'],
}
const MAX_SESSIONS = 10_000

/** What one agent may do, from pages of one domain, until it ends. */
export interface AgentSession {
  readonly clientId: string
  /** Of the key with which it was asked for: the session ends with it. */
  readonly keyId: string
  readonly agentUserId: string
  /** A host name. */
  readonly domain: string
  readonly permissions: readonly PagePermission[]
  /** Epoch milliseconds, whole seconds. */
  readonly endsAt: number
}

/** Signed tokens for agents. */
export class AgentSessions {
  readonly #tokens: SignedTokens
  readonly #known: FreshCache<AgentSession>

  constructor({ keys, clock }: { readonly keys: KeyRing; readonly clock: () => number }) {
    this.#tokens = new SignedTokens(KIND, { keys, clock })
    this.#known = new FreshCache({ clock, maxAgeMs: ({ endsAt }) => endsAt - clock(), maxEntries: MAX_SESSIONS })
  }

  /** The token of a session. */
  issue({ clientId, keyId, agentUserId, domain, permissions, endsAt }: AgentSession): Promise<string> {
    return this.#tokens.issue({ sub: agentUserId, client: clientId, key: keyId, domain, permissions }, endsAt)
  }

  /** The session of a token: at once when it is known, as it mostly is. @returns null when it has ended, or is none of ours */
  find(token: string): AgentSession | Promise<AgentSession | null> {
    const hash = hashApiKey(token)
    return this.#known.peek(hash) ?? this.#known.get(hash, () => this.#verified(token)).catch(() => null)
  }

  async #verified(token: string): Promise<AgentSession> {
    const { client, key, domain, permissions, sub, exp } = await this.#tokens.verified(token)
    return {
      clientId: client as string,
      keyId: key as string,
      agentUserId: sub as string,
      domain: domain as string,
      permissions: (permissions as string[]).filter((name) =>
        PAGE_PERMISSIONS.includes(name as PagePermission),
      ) as PagePermission[],
      endsAt: exp * 1000,
    }
  }
}
