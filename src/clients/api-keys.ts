import { hash, randomBytes } from 'node:crypto'

/**
 * What a key is stored and looked up as: SHA-256, lower-case hex. Enough without salt or stretching because keys are
 * high-entropy secrets, not passwords.
 */
export function hashApiKey(apiKey: string): string {
  return hash('sha256', apiKey)
}

/** What an administrator recognises a key by, as the admin list shows it: `demo-api-k...`. */
export function hintOfApiKey(apiKey: string): string {
  return `${apiKey.slice(0, 10)}...`
}

/** A new key. It is shown once, to who asked for it, and kept nowhere. */
export function newApiKey(): string {
  return `ribbon-${randomBytes(24).toString('base64url')}`
}

/** Enough of a hash to tell a client's keys apart, and to name one of them. */
const ID_LENGTH = 12

/** What a key is named by when it is revoked: it tells nothing of the key. */
export function idOfApiKey(keyHash: string): string {
  return keyHash.slice(0, ID_LENGTH)
}
