/** Customers: what was saved of them, what calls say about them, and their history. */
import { profileFromCalls, type CustomerMention } from '../../../core/customer.js'
import { textOf } from '../../../core/identity.js'
import type { JsonObject } from '../../../core/json.js'
import { OPEN_RANGE } from '../../../core/range.js'
import type { CustomerHistory } from '../../port/customers.js'
import { find } from '../bulk.js'
import type { CallRow, CustomerRow, EventRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { COUNTS } from '../codes.js'
import { rowsOf, sql } from '../transaction.js'
import { keyOfBytes, logIdOf } from '../write/event-key.js'
import { IS_COUNTED } from '../write/calls.js'
import { newestCalls } from './calls.js'
import { keptOf, readClient } from './client.js'

type MentioningCall = Pick<CallRow, 'customer' | 'start_at' | 'customer_data' | 'phone'>

/** The newest calls of each customer. */
function newestCallsOfEach(limit: number) {
  return find<MentioningCall>(
    'customer, start_at, customer_data, coalesce(phone_said, phone) as phone',
    'calls',
    ['customer'],
    `start_at is not null and call_key is not null and ${COUNTS} order by start_at desc, number desc limit ${String(limit)}`,
  )
}

/** Newest calls that a profile which nobody saved is drawn from. */
const profileCalls = newestCallsOfEach(50)
/** Calls in which a customer's name and number mostly are. */
const introducingCalls = newestCallsOfEach(3)

type StoredCustomer = Pick<CustomerRow, 'number' | 'profile' | 'mentions' | 'created_at' | 'updated_at' | 'words'>

export const customersById = find<Pick<CustomerRow, 'customer_id' | 'number'>>('customer_id, number', 'customers', [
  'customer_id',
])

const customersByNumber = find<StoredCustomer>(
  'number, profile, mentions, created_at, updated_at, words',
  'customers',
  ['number'],
)

export interface KnownProfile {
  readonly profile: JsonObject
  readonly createdAt: number
  /** When it was saved last, or when the newest call that says something of it began. */
  readonly updatedAt: number
  /** What it is found by: see `CustomerRow`. */
  readonly words: string | null
}

/** Profiles by the customer's number: the saved one, else what the customer's newest calls say. */
export async function profilesOf(
  { tx }: Session,
  client: number,
  numbers: readonly number[],
  newestOf = profileCalls,
): Promise<ReadonlyMap<number, KnownProfile>> {
  const rows = await customersByNumber(
    tx,
    client,
    numbers.map((number) => [number]),
  )
  const unsaved = rows.filter(({ profile }) => profile === null)
  const calls = await newestOf(
    tx,
    client,
    unsaved.map(({ number }) => [number]),
  )
  return new Map(
    rows.map(({ number, profile, mentions, created_at: createdAt, updated_at, words }) => {
      if (profile !== null) {
        return [number, { profile: JSON.parse(profile) as JsonObject, createdAt, updatedAt: updated_at, words }]
      }
      const own = calls.filter((call) => call.customer === number)
      const dropped = mentions === null ? [] : [JSON.parse(mentions) as CustomerMention]
      return [
        number,
        {
          profile: profileFromCalls([...own.map(mentionOf), ...dropped]),
          createdAt,
          updatedAt: Math.max(updated_at, own[0]?.start_at ?? 0),
          words,
        },
      ]
    }),
  )
}

function mentionOf({ customer_data, phone }: MentioningCall): CustomerMention {
  return { customerData: JSON.parse(customer_data as string) as JsonObject, phoneNumber: phone }
}

/** The names and numbers that customers go by: from saved profiles, else from their newest calls, which mostly tell both. */
export async function contactsOf(
  session: Session,
  client: number,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, { readonly name: string | null; readonly phoneNumber: string | null }>> {
  const profiles = new Map(await profilesOf(session, client, numbers, introducingCalls))
  const unknown = [...profiles].filter(([, { profile }]) => textOf(profile['name']) === null).map(([number]) => number)
  for (const [number, known] of await profilesOf(session, client, unknown)) profiles.set(number, known)
  return new Map(
    [...profiles].map(([number, { profile }]) => [
      number,
      { name: textOf(profile['name']), phoneNumber: textOf(profile['phone']) },
    ]),
  )
}

const eventsOfCalls = find<Pick<EventRow, 'sequence' | 'occurred_at' | 'received_at' | 'key' | 'event'>>(
  'sequence, occurred_at, received_at, key, event',
  'events',
  ['call'],
)

/** See `Storage.customerHistory`. */
export async function customerHistory(
  session: Session,
  clientId: string,
  customerId: string,
  limits: { readonly calls: number; readonly events: number },
): Promise<CustomerHistory | null> {
  const { tx } = session
  const now = await readClient(session, clientId)
  if (now === null) return null
  const [customer] = await customersById(tx, now.client, [[customerId]])
  if (customer === undefined) return null
  const { number } = customer
  const known = (await profilesOf(session, now.client, [number])).get(number) as KnownProfile
  const list = await newestCalls(session, now, { customer: number, agent: null }, OPEN_RANGE, limits.calls)
  const [totals] = (await rowsOf(
    tx,
    sql<CustomerHistory['totals']>`select count(*) as calls, coalesce(sum(duration), 0) as seconds from calls
      where client = ${now.client} and customer = ${number} and ${IS_COUNTED}`,
  )) as [CustomerHistory['totals']]
  const events =
    limits.events === 0
      ? []
      : await eventsOfCalls(
          tx,
          now.client,
          list.calls.map((call) => [call.number]),
        )
  const { from } = keptOf(OPEN_RANGE, now.retainedFrom)
  const newest = events
    .filter((event) => event.occurred_at >= from)
    .sort((a, b) => a.occurred_at - b.occurred_at || a.sequence - b.sequence)
    .slice(-limits.events)
  return {
    customer: { customerId, profile: known.profile, createdAt: known.createdAt, updatedAt: known.updatedAt },
    ...list,
    events: newest.map((event) => ({
      logId: logIdOf(keyOfBytes(event.key), event.received_at),
      event: event.event,
      occurredAt: event.occurred_at,
    })),
    totals,
    retainedFrom: now.retainedFrom,
  }
}
