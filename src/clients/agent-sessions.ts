import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { PAGE_PERMISSIONS, type PagePermission } from '../core/vocabulary.js'
import { hashApiKey } from './api-keys.js'
import { FreshCache } from './fresh-cache.js'
import type { KeyRing } from './key-ring.js'

const ALGORITHM = 'HS256'
const ISSUER = 'exotel-call-ribbon'
const AUDIENCE = 'exotel-call-ribbon pages'
/** A JSON Web Token of ours begins like this, and no API key that we make does. */
const TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/
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

/** Whether a text in an API key's place is a session's token. */
export function isSessionToken(text: string): boolean {
  return TOKEN.test(text)
}

/** Signed tokens (RFC 7519) for agents: nothing of a session is stored, so that any process knows it. */
export class AgentSessions {
  readonly #keys: KeyRing
  readonly #clock: () => number
  readonly #known: FreshCache<AgentSession>

  constructor({ keys, clock }: { readonly keys: KeyRing; readonly clock: () => number }) {
    this.#keys = keys
    this.#clock = clock
    this.#known = new FreshCache({ clock, maxAgeMs: ({ endsAt }) => endsAt - clock(), maxEntries: MAX_SESSIONS })
  }

  /** The token of a session, signed with the current key. */
  issue({ clientId, keyId, agentUserId, domain, permissions, endsAt }: AgentSession): Promise<string> {
    const { current } = this.#keys
    return new SignJWT({ client: clientId, key: keyId, domain, permissions })
      .setProtectedHeader({ alg: ALGORITHM, kid: current.id, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(agentUserId)
      .setIssuedAt(Math.floor(this.#clock() / 1000))
      .setExpirationTime(endsAt / 1000)
      .setJti(randomUUID())
      .sign(current.derived('agent-sessions'))
  }

  /** The session of a token: at once when it is known, as it mostly is. @returns null when it has ended, or is none of ours */
  find(token: string): AgentSession | Promise<AgentSession | null> {
    const hash = hashApiKey(token)
    return this.#known.peek(hash) ?? this.#known.get(hash, () => this.#verified(token)).catch(() => null)
  }

  async #verified(token: string): Promise<AgentSession> {
    const { payload } = await jwtVerify(
      token,
      ({ kid = '' }) => {
        const key = this.#keys.find(kid)
        if (key === undefined) throw new Error('the token was signed with a key that is not there')
        return key.derived('agent-sessions')
      },
      {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: new Date(this.#clock()),
        requiredClaims: ['sub', 'exp', 'iat', 'jti', 'client', 'key', 'domain', 'permissions'],
      },
    )
    // What we signed is as we made it.
    const { client, key, domain, permissions, sub, exp } = payload
    return {
      clientId: client as string,
      keyId: key as string,
      agentUserId: sub as string,
      domain: domain as string,
      permissions: (permissions as string[]).filter((name) =>
        PAGE_PERMISSIONS.includes(name as PagePermission),
      ) as PagePermission[],
      endsAt: (exp as number) * 1000,
    }
  }
}
