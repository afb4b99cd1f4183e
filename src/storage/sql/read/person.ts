/** What is held on a person, for whoever asks what that is. */
import type { JsonObject } from '../../../core/json.js'
import { EVENT_SOURCES, type EventSource } from '../../../core/vocabulary/events.js'
import type { CallEventRecord } from '../../port/calls.js'
import type { PersonCustomer, PersonDelivery, PersonPage, Subject } from '../../port/privacy.js'
import { find } from '../bulk.js'
import type { CallRow, CustomerRow, EventRow, WebhookDeliveryRow, WebhookEndpointRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql, type Transaction } from '../transaction.js'
import { personOf, type Person } from '../write/person.js'
import { callOf, LISTED, type ListedRow } from './calls.js'
import { readClient, type ClientNow } from './client.js'
import { LISTED_EVENT, storedEventOf, type ListedEvent } from './events.js'

/** Calls of one page. */
const CALLS = 100
/** Events that belong to no call, and rows of the log of deliveries: most that are listed. */
const MOST = 10_000

type HeldEvent = ListedEvent & Pick<EventRow, 'source'> & { readonly call: number }

const callsByNumber = find<ListedRow & Pick<CallRow, 'number'>>(LISTED, 'calls', ['number'], 'call_key is not null')
const eventsOfCalls = find<HeldEvent>(`${LISTED_EVENT}, events.source, events.call`, 'events', ['call'])
const customersByNumber = find<CustomerRow>('*', 'customers', ['number'])
const deliveriesOf = find<Pick<WebhookDeliveryRow, 'message_id' | 'at' | 'status'> & Pick<WebhookEndpointRow, 'url'>>(
  'webhook_endpoints.url, webhook_deliveries.message_id, webhook_deliveries.at, webhook_deliveries.status',
  'webhook_deliveries join webhook_endpoints on webhook_endpoints.endpoint = webhook_deliveries.endpoint',
  ['webhook_deliveries.sequence'],
)

const NOTHING: PersonPage = { customers: [], calls: [], events: [], deliveries: [], next: null }

/** See `Storage.personPage`. The first page has what is not of calls. */
export async function personPage(
  session: Session,
  clientId: string,
  subject: Subject,
  after: string | null,
): Promise<PersonPage> {
  const { tx } = session
  const now = await readClient(session, clientId)
  if (now === null) return NOTHING
  const person = await personOf(tx, now, subject)
  const numbers = await callNumbers(tx, now, person, after === null ? 0 : Number(after))
  const keys = numbers.map((number) => [number])
  const rows = await callsByNumber(tx, now.client, keys)
  const events = await eventsOfCalls(tx, now.client, keys)
  const first = after === null ? await besideCalls(tx, now, person) : { customers: [], events: [] }
  const deliveries = await deliveriesOf(
    tx,
    now.client,
    [...events, ...first.events].map(({ sequence }) => [sequence]),
  )
  return {
    customers: first.customers,
    calls: rows.map((row) => ({
      number: row.number,
      call: callOf(clientId, row),
      events: events.filter(({ call }) => call === row.number).map(heldEventOf),
    })),
    events: first.events.map(heldEventOf),
    deliveries: deliveries.map(({ url, message_id, at, status }): PersonDelivery => ({
      url,
      messageId: message_id,
      at,
      status,
    })),
    next: numbers.length < CALLS ? null : String(numbers.at(-1)),
  }
}

async function callNumbers(tx: Transaction, { client }: ClientNow, person: Person, after: number): Promise<number[]> {
  const numbers = new Set<number>()
  const add = async (which: ReturnType<typeof sql>): Promise<void> => {
    const rows = await rowsOf(
      tx,
      sql<Pick<CallRow, 'number'>>`select number from calls where client = ${client} and ${which} and number > ${after}
        and call_key is not null and start_at is not null order by number limit ${CALLS}`,
    )
    for (const { number } of rows) numbers.add(number)
  }
  for (const phone of person.phones) await add(sql`phone = ${phone}`)
  for (const customer of person.customers) await add(sql`customer = ${customer}`)
  return [...numbers].sort((a, b) => a - b).slice(0, CALLS)
}

async function besideCalls(
  tx: Transaction,
  { client }: ClientNow,
  { customers, phones }: Person,
): Promise<{ customers: PersonCustomer[]; events: HeldEvent[] }> {
  const rows = await customersByNumber(
    tx,
    client,
    customers.map((number) => [number]),
  )
  const events: HeldEvent[] = []
  for (const phone of phones) {
    events.push(
      ...(await rowsOf(
        tx,
        sql<HeldEvent>`select sequence, occurred_at, received_at, key, event, data, context, source, call from events
          where client = ${client} and phone = ${phone} and call is null order by occurred_at, sequence limit ${MOST}`,
      )),
    )
  }
  return {
    customers: rows.map((row) => ({
      customerId: row.customer_id,
      profile: row.profile === null ? null : (JSON.parse(row.profile) as JsonObject),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    })),
    events,
  }
}

function heldEventOf(row: HeldEvent): CallEventRecord {
  return { ...storedEventOf(row), receivedAt: row.received_at, source: EVENT_SOURCES[row.source] as EventSource }
}
