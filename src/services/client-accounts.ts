/** Clients as an operator sets them up, by command line or API. */
import { randomBytes } from 'node:crypto'
import type { ClientChangesBody, NewClientBody } from '../../schemas/client.js'
import { hashApiKey, hintOfApiKey, idOfApiKey, newApiKey } from '../clients/api-keys.js'
import { openCredentials, sealCredentials } from '../clients/credentials.js'
import { allowedDomain } from '../clients/domains.js'
import { formatInstant, isTimeZone } from '../core/calendar.js'
import type { Feature, Plan } from '../core/vocabulary.js'
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
  readonly createdAt: string
  /** Null while it opens the API. */
  readonly revokedAt: string | null
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
 * fault. A running server knows of a change a few seconds later: see `ClientDirectory`.
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
    const apiKey = newApiKey()
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
  async createKey(clientId: string): Promise<MadeKey | null> {
    const apiKey = newApiKey()
    const key = { keyHash: hashApiKey(apiKey), hint: hintOfApiKey(apiKey), createdAt: this.#parts.clock() }
    const isMade = await this.#parts.storage.createApiKey(clientId, key)
    return isMade ? { keyId: idOfApiKey(key.keyHash), apiKey } : null
  }

  /** @returns whether the client had such a live key */
  async revokeKey(clientId: string, keyId: string): Promise<boolean> {
    const { storage, clock } = this.#parts
    const key = (await storage.apiKeys(clientId)).find(({ keyHash }) => idOfApiKey(keyHash) === keyId)
    return key !== undefined && storage.revokeApiKey(clientId, key.keyHash, clock())
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

function keyAccountOf({ keyHash, hint, createdAt, revokedAt }: StoredApiKey): ApiKeyAccount {
  return {
    keyId: idOfApiKey(keyHash),
    apiKey: hint,
    createdAt: formatInstant(createdAt),
    revokedAt: revokedAt === null ? null : formatInstant(revokedAt),
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
