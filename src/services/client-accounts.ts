/** Clients as an operator sets them up, by command line or API. */
import { randomBytes } from 'node:crypto'
import type { ClientAccount, ClientChangesBody, ExotelApiBody, NewClientBody } from '../../schemas/client.js'
import { hashApiKey, hintOfApiKey, idOfApiKey, newApiKey } from '../clients/api-keys.js'
import { openCredentials, sealApiCredentials, sealCredentials } from '../clients/credentials.js'
import type { KeyRing } from '../clients/key-ring.js'
import { formatInstant } from '../core/calendar.js'
import type { JsonObject } from '../core/json.js'
import type { AuditAction } from '../core/vocabulary/audit-log.js'
import { fail, failInvalid } from '../errors.js'
import { isApiHost } from '../exotel/hosts.js'
import type { Client, ClientChanges, ClientListing, ClientWindow, NewClient } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { type Actor, entryBy } from './audit-log.js'
import { clientUses } from './client-use.js'
import { fault, settingsOf, told } from './client-settings.js'

export interface ListedClient extends ClientAccount {
  readonly callsThisMonth: number
}

interface Parts {
  /** Every change goes through `administer`, so that the audit log knows of it. */
  readonly storage: Pick<Storage, 'allClients' | 'allClientTotals' | 'client' | 'administer'>
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** Asked for when there is something to seal. */
  readonly secretKeys: () => Promise<KeyRing>
  /** Zone of clients that name none. */
  readonly defaultTimezone: string
  readonly by: Actor
}

const DAY_MS = 24 * 60 * 60 * 1000

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

  /** @throws ApiError 404 when there is no such client */
  async find(clientId: string): Promise<ClientAccount> {
    return accountOf(await this.#required(clientId))
  }

  /** @throws ApiError 409 when there is, or was, a client of that id */
  async create(body: NewClientBody): Promise<{
    readonly client: ClientAccount
    readonly keyId: string
    /** Told this once. */
    readonly apiKey: string
  }> {
    const {
      clientId = `client-${randomBytes(6).toString('hex')}`,
      timezone = this.#parts.defaultTimezone,
      region,
    } = body
    const { name, plan, limit, features, domains, retentionMonths, requireAgentSessions } = body
    const { missedCallWindowHours, missedCallWindowIn } = body
    const { exotelToken, userId, exotelApi } = body
    const limits = { plan, limit, features, retentionMonths, missedCallWindowHours, missedCallWindowIn }
    const settings = settingsOf({ name, domains, timezone, region, requireAgentSessions, ...limits })
    const apiKey = newApiKey('full')
    const sealedExotelApi = exotelApi === undefined ? null : await this.#sealedApi(clientId, exotelApi)
    const client: NewClient = {
      clientId,
      ...(settings as Required<typeof settings>),
      status: 'active',
      sealedExotel: await sealCredentials(await this.#parts.secretKeys(), clientId, { exotelToken, userId }),
      sealedExotelApi,
      apiKeyHash: hashApiKey(apiKey),
      apiKeyHint: hintOfApiKey(apiKey),
      createdAt: this.#parts.clock(),
    }
    const keyId = idOfApiKey(client.apiKeyHash)
    const entry = this.#entry('client.created', clientId, {
      ...told(settings),
      keyId,
      ...(exotelApi !== undefined && { exotelApi: 'set' }),
    })
    if (!(await this.#parts.storage.administer(['createClient', client], entry))) {
      fail('client_exists', `There is a client ${clientId} already, or there was one: ids are not given out again.`)
    }
    return {
      client: accountOf({
        ...client,
        retentionPaused: false,
        region,
        missedCallWindowHours,
        missedCallWindowIn,
        deletesAt: null,
      }),
      keyId,
      apiKey,
    }
  }

  /** Members that are absent stay. @throws ApiError 404 when there is no such client */
  async update(clientId: string, body: ClientChangesBody): Promise<ClientAccount> {
    const { exotelToken, userId, exotelApi, status, ...members } = body
    const settings = { ...settingsOf(members), ...(status !== undefined && { status }) }
    const client = await this.#required(clientId)
    const hasCredentials = exotelToken !== undefined || userId !== undefined
    const sealed = {
      ...(hasCredentials && { sealedExotel: await this.#sealed(client, exotelToken, userId) }),
      ...(exotelApi !== undefined && { sealedExotelApi: exotelApi && (await this.#sealedApi(clientId, exotelApi)) }),
    }
    const details = {
      ...told(settings),
      ...(hasCredentials && { exotel: 'changed' }),
      ...(exotelApi !== undefined && { exotelApi: exotelApi === null ? 'removed' : 'set' }),
    }
    return this.#change('client.updated', clientId, { ...settings, ...sealed }, details)
  }

  /**
   * Its keys open nothing from now on. All that it has is removed after a while, until when `restore` takes it back.
   * @throws ApiError 404 when there is no such client
   */
  async delete(clientId: string, graceDays: number): Promise<ClientAccount> {
    await this.#required(clientId)
    const deletesAt = this.#parts.clock() + graceDays * DAY_MS
    return this.#change('client.deleting', clientId, { deletesAt }, { deletesAt: formatInstant(deletesAt) })
  }

  /** @throws ApiError 404 when there is no such client, or none any more */
  async restore(clientId: string): Promise<ClientAccount> {
    const { deletesAt } = await this.#required(clientId)
    // From then on its rows may be going.
    if (deletesAt !== null && deletesAt <= this.#parts.clock()) failUnknown(clientId)
    return this.#change('client.restored', clientId, { deletesAt: null }, { deletesAt: null })
  }

  async #required(clientId: string): Promise<ClientListing> {
    return (await this.#parts.storage.client(clientId)) ?? failUnknown(clientId)
  }

  async #change(
    action: AuditAction,
    clientId: string,
    changes: ClientChanges,
    details: JsonObject,
  ): Promise<ClientAccount> {
    const entry = this.#entry(action, clientId, details)
    await this.#parts.storage.administer(['updateClient', clientId, changes], entry)
    return this.find(clientId)
  }

  #entry(action: AuditAction, clientId: string, details: JsonObject) {
    return entryBy(this.#parts, { action, clientId, details })
  }

  /** @throws ApiError 400 when its host is none of Exotel's */
  async #sealedApi(clientId: string, { callerId, ...api }: ExotelApiBody): Promise<string> {
    const subdomain = api.subdomain.toLowerCase()
    if (!isApiHost(subdomain)) {
      failInvalid(fault('/exotelApi/subdomain', 'must be a host of Exotel’s API, such as api.exotel.com'))
    }
    return sealApiCredentials(await this.#parts.secretKeys(), clientId, {
      ...api,
      subdomain,
      callerId: callerId ?? null,
    })
  }

  /** With what stays of the credentials; where nothing does they need not open: the key may be a new one. */
  async #sealed({ clientId, sealedExotel }: Client, exotelToken?: string, userId?: string): Promise<string> {
    const keys = await this.#parts.secretKeys()
    const kept =
      exotelToken === undefined || userId === undefined
        ? await openCredentials(keys, clientId, sealedExotel)
        : { exotelToken, userId }
    return sealCredentials(keys, clientId, {
      exotelToken: exotelToken ?? kept.exotelToken,
      userId: userId ?? kept.userId,
    })
  }
}

/** @throws ApiError 404 */
export function failUnknown(clientId: string): never {
  fail('client_not_found', `There is no client ${clientId}.`)
}

function accountOf(client: ClientListing): ClientAccount {
  return {
    clientId: client.clientId,
    name: client.name,
    plan: client.plan,
    status: client.status,
    limit: client.monthlyLimit,
    features: [...client.features],
    domains: [...client.allowedDomains],
    timezone: client.timezone,
    region: client.region,
    retentionMonths: client.retentionMonths,
    retentionPaused: client.retentionPaused,
    missedCallWindowHours: client.missedCallWindowHours,
    missedCallWindowIn: client.missedCallWindowIn,
    requireAgentSessions: client.requireAgentSessions,
    hasExotelApi: client.sealedExotelApi !== null,
    createdAt: formatInstant(client.createdAt),
    deletesAt: client.deletesAt === null ? null : formatInstant(client.deletesAt),
    apiKey: client.apiKeyHint,
  }
}
