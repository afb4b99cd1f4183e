/** API keys as an operator hands them out, by command line or API. */
import type { ApiKeyAccount, NewApiKeyBody, NewKey, KeyRotation } from '../../schemas/api-key.js'
import { isAddressBlock } from '../clients/addresses.js'
import { hashApiKey, hintOfApiKey, idOfApiKey, isLive, newApiKey } from '../clients/api-keys.js'
import { formatInstant } from '../core/calendar.js'
import { LIMITS } from '../core/limits.js'
import { CALLBACK_EVENTS, type CallbackEvent, callbackPath } from '../core/vocabulary/callbacks.js'
import { KEY_SCOPES } from '../core/vocabulary/keys.js'
import { fail, failInvalid, type Fault } from '../errors.js'
import type { NewApiKey, StoredApiKey } from '../storage/port/keys.js'
import type { Storage } from '../storage/port/storage.js'
import { type Actor, entryBy } from './audit-log.js'
import { failUnknown } from './client-accounts.js'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

interface Parts {
  /** Every change goes through `administer`, so that the audit log knows of it. */
  readonly storage: Pick<Storage, 'client' | 'apiKeys' | 'administer'>
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** What callers call the server; null when nobody said. */
  readonly publicOrigin: string | null
  readonly by: Actor
}

/** A running server knows of a change within a second: see `ClientDirectory`. Every method: ApiError 404 for an unknown client. */
export class KeyAccounts {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The newest, oldest first, with those that have ended. */
  async list(clientId: string): Promise<ApiKeyAccount[]> {
    return (await this.#keys(clientId)).slice(-LIMITS.listedKeys).map(accountOf)
  }

  /** @throws ApiError 409 when the client has too many live keys */
  async create(
    clientId: string,
    { kind, scopes, addresses, name, days, maskNumbers = false }: NewApiKeyBody,
  ): Promise<NewKey> {
    const faults = addressFaults(kind, addresses)
    if (faults.length > 0) failInvalid(...faults)
    const now = this.#parts.clock()
    if ((await this.#keys(clientId)).filter((key) => isLive(key, now)).length >= LIMITS.clientKeys) {
      const most = String(LIMITS.clientKeys)
      fail('too_many_keys', `${clientId} has ${most} API keys that open the API, which is the most.`)
    }
    const own = kind === 'secret' ? (scopes ?? KEY_SCOPES) : []
    const key = { kind, scopes: KEY_SCOPES.filter((scope) => own.includes(scope)), addresses, name, maskNumbers }
    return this.#add(clientId, key, days)
  }

  /**
   * A key like another one, which ends a while later: until then both open the API. How long the new one lasts is said anew.
   * @throws ApiError 404 when the client has no such key, or it has ended
   */
  async rotate(clientId: string, keyId: string, { overlapHours, days }: KeyRotation): Promise<NewKey> {
    const old = await this.#key(clientId, keyId)
    if (!isLive(old, this.#parts.clock())) fail('key_not_found', `The API key ${keyId} of ${clientId} has ended.`)
    const made = await this.#add(clientId, old, days)
    await endKey(this.#parts, clientId, old, this.#parts.clock() + overlapHours * HOUR_MS)
    return made
  }

  /** Ends a key now; one that has ended stays as it is. @throws ApiError 404 when the client has no such key */
  async revoke(clientId: string, keyId: string): Promise<ApiKeyAccount> {
    const key = await this.#key(clientId, keyId)
    const now = this.#parts.clock()
    if (!isLive(key, now)) return accountOf(key)
    await endKey(this.#parts, clientId, key, now)
    return accountOf({ ...key, endsAt: now })
  }

  async #add(
    clientId: string,
    { kind, scopes, addresses, name, maskNumbers }: Omit<SaidOfKey, 'endsAt'>,
    days: number | null,
  ): Promise<NewKey> {
    const apiKey = newApiKey(kind)
    const endsAt = days === null ? null : this.#parts.clock() + days * DAY_MS
    const key = await addKey(this.#parts, clientId, apiKey, { kind, scopes, addresses, name, endsAt, maskNumbers })
    const callbackUrls = kind === 'callback' && { callbackUrls: callbackUrlsOf(this.#parts.publicOrigin, apiKey) }
    return { keyId: key.keyId, apiKey, key, ...callbackUrls }
  }

  async #keys(clientId: string): Promise<readonly StoredApiKey[]> {
    const { storage } = this.#parts
    if ((await storage.client(clientId)) === null) failUnknown(clientId)
    return storage.apiKeys(clientId)
  }

  async #key(clientId: string, keyId: string): Promise<StoredApiKey> {
    const key = (await this.#keys(clientId)).find(({ keyHash }) => idOfApiKey(keyHash) === keyId)
    return key ?? fail('key_not_found', `${clientId} has no API key ${keyId}.`)
  }
}

type SaidOfKey = Pick<StoredApiKey, 'kind' | 'scopes' | 'addresses' | 'name' | 'endsAt' | 'maskNumbers'>

/** What a change of a key needs. */
export type KeyParts = Pick<Parts, 'clock' | 'by'> & { readonly storage: Pick<Storage, 'administer'> }

/** Adds a key and an entry about it to the audit log, unless the client has the key already. @returns it as lists show it */
export async function addKey(
  parts: KeyParts,
  clientId: string,
  apiKey: string,
  said: SaidOfKey,
): Promise<ApiKeyAccount> {
  const key = { ...said, keyHash: hashApiKey(apiKey), hint: hintOfApiKey(apiKey), createdAt: parts.clock() }
  const account = accountOf({ ...key, lastUsedAt: null })
  const { keyId, kind, scopes, addresses, name, endsAt, maskNumbers } = account
  const masks = maskNumbers === true && { maskNumbers }
  const details = { keyId, kind, scopes, ...(kind === 'callback' && { addresses }), name, endsAt, ...masks }
  const change = ['createApiKey', clientId, key satisfies NewApiKey] as const
  await parts.storage.administer(change, entryBy(parts, { action: 'key.created', clientId, details }))
  return account
}

/** Makes a key open nothing from an instant on, unless it ends before. */
export async function endKey(
  parts: KeyParts,
  clientId: string,
  { keyHash }: Pick<StoredApiKey, 'keyHash'>,
  at: number,
): Promise<void> {
  const details = { keyId: idOfApiKey(keyHash), endsAt: formatInstant(at) }
  const entry = entryBy(parts, { action: 'key.ended', clientId, details })
  await parts.storage.administer(['revokeApiKey', clientId, keyHash, at], entry)
}

/** What to paste into Exotel. */
function callbackUrlsOf(publicOrigin: string | null, apiKey: string): Record<CallbackEvent, string> {
  const urls = CALLBACK_EVENTS.map((event) => [event, `${publicOrigin ?? ''}${callbackPath(event, apiKey)}`])
  return Object.fromEntries(urls) as Record<CallbackEvent, string>
}

function addressFaults(kind: NewApiKeyBody['kind'], addresses: readonly string[] | null): Fault[] {
  if (addresses === null) return []
  const fault = (pointer: string, message: string): Fault => ({ in: 'body', pointer, message })
  if (kind !== 'callback') return [fault('/addresses', 'is for keys of kind callback alone')]
  return addresses.flatMap((address, index) => {
    if (isAddressBlock(address)) return []
    return [fault(`/addresses/${String(index)}`, 'must be an IP address, or a block such as 203.0.113.0/24')]
  })
}

function accountOf(key: StoredApiKey): ApiKeyAccount {
  const { keyHash, hint, kind, scopes, addresses, name, createdAt, lastUsedAt, endsAt, maskNumbers } = key
  return {
    keyId: idOfApiKey(keyHash),
    apiKey: hint,
    kind,
    scopes: kind === 'secret' ? [...scopes] : null,
    addresses: addresses === null ? null : [...addresses],
    name,
    createdAt: formatInstant(createdAt),
    lastUsedAt: lastUsedAt === null ? null : formatInstant(lastUsedAt),
    endsAt: endsAt === null ? null : formatInstant(endsAt),
    ...(maskNumbers && { maskNumbers }),
  }
}
