import type { Caller, Customers, CustomersQuery } from '../../schemas/customers.js'
import type { KeyRing } from '../clients/key-ring.js'
import { formatInstant } from '../core/calendar.js'
import { shown } from '../core/json.js'
import { publishedCall } from '../core/published-call.js'
import { fail } from '../errors.js'
import { publishedCustomer, type ReadTime, truncated } from '../http/convert.js'
import { placeIn, signedPlace } from '../http/cursor.js'
import { numberIn } from './call-search.js'
import type { Client } from '../storage/port/clients.js'
import type { CustomerEntry } from '../storage/port/customers.js'
import type { Storage } from '../storage/port/storage.js'

/** Finding customers: in a list, by what people type, and by the number that rings. */
export class CustomerSearch {
  readonly #storage: Storage
  readonly #readTime: ReadTime
  readonly #keys: KeyRing

  constructor(parts: { readonly storage: Storage; readonly readTime: ReadTime; readonly keys: KeyRing }) {
    this.#storage = parts.storage
    this.#readTime = parts.readTime
    this.#keys = parts.keys
  }

  async list({ clientId }: Client, { search, pageSize, cursor }: CustomersQuery): Promise<Customers> {
    const text = numberIn(search)?.trim() ?? null
    const list = [clientId, 'customers', text]
    const { customers, next } = await this.#storage.listCustomers({
      clientId,
      search: text,
      pageSize,
      after: cursor === undefined ? null : placeIn(cursor, list, this.#keys),
    })
    return {
      customers: customers.map(publishedEntry),
      pagination: { pageSize, nextCursor: next === null ? null : signedPlace(next, list, this.#keys) },
    }
  }

  async byPhone(client: Client, number: string): Promise<Caller> {
    const time = this.#readTime()
    // A call as old as the maximum reads as expired, so the oldest active one started a millisecond later.
    const activeFrom = time.now - time.maxCallAgeMs + 1
    const caller = await this.#storage.customerByPhone(client.clientId, number, activeFrom)
    if (caller === null) {
      const detail = `There is no customer of the number ${shown(number)}: nobody saved one, and no call with it named one.`
      return fail('customer_not_found', detail)
    }
    return {
      customer: publishedCustomer(caller.customer, client),
      calls: caller.calls.map((call) => publishedCall(call, time)),
      onCall: caller.isActive,
      ...truncated(caller.cut),
    }
  }
}

function publishedEntry({ customerId, name, phoneNumber, lastCallAt }: CustomerEntry): Customers['customers'][number] {
  return {
    customerId,
    ...(name !== null && { name }),
    ...(phoneNumber !== null && { phone: phoneNumber }),
    ...(lastCallAt !== null && { lastCallAt: formatInstant(lastCallAt) }),
  }
}
