/** Clients as an operator sets them up, by command line or API. */
import { randomBytes } from 'node:crypto'
import type { ClientChangesBody, NewClientBody } from '../../schemas/client.js'
import { hashApiKey, hintOfApiKey, idOfApiKey, isLive, newApiKey } from '../clients/api-keys.js'
import { openCredentials, sealCredentials } from '../clients/credentials.js'
import { allowedDomain } from '../clients/domains.js'
import { formatInstant, isTimeZone } from '../core/calendar.js'
import type { Feature, KeyKind, KeyScope, Plan } from '../core/vocabulary.js'
import { failInvalid, type Fault } from '../errors.js'
import type { Client, ClientChanges, ClientListing, ClientWindow, Storage, StoredApiKey } from '../storage/port.js'
import { clientUses } from './client-use.js'

export interface ClientAccount {
  readonly clientId: string
  readonly name: string
  readonly plan: Plan
  readonly status: Client['status']
  /** Calls a month. */
  readonly limit: number
  readonly features: readonly Feature[]
  readonly domains: readonly string[]
  readonly timezone: string
  readonly retentionMonths: number | null
  readonly createdAt: string
  /** The start of its oldest live key; null when it has none. */
  readonly apiKey: string | null
}

export interface ListedClient extends ClientAccount {
  readonly callsThisMonth: number
}

export interface ApiKeyAccount {
  /** Names the key among its client's: `revokeKey` takes it. */
  readonly keyId: string
  /** The start of the key. */
  readonly apiKey: string
  readonly kind: KeyKind
  readonly scopes: readonly KeyScope[]
  readonly name: string | null
  readonly createdAt: string
  /** To the hour; null when it never was. */
  readonly lastUsedAt: string | null
  /** From then on it opens nothing; null never. */
  readonly endsAt: string | null
}

interface NewKey {
  readonly kind: KeyKind
  /** Of a secret key. */
  readonly scopes: readonly KeyScope[]
  readonly name: string | null
  /** Milliseconds from now; null is for ever. */
  readonly lastsMs: number | null
}

/** A key that was just made: it is told this once. */
interface MadeKey {
  readonly keyId: string
  readonly apiKey: string
}

type AccountStorage = Pick<
  Storage,
  | 'allClients'
  | 'allClientTotals'
  | 'client'
  | 'createClient'
  | 'updateClient'
  | 'apiKeys'
  | 'createApiKey'
  | 'revokeApiKey'
>

interface Parts {
  readonly storage: AccountStorage
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** Asked for when there is something to seal. */
  readonly secretsKey: () => Promise<Buffer>
  /** Zone of clients that name none. */
  readonly defaultTimezone: string
}

/**
 * Bodies are taken to be of their schemas; what they say beyond that is checked here, with a 400 that names each member at
 * fault. A running server knows of a change within a second: see `ClientDirectory`.
 */
export class ClientAccounts {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Clients by id with their use of the current month, and where the next part of the list starts. */
  async list(window: ClientWindow): Promise<{
    readonly clients: readonly ListedClient[]
    readonly nextAfter: string | null
  }> {
    const { uses, nextAfter } = await clientUses(this.#parts.storage, window, this.#parts.clock())
    return { clients: uses.map(({ client, callsThisMonth }) => ({ ...accountOf(client), callsThisMonth })), nextAfter }
  }

  /** @returns null when there is no such client */
  async find(clientId: string): Promise<ClientAccount | null> {
    const client = await this.#parts.storage.client(clientId)
    return client === null ? null : accountOf(client)
  }

  /** @returns null when there is a client of that id already */
  async create(body: NewClientBody): Promise<({ readonly client: ClientAccount } & MadeKey) | null> {
    const { clientId = `client-${randomBytes(6).toString('hex')}`, timezone = this.#parts.defaultTimezone } = body
    const { name, plan, limit, features, domains, retentionMonths, exotelToken, userId } = body
    const settings = settingsOf({ name, plan, limit, features, domains, timezone, retentionMonths })
    const apiKey = newApiKey('full')
    const client = {
      clientId,
      ...(settings as Required<typeof settings>),
      status: 'active' as const,
      sealedExotel: sealCredentials(await this.#parts.secretsKey(), clientId, { exotelToken, userId }),
      apiKeyHash: hashApiKey(apiKey),
      apiKeyHint: hintOfApiKey(apiKey),
      createdAt: this.#parts.clock(),
    }
    if (!(await this.#parts.storage.createClient(client))) return null
    return { client: accountOf(client), keyId: idOfApiKey(client.apiKeyHash), apiKey }
  }

  /** @returns null when there is no such client */
  async update(clientId: string, { exotelToken, userId, ...body }: ClientChangesBody): Promise<ClientAccount | null> {
    const settings = settingsOf(body)
    const client = await this.#parts.storage.client(clientId)
    if (client === null) return null
    if (exotelToken === undefined && userId === undefined) return this.#change(clientId, settings)
    return this.#change(clientId, { ...settings, sealedExotel: await this.#sealed(client, exotelToken, userId) })
  }

  /** A suspended client's keys open nothing, and nothing of it is lost. @returns null when there is no such client */
  setStatus(clientId: string, status: Client['status']): Promise<ClientAccount | null> {
    return this.#change(clientId, { status })
  }

  /** The keys of a client, oldest first. @returns null when there is no such client */
  async keys(clientId: string): Promise<readonly ApiKeyAccount[] | null> {
    const { storage } = this.#parts
    return (await storage.client(clientId)) === null ? null : (await storage.apiKeys(clientId)).map(keyAccountOf)
  }

  /** @returns null when there is no such client */
  async createKey(clientId: string, { lastsMs, ...key }: NewKey): Promise<MadeKey | null> {
    const apiKey = newApiKey(key.kind)
    const createdAt = this.#parts.clock()
    const keyHash = hashApiKey(apiKey)
    const endsAt = lastsMs === null ? null : createdAt + lastsMs
    const made = { ...key, keyHash, hint: hintOfApiKey(apiKey), createdAt, endsAt }
    return (await this.#parts.storage.createApiKey(clientId, made)) ? { keyId: idOfApiKey(keyHash), apiKey } : null
  }

  /**
   * A key like another one, which ends a while later: until then both open the API. How long the new one lasts is said anew.
   * @returns null when the client has no such live key
   */
  async rotateKey(
    clientId: string,
    keyId: string,
    { overlapMs, lastsMs }: { readonly overlapMs: number; readonly lastsMs: number | null },
  ): Promise<MadeKey | null> {
    const now = this.#parts.clock()
    const old = await this.#liveKey(clientId, keyId, now)
    if (old === null) return null
    const { kind, scopes, name } = old
    const made = await this.createKey(clientId, { kind, scopes, name, lastsMs })
    await this.#parts.storage.revokeApiKey(clientId, old.keyHash, now + overlapMs)
    return made
  }

  /** @returns whether the client had such a live key */
  async revokeKey(clientId: string, keyId: string): Promise<boolean> {
    const now = this.#parts.clock()
    const key = await this.#liveKey(clientId, keyId, now)
    return key !== null && this.#parts.storage.revokeApiKey(clientId, key.keyHash, now)
  }

  async #liveKey(clientId: string, keyId: string, now: number): Promise<StoredApiKey | null> {
    const keys = await this.#parts.storage.apiKeys(clientId)
    return keys.find((key) => idOfApiKey(key.keyHash) === keyId && isLive(key, now)) ?? null
  }

  async #change(clientId: string, changes: ClientChanges): Promise<ClientAccount | null> {
    return (await this.#parts.storage.updateClient(clientId, changes)) ? this.find(clientId) : null
  }

  /** With what stays of the credentials; where nothing does they need not open: the key may be a new one. */
  async #sealed({ clientId, sealedExotel }: Client, exotelToken?: string, userId?: string): Promise<string> {
    const key = await this.#parts.secretsKey()
    const kept =
      exotelToken === undefined || userId === undefined
        ? openCredentials(key, clientId, sealedExotel)
        : { exotelToken, userId }
    return sealCredentials(key, clientId, {
      exotelToken: exotelToken ?? kept.exotelToken,
      userId: userId ?? kept.userId,
    })
  }
}

function accountOf(client: ClientListing): ClientAccount {
  return {
    clientId: client.clientId,
    name: client.name,
    plan: client.plan,
    status: client.status,
    limit: client.monthlyLimit,
    features: client.features,
    domains: client.allowedDomains,
    timezone: client.timezone,
    retentionMonths: client.retentionMonths,
    createdAt: formatInstant(client.createdAt),
    apiKey: client.apiKeyHint,
  }
}

function keyAccountOf({ keyHash, hint, kind, scopes, name, ...times }: StoredApiKey): ApiKeyAccount {
  const { createdAt, lastUsedAt, endsAt } = times
  return {
    keyId: idOfApiKey(keyHash),
    apiKey: hint,
    kind,
    scopes,
    name,
    createdAt: formatInstant(createdAt),
    lastUsedAt: lastUsedAt === null ? null : formatInstant(lastUsedAt),
    endsAt: endsAt === null ? null : formatInstant(endsAt),
  }
}

type Settings = Omit<ClientChangesBody, 'exotelToken' | 'userId'>

/** What a body says, as it is kept: only what it says. */
function settingsOf({ limit, domains, ...others }: Settings): ClientChanges {
  const faults = [...nameFaults(others.name), ...zoneFaults(others.timezone), ...domainFaults(domains)]
  if (faults.length > 0) failInvalid(...faults)
  return {
    ...others,
    ...(limit !== undefined && { monthlyLimit: limit }),
    ...(domains !== undefined && { allowedDomains: [...new Set(domains.map(allowedDomain))] as string[] }),
  }
}

function nameFaults(name: string | undefined): Fault[] {
  if (name === undefined || (/\S/.test(name) && !/\p{Cc}/u.test(name))) return []
  return [fault('/name', 'must have a character that can be seen, and no control character')]
}

function zoneFaults(timezone: string | undefined): Fault[] {
  if (timezone === undefined || isTimeZone(timezone)) return []
  return [fault('/timezone', 'must be an IANA time zone such as Asia/Kolkata')]
}

function domainFaults(domains: readonly string[] = []): Fault[] {
  return domains.flatMap((domain, index) => {
    if (allowedDomain(domain) !== null) return []
    const expected = 'must be a host name such as acme.com, *.acme.com or *: without https://, port and path'
    return [fault(`/domains/${String(index)}`, expected)]
  })
}

function fault(pointer: string, message: string): Fault {
  return { in: 'body', pointer, message }
}
