/** Customers: those that events name, and what is saved of them. */
import { mergePatch } from '../../../core/customer.js'
import type { JsonObject } from '../../../core/json.js'
import { LIMITS } from '../../../core/vocabulary.js'
import { insert } from '../bulk.js'
import { customersById, profilesOf } from '../read/customers.js'
import { requireClient, type Session } from '../session.js'
import { run, sql, type Transaction } from '../transaction.js'
import { foundBy, saveWords } from './customer-words.js'
import { lockClient, saveClientState } from './state.js'

/** Numbers of the customers that are there, by id. */
export async function customerNumbers(
  { tx, customers }: Session,
  client: number,
  ids: Iterable<string>,
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>()
  const unknown: [string][] = []
  for (const id of ids) {
    const number = customers.get(`${String(client)} ${id}`)
    if (number === undefined) unknown.push([id])
    else numbers.set(id, number)
  }
  for (const { customer_id: id, number } of await customersById(tx, client, unknown)) {
    numbers.set(id, number)
    customers.set(`${String(client)} ${id}`, number)
  }
  return numbers
}

const insertRows = insert('customers', ['number', 'customer_id', 'created_at', 'updated_at'])

/** Makes records of customers that events named for the first time. */
export function insertCustomers(
  tx: Transaction,
  client: number,
  customers: readonly { readonly number: number; readonly customerId: string; readonly receivedAt: number }[],
): void {
  insertRows(
    tx,
    client,
    customers.map(({ number, customerId, receivedAt }) => [number, customerId, receivedAt, receivedAt]),
  )
}

/** See `Storage.saveCustomer`. The client's state is locked, so that no patch is lost. */
export async function saveCustomer(
  session: Session,
  clientId: string,
  customerId: string,
  patch: JsonObject,
  now: number,
): Promise<boolean> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  const state = await lockClient(tx, client)
  const [known] = await customersById(tx, client, [[customerId]])
  const before = known === undefined ? undefined : (await profilesOf(session, client, [known.number])).get(known.number)
  const merged = mergePatch(before?.profile ?? {}, patch)
  const profile = JSON.stringify(merged)
  if (profile.length > LIMITS.customerLength) return false
  const number = known?.number ?? state.last_customer + 1
  if (known === undefined) {
    state.last_customer += 1
    run(
      tx,
      sql`insert into customers (client, number, customer_id, profile, created_at, updated_at)
        values (${client}, ${state.last_customer}, ${customerId}, ${profile}, ${now}, ${now})`,
    )
    saveClientState(tx, client, state)
  } else {
    run(
      tx,
      sql`update customers set profile = ${profile}, mentions = null, updated_at = ${now}
        where client = ${client} and number = ${known.number}`,
    )
  }
  const words = before?.words ?? null
  saveWords(tx, client, [{ number, before: words, ...foundBy(merged, state.region) }])
  return true
}
