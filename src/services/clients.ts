import type { Usage } from '../../schemas/common.js'
import type { RibbonConfig } from '../../schemas/config.js'
import type { InitResponse } from '../../schemas/init.js'
import { monthSpan } from '../core/calendar.js'
import { fail } from '../errors.js'
import type { Client, Storage } from '../storage/port.js'
import { usageOf } from '../http/convert.js'
import { openCredentials } from '../clients/credentials.js'
import { allowsHost, hostOf } from '../clients/domains.js'

/** What a ribbon learns of its client. */
export class ClientService {
  readonly #storage: Storage
  /** Epoch milliseconds. */
  readonly #clock: () => number
  readonly #secretsKey: Buffer

  constructor(parts: { readonly storage: Storage; readonly clock: () => number; readonly secretsKey: Buffer }) {
    this.#storage = parts.storage
    this.#clock = parts.clock
    this.#secretsKey = parts.secretsKey
  }

  /** Hands out the Exotel credentials: 403 on a domain that is not the client's, 429 once the month is used up. */
  async init(client: Client, domain: string): Promise<InitResponse> {
    if (!allowsHost(client.allowedDomains, hostOf(domain) ?? '')) {
      fail('domain_not_allowed', 'This domain may not use this API key.')
    }
    const { remaining, limit } = await this.#usage(client)
    if (remaining === 0) fail('quota_exceeded', `The ${String(limit)} calls of this month are used up.`)
    return {
      ...openCredentials(this.#secretsKey, client.clientId, client.sealedExotel),
      features: [...client.features],
      clientInfo: { name: client.name, plan: client.plan, remainingCalls: remaining },
    }
  }

  async config(client: Client): Promise<RibbonConfig> {
    return {
      features: [...client.features],
      plan: client.plan,
      usage: await this.#usage(client),
      timezone: client.timezone,
    }
  }

  async #usage(client: Client): Promise<Usage> {
    const month = monthSpan(client.timezone, this.#clock())
    return usageOf(await this.#storage.callsInMonth(client.clientId, month), client)
  }
}
