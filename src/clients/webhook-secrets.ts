/** What messages are signed with, and how one secret follows another. */
import { randomBytes } from 'node:crypto'
import type { WebhookSecret } from './credentials.js'
import { LIMITS } from '../core/limits.js'

const SECRET_BYTES = 32

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** Those that sign at an instant, the current one first. */
export function signingSecrets(secrets: readonly WebhookSecret[], now: number): string[] {
  return secrets.filter(({ endsAt }) => endsAt === null || endsAt > now).map(({ secret }) => secret)
}

/** A new secret before the others. The one that was current goes on for a while, and so do others that have not ended. */
export function rotated(
  secrets: readonly WebhookSecret[],
  secret: string,
  { now, endsAt }: { readonly now: number; readonly endsAt: number },
): readonly WebhookSecret[] {
  const former = secrets.map((one) => ({ ...one, endsAt: one.endsAt ?? endsAt })).filter((one) => one.endsAt > now)
  return [{ secret, endsAt: null }, ...former].slice(0, LIMITS.webhookSecrets)
}
