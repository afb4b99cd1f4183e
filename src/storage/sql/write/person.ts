/** Who a person is, among a client's rows: by a number, or by a customer's id. */
import { numberKey } from '../../../core/phone-number.js'
import { nameOf } from '../../../core/identity.js'
import type { JsonObject } from '../../../core/json.js'
import { LIMITS } from '../../../core/limits.js'
import type { Subject } from '../../port/privacy.js'
import { find } from '../bulk.js'
import { customersById } from '../read/customers.js'
import type { CallRow, CustomerRow, EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql, type Transaction } from '../transaction.js'

export interface Person {
  /** Numbers of the customers that the person is. */
  readonly customers: readonly number[]
  /** What the person's calls are found by: see `numberKey`. */
  readonly phones: readonly string[]
}

interface Where {
  readonly client: number
  readonly region: string
}

/** Null for a call without a number. */
export const phonesOfCalls = find<Pick<CallRow, 'phone'>>('phone', 'calls', ['number'])
const savedCustomers = find<Pick<CustomerRow, 'number' | 'profile'>>('number, profile', 'customers', ['number'])

/**
 * A number is the customers whose saved number it is, and all calls with it. A customer is its saved number, too, where no other
 * customer has that.
 */
export async function personOf(
  tx: Transaction,
  where: Where,
  subject: Subject,
  own: Pick<OwnNumbersCheck, 'isOnlyOf'> = new OwnNumbersCheck(tx, where.client),
): Promise<Person> {
  const { client, region } = where
  if ('phoneNumber' in subject) {
    // As numbers are found now, and as they were told to rows from before.
    const phones = [...new Set([numberKey(subject.phoneNumber, region), subject.phoneNumber])]
    const found: number[] = []
    for (const phone of phones) {
      const rows = await rowsOf(
        tx,
        sql<Pick<CustomerRow, 'number'>>`select number from customers where client = ${client} and phone = ${phone}`,
      )
      found.push(...rows.map(({ number }) => number))
    }
    return { customers: [...new Set(found)], phones }
  }
  const customers = (await customersById(tx, client, [[subject.customerId]])).map(({ number }) => number)
  const phones: string[] = []
  for (const { profile } of await savedCustomers(
    tx,
    client,
    customers.map((number) => [number]),
  )) {
    const saved =
      profile === null ? null : nameOf((JSON.parse(profile) as JsonObject)['phone'], LIMITS.phoneNumberLength)
    const phone = saved === null ? null : numberKey(saved, region)
    if (phone !== null && (await own.isOnlyOf(phone, customers))) phones.push(phone)
  }
  return { customers, phones }
}

/** After more events than these, all calls of a number are looked at again. */
const MOST_EVENTS = 5000

/** Which numbers are a person's alone. */
export class OwnNumbersCheck {
  readonly #tx: Transaction
  readonly #client: number
  readonly #known: ReadonlyMap<string, string>
  readonly #found = new Map<string, string>()

  /** @param known numbers that need no look at their calls, and whose they are */
  constructor(tx: Transaction, client: number, known: ReadonlyMap<string, string> = new Map()) {
    this.#tx = tx
    this.#client = client
    this.#known = known
  }

  /**
   * Goes on from what an earlier transaction has found.
   * @param lastSequence of the client, which is locked
   */
  static async after({ tx, ownNumbers }: Session, client: number, lastSequence: number): Promise<OwnNumbersCheck> {
    const before = ownNumbers.get(client)
    if (before === undefined || lastSequence - before.asOf > MOST_EVENTS) return new OwnNumbersCheck(tx, client)
    // A call gets its number and its customer from events, and what one event takes from a call goes to calls of the same number.
    const events = await rowsOf(
      tx,
      sql<Pick<EventRow, 'call'>>`select call from events where client = ${client} and sequence > ${before.asOf}
        order by sequence`,
    )
    const calls = new Set(events.map(({ call }) => call))
    const known = new Map(before.ownerOf)
    const keys = [...calls].map((call) => [call])
    for (const { phone } of await phonesOfCalls(tx, client, keys)) known.delete(phone as string)
    return new OwnNumbersCheck(tx, client, known)
  }

  /** What was found in this transaction. */
  get found(): ReadonlyMap<string, string> {
    return this.#found
  }

  /** Whether no other customer was saved with a number, or has a call with it. */
  async isOnlyOf(phone: string, customers: readonly number[]): Promise<boolean> {
    const saved = await rowsOf(
      this.#tx,
      sql<
        Pick<CustomerRow, 'number'>
      >`select number from customers where client = ${this.#client} and phone = ${phone}`,
    )
    if (saved.some(({ number }) => !customers.includes(number))) return false
    const owner = customers.join()
    if (this.#known.get(phone) !== owner) {
      const called = await rowsOf(
        this.#tx,
        sql<Pick<CallRow, 'customer'>>`select distinct customer from calls where client = ${this.#client}
          and phone = ${phone} and customer is not null limit ${customers.length + 1}`,
      )
      if (!called.every(({ customer }) => customers.includes(customer as number))) return false
    }
    this.#found.set(phone, owner)
    return true
  }
}
