import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { ApiCredentials } from '../exotel/api.js'
import type { KeyRing } from './key-ring.js'

const NONCE_BYTES = 12
const TAG_BYTES = 16
/** `v2.<id of the key>.<bytes>`; texts of the first version, `v1.<bytes>`, do not name their key. */
const SEALED = /^(?:v1|v2\.([0-9a-f]+))\.([\w-]*)$/

/** What a softphone signs in to Exotel with. */
export interface ExotelCredentials {
  readonly exotelToken: string
  readonly userId: string
}

/** What messages to a webhook are signed with. */
export interface WebhookSecret {
  /** `whsec_` and 32 bytes in base64. */
  readonly secret: string
  /** From when on it signs nothing more; null of the current one. */
  readonly endsAt: number | null
}

/** What is sealed, by the column that it is kept in. */
interface Sealed {
  readonly sealed_exotel: ExotelCredentials
  readonly sealed_exotel_api: ApiCredentials
  readonly sealed_secrets: readonly WebhookSecret[]
}
type Column = keyof Sealed

interface Place {
  readonly clientId: string
  readonly column: Column
  /** Of a webhook alone. */
  readonly endpointId?: string
}

/** Seals what a ribbon signs in to Exotel with, for one client. */
export function sealCredentials(ring: KeyRing, clientId: string, credentials: ExotelCredentials): Promise<string> {
  return seal(ring, { clientId, column: 'sealed_exotel' }, credentials)
}

/** Seals what this server signs in to Exotel's API with, for one client. */
export function sealApiCredentials(ring: KeyRing, clientId: string, credentials: ApiCredentials): Promise<string> {
  return seal(ring, { clientId, column: 'sealed_exotel_api' }, credentials)
}

/** @throws Error when the text was sealed with a key that the ring does not have, for another client, or was altered */
export function openCredentials(ring: KeyRing, clientId: string, sealedText: string): Promise<ExotelCredentials> {
  return open(ring, { clientId, column: 'sealed_exotel' }, sealedText)
}

/** @throws Error as `openCredentials` does */
export function openApiCredentials(ring: KeyRing, clientId: string, sealedText: string): Promise<ApiCredentials> {
  return open(ring, { clientId, column: 'sealed_exotel_api' }, sealedText)
}

/** Seals what messages to a webhook are signed with, the current secret first. */
export function sealWebhookSecrets(
  ring: KeyRing,
  { clientId, endpointId }: WebhookPlace,
  secrets: readonly WebhookSecret[],
): Promise<string> {
  return seal(ring, { clientId, endpointId, column: 'sealed_secrets' }, secrets)
}

/** @throws Error as `openCredentials` does */
export function openWebhookSecrets(
  ring: KeyRing,
  { clientId, endpointId }: WebhookPlace,
  sealedText: string,
): Promise<readonly WebhookSecret[]> {
  return open(ring, { clientId, endpointId, column: 'sealed_secrets' }, sealedText)
}

interface WebhookPlace {
  readonly clientId: string
  readonly endpointId: string
}

/**
 * Seals with AES-256-GCM under the current key and a fresh nonce. The client's id and what the text is are authenticated with
 * it, so that a sealed text copied to another client's row, or to another column, does not open.
 */
async function seal<C extends Column>(
  ring: KeyRing,
  place: Place & { readonly column: C },
  credentials: Sealed[C],
): Promise<string> {
  await ring.refresh()
  const { current } = ring
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', current.derived('credentials'), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(authenticatedOf(place))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(credentials), 'utf8'), cipher.final()])
  const bytes = Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  return `v2.${current.id}.${bytes.toString('base64url')}`
}

async function open<C extends Column>(
  ring: KeyRing,
  place: Place & { readonly column: C },
  sealedText: string,
): Promise<Sealed[C]> {
  const opened = tryToOpen(ring, place, sealedText)
  if (opened !== null) return opened as Sealed[C]
  // The key may be one that another process has just made.
  await ring.refresh()
  const openedNow = tryToOpen(ring, place, sealedText)
  if (openedNow === null) throw new Error(`${nameOf(place)} do not open with the keys that are there`)
  return openedNow as Sealed[C]
}

/** Whether a text was sealed with the current key. */
export function isSealedWithCurrent(ring: KeyRing, sealedText: string): boolean {
  return sealedText.startsWith(`v2.${ring.current.id}.`)
}

function tryToOpen(ring: KeyRing, place: Place, sealedText: string): Sealed[Column] | null {
  const [, keyId, text = ''] = SEALED.exec(sealedText) ?? []
  const bytes = Buffer.from(text, 'base64url')
  if (keyId === undefined) {
    // The first version knew one column.
    if (place.column !== 'sealed_exotel') return null
    const opened = ring.keys.map((key) => opening(key.own, Buffer.from(place.clientId), bytes))
    return opened.find((credentials) => credentials !== null) ?? null
  }
  const key = ring.find(keyId)
  return key === undefined ? null : opening(key.derived('credentials'), authenticatedOf(place), bytes)
}

function opening(key: Buffer, authenticated: Buffer, bytes: Buffer): Sealed[Column] | null {
  const tagEnd = NONCE_BYTES + TAG_BYTES
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(authenticated).setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd))
    const text = Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8')
    return JSON.parse(text) as Sealed[Column]
  } catch {
    return null
  }
}

function nameOf({ clientId, endpointId }: Place): string {
  return endpointId === undefined
    ? `The Exotel credentials of ${clientId}`
    : `The secrets of the webhook ${endpointId} of ${clientId}`
}

function authenticatedOf({ clientId, column, endpointId }: Place): Buffer {
  const place = endpointId === undefined ? ['clients', clientId] : ['webhook_endpoints', clientId, endpointId]
  return Buffer.from(JSON.stringify([...place, column]))
}
