import { randomBytes } from 'node:crypto'
import type { CustomerCalls, CustomerProfile, SaveCustomerBody, SaveCustomerResponse } from '../../schemas/customer.js'
import { formatInstant } from '../core/calendar.js'
import { type JsonObject, shown } from '../core/json.js'
import { OPEN_RANGE } from '../core/range.js'
import { DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { publishedCall } from '../core/published-call.js'
import { fail, failInvalid } from '../errors.js'
import type { Client } from '../storage/port/clients.js'
import type { CustomerHistory } from '../storage/port/customers.js'
import type { Storage } from '../storage/port/storage.js'
import { type ReadTime, publishedCustomer, truncated } from '../http/convert.js'
import { refuseUnkeepable } from './ingest.js'
import { statedRetention } from '../http/ranges.js'

/** Members of a published customer that the server sets: a customer read, edited and saved again brings them back. */
const SERVER_SET: ReadonlySet<string> = new Set(['customerId', 'clientId', 'createdAt', 'lastUpdated'])

/** Whom a client's calls are with. */
export class CustomerService {
  readonly #storage: Storage
  readonly #readTime: ReadTime

  constructor({ storage, readTime }: { readonly storage: Storage; readonly readTime: ReadTime }) {
    this.#storage = storage
    this.#readTime = readTime
  }

  /** Applies a merge patch (RFC 7396) to a customer, or makes one. */
  async save(client: Client, { customerData }: SaveCustomerBody): Promise<SaveCustomerResponse> {
    refuseUnkeepable({ customerData })
    const customerId = customerData.customerId ?? `cust-${randomBytes(9).toString('base64url')}`
    const patch = Object.fromEntries(Object.entries(customerData).filter(([name]) => !SERVER_SET.has(name)))
    const isSaved = await this.#storage.saveCustomer(
      client.clientId,
      customerId,
      patch as JsonObject,
      this.#readTime().now,
    )
    if (!isSaved) {
      const message = `makes the record longer than ${String(LIMITS.customerLength)} characters as JSON: send less, or remove members with null`
      failInvalid({ in: 'body', pointer: '/customerData', message })
    }
    return { success: true, customerId, message: 'Customer information saved' }
  }

  async profile(client: Client, customerId: string): Promise<CustomerProfile> {
    const history = await this.#history(client, customerId, { calls: DEFAULTS.customerCalls, events: 0 })
    return {
      customer: publishedCustomer(history.customer, client),
      callHistory: this.#calls(history),
      ...totals(history),
    }
  }

  async calls(client: Client, customerId: string, limit: number): Promise<CustomerCalls> {
    const history = await this.#history(client, customerId, { calls: limit, events: LIMITS.historyEvents })
    const events = history.events.map(({ logId, event, occurredAt }) => {
      return { logId, event, timestamp: formatInstant(occurredAt) }
    })
    return { customerId, calls: this.#calls(history), events, ...totals(history) }
  }

  async #history(
    client: Client,
    customerId: string,
    limits: { calls: number; events: number },
  ): Promise<CustomerHistory> {
    const history = await this.#storage.customerHistory(client.clientId, customerId, limits)
    return (
      history ??
      fail(
        'customer_not_found',
        `There is no customer ${shown(customerId)}: nobody saved it and no call named it. Ids are case-sensitive.`,
      )
    )
  }

  #calls(history: CustomerHistory): CustomerCalls['calls'] {
    const time = this.#readTime()
    return history.calls.map((call) => publishedCall(call, time))
  }
}

/** What an answer about all of a customer's calls says besides listing some. */
function totals({ totals, cut, retainedFrom }: CustomerHistory) {
  return {
    totalCalls: totals.calls,
    totalDuration: totals.seconds,
    ...truncated(cut),
    ...statedRetention(OPEN_RANGE, retainedFrom),
  }
}
