import { randomUUID } from 'node:crypto'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { KeyRing, Purpose } from './key-ring.js'

const ALGORITHM = 'HS256'
const ISSUER = 'exotel-call-ribbon'
/** A JSON Web Token of ours begins like this, and no API key that we make does. */
const TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/

/** What tokens of one kind are for: those of one kind are none of another. */
export interface TokenKind {
  readonly audience: string
  /** Keys that sign them are derived under this name. */
  readonly purpose: Purpose
  /** Claims of our own that each of them has. */
  readonly claims: readonly string[]
}

/** Whether a text in an API key's place is a signed token. */
export function isSignedToken(text: string): boolean {
  return TOKEN.test(text)
}

/** Signed tokens (RFC 7519): nothing of them is stored, so that any process knows them. */
export class SignedTokens {
  readonly #kind: TokenKind
  readonly #keys: KeyRing
  /** Epoch milliseconds. */
  readonly #clock: () => number

  constructor(kind: TokenKind, { keys, clock }: { readonly keys: KeyRing; readonly clock: () => number }) {
    this.#kind = kind
    this.#keys = keys
    this.#clock = clock
  }

  /**
   * A token that is signed with the current key.
   * @param endsAt epoch milliseconds, whole seconds
   */
  issue(claims: JWTPayload, endsAt: number): Promise<string> {
    const { current } = this.#keys
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: current.id, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(this.#kind.audience)
      .setIssuedAt(Math.floor(this.#clock() / 1000))
      .setExpirationTime(endsAt / 1000)
      .setJti(randomUUID())
      .sign(current.derived(this.#kind.purpose))
  }

  /** What a token claims, as we made it. Rejects when it has ended, or is none of ours. */
  async verified(token: string): Promise<JWTPayload & { readonly exp: number }> {
    const { payload } = await jwtVerify(
      token,
      ({ kid = '' }) => {
        const key = this.#keys.find(kid)
        if (key === undefined) throw new Error('the token was signed with a key that is not there')
        return key.derived(this.#kind.purpose)
      },
      {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: this.#kind.audience,
        currentDate: new Date(this.#clock()),
        requiredClaims: ['exp', 'iat', 'jti', ...this.#kind.claims],
      },
    )
    return payload as JWTPayload & { exp: number }
  }
}
