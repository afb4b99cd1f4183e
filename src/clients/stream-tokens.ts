import type { KeyRing } from './key-ring.js'
import { SignedTokens, type TokenKind } from './signed-tokens.js'

const KIND: TokenKind = { audience: 'exotel-call-ribbon streams', purpose: 'stream-tokens', claims: ['client', 'key'] }

/** Which stream a token opens, until it ends. */
export interface StreamTicket {
  readonly clientId: string
  /** Of the key with which it was asked for: it opens nothing without that. */
  readonly keyId: string
  /** Epoch milliseconds, whole seconds. */
  readonly endsAt: number
}

/** Signed tokens that open a client's stream: for browsers, whose `EventSource` sends no header. */
export class StreamTokens {
  readonly #tokens: SignedTokens

  constructor(parts: { readonly keys: KeyRing; readonly clock: () => number }) {
    this.#tokens = new SignedTokens(KIND, parts)
  }

  issue({ clientId, keyId, endsAt }: StreamTicket): Promise<string> {
    return this.#tokens.issue({ client: clientId, key: keyId }, endsAt)
  }

  /** @returns null when it has ended, or is none of ours */
  async find(token: string): Promise<StreamTicket | null> {
    const claims = await this.#tokens.verified(token).catch(() => null)
    if (claims === null) return null
    return { clientId: claims['client'] as string, keyId: claims['key'] as string, endsAt: claims.exp * 1000 }
  }
}
