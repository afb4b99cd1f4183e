import { hash } from 'node:crypto'

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
