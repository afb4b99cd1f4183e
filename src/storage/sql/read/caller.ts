/** Who calls: the customer of a number. */
import { numberKey } from '../../../core/phone-number.js'
import { OPEN_RANGE } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import type { Caller } from '../../port/customers.js'
import type { CallRow, CustomerRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { raw, rowsOf, sql } from '../transaction.js'
import { IS_COUNTED } from '../write/calls.js'
import { LISTED, listOf, type ListedRow } from './calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'
import { profilesOf, type KnownProfile } from './customers.js'

type SavedRow = Pick<CustomerRow, 'number' | 'customer_id' | 'updated_at'>
type CalledRow = ListedRow & Pick<CallRow, 'customer'>

/** See `Storage.customerByPhone`. */
export async function customerByPhone(
  session: Session,
  clientId: string,
  phoneNumber: string,
  activeFrom: number,
): Promise<Caller | null> {
  const now = await readClient(session, clientId)
  if (now === null) return null
  const { tx } = session
  // As numbers are found now, and as they were told to rows from before.
  const keys = [...new Set([numberKey(phoneNumber, now.region), phoneNumber])]
  const saved: SavedRow[] = []
  const called: CalledRow[] = []
  for (const key of keys) {
    saved.push(
      ...(await rowsOf(
        tx,
        sql<SavedRow>`select number, customer_id, updated_at from customers where client = ${now.client} and phone = ${key}
          order by number desc limit ${LIMITS.customersOfNumber}`,
      )),
    )
    called.push(...(await newestCallsWith(session, now, key)))
  }
  // Rows of each key come the latest first, and those that are equal stay so.
  saved.sort((a, b) => b.updated_at - a.updated_at)
  called.sort((a, b) => (b.start_at as number) - (a.start_at as number))
  const number = saved[0]?.number ?? called.find(({ customer }) => customer !== null)?.customer
  if (number == null) return null
  const [customer] = (await rowsOf(
    tx,
    sql<
      Pick<CustomerRow, 'customer_id'>
    >`select customer_id from customers where client = ${now.client} and number = ${number}`,
  )) as [Pick<CustomerRow, 'customer_id'>]
  const known = (await profilesOf(session, now.client, [number])).get(number) as KnownProfile
  const { profile, createdAt, updatedAt } = known
  return {
    customer: { customerId: customer.customer_id, profile, createdAt, updatedAt },
    ...listOf(clientId, called.slice(0, LIMITS.callsOfCaller)),
    isActive: called.some(({ start_at, end_at }) => end_at === null && (start_at as number) >= activeFrom),
  }
}

function newestCallsWith({ tx }: Session, now: ClientNow, phone: string): Promise<CalledRow[]> {
  const { from } = keptOf(OPEN_RANGE, now.retainedFrom)
  return rowsOf(
    tx,
    sql<CalledRow>`select ${raw(LISTED)}, customer from calls
      where client = ${now.client} and phone = ${phone} and start_at >= ${from} and ${IS_COUNTED}
      order by start_at desc, number desc limit ${LIMITS.callsOfNumber}`,
  )
}
