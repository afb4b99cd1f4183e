/** Who a person is, among a client's rows: by a number, or by a customer's id. */
import { numberKey } from '../../../core/phone-number.js'
import { nameOf } from '../../../core/identity.js'
import type { JsonObject } from '../../../core/json.js'
import { LIMITS } from '../../../core/limits.js'
import type { Subject } from '../../port/privacy.js'
import { find } from '../bulk.js'
import { customersById } from '../read/customers.js'
import type { CallRow, CustomerRow } from '../schema/tables.js'
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

const savedCustomers = find<Pick<CustomerRow, 'number' | 'profile'>>('number, profile', 'customers', ['number'])

/**
 * A number is the customers whose saved number it is, and all calls with it. A customer is its saved number, too, where no other
 * customer has that.
 */
export async function personOf(tx: Transaction, where: Where, subject: Subject): Promise<Person> {
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
    if (phone !== null && (await isOnlyOf(tx, client, phone, customers))) phones.push(phone)
  }
  return { customers, phones }
}

type Numbers = readonly number[]

/** Whether no other customer was saved with a number, or has a call with it. */
export async function isOnlyOf(tx: Transaction, client: number, phone: string, customers: Numbers): Promise<boolean> {
  const saved = await rowsOf(
    tx,
    sql<Pick<CustomerRow, 'number'>>`select number from customers where client = ${client} and phone = ${phone}`,
  )
  if (saved.some(({ number }) => !customers.includes(number))) return false
  const called = await rowsOf(
    tx,
    sql<Pick<CallRow, 'customer'>>`select distinct customer from calls where client = ${client} and phone = ${phone}
      and customer is not null limit ${customers.length + 1}`,
  )
  return called.every(({ customer }) => customers.includes(customer as number))
}
