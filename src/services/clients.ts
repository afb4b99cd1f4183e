import type { Usage } from '../../schemas/common.js'
import type { RibbonConfig } from '../../schemas/config.js'
import type { InitResponse } from '../../schemas/init.js'
import { addDays, formatInstant, monthSpan, startOfDay } from '../core/calendar.js'
import { fail } from '../errors.js'
import type { Client, Storage } from '../storage/port.js'
import { usageOf } from '../http/convert.js'
import { openCredentials } from '../clients/credentials.js'
import { allowsHost, foreignDomain, hostOf } from '../clients/domains.js'
import type { KeyRing } from '../clients/key-ring.js'

/** What a ribbon learns of its client. */
export class ClientService {
  readonly #storage: Storage
  /** Epoch milliseconds. */
  readonly #clock: () => number
  readonly #keys: KeyRing

  constructor(parts: { readonly storage: Storage; readonly clock: () => number; readonly keys: KeyRing }) {
    this.#storage = parts.storage
    this.#clock = parts.clock
    this.#keys = parts.keys
  }

  /** Hands out the Exotel credentials: 403 on a domain that is not the client's, 429 once the month is used up. */
  async init(client: Client, domain: string): Promise<InitResponse> {
    if (!allowsHost(client.allowedDomains, hostOf(domain) ?? '')) {
      fail('domain_not_allowed', foreignDomain(domain))
    }
    const { remaining, limit } = await this.#usage(client)
    if (remaining === 0) failUsedUp(limit, client.timezone, this.#clock())
    return {
      ...(await openCredentials(this.#keys, client.clientId, client.sealedExotel)),
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

/** @param now epoch milliseconds */
function failUsedUp(limit: number, zone: string, now: number): never {
  const next = addDays(monthSpan(zone, now).last, 1)
  const endsAt = startOfDay(zone, next)
  const detail = `The ${String(limit)} calls of this month are used up. The month ends at ${formatInstant(endsAt)}, as ${next} begins in ${zone}; whoever runs this server can raise the limit.`
  fail('quota_exceeded', detail, { headers: { 'retry-after': String(Math.ceil((endsAt - now) / 1000)) } })
}
