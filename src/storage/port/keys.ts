/** API keys. The keys themselves are not stored: their hashes are. */
import type { KeyKind, KeyScope } from '../../core/vocabulary/keys.js'
import type { Client } from './clients.js'

/** A key, as a list of keys shows it. */
export interface StoredApiKey {
  /** SHA-256 of the API key, lower-case hex. */
  readonly keyHash: string
  readonly hint: string
  readonly kind: KeyKind
  /** Of a secret key; empty for the other kinds. */
  readonly scopes: readonly KeyScope[]
  /** For people; null when nobody gave it one. */
  readonly name: string | null
  readonly createdAt: number
  /** From then on it opens nothing; null never. */
  readonly endsAt: number | null
  /** To the hour; null when it never was. */
  readonly lastUsedAt: number | null
  /** Of a callback key: addresses and CIDR blocks from which it may be used; null from anywhere. */
  readonly addresses: readonly string[] | null
  /** Whether people's numbers are masked in all that the key is answered. */
  readonly maskNumbers: boolean
}

/** A key to be created: a full one, without a name, for ever, unless it says otherwise. */
export type NewApiKey = Pick<StoredApiKey, 'keyHash' | 'hint' | 'createdAt'> &
  Partial<Pick<StoredApiKey, 'kind' | 'scopes' | 'name' | 'endsAt' | 'addresses' | 'maskNumbers'>>

/** A client, and the key that found it. */
export interface KeyHolder extends Client {
  readonly key: StoredApiKey
}

export interface KeyStorage {
  /** The client that a key belongs to, whatever the status of either; null when no key has this hash. Waits for no commit. */
  clientByKeyHash(apiKeyHash: string): Promise<KeyHolder | null>
  /** The keys of a client, revoked ones too, oldest first; none when there is no such client. Waits for no commit. */
  apiKeys(clientId: string): Promise<readonly StoredApiKey[]>
  /** Gives a client one more key. @returns false when there is no such client, or it has the key already; it stays as it is then */
  createApiKey(clientId: string, key: NewApiKey): Promise<boolean>
  /** Makes a key open nothing from an instant on. @returns false when the client has no such key, or it ends before that */
  revokeApiKey(clientId: string, keyHash: string, at: number): Promise<boolean>
  /** Notes that a key was used. */
  touchApiKey(clientId: string, keyHash: string, now: number): Promise<void>
}
