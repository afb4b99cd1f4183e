/** Customers: what is saved of them, or known from their calls, and how they are found. */
import type { Call } from '../../core/call.js'
import type { JsonObject } from '../../core/json.js'
import type { CallList } from './calls.js'
import type { StoredEvent } from './events.js'
import type { Retained } from './retention.js'

export interface CustomerRecord {
  readonly customerId: string
  /** The saved profile, or what calls say about a customer that nobody saved. Without `customerId`. */
  readonly profile: JsonObject
  readonly createdAt: number
  readonly updatedAt: number
}

export interface CustomerHistory extends Retained, CallList {
  readonly customer: CustomerRecord
  /** Events of those calls, oldest first; the newest `events` of them. */
  readonly events: readonly Pick<StoredEvent, 'logId' | 'event' | 'occurredAt'>[]
  /** Over all the customer's calls, not only those listed. */
  readonly totals: { readonly calls: number; readonly seconds: number }
}

export interface CustomerQuery {
  readonly clientId: string
  /** The beginning of words of a name or of an id, or a number in any spelling; null lists by the newest call. */
  readonly search: string | null
  readonly pageSize: number
  /** `next` of the page before; null for the first page. */
  readonly after: string | null
}

/** A customer as lists have it. */
export interface CustomerEntry {
  readonly customerId: string
  readonly name: string | null
  readonly phoneNumber: string | null
  /** Start of its newest call; null where no call of it is kept. */
  readonly lastCallAt: number | null
}

export interface CustomerPage {
  readonly customers: readonly CustomerEntry[]
  /** Where the next page starts, though this one may be short of customers or have none; null after the last. */
  readonly next: string | null
}

/** Whose a number is. */
export interface Caller extends CallList {
  readonly customer: CustomerRecord
  /** The newest calls with the number. */
  readonly calls: readonly Call[]
  /** Whether one of them goes on. */
  readonly isActive: boolean
}

export interface CustomerStorage {
  /**
   * Applies a JSON merge patch (RFC 7396) to a customer's profile, creating it when it is new. Durable when it resolves.
   * The patch of a customer that only calls named is applied to what calls say.
   * @returns false when the record would be longer than a customer's may be; nothing was written
   */
  saveCustomer(clientId: string, customerId: string, patch: JsonObject, now: number): Promise<boolean>
  /** @returns null when nobody saved the customer and no call named it */
  customerHistory(
    clientId: string,
    customerId: string,
    limits: { readonly calls: number; readonly events: number },
  ): Promise<CustomerHistory | null>
  /**
   * Customers by what they are found by: those of the number first, then by their ids, then by their names. Without a search
   * those with the newest calls first, then those of whom no call is kept.
   */
  listCustomers(query: CustomerQuery): Promise<CustomerPage>
  /**
   * The customer saved last with a number, in any spelling, else that of the newest call with it that names one.
   * @param activeFrom calls without an end that began before it are over
   * @returns null when there is none
   */
  customerByPhone(clientId: string, phoneNumber: string, activeFrom: number): Promise<Caller | null>
}
